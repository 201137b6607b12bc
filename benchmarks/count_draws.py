"""Count the random numbers that a run consumes: the rules played as plain Python.

Prints the mean over some runs. Usage: ``python benchmarks/count_draws.py stockholm-2025 30``.
"""

from __future__ import annotations

import os
import sys
from typing import Any

os.environ["NUMBA_DISABLE_JIT"] = "1"  # compiled code draws where nobody can count

import numpy as np

from negotiation import randomness
from negotiation.payoffs.stakes import derive
from negotiation.rules.opening import draw_world, open_talks
from negotiation.rules.play import play
from negotiation.scenario import Scenario
from negotiation.table import Table


class Fields:
    """The only record of a structured array, its fields by name, as compiled code reads it."""

    def __init__(self, array: np.ndarray) -> None:
        self.__dict__["array"] = array

    def __getattr__(self, name: str) -> Any:
        field = self.array[name]
        return field[0] if field.dtype.names is None else Fields(field)

    def __setattr__(self, name: str, value: Any) -> None:
        self.array[name][0] = value


def main() -> None:
    """Play and count."""
    name, runs = (sys.argv[1], int(sys.argv[2])) if len(sys.argv) > 2 else ("stockholm-2025", 20)
    plain, drawn = randomness.uniform, 0

    def counted(key: np.uint64, slot: np.uint64) -> float:
        nonlocal drawn
        drawn += 1
        return plain(key, slot)

    randomness.uniform = counted
    np.seterr(all="ignore")  # keys wrap around, unused slots divide by zero
    scenario = Scenario.load(name)
    records = Table(scenario).records()
    talks, world, stakes, watch = (
        Fields(array) for array in (records.talks, records.world, records.stakes, records.watch)
    )
    for run in range(runs):
        key = randomness.key_of(1, run)
        world_key = randomness.world_key_of(1, run)
        draw_world(records.numbers, records.draws, world_key)
        derive(world, records.surface, stakes)
        open_talks(talks, world, stakes, key)
        play(talks, world, stakes, watch)
    print(drawn / runs)


if __name__ == "__main__":
    main()

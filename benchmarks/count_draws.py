"""Count the random numbers that a run consumes: the rules played as plain Python.

Prints the mean over some runs. Usage: ``python benchmarks/count_draws.py stockholm-2025 30``.
"""

from __future__ import annotations

import os
import sys

os.environ["NUMBA_DISABLE_JIT"] = "1"  # compiled code draws where nobody can count

import numpy as np

from negotiation import randomness
from negotiation.rules.play import play
from negotiation.scenario import Scenario
from negotiation.table import Table, draw_and_open


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
    records = Table(Scenario.load(name)).records()
    for run in range(runs):
        draw_and_open(records, 1, run, run)
        play(records.talks[0], records.world[0], records.stakes[0], records.watch[0])
    print(drawn / runs)


if __name__ == "__main__":
    main()

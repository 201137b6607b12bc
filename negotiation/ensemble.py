"""The ensemble: many negotiations at once, compiled, without Python per run.

Each run is addressed by (seed, run), so a chunk is any range of run numbers, and how the
runs are cut into chunks or spread over workers changes nothing. Chunks release the GIL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from typing import Any

import numpy as np

from negotiation.compiling import compiled
from negotiation.economy.surface import tabulate
from negotiation.outcome import ROW, STATE_OF_REGIME, write_row
from negotiation.payoffs.stakes import STAKES, derive
from negotiation.payoffs.world import World, to_world, world_dtype
from negotiation.randomness import key_of
from negotiation.rules.opening import draw_world, open_talks
from negotiation.rules.play import play
from negotiation.rules.state import TALKS
from negotiation.scenario import SIDES, Scenario
from negotiation.scenario.names import STRATEGY_CODES
from negotiation.tally import Tally

CHUNK = 4_096  # runs in a task: some 50 ms of work, so that no worker waits long for the last one


@compiled
def play_range(  # type: ignore[no-untyped-def]
    numbers,
    world,
    uncertain,
    surface,
    stakes,
    talks,
    state_of_regime,
    seed,
    first,
    count,
    runs_per_world,
    rows,
):
    """Play runs ``first`` to ``first + count - 1``, and write a row of each."""
    drawn = -1
    for i in range(count):
        run = first + i
        number = run // runs_per_world
        if number != drawn and (drawn < 0 or uncertain[0].shape[0] > 0):
            draw_world(numbers, uncertain, key_of(seed, number))
            derive(world[0], surface, stakes[0])
        drawn = number
        open_talks(talks[0], world[0], stakes[0], key_of(seed, run))
        play(talks[0], world[0], stakes[0])
        write_row(talks[0], run, rows[i], state_of_regime)


class Ensemble:
    """A scenario made ready to be played many times.

    Parameters
    ----------
    scenario : Scenario
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.play_range = range_player(scenario)
        self.world: World = to_world(scenario)
        self.surface = surface_arrays(scenario)

    def tally(self, *, seed: int, first: int, count: int, runs_per_world: int = 1) -> Tally:
        """Play a range of runs and return the sums alone: memory does not grow with ``count``.

        A range that does not begin and end with a world leaves the rest of that world out.
        """
        total = Tally.empty()
        for start, n in chunks(first, count, chunk_of(runs_per_world)):
            rows = self.rows(seed=seed, first=start, count=n, runs_per_world=runs_per_world)
            total.count(rows, runs_per_world)
        return total

    def rows(self, *, seed: int, first: int, count: int, runs_per_world: int = 1) -> np.ndarray:
        """Play a range of runs and return one row of ``outcome.ROW`` for each."""
        numbers, rows = self.world.central.copy(), np.zeros(count, ROW)
        self.play_range(
            numbers,
            numbers.view(world_dtype()),
            self.world.draws,
            self.surface,
            np.zeros(1, STAKES),
            np.zeros(1, TALKS),
            STATE_OF_REGIME,
            seed,
            first,
            count,
            runs_per_world,
            rows,
        )
        return rows


def surface_arrays(scenario: Scenario) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the arrays of the payoff surface in the order in which the rules expect them."""
    surface = tabulate(deficits=scenario.economy.deficits)
    return surface.long_run, surface.short_run, surface.axes


def range_player(scenario: Scenario) -> Callable[..., None]:
    """Return ``play_range``, with the scenario's plug-ins woven in if it has any."""
    refuse_plug_ins(scenario)
    if all(getattr(scenario, side).strategy in STRATEGY_CODES for side in SIDES):
        player: Callable[..., None] = play_range
    else:
        from negotiation.strategies.registry import plug_in
        from negotiation.strategies.weaving import woven

        us, china = (plug_in(getattr(scenario, side).strategy) for side in SIDES)
        player = woven(play_range, us, china)  # type: ignore[arg-type]
    return player


def refuse_plug_ins(scenario: Scenario) -> None:
    """Raise when a strategy is a Python class that only the Mesa driver can play."""
    for side in SIDES:
        name = getattr(scenario, side).strategy
        if name in STRATEGY_CODES:
            continue
        from negotiation.errors import InputError
        from negotiation.strategies.registry import plug_in

        found = plug_in(name, where=f"{side}.strategy")
        if found is not None and not found.runs_compiled():
            raise InputError(
                f"{side}.strategy: {name!r} is a Python class, which only single runs can play; "
                "the ensemble plays the built-in strategies and classes with a compiled_share."
            )


def chunks(first: int, count: int, size: int = CHUNK) -> Iterator[tuple[int, int]]:
    """Yield (first run, number of runs) of the tasks that cover a range.

    Examples
    --------
    >>> list(chunks(0, 10, 4))
    [(0, 4), (4, 4), (8, 2)]
    """
    for start in range(first, first + count, size):
        yield start, min(size, first + count - start)


def chunk_of(runs_per_world: int) -> int:
    """Return the runs of a chunk: whole worlds."""
    return max(CHUNK - CHUNK % runs_per_world, runs_per_world)


def tally_runs(
    ensemble: Ensemble,
    *,
    seed: int,
    runs: int,
    first: int = 0,
    runs_per_world: int = 1,
    executor: Executor | None = None,
    progress: Callable[[int], Any] | None = None,
) -> Tally:
    """Play ``runs`` runs in chunks, in this thread or on an executor, and add up the sums."""
    tasks = list(chunks(first, runs, chunk_of(runs_per_world)))

    def one(task: tuple[int, int]) -> Tally:
        return ensemble.tally(
            seed=seed, first=task[0], count=task[1], runs_per_world=runs_per_world
        )

    total = Tally.empty()
    for part in map(one, tasks) if executor is None else executor.map(one, tasks):
        total.add(part)
        if progress is not None:
            progress(int(part.runs))
    return total

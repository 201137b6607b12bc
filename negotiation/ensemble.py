"""The ensemble: many negotiations at once, compiled, without Python per run.

Each run is addressed by (seed, run), so a chunk is any range of run numbers, and how the
runs are cut into chunks or spread over workers changes nothing. Chunks release the GIL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from negotiation.compiling import compiled
from negotiation.errors import InputError
from negotiation.outcome import AT_HORIZON, EVENTS, ROW, STATE_OF_REGIME, write_row
from negotiation.randomness import key_of
from negotiation.records import Array
from negotiation.rules.play import play
from negotiation.scenario import MAX_ISSUES, SIDES, Scenario
from negotiation.scenario.names import STRATEGY_CODES
from negotiation.table import Records, Table, draw, open_run

DEALS = 2  # the first states at the horizon in which a deal is in force
MICRO = 1e6  # sums of concessions are whole millionths, so that their order does not matter
CHUNK = 4_096  # runs in a task: some 50 ms of work, so that no worker waits long for the last one


@compiled
def play_range(
    records: Records,
    state_of_regime: Array,
    seed: int,
    first: int,
    count: int,
    runs_per_world: int,
    rows: Array,
    states: Array,
    events: Array,
    terms: Array,
) -> None:
    """Play runs ``first`` to ``first + count - 1``, tallying, and keeping rows if there is room."""
    drawn = -1
    keep = rows.shape[0] >= count
    talks, world, stakes, watch = (
        records.talks[0],
        records.world[0],
        records.stakes[0],
        records.watch[0],
    )
    for i in range(count):
        run = first + i
        number = run // runs_per_world
        if number != drawn and (drawn < 0 or records.draws[0].shape[0] > 0):
            draw(records, key_of(seed, number))
        drawn = number
        open_run(records, seed, run)
        play(talks, world, stakes, watch)
        row = rows[i if keep else 0]
        write_row(talks, run, row, state_of_regime)
        states[row.state] += 1
        for e in range(events.shape[0]):
            events[e] += row.events[e]
        if row.state < DEALS:
            for k in range(terms.shape[0]):
                z = row.package[k]
                terms[k, 0] += int(z * MICRO + 0.5)
                terms[k, 1] += int(z * z * MICRO + 0.5)


@dataclass(frozen=True)
class Tally:
    """Counts over a range of runs.

    Attributes
    ----------
    runs : int
    at_horizon : ndarray of int64, shape (5,)
        Runs by state at the horizon, in the order of ``outcome.AT_HORIZON``.
    events : ndarray of int64, shape (14,)
        Runs in which each of ``outcome.EVENTS`` happened.
    terms : ndarray of int64, shape (MAX_ISSUES, 2)
        Over the runs with a deal in force at the horizon the sum, and the sum of squares, of how
        far each issue is conceded, in millionths.
    """

    runs: int
    at_horizon: np.ndarray
    events: np.ndarray
    terms: np.ndarray

    @classmethod
    def empty(cls) -> Tally:
        """Return the counts of no run."""
        shapes = len(AT_HORIZON), len(EVENTS), (MAX_ISSUES, 2)
        return cls(0, *(np.zeros(shape, np.int64) for shape in shapes))

    @property
    def deals(self) -> int:
        """Runs with a deal in force at the horizon."""
        return int(self.at_horizon[:DEALS].sum())

    def __add__(self, other: Tally) -> Tally:
        """Return the counts of both ranges together."""
        return Tally(
            self.runs + other.runs,
            self.at_horizon + other.at_horizon,
            self.events + other.events,
            self.terms + other.terms,
        )


class Ensemble:
    """A scenario made ready to be played many times.

    Parameters
    ----------
    scenario : Scenario
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.table = Table(scenario, plug_in_shares(scenario))

    def tally(self, *, seed: int, first: int, count: int, runs_per_world: int = 1) -> Tally:
        """Play a range of runs and return the counts alone: memory does not grow with ``count``."""
        return self._play(seed, first, count, runs_per_world, np.zeros(1, ROW))

    def rows(self, *, seed: int, first: int, count: int, runs_per_world: int = 1) -> np.ndarray:
        """Play a range of runs and return one row of ``outcome.ROW`` for each."""
        rows = np.zeros(count, ROW)
        self._play(seed, first, count, runs_per_world, rows)
        return rows

    def _play(
        self, seed: int, first: int, count: int, runs_per_world: int, rows: np.ndarray
    ) -> Tally:
        total = replace(Tally.empty(), runs=count)
        play_range(
            self.table.records(), STATE_OF_REGIME, seed, first, count, runs_per_world, rows,
            total.at_horizon, total.events, total.terms,
        )  # fmt: skip
        return total


def plug_in_shares(scenario: Scenario) -> tuple[int, int]:
    """Return the addresses of the compiled shares of the scenario's plug-ins, 0 for none.

    Raises
    ------
    InputError
        If a strategy is a Python class that only single runs can play.
    """
    us, china = (_share_address(getattr(scenario, side).strategy, side) for side in SIDES)
    return us, china


def _share_address(name: str, side: str) -> int:
    if name in STRATEGY_CODES:
        return 0
    from negotiation.strategies.compiled_share import address_of
    from negotiation.strategies.registry import find

    found = find(name, where=f"{side}.strategy")
    if not found.runs_compiled():
        raise InputError(
            f"{side}.strategy: {name!r} is a Python class, which only single runs can play; "
            "the ensemble plays the built-in strategies and classes with a compiled_share."
        )
    assert found.compiled_share is not None
    return address_of(found.compiled_share, found.__name__)


def chunks(first: int, count: int, size: int = CHUNK) -> Iterator[tuple[int, int]]:
    """Yield (first run, number of runs) of the tasks that cover a range.

    Examples
    --------
    >>> list(chunks(0, 10, 4))
    [(0, 4), (4, 4), (8, 2)]
    """
    for start in range(first, first + count, size):
        yield start, min(size, first + count - start)


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
    """Play ``runs`` runs in chunks, in this thread or on an executor, and add up the counts."""
    tasks = list(chunks(first, runs))

    def one(task: tuple[int, int]) -> Tally:
        return ensemble.tally(
            seed=seed, first=task[0], count=task[1], runs_per_world=runs_per_world
        )

    total = Tally.empty()
    for part in map(one, tasks) if executor is None else executor.map(one, tasks):
        total += part
        if progress is not None:
            progress(part.runs)
    return total

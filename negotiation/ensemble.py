"""The ensemble: many negotiations at once, compiled, without Python per run.

Each run is addressed by (seed, run), so a chunk is any range of run numbers, and how the
runs are cut into chunks or spread over workers changes nothing. Chunks release the GIL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import numpy as np

from negotiation import head_start
from negotiation.compiling import compiled
from negotiation.door import checked
from negotiation.errors import InputError, whole_number
from negotiation.outcome import ROW, STATE_OF_REGIME, write_row
from negotiation.records import Array
from negotiation.rules.innovations import keep_innovations
from negotiation.rules.play import play
from negotiation.rules.state import INNOVATIONS
from negotiation.scenario import SIDES, Given, Scenario
from negotiation.table import Records, Table, open_after
from negotiation.tactics.compiled_share import kept_at as rule_kept_at
from negotiation.tactics.registry import find, in_python
from negotiation.tally import Tally

MOST_RUNS = 10**9  # of one question: hours, and intervals of a hundred-thousandth
UNKEPT = np.zeros((0, INNOVATIONS))  # of whoever has no use for innovations
CHUNK = 4_096  # runs in a task: some 50 ms of work, so that no worker waits long for the last one


@compiled
def play_range(
    records: Records, state_of_regime: Array, seed: int, first: int, count: int,
    runs_per_world: int, rows: Array, innovations: Array,
) -> None:  # fmt: skip
    """Play runs ``first`` to ``first + count - 1``, and write a row of each.

    And its innovations, where there is room for them.
    """
    drawn = -1
    talks, world = records.talks[0], records.world[0]
    stakes, watch = records.stakes[0], records.watch[0]
    for i in range(count):
        run = first + i
        number = run // runs_per_world
        open_after(records, seed, run, number, drawn)
        drawn = number
        play(talks, world, stakes, watch)
        write_row(talks, run, rows[i], state_of_regime)
        keep_innovations(talks, world, i, innovations)


@checked
class Ensemble:
    """A scenario made ready to be played many times.

    Parameters
    ----------
    scenario : Scenario
        Or the name or path of one.
    """

    def __init__(self, scenario: Given) -> None:
        self.scenario = Scenario.of(scenario)
        refuse_python(self.scenario)
        self.table = Table(self.scenario)
        self._ahead: dict[Any, bool] = {}  # which lots are those of the process's head start

    def compile(self) -> None:
        """Play a run, so that the rules are compiled now, in this thread.

        In a worker's thread or process Ctrl-C would have to wait for it.
        """
        self.rows(seed=0, first=0, count=1)

    def tally(self, *, seed: int, first: int, count: int, runs_per_world: int = 1) -> Tally:
        """Play a range of runs and return the sums alone: memory does not grow with ``count``.

        A range that does not begin and end with a world leaves the rest of that world out.
        """
        whole_number("count", count, 0, MOST_RUNS)
        whole_number("runs_per_world", runs_per_world, 1)
        total = Tally.empty()
        for start, n in chunks(first, count, chunk_of(runs_per_world)):
            rows = self.rows(seed=seed, first=start, count=n, runs_per_world=runs_per_world)
            total.count(rows, runs_per_world)
        return total

    def rows(
        self, *, seed: int, first: int, count: int, runs_per_world: int = 1,
        innovations: np.ndarray = UNKEPT,
    ) -> np.ndarray:  # fmt: skip
        """Play a range of runs and return one row of ``outcome.ROW`` for each.

        Their innovations are written into ``innovations``, shape (runs, INNOVATIONS), as far as
        there is room.
        """
        whole_number("seed", seed, 0)
        whole_number("first", first, 0)
        whole_number("count", count, 1, MOST_RUNS)
        whole_number("runs_per_world", runs_per_world, 1)
        rows = np.zeros(count, ROW)
        asked = (
            self.table.records(), STATE_OF_REGIME, seed, first, count, runs_per_world, rows,
            innovations,
        )  # fmt: skip
        if not self.played_ahead(*asked):
            play_range(*asked)
        return rows

    def played_ahead(self, *asked: Any) -> bool:
        """Write a lot of runs that the process's head start has played; return whether it has."""
        ahead = head_start.had()
        if ahead is None:
            return False
        *_, seed, first, count, runs_per_world, rows, innovations = asked
        form = seed, count, runs_per_world, len(innovations)
        if form not in self._ahead:
            self._ahead[form] = ahead.is_of(self.question(*asked))
        return self._ahead[form] and ahead.gives(first, (rows, innovations))

    def keep_head_start(
        self, place: Path, *, count: int, runs_per_world: int, innovations: np.ndarray, lots: int
    ) -> None:
        """Keep in a file what the first ``lots`` lots of ``count`` runs are played from.

        Whoever begins with them is :mod:`negotiation.head_start`.
        """
        asked = (
            self.table.records(), STATE_OF_REGIME, 0, 0, count, runs_per_world,
            np.zeros(count, ROW), innovations,
        )  # fmt: skip
        head_start.keep(place, self.question(*asked), lots)

    def question(
        self, records: Records, state_of_regime: Array, seed: int, first: int, count: int,
        runs_per_world: int, rows: Array, innovations: Array,
    ) -> head_start.Question:  # fmt: skip
        """Return a call of `play_range` as a head start knows it."""
        numbers, room = (seed, first, count), (rows, innovations)
        code_of = getattr(play_range, "kept_at", None)  # not there where nothing is compiled
        code = code_of and code_of(records, state_of_regime, *numbers, runs_per_world, *room)
        at = int(records.world.dtype.fields["share_rule"][1])  # type: ignore[index]
        rules = {
            at + 8 * i: rule_kept_at(find(getattr(self.scenario, side).strategy))
            for i, side in enumerate(SIDES)
            if records.world["share_rule"][0, i]
        }
        given = records, state_of_regime, *head_start.NUMBERS, runs_per_world
        return head_start.Question(code, rules, given, *numbers, room)


def refuse_python(scenario: Scenario) -> None:
    """Raise InputError if a strategy is a Python class that only single runs can play."""
    for side in SIDES:
        name = getattr(scenario, side).strategy
        if in_python(name, where=f"{side}.strategy") is not None:
            raise InputError(
                f"{side}.strategy: {str(name)!r} is a Python class, which only single runs can "
                "play; the ensemble plays the built-in strategies and classes with a "
                "compiled_share."
            )


def chunks(first: int, count: int, size: int) -> Iterator[tuple[int, int]]:
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
    tasks = chunks(first, runs, chunk_of(runs_per_world))

    def one(task: tuple[int, int]) -> Tally:
        return ensemble.tally(
            seed=seed, first=task[0], count=task[1], runs_per_world=runs_per_world
        )

    return added_up(one, tasks, executor, progress)


def added_up(
    one: Callable[[tuple[int, int]], Tally],
    tasks: Iterable[tuple[int, int]],
    executor: Executor | None,
    progress: Callable[[int], Any] | None,
) -> Tally:
    """Return the sum of what comes of the tasks, in this thread or on an executor."""
    total = Tally.empty()
    for part in map(one, tasks) if executor is None else executor.map(one, tasks):
        total.add(part)
        if progress is not None:
            progress(int(part.runs))
    return total

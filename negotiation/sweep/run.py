"""The verb: play a design, wherever, and return its results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from negotiation.errors import InputError, OutOfRange, whole_number
from negotiation.estimates import wilson
from negotiation.sweep.blocks import Block, Generation, blocks_of
from negotiation.sweep.design import Design, cell_key
from negotiation.sweep.executors import lost, opened, played
from negotiation.sweep.failure import LostWorkers, SweepInterrupted
from negotiation.sweep.manifest import generations
from negotiation.sweep.play_block import Task, play_block
from negotiation.sweep.results import Results
from negotiation.sweep.scores import estimated
from negotiation.sweep.store import Store, stored_design
from negotiation.sweep.totals import Totals
from negotiation.tally import OUTCOMES, named

Progress = Callable[[int], Any]
GROWTH = 1.5  # from one look at the precision reached to the next


@dataclass
class Sweeping:
    """A sweep under way: its design, its sums so far, and where they are kept."""

    design: Design
    seed: int
    keep_rows: bool
    shard: tuple[int, int] | None
    store: Store | None
    totals: Totals
    progress: Progress | None = None
    retry_failures: bool = False
    generations: list[Generation] = field(default_factory=list)
    added: set[str] = field(default_factory=set)

    def ask(self, generation: Generation) -> None:
        """Ask for more runs, unless they have been asked for already."""
        reached = self.reached()
        cells = [c for a, b in generation.cells for c in range(a, b)]
        if any(reached.get(cell, 0) < generation.replicates for cell in cells):
            self.generations.append(generation)
            if self.store is not None:
                self.store.ask(self.generations)

    def reached(self) -> dict[int, int]:
        """Return the runs asked for so far, by cell."""
        most: dict[int, int] = {}
        for generation in self.generations:
            for a, b in generation.cells:
                for cell in range(a, b):
                    most[cell] = max(most.get(cell, 0), generation.replicates)
        return most

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of this sweep, or of this shard of it."""
        shard, of = self.shard or (1, 1)
        for i, block in enumerate(blocks_of(self.generations, self.design.runs_per_world)):
            if i % of == shard - 1:
                yield block

    def missing(self) -> Iterator[Block]:
        """Yield the blocks still to be played, adding up the stored ones on the way."""
        for block in self.blocks():
            if block.name in self.added:
                continue
            pieces = None
            if self.store is not None:
                pieces = self.store.pieces(block, retry_failures=self.retry_failures)
            if pieces is None:
                yield block
            else:
                self._add(block, pieces)

    def play(self, executor: Any) -> None:
        """Play what is missing."""
        with opened(executor) as pool:
            for result in played(pool, play_block, self._tasks()):
                if self.store is not None:
                    self.store.add(result)
                self._add(result.block, result.pieces)

    def results(self) -> Results:
        """Return the results so far, and complete the store."""
        if self.store is not None:
            self.store.finish(self.totals)
        return Results(
            design=stored_design(self.design),
            **self.totals.tables(),
            seed=self.seed,
            runs_per_world=self.design.runs_per_world,
            folder=None if self.store is None else self.store.folder,
        )

    def _tasks(self) -> Iterator[Task]:
        cells = self.design.cells
        for block in self.missing():
            yield Task(
                block=block,
                scenario=self.design.scenario,
                changes=tuple(cells[cell] for cell in block.cells),
                baseline=cells[self.design.baseline],
                seed=self.seed,
                runs_per_world=self.design.runs_per_world,
                keep_rows=self.keep_rows,
            )

    def _add(self, block: Block, pieces: Iterable[Any]) -> None:
        self.added.add(block.name)
        for piece in pieces:
            self.totals.add(piece)
        if self.progress is not None:
            self.progress(block.runs)


def sweep(
    design: Design,
    *,
    seed: int,
    executor: Any = None,
    store: str | Path | None = None,
    progress: Progress | None = None,
    keep_rows: bool = False,
    shard: tuple[int, int] | None = None,
    until_halfwidth: float | None = None,
    outcomes: Any = None,
    most_runs: int = 1_000_000,
    retry_failures: bool = False,
    across_versions: bool = False,
    command: str | None = None,
) -> Results:
    """Play every cell of a design with the same random numbers.

    The same call again resumes an interrupted sweep, or extends a finished one by the cells and
    runs that the design has more.

    Parameters
    ----------
    design : Design
    seed : int
        Master seed; run i of every cell is addressed by (seed, i).
    executor : optional
        Any PEP 3148 executor, or an object with ``get_executor()`` such as a Dask ``Client``;
        by default threads, one per core. The results are the same bytes.
    store : path, optional
        Folder for the results; without it they are kept in memory.
    progress : callable, optional
        Called with the number of runs of every block.
    keep_rows : bool
        Keep one row per run (needs a store; some 100 bytes a run).
    shard : (int, int), optional
        ``(i, n)``: play only the i-th of n parts of the work, counted from 1; see ``merge``.
    until_halfwidth : float, optional
        Go on, by doubling, until the 95% interval of every outcome is at most this far to
        either side in every cell, or a cell has ``most_runs``.
    outcomes : str or sequence of str, optional
        The outcomes that ``until_halfwidth`` is about; all if not given.
    retry_failures : bool
        Play again the blocks of a store in which a cell failed.
    across_versions : bool
        Go on with a store that another version of the rules has played.
    command : str, optional
        The command to record in the manifest; by default this process's.

    Returns
    -------
    Results

    Raises
    ------
    InputError
        If the store holds another sweep, is in use by another process or was played with
        another version of the rules, or an argument is out of range.
    SweepInterrupted
        On Ctrl-C; also a ``KeyboardInterrupt``. The store can be resumed.
    LostWorkers
        If the executor's workers died; the store can be resumed.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> from negotiation.sweep import grid
    >>> design = grid(Scenario.load("split-the-pie"), {"us.patience": [0.8, 0.9]}, replicates=100)
    >>> sweep(design, seed=7).odds(by="us.patience", outcomes="deal").to_pylist()[0]["share"]
    1.0
    """
    whole_number("seed", seed, 0)
    check_shard(shard, until_halfwidth)
    if keep_rows and store is None:
        raise InputError("keep_rows needs a store: say where the rows go.")
    place = None if store is None else Store(store)
    asked = design
    with nullcontext() if place is None else place.locked():
        if place is not None:
            design = place.open(
                design, seed=seed, keep_rows=keep_rows, shard=shard, across=across_versions
            )
        sweeping = Sweeping(
            design, seed, keep_rows, shard, place, Totals(len(design)), progress, retry_failures
        )
        if place is not None:
            place.begin(command)
            sweeping.generations = generations(place.manifest)
        try:
            sweeping.ask(Generation.of(numbers_of(asked, design), asked.replicates))
            sweeping.play(executor)
            if until_halfwidth is not None:
                until(sweeping, executor, until_halfwidth, outcomes, most_runs)
            return sweeping.results()
        except KeyboardInterrupt:
            raise SweepInterrupted("Interrupted", store, *_progress_of(sweeping)) from None
        except Exception as error:
            if not lost(error):
                raise
            why = f"The workers died ({type(error).__name__})"
            raise LostWorkers(why, store, *_progress_of(sweeping)) from error
        finally:
            if place is not None:
                place.end()


def numbers_of(asked: Design, design: Design) -> list[int]:
    """Return the numbers that the cells of ``asked`` have in the grown ``design``."""
    if asked.cells == design.cells:
        return list(range(len(design)))
    where = {cell_key(cell): number for number, cell in reversed(list(enumerate(design.cells)))}
    return sorted({where[cell_key(cell)] for cell in asked.cells})


def _progress_of(sweeping: Sweeping) -> tuple[int, int]:
    blocks = list(sweeping.blocks())
    return sum(b.runs for b in blocks if b.name in sweeping.added), sum(b.runs for b in blocks)


def check_shard(shard: tuple[int, int] | None, until_halfwidth: float | None) -> None:
    """Refuse a part that is none, and a precision that none has."""
    if until_halfwidth is not None and not 0 < until_halfwidth < 0.5:
        raise OutOfRange("until_halfwidth", until_halfwidth, "above 0 and below 0.5")
    if shard is None:
        return
    i, n = shard
    if not (1 <= i <= n):
        raise OutOfRange("shard", f"{i}/{n}", "i/n with i from 1 to n")
    if until_halfwidth is not None:
        raise InputError(
            "a shard cannot stop by precision: it does not see the other shards' runs."
        )


def looks(first: int, most_runs: int, runs_per_world: int = 1) -> list[int]:
    """Return the numbers of runs after which the rule looks.

    Examples
    --------
    >>> looks(1000, 4000)
    [1000, 1500, 2250, 3375, 4000]
    """
    steps, n = [first], first
    while n < most_runs:
        n = min(int(n * GROWTH) + 1 if n < 2 else int(n * GROWTH), most_runs)
        n = max(n - n % runs_per_world, steps[-1] + runs_per_world)
        steps.append(n)
    return steps


def until(
    sweeping: Sweeping, executor: Any, halfwidth: float, outcomes: Any, most_runs: int
) -> None:
    """Play more runs of the cells whose intervals are too wide.

    Rounds are generations of the sweep like any others: they are decided from the sums of all
    blocks of the round before, so a resumed sweep decides the same.
    """
    whole_number("most_runs", most_runs, 1)
    columns = [OUTCOMES.index(name) for name in named(outcomes)]
    m = sweeping.design.runs_per_world
    while True:
        runs = sweeping.totals.tally.runs
        wide = halfwidths(sweeping, columns).max(axis=1) > halfwidth
        reached = sweeping.reached()
        short = [c for c in np.flatnonzero(wide & (runs > 0)) if reached[int(c)] < most_runs]
        if not short:
            return
        least = min(reached[int(c)] for c in short)
        target = looks(least, max(most_runs - most_runs % m, least + m), m)[1]
        sweeping.ask(Generation.of([int(c) for c in short if reached[int(c)] < target], target))
        sweeping.play(executor)


def halfwidths(sweeping: Sweeping, columns: list[int]) -> np.ndarray:
    """Return half the width of the 95% interval of each cell and outcome."""
    tally = sweeping.totals.tally
    p, effective = estimated(vars(tally), tally.runs[:, None], sweeping.design.runs_per_world)
    low, high = wilson(p[:, columns], effective[:, columns])
    return np.asarray((high - low) / 2)

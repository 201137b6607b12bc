"""What a worker does: play one block, count what happened, and survive cells that fail."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from negotiation.ensemble import Ensemble
from negotiation.rules.state import INNOVATIONS
from negotiation.scenario import Scenario
from negotiation.sweep.blocks import Block, Piece
from negotiation.sweep.failure import PLAY, PREPARE, SCENARIO, FailureInfo, describe
from negotiation.sweep.scores import Scored, scores_of

BASELINES_KEPT = 8
AT_ONCE = 16_384  # runs whose rows are held, and counted, together


@dataclass(frozen=True)
class Task:
    """A block with all that is needed to play it anywhere."""

    block: Block
    scenario: Scenario
    changes: tuple[Mapping[str, Any], ...]
    baseline: Mapping[str, Any]
    seed: int
    runs_per_world: int
    keep_rows: bool = False


class Played(NamedTuple):
    """What a worker sends back: one piece per cell and, if asked for, all rows as Parquet."""

    block: Block
    pieces: tuple[Piece, ...]
    rows: bytes | None


class CellFailed(Exception):  # noqa: D101
    def __init__(self, failure: FailureInfo) -> None:
        self.failure = failure
        super().__init__(failure.message)


def play_block(task: Task) -> Played:
    """Play a block. The same task gives the same bytes on any worker."""
    block = task.block
    base = _baseline(task)
    pieces, kept = [], []
    for cell, changes in zip(block.cells, task.changes, strict=True):
        if changes == task.baseline and base is not None and not task.keep_rows:
            pieces.append(Piece(cell, base.tally, None))
            continue
        try:
            ensemble = _prepare(task, cell, changes)
            tally, m = Scored.empty(), task.runs_per_world
            for rows, scores, worlds in _chunks(task, cell, ensemble):
                tally.count(rows, m, None if base is None else base.hits[worlds])
                tally.score(scores, None if base is None else base.scores[worlds])
                if task.keep_rows:
                    kept.append((cell, rows))
            pieces.append(Piece(cell, tally, None))
        except CellFailed as failed:
            pieces.append(Piece(cell, Scored.empty(), failed.failure))
            kept = [(c, rows) for c, rows in kept if c != cell]
    return Played(block, tuple(pieces), _as_parquet(task, kept) if task.keep_rows else None)


def _prepare(task: Task, cell: int, changes: Mapping[str, Any]) -> Ensemble:
    stage = SCENARIO
    try:
        scenario = task.scenario.replace(changes) if changes else task.scenario
        stage = PREPARE
        return Ensemble(scenario)
    except Exception as error:  # whatever a cell does, the sweep goes on and says so
        raise CellFailed(
            describe(error, cell=cell, stage=stage, seed=task.seed, run=task.block.first)
        ) from error


def _chunks(
    task: Task, cell: int, ensemble: Ensemble
) -> Iterator[tuple[np.ndarray, np.ndarray, slice]]:
    """Yield rows, the scores of their worlds, and which worlds of the block these are."""
    m, block = task.runs_per_world, task.block
    size = max(AT_ONCE - AT_ONCE % m, m)
    for first in range(block.first, block.first + block.count, size):
        n = min(size, block.first + block.count - first)
        innovations = np.zeros((n, INNOVATIONS))
        try:
            rows = ensemble.rows(
                seed=task.seed, first=first, count=n, runs_per_world=m, innovations=innovations
            )
        except Exception as error:
            run = _first_failing(ensemble, task.seed, first, n, m)
            raise CellFailed(
                describe(error, cell=cell, stage=PLAY, seed=task.seed, run=run)
            ) from error
        start = (first - block.first) // m
        yield rows, scores_of(rows, innovations, m), slice(start, start + n // m)


def _first_failing(ensemble: Ensemble, seed: int, first: int, n: int, runs_per_world: int) -> int:
    """Return the first run of a range that fails, by halving the range."""
    while n > 1:
        half = n // 2
        try:
            ensemble.tally(seed=seed, first=first, count=half, runs_per_world=runs_per_world)
        except Exception:
            n = half
        else:
            first, n = first + half, n - half
    return first


class Baseline(NamedTuple):
    """The baseline on a range of runs: its hits and scores by world, and its sums."""

    hits: np.ndarray
    scores: np.ndarray
    tally: Scored


# Shared by the blocks that this process plays over the same range.
_baselines: OrderedDict[Any, Baseline] = OrderedDict()
_locks: dict[Any, Lock] = {}
_guard = Lock()


def _baseline(task: Task) -> Baseline | None:
    """Return the baseline on the block's runs; None if it fails."""
    key = (
        task.scenario.fingerprint,
        json.dumps(dict(task.baseline), sort_keys=True, default=str),
        task.seed,
        task.runs_per_world,
        task.block.first,
        task.block.count,
    )
    with _guard:
        lock = _locks.setdefault(key, Lock())
    with lock:  # whoever comes second waits, rather than plays the same runs again
        with _guard:
            if key in _baselines:
                return _baselines[key]
        found = _play_baseline(task)
        if found is None:  # not remembered: what failed may be retried
            return None
        with _guard:
            _baselines[key] = found
            while len(_baselines) > BASELINES_KEPT:
                _locks.pop(_baselines.popitem(last=False)[0], None)
    return found


def _play_baseline(task: Task) -> Baseline | None:
    tally, m = Scored.empty(), task.runs_per_world
    hits, scores = [], []
    try:
        ensemble = _prepare(task, -1, task.baseline)
        for rows, of_worlds, _ in _chunks(task, -1, ensemble):
            hits.append(tally.count(rows, m))
            scores.append(of_worlds)
            tally.score(of_worlds)
    except CellFailed:
        return None
    itself = replace(
        tally, paired=tally.runs, cross=tally.squares,
        base_hits=tally.hits, base_squares=tally.squares,
        base_scores=tally.scores, base_score_squares=tally.score_squares,
    )  # fmt: skip
    return Baseline(np.concatenate(hits), np.concatenate(scores), itself)


def _as_parquet(task: Task, kept: list[tuple[int, np.ndarray]]) -> bytes:
    from negotiation.sweep.parts import rows_as_parquet

    return rows_as_parquet(kept, tuple(task.scenario.issues))

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
from negotiation.scenario import Scenario
from negotiation.sweep.blocks import Block, Piece
from negotiation.sweep.failure import PLAY, PREPARE, SCENARIO, FailureInfo, describe
from negotiation.tally import Tally

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
    base, base_tally = _baseline(task)
    pieces, kept = [], []
    for cell, changes in zip(block.cells, task.changes, strict=True):
        if changes == task.baseline and base_tally is not None and not task.keep_rows:
            pieces.append(Piece(cell, base_tally, None))
            continue
        try:
            ensemble = _prepare(task, cell, changes)
            tally = Tally.empty()
            for rows, start, stop in _chunks(task, cell, ensemble):
                tally.count(rows, task.runs_per_world, None if base is None else base[start:stop])
                if task.keep_rows:
                    kept.append((cell, rows))
            pieces.append(Piece(cell, tally, None))
        except CellFailed as failed:
            pieces.append(Piece(cell, Tally.empty(), failed.failure))
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


def _chunks(task: Task, cell: int, ensemble: Ensemble) -> Iterator[tuple[np.ndarray, int, int]]:
    """Yield rows, and which worlds of the block they are: the first, and one past the last."""
    m, block = task.runs_per_world, task.block
    size = max(AT_ONCE - AT_ONCE % m, m)
    for first in range(block.first, block.first + block.count, size):
        n = min(size, block.first + block.count - first)
        try:
            rows = ensemble.rows(seed=task.seed, first=first, count=n, runs_per_world=m)
        except Exception as error:
            run = _first_failing(ensemble, task.seed, first, n, m)
            raise CellFailed(
                describe(error, cell=cell, stage=PLAY, seed=task.seed, run=run)
            ) from error
        start = (first - block.first) // m
        yield rows, start, start + n // m


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


# The baseline's outcomes on a range of runs, shared by the blocks that this process plays over it.
Baseline = tuple[np.ndarray | None, Tally | None]
_baselines: OrderedDict[Any, Baseline] = OrderedDict()
_locks: dict[Any, Lock] = {}
_guard = Lock()


def _baseline(task: Task) -> Baseline:
    """Return the baseline's hits by world on the block's runs, and sums; None if it fails."""
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
        if found[0] is None:  # not remembered: what failed may be retried
            return found
        with _guard:
            _baselines[key] = found
            while len(_baselines) > BASELINES_KEPT:
                _locks.pop(_baselines.popitem(last=False)[0], None)
    return found


def _play_baseline(task: Task) -> Baseline:
    try:
        ensemble = _prepare(task, -1, task.baseline)
        tally, m = Tally.empty(), task.runs_per_world
        hits = np.concatenate([tally.count(rows, m) for rows, *_ in _chunks(task, -1, ensemble)])
    except CellFailed:
        return None, None
    itself = replace(
        tally, paired=tally.runs, cross=tally.squares,
        base_hits=tally.hits, base_squares=tally.squares,
    )  # fmt: skip
    return hits, itself


def _as_parquet(task: Task, kept: list[tuple[int, np.ndarray]]) -> bytes:
    from negotiation.sweep.parts import rows_as_parquet

    return rows_as_parquet(kept, tuple(task.scenario.issues))

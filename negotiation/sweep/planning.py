"""What a sweep will cost, before it is begun: ``negotiation sweep --dry-run``."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import Any

from negotiation.ensemble import Ensemble
from negotiation.sweep.blocks import Generation, blocks_of
from negotiation.sweep.design import Design

TRIAL_RUNS = 2_000
PART_BYTES, CELL_BYTES = 8_000, 600  # measured: a part's frame, and a cell in it and in the summary


@dataclass(frozen=True)
class Plan:
    """The size of a sweep.

    Attributes
    ----------
    cells, runs, parts : int
    rate : float
        Runs per second of one worker, measured on the first cell.
    workers : int
    minutes : float
        Expected, if the workers share a machine's cores without loss.
    megabytes : float
        On disk, at most (10^6 bytes).
    factors : tuple of str
        What varies.
    """

    cells: int
    runs: int
    parts: int
    rate: float
    workers: int
    minutes: float
    megabytes: float
    factors: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {**self.__dict__, "factors": list(self.factors)}

    def __str__(self) -> str:
        """Say it in words."""
        duration = (
            f"{self.minutes:.1f} minutes"
            if self.minutes >= 1
            else f"{60 * self.minutes:.0f} seconds"
        )
        return (
            f"{self.cells:,} cells of {self.runs // self.cells:,} runs: "
            f"{self.runs:,} runs in {self.parts:,} parts.\n"
            f"About {duration} with {self.workers} workers "
            f"({self.rate:,.0f} runs a second each, measured), "
            f"{self.megabytes:,.1f} MB on disk.\n"
            f"Varies: {', '.join(self.factors) or 'nothing'}."
        )


def plan(
    design: Design, *, workers: int | None = None, keep_rows: bool = False, seed: int = 0
) -> Plan:
    """Return what a sweep will cost, from a trial of 2,000 runs.

    Parameters
    ----------
    design : Design
    workers : int, optional
        One per core if not given.
    keep_rows : bool
        Whether rows are kept.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> from negotiation.sweep import grid
    >>> plan(grid(Scenario.load("split-the-pie"), {"us.patience": [0.8, 0.9]}, replicates=50)).runs
    100
    """
    workers = workers or os.cpu_count() or 1
    rate, row_bytes = trial(design, seed, keep_rows)
    cells = Generation.of(range(len(design)), design.replicates)
    blocks = list(blocks_of([cells], design.runs_per_world))
    size = len(blocks) * PART_BYTES + CELL_BYTES * (len(design) + sum(len(b.cells) for b in blocks))
    return Plan(
        cells=len(design),
        runs=design.runs,
        parts=len(blocks),
        rate=rate,
        workers=workers,
        minutes=design.runs / rate / workers / 60,
        megabytes=(size + design.runs * row_bytes) / 1e6,
        factors=design.factors,
    )


def trial(design: Design, seed: int, keep_rows: bool) -> tuple[float, float]:
    """Return runs per second and, if rows are kept, bytes per run on disk."""
    ensemble = Ensemble(design.scenario_of(design.baseline))
    ensemble.tally(seed=seed, first=0, count=1)  # compile outside the clock
    start = time.perf_counter()
    rows = ensemble.rows(seed=seed, first=0, count=TRIAL_RUNS)
    rate = TRIAL_RUNS / (time.perf_counter() - start)
    if not keep_rows:
        return rate, 0.0
    from negotiation.sweep.rows import rows_as_parquet

    return rate, len(rows_as_parquet([(0, rows)], tuple(design.scenario.issues))) / TRIAL_RUNS

"""How fast sweeps are played: cells of 10,000 runs, ratios measured in one run.

Prints a table and writes ``results/benchmarks/sweeps.json``. Usage: ``make bench``, or
``python benchmarks/sweeps.py --full`` for a thousand cells (ten million runs, several times over);
by default a hundred. A cell takes some milliseconds to set up, so small cells cost relatively more.

*Overhead*: the time of a sweep with its store over that of the same runs of the same cells by
ensembles that were made before the clock started, counted and forgotten; also in processor time,
which other work on the machine disturbs less. *Memory*: the peak of a
process of its own that plays the sweep. *Dask*: one and two worker processes of one thread.
*Differences*: what a thousand cells take until the difference of each to the baseline is told to
half a point for both headlines, scored and counted, in processor time of one core.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from measuring.machine import machine

import negotiation as ng
from negotiation.ensemble import Ensemble
from negotiation.sweep import Design

CELLS, FULL_CELLS, RUNS, TRIES = 100, 1_000, 10_000, 2
SHARED, PAIRED_CELLS, PAIRED_RUNS, WITHIN = 4, 25, 4_096, 0.005
AIMS = {"full_seconds": 120.0, "overhead": 0.10, "memory_mb": 1024.0, "dask_ratio": 1.7}


def design_of(cells: int, runs: int = RUNS, runs_per_world: int = 1) -> Design:
    """Return a grid over what a lapse costs the US and what a demand costs who makes it."""
    tolls = np.linspace(-4.0, 5.0, 25).tolist()
    costs = np.linspace(0.0, 150.0, cells // 25).tolist()
    levers = {"us.other_lapse_cost": costs, "deadline.ultimatum": tolls}
    scenario = ng.Scenario.load("stockholm-2025")
    return ng.grid(scenario, levers, replicates=runs, runs_per_world=runs_per_world)


def seconds(action: Callable[[], Any]) -> tuple[float, float]:
    """Return the wall time of an action, and the processor time of all its threads."""
    wall, processor = time.perf_counter(), time.process_time()
    action()
    return time.perf_counter() - wall, time.process_time() - processor


def swept(design: Design, executor: Any = None, store: bool = True) -> None:
    """Play a sweep, into a store that is thrown away if one is asked for."""
    if not store:
        ng.sweep(design, seed=1, executor=executor)
        return
    folder = Path(tempfile.mkdtemp())
    try:
        ng.sweep(design, seed=1, executor=executor, store=folder / "sweep")
        assert (folder / "sweep" / "summary.parquet").is_file()
    finally:
        shutil.rmtree(folder)


def overhead(cells: int, tries: int) -> dict[str, float]:
    """Return the seconds of the sweep and of bare ensembles, in turn, the best of each."""
    design = design_of(cells)
    ensembles = [Ensemble(design.scenario_of(cell)) for cell in range(len(design))]

    def bare() -> None:
        def one(ensemble: Ensemble) -> None:
            ensemble.tally(seed=1, first=0, count=RUNS)

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(one, ensembles))

    ensembles[0].tally(seed=1, first=0, count=10)
    swept(design_of(25, 10))
    times = [(*seconds(bare), *seconds(lambda: swept(design))) for _ in range(tries)]
    bare_s, bare_cpu, sweep_s, sweep_cpu = (min(column) for column in zip(*times, strict=True))
    return {
        "bare_s": bare_s,
        "sweep_s": sweep_s,
        "overhead": sweep_s / bare_s - 1,
        "overhead_cpu": sweep_cpu / bare_cpu - 1,
    }


def peak_memory(cells: int) -> float:
    """Return the peak resident memory, MB, of a process that plays the sweep."""
    code = (
        "import sys; sys.path.insert(0, 'benchmarks');"
        f"import sweeps, resource; sweeps.swept(sweeps.design_of({cells}));"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def dask(cells: int, tries: int) -> dict[str, float]:
    """Return the seconds of the sweep on one and on two Dask workers."""
    from distributed import Client, LocalCluster

    design, trial = design_of(cells), design_of(100, 100)
    times: dict[int, float] = {}
    for workers in (1, 2):
        with (
            LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None
            ) as cluster,
            Client(cluster) as client,
        ):
            for _ in range(2):  # every worker loads the compiled rules
                swept(trial, client, store=False)
            times[workers] = min(seconds(lambda: swept(design, client))[0] for _ in range(tries))
    return {"one_s": times[1], "two_s": times[2], "ratio": times[1] / times[2]}


def differences() -> dict[str, Any]:
    """Return what half a point costs, by the widest and the median difference of some cells.

    From what so many runs tell: the width falls with the root of their number.
    """
    from negotiation.analysis.odds_result import HEADLINES

    design, found = design_of(PAIRED_CELLS, PAIRED_RUNS, SHARED), list[Any]()
    ng.sweep(design_of(PAIRED_CELLS, 400, SHARED), seed=1)  # compile outside the clock
    _, cpu = seconds(lambda: found.append(ng.sweep(design, seed=1)))
    run_s = cpu / len(design) / PAIRED_RUNS
    ways = {}
    for way, count in (("scored", False), ("counted", True)):
        table = found[0].differences(outcomes=HEADLINES, count=count)
        half = (table["high"].to_numpy() - table["low"].to_numpy()).reshape(-1, len(HEADLINES)) / 2
        each = half.max(axis=1)  # the headline that is known less well
        for which, width in (("widest", each.max()), ("median", np.median(each))):
            runs = PAIRED_RUNS * (width / WITHIN) ** 2
            ways[f"{way}_{which}"] = {
                "half_width": float(width), "runs": float(runs),
                "core_s": float(FULL_CELLS * runs * run_s),
            }  # fmt: skip
    about = {"cells": PAIRED_CELLS, "runs": PAIRED_RUNS, "runs_per_world": SHARED}
    return {**about, "within": WITHIN, "run_s": run_s, "ways": ways}


def main() -> None:
    """Measure, print and write."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--full", action="store_true", help=f"{FULL_CELLS:,} cells")
    reader.add_argument("--cells", type=int, default=CELLS, help="cells, a multiple of 25")
    reader.add_argument("--tries", type=int, default=None, help="best of so many")
    reader.add_argument("--out", type=Path, default=Path("results/benchmarks/sweeps.json"))
    asked = reader.parse_args()
    cells = FULL_CELLS if asked.full else asked.cells
    tries = asked.tries or TRIES
    found: dict[str, Any] = {
        **machine(),
        "cells": cells,
        "runs_per_cell": RUNS,
        "aims": AIMS,
    }
    print(f"{cells:,} cells of {RUNS:,} runs of stockholm-2025, {os.cpu_count()} cores")
    # First, while this process is small: a new process counts what it was forked from.
    found["memory_mb"] = {str(n): peak_memory(n) for n in sorted({25, cells})}
    shown = ", ".join(f"{mb:.0f} MB with {int(n):,} cells" for n, mb in found["memory_mb"].items())
    print(f"peak memory: {shown} (aim below 1,024)")
    found |= overhead(cells, tries)
    rate = cells * RUNS / found["sweep_s"]
    found |= {"runs_per_s": rate, "full_s": FULL_CELLS * RUNS / rate}
    exact = "" if cells == FULL_CELLS else ", by this rate"
    print(f"sweep with store: {found['sweep_s']:.1f} s, {rate:,.0f} runs/s;")
    print(f"  {FULL_CELLS:,} cells of {RUNS:,} runs{exact}: {found['full_s']:.0f} s (aim 120)")
    print(
        f"overhead over {found['bare_s']:.1f} s of bare ensembles: {found['overhead']:+.1%} "
        f"(aim below 10%), in processor time {found['overhead_cpu']:+.1%}"
    )
    found["differences"] = differences()
    print(f"differences of {FULL_CELLS:,} cells to {100 * WITHIN:g} point, {SHARED} runs a draw:")
    for way, cost in found["differences"]["ways"].items():
        print(f"  {way:<16}{cost['runs']:>10,.0f} runs a cell{cost['core_s']:>10,.0f} core-seconds")
    try:
        found["dask"] = dask(cells, tries)
    except ImportError:
        print("Dask: not installed, not measured")
    else:
        print(
            f"Dask: one worker {found['dask']['one_s']:.1f} s, two {found['dask']['two_s']:.1f} s: "
            f"{found['dask']['ratio']:.2f} times (aim 1.7)"
        )
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()

"""How time and memory grow: with runs, issues, groups at home, dates, types, and cells of a sweep.

Each point is a process of its own. It makes everything ready, plays once, then takes the processor
time of all its threads (which other work on the machine disturbs less than the clock on the wall)
and the most memory that it has held. Where a point has several tries it is their median. The
exponent b is that of the line through the points, both axes in logarithms: time = a n^b. Its
interval is Student's, from how far the points lie off the line; with few points it is wide.

Beside it: what it costs to make a cell ready, what a run costs and is worth where several share a
draw of the uncertain numbers, and what Dask adds to a sweep, in processor time of all processes.

Prints the tables and writes ``results/benchmarks/scale.json``, of which tables in
``docs/explanation/speed.md`` and the numbers in ``docs/how-to/size-a-sweep.md`` are made.
Usage: ``make bench-scale``; five minutes or so.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from measuring.machine import load, machine

NAME, SMALL = "stockholm-2025", "split-the-pie"
SHARED = 16  # runs in a draw of the uncertain numbers, as `negotiation odds` plays them
RUNS = 800  # of a point that is not about runs
TRIES = 3
LONG = 3.0  # seconds: a point that takes longer is not tried again
FEW = 16  # runs of a cell
EVENTS = ("first_deadline_extended", "summit_deal")
WORLDS = (1, 2, 4, 8, 16)  # runs that share a draw
COUNTED, OF_WORLDS = 4_096, 384  # runs and worlds, at least, from which their worth is estimated
READY = 20  # cells made ready
DASK_CELLS, DASK_RUNS, DASK_TRIES = 8, (1_024, 16_384), 3
YEAR = 400  # days of talks that have many dates


class Growth(NamedTuple):
    """What is made larger, of which scenario, and how large."""

    what: str
    scenario: str
    sizes: tuple[int, ...]


GROWTHS = (
    Growth("runs", NAME, (1_000, 3_000, 10_000, 30_000)),
    Growth("runs", SMALL, (1_000, 10_000, 100_000, 1_000_000)),
    Growth("issues", NAME, (1, 2, 4, 8, 12, 16)),
    Growth("groups at home, a side", NAME, (1, 2, 3, 4, 5, 6)),
    Growth("decision dates", NAME, (2, 3, 5, 9, 17)),
    Growth("days", NAME, (125, 250, 500, 1_000)),
    Growth("types, a side", NAME, (1, 2, 4, 12)),
    Growth("cells of a sweep", SMALL, (100, 300, 1_000, 3_000, 10_000)),
)
OTHERS = ("ready", "sharing", "dask")


# What a process plays ---------------------------------------------------------------------------


def with_issues(data: dict[str, Any], count: int) -> None:
    """Leave so many issues; beyond those that there are, the last again under other names."""
    issues = dict(list(data["issues"].items())[:count])
    last = list(issues.values())[-1]
    for more in range(len(issues), count):
        issues[f"issue_{more}"] = last | {"kind": "other", "name": f"issue {more}"}
    data["issues"] = issues
    data["linkage"] = {
        first: {second: gain for second, gain in row.items() if second in issues}
        for first, row in data["linkage"].items()
        if first in issues
    }
    for side in ("us", "china"):
        for group in data[side]["constituencies"].values():
            group["stakes"] = {k: v for k, v in group["stakes"].items() if k in issues}


def with_groups(data: dict[str, Any], count: int) -> None:
    """Leave so many groups at home on each side; beyond those that there are, the last again."""
    for side in ("us", "china"):
        groups = dict(list(data[side]["constituencies"].items())[:count])
        for more in range(len(groups), count):
            groups[f"group_{more}"] = list(groups.values())[-1]
        data[side]["constituencies"] = groups


def with_dates(data: dict[str, Any], count: int) -> None:
    """Give talks of a year so many dates at which the truce runs out, if it is always extended."""
    calendar = data["calendar"]
    calendar["horizon"] = calendar["start"] + dt.timedelta(YEAR)
    left = (calendar["horizon"] - calendar["truce_expires"]).days
    calendar["extension_days"] = left // (count - 1)


def with_days(data: dict[str, Any], count: int) -> None:
    """Let the talks last so many days."""
    data["calendar"]["horizon"] = data["calendar"]["start"] + dt.timedelta(count)


def with_types(data: dict[str, Any], count: int) -> None:
    """Give each side so many types: three stances, two traits, two degrees of resolve."""
    for side in ("us", "china"):
        types = data[side]["types"]
        types["resolve_prior"] = {"value": 0.5 if count >= 2 else 0.0}
        types["trait_prior"] = {"value": 0.5 if count >= 4 else 0.0}
        types["stance_prior"] = (0.25, 0.5, 0.25) if count >= 12 else (0.0, 1.0, 0.0)


LARGER: dict[str, Callable[[dict[str, Any], int], None]] = {
    "issues": with_issues,
    "groups at home, a side": with_groups,
    "decision dates": with_dates,
    "days": with_days,
    "types, a side": with_types,
}


def sized(what: str, name: str, size: int) -> Any:
    """Return a scenario of a size."""
    from negotiation.scenario import Scenario

    data = Scenario.load(name).model_dump(mode="python")
    LARGER[what](data, size)
    return Scenario.from_dict(data, f"{name} with {size} {what}")


def memory() -> float:
    """Return the most memory that this process has held, MB."""
    try:  # what it began with, as a copy of another process, does not count
        text = Path("/proc/self/status").read_text()
        return int(text.partition("VmHWM:")[2].split()[0]) / 1024
    except (OSError, IndexError, ValueError):
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def taken(action: Callable[[], Any]) -> float:
    """Return the processor time of an action in all threads."""
    start = time.process_time()
    action()
    return time.process_time() - start


def tried(action: Callable[[], Any]) -> list[float]:
    """Return the times of an action: one where it is long, else several."""
    times = [taken(action)]
    while len(times) < TRIES and times[0] < LONG:
        times.append(taken(action))
    return times


def grid_of(cells: int, name: str = SMALL, runs: int = FEW) -> Any:
    """Return a design of so many cells, a multiple of four."""
    import numpy as np

    import negotiation as ng

    over = [np.linspace(0.7, 0.98, count).tolist() for count in (4, cells // 4)]
    levers = {"us.patience": over[0], "china.patience": over[1]}
    scenario = ng.Scenario.load(name)
    return ng.grid(scenario, levers, replicates=runs, runs_per_world=SHARED)


def swept(design: Any, executor: Any = None) -> None:
    """Play a sweep into a store that is thrown away."""
    import negotiation as ng

    folder = Path(tempfile.mkdtemp())
    try:
        ng.sweep(design, seed=1, executor=executor, store=folder / "sweep")
    finally:
        shutil.rmtree(folder)


def point(what: str, name: str, size: int) -> dict[str, Any]:
    """Return the times and the memory of one point, measured in this process."""
    if what == "cells of a sweep":
        swept(grid_of(8))
        times = tried(lambda: swept(grid_of(size)))
    else:
        from negotiation.ensemble import Ensemble

        runs = size if what == "runs" else RUNS
        ensemble = Ensemble(name if what == "runs" else sized(what, name, size))

        def play(count: int) -> None:
            ensemble.tally(seed=1, first=0, count=count, runs_per_world=SHARED)

        play(SHARED)
        times = tried(lambda: play(runs))
    return {"size": size, "seconds": times, "memory_mb": memory()}


def sharing(name: str) -> list[dict[str, Any]]:
    """Return what a run costs and is worth where several share a draw of the uncertain numbers."""
    import negotiation as ng
    from negotiation.sweep.executors import Inline

    scenario, found = ng.Scenario.load(name), []

    def play(runs: int, together: int) -> list[Any]:
        design = ng.sweep.Design(scenario, ({},), runs, runs_per_world=together)
        results = ng.sweep(design, seed=1, executor=Inline())
        return results.odds(outcomes=EVENTS).to_pylist()  # type: ignore[no-any-return]

    play(SHARED, SHARED)
    for together in WORLDS:
        runs = max(COUNTED, OF_WORLDS * together)
        start = time.process_time()
        rows = play(runs, together)
        seconds = (time.process_time() - start) / runs
        worth = {row["outcome"]: row["n"] / runs for row in rows}
        found.append(
            {
                "runs_per_world": together, "run_s": seconds, "worth": worth,
                "effective_run_s": float(seconds / min(worth.values())),
            }
        )  # fmt: skip
    return found


def ready(name: str) -> float:
    """Return the seconds that it takes to make a cell ready to be played."""
    from negotiation.ensemble import Ensemble

    design = grid_of(READY, name)
    Ensemble(design.scenario_of(0))
    times = tried(lambda: [Ensemble(design.scenario_of(cell)) for cell in range(READY)])
    return statistics.median(times) / READY


def dask(name: str) -> list[dict[str, Any]]:
    """Return the processor time of sweeps by threads and by Dask's workers, in turn.

    The scheduler runs in this process, two workers in processes of their own; all are counted. What
    Dask adds to a sweep is largely the same however long this takes, so a short one and a long one.
    """
    from distributed import Client, LocalCluster

    trial, found = grid_of(DASK_CELLS, name), []
    cluster = LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    )
    with cluster, Client(cluster) as client:

        def of_all() -> float:
            workers: dict[str, float] = client.run(time.process_time)
            return time.process_time() + sum(workers.values())

        for executor in (None, client, client):  # every process loads the compiled rules
            swept(trial, executor)
        for runs in DASK_RUNS:
            design = grid_of(DASK_CELLS, name, runs)
            local: list[float] = []
            spread: list[float] = []
            for _ in range(DASK_TRIES):
                for executor, times in ((None, local), (client, spread)):
                    start = of_all()
                    swept(design, executor)
                    times.append(of_all() - start)
            more = [there / here - 1 for here, there in zip(local, spread, strict=True)]
            found.append({
                "scenario": name, "cells": DASK_CELLS, "runs": runs, "local_s": local,
                "dask_s": spread, "overhead": statistics.median(more),
            })  # fmt: skip
    return found


# What the processes came to ---------------------------------------------------------------------


def apart(*asked: str | int) -> Any:
    """Return what a process of its own measures."""
    command = [sys.executable, __file__, "--measure", *map(str, asked)]
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, asked))} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def exponent(sizes: list[float], values: list[float]) -> dict[str, float]:
    """Return the slope of the line through logarithms, with its 95% interval.

    Examples
    --------
    >>> exponent([1, 10, 100], [2.0, 20.0, 200.0])
    {'b': 1.0, 'low': 1.0, 'high': 1.0}
    """
    from negotiation.estimates import t_of

    x, y = [math.log(size) for size in sizes], [math.log(value) for value in values]
    x0, y0 = statistics.fmean(x), statistics.fmean(y)
    spread = sum((a - x0) ** 2 for a in x)
    slope = sum((a - x0) * (b - y0) for a, b in zip(x, y, strict=True)) / spread
    left = sum((b - y0 - slope * (a - x0)) ** 2 for a, b in zip(x, y, strict=True))
    free = len(x) - 2
    half = float(t_of(free)) * math.sqrt(left / free / spread)
    return {"b": round(slope, 4), "low": round(slope - half, 4), "high": round(slope + half, 4)}


def grown(growth: Growth) -> dict[str, Any]:
    """Measure how time and memory grow with one thing."""
    points = [apart("point", growth.what, growth.scenario, size) for size in growth.sizes]
    for found in points:
        found["median_s"] = statistics.median(found["seconds"])
    sizes = [each["size"] for each in points]
    return {
        "what": growth.what, "scenario": growth.scenario, "points": points,
        "time": exponent(sizes, [each["median_s"] for each in points]),
        "memory": exponent(sizes, [each["memory_mb"] for each in points]),
    }  # fmt: skip


def told(row: dict[str, Any]) -> str:
    """Return how time and memory grow with one thing, as a line."""
    first, last = row["points"][0], row["points"][-1]
    parts = [f"{row['what']:<24}{row['scenario']:<16}{first['size']:>6,} to {last['size']:<10,}"]
    parts += [f"{first['median_s']:>8.3f} to {last['median_s']:<8.2f}"]
    parts += [f"{row['time'][k]:>7.2f}" for k in ("b", "low", "high")]
    parts += [f"{first['memory_mb']:>7.0f} to {last['memory_mb']:<6.0f}"]
    parts += [f"{row['memory'][k]:>7.3f}" for k in ("b", "low", "high")]
    return "".join(parts)


def measure(asked: list[str]) -> None:
    """Measure one thing in this process, and print it."""
    kind, *about = asked
    if kind == "point":
        print(json.dumps(point(about[0], about[1], int(about[2]))))
    else:
        print(json.dumps({"sharing": sharing, "ready": ready, "dask": dask}[kind](*about)))


def main() -> None:
    """Measure, print and write."""
    reader = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    reader.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)
    everything = list(dict.fromkeys([*(growth.what for growth in GROWTHS), *OTHERS]))
    reader.add_argument(
        "--only", action="append", choices=everything, help="measure this again, keep the rest"
    )
    reader.add_argument("--out", type=Path, default=Path("results/benchmarks/scale.json"))
    asked = reader.parse_args()
    if asked.measure:
        measure(asked.measure)
        return
    wanted = asked.only or everything
    print("seconds and MB at the smallest and at the largest, exponents with their intervals:")
    for number, growth in enumerate(GROWTHS):
        if growth.what in wanted:
            row = grown(growth)
            print(told(row), flush=True)
            keep(asked.out, {}, growth={str(number): row})
    if "ready" in wanted:
        seconds = {name: apart("ready", name) for name in (NAME, SMALL)}
        print(*(f"a cell of {k} is ready after {1e3 * s:.1f} ms" for k, s in seconds.items()))
        keep(asked.out, {"ready_s": seconds})
    if "sharing" in wanted:
        ways = apart("sharing", NAME)
        for way in ways:
            worth = ", ".join(f"{event} {value:.2f}" for event, value in way["worth"].items())
            print(f"{way['runs_per_world']:>3} share: {1e3 * way['run_s']:.3f} ms, worth {worth}")
        keep(asked.out, {"sharing": {"scenario": NAME, "ways": ways}})
    if "dask" in wanted:
        found = apart("dask", NAME)
        for row in found:
            taken = f"{DASK_CELLS} cells of {row['runs']:,} runs, {min(row['local_s']):.1f} s"
            print(f"Dask adds {row['overhead']:+.1%} of processor time to {taken} (aim: below 10%)")
        keep(asked.out, {"dask": found})


def keep(place: Path, found: dict[str, Any], growth: dict[str, Any] | None = None) -> None:
    """Put what was measured into the file, where the rest stays as it was measured before."""
    about, others = machine(), load()
    data: dict[str, Any] = json.loads(place.read_text()) if place.exists() else {"growth": {}}
    data |= {
        **about, "clock": "processor time",
        "runs_per_world": SHARED, "runs": RUNS, "runs_of_a_cell": FEW,
        "load_at_the_end": round(others, 2), "machine_was_shared": others > about["cores"],
    } | found  # fmt: skip
    rows = data["growth"] | (growth or {})
    data["growth"] = dict(sorted(rows.items()))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(data, indent=2, allow_nan=False) + "\n")


if __name__ == "__main__":
    main()

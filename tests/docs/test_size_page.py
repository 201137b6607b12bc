"""The page on the size of a sweep counts with what the benchmark of scale measured."""

from __future__ import annotations

import math
import statistics
from typing import Any

from measurements import ROOT, exponent_of, growth_of, measured

PAGE = ROOT / "docs" / "how-to" / "size-a-sweep.md"
BEGIN, END = "<!-- size: begin -->\n", "<!-- size: end -->\n"
SWEEPS = ((1_000, 10_000), (10_000, 10_000), (100_000, 10_000), (1_000_000, 100_000))
CORES = 1_000
Z = 1.96


def cheapest() -> dict[str, Any]:
    """Return the way of sharing draws in which an effective run costs least."""
    ways: list[dict[str, Any]] = measured("scale")["sharing"]["ways"]
    return min(ways, key=lambda way: float(way["effective_run_s"]))


def core_hours(cells: int, effective: int) -> float:
    """Return what a sweep costs, by the formula of the page."""
    scale, way = measured("scale"), cheapest()
    ready = float(scale["ready_s"][scale["sharing"]["scenario"]])
    return cells * (ready + effective * float(way["effective_run_s"])) / 3600


def memory_of(cells: int) -> float:
    """Return the memory of who collects a sweep, GB, on the line through the ends measured."""
    points = growth_of("cells of a sweep")["points"]
    first, last = points[0], points[-1]
    a_cell = (last["memory_mb"] - first["memory_mb"]) / (last["size"] - first["size"])
    return float(last["memory_mb"] + a_cell * (cells - last["size"])) / 1024


def passage() -> str:
    """Return the numbers of the page."""
    scale, way = measured("scale"), cheapest()
    name = scale["sharing"]["scenario"]
    cells = growth_of("cells of a sweep")
    lines = [
        "",
        f"Measured for `{name}`, in seconds of processor time of one core: ready "
        f"{scale['ready_s'][name]:.4f}, and",
        "",
        "| runs that share a draw | a run takes | and is worth | an effective run takes |",
        "|---|---|---|---|",
    ]
    for each in scale["sharing"]["ways"]:
        best = ", the least" if each is scale["sharing"]["ways"][ways().index(way)] else ""
        lines.append(
            f"| {each['runs_per_world']} | {1e3 * each['run_s']:.3f} ms | "
            f"{min(each['worth'].values()):.2f} | {1e3 * each['effective_run_s']:.3f} ms{best} |"
        )
    lines += [
        "",
        f"The worth is that for the headline for which it is smaller. With `runs_per_world = "
        f"{way['runs_per_world']}` a sweep costs:",
        "",
        f"| cells | effective runs a cell | odds near a half to | core-hours | on {CORES:,} cores "
        "| memory of who collects |",
        "|---|---|---|---|---|---|",
    ]
    for count, effective in SWEEPS:
        hours = core_hours(count, effective)
        points = 100 * Z * 0.5 / math.sqrt(effective)
        lines.append(
            f"| {count:,} | {effective:,} | {points:.2f} points | {figure(hours)} | "
            f"{lasting(hours / CORES)} | {memory_of(count):.1f} GB |"
        )
    largest = cells["points"][-1]["size"]
    lines += [
        "",
        f"Up to {largest:,} cells this was measured: the time of a sweep grew with the cells to "
        f"the power {exponent_of(cells['time'])}, memory on the line through the ends. Beyond, it "
        f"is that formula. Checking, scoring and writing took another {1e3 * left_out():.1f} ms a "
        f"cell, which it leaves out. {of_dask(scale)}",
        "",
    ]
    return "\n".join(lines) + "\n"


def of_dask(scale: dict[str, Any]) -> str:
    """Return what Dask added to a sweep, as a sentence; it is an extra that may not be there."""
    if "dask" not in scale:
        return "What Dask adds was not measured."
    added = []
    for found in scale["dask"]:
        local = found["local_s"]
        more = [100 * (b / a - 1) for a, b in zip(local, found["dask_s"], strict=True)]
        added.append(
            f"{100 * found['overhead']:.0f}% of processor time to a sweep of {found['cells']} "
            f"cells of {found['runs']:,} runs, which takes {statistics.median(local):.1f} s "
            f"({min(more):.0f}% to {max(more):.0f}% in {len(more)} pairs of tries)"
        )
    return f"Dask's scheduler, messages and workers added {', and '.join(added)}."


def ways() -> list[dict[str, Any]]:
    """Return what was measured of each way of sharing draws."""
    found: list[dict[str, Any]] = measured("scale")["sharing"]["ways"]
    return found


def figure(hours: float) -> str:
    """Return core-hours in two figures.

    Examples
    --------
    >>> figure(0.1234), figure(6543.0)
    ('0.12', '6,500')
    """
    digits = 1 - math.floor(math.log10(hours))
    return f"{round(hours, digits):,.{max(digits, 0)}f}"


def lasting(hours: float) -> str:
    """Return how long that is, in minutes or hours.

    Examples
    --------
    >>> lasting(0.001), lasting(0.5), lasting(6.54)
    ('under two minutes', '30 minutes', '7 hours')
    """
    if hours * 60 < 2:
        return "under two minutes"
    return f"{60 * hours:.0f} minutes" if hours < 2 else f"{hours:.0f} hours"


def test_the_page_counts_with_what_was_measured() -> None:
    """Word by word."""
    assert PAGE.read_text("utf-8").split(BEGIN)[1].split(END)[0] == passage()


def left_out() -> float:
    """Return the seconds a cell that checking, scoring and writing took, beside ready and runs.

    In the largest sweep that was played, of small cells of another scenario.
    """
    scale, cells = measured("scale"), growth_of("cells of a sweep")
    last = cells["points"][-1]
    runs = next(
        row for row in scale["growth"].values()
        if row["what"] == "runs" and row["scenario"] == cells["scenario"]
    )["points"][-1]  # fmt: skip
    played = scale["runs_of_a_cell"] * runs["median_s"] / runs["size"]
    return float(last["median_s"] / last["size"] - scale["ready_s"][cells["scenario"]] - played)


def test_what_the_formula_leaves_out_is_little_of_any_sweep_that_is_sized() -> None:
    """A hundredth of the cell that costs least; a formula that counts too much is as wrong."""
    least = min(3600 * core_hours(1, effective) for _, effective in SWEEPS)
    assert -0.01 * least < left_out() < 0.01 * least


def test_cost_grows_no_faster_than_cells() -> None:
    """Time grows as the cells do, memory much more slowly."""
    cells = growth_of("cells of a sweep")
    assert cells["time"]["low"] <= 1.0 + 0.05 and cells["time"]["b"] < 1.1
    assert cells["memory"]["b"] < 0.5


def test_figures_are_rounded_to_what_is_known() -> None:
    """Two figures, however large."""
    assert (figure(0.1234), figure(6543.0), figure(12.34)) == ("0.12", "6,500", "12")
    assert (lasting(0.001), lasting(0.5), lasting(6.54)) == (
        "under two minutes", "30 minutes", "7 hours",
    )  # fmt: skip

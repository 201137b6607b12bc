"""The results of a sweep as text for people and as plain data for scripts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from negotiation.analysis.odds_result import ends
from negotiation.cli.columns import columns
from negotiation.report.cells import Cell, cells_of
from negotiation.report.designs import SPREAD, kind_of, label_of, set_everywhere
from negotiation.report.tables import pairing_gain
from negotiation.words.changes import stated
from negotiation.words.numbers import counted, interval, percent, points, signed_interval, width
from negotiation.words.outcomes import HORIZON, headlines
from negotiation.words.own_names import in_own_names
from negotiation.words.settings import value

if TYPE_CHECKING:
    from negotiation.scenario import Scenario
    from negotiation.sweep.results import Results

SHOWN = 12  # cells that fit a screen


def summary(results: Results, follow: str) -> str:
    """Return what ``negotiation sweep`` prints: how much, the odds of the headlines, where.

    ``follow`` is the command that goes on from there, if there is one.
    """
    scenario = base_of(results)
    asked = headlines(scenario)
    cells = cells_of(results, tuple(asked))
    lines = [
        f"{counted(len(cells), 'cell')}, {counted(int(results.runs.sum()), 'run')}, seed "
        f"{results.seed}. "
        f"In this model, all of {stated(scenario)}",
        *(f"  {line}" for line in set_everywhere(results, scenario)),
        "",
    ]
    if not results.runs.any() and not len(results.failures):
        lines.append("No part of the sweep falls to this shard, so it has no odds.")
        return "\n".join([*lines, *where(results, follow)])
    played = [cell for cell in cells if cell.odds]
    wide, spread = all(cell.ignorance for cell in played), kind_of(results) == SPREAD
    for outcome, statement in asked.items():
        heads = ["  odds", *["assumptions vary"] * wide, "sampling error"]
        heads += ["setting"] if spread else ["change", "", "setting"]
        ordered = largest_first(played, outcome, spread)
        table = [heads, *(row(cell, outcome, results, wide, spread, scenario) for cell in ordered)]
        lines += [statement, *columns("r" * (len(heads) - 1) + "l", table[: SHOWN + 1])]
        if len(cells) > SHOWN:
            less = "where it is less likely" if spread else "with smaller differences"
            lines.append(f"  and {counted(len(cells) - SHOWN, 'cell')} more, {less}")
        lines.append("")
    words = [
        f"{scenario.own_path(name)}: {label_of(results, name, scenario)}"
        for name in results.factors[:SHOWN]
    ]
    lines += [*words, *[""] * bool(words)]
    if not spread and len(cells) > 1:
        lines.append("Changes are those from the baseline, in pairs of runs, the largest first.")
    over = "over the uncertain assumptions, and " if wide and played else ""
    lines.append(f"95% intervals: {over}sampling error.")
    middle = pairing_gain(cells, tuple(asked))
    if middle is not None:
        lines.append(
            "All settings meet the same random events: without that, a difference to the baseline "
            f"would need {middle:.1f} times the runs (median)."
        )
    if len(results.failures):
        lines.append(f"{counted(failed(results), 'cell')} failed: see failures.parquet.")
    return "\n".join([*lines, *where(results, follow)])


def base_of(results: Results) -> Scenario:
    """Return the scenario that the cells of a sweep change."""
    from negotiation.sweep.store import stored_scenario

    assert results.folder is not None
    return stored_scenario(results.folder)


def where(results: Results, follow: str) -> list[str]:
    """Return the last lines: the folder of the results, and what to type next."""
    return [f"Results: {results.folder}", *([f"Next: {follow}"] if follow else [])]


def largest_first(cells: list[Cell], outcome: str, spread: bool) -> list[Cell]:
    """Return the cells, the baseline first, then those that differ from it most.

    Those of a design that is spread over ranges by their odds.
    """
    if spread:
        return sorted(cells, key=lambda cell: -cell.odds[outcome].p)
    return sorted(cells, key=lambda c: -abs(c.changes[outcome].difference) if c.changes else -2.0)


def row(
    cell: Cell, outcome: str, results: Results, wide: bool, spread: bool, scenario: Scenario
) -> list[str]:
    """Return the odds of a cell, their intervals, and how they differ from the baseline's."""
    estimate, change = cell.odds[outcome], cell.changes.get(outcome)
    over = [width(cell.ignorance[outcome], cell.ends_error[outcome])] if wide else []
    cells = [f"  {percent(*estimate)}", *over, interval(estimate.low, estimate.high)]
    if spread:
        return [*cells, name_of(cell, -1, scenario)]
    moved = ["", ""]
    if change is not None:
        ends = change.low, change.high
        moved = [points(change.difference, *ends), f"({signed_interval(*ends)})"]
    return [*cells, *moved, name_of(cell, results.baseline, scenario)]


def name_of(cell: Cell, baseline: int, scenario: Scenario) -> str:
    """Return a cell by what it changes."""
    first = list(in_own_names(cell.settings, scenario).items())[:3]
    text = ", ".join(f"{name} = {value(v)}" for name, v in first)
    more = ", ..." if len(cell.settings) > 3 else ""
    base = "  (baseline)" if cell.number == baseline else ""
    return f"{text or 'as the scenario stands'}{more}{base}"


def failed(results: Results) -> int:
    """Return how many cells failed somewhere."""
    return len(set(results.failures["cell"].to_pylist()))


def as_data(results: Results) -> dict[str, Any]:
    """Return the object that ``negotiation sweep --json`` prints.

    Odds are in the form of ``negotiation odds --json``: events and states at the horizon, each
    with p, low and high.
    """
    from negotiation.sweep import manifest

    assert results.folder is not None
    about, scenario = manifest.read(results.folder), base_of(results)
    return {
        "results": str(results.folder),
        "question": about["question"],
        "scenario": about["scenario"]["name"],
        "seed": results.seed,
        "runs": int(results.runs.sum()),
        "runs_per_world": results.runs_per_world,
        "complete": about["complete"] and about["shard"] is None,
        "shard": about["shard"],
        "baseline": results.baseline,
        "factors": in_own_names(list(results.factors), scenario),
        "failed": failed(results),
        "cells": [in_own_names(cell_data(cell), scenario) for cell in cells_of(results)],
    }


def cell_data(cell: Cell) -> dict[str, Any]:
    """Return one cell as plain data."""
    by_kind: dict[str, dict[str, dict[str, float | None]]] = {"events": {}, "at_horizon": {}}
    for name, estimate in cell.odds.items():
        kind = "at_horizon" if name.startswith(HORIZON) else "events"
        by_kind[kind][name.removeprefix(HORIZON)] = estimate.to_dict()
    differences = {
        name: {
            "difference": change.difference,
            "low": change.low,
            "high": change.high,
            "gain": change.gain if math.isfinite(change.gain) else None,
        }
        for name, change in cell.changes.items()
    }
    return {
        "cell": cell.number,
        "settings": cell.settings,
        "runs": cell.runs,
        **by_kind,
        "differences": differences,
        "parameter_interval": ends(cell.ignorance, cell.ends_error),
    }

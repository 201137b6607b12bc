"""What drives the odds of a sweep: how far each setting swings them, or how they follow it.

The tables behind tornados, and behind the bars of a design that spreads all settings at once.

References
----------
Marino et al. (2008), doi:10.1016/j.jtbi.2008.04.011: partial rank correlation on Latin hypercubes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from negotiation.estimates import Estimate
from negotiation.report.designs import baseline_of, unit_of
from negotiation.words.settings import label, own_path, value

if TYPE_CHECKING:
    from negotiation.report.cells import Cell
    from negotiation.scenario import Scenario
    from negotiation.sweep.results import Results

MORE_CELLS = 4  # the regression needs a few cells more than settings
PARTS = ("", "_from", "_to")  # of an estimate: the odds, and the ends of their interval


def rank_correlations(results: Results, cells: list[Cell], outcome: str) -> dict[str, list[Any]]:
    """Return the partial rank correlation of the odds with every setting, the strongest first.

    Parameters
    ----------
    results : Results
    cells : list of Cell
        Those with odds.
    outcome : str

    Returns
    -------
    dict
        Columns ``name``, ``index``, ``low``, ``high`` (95%); without a setting that follows from
        the others; empty where the cells are too few, or the odds do not vary.
    """
    from negotiation.analysis.indices import partial_rank_correlation

    table: dict[str, list[Any]] = {"name": [], "index": [], "low": [], "high": []}
    names = [name for name in results.factors if varies([c.settings.get(name) for c in cells])]
    points = np.array([[cell.settings[name] for name in names] for cell in cells])
    odds = np.array([cell.odds[outcome].p for cell in cells])
    if len(cells) < len(names) + MORE_CELLS or not names or np.ptp(odds) == 0.0:
        return table
    index, low, high = partial_rank_correlation(points, odds)
    for j in np.argsort(-np.abs(index), kind="stable")[: np.isfinite(index).sum()]:
        row = (names[j], float(index[j]), float(low[j]), float(high[j]))
        for column, entry in zip(table.values(), row, strict=True):
            column.append(entry)
    return table


def varies(values: list[Any]) -> bool:
    """Return whether a setting is given as different numbers in all cells.

    Examples
    --------
    >>> varies([1.0, 2.0]), varies([1.0, 1.0]), varies(["linear", "boulware"]), varies([1.0, None])
    (True, False, False, False)
    """
    return all(isinstance(v, int | float) for v in values) and len(set(values)) > 1


def swings(
    cells: list[Cell], results: Results, outcome: str, scenario: Scenario | None = None
) -> tuple[dict[str, list[Any]], float]:
    """Return the odds at both ends of each setting changed alone, and the baseline's odds.

    The intervals are those of the differences to the baseline, in pairs of runs.
    """
    base = baseline_of(results, cells)
    if base is None:
        return {"name": []}, 0.0
    centre = base.odds[outcome].p
    odds: dict[str, list[tuple[Any, Estimate]]] = {name: [] for name in results.factors}
    for cell in cells:
        for name, given in cell.settings.items():
            found = cell.odds[outcome]
            if change := cell.changes.get(outcome):
                found = Estimate(found.p, centre + change.low, centre + change.high)
            odds[name].append((given, found))
    return _ends({k: v for k, v in odds.items() if v}, results, centre, scenario), centre


def average_swings(
    cells: list[Cell], results: Results, outcome: str, scenario: Scenario | None = None
) -> tuple[dict[str, list[Any]], float]:
    """Return the average odds at both ends of each setting, and over the whole design."""
    odds: dict[str, list[tuple[Any, Estimate]]] = {}
    for name in results.factors:
        rows = results.odds(by=name, outcomes=outcome).to_pylist()
        odds[name] = [(r[name], Estimate(r["share"], r["low"], r["high"])) for r in rows if r["n"]]
    mean = float(np.mean([cell.odds[outcome].p for cell in cells])) if cells else 0.0
    return _ends(odds, results, mean, scenario), mean


def _ends(
    odds: dict[str, list[tuple[Any, Estimate]]],
    results: Results,
    base: float,
    scenario: Scenario | None,
) -> dict[str, list[Any]]:
    """Return a tornado's table: ends of the range for numbers, of the odds for names."""
    names = ("name", "key", *(f"{end}{part}" for end in ("at_low", "at_high") for part in PARTS))
    table: dict[str, list[Any]] = {name: [] for name in names}
    for name, points in odds.items():
        numeric = all(isinstance(value, int | float) for value, _ in points)
        points = sorted(points, key=lambda point: point[0] if numeric else point[1].p)
        low, high = points[0], points[-1]
        if len(points) == 1:  # changed to one value only: its other end is the baseline
            low = (None, Estimate(base, base, base))
        ends = f"{value(low[0])} to {value(high[0])}" if low[0] is not None else value(high[0])
        unit = unit_of(results, name)
        row = [
            label(name, scenario),
            f"{own_path(name, scenario)}: {ends}{' ' + unit if unit else ''}",
        ]
        for column, entry in zip(table.values(), [*row, *low[1], *high[1]], strict=True):
            column.append(entry)
    return table

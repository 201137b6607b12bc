"""How far the odds swing when a setting moves from one end to the other: the tables of tornados."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from negotiation.classroom.designs import baseline_of, unit_of, value

if TYPE_CHECKING:
    from negotiation.classroom.cells import Cell
    from negotiation.sweep.results import Results


def swings(cells: list[Cell], results: Results, outcome: str) -> tuple[dict[str, list[Any]], float]:
    """Return the odds at both ends of each setting changed alone, and the baseline's odds."""
    base = baseline_of(results, cells)
    if base is None:
        return {"name": []}, 0.0
    odds: dict[str, list[tuple[Any, float]]] = {name: [] for name in results.factors}
    for cell in cells:
        for name, given in cell.settings.items():
            odds[name].append((given, cell.odds[outcome].p))
    centre = base.odds[outcome].p
    return _ends({k: v for k, v in odds.items() if v}, results, centre), centre


def average_swings(
    cells: list[Cell], results: Results, outcome: str
) -> tuple[dict[str, list[Any]], float]:
    """Return the average odds at both ends of each setting, and over the whole design."""
    odds = {}
    for name in results.factors:
        by: dict[Any, list[float]] = {}
        for cell in cells:
            by.setdefault(cell.settings[name], []).append(cell.odds[outcome].p)
        odds[name] = [(value, float(np.mean(shares))) for value, shares in by.items()]
    mean = float(np.mean([cell.odds[outcome].p for cell in cells])) if cells else 0.0
    return _ends(odds, results, mean), mean


def _ends(
    odds: dict[str, list[tuple[Any, float]]], results: Results, base: float
) -> dict[str, list[Any]]:
    """Return a tornado's table: ends of the range for numbers, of the odds for names."""
    table: dict[str, list[Any]] = {"name": [], "at_low": [], "at_high": []}
    for name, points in odds.items():
        numeric = all(isinstance(value, int | float) for value, _ in points)
        points = sorted(points, key=lambda point: point[0] if numeric else point[1])
        low, high = points[0], points[-1]
        if len(points) == 1:  # changed to one value only: its other end is the baseline
            low = (None, base)
        ends = f"{value(low[0])} to {value(high[0])}" if low[0] is not None else value(high[0])
        unit = unit_of(results, name)
        table["name"].append(f"{name}\n{ends}{' ' + unit if unit else ''}")
        table["at_low"].append(low[1])
        table["at_high"].append(high[1])
    return table

"""Find the settings with which the odds rise or fall, where a design spreads all of them at once.

References
----------
Marino et al. (2008), doi:10.1016/j.jtbi.2008.04.011: partial rank correlation on Latin hypercubes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from negotiation.classroom.cells import Cell
    from negotiation.sweep.results import Results

RESAMPLES, MORE_CELLS = 200, 4  # the regression needs a few cells more than settings


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
        Columns ``name``, ``index``, ``low``, ``high`` (95%, bootstrap over cells); empty where
        the cells are too few, a setting is no number, or the odds do not vary.
    """
    from negotiation.analysis.indices import partial_rank_correlation

    table: dict[str, list[Any]] = {"name": [], "index": [], "low": [], "high": []}
    names = [name for name in results.factors if varies([c.settings.get(name) for c in cells])]
    points = np.array([[cell.settings[name] for name in names] for cell in cells])
    odds = np.array([cell.odds[outcome].p for cell in cells])
    if len(cells) < len(names) + MORE_CELLS or not names or np.ptp(odds) == 0.0:
        return table
    index = partial_rank_correlation(points, odds)
    rng = np.random.default_rng(results.seed)
    drawn = []
    for _ in range(RESAMPLES):
        some = rng.integers(len(cells), size=len(cells))
        if np.ptp(odds[some]) > 0.0:
            drawn.append(partial_rank_correlation(points[some], odds[some]))
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    for j in np.argsort(-np.abs(index), kind="stable"):
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

"""The sources of leverage as settings.

``python experiments/leverage/sources.py`` writes the cells of the sweep.
"""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

CELLS = Path(__file__).parent / "cells.csv"
US_TARIFFS = {"tariffs.us_suspended": 0.3, "tariffs.us_peak": 0.3}
CHINA_TARIFFS = {"tariffs.china_suspended": 0.1, "tariffs.china_peak": 0.1}
GONE: dict[str, dict[str, float]] = {  # what takes a source away
    "rare earths": {
        "rare_earths.throttle": 0.0, "rare_earths.cut_suspended": 0.0,
        "rare_earths.cut_peak": 0.0, "issues.rare_earth_licences.us_gain": 0.0,
    },
    "tariffs": US_TARIFFS | CHINA_TARIFFS | {"tariffs.peak_weight": 0.0},
    "markets": {"news.selloff_penalties": 0.0, "news.selloff_effect": 0.0},
    "time": {
        "us.patience": 0.935, "china.patience": 0.935,
        "us.audience_growth": 0.0, "china.audience_growth": 0.0,
    },
}  # fmt: skip
OTHERWISE = {"us.other_lapse_cost": 0.0, "china.other_lapse_cost": 0.0}
SOURCES = tuple(GONE)
USUAL = {"calendar.extension_days": 90}  # the scenario's; a line of blanks would be no cell


def length(days: int) -> dict[str, float]:
    """Return what makes extensions customarily so long."""
    return {"calendar.extension_days": days}


def without(*names: str) -> dict[str, float]:
    """Return what takes these sources away.

    Examples
    --------
    >>> without("markets")
    {'news.selloff_penalties': 0.0, 'news.selloff_effect': 0.0}
    """
    return {path: value for name in names for path, value in GONE[name].items()}


def only(*names: str) -> dict[str, float]:
    """Return what takes all other sources away."""
    return without(*(name for name in SOURCES if name not in names))


def cells() -> list[dict[str, float]]:
    """Return what each cell changes, the shipped scenario first."""
    found = [without(*gone) for n in range(len(SOURCES) + 1) for gone in combinations(SOURCES, n)]
    found += [US_TARIFFS, CHINA_TARIFFS, length(30), length(180)]
    return [*found, without(*SOURCES) | OTHERWISE]


def paths() -> list[str]:
    """Return every setting that some cell changes."""
    return list(dict.fromkeys(path for cell in cells() for path in cell))


def full(changes: dict[str, float]) -> dict[str, float | None]:
    """Return a cell as the sweep has it: every setting, None for the scenario's own."""
    return {path: (USUAL | changes).get(path) for path in paths()}


if __name__ == "__main__":
    with CELLS.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, paths(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(USUAL | cell for cell in cells())

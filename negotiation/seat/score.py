"""What a game was worth to a side, as one number.

Money comes year by year: what the path brought until the horizon, and what is signed still brings
from then until its term is over. Where no time runs, what was signed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from negotiation.scenario import SIDES, Scenario
from negotiation.words.language import tr
from negotiation.words.numbers import money
from negotiation.words.packages import places_of
from negotiation.words.scene import flows

YEAR = 365.0  # days


def score(rows: Any, scenario: Scenario, side: str) -> np.ndarray:
    """Return what outcomes were worth to a side.

    Parameters
    ----------
    rows : ndarray of ``outcome.ROW``
    scenario : Scenario
    side : str
        "us" or "china".

    Examples
    --------
    >>> import negotiation as ng
    >>> game = ng.Game("split-the-pie", seed=1).play()
    >>> score(game.row(), game.scenario, "us").shape
    (1,)
    """
    own = SIDES.index(side)
    gain = np.array(rows["yearly_gain"][:, own], dtype=float)
    if not has_years(scenario):
        return gain
    left = rows["deal_day"] + scenario.calendar.deal_days - _length(scenario)
    years = np.where(rows["deal_day"] >= 0.0, np.maximum(left, 0.0) / YEAR, 0.0)
    return np.array(rows["account"][:, own] + years * gain, dtype=float)


def has_years(scenario: Scenario) -> bool:
    """Return whether gains come year by year."""
    return flows(scenario.unit) and bool(scenario.economy.weight.value)


def about_score(scenario: Scenario) -> str:
    """Return what the score counts, as a clause."""
    if not has_years(scenario):
        return tr("what was signed")
    return tr(
        "what the path brought until the horizon, and what is signed brings from then until its "
        "term is over"
    )


def score_text(value: float, scenario: Scenario) -> str:
    """Return a score with its unit and its sign.

    Examples
    --------
    >>> score_text(-3.21, Scenario.load("stockholm-2025"))
    '-$3.2bn'
    """
    shown = money(value, scenario.unit, places_of(scenario))
    return f"-{shown}" if value < 0.0 and any(d in shown for d in "123456789") else shown


def _length(scenario: Scenario) -> float:
    return float((scenario.calendar.horizon - scenario.calendar.start).days)

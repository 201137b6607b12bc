"""What the shipped calibration learned, and what of it a forecast of one decision may use.

A decision that was learned from (the same day, give or take a week) is forecast without itself: the
draws are weighted by one over the likelihood that it gave them, the base rates leave it out.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from negotiation.hindcast import posterior as post
from negotiation.hindcast import rivals, scoring
from negotiation.hindcast.episodes import Coded, main_set
from negotiation.hindcast.reading import shipped

WINDOW = 7  # days; decisions of a dispute that were learned from lie four weeks apart or more


@cache
def calibration() -> dict[str, Any]:
    """Return the shipped calibration, see :mod:`negotiation.hindcast.calibrate`."""
    file = resources.files("negotiation") / "hindcast" / "data" / "posterior.json"
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def rates_without(coded: Coded) -> np.ndarray:
    """Return the base rates of the shipped main set without that decision."""
    day = coded.episode.date
    others = [c for c in main_set(shipped()) if not same_decision(c.episode.date, day)]
    return rivals.base_rates(scoring.happened([str(c.outcome) for c in others]))


def weight_without(coded: Coded, found: dict[str, Any]) -> tuple[np.ndarray, bool]:
    """Return weights on the posterior's draws that do not know how the episode ended."""
    days = [dt.date.fromisoformat(entry["date"]) for entry in found["learned_from"]]
    same = [k for k, day in enumerate(days) if same_decision(day, coded.episode.date)]
    likelihood = np.array(found["log_likelihood"])
    if not same:
        return np.full(len(likelihood), 1 / len(likelihood)), False
    own = likelihood[:, same]
    return post.weights(own, -float(found["exponent"])), True


def same_decision(one: dt.date, other: dt.date) -> bool:
    """Return whether two dates of a dispute are of one decision: files date one differently.

    Examples
    --------
    >>> same_decision(dt.date(2019, 5, 10), dt.date(2019, 5, 9))
    True
    """
    return abs((one - other).days) <= WINDOW

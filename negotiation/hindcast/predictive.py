"""Predictive checks: whether histories played with the parameters look like the real one.

A history is one draw of the parameters and one outcome for every episode learned from. A number
taken from it (how many escalations, how many changes of outcome in a row) is compared with the
same number of what happened (Gelman, Meng and Stern 1996, "Posterior predictive assessment of
model fitness via realized discrepancies").
"""

from __future__ import annotations

from typing import Any

import numpy as np

from negotiation.hindcast.decisions import CODES, ESCALATION, LAPSE
from negotiation.hindcast.episodes import Episode
from negotiation.hindcast.situation import binds

HISTORIES = 10_000
SEED = 1996  # of the histories: the same checks for the same calibration


def checks(
    episodes: list[Episode],
    shares: np.ndarray,
    weight: np.ndarray,
    truth: np.ndarray,
    histories: int = HISTORIES,
) -> dict[str, dict[str, float]]:
    """Return each number of what happened beside its central 95% over histories.

    Parameters
    ----------
    episodes : list of Episode
    shares : ndarray, shape (draws, len(episodes), 4)
    weight : ndarray, shape (draws,)
    truth : ndarray of int64, shape (len(episodes),)
    histories : int

    Returns
    -------
    dict
        By name: ``observed``, ``low``, ``median``, ``high`` and ``below``, the share of histories
        below what was observed, half of those equal to it counted in: near 0 or 1 is a misfit.
    """
    rng = np.random.default_rng(SEED)
    chosen = rng.choice(len(weight), histories, p=weight)
    edges = shares[chosen].cumsum(axis=2)
    luck = rng.random((histories, len(episodes), 1))
    outcomes = (luck > edges[:, :, :-1]).sum(axis=2)
    numbers, happened = statistics(outcomes, episodes), statistics(truth[None], episodes)
    found = {}
    for name, values in numbers.items():
        low, median, high = np.quantile(values, (0.025, 0.5, 0.975), method="nearest")
        own = int(happened[name][0])
        below = (values < own).mean() + 0.5 * (values == own).mean()
        found[name] = {
            "observed": own,
            "low": int(low),
            "median": int(median),
            "high": int(high),
            "below": round(float(below), 3),
        }
    return found


def statistics(outcomes: np.ndarray, episodes: list[Episode]) -> dict[str, np.ndarray]:
    """Return the numbers taken from each history, from outcomes of shape (histories, n).

    Examples
    --------
    >>> import datetime as dt
    >>> two = [Episode(x, dt.date(2019, 1, 1), 12, 16) for x in "AB"]
    >>> int(statistics(np.array([[0, 2]]), two)["changes from one decision to the next"][0])
    1
    """
    hard = np.array([binds(e) for e in episodes], dtype=bool)
    alive = np.array([e.purchases for e in episodes], dtype=bool)
    met = np.array([e.leaders == "held" for e in episodes], dtype=bool)
    counts = {code.replace("_", " "): (outcomes == k).sum(axis=1) for k, code in enumerate(CODES)}
    return counts | {
        "escalations at a binding deadline": (outcomes[:, hard] == ESCALATION).sum(axis=1),
        "lapses at a binding deadline": (outcomes[:, hard] == LAPSE).sum(axis=1),
        "escalations with purchases in play": (outcomes[:, alive] == ESCALATION).sum(axis=1),
        "escalations at a leaders' meeting": (outcomes[:, met] == ESCALATION).sum(axis=1),
        "changes from one decision to the next": (np.diff(outcomes, axis=1) != 0).sum(axis=1),
    }


def misfits(found: dict[str, dict[str, Any]]) -> list[str]:
    """Return the names of the numbers that lie outside their central 95%."""
    return [n for n, e in found.items() if not e["low"] <= e["observed"] <= e["high"]]

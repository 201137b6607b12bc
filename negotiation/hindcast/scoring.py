"""How good probabilities of four codes were: Brier and log score, with bootstrap intervals.

Brier score: the squared differences between forecast and what happened, summed over the four codes
(0 to 2; 0.75 for a quarter on each). Log score: minus the natural logarithm of the probability
given to what happened (1.386 for a quarter). Lower is better for both.

References
----------
Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2; Gneiting and Raftery 2007,
"Strictly proper scoring rules, prediction, and estimation", doi:10.1198/016214506000001437.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from negotiation.estimates import LEVEL, share
from negotiation.hindcast.decisions import CODES

RESAMPLES = 10_000
SEED = 1950  # of the bootstrap: the same interval for the same scores


class Mean(NamedTuple):
    """A mean with the ends of its bootstrap interval; ``value`` is None where it is infinite."""

    value: float | None
    low: float | None
    high: float | None

    def to_dict(self) -> dict[str, float | None]:
        """Return plain data."""
        return self._asdict()


def happened(outcomes: Sequence[str]) -> np.ndarray:
    """Return the index of each outcome in ``CODES``, shape (n,)."""
    return np.array([CODES.index(outcome) for outcome in outcomes], dtype=np.int64)


def brier(forecasts: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Return the Brier score of each forecast, shape (n,).

    Examples
    --------
    >>> brier(np.full((1, 4), 0.25), np.array([2]))
    array([0.75])
    """
    target = np.eye(len(CODES))[truth]
    return np.asarray(((forecasts - target) ** 2).sum(axis=1))


def log_score(forecasts: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Return minus the log probability of what happened, shape (n,).

    Examples
    --------
    >>> log_score(np.full((1, 4), 0.25), np.array([2])).round(3)
    array([1.386])
    """
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(forecasts[np.arange(len(truth)), truth]))


def mean(values: np.ndarray, years: Sequence[int] | None = None) -> Mean:
    """Return the mean of scores and its 95% bootstrap interval.

    Parameters
    ----------
    values : ndarray, shape (n,)
    years : sequence of int, optional
        Resample whole years instead of single episodes: episodes of one year are one story.

    Notes
    -----
    Percentile interval (Efron and Tibshirani 1993, ch. 13) over 10,000 resamples.
    """
    if not np.isfinite(values).all():
        return Mean(None, None, None)
    groups = np.arange(len(values)) if years is None else np.unique(years, return_inverse=True)[1]
    count = int(groups.max()) + 1
    sums = np.bincount(groups, values, count)
    sizes = np.bincount(groups, minlength=count)
    picks = np.random.default_rng(SEED).integers(count, size=(RESAMPLES, count))
    means = sums[picks].sum(axis=1) / sizes[picks].sum(axis=1)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Mean(float(values.mean()), float(low), float(high))


def reliability(
    forecasts: np.ndarray, truth: np.ndarray, edges: np.ndarray
) -> list[dict[str, float]]:
    """Return the points of a reliability diagram: every code of every forecast is one case.

    For each bin with cases the mean forecast, how often the code came true, its 95% Wilson
    interval, and the number of cases.
    """
    p = forecasts.ravel()
    came = np.eye(len(CODES))[truth].ravel()
    bins = np.clip(np.digitize(p, edges[1:-1]), 0, len(edges) - 2)
    points = []
    for b in range(len(edges) - 1):
        inside = bins == b
        n = int(inside.sum())
        if n:
            k = int(came[inside].sum())
            came_true = share(k, n)
            points.append(
                {
                    "forecast": float(p[inside].mean()),
                    "came_true": came_true.p,
                    "low": came_true.low,
                    "high": came_true.high,
                    "cases": n,
                }
            )
    return points

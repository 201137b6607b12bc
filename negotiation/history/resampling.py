"""Intervals from whole disputes drawn again: decisions of one dispute are one story, not many.

A draw takes as many disputes as there are, with replacement; each row then counts as often as its
dispute was drawn. The interval is the central 95% over the draws. Where disputes are few it is too
narrow, and where all draws give the same number there is none: the spread is unknown, not zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from negotiation.estimates import LEVEL

DRAWS, SEED = 2_000, 1
FEW = 10  # disputes: below, an interval from resampling is too narrow to be trusted

Statistic = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Counted:
    """A number counted in history.

    Attributes
    ----------
    value : float
    low, high : float or None
        Ends of the 95% interval; None where nothing tells the spread.
    """

    value: float
    low: float | None
    high: float | None


def weights(disputes: Sequence[str], draws: int = DRAWS, seed: int = SEED) -> np.ndarray:
    """Return how often each row counts in each draw, shape (draws, rows).

    Examples
    --------
    >>> weights(["a", "a", "b"], draws=2).shape
    (2, 3)
    """
    names, of = np.unique(np.array(disputes), return_inverse=True)
    rng = np.random.default_rng(seed)
    often = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    return np.asarray(often[:, of], dtype=float)


def resampled(disputes: Sequence[str], statistic: Statistic, draws: int = DRAWS) -> list[Counted]:
    """Return some numbers with their intervals.

    Parameters
    ----------
    disputes : sequence of str
        The dispute of each row.
    statistic : callable
        From weights, shape (draws, rows), to numbers, shape (draws, k).

    Examples
    --------
    >>> hits = np.array([1.0, 0.0, 1.0, 1.0])
    >>> (found,) = resampled(["a", "b", "c", "d"], lambda w: mean(w, hits[:, None]))
    >>> found.value, bool(found.low < 0.75 < found.high)
    (0.75, True)
    """
    values = statistic(np.ones((1, len(disputes))))[0]
    several = len(set(disputes)) > 1
    found = statistic(weights(disputes, draws)) if several else values[None]
    tail = 100 * (1 - LEVEL) / 2
    made = []
    for value, drawn in zip(values, found.T, strict=True):
        known = drawn[np.isfinite(drawn)]
        if known.size < 2 or np.ptp(known) == 0:
            made.append(Counted(float(value), None, None))
            continue
        low, high = np.percentile(known, [tail, 100 - tail])
        made.append(Counted(float(value), float(low), float(high)))
    return made


def mean(weight: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return weighted means, (draws, rows) and (rows, k) -> (draws, k)."""
    return np.asarray(weight @ values / weight.sum(axis=1, keepdims=True))


def spread(weight: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return weighted standard deviations (n - 1), shapes as for `mean`."""
    n = weight.sum(axis=1, keepdims=True)
    middle = mean(weight, values)
    squares = weight @ values**2 - n * middle**2
    return np.asarray(np.sqrt(np.maximum(squares, 0.0) / np.maximum(n - 1, 1.0)))


def quantiles(weight: np.ndarray, values: np.ndarray, at: Sequence[float]) -> np.ndarray:
    """Return quantiles of one number a row, (draws, rows) and (rows,) -> (draws, k)."""
    often = weight.astype(int)
    return np.array([np.quantile(np.repeat(values, row), at) for row in often])


def survival(
    weight: np.ndarray, days: np.ndarray, ended: np.ndarray, at: Sequence[float]
) -> np.ndarray:
    """Return the share still in force after so many days (Kaplan-Meier), (draws, k).

    Examples
    --------
    >>> survival(np.ones((1, 2)), np.array([10, 20]), np.array([True, False]), [9, 10])
    array([[1. , 0.5]])
    """
    found = np.ones((len(weight), len(at)))
    for time in np.unique(days[ended]):
        risk = weight @ (days >= time)
        ends = weight @ ((days == time) & ended)
        left = np.where(risk > 0, 1 - ends / np.maximum(risk, 1), 1.0)
        found *= np.where(np.asarray(at) >= time, left[:, None], 1.0)
    return found

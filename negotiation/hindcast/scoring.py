"""How good probabilities of codes were: Brier, log and ranked score, with Student's intervals.

Brier score: the squared differences between forecast and what happened, summed over the codes (0 to
2; 0.75 for a quarter on each of four). Log score: minus the natural logarithm of the probability
given to what happened (1.386 for a quarter). Lower is better for both. How many codes there are is
read off the forecasts.

References
----------
Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2; Gneiting and Raftery 2007,
"Strictly proper scoring rules, prediction, and estimation", doi:10.1198/016214506000001437;
Cameron and Miller 2015, "A practitioner's guide to cluster-robust inference",
doi:10.3368/jhr.50.2.317.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from negotiation.estimates import LEVEL

HALF = 0.5  # an observation of each code added to counts, so that none is impossible (Jeffreys)
SAME = 1e-9  # of a score: less is rounding


class Mean(NamedTuple):
    """A mean with its interval's ends; None where it is infinite, or nothing tells the spread."""

    value: float | None
    low: float | None
    high: float | None

    def to_dict(self) -> dict[str, float | None]:
        """Return plain data."""
        return self._asdict()


def base_rates(truth: np.ndarray, codes: int) -> np.ndarray:
    """Return the shares of the codes among training rows, half an observation of each added.

    Examples
    --------
    >>> base_rates(np.array([0, 0, 2]), 4).round(2)
    array([0.5, 0.1, 0.3, 0.1])
    """
    counts = np.bincount(truth, minlength=codes) + HALF
    return np.asarray(counts / counts.sum())


def brier(forecasts: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Return the Brier score of each forecast, shape (n,).

    Examples
    --------
    >>> brier(np.full((1, 4), 0.25), np.array([2]))
    array([0.75])
    """
    target = np.eye(forecasts.shape[1])[truth]
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


def ranked(forecasts: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Return the ranked probability score, the codes in order from most conflict to least.

    The squared differences of cumulated probabilities, over one less than there are codes: 0 to 1
    (Epstein 1969).

    Examples
    --------
    >>> ranked(np.array([[0.5, 0.5, 0.0, 0.0]]), np.array([1])).round(4)
    array([0.0833])
    """
    codes = forecasts.shape[1]
    target = np.eye(codes)[truth].cumsum(axis=1)
    gap = (forecasts.cumsum(axis=1) - target)[:, :-1]
    return np.asarray((gap**2).sum(axis=1) / (codes - 1))


def mean(
    values: np.ndarray,
    years: Sequence[int] | None = None,
    within: tuple[float, float] = (-np.inf, np.inf),
) -> Mean:
    """Return the mean of scores and its 95% interval.

    Parameters
    ----------
    values : ndarray, shape (n,)
    years : sequence of int, optional
        Take whole groups, such as years or disputes, as independent instead of single decisions.
    within : pair of float
        The smallest and the largest that the mean can be.

    Notes
    -----
    Student's, over the g groups: with group i of size n_i and sum s_i the squared standard error
    is ``g / (g - 1) sum (s_i - n_i mean)^2 / n^2``. With seven years it covers 95%, where
    resampling them covers 84 to 87%. No interval where there is one group, or all are alike: the
    spread is unknown then, and not zero.

    Examples
    --------
    >>> mean(np.array([0.2, 0.4, 0.6]))
    Mean(value=0.4..., low=-0.096..., high=0.896...)
    >>> mean(np.array([0.2, 0.4, 0.6]), [2018, 2018, 2018])
    Mean(value=0.4..., low=None, high=None)
    """
    from scipy.special import stdtrit

    if not np.isfinite(values).all():
        return Mean(None, None, None)
    groups = np.arange(len(values)) if years is None else np.unique(years, return_inverse=True)[1]
    middle, count = float(values.mean()), int(groups.max()) + 1
    apart = np.bincount(groups, values - middle)
    if count < 2 or not (np.abs(apart) > SAME).any():
        return Mean(middle, None, None)
    error = np.sqrt(count / (count - 1) * (apart**2).sum()) / len(values)
    half = float(stdtrit(count - 1, (1 + LEVEL) / 2) * error)
    return Mean(middle, max(middle - half, within[0]), min(middle + half, within[1]))

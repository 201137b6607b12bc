"""What finite numbers of runs say about odds: estimates, and the intervals around them.

*Sampling error* is what more runs would narrow: Wilson's interval for a share, and one for the
difference of two shares from paired runs. There is one of each, here, for whoever prints odds. What
more runs do not narrow is in :mod:`negotiation.ignorance`.

References
----------
Wilson (1927), doi:10.1080/01621459.1927.10502953: the score interval.
Bonett and Price (2012), "Adjusted Wald confidence interval for a difference of binomial
proportions based on paired data", doi:10.3102/1076998611411915.
Korn and Graubard (1998), "Confidence intervals for proportions with small expected number of
positive counts estimated from survey data": the effective number of runs.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np

from negotiation.errors import OutOfRange
from negotiation.solvers.beta_law import student_quantiles

LEVEL = 0.95


class Estimate(NamedTuple):
    """A number with the ends of its interval: a probability ``p``, or an amount.

    Examples
    --------
    >>> Estimate(0.5, 0.4, 0.6).value
    0.5
    """

    p: float
    low: float
    high: float

    @property
    def value(self) -> float:
        """The number, where it is no probability."""
        return self.p

    def to_dict(self, name: str = "p") -> dict[str, float | None]:
        """Return ``{"p", "low", "high"}``, the first under another name if it is none."""
        return {name: self.p, "low": finite(self.low), "high": finite(self.high)}


def finite(number: float) -> float | None:
    """Return a number for JSON: None where it is not known."""
    return number if math.isfinite(number) else None


def clear(low: float, high: float) -> bool:
    """Return whether an interval leaves out zero.

    Examples
    --------
    >>> clear(0.05, 0.15), clear(-0.05, 0.25)
    (True, False)
    """
    return low > 0.0 or high < 0.0


def z_of(level: float = LEVEL) -> float:
    """Return the two-sided normal quantile of a confidence level.

    Examples
    --------
    >>> round(z_of(0.95), 4)
    1.96
    """
    return NormalDist().inv_cdf(upper(level))


def upper(level: float) -> float:
    """Return the upper end of the central part of a law, as a probability.

    Examples
    --------
    >>> upper(0.95)
    0.975
    """
    end = (1 + level) / 2
    if not 0.5 < end < 1:
        raise OutOfRange("level", level, "more than 0 and less than 1, such as 0.95")
    return end


def t_of(freedom: Any, level: float = LEVEL) -> Any:
    """Return the two-sided quantile of Student's law; not a number without degrees of freedom.

    Examples
    --------
    >>> float(t_of(24).round(3)), float(t_of(0))
    (2.064, nan)
    """
    given = np.asarray(freedom, float)
    each, where = np.unique(given, return_inverse=True)  # most are alike
    found = np.empty(len(each))
    student_quantiles(each, upper(level), found)
    return found[where].reshape(given.shape)[()]


def share(hits: float, runs: float, level: float = LEVEL) -> Estimate:
    """Return the share of runs with an outcome, with its Wilson interval.

    Examples
    --------
    >>> share(18, 20)
    Estimate(p=0.9, low=0.698966..., high=0.972133...)
    """
    low, high = wilson(hits / runs, runs, level)
    return Estimate(float(hits / runs), float(low), float(high))


def mean_of(values: np.ndarray, level: float = LEVEL) -> Estimate:
    """Return the mean of independent draws with Student's interval; of one draw there is none.

    Examples
    --------
    >>> mean_of(np.array([0.0, 1.0, 0.0, 1.0]))
    Estimate(p=0.5, low=-0.418..., high=1.418...)
    >>> mean_of(np.array([0.5]))
    Estimate(p=0.5, low=nan, high=nan)
    """
    middle, n = float(np.mean(values)), len(values)
    spread = float(np.std(values, ddof=1)) if n > 1 else math.nan
    half = float(t_of(n - 1, level)) * spread / n**0.5
    return Estimate(middle, middle - half, middle + half)


def half_width(n: Any, mean: Any, mean_square: Any, level: float = LEVEL) -> np.ndarray:
    """Return half of Student's interval for the mean of independent draws, from their moments.

    Parameters
    ----------
    n, mean, mean_square : array_like
        How many draws, their mean and that of their squares; they broadcast.

    Returns
    -------
    ndarray
        In the unit of the mean; not a number for fewer than two draws.

    Examples
    --------
    >>> half_width([4, 1], 0.5, 0.5).round(3)
    array([0.919,   nan])
    """
    n, mean, mean_square = (np.asarray(x, float) for x in (n, mean, mean_square))
    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.sqrt(np.maximum(mean_square - mean**2, 0.0) / (n - 1))
        return np.asarray(t_of(n - 1, level) * error)


def wilson(share: Any, n: Any, level: float = LEVEL) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of Wilson's score interval; ``n`` may be fractional (effective runs).

    Notes
    -----
    With z the normal quantile:
    ``(p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)``.

    Examples
    --------
    >>> low, high = wilson(18 / 20, 20)
    >>> round(float(low), 6), round(float(high), 6)
    (0.698966, 0.972134)
    """
    p, n = np.asarray(share, float), np.asarray(n, float)
    z2 = z_of(level) ** 2
    with np.errstate(invalid="ignore", divide="ignore"):
        centre = p + z2 / (2 * n)
        half = np.sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n * n)))
        low, high = (centre - half) / (1 + z2 / n), (centre + half) / (1 + z2 / n)
    low = np.where(p <= 0, 0.0, np.maximum(low, 0.0))
    high = np.where(p >= 1, 1.0, np.minimum(high, 1.0))
    return np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan)


def worth(p: float, low: float, high: float, level: float = LEVEL) -> float:
    """Return of how many runs, each counted alone, a Wilson interval with these ends is.

    Notes
    -----
    Half of it is ``h = z sqrt(p q / n + z^2 / 4 n^2) / (1 + z^2 / n)``. With ``x = z^2 / n`` that
    is a quadratic, ``(h^2 - 1/4) x^2 + (2 h^2 - p q) x + h^2 = 0``.

    Examples
    --------
    >>> round(worth(*share(18, 20)), 6)
    20.0
    """
    square, both = ((high - low) / 2) ** 2, p * (1 - p)
    a, b = square - 0.25, 2 * square - both
    x = (-b - math.sqrt(max(b * b - 4 * a * square, 0.0))) / (2 * a) if square > 0.0 else 0.0
    return z_of(level) ** 2 / x if x > 0.0 else math.inf


def effective_size(weights: Any) -> float:
    """Return how many things of equal weight are worth as much as these in a mean.

    Kish's number (1965, *Survey Sampling*, 11.7): ``(sum w)^2 / sum w^2``.

    Examples
    --------
    >>> effective_size([0.5, 0.5, 0.0]), effective_size([3, 1])
    (2.0, 1.6)
    """
    w = np.asarray(weights, float)
    return float(w.sum() ** 2 / (w**2).sum())


def effective_runs(
    hits: Any, squares: Any, runs: Any, runs_per_world: int, level: float = LEVEL
) -> np.ndarray:
    """Return how many independent runs would be as precise as these, which come in worlds.

    Parameters
    ----------
    hits, squares : array_like
        Sums over worlds of the hits k and of k^2.
    runs : array_like
        Runs in all.

    Notes
    -----
    ``p (1 - p) / (s^2 / W)`` with s^2 the variance of the W worlds' shares, kept between W
    (every world is worth one run) and the number of runs; times ``(z / t)^2`` with Student's t of
    W - 1 degrees of freedom, as s^2 is an estimate (Korn and Graubard).

    Examples
    --------
    >>> float(effective_runs(50, 50, 100, 1)), round(effective_runs(500, 5000, 1000, 10).item(), 1)
    (100.0, 97.6)
    """
    k, k2, n = (np.asarray(x, float) for x in (hits, squares, runs))
    if runs_per_world == 1:
        return np.broadcast_to(n, np.broadcast_shapes(k.shape, n.shape)).copy()
    with np.errstate(invalid="ignore", divide="ignore"):
        worlds, p = n / runs_per_world, k / n
        variance = (k2 - k * k / worlds) / (worlds - 1) / runs_per_world**2
        effective = p * (1 - p) / (variance / worlds)
    effective = np.where((p > 0) & (p < 1) & (variance > 0), effective, worlds)
    known = (z_of(level) / t_of(np.maximum(worlds - 1, 1), level)) ** 2
    return np.asarray(known * np.clip(effective, worlds, np.maximum(n, worlds)))


def paired_difference(
    hits: Any, base_hits: Any, squared: Any, runs: Any, runs_per_world: int = 1,
    level: float = LEVEL,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # fmt: skip
    """Return difference of shares and the ends of its interval, from paired runs.

    Parameters
    ----------
    hits, base_hits : array_like
        Hits of the two cells over the same runs.
    squared : array_like
        Sum over worlds of the squared difference of their hits; with one run per world the
        number of runs in which just one of the two had the outcome.

    Notes
    -----
    With one run per world, Bonett and Price's interval: ``q10 = (n10 + 1)/(n + 2)``, ``q01``
    alike, ``q10 - q01 +- z sqrt((q10 + q01 - (q10 - q01)^2) / (n + 2))``; else Student's over
    the worlds' differences. Where these are all alike, or there is but one, a world counts as one
    pair of runs of the former.

    Examples
    --------
    >>> d, low, high = paired_difference(60, 50, 14, 100)
    >>> round(float(d), 2), bool(low < d < high)
    (0.1, True)
    """
    a, b, d2, n = (np.asarray(x, float) for x in (hits, base_hits, squared, runs))
    with np.errstate(invalid="ignore", divide="ignore"):
        d, worlds = (a - b) / n, n / runs_per_world
        more, fewer = np.maximum(d, 0.0) * worlds, np.maximum(-d, 0.0) * worlds
        if runs_per_world == 1:
            more, fewer = (d2 + a - b) / 2, (d2 - a + b) / 2
        q10, q01 = (more + 1) / (worlds + 2), (fewer + 1) / (worlds + 2)
        centre = q10 - q01
        half = z_of(level) * np.sqrt((q10 + q01 - centre**2) / (worlds + 2))
        if runs_per_world > 1:
            variance = (d2 - (a - b) ** 2 / worlds) / (worlds - 1)
            apart = variance > 1e-9
            student = t_of(worlds - 1, level) * np.sqrt(variance / worlds) / runs_per_world
            centre, half = np.where(apart, d, centre), np.where(apart, student, half)
        return d, np.maximum(centre - half, -1.0), np.minimum(centre + half, 1.0)


def pairing_gain(
    hits: Any, squares: Any, base_hits: Any, base_squares: Any, squared: Any, runs: Any,
    runs_per_world: int = 1,
) -> np.ndarray:  # fmt: skip
    """Return how many times more runs the difference would need without pairing.

    Notes
    -----
    The ratio of the variances of the difference, unpaired over paired; infinite where no pair
    differs in anything but its average.
    """
    k, k2, b, b2, d2, n = (
        np.asarray(x, float) for x in (hits, squares, base_hits, base_squares, squared, runs)
    )
    worlds = n / runs_per_world
    with np.errstate(invalid="ignore", divide="ignore"):
        unpaired = (k2 - k * k / worlds) + (b2 - b * b / worlds)
        paired = d2 - (k - b) ** 2 / worlds
        return np.where(paired > 1e-9, unpaired / paired, np.where(unpaired > 1e-9, np.inf, np.nan))

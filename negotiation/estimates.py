"""What finite numbers of runs say about odds: estimates, and the intervals around them.

Two kinds of interval are kept apart. *Sampling error* is what more runs would narrow: Wilson's
interval for a share, and one for the difference of two shares from paired runs. *The unknown
numbers* are what more runs do not narrow: each draw of a scenario's uncertain numbers is a world
with odds of its own, and `over_worlds` gives the central 95% of those odds. There is one of each,
here, for whoever prints odds.

References
----------
Wilson (1927), doi:10.1080/01621459.1927.10502953: the score interval.
Bonett and Price (2012), "Adjusted Wald confidence interval for a difference of binomial
proportions based on paired data", doi:10.3102/1076998611411915.
Korn and Graubard (1998), "Confidence intervals for proportions with small expected number of
positive counts estimated from survey data": the effective number of runs.
Skellam (1948), doi:10.1111/j.2517-6161.1948.tb00014.x: the beta law of odds behind binomial counts.
Provost (2005), "Moment-based density approximants", Mathematica Journal 9: a law from its moments,
as a beta density times a polynomial.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np

LEVEL = 0.95
HALVINGS = 60  # of the unit interval, to find a quantile


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

    def to_dict(self, name: str = "p") -> dict[str, float]:
        """Return ``{"p", "low", "high"}``, the first under another name if it is none."""
        return {name: self.p, "low": self.low, "high": self.high}


def z_of(level: float = LEVEL) -> float:
    """Return the two-sided normal quantile of a confidence level.

    Examples
    --------
    >>> round(z_of(0.95), 4)
    1.96
    """
    return NormalDist().inv_cdf((1 + level) / 2)


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
    """Return the mean of independent draws with its normal interval.

    Examples
    --------
    >>> mean_of(np.array([0.0, 1.0, 0.0, 1.0]))
    Estimate(p=0.5, low=-0.065..., high=1.065...)
    """
    middle = float(np.mean(values))
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
    half = z_of(level) * spread / len(values) ** 0.5
    return Estimate(middle, middle - half, middle + half)


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


def effective_runs(hits: Any, squares: Any, runs: Any, runs_per_world: int) -> np.ndarray:
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
    (every world is worth one run) and the number of runs.

    Examples
    --------
    >>> float(effective_runs(50, 50, 100, 1)), float(effective_runs(500, 5000, 1000, 10))
    (100.0, 100.0)
    """
    k, k2, n = (np.asarray(x, float) for x in (hits, squares, runs))
    if runs_per_world == 1:
        return np.broadcast_to(n, np.broadcast_shapes(k.shape, n.shape)).copy()
    with np.errstate(invalid="ignore", divide="ignore"):
        worlds, p = n / runs_per_world, k / n
        variance = (k2 - k * k / worlds) / (worlds - 1) / runs_per_world**2
        effective = p * (1 - p) / (variance / worlds)
    effective = np.where((p > 0) & (p < 1) & (variance > 0), effective, worlds)
    return np.clip(effective, worlds, np.maximum(n, worlds))


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
    the worlds' differences.

    Examples
    --------
    >>> d, low, high = paired_difference(60, 50, 14, 100)
    >>> round(float(d), 2), bool(low < d < high)
    (0.1, True)
    """
    a, b, d2, n = (np.asarray(x, float) for x in (hits, base_hits, squared, runs))
    with np.errstate(invalid="ignore", divide="ignore"):
        d = (a - b) / n
        if runs_per_world == 1:
            q10, q01 = ((d2 + a - b) / 2 + 1) / (n + 2), ((d2 - a + b) / 2 + 1) / (n + 2)
            centre = q10 - q01
            half = z_of(level) * np.sqrt((q10 + q01 - centre**2) / (n + 2))
            return d, np.maximum(centre - half, -1.0), np.minimum(centre + half, 1.0)
        from scipy.special import stdtrit

        worlds = n / runs_per_world
        error = np.sqrt((d2 - (a - b) ** 2 / worlds) / (worlds - 1) / worlds) / runs_per_world
        half = stdtrit(np.maximum(worlds - 1, 1), (1 + level) / 2) * error
        return d, np.maximum(d - half, -1.0), np.minimum(d + half, 1.0)


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


def powers(shares: Any, runs: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return unbiased estimates of each world's odds, their square and their cube.

    Parameters
    ----------
    shares : array_like
        What share of a world's runs had the outcome.
    runs : array_like
        Its runs; the square needs two, the cube three, and is not a number with fewer.

    Notes
    -----
    Of k hits in m runs: ``k/m``, ``k(k-1)/m(m-1)``, ``k(k-1)(k-2)/m(m-1)(m-2)``. The square of a
    share would be too large by the sampling error within the world; these are not.
    """
    p, m = np.asarray(shares, float), np.asarray(runs, float)
    with np.errstate(invalid="ignore", divide="ignore"):
        square = p * (p * m - 1) / (m - 1)
        return p, square, square * (p * m - 2) / (m - 2)


def over_worlds(
    sums: Sequence[Any], runs: Any, runs_per_world: int, level: float = LEVEL
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return how the odds differ between worlds: standard deviation, and ends of the central 95%.

    Parameters
    ----------
    sums : three of array_like
        Sums over worlds of the hits k, of k^2 and of k^3.
    runs : array_like
        Runs in all.
    runs_per_world : int
        Two at least; with two there is no estimate of the skewness, and that of the beta law is
        taken.

    Examples
    --------
    >>> k = np.tile(np.arange(101), 100)  # of 100 runs: any odds are as likely as any others
    >>> sums = [(k**i).sum() for i in (1, 2, 3)]
    >>> [round(float(x), 3) for x in over_worlds(sums, 100 * len(k), 100)]
    [0.289, 0.025, 0.975]
    """
    k, k2, k3, n = (np.asarray(x, float) for x in (*sums, runs))
    m = runs_per_world
    with np.errstate(invalid="ignore", divide="ignore"):
        worlds, p = n / m, k / n
        observed = (k2 - k * k / worlds) / (worlds - 1) / m**2
        variance = observed - (m * k - k2) / (worlds * m * (m - 1)) / m
        second = (k2 - k) / (worlds * m * (m - 1))
        third = (k3 - 3 * k2 + 2 * k) / (worlds * m * (m - 1) * (m - 2))
    return central(p, variance, third - 3 * p * second + 2 * p**3, level)


def central(
    mean: Any, variance: Any, third: Any = None, level: float = LEVEL
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the central part of a law on [0, 1] with these moments: sd, low end, high end.

    Parameters
    ----------
    mean, variance : array_like
        Where the variance is zero or below (which its estimate may be) the law is a point.
    third : array_like, optional
        Third central moment; that of the beta law where it is not given or not a number.
    level : float
        How much of the law lies between the ends, as much below as above.

    Notes
    -----
    The density is beta(a, b) of that mean and variance times ``1 + c P(x)``, where P is the cubic
    orthogonal to all lower powers under the beta law and c makes the third moment right. With
    s = a + b and Q the monic quadratic orthogonal under beta(a + 1, b + 1) the distribution is
    ``I_x(a, b) - c Q(x) x^a (1 - x)^b / ((s + 2) B(a, b))``; its quantiles are found by halving.
    """
    from scipy.special import betainc, betaln, poch

    p, v = np.asarray(mean, float), np.asarray(variance, float)
    point = ~(v > 1e-12)
    with np.errstate(all="ignore"):
        v = np.clip(v, 1e-12, 0.999 * p * (1 - p))
        s = p * (1 - p) / v - 1
        a, b = p * s, (1 - p) * s
        c: Any = 0.0
        if third is not None:
            own = 2 * (b - a) * a * b / (s**3 * (s + 1) * (s + 2))
            c = (third - own) * poch(s, 6) * poch(s + 2, 3) / (6 * poch(a, 3) * poch(b, 3))
            c = np.where(np.isnan(c), 0.0, c)
        ends = []
        for tail in ((1 - level) / 2, (1 + level) / 2):
            low, high = np.zeros_like(p), np.ones_like(p)
            for _ in range(HALVINGS):
                x = (low + high) / 2
                q = x * x - 2 * (a + 2) / (s + 4) * x + (a + 1) * (a + 2) / ((s + 3) * (s + 4))
                density = np.exp(a * np.log(x) + b * np.log1p(-x) - betaln(a, b))
                below = betainc(a, b, x) - c * q * density / (s + 2) < tail
                low, high = np.where(below, x, low), np.where(below, high, x)
            ends.append(np.where(point, p, (low + high) / 2))
    return np.where(point, 0.0, np.sqrt(v)), ends[0], ends[1]

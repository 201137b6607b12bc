"""Intervals for shares and for paired differences of shares, for many cells at once.

References
----------
Wilson (1927), doi:10.1080/01621459.1927.10502953: the score interval.
Bonett and Price (2012), "Adjusted Wald confidence interval for a difference of binomial
proportions based on paired data", doi:10.3102/1076998611411915.
Korn and Graubard (1998), "Confidence intervals for proportions with small expected number of
positive counts estimated from survey data": the effective number of runs.
"""

from __future__ import annotations

from typing import Any

import numpy as np

LEVEL = 0.95


def z_of(level: float) -> float:
    """Return the two-sided normal quantile of a confidence level.

    Examples
    --------
    >>> round(z_of(0.95), 4)
    1.96
    """
    from scipy.special import ndtri

    return float(ndtri((1 + level) / 2))


def wilson(share: Any, n: Any, level: float = LEVEL) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of Wilson's score interval; ``n`` may be fractional (effective runs).

    Notes
    -----
    With z the normal quantile:
    ``(p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)``. Equal to
    ``scipy.stats.binomtest(...).proportion_ci(method="wilson")``, which takes one at a time.

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
    low, high = (
        np.where(p <= 0, 0.0, np.maximum(low, 0.0)),
        np.where(p >= 1, 1.0, np.minimum(high, 1.0)),
    )
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
    hits: Any,
    base_hits: Any,
    squared: Any,
    runs: Any,
    runs_per_world: int = 1,
    level: float = LEVEL,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
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
    hits: Any,
    squares: Any,
    base_hits: Any,
    base_squares: Any,
    squared: Any,
    runs: Any,
    runs_per_world: int = 1,
) -> np.ndarray:
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


def over_worlds(
    hits: Any, squares: Any, runs: Any, runs_per_world: int, level: float = LEVEL
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the spread of the odds over the uncertain numbers: standard deviation, low, high.

    Notes
    -----
    The variance of the worlds' shares less the binomial noise within worlds (one-way analysis
    of variance), as a beta distribution of that mean and variance. Needs two runs per world.
    """
    from scipy.special import betaincinv

    m = runs_per_world
    k, k2, n = (np.asarray(x, float) for x in (hits, squares, runs))
    with np.errstate(invalid="ignore", divide="ignore"):
        worlds, p = n / m, k / n
        observed = (k2 - k * k / worlds) / (worlds - 1) / m**2
        noise = (m * k - k2) / (worlds * m * (m - 1)) / m
        variance = np.clip(observed - noise, 0.0, 0.999 * p * (1 - p))
        size = p * (1 - p) / variance - 1
        tail = (1 - level) / 2
        low, high = (betaincinv(p * size, (1 - p) * size, t) for t in (tail, 1 - tail))
    point = ~(variance > 1e-12)
    return np.sqrt(variance), np.where(point, p, low), np.where(point, p, high)

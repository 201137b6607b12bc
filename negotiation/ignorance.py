"""How the odds differ between worlds: what is not known of the uncertain numbers.

Each draw of a scenario's uncertain numbers is a world with odds of its own. `over_worlds` gives the
central 95% of those odds, which more runs do not narrow, and `ends_error` within how much a finite
number of worlds tells the ends.

References
----------
Skellam (1948), doi:10.1111/j.2517-6161.1948.tb00014.x: the beta law of odds behind binomial counts.
Provost (2005), "Moment-based density approximants", Mathematica Journal 9: a law from its moments,
as a beta density times a polynomial.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from negotiation.estimates import LEVEL, upper, wilson, z_of
from negotiation.solvers.beta_law import central_ends


def powers(
    shares: Any, runs: Any, squares: Any = None, cubes: Any = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return unbiased estimates of each world's odds, their square and their cube.

    Parameters
    ----------
    shares : array_like
        What share of a world's runs had the outcome.
    runs : array_like
        Its runs; the square needs two, the cube three, and is not a number with fewer.
    squares, cubes : array_like, optional
        Where a run counts by a number v and not as a hit or none, ``shares`` are the means of v in
        each world, and these the means of v^2 and of v^3.

    Notes
    -----
    Of k hits in m runs: ``k/m``, ``k(k-1)/m(m-1)``, ``k(k-1)(k-2)/m(m-1)(m-2)``. The square of a
    share would be too large by the sampling error within the world; these are not. Of numbers they
    are the means of products over pairs and triples of different runs.

    Examples
    --------
    >>> [round(float(x), 6) for x in powers(0.4, 10)]  # a hit counts 1
    [0.4, 0.133333, 0.033333]
    >>> [round(float(x), 6) for x in powers(0.2, 10, 0.1, 0.05)]  # and here a half
    [0.2, 0.033333, 0.004167]
    """
    p, m = np.asarray(shares, float), np.asarray(runs, float)
    with np.errstate(invalid="ignore", divide="ignore"):
        if squares is not None and cubes is not None:
            pairs = (m * p * p - squares) / (m - 1)
            triples = (m * m * p**3 - 3 * m * p * squares + 2 * cubes) / ((m - 1) * (m - 2))
            return p, pairs, triples
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
    p, variance, third = moments(sums, runs, runs_per_world)
    sd, *ends = central(p, variance, third, level)
    return sd, *holding(p, *ends)


def holding(estimate: Any, low: Any, high: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of an interval over worlds, widened to hold the odds that it is about.

    It can miss them in two ways. The odds come from other runs, each in a world of its own, and of
    few worlds the average lies elsewhere: then the widening is what those runs tell besides. And
    where one world in forty or fewer has all the hits, 95% of the worlds have lower odds than
    the average. An interval that is a point, because no difference between worlds was seen, becomes
    the point at the odds.

    Examples
    --------
    >>> [float(end) for end in holding(0.01, 0.019, 0.023)]
    [0.01, 0.023]
    >>> [float(end) for end in holding(0.01, 0.02, 0.02)]
    [0.01, 0.01]
    """
    p, low, high = (np.asarray(x, float) for x in (estimate, low, high))
    point = low == high
    return np.where(point, p, np.minimum(low, p)), np.where(point, p, np.maximum(high, p))


def moments(
    sums: Sequence[Any], runs: Any, runs_per_world: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return mean, variance and third central moment of the worlds' odds.

    Not a number where there is one world alone.
    """
    k, k2, k3, n = (np.asarray(x, float) for x in (*sums, runs))
    m = runs_per_world
    with np.errstate(invalid="ignore", divide="ignore"):
        worlds, p = n / m, k / n
        observed = (k2 - k * k / worlds) / (worlds - 1) / m**2
        variance = observed - (m * k - k2) / (worlds * m * (m - 1)) / m
        second = (k2 - k) / (worlds * m * (m - 1))
        third = (k3 - 3 * k2 + 2 * k) / (worlds * m * (m - 1) * (m - 2))
    return p, variance, third - 3 * p * second + 2 * p**3


def ends_error(
    sums: Sequence[Any], runs: Any, runs_per_world: int, level: float = LEVEL
) -> tuple[np.ndarray, np.ndarray]:
    """Return how far off the ends of :func:`over_worlds` may be: so many worlds are no more.

    Parameters are those of :func:`over_worlds`. With 95% confidence each end lies within this of
    the one that ever more worlds would give.

    Notes
    -----
    The delta method. The ends follow from the worlds' mean, square and cube (:func:`powers`),
    averages over W worlds, whose covariance follows from the moments of the odds to the sixth
    power; these are taken from the beta law. The ends are worked out one standard error up and
    down each principal axis of that covariance. No end is known better than what never happened in
    W runs (Wilson's interval).

    Examples
    --------
    >>> k = np.tile(np.arange(101), 20)
    >>> sums = [(k**i).sum() for i in (1, 2, 3)]
    >>> [round(float(x), 3) for x in ends_error(sums, 100 * len(k), 100)]
    [0.005, 0.005]
    """
    p, variance, third = moments(sums, runs, runs_per_world)
    m, worlds = runs_per_world, np.asarray(runs, float) / runs_per_world
    order = min(m, 3)
    with np.errstate(invalid="ignore", divide="ignore"):
        s = np.maximum(p * (1 - p) / np.maximum(variance, 1e-12) - 1, 1e-3)
        raw = [np.ones_like(p)]  # moments of the beta law, and of the hits given the odds
        for i in range(2 * order):
            raw.append(raw[-1] * (p * s + i) / (s + i))
        spread = np.empty((*p.shape, order, order))
        for i, j in np.ndindex(order, order):
            both = sum(
                math.comb(i + 1, r) * math.comb(j + 1, r) * math.factorial(r)
                * math.perm(m, i + j + 2 - r) * raw[i + j + 2 - r]
                for r in range(min(i, j) + 2)
            )  # fmt: skip
            pairs = math.perm(m, i + 1) * math.perm(m, j + 1)
            spread[..., i, j] = (both / pairs - raw[i + 1] * raw[j + 1]) / worlds
    sizes, axes = np.linalg.eigh(np.nan_to_num(spread))
    steps = axes * np.sqrt(np.maximum(sizes, 0.0))[..., None, :]
    second = variance + p * p
    cube = third + 3 * p * second - 2 * p**3
    error = [np.zeros_like(p), np.zeros_like(p)]
    for axis in range(order):
        found = []
        for sign in (1.0, -1.0):
            step = [sign * steps[..., i, axis] if i < order else 0.0 for i in range(3)]
            q, q2, q3 = (x + d for x, d in zip((p, second, cube), step, strict=True))
            q = np.clip(q, 0.0, 1.0)
            found.append(central(q, q2 - q * q, q3 - 3 * q * q2 + 2 * q**3, level)[1:])
        for end in range(2):
            error[end] = error[end] + ((found[0][end] - found[1][end]) / 2) ** 2
    never = wilson(0.0, worlds, level)[1]
    low, high = (z_of(level) * np.sqrt(e) for e in error)
    return np.maximum(low, never), np.maximum(high, never)


def central(
    mean: Any, variance: Any, third: Any = None, level: float = LEVEL
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the central part of a law on [0, 1] with these moments: sd, low end, high end.

    Parameters
    ----------
    mean, variance : array_like
        Where the variance is zero or below (which its estimate may be) the law is a point; where
        it is not a number, so are the ends.
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
    p, v = np.asarray(mean, float), np.asarray(variance, float)
    p, v, skew = np.broadcast_arrays(p, v, math.nan if third is None else np.asarray(third, float))
    point, unknown = v <= 1e-12, np.isnan(v)
    with np.errstate(invalid="ignore"):
        v = np.clip(v, 1e-12, 0.999 * p * (1 - p))
    low, high = np.empty(v.size), np.empty(v.size)
    flat = [np.ascontiguousarray(x, float).ravel() for x in (p, v, skew)]
    central_ends(flat[0], flat[1], flat[2], 1 - upper(level), low, high)
    ends = [np.where(unknown, np.nan, np.where(point, p, x.reshape(v.shape))) for x in (low, high)]
    return np.where(point, 0.0, np.sqrt(v)), ends[0], ends[1]

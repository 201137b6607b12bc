"""Odds between the cells of a sweep: a smooth surface, and how far it can be trusted.

What is fitted is ``y = arcsin(sqrt(odds))``, whose sampling variance ``1 / 4n`` is the same for
rare and for likely outcomes. The surface is a sum of products of Legendre polynomials of the
levers, with a normal law for each coefficient whose variance shrinks with the degree, at a rate of
its own for each lever: a Gaussian process whose kernel is a polynomial. The rates, the size of the
surface and the scatter about it are those that make the cells most likely (empirical Bayes). It
serves grids and scattered designs alike. Where cells are few it knows less: two cells on a lever
fix a line, and the bend that nobody has seen widens the interval between them.

Three errors make the interval. *Sampling* is that of a single cell, in full: all cells are played
with the same random numbers, so the fit does not average it away. *Interpolation* is what the
coefficients may still be. *Misfit* is the scatter of the cells about the surface beyond the part
of their sampling error that is their own. The last two are multiplied by what leaving each cell
out in turn shows them to be too small by.

References
----------
Anscombe (1948), doi:10.1093/biomet/35.3-4.246: the transformation, with 3/8 added.
Rasmussen and Williams (2006), "Gaussian Processes for Machine Learning", 5.4: the evidence, and
leaving one out without fitting again.
"""

from __future__ import annotations

import math
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from negotiation.estimates import t_of, z_of

FLAT = 10.0  # variance of the constant: y lies between 0 and 1.6
MOST_DEGREE = 12
FIRST_TERMS = 40  # with which the rates are found
DIGITS = 7  # kept of a coefficient, on the page and here
LEAST = 1e-3  # scatter that is always allowed for, as a part of the sampling variance


class Knot(NamedTuple):
    """Cells of one combination of categories: where they lie, and how often the outcome came.

    Attributes
    ----------
    x : ndarray, shape (cells, levers)
        In [-1, 1].
    hits, runs : ndarray, shape (cells,)
        Runs may be fractional, where they come in worlds.
    """

    x: np.ndarray
    hits: np.ndarray
    runs: np.ndarray


class Surface(NamedTuple):
    """A fitted surface of one outcome, as the page holds it.

    Attributes
    ----------
    mean : ndarray, shape (terms,)
    root : ndarray, shape (terms, terms)
        Lower triangular: the variance at features f is the square of ``root.T @ f``.
    sampling, misfit : float
        Variances of y.
    t : float
        Student's quantile that goes with the errors of the fit.
    """

    mean: np.ndarray
    root: np.ndarray
    sampling: float
    misfit: float
    t: float


class LeftOut(NamedTuple):
    """What the surface says of each cell that it has not seen, against what was played there.

    Attributes
    ----------
    said, played : ndarray, shape (cells,)
        Odds.
    held : ndarray of bool, shape (cells,)
        Whether the 95% interval for what is played there held it.
    """

    said: np.ndarray
    played: np.ndarray
    held: np.ndarray


def stabilised(hits: Any, runs: Any) -> np.ndarray:
    """Return y of so many hits in so many runs.

    Examples
    --------
    >>> round(float(stabilised(50, 100)), 4)
    0.7854
    """
    hits, runs = np.asarray(hits, float), np.asarray(runs, float)
    return np.asarray(np.arcsin(np.sqrt((hits + 0.375) / (runs + 0.75))))


def odds_from(y: Any) -> np.ndarray:
    """Return the odds at y; beyond its ends 0 and 1."""
    return np.asarray(np.sin(np.clip(y, 0.0, math.pi / 2)) ** 2)


def terms_of(levels: list[int], most: int, rates: np.ndarray | None = None) -> np.ndarray:
    """Return which products of polynomials are used: the degree in each lever, one row a product.

    Parameters
    ----------
    levels : list of int
        Different values of each lever; of few values high degrees cannot be told apart.
    most : int
        Products.
    rates : ndarray, optional
        By how much a coefficient shrinks with each degree; those that shrink least are used.

    Examples
    --------
    >>> terms_of([2, 2], 4).tolist()
    [[0, 0], [0, 1], [1, 0], [0, 2]]
    """
    wide = len(levels)
    top = 1
    while math.comb(wide + top + 1, wide) <= 1500 and top < MOST_DEGREE:
        top += 1
    # one degree more than the cells can tell: what it might do between them is not known
    ends = [range(min(top, max(levels_, 1)) + 1) for levels_ in levels]
    kept = [degrees for degrees in product(*ends) if sum(degrees) <= top]
    found = np.array(kept, int).reshape(len(kept), wide)
    falls = np.full(wide, 0.25) if rates is None else rates
    order = np.argsort(-(found @ np.log(falls)), kind="stable")
    return np.asarray(found[order][:most])


def features(x: np.ndarray, terms: np.ndarray) -> np.ndarray:
    """Return the products at points.

    Parameters
    ----------
    x : ndarray, shape (points, levers)
    terms : ndarray of int, shape (terms, levers)

    Examples
    --------
    >>> features(np.array([[1.0, 0.5]]), np.array([[0, 0], [1, 0], [0, 1]])).round(4).tolist()
    [[1.0, 1.7321, 0.866]]
    """
    found = np.ones((len(x), len(terms)))
    for lever in range(terms.shape[1]):
        low, high = np.ones(len(x)), x[:, lever]
        columns = [low, high]
        for k in range(2, int(terms[:, lever].max(initial=1)) + 1):
            low, high = high, ((2 * k - 1) * x[:, lever] * high - (k - 1) * low) / k
            columns.append(high)
        scaled = np.array([math.sqrt(2 * k + 1) * c for k, c in enumerate(columns)])
        found *= scaled[terms[:, lever]].T
    return found


def fitted(
    knots: list[Knot], decay: float = 0.0, most: int = 100
) -> tuple[np.ndarray, list[Surface], LeftOut]:
    """Fit the surface of an outcome, one for each combination of categories, with common rates.

    Parameters
    ----------
    knots : list of Knot
    decay : float
        How fast the sampling errors of two cells become strangers: their correlation is
        ``exp(-decay * distance)``.
    most : int
        Products that may be used.

    Returns
    -------
    terms : ndarray of int, shape (terms, levers)
    surfaces : list of Surface
    left_out : LeftOut

    Examples
    --------
    >>> x = np.linspace(-1, 1, 9)[:, None]
    >>> hits = 1000 * (0.5 + 0.3 * np.sin(2 * x[:, 0]))
    >>> terms, (surface,), _ = fitted([Knot(x, hits, np.full(9, 1000.0))])
    >>> p, low, high, *_ = at(surface, features(np.array([[0.1]]), terms))
    >>> bool(abs(p[0] - 0.5 - 0.3 * np.sin(0.2)) < 0.002), bool(low[0] < 0.56 < high[0])
    (True, True)
    """
    wide = knots[0].x.shape[1]
    if not wide and all(len(knot.x) == 1 for knot in knots):
        return _cells_alone(knots)
    every = np.concatenate([knot.x for knot in knots])
    levels = [len(np.unique(every[:, j])) for j in range(wide)]
    noise = float(np.mean(np.concatenate([0.25 / knot.runs for knot in knots])))
    terms = terms_of(levels, min(most, FIRST_TERMS))
    law = _law(_sums(knots, terms), terms, noise)
    if most > len(terms):
        terms = terms_of(levels, most, law.rates)
        law = _law(_sums(knots, terms), terms, noise, law)
    own = noise * (1.0 - math.exp(-decay * _apart(knots)))
    return terms, *_surfaces(knots, terms, law, own)


def _cells_alone(knots: list[Knot]) -> tuple[np.ndarray, list[Surface], LeftOut]:
    """Return surfaces of a single cell each: there is nothing between cells."""
    means = [stabilised(knot.hits, knot.runs) for knot in knots]
    surfaces = [
        Surface(_rounded(mean), np.zeros((1, 1)), float(_rounded(0.25 / knot.runs)[0]), 0.0, 0.0)
        for mean, knot in zip(means, knots, strict=True)
    ]
    none = np.zeros(0)
    return np.zeros((1, 0), int), surfaces, LeftOut(none, none, none.astype(bool))


class _Law(NamedTuple):
    size: float
    rates: np.ndarray
    scatter: float


class _Sums(NamedTuple):
    """Of one knot: squares of features, features times y, squares of y, cells, sum of log runs."""

    squares: np.ndarray
    cross: np.ndarray
    own: float
    cells: int


def _weights(knot: Knot) -> np.ndarray:
    """Return how precise each cell is against the average one."""
    return np.asarray(knot.runs / np.mean(knot.runs))


def _sums(knots: list[Knot], terms: np.ndarray) -> list[_Sums]:
    found = []
    for knot in knots:
        f, y, w = features(knot.x, terms), stabilised(knot.hits, knot.runs), _weights(knot)
        found.append(_Sums(f.T @ (w[:, None] * f), f.T @ (w * y), float(w @ y**2), len(y)))
    return found


def _variances(terms: np.ndarray, size: float, rates: np.ndarray) -> np.ndarray:
    found = size * np.exp(2.0 * (terms @ np.log(rates)))
    found[terms.sum(axis=1) == 0] = FLAT
    return np.asarray(found)


def _law(sums: list[_Sums], terms: np.ndarray, noise: float, near: _Law | None = None) -> _Law:
    """Return the size, the rates and the scatter that make the cells most likely.

    The search begins near a law, where one is known.
    """
    from scipy.optimize import minimize

    wide = terms.shape[1]
    start = np.array([math.log(0.05), *[math.log(0.3)] * wide, math.log(noise / 4)])
    spread = np.array([2.0, *[1.0] * wide, 3.0])

    def law(given: np.ndarray) -> _Law:
        return _Law(math.exp(given[0]), np.exp(given[1:-1]), math.exp(given[-1]))

    def unlikely(given: np.ndarray) -> float:
        size, rates, scatter = law(given)
        root = np.sqrt(_variances(terms, size, rates))
        total = 0.5 * float((((given - start) / spread) ** 2).sum())
        for one in sums:
            inner = np.eye(len(terms)) + root[:, None] * one.squares * root / scatter
            lower = np.linalg.cholesky(inner)
            half = np.linalg.solve(lower, root * one.cross)
            left = (one.own - half @ half / scatter) / scatter
            total += float(np.log(np.diag(lower)).sum()) + 0.5 * float(left)
            total += 0.5 * one.cells * math.log(scatter)
        return total

    bounds = [
        (math.log(1e-5), math.log(5.0)), *[(math.log(1e-3), math.log(0.97))] * wide,
        (math.log(LEAST * noise), 0.0),
    ]  # fmt: skip
    begin = start
    if near is not None:
        begin = np.log([near.size, *near.rates, near.scatter])
    return law(minimize(unlikely, begin, method="L-BFGS-B", bounds=bounds).x)


def _apart(knots: list[Knot]) -> float:
    """Return how far a cell lies from the one next to it, at the median."""
    from scipy.spatial import KDTree

    found = [
        KDTree(knot.x).query(knot.x, k=2)[0][:, 1]
        for knot in knots
        if len(knot.x) > 1 and knot.x.shape[1]
    ]
    return float(np.median(np.concatenate(found))) if found else 2.0


def _surfaces(
    knots: list[Knot], terms: np.ndarray, law: _Law, own: float
) -> tuple[list[Surface], LeftOut]:
    """Return the fits under a law, and what leaving each cell out in turn shows."""
    inverse = 1.0 / _variances(terms, law.size, law.rates)
    fits, said, played, standard = [], [], [], []
    for knot in knots:
        f, y, w = features(knot.x, terms), stabilised(knot.hits, knot.runs), _weights(knot)
        precision = np.diag(inverse) + f.T @ (w[:, None] * f) / law.scatter
        covariance = np.linalg.inv(precision)
        covariance = (covariance + covariance.T) / 2
        mean = covariance @ (f.T @ (w * y)) / law.scatter
        kept = 1.0 - np.einsum("ij,jk,ik->i", f, covariance, f) * w / law.scatter
        kept = np.maximum(kept, 1e-9)
        rest = (y - f @ mean) / kept
        fits.append((mean, covariance, float(np.mean(0.25 / knot.runs))))
        said.append(y - rest)
        played.append(y)
        standard.append(rest / np.sqrt(law.scatter / w / kept))
    z = np.concatenate(standard)
    wrong = max(1.0, float(np.mean(z**2)))
    freedom = max(len(z) - terms.shape[1] - 1, 2)
    misfit = wrong * max(law.scatter - own, 0.0)
    t = float(t_of(freedom))
    surfaces = []
    for mean, covariance, sampling in fits:
        values, vectors = np.linalg.eigh(covariance * wrong)
        half = vectors * np.sqrt(np.maximum(values, 0.0))
        root = np.asarray(np.linalg.qr(half.T, mode="r")).T
        surfaces.append(
            Surface(_rounded(mean), _rounded(root), *_rounded(np.array([sampling, misfit, t])))
        )
    held = np.abs(z) <= t * math.sqrt(wrong)
    return surfaces, LeftOut(
        odds_from(np.concatenate(said)), odds_from(np.concatenate(played)), held
    )


def _rounded(numbers: np.ndarray) -> np.ndarray:
    flat = [float(f"{number:.{DIGITS}g}") for number in np.ravel(numbers).tolist()]
    return np.array(flat).reshape(np.shape(numbers))


class Between(NamedTuple):
    """Odds at points, with the interval, and the part of it that a cell would have too."""

    p: np.ndarray
    low: np.ndarray
    high: np.ndarray
    cell_low: np.ndarray
    cell_high: np.ndarray


def at(surface: Surface, found: np.ndarray) -> Between:
    """Return the odds at points with their 95% interval, and with that of sampling alone.

    Parameters
    ----------
    surface : Surface
    found : ndarray, shape (points, terms)
        As :func:`features` gives them.
    """
    y = found @ surface.mean
    fit = ((found @ surface.root) ** 2).sum(axis=1) + surface.misfit
    alone = z_of() * math.sqrt(surface.sampling)
    half = np.sqrt(alone**2 + surface.t**2 * fit)
    ends = (odds_from(y + k) for k in (-half, half, -alone, alone))
    return Between(odds_from(y), *ends)


def difference(
    surface: Surface, here: np.ndarray, there: np.ndarray, other: Surface | None = None,
    kept: float = 0.0,
) -> tuple[float, float, float]:  # fmt: skip
    """Return odds at one point less those at another, with the 95% interval.

    Parameters
    ----------
    surface : Surface
    here, there : ndarray, shape (terms,)
    other : Surface, optional
        That of the second point, where it is another.
    kept : float
        Correlation of the sampling errors of the two points.

    Notes
    -----
    From the two intervals and the correlation of their errors (Zou and Donner 2008,
    doi:10.1002/sim.3095): lower end ``d - sqrt(a^2 - 2 r a b + b^2)`` with ``a = p - low``,
    ``b = high' - p'``, and the upper end likewise.
    """
    second = surface if other is None else other
    (p, low, high, *_), (p2, low2, high2, *_) = (
        [float(x[0]) for x in at(s, f[None])] for s, f in ((surface, here), (second, there))
    )
    fits = [surface.root.T @ here, second.root.T @ there]
    z2, t2 = z_of() ** 2, surface.t**2
    whole = [
        z2 * s.sampling + t2 * (f @ f + s.misfit)
        for s, f in zip((surface, second), fits, strict=True)
    ]
    shared = z2 * kept * math.sqrt(surface.sampling * second.sampling)
    shared += t2 * float(fits[0] @ fits[1]) if other is None or other is surface else 0.0
    r = shared / math.sqrt(whole[0] * whole[1]) if min(whole) > 0 else 0.0

    def away(a: float, b: float) -> float:
        return math.sqrt(max(a * a - 2 * r * a * b + b * b, 0.0))

    d = p - p2
    return d, d - away(p - low, high2 - p2), d + away(high - p, p2 - low2)

"""The surface between cells: exact where it can be, and as uncertain as it says."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from negotiation.report.surface import (
    Knot,
    at,
    difference,
    features,
    fitted,
    odds_from,
    stabilised,
    terms_of,
)

GRID = np.array([[x, y] for x in np.linspace(-1, 1, 5) for y in np.linspace(-1, 1, 4)])
RUNS = 400


def truth(x: np.ndarray) -> np.ndarray:
    """Odds between 10% and 90% that bend and interact."""
    return np.asarray(
        0.5 + 0.4 * np.tanh(1.5 * x[:, 0] - 0.8 * x[:, 1] ** 2 + 0.5 * x[:, 0] * x[:, 1])
    )


def counts(x: np.ndarray, shared: float, rng: np.random.Generator) -> np.ndarray:
    """Hits of runs in which every cell meets the same luck up to a correlation of its own."""
    luck = np.sqrt(shared) * rng.normal(size=RUNS) + np.sqrt(1 - shared) * rng.normal(
        size=(len(x), RUNS)
    )
    return np.asarray((stats.norm.cdf(luck) < truth(x)[:, None]).sum(axis=1), float)


def missed(shared: float, decay: float, sweeps: int, seed: int) -> tuple[int, int]:
    """In how many sweeps a point between cells, and a difference, lies outside its interval."""
    rng, points, differences = np.random.default_rng(seed), 0, 0
    for _ in range(sweeps):
        terms, (surface,), _ = fitted(
            [Knot(GRID, counts(GRID, shared, rng), np.full(len(GRID), float(RUNS)))], decay, 25
        )
        here, there = rng.uniform(-1, 1, (2, 1, 2))
        f, g = features(here, terms), features(there, terms)
        found, p = at(surface, f), truth(here)
        points += not found.low[0] <= p[0] <= found.high[0]
        kept = np.exp(-decay * np.linalg.norm(here - there))
        _, low, high = difference(surface, f[0], g[0], kept=float(kept))
        differences += not low <= p[0] - truth(there)[0] <= high
    return points, differences


@pytest.mark.parametrize(
    ("shared", "decay"), [(0.9, 0.1), (0.0, 50.0)], ids=["paired", "strangers"]
)
def test_intervals_between_cells_hold_the_odds(shared: float, decay: float) -> None:
    """At a point between cells, in independent sweeps, the 95% interval misses 5% at most.

    False alarm: with a true rate of 5% more than 14 of 100 miss once in 5,000 times.
    """
    points, differences = missed(shared, decay, 100, 1)
    assert stats.binom.sf(14, 100, 0.05) < 2e-4
    assert points <= 14 and differences <= 14, (points, differences)


@pytest.mark.long
def test_intervals_between_cells_are_not_too_wide_either() -> None:
    """Where cells meet the same luck, as in a sweep, between 1% and 9% of 400 sweeps miss.

    False alarm: under 3 in 10,000 at a true rate of 5%.
    """
    points, _ = missed(0.9, 0.1, 400, 2)
    assert stats.binom.sf(36, 400, 0.05) + stats.binom.cdf(3, 400, 0.05) < 5e-4
    assert 4 <= points <= 36, points


def test_a_parabola_is_told_from_its_cells() -> None:
    """Between cells of very many runs the surface is the function itself, to a thousandth."""
    x = np.linspace(-1, 1, 7)[:, None]
    y = 0.8 + 0.2 * x[:, 0] - 0.1 * x[:, 0] ** 2
    runs = np.full(7, 1e8)
    terms, (surface,), left = fitted([Knot(x, odds_from(y) * runs, runs)])
    between = np.linspace(-0.95, 0.95, 50)[:, None]
    found = at(surface, features(between, terms))
    expected = odds_from(0.8 + 0.2 * between[:, 0] - 0.1 * between[:, 0] ** 2)
    assert np.abs(found.p - expected).max() < 1e-3
    assert np.abs(left.said - left.played).max() < 0.01


def test_what_nobody_has_seen_between_two_cells_widens_the_interval() -> None:
    """Two cells tell a line and no bend: the interval is widest between them, and holds theirs."""
    runs = np.full(2, 1e6)
    terms, (surface,), _ = fitted([Knot(np.array([[-1.0], [1.0]]), np.array([2e5, 6e5]), runs)])
    found = at(surface, features(np.array([[-1.0], [0.0], [1.0]]), terms))
    wide = found.high - found.low
    assert wide[1] > 3 * wide[0] and wide[1] > 3 * wide[2]
    assert np.all(wide >= found.cell_high - found.cell_low)


def test_every_menu_has_a_surface_of_its_own() -> None:
    """Two combinations with different odds are told apart; without sliders a cell is itself."""
    nowhere = np.zeros((1, 0))
    runs = np.array([1000.0])
    terms, surfaces, _ = fitted([Knot(nowhere, np.array([k]), runs) for k in (100.0, 800.0)])
    assert terms.shape == (1, 0)
    found = [at(s, features(nowhere, terms)) for s in surfaces]
    assert [round(float(f.p[0]), 2) for f in found] == [0.1, 0.8]
    for f in found:  # sampling is all there is
        assert float(f.high[0] - f.low[0]) < 1.05 * float(f.cell_high[0] - f.cell_low[0])


def test_an_outcome_that_never_comes_stays_near_nought() -> None:
    """No hits in any cell: odds next to nothing, and an interval from nought."""
    runs = np.full(len(GRID), 1000.0)
    terms, (surface,), _ = fitted([Knot(GRID, np.zeros(len(GRID)), runs)])
    found = at(surface, features(GRID[:1] / 2, terms))
    assert found.p[0] < 0.001 and found.low[0] == 0.0 and found.high[0] < 0.01


def test_the_polynomials_are_orthonormal() -> None:
    """Over the box the mean of the product of two features is 1 for the same, else 0."""
    terms = terms_of([9, 9], 20)
    nodes, weights = np.polynomial.legendre.leggauss(16)
    x = np.array([[a, b] for a in nodes for b in nodes])
    w = np.outer(weights, weights).ravel() / 4
    f = features(x, terms)
    np.testing.assert_allclose(f.T @ (w[:, None] * f), np.eye(20), atol=1e-12)


def test_the_transformation_has_the_variance_that_is_claimed() -> None:
    """Over samples y varies by 1/4n, for likely and for rare outcomes alike."""
    rng = np.random.default_rng(3)
    for p in (0.05, 0.5, 0.9):
        y = stabilised(rng.binomial(500, p, 20_000), 500)
        assert np.var(y) == pytest.approx(1 / 2000, rel=0.05)

"""Bargaining over packages: exact reduction and search, against general-purpose optimisation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from negotiation.errors import InputError
from negotiation.theory.package_bargaining import Packages

FEWER = settings(max_examples=settings().max_examples // 3)  # four solutions, of two problems
SOLUTIONS = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")


def random_packages(seed: int, linked: float = 0.0, curved: float = 1.0) -> Packages:
    """Four issues, two conceded by each side, each worth more to the other side on average."""
    rng = np.random.default_rng(seed)
    cost, worth = rng.uniform(0.5, 4, 4), rng.uniform(1, 8, 4)
    gain = np.array(
        [[-cost[0], -cost[1], worth[2], worth[3]], [worth[0], worth[1], -cost[2], -cost[3]]]
    )
    linkage = linked * rng.uniform(0, 1, (4, 4))
    linkage = np.triu(linkage, 1) + np.triu(linkage, 1).T
    return Packages(gain, -curved * rng.uniform(0.2, 3, (2, 4)), linkage)


@given(st.integers(0, 5000))
def test_nash_maximises_the_product(seed):
    """No package found by sequential quadratic programming has a larger product of gains."""
    problem = random_packages(seed, linked=0.05)
    ours = problem.nash()
    found = minimize(
        lambda z: -np.log(np.maximum(problem.gains(z), 1e-9)).sum(),
        np.full(4, 0.5), method="SLSQP", bounds=[(0, 1)] * 4, options={"ftol": 1e-12},
    )  # fmt: skip
    best = np.maximum(problem.gains(found.x), 0).prod()
    assert ours.gains[0] * ours.gains[1] >= best * (1 - 1e-6)
    assert ours.residual < 1e-9


@FEWER
@given(st.integers(0, 5000), st.permutations(range(4)))
def test_the_order_of_issues_does_not_matter(seed, order):
    """Permuting the issues permutes the package and changes no gain."""
    problem = random_packages(seed, linked=0.05)
    moved = Packages(
        problem.gain[:, order], problem.bend[:, order], problem.linkage[np.ix_(order, order)]
    )
    for name in SOLUTIONS:
        assert getattr(moved, name)().gains == pytest.approx(
            getattr(problem, name)().gains, abs=1e-8
        )


@FEWER
@given(st.integers(0, 5000))
def test_swapping_the_sides_swaps_the_gains(seed):
    """Symmetry: who is called the US does not matter."""
    problem = random_packages(seed)
    other = Packages(problem.gain[::-1], problem.bend[::-1])
    for name in SOLUTIONS:
        ours, theirs = getattr(problem, name)(), getattr(other, name)()
        assert theirs.gains[::-1] == pytest.approx(ours.gains, abs=1e-8)


@FEWER
@given(st.integers(0, 5000), st.floats(0.2, 5), st.floats(0.2, 5))
def test_units_do_not_matter_to_nash_and_kalai_smorodinsky(seed, us, china):
    """Scale invariance: measuring one side's gain in other units keeps the package."""
    problem = random_packages(seed)
    units = np.array([[us], [china]])
    scaled = Packages(problem.gain * units, problem.bend * units)
    for name in ("nash", "kalai_smorodinsky"):
        package = getattr(problem, name)().package
        assert getattr(scaled, name)().package == pytest.approx(package, abs=1e-6)


@given(st.integers(0, 5000))
def test_each_solution_is_what_its_name_says(seed):
    """Equal gains; equal shares of the ideal; the largest sum: checked against 2,000 packages."""
    problem = random_packages(seed)
    sample = np.random.default_rng(seed).random((2000, 4))
    gains = sample @ problem.gain.T + 0.5 * sample**2 @ problem.bend.T  # nothing is linked
    acceptable = gains[(gains >= 0).all(axis=1)]
    ideal = np.array(problem.ideal)
    if len(acceptable):
        assert problem.egalitarian().gains[0] >= acceptable.min(axis=1).max() - 1e-9
        assert sum(problem.utilitarian().gains) >= acceptable.sum(axis=1).max() - 1e-9
        assert (ideal >= acceptable.max(axis=0) - 1e-9).all()
        share = (np.array(problem.kalai_smorodinsky().gains) / ideal).min()
        assert share >= (acceptable / ideal).min(axis=1).max() - 1e-9


@pytest.mark.parametrize("seed", range(3))
def test_search_agrees_with_the_exact_reduction(seed):
    """On a concave problem the search from many starts finds the same gains, to 1e-5."""
    problem = random_packages(seed, linked=0.05)
    assert problem.concave
    for name, title in zip(SOLUTIONS, ("Nash", "Kalai-Smorodinsky", "egalitarian", "utilitarian"),
                           strict=True):  # fmt: skip
        searched = problem._search(title)
        assert searched.gains == pytest.approx(getattr(problem, name)().gains, abs=1e-5)
        assert searched.residual < 1e-3


@pytest.mark.parametrize("seed", range(3))
def test_strong_linkage_is_searched(seed):
    """Where linked issues make gains not concave, no sampled package beats the solution found."""
    problem = random_packages(seed, linked=4.0, curved=0.2)
    assert not problem.concave
    gains = np.array([problem.gains(z) for z in np.random.default_rng(seed).random((5000, 4))])
    acceptable = gains[(gains >= 0).all(axis=1)]
    nash, fair = problem.nash(), problem.egalitarian()
    assert nash.gains[0] * nash.gains[1] >= acceptable.prod(axis=1).max() - 1e-9
    assert min(fair.gains) >= acceptable.min(axis=1).max() - 1e-9


@pytest.mark.parametrize("unit", [1e-9, 1e9])
@pytest.mark.parametrize("linked", [0.05, 4.0])
def test_dollars_and_billions_come_to_the_same(linked, unit):
    """The same packages, and the same word on whether better ones can exist, in another unit."""
    problem = random_packages(0, linked=linked, curved=0.2)
    other = Packages(problem.gain * unit, problem.bend * unit, problem.linkage * unit)
    assert other.concave == problem.concave == (linked < 1.0)
    for name in SOLUTIONS:
        found, same = getattr(problem, name)(), getattr(other, name)()
        assert np.array(same.gains) / unit == pytest.approx(found.gains, rel=1e-5)
        assert same.is_global == found.is_global
    skewed = problem.linkage + np.triu(problem.linkage, 1)
    with pytest.raises(InputError, match="symmetric"):
        Packages(problem.gain * unit, problem.bend * unit, skewed * unit)


def test_no_agreement_where_every_package_hurts():
    """Two sides that only lose by conceding stay at the disagreement point."""
    problem = Packages([[-1.0], [-1.0]], [[-1.0], [-1.0]], disagreement=(0.5, 0.5))
    assert problem.nash().gains == (0.0, 0.0) and problem.nash().package is None


@given(st.integers(0, 5000))
def test_the_frontier_falls(seed):
    """Along the frontier one side gains and the other loses."""
    problem = random_packages(seed)
    _, utilities = problem.frontier(60)
    assert (np.diff(utilities[:, 0]) <= 1e-9).all() and (np.diff(utilities[:, 1]) >= -1e-9).all()

"""Bargaining over continuous issues: closed forms, fine grids, certificates, honest failure."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation import theory
from negotiation.errors import InputError, NotConverged
from negotiation.theory import Continuous, Outcomes, Packages
from negotiation.theory.package_search import certificate

SOLUTIONS = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")


def split(**changes) -> Continuous:
    """One unit to divide, of which China's share is worth its square root to it."""
    return Continuous(
        (lambda x: x[0], lambda x: np.sqrt(1 - x[0])), [(0, 1)], concave=True, **changes
    )


def test_closed_forms():
    """u1 = x, u2 = sqrt(1 - x): Nash 2/3, utilitarian 3/4, both fair ones the golden section."""
    golden = (np.sqrt(5) - 1) / 2
    expected = dict(zip(SOLUTIONS, (2 / 3, golden, golden, 3 / 4), strict=True))
    for name in SOLUTIONS:
        found = getattr(theory, "nash_solution" if name == "nash" else name)(split())
        assert found.package == pytest.approx([expected[name]], abs=1e-6)
        assert found.china == pytest.approx(np.sqrt(1 - expected[name]), abs=1e-6)
        assert found.residual < 1e-6 and found.is_global


@pytest.mark.parametrize("power", [0.3, 0.5, 0.8])
def test_weighted_nash_with_reservation_values(power):
    """A linear pie with d = (.1, .2): the US gets .1 + power * .7."""
    pie = Continuous(
        (lambda x: x[0], lambda x: 1 - x[0]), [(0, 1)], disagreement=(0.1, 0.2), concave=True
    )
    found = theory.nash_solution(pie, weights=(power, 1 - power))
    assert found.us == pytest.approx(0.1 + 0.7 * power, abs=1e-6)


def test_a_circle():
    """On the quarter circle every symmetric solution is the diagonal, and the frontier is it."""
    circle = Continuous(
        (lambda x: x[0] * np.cos(x[1]), lambda x: x[0] * np.sin(x[1])), [(0, 1), (0, np.pi / 2)]
    )
    for name in SOLUTIONS:
        assert getattr(circle, name)().utilities == pytest.approx([np.sqrt(0.5)] * 2, abs=1e-5)
    frontier = theory.pareto_frontier(circle, points=21)
    assert np.hypot(*frontier.T) == pytest.approx(1.0, abs=1e-6)
    far = theory.distances(circle, (0.3, 0.4), points=41)
    assert far["frontier"] == pytest.approx(0.5, abs=3e-4)  # the chain between 41 points
    assert far["nash"] == pytest.approx(np.hypot(0.3 - np.sqrt(0.5), 0.4 - np.sqrt(0.5)), abs=1e-5)


def quadratic(seed: int, disagreement: float) -> tuple[Continuous, Packages]:
    """Each side wants every issue at a place of its own, and loses with the square of the miss."""
    rng = np.random.default_rng(seed)
    gain, bend = rng.uniform(-2, 3, (2, 3)), -rng.uniform(0.5, 3, (2, 3))
    low, width = np.array([-5.0, 0.0, 10.0]), np.array([10.0, 0.1, 1000.0])

    def utility(side):
        def of(x):
            z = (x - low) / width
            return float(gain[side] @ z + 0.5 * bend[side] @ z**2)

        return of

    d = (disagreement, disagreement)
    return (
        Continuous(
            (utility(0), utility(1)), np.column_stack([low, low + width]), disagreement=d,
            concave=True,
        ),
        Packages(gain, bend, disagreement=d),
    )  # fmt: skip


def check_against_the_exact_reduction(seed, disagreement):
    """All four solutions, searched and by bisection."""
    ours, exact = quadratic(seed, disagreement)
    for name in SOLUTIONS:
        a, b = getattr(ours, name)(), getattr(exact, name)()
        if b.gains == (0.0, 0.0):
            assert max(a.gains) < 1e-5
            continue
        assert a.residual < 1e-4 and a.is_global
        if name in ("egalitarian", "kalai_smorodinsky"):
            # where one side's best is worse for it than the other's, only the smaller is pinned
            assert min(a.gains) == pytest.approx(min(b.gains), abs=1e-5)
        else:
            assert a.utilities == pytest.approx(b.utilities, abs=2e-4)


QUADRATIC = (st.integers(0, 10_000), st.sampled_from([-1.0, -0.3, 0.0]))


@settings(max_examples=3, deadline=None)
@given(*QUADRATIC)
def test_agrees_with_the_exact_reduction(seed, disagreement):
    """Quadratic gains, written as functions of issues in their own units, solve as `Packages`."""
    check_against_the_exact_reduction(seed, disagreement)


@pytest.mark.long
@settings(max_examples=40, deadline=None)
@given(*QUADRATIC)
def test_agrees_with_the_exact_reduction_in_many_problems(seed, disagreement):
    """The same over more problems."""
    check_against_the_exact_reduction(seed, disagreement)


def check_against_a_fine_grid(seed):
    """All four solutions of waves in two issues, searched and on 300 x 300 outcomes."""
    rng = np.random.default_rng(seed)
    wave, tilt = rng.uniform(1, 5, (2, 2)), rng.uniform(-1, 1, (2, 2))

    def utility(side):
        return lambda x: np.tanh(tilt[side] @ x) + 0.3 * np.sin(wave[side] @ x)

    ours = Continuous((utility(0), utility(1)), [(0, 1)] * 2, disagreement=(-0.5, -0.5))
    axis = np.linspace(0, 1, 300)
    grid = np.stack(np.meshgrid(axis, axis), axis=0).reshape(2, -1)
    listed = Outcomes(np.column_stack([utility(0)(grid), utility(1)(grid)]), (-0.5, -0.5))
    merits = {
        "nash": np.prod,
        "egalitarian": np.min,
        "utilitarian": np.sum,
        "kalai_smorodinsky": lambda gains: np.min(np.array(gains) / listed.ideal),
    }
    for name, merit in merits.items():
        a, b = getattr(ours, name)(), getattr(listed, name)()
        assert not a.is_global
        # the grid's own ideal is a little below the true one, hence the slack
        assert merit(a.gains) >= merit(b.gains) - 2e-3, name


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 10_000))
def test_agrees_with_a_fine_grid_where_nothing_is_concave(seed):
    """Waves in two issues: no solution is worse than the best of 90,000 outcomes on a grid."""
    check_against_a_fine_grid(seed)


@pytest.mark.long
@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_agrees_with_a_fine_grid_in_many_problems(seed):
    """The same over more problems."""
    check_against_a_fine_grid(seed)


def test_gradients_may_be_given():
    """With and without them the answer is the same; an infinite one at an end is no obstacle."""
    with np.errstate(divide="ignore"):
        given_ones = split(gradients=(lambda x: [1.0], lambda x: [-0.5 / np.sqrt(1 - x[0])])).nash()
    assert given_ones.utilities == pytest.approx(split().nash().utilities, abs=1e-6)


def test_units_do_not_matter_to_nash():
    """Scale covariance: a side that counts in millionths gets the same package."""
    small = Continuous(
        (lambda x: 1e6 * x[0] + 3e6, lambda x: 1e-6 * np.sqrt(1 - x[0])), [(0, 1)],
        disagreement=(3e6, 0.0), concave=True,
    )  # fmt: skip
    assert small.nash().package == pytest.approx([2 / 3], abs=1e-5)
    assert small.kalai_smorodinsky().package == pytest.approx([(np.sqrt(5) - 1) / 2], abs=1e-5)


def test_the_certificate_tells_a_solution_from_a_neighbour():
    """At the Nash package the residual is nil; 0.01 beside it, and for other names, it is not."""
    problem = split()
    at = np.array([2 / 3])
    assert certificate(problem, "Nash", at) < 1e-8
    assert certificate(problem, "Nash", at + 0.01) > 1e-3
    assert certificate(problem, "utilitarian", at) > 1e-2
    # every split is efficient, so only the equality of gains tells the egalitarian one
    assert certificate(problem, "egalitarian", at) > 1e-2


def test_nobody_can_agree():
    """Reservation values that no package meets leave both with them."""
    nothing = split(disagreement=(0.9, 0.9)).nash()
    assert nothing.utilities == (0.9, 0.9) and nothing.gains == (0.0, 0.0)
    assert nothing.package is None and nothing.is_global


def test_a_kink_is_said_and_not_passed_over():
    """Where the conditions of a smooth maximum fail, the answer is refused in one sentence."""
    kinked = Continuous((lambda x: 1 - abs(x[0] - 0.5), lambda x: 0.1 * x[0] + 0.5), [(0, 1)])
    with pytest.raises(NotConverged, match="Nash: the search ended .* kink or jump"):
        kinked.nash()


def test_a_false_claim_of_concavity_is_refuted():
    """The claim makes an answer global, so it is tested on pairs of points."""
    with pytest.raises(InputError, match="the utility of China is not"):
        Continuous((lambda x: x[0], lambda x: (1 - x[0]) ** 2), [(0, 1)], concave=True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"bounds": [0, 1]}, "bounds: shape"),
        ({"bounds": [(1, 0)]}, "the least first"),
        ({"bounds": [(0, np.inf)]}, "finite numbers"),
        ({"bounds": "x"}, "Continuous: bounds = 'x' is not allowed"),
        ({"utilities": (lambda x: 1.0, 3)}, "expected a list of 2, each a function"),
        ({"utilities": (lambda x: np.nan, lambda x: 1.0)}, "utility of the US: not a finite"),
        ({"utilities": (lambda x: None, lambda x: 1.0)}, "utility of the US: not a finite"),
        (
            {"gradients": (lambda x: [1, 2], lambda x: [1])},
            "gradients: 2 and 1 numbers; allowed: 1 each",
        ),
        ({"disagreement": (0, np.nan)}, "disagreement"),
    ],
)
def test_what_makes_no_problem(change, said):
    """Each mistake is one sentence."""
    right = {"utilities": (lambda x: x[0], lambda x: 1 - x[0]), "bounds": [(0, 1)]}
    with pytest.raises(InputError, match=said):
        Continuous(**{**right, **change}).nash()


def test_nobody_cares():
    """Constant utilities: any package will do, and the residual is nil."""
    found = Continuous((lambda x: 2.0, lambda x: 3.0), [(0, 1)] * 2, concave=True).nash()
    assert found.utilities == (2.0, 3.0) and found.residual == 0.0


def test_an_issue_that_cannot_move():
    """Equal bounds fix an issue and leave the others."""
    fixed = Continuous((lambda x: x[0] + x[1], lambda x: 2 - x[0]), [(0, 1), (0.5, 0.5)])
    assert fixed.egalitarian().package == pytest.approx([0.75, 0.5], abs=1e-6)


def test_distances_over_finite_outcomes():
    """Ties: the nearest counts; many outcomes at once give an array."""
    square = [[0, 0], [1, 4], [4, 1]]
    far = theory.distances(square, [[1, 4], [4, 1], [0, 0]])
    assert far["nash"].tolist() == [0.0, 0.0, pytest.approx(np.sqrt(17))]
    assert far["frontier"].tolist() == [0.0, 0.0, pytest.approx(np.sqrt(17))]

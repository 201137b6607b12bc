"""Replicator and logit dynamics, against textbook numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from negotiation.errors import InputError
from negotiation.theory import evolution
from negotiation.theory.evolution import (
    logit_dynamic,
    replicator,
    replicators,
    rest_points,
    trajectory,
)  # fmt: skip
from negotiation.theory.games import Game
from negotiation.theory.logit_response import quantal_response

NASHPY = [[3, 2, 3], [4, 1, 1], [2, 3, 1]]
HAWK_DOVE = [[-2, 2], [0, 1]]  # V = 2, C = 6


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        ((0, 1 / 4, 3 / 4), (0, -0.09375, 0.09375)),
        ((1 / 5, 2 / 5, 2 / 5), (0.128, -0.144, 0.016)),
        ((1 / 2, 0, 1 / 2), (0.375, 0, -0.375)),
        ((1 / 2, 1 / 4, 1 / 4), (0.125, 0, -0.125)),
    ],
)
def test_replicator_derivatives(x, expected):
    """Four derivatives of a 3x3 game as in Nashpy's own tests (retrieved)."""
    assert replicator(NASHPY, x) == pytest.approx(expected, abs=1e-12)


def test_hawk_dove_settles_at_v_over_c():
    """Hawk-Dove with V = 2, C = 6: a third of the population are hawks (memory)."""
    path = trajectory(lambda x: replicator(HAWK_DOVE, x), [0.01, 0.99], until=60)
    assert path.shares[-1] == pytest.approx([1 / 3, 2 / 3], abs=1e-6)
    mixed = rest_points(HAWK_DOVE)[-1]
    assert mixed.shares == pytest.approx((1 / 3, 2 / 3)) and mixed.nash and mixed.stable


def rock_paper_scissors(win: float, lose: float) -> np.ndarray:
    """The payoffs to rock, paper and scissors."""
    return np.array([[0, -lose, win], [win, 0, -lose], [-lose, win, 0]])


def test_zero_sum_rock_paper_scissors_cycles():
    """The product of the three shares is conserved when win and loss are equal."""
    game = rock_paper_scissors(1, 1)
    path = trajectory(lambda x: replicator(game, x), [0.5, 0.3, 0.2], until=30)
    assert path.shares.prod(axis=1) == pytest.approx(0.03, abs=1e-8)
    assert rest_points(game)[-1].stable is None


@pytest.mark.parametrize(("win", "lose", "stable"), [(2, 1, True), (1, 2, False)])
def test_rock_paper_scissors_spirals(win, lose, stable):
    """Winning 2 and losing 1 converges to equal shares, winning 1 and losing 2 spirals out."""
    game = rock_paper_scissors(win, lose)
    path = trajectory(lambda x: replicator(game, x), [0.5, 0.25, 0.25], until=60)
    product = path.shares.prod(axis=1)  # largest at equal shares, zero where an action is gone
    assert (np.diff(product) > 0).all() if stable else (np.diff(product) < 0).all()
    assert (product[-1] > 0.999 / 27) if stable else (product[-1] < 1e-6)
    assert rest_points(game)[-1].stable is stable


square = st.integers(1, 4).flatmap(
    lambda n: arrays(
        float,
        (n, n),
        elements=st.one_of(
            st.integers(-3, 3).map(float), st.integers(0, 8).map(lambda k: 30.0**-k), st.just(-1e6)
        ),
    )
)


@settings(max_examples=80, deadline=None)
@given(square, st.floats(1e-9, 1e9))
def test_rest_points_do_not_depend_on_the_unit(payoffs, unit):
    """In dollars or in billions: the same shares, the same verdicts."""
    points, scaled = rest_points(payoffs), rest_points(payoffs * unit)
    assert [(p.nash, p.stable) for p in scaled] == [(p.nash, p.stable) for p in points]
    for point, same in zip(points, scaled, strict=True):
        assert same.shares == pytest.approx(point.shares, rel=1e-6)


@settings(max_examples=80, deadline=None)
@given(square)
def test_symmetric_equilibria_are_the_rest_points_that_nothing_invades(payoffs):
    """In a nondegenerate game they are the same, and there is one at least."""
    game = Game(payoffs, payoffs.T)
    if game.degenerate:
        return
    used = {
        tuple(p > 0 for p in e.row)
        for e in game.equilibria()
        if [p > 0 for p in e.row] == [p > 0 for p in e.column]
    }
    found = [tuple(s > 0 for s in point.shares) for point in rest_points(payoffs) if point.nash]
    assert set(found) == used and len(found) == len(used) >= 1


def test_small_payoffs_count_beside_large_ones():
    """Eight ways to agree worth 30^-k: the pure ones alone are stable, and all are found."""
    worth = np.diag([30.0**-k for k in range(8)])
    points = rest_points(worth)
    assert len(points) == 2**8 - 1 and all(point.nash for point in points)
    assert [point.stable for point in points] == [True] * 8 + [False] * (2**8 - 9)


def test_many_actions_are_refused():
    """A support for every set of actions: thirty have a billion."""
    with pytest.raises(InputError, match="at most 12"):
        rest_points(np.eye(30))


def test_logit_dynamic_rests_at_the_logit_equilibrium():
    """Where the logit dynamic comes to rest, the population plays the symmetric equilibrium."""
    path = trajectory(lambda x: logit_dynamic(HAWK_DOVE, x, precision=2.0), [0.9, 0.1], until=40)
    p, q = quantal_response(HAWK_DOVE, np.transpose(HAWK_DOVE), precision=2.0)
    assert path.shares[-1] == pytest.approx(p, abs=1e-7)


def test_nash_equilibria_are_rest_points_of_two_populations():
    """At the mixed equilibrium of Chicken [[0, 7], [2, 6]] neither population moves."""
    A = np.array([[0, 7], [2, 6]])
    dx, dy = replicators(A, A.T, [1 / 3, 2 / 3], [1 / 3, 2 / 3])
    assert dx == pytest.approx([0, 0], abs=1e-12) and dy == pytest.approx([0, 0], abs=1e-12)


@pytest.mark.parametrize("x", [[0.5, 0.6], [-0.1, 1.1], [1.0]])
def test_shares_must_be_shares(x):
    """Shares that do not sum to one, are negative or too few are refused."""
    with pytest.raises(InputError):
        replicator(HAWK_DOVE, x)


def test_a_trajectory_that_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shares that go round for ever need steps in proportion to the time asked for.

    The limit is a hundredth of the package's: up to that one it would take some seconds.
    """
    monkeypatch.setattr(evolution, "MOST_EVALUATIONS", evolution.MOST_EVALUATIONS // 100)
    game = [[0, -1, 2], [2, 0, -1], [-1, 2, 0]]
    with pytest.raises(InputError, match="until = 1e[+]18 takes more than 2,000 evaluations"):
        trajectory(lambda x: replicator(game, x), [0.5, 0.3, 0.2], until=1e18)


@pytest.mark.parametrize("returned", ["x", None, 1.0, [1.0], [[1.0], [2.0]], [np.nan, 0.0], 1j])
def test_a_derivative_is_as_many_finite_numbers_as_there_are_shares(returned) -> None:
    """Whatever a function returns instead is named, in a sentence."""
    with pytest.raises(InputError, match="derivative: returned .*; expected 2 finite numbers"):
        trajectory(lambda x: returned, [0.9, 0.1], until=5)

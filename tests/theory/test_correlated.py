"""Correlated equilibria: nobody gains by disobeying, and none is better for the goal."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from negotiation.errors import InputError
from negotiation.theory import Game, correlated_equilibrium
from negotiation.theory import correlated as module

small = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: st.tuples(*(arrays(np.int64, shape, elements=st.integers(-2, 3)),) * 2)
)
GOALS = ("welfare", "row", "column", "any")


def most_gained(A, B, chances):
    """The most that either player gains by playing another action when told a certain one."""
    row = [p @ (other - own) for p, own in zip(chances, A, strict=True) for other in A]
    column = [p @ (o - own) for p, own in zip(chances.T, B.T, strict=True) for o in B.T]
    return max(*row, *column)


def best_by_enumeration(A, B, goal):
    """The largest goal over correlated equilibria, by another formulation of the program."""
    from scipy.optimize import linprog

    m, n = A.shape
    rows = []
    for i in range(m):
        for k in range(m):
            gains = np.zeros((m, n))
            gains[i] = A[k] - A[i]
            rows.append(gains.ravel())
    for j in range(n):
        for k in range(n):
            gains = np.zeros((m, n))
            gains[:, j] = B[:, k] - B[:, j]
            rows.append(gains.ravel())
    found = linprog(-goal.ravel(), rows, np.zeros(len(rows)), [np.ones(m * n)], [1.0])
    return -found.fun


def test_aumanns_chicken():
    """The best mediator of Aumann's (1974) Chicken brings 5.25 each; Nash play at most 9 in all."""
    game = Game([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    found = game.correlated_equilibrium()
    assert found.exact and found.payoffs == (5.25, 5.25)
    assert found.chances.tolist() == [[0.5, 0.25], [0.25, 0.0]]
    assert max(sum(e.payoffs) for e in game.equilibria()) < 10.5
    assert game.correlated_equilibrium(maximise="us").payoffs == (7.0, 2.0)
    assert game.correlated_equilibrium(maximise="china").payoffs == (2.0, 7.0)


@pytest.mark.parametrize("A", [[[0, 1, -1], [-1, 0, 1], [1, -1, 0]], [[1, -1], [-1, 1]]])
def test_a_zero_sum_game_is_worth_its_value(A):
    """No mediator changes the payoffs of a zero-sum game (Forges 1990)."""
    assert Game(A).correlated_equilibrium(maximise="us").payoffs == pytest.approx((0.0, 0.0))


@given(small, st.sampled_from(GOALS))
def test_obedience_is_best_and_the_goal_largest(payoffs, goal):
    """The incentives hold, as another program's optimum does, in games full of ties too."""
    A, B = payoffs
    found = correlated_equilibrium(A, B, maximise=goal)
    assert found.exact and found.violation == 0.0
    assert found.chances.sum() == pytest.approx(1) and found.chances.min() >= 0.0
    assert most_gained(A, B, found.chances) <= 1e-12
    wanted = {"welfare": A + B, "row": A, "column": B}.get(
        goal, A * max(np.ptp(B), 1) + B * max(np.ptp(A), 1)
    )
    reached = float((found.chances * wanted).sum())
    assert reached == pytest.approx(best_by_enumeration(A, B, wanted), abs=1e-6)


@given(small, st.sampled_from([1e-9, 0.1, 1e9]), st.sampled_from([0.0, 1e6]))
def test_the_unit_does_not_matter(payoffs, unit, shift):
    """The payoffs of the best mediator are the same in any unit and over any zero."""
    A, B = payoffs
    before = correlated_equilibrium(A, B)
    after = correlated_equilibrium(A * unit + shift * unit, B * unit)
    total = sum(after.payoffs) / unit - shift
    assert total == pytest.approx(sum(before.payoffs), abs=1e-8)


def test_a_small_stake_beside_a_catastrophe():
    """Where 10^12 can be lost, a mediator still needs to threaten: by hand, 1 / (10^12 + 4)."""
    A = np.array([[6, 2], [7, -1e12]])
    found = correlated_equilibrium(A, A.T)
    assert found.exact
    assert found.chances[0, 1] == found.chances[1, 0] == pytest.approx(1 / (1e12 + 4), rel=1e-12)
    assert found.chances[1, 1] == 0.0


def test_large_games_say_by_how_much_obedience_may_fail(monkeypatch):
    """Beyond what is solved without rounding HiGHS answers, close to the exact optimum."""
    rng = np.random.default_rng(0)
    A, B = rng.random((2, 6, 6)) * 1e9
    exact = correlated_equilibrium(A, B)
    monkeypatch.setattr(module, "SMALL", 0)
    found = correlated_equilibrium(A, B)
    assert not found.exact
    assert sum(found.payoffs) == pytest.approx(sum(exact.payoffs), rel=1e-6)
    gained = most_gained(A, B, found.chances)
    assert found.violation == pytest.approx(max(gained, 0.0), abs=1e-3)
    assert found.violation < 1e9 * 1e-6


@pytest.mark.parametrize(
    "call",
    [
        lambda: correlated_equilibrium([[1]], [[1]], maximise="us"),
        lambda: Game([[1]], [[1]]).correlated_equilibrium(maximise="row"),
        lambda: correlated_equilibrium([[1, np.inf]], [[1, 2]]),
        lambda: correlated_equilibrium(np.ones((500, 500)), np.ones((500, 500))),
    ],
)
def test_what_cannot_be_solved_is_refused(call):
    """Goals that do not exist and games that are too large get a sentence."""
    with pytest.raises(InputError):
        call()

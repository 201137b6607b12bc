"""The compiled 2x2 logit equilibrium, against closed facts and the general solver."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.solvers.bayesian_quantal_response import average_logit
from negotiation.solvers.logit_branch import follow
from negotiation.solvers.type_game import new_game
from negotiation.theory.logit_response import quantal_response

payoff = st.floats(-20, 20)
precisions = st.floats(0.0, 8.0)


def sigmoid(x: float) -> float:
    """The logistic distribution function."""
    return 1.0 / (1.0 + math.exp(-x)) if x > -700 else 0.0


def logit_2x2(alpha, beta, gamma, delta, row, column) -> tuple[float, float]:
    """The equilibrium where a side gains alpha + beta q, gamma + delta p by its first action."""
    us, china = ((alpha,), (beta,), (1.0,), row), ((gamma,), (delta,), (1.0,), column)
    return average_logit(new_game(us, china))


def coefficients(A: np.ndarray, B: np.ndarray) -> tuple[float, float, float, float]:
    """The four numbers of a 2x2 game that matter."""
    alpha, gamma = A[0, 1] - A[1, 1], B[1, 0] - B[1, 1]
    return alpha, A[0, 0] - A[1, 0] - alpha, gamma, B[0, 0] - B[0, 1] - gamma


@given(payoff, payoff, payoff, payoff, precisions, precisions)
def test_both_sides_answer_each_other(a, b, c, d, row, column):
    """What comes out is a logit equilibrium: each side's odds are the response to the other's."""
    p, q = logit_2x2(a, b, c, d, row, column)
    assert p == pytest.approx(sigmoid(row * (a + b * q)), abs=1e-9)
    assert q == pytest.approx(sigmoid(column * (c + d * p)), abs=1e-9)


@given(payoff, payoff, payoff, payoff, precisions, precisions)
def test_swapping_the_sides_swaps_the_answer(a, b, c, d, row, column):
    """Who is called the row side does not matter."""
    p, q = logit_2x2(a, b, c, d, row, column)
    assert logit_2x2(c, d, a, b, column, row) == pytest.approx((q, p), abs=1e-7)


@pytest.mark.parametrize("kind", ["any", "chicken", "coordination"])
def test_same_branch_as_the_general_solver(kind):
    """The fast 2x2 solver and arclength continuation in m x n games follow one branch.

    120 random games of each kind, the Chicken-like ones with a crash up to 20 times as bad as
    the price of yielding.
    """
    rng = np.random.default_rng(7)
    for _ in range(120):
        A, B = rng.normal(size=(2, 2)) * 3, rng.normal(size=(2, 2)) * 3
        if kind == "chicken":
            price, crash = np.abs(A), 20 * np.abs(B)
            A = np.array([[0, -price[0, 0]], [price[0, 1], -crash[0, 0]]])
            B = np.array([[0, price[1, 0]], [-price[1, 1], -crash[0, 1]]])
        elif kind == "coordination":
            A, B = np.diag(np.abs(A[0])), np.diag(np.abs(B[0]))
        precision = 10 ** rng.uniform(-1, 1)
        p, q = quantal_response(A, B, precision=precision)
        fast = logit_2x2(*coefficients(A, B), precision, precision)
        assert fast == pytest.approx((p[0], q[0]), abs=1e-7)


def test_shortcuts_agree_with_walking_the_branch():
    """Where the equilibrium is known without a path, walking the path finds the same one.

    1,000 random games; a shortcut that picked another of several equilibria would differ.
    """
    rng = np.random.default_rng(11)
    for _ in range(1000):
        a, b, c, d = rng.normal(size=4) * (3, 6, 3, 6)
        row, column = 10 ** rng.uniform(-1, 1, 2)
        walked = follow(new_game(((a,), (b,), (1.0,), row), ((c,), (d,), (1.0,), column)))
        assert logit_2x2(a, b, c, d, row, column) == pytest.approx(walked, abs=1e-7)


@given(st.floats(0.1, 5), st.floats(0.1, 50), st.floats(0.0, 20))
def test_mirror_images_stay_mirror_images(lure, crash, precision):
    """Symmetric Chicken keeps p = q, past the precision where asymmetric equilibria appear."""
    p, q = logit_2x2(lure, -lure - crash, lure, -lure - crash, precision, precision)
    assert p == pytest.approx(q, abs=1e-9)


def test_mirror_images_tend_to_the_mixed_equilibrium():
    """Chicken with T, R, S, P = 7, 6, 2, 0: the symmetric limit is 2/3, where 2 = 3 p."""
    p, q = logit_2x2(2.0, -3.0, 2.0, -3.0, 5000.0, 5000.0)
    assert (p, q) == pytest.approx((2 / 3, 2 / 3), abs=1e-3)


def two_equilibria(rng: np.random.Generator) -> tuple[np.ndarray, tuple[float, ...]]:
    """Losses from leaving equilibrium 1 (1, 1) and 2 (2, 2), and the game that has them."""
    loss = np.abs(rng.normal(size=(2, 2))) + 0.1
    (row_1, column_1), (row_2, column_2) = loss
    return loss, (-row_2, row_1 + row_2, -column_2, column_1 + column_2)


def test_the_limit_is_where_both_lean():
    """Of two strict equilibria the branch tends to the one that both prefer against a coin toss.

    There the branch cannot leave the quarter of the square in which it starts.
    """
    rng = np.random.default_rng(3)
    for _ in range(300):
        loss, game = two_equilibria(rng)
        towards_1 = loss[0] > loss[1]
        if towards_1[0] == towards_1[1]:
            expected = (1.0, 1.0) if towards_1[0] else (0.0, 0.0)
            assert logit_2x2(*game, 300.0, 300.0) == pytest.approx(expected, abs=0.01)


def test_the_limit_is_mostly_the_risk_dominant_equilibrium():
    """Mostly, not always: 56 of about 1,900 random games at equal precision end at the other one.

    Risk dominance multiplies the two losses, so it does not change when one side's payoffs are
    scaled; the logit branch does, because scaling payoffs is scaling precision.
    """
    rng = np.random.default_rng(3)
    agree = []
    for _ in range(1000):
        loss, game = two_equilibria(rng)
        p, _ = logit_2x2(*game, 300.0, 300.0)
        agree.append((p > 0.5) == (loss[0].prod() > loss[1].prod()))
    assert 0.93 < np.mean(agree) < 0.99


def test_the_more_precise_side_gets_its_way():
    """Where the sides lean apart, the limit goes to the side whose precision grows faster.

    The row side leans to equilibrium 2 (losses 1 and 2), the column side to 1 (2 and 1).
    """
    game = (-2.0, 3.0, -1.0, 3.0)
    assert logit_2x2(*game, 2000.0, 100.0) == pytest.approx((0.0, 0.0), abs=1e-3)
    assert logit_2x2(*game, 100.0, 2000.0) == pytest.approx((1.0, 1.0), abs=1e-3)


@given(payoff, payoff, payoff, payoff)
def test_without_precision_everybody_tosses_a_coin(a, b, c, d):
    """At precision 0 nobody looks at payoffs."""
    assert logit_2x2(a, b, c, d, 0.0, 0.0) == (0.5, 0.5)


def test_extreme_precision_neither_overflows_nor_gets_lost():
    """Precision 1e6 in a lopsided Chicken: the side that fears a crash less holds out."""
    p, q = logit_2x2(3.0, -20.0, 3.0, -400.0, 1e6, 1e6)
    assert (p, q) == pytest.approx((1.0, 0.0), abs=1e-9)

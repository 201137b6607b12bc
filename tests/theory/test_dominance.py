"""Dominated actions, against a linear program in floating point and the textbook."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from negotiation.theory import dominance
from negotiation.theory.dominance import dominated
from negotiation.theory.games import Game

integers = st.tuples(st.integers(2, 5), st.integers(1, 5)).flatmap(
    lambda shape: arrays(float, shape, elements=st.integers(-3, 3).map(float))
)


def by_program(payoffs: np.ndarray, weakly: bool) -> tuple[int, ...]:
    """Dominated rows by the textbook's programs: the most by which a mixture is ahead."""
    found = []
    for i, own in enumerate(payoffs):
        others = np.delete(payoffs, i, axis=0)
        k, n = others.shape
        if weakly:  # ahead by what in sum, if nowhere behind
            best = linprog(-others.sum(axis=1), -others.T, -own, np.ones((1, k)), [1.0])
            ahead = -best.fun - own.sum() if best.success else 0.0
        else:  # ahead by what everywhere
            best = linprog(
                np.r_[np.zeros(k), -1.0], np.c_[-others.T, np.ones(n)], -own,
                [np.r_[np.ones(k), 0.0]], [1.0], [(0, None)] * k + [(None, None)],
            )  # fmt: skip
            ahead = -best.fun
        if ahead > 1e-7:
            found.append(i)
    return tuple(found)


@settings(max_examples=60, deadline=None)
@given(integers, st.booleans(), st.sampled_from([1e-9, 0.1, 1.0, 1 / 3, 1e9]))
def test_the_same_as_a_linear_program_in_any_unit(payoffs, related, unit):
    """Strict and weak dominance by mixtures, of an average less something too."""
    if related and len(payoffs) > 2:
        payoffs[-1] = (payoffs[0] + payoffs[1]) / 2.0
        payoffs[-1, -1] -= 0.5
    for weakly in (False, True):
        assert dominated(payoffs * unit, weakly=weakly) == by_program(payoffs, weakly)


@settings(max_examples=60, deadline=None)
@given(integers)
def test_a_trembling_hand_finds_the_same(payoffs):
    """Where there are too many corners to look at, weak dominance comes from one program each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dominance, "LITTLE", 0)
        assert dominated(payoffs, weakly=True) == by_program(payoffs, True)


def test_small_stakes_beside_large_ones():
    """A coin toss beats the middle by a billionth, whatever happens where nobody ever goes."""
    payoffs = np.array([[4e-9, 0, -1e9], [1e-9, 1e-9, -1e9 - 1], [0, 4e-9, -1e9]])
    assert dominated(payoffs) == (1,)
    payoffs[1, :2] = 2e-9
    assert dominated(payoffs) == () and dominated(payoffs, weakly=True) == (1,)


def test_elimination_by_mixtures_solves_a_game():
    """The row in the middle loses to a coin toss; then the column that was good against it goes."""
    game = Game([[4, 0], [1, 1], [0, 4]], [[1, 0], [0, 5], [1, 0]])
    assert game.dominated("us") == (1,) and game.dominated("china") == ()
    assert game.survivors() == ((0,), (0,))


def test_a_tie_in_the_last_digit_is_a_tie():
    """0.1 + 0.2 is no better than 0.3, and no worse."""
    assert dominated(np.array([[0.3, 0.3], [0.1 + 0.2, 0.1 + 0.2]])) == ()
    assert dominated(np.array([[0.1 + 0.2, 0.0], [0.3, 1.0]]), weakly=True) == (0,)
    assert dominated(np.array([[0.3, 0.0], [0.1 + 0.2, 1.0]]), weakly=True) == (0,)

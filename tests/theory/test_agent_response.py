"""The agent logit equilibrium of trees: Gambit's branch, and the deadline's solver."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trees import BAGWELL, LOOK_AHEAD, POKER, at_once, bayesian

from negotiation.errors import InputError
from negotiation.theory import (
    Decision,
    End,
    ExtensiveGame,
    agent_quantal_response,
    bayesian_quantal_response,
    quantal_response,
)
from negotiation.theory.agent_response import _System

# first actions by information set: pygambit 16.7, logit_solve_lambda of the tree
RECORDED = [
    (POKER, 0.5, {"card worth 2": 0.7838843, "card worth -2": 0.5336135, "the bet": 0.5768952}),
    (POKER, 2.0, {"card worth 2": 0.9951778, "card worth -2": 0.5027295, "the bet": 0.664847}),
    (BAGWELL, 0.5, {"start": 0.4341965, "s": 0.6194014, "c": 0.37935}),
    (BAGWELL, 2.0, {"start": 0.7182854, "s": 0.8791299, "c": 0.1301573}),
    (BAGWELL, 20.0, {"start": 0.9894764, "c": 0.373889}),
]


@pytest.mark.parametrize(("game", "precision", "expected"), RECORDED)
def test_gambit_finds_the_same(game, precision, expected):
    """Poker with an error, and a commitment that is seen with an error."""
    found = agent_quantal_response(game, precision=precision)
    for name, chance in expected.items():
        assert next(iter(found.chances[name].values())) == pytest.approx(chance, abs=2e-7)


def test_it_is_the_deadlines_solver_on_small_games():
    """Two private types a side: two programs, one equilibrium."""
    us = [(0.5, [[0, -2], [3, -4]]), (0.5, [[0, -2], [3, -12]])]
    china = [(0.25, [[0, -2], [3, -4]]), (0.75, [[1, -2], [2, -7]])]
    tree = agent_quantal_response(bayesian(us, china), precision=1.0)
    play = bayesian_quantal_response(us=us, china=china, precision=1.0)
    for side in ("us", "china"):
        for k, chance in enumerate(getattr(play, side)):
            assert tree.chances[f"{side} {k}"]["0"] == pytest.approx(chance, abs=1e-8)


def test_at_once_it_is_the_quantal_response_of_the_matrix():
    """One decision each, unseen by the other, is a game in normal form."""
    A, B = [[3.0, 0.0], [5.0, 1.0]], [[2.0, 1.0], [4.0, -2.0]]

    def china(i):
        return Decision("china", {str(j): End((A[i][j], B[i][j])) for j in (0, 1)}, knows="?")

    game = ExtensiveGame(Decision("us", {str(i): china(i) for i in (0, 1)}))
    p, q = quantal_response(A, B, precision=0.7)
    found = agent_quantal_response(game, precision=0.7)
    assert list(found.chances["start"].values()) == pytest.approx(p, abs=1e-9)
    assert list(found.chances["?"].values()) == pytest.approx(q, abs=1e-9)
    assert found.payoffs == pytest.approx((p @ A @ q, p @ B @ q), abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.floats(0.0, 3.0))
def test_the_jacobian_is_the_derivative(seed, precision):
    """At any play, by central differences."""
    system = _System(POKER if seed % 2 else BAGWELL)
    rng = np.random.default_rng(seed)
    x = np.append(rng.dirichlet([1.0, 1.0], 3).ravel(), precision)
    h = 1e-6
    slopes = [(system(x + h * e)[0] - system(x - h * e)[0]) / (2 * h) for e in np.eye(len(x))]
    assert np.allclose(np.array(slopes).T, system(x)[1], rtol=0, atol=1e-6)


@pytest.mark.parametrize("unit", [1e-9, 1e9])
def test_the_unit_does_not_matter(unit):
    """Payoffs in another unit and over another zero are played the same, per unit of noise."""
    us = [(1.0, np.array([[0, -2], [3, -4]]))]
    china = [(1.0, np.array([[1, -2], [2, -7]]))]
    before = agent_quantal_response(bayesian(us, china), precision=0.8)
    turned = [[(p, (table + 5) * unit) for p, table in side] for side in (us, china)]
    after = agent_quantal_response(bayesian(*turned), precision=0.8 / unit)
    for name, chances in before.chances.items():
        assert after.chances[name] == pytest.approx(chances, abs=1e-6)


def test_errors_vanish_with_the_precision():
    """At precision 0 all toss coins; at a high one all look ahead, off the path too."""
    toss = agent_quantal_response(LOOK_AHEAD, precision=0.0)
    assert all(set(c.values()) == {0.5} for c in toss.chances.values())
    sharp = agent_quantal_response(LOOK_AHEAD, precision=1e4)
    assert sharp.payoffs == pytest.approx((3.0, 8.0))
    assert sharp.chances["B, F"]["G"] == pytest.approx(1.0)


def test_mirror_images_stay_mirror_images():
    """In a battle of equals the branch goes straight on where it forks."""
    found = agent_quantal_response(at_once(outside=(-5, 0)), precision=5.0)
    assert found.chances["in"]["up"] == pytest.approx(found.chances["at once"]["right"], abs=1e-6)


@pytest.mark.parametrize("precision", [-1.0, float("nan"), float("inf")])
def test_precisions_that_are_none_are_refused(precision):
    """A sentence, not a hang."""
    with pytest.raises(InputError):
        agent_quantal_response(POKER, precision=precision)


def test_large_trees_are_refused():
    """Before anything is computed."""
    tree: Decision | End = End((0, 0))
    for _ in range(60):
        tree = Decision("us", {"stop": End((1, 1)), "go on": tree})
    with pytest.raises(InputError, match="120 actions; allowed"):
        agent_quantal_response(ExtensiveGame(tree), precision=1.0)

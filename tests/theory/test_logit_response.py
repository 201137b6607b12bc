"""Logit equilibria of m x n games, against an independent solver and the Nash limit."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.errors import InputError
from negotiation.theory.logit_response import logit_path, quantal_response, residual

# Points at which the reference left the branch: the game has a symmetry, two branches cross at
# a lower precision, and the reference followed one of the asymmetric ones from there.
LEFT_THE_SYMMETRIC_BRANCH = {
    ("chicken", 2.0), ("battle_of_sexes", 1.0), ("battle_of_sexes", 2.0),
}  # fmt: skip

EMBEDDED = [  # computed once by an independent tracing program (pygambit 16.7, retrieved)
    ([[3, 0], [5, 1]], [[3, 5], [0, 1]], 1.0, 0.226750645, 0.226750645),
    ([[6.5, 2], [7, 0]], [[6, 7], [2, -1]], 1.0, 0.589547, 0.655163),
    ([[6.5, 2], [7, 0]], [[6, 7], [2, -1]], 2.0, 0.294771, 0.974465),
    ([[4, 0], [3, 2]], [[4, 3], [0, 2]], 2.0, 0.020264, 0.020264),
    ([[9, 0], [0, 1]], [[0, 1], [1, 0]], 0.5, 0.830671, 0.418077),
    ([[0, -5], [6, -55]], [[0, 8], [-7, -20]], 0.1, 0.959294, 0.328601),
    ([[1.2, -0.4, 2], [0.3, 1.9, -1]], [[0.5, 1.5, -0.7], [2.1, -0.2, 0.9]],
     2.0, 0.566243, 0.661070),
]  # fmt: skip


@pytest.mark.parametrize(("A", "B", "precision", "p", "q"), EMBEDDED)
def test_points_of_an_independent_solver(A, B, precision, p, q):
    """First actions' probabilities on the branch, as another program traced them."""
    row, column = quantal_response(A, B, precision=precision)
    assert (row[0], column[0]) == pytest.approx((p, q), abs=1e-6)


def test_every_reference_point(recorded):
    """All branch points of twelve games agree to 1e-8, but three beyond a crossing of branches.

    There the reference is a logit equilibrium off the symmetric branch, and ours lies on it.
    """
    games = json.loads((recorded / "logit_quantal_response.json").read_text())["games"]
    off = set()
    for name, game in games.items():
        A, B = np.array(game["row_payoffs"]), np.array(game["column_payoffs"])
        for point in game["branch"]:
            p, q = quantal_response(A, B, precision=point["precision"])
            assert residual(A, B, p, q, precision=point["precision"]) < 1e-12
            gap = max(np.abs(p - point["row"]).max(), np.abs(q - point["column"]).max())
            if gap > 1e-8:
                off.add((name, point["precision"]))
    assert len(games) == 12
    assert off == LEFT_THE_SYMMETRIC_BRANCH


def test_symmetric_games_stay_symmetric_past_the_crossing():
    """Chicken 7/6/2/0 and the battle of the sexes 3/2 keep their symmetry at high precision."""
    p, q = quantal_response([[6, 2], [7, 0]], [[6, 7], [2, 0]], precision=20.0)
    assert p == pytest.approx(q, abs=1e-9)
    p, q = quantal_response([[3, 0], [0, 2]], [[2, 0], [0, 3]], precision=20.0)
    assert p == pytest.approx(q[::-1], abs=1e-9)


games = st.tuples(st.integers(0, 10_000), st.integers(1, 4), st.integers(1, 4))


@given(games, st.floats(0, 5))
def test_each_side_answers_the_other(game, precision):
    """The result is a pair of distributions that are logit responses to each other."""
    seed, m, n = game
    A, B = np.random.default_rng(seed).normal(size=(2, m, n))
    p, q = quantal_response(A, B, precision=precision)
    assert p.sum() == pytest.approx(1) and q.sum() == pytest.approx(1)
    assert residual(A, B, p, q, precision=precision) < 1e-9


@given(games)
def test_only_differences_of_own_payoffs_matter(game):
    """Adding to a player's payoffs what depends on the other player only changes nothing."""
    seed, m, n = game
    rng = np.random.default_rng(seed)
    A, B = rng.normal(size=(2, m, n))
    p, q = quantal_response(A, B, precision=1.5)
    shifted = quantal_response(A + rng.normal(size=n), B + rng.normal(size=(m, 1)), precision=1.5)
    assert shifted[0] == pytest.approx(p, abs=1e-8) and shifted[1] == pytest.approx(q, abs=1e-8)


@pytest.mark.parametrize("seed", range(8))
def test_the_limit_is_a_nash_equilibrium(seed):
    """At precision 3,000 deviating gains less than 0.01 (McKelvey and Palfrey 1995)."""
    A, B = np.random.default_rng(seed).normal(size=(2, 3, 3))
    p, q = quantal_response(A, B, precision=3000.0)
    assert (A @ q).max() - p @ A @ q < 0.01 and (p @ B).max() - p @ B @ q < 0.01


def test_a_path_may_turn_back():
    """On the branch of this 3x3 game the precision falls for a while before it rises again.

    Every point on the way is an equilibrium at its precision, so between the two turns there
    are three on the branch; the answer there is the first one that the path comes to.
    """
    A = np.array([[2.0, 9, 1], [9, 3, 8], [3, 8, 5]])
    B = np.array([[6.0, 8, 6], [7, 9, 6], [6, 3, 0]])
    precisions, rows, columns = logit_path(A, B, precision=3.0)
    for precision, p, q in zip(precisions, rows, columns, strict=True):
        assert residual(A, B, p, q, precision=precision) < 1e-6
    falls = np.diff(precisions) < 0
    assert falls.any() and precisions[-1] == 3.0 and (precisions[:-1] < 3.0).all()
    first_turn = int(np.argmax(falls))
    between = 0.5 * (precisions[falls.nonzero()[0]].max() + precisions[1:][falls].min())
    early = rows[: first_turn + 1][precisions[: first_turn + 1] <= between][-1]
    late = rows[first_turn + 1 :][precisions[first_turn + 1 :] >= between][-1]
    found = quantal_response(A, B, precision=between).row
    assert np.abs(found - early).max() < np.abs(found - late).max()


@pytest.mark.parametrize(
    ("A", "B", "precision"),
    [([[1, 2]], [[1], [2]], 1.0), ([[1, np.nan]], [[1, 2]], 1.0), ([[1, 2]], [[1, 2]], -1.0)],
)
def test_bad_input_is_refused(A, B, precision):
    """Shapes that differ, payoffs that are not finite and negative precision are user errors."""
    with pytest.raises(InputError):
        quantal_response(A, B, precision=precision)


@settings(max_examples=30, deadline=None)
@given(
    st.integers(0, 10_000),
    st.integers(2, 4),
    st.sampled_from([1.0, 10.0, 1e3, 1e6]),
    st.booleans(),
)
def test_mirror_images_stay_so(seed, n, precision, doubles):
    """In a symmetric game both sides play alike at any precision, and identical actions too.

    Other branches cross the path in many of these games; it is followed among the points that
    share its symmetry, so none of them is taken for it.
    """
    A = np.random.default_rng(seed).normal(size=(n, n))
    if doubles:  # the last action twice
        A = np.pad(A, (0, 1), mode="edge")
    p, q = quantal_response(A, A.T, precision=precision)
    assert p == pytest.approx(q, abs=1e-12)
    if doubles:
        assert p[-1] == pytest.approx(p[-2], abs=1e-12)
    assert (A @ q).max() - p @ A @ q <= 1.01 * np.log(len(p)) / precision + 1e-8


def test_relabelled_mirror_images():
    """The battle of the sexes: each plays the own favourite as often as the other does."""
    p, q = quantal_response([[2, 0], [0, 1]], [[1, 0], [0, 2]], precision=1e6)
    assert p == pytest.approx(q[::-1], abs=1e-12)
    assert p[0] == pytest.approx(2 / 3, abs=1e-5)


def test_a_crossing_that_no_symmetry_makes():
    """Once dominated actions are all but gone, what is left of this game is symmetric.

    Two branches then pass within 1e-13 of each other; the path goes straight on.
    """
    A = [[3, -3, 2, 3], [1, 3, -1, -2], [2, 0, -3, 1], [2, 3, 0, -3]]
    B = [[-2, 0, -3, -3], [-2, 2, -2, 1], [-1, -2, -1, 0], [-2, -1, 2, -1]]
    for precision in (12.0, 1e4):
        p, q = quantal_response(A, B, precision=precision)
        assert residual(np.array(A), np.array(B), p, q, precision=precision) < 1e-7
        assert p.min() >= 0.0 and q.min() >= 0.0


@pytest.mark.parametrize("precision", [0.0, 1e-9, 1.0, 1e6])
def test_degenerate_games(precision):
    """One action, no stakes, ties: the even mix among what is equally good."""
    assert [x.tolist() for x in quantal_response([[1]], [[5]], precision=precision)] == [[1], [1]]
    same = quantal_response(np.ones((2, 3)), np.ones((2, 3)), precision=precision)
    assert np.concatenate(same) == pytest.approx([1 / 2] * 2 + [1 / 3] * 3)
    p, _ = quantal_response([[1], [2], [2]], [[0], [0], [0]], precision=precision)
    assert p[1] == pytest.approx(p[2])

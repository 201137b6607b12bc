"""What patience sustains: textbook sets, and the properties that any game must show."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import negotiation as ng
from negotiation.errors import InputError
from negotiation.theory import Game, folk_theorem

DILEMMA = [[3, 0], [5, 1]], [[3, 5], [0, 1]]
games = st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(
    lambda shape: st.tuples(*(arrays(np.int64, shape, elements=st.integers(-2, 3)),) * 2)
)


def inside(corners, point, slack=1e-9):
    """Whether a point lies in a convex polygon with corners counterclockwise."""
    sides = zip(corners, np.roll(corners, -1, axis=0), strict=True)
    turns = [
        (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) for a, b in sides
    ]
    low, high = corners.min(axis=0) - slack, corners.max(axis=0) + slack
    return min(turns) >= -slack and (point >= low).all() and (point <= high).all()


def test_the_prisoners_dilemma():
    """Everything above mutual defection, up to 13/3; cooperation from one half."""
    found = folk_theorem(*DILEMMA)
    assert found.feasible.tolist() == [[0, 5], [1, 1], [5, 0], [3, 3]]
    assert sorted(map(tuple, found.sustainable.tolist())) == [
        (1, 1), (1, 13 / 3), (3, 3), (13 / 3, 1),
    ]  # fmt: skip
    assert found.discounts.tolist() == [[0.5, math.inf], [math.inf, 0.0]]


def test_mixing_holds_a_player_down_further():
    """In matching pennies a pure threat leaves 1, a mixed one 0 (Fudenberg and Tirole 5.1)."""
    found = folk_theorem([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    assert found.pure_minmax == (1.0, 1.0) and found.minmax == (0.0, 0.0)
    assert found.sustainable.tolist() == [[0.0, 0.0]]


def test_chicken_is_kept_by_the_equilibrium_that_is_worse_for_the_deviator():
    """Mutual restraint pays 6, deviation 7, the other's equilibrium 2: patience of a fifth."""
    found = folk_theorem([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    assert found.discounts[0, 0] == pytest.approx((7 - 6) / (7 - 2))
    assert found.discounts[0, 1] == found.discounts[1, 0] == 0.0
    assert found.discounts[1, 1] == math.inf


@given(games)
def test_equilibria_and_only_feasible_payoffs_are_sustainable(payoffs):
    """Every equilibrium of the one-shot game is in the set, and the set in the feasible one."""
    found = folk_theorem(*payoffs)
    for equilibrium in Game(*payoffs).equilibria():
        assert inside(found.sustainable, np.array(equilibrium.payoffs))
    for corner in found.sustainable:
        assert inside(found.feasible, corner)
        assert (corner >= np.array(found.minmax) - 1e-12).all()
    assert (np.array(found.minmax) <= np.array(found.pure_minmax) + 1e-12).all()
    pure = Game(*payoffs).pure_equilibria
    assert {tuple(cell) for cell in np.argwhere(found.discounts == 0.0).tolist()} == set(pure)


@given(games, st.sampled_from([1e-9, 1e9]), st.sampled_from([0.0, 8.0]))
def test_the_unit_does_not_matter(payoffs, unit, shift):
    """The sets scale and shift with the payoffs, and the patience needed stays."""
    before = folk_theorem(*payoffs)
    after = folk_theorem(*((table + shift) * unit for table in payoffs))
    assert after.discounts == pytest.approx(before.discounts, abs=1e-9)
    assert np.array(after.minmax) / unit - shift == pytest.approx(before.minmax, abs=1e-9)
    for corners, others in ((before.feasible, after.feasible),
                            (before.sustainable, after.sustainable)):  # fmt: skip
        for corner in corners:
            assert np.abs(others / unit - shift - corner).max(axis=1).min() < 1e-9


def test_the_picture_says_what_it_shows():
    """Both sets are drawn, and the alternative text holds their corners and the marks."""
    found = folk_theorem(*DILEMMA)
    ax = ng.plots.folk_theorem(found, marks={"tit-for-tat": (3.0, 3.0)}, unit="points")
    drawn = {patch.get_gid(): patch.get_xy() for patch in ax.patches}
    assert set(drawn) == {"feasible", "sustainable"}
    assert drawn["sustainable"][:4].tolist() == found.sustainable.tolist()
    assert "(1, 4.33), (1, 1), (4.33, 1), (3, 3); tit-for-tat: (3, 3)" in ax.alt_text
    assert ax.get_ylabel() == "China, points a round"


@pytest.mark.parametrize("wrong", [([[1]], [[1, 2]]), ([[np.nan]], [[1]]), (np.eye(31),) * 2])
def test_what_is_no_game_is_refused(wrong):
    """Shapes, numbers and sizes that do not fit get a sentence."""
    with pytest.raises(InputError):
        folk_theorem(*wrong)

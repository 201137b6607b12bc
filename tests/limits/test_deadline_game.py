"""Limit L5: with one type a side the deadline rule is the logit equilibrium of a 2x2 game."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from negotiation.model import NegotiationModel
from negotiation.randomness import key_of
from negotiation.rules import deadline
from negotiation.scenario import Scenario
from negotiation.solvers.bayesian_quantal_response import average_logit
from negotiation.solvers.type_game import new_game
from negotiation.theory.logit_response import quantal_response, residual


def standing_deadline(**changes):
    """Talks on their first day with one type a side and nothing but a deadline to decide."""
    base = Scenario.load("split-the-pie")
    data = base.model_dump(mode="python")
    data["calendar"]["truce_expires"] = "2025-01-20"
    data["deadline"] = {"war_days": 365.0}
    for path, value in changes.items():
        table, name = path.split("__")
        data[table][name] = value
    return NegotiationModel(Scenario.from_dict(data), seed=1).scene.records


def hold_outs(price, us_cost, china_cost, us_precision=1.0, china_precision=1.0):
    """The chance that each side holds out, by the rule."""
    talks, world, stakes = standing_deadline(
        deadline__price=price, us__other_lapse_cost=us_cost, china__other_lapse_cost=china_cost,
        us__precision=us_precision, china__precision=china_precision,
    )  # fmt: skip
    deadline.prepare(talks, world, stakes)
    for side in range(2):
        assert talks.hold_out[side] == pytest.approx(talks.hold_out_mean[side], abs=1e-9)
    return tuple(float(p) for p in talks.hold_out_mean)


def payoff_matrices(price, us_cost, china_cost):
    """Rows and columns: hold out, extend."""
    us = np.array([[-us_cost, price], [-price, 0.0]])
    china = np.array([[-china_cost, -price], [price, 0.0]])
    return us, china


@settings(max_examples=40, deadline=None)
@given(
    st.floats(0.1, 8),
    st.floats(0.1, 60),
    st.floats(0.1, 60),
    st.floats(0.05, 2),
    st.floats(0.05, 2),
)
def test_one_type_a_side_plays_the_logit_equilibrium(price, us_cost, china_cost, row, column):
    """Holding out is the first action of a 2x2 game; its chance is the logit equilibrium's."""
    expected = average_logit(
        new_game(((price,), (-us_cost,), (1.0,), row), ((price,), (-china_cost,), (1.0,), column))
    )
    assert hold_outs(price, us_cost, china_cost, row, column) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("precision", [0.1, 0.5, 1.0, 3.0])
@pytest.mark.parametrize(
    "game", [(3.0, 12.0, 12.0), (3.0, 36.0, 12.0), (1.0, 20.0, 40.0), (5.0, 2.0, 9.0)]
)
def test_the_general_solver_finds_the_same(game, precision):
    """The same number from arclength continuation of the whole game's logit correspondence."""
    p, q = quantal_response(*payoff_matrices(*game), precision=precision)
    expected = (p[0], q[0])
    assert hold_outs(*game, precision, precision) == pytest.approx(expected, abs=1e-7)


GAMES = (
    "prisoners_dilemma", "chicken", "asymmetric_chicken", "stag_hunt", "battle_of_sexes",
    "matching_pennies", "ochs_asymmetric_pennies", "deadlock", "inspection", "extension_scaled",
    "random_2x3", "rps_biased",
)  # fmt: skip
# Where a symmetric game's branches cross the reference went on along an asymmetric one.
LEFT_THE_SYMMETRIC_BRANCH = {
    ("chicken", 2.0), ("battle_of_sexes", 1.0), ("battle_of_sexes", 2.0),
}  # fmt: skip


def played_2x2(A, B, precision):
    """First actions' chances by the rule's solver, which knows only what may be gained."""
    # gain of the first action if the other takes its second, and the change if not
    alpha, gamma = A[0, 1] - A[1, 1], B[1, 0] - B[1, 1]
    beta, delta = A[0, 0] - A[1, 0] - alpha, B[0, 0] - B[0, 1] - gamma
    us, china = ((alpha,), (beta,), (1.0,), precision), ((gamma,), (delta,), (1.0,), precision)
    return average_logit(new_game(us, china))


@pytest.mark.parametrize("name", GAMES)
def test_the_reference_branches_of_an_independent_solver(recorded, name):
    """L5: the principal branch of twelve games, as Gambit traced it at five or six precisions.

    Ten are 2x2 and go through the rule's own solver (to 1e-6), all twelve through the general one
    (to 1e-8). At three points past a crossing the reference is off the symmetric branch; there ours
    is a logit equilibrium too, and symmetric. McKelvey and Palfrey 1995,
    doi:10.1006/game.1995.1023; Turocy 2005, doi:10.1016/j.geb.2004.04.003.
    """
    games = json.loads((recorded / "logit_quantal_response.json").read_text())["games"]
    assert set(games) == set(GAMES)
    A, B = (np.array(games[name][key]) for key in ("row_payoffs", "column_payoffs"))
    for point in games[name]["branch"]:
        precision = point["precision"]
        p, q = quantal_response(A, B, precision=precision)
        assert residual(A, B, p, q, precision=precision) < 1e-12
        if (name, precision) in LEFT_THE_SYMMETRIC_BRANCH:
            assert p == pytest.approx(q if name == "chicken" else q[::-1], abs=1e-9)
        else:
            assert p == pytest.approx(point["row"], abs=1e-8)
            assert q == pytest.approx(point["column"], abs=1e-8)
        if A.shape == (2, 2):
            assert played_2x2(A, B, precision) == pytest.approx((p[0], q[0]), abs=1e-6)


@pytest.mark.parametrize("name", GAMES[:10])
def test_the_solver_over_types_plays_the_reference_s_games(recorded, name):
    """L5: all six types alike, the Bayesian solver of the deadline is on the 2x2 game's branch."""
    games = json.loads((recorded / "logit_quantal_response.json").read_text())["games"]
    A, B = (np.array(games[name][key]) for key in ("row_payoffs", "column_payoffs"))
    ones, shares = np.ones(6), np.full(6, 1 / 6)
    alpha, gamma = A[0, 1] - A[1, 1], B[1, 0] - B[1, 1]
    beta, delta = A[0, 0] - A[1, 0] - alpha, B[0, 0] - B[0, 1] - gamma
    for point in games[name]["branch"]:
        precision = point["precision"]
        row = alpha * ones, beta * ones, shares, precision
        column = gamma * ones, delta * ones, shares, precision
        expected = played_2x2(A, B, precision)
        assert average_logit(new_game(row, column)) == pytest.approx(expected, abs=1e-6)


def test_the_deadline_plays_the_reference_s_chicken(recorded):
    """L5: with price and fear of a lapse set to the reference's Chicken the rule plays its branch.

    Symmetric to the end; the reference leaves the symmetric branch by rounding at precision 2.
    """
    game = json.loads((recorded / "logit_quantal_response.json").read_text())["games"]["chicken"]
    A, B = (np.array(game[key]) for key in ("row_payoffs", "column_payoffs"))
    talks, world, stakes = standing_deadline()
    talks.tension = 1.0
    world.deadline_price = A[0, 1] - A[1, 1]
    world.tension_weight[0] = A[0, 0] - A[1, 0] - world.deadline_price
    world.tension_weight[1] = B[0, 0] - B[0, 1] - world.deadline_price
    assert world.deadline_price == B[1, 0] - B[1, 1] > 0
    for point in game["branch"]:
        world.precision[0] = world.precision[1] = point["precision"]
        deadline.prepare(talks, world, stakes)
        us, china = talks.hold_out_mean
        assert us == pytest.approx(china, abs=1e-9)
        assert (us, china) == pytest.approx(played_2x2(A, B, point["precision"]), abs=1e-6)


def test_the_limit_is_the_mixed_equilibrium_of_chicken():
    """Mirror-image sides near best response hold out with chance price / cost of a lapse."""
    assert hold_outs(3.0, 12.0, 12.0, 400.0, 400.0) == pytest.approx((0.25, 0.25), abs=0.01)


def test_the_side_that_fears_the_lapse_less_holds_out():
    """With a lapse three times as bad for the US the equilibrium tends to its yielding."""
    assert hold_outs(3.0, 36.0, 12.0, 400.0, 400.0) == pytest.approx((0.0, 1.0), abs=1e-3)


def test_swapping_the_sides_swaps_the_hold_outs():
    """The deadline is played at once: who is called US does not matter."""
    us, china = hold_outs(3.0, 30.0, 14.0, 0.5, 0.8)
    assert hold_outs(3.0, 14.0, 30.0, 0.8, 0.5) == pytest.approx((china, us), abs=1e-9)


def test_a_costlier_lapse_is_held_out_for_less_by_both_together():
    """In mirror-image Chicken both hold out less the more a lapse costs."""
    chances = [hold_outs(3.0, cost, cost)[0] for cost in (1.0, 5.0, 20.0, 80.0, 1000.0)]
    assert (np.diff(chances) < 0).all()
    assert chances[-1] < 0.01


def test_the_choices_fall_with_the_stated_chances():
    """Over 6,000 draws either side holds out as often as stated (false alarm 1e-3)."""
    talks, world, stakes = standing_deadline(
        deadline__price=3.0, us__other_lapse_cost=12.0, china__other_lapse_cost=9.0,
        us__precision=0.3, china__precision=0.3,
    )  # fmt: skip
    deadline.prepare(talks, world, stakes)

    counts = np.zeros((2, 2))
    for run in range(6000):
        talks.key = key_of(3, run)
        us, china = (deadline.holds_out(talks, side) for side in range(2))
        counts[int(us), int(china)] += 1
    p, q = talks.hold_out_mean
    expected = np.outer([1 - p, p], [1 - q, q]) * 6000
    assert stats.chisquare(counts.ravel(), expected.ravel()).pvalue > 1e-3

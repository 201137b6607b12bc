"""Limit L5: a decision date is the logit equilibrium of its game on a tree; so are 2x2 games."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.analysis.decision_date import deadline_tree, decision_date
from negotiation.scenario import Scenario
from negotiation.solvers.bayesian_quantal_response import average_logit
from negotiation.solvers.dispute_date import DATE, TERMS, weigh_date
from negotiation.solvers.dispute_problem import DISPUTE
from negotiation.solvers.type_game import new_game
from negotiation.theory.agent_response import agent_quantal_response
from negotiation.theory.game_tree import Chance, Decision, End, ExtensiveGame
from negotiation.theory.logit_response import quantal_response, residual

SIDES = ("us", "china")


@pytest.mark.parametrize("precision", [0.05, 0.3, 0.6])
@pytest.mark.parametrize("name", ["stockholm-2025", "stockholm-three-issues"])
def test_the_deadline_is_the_agent_logit_equilibrium_of_its_tree(name, precision):
    """L5: with types, words and answers are those of the whole tree's logit equilibrium.

    Every information set errs on its own (McKelvey and Palfrey 1998, doi:10.1023/A:1009905800005);
    the branch that starts from coin tossing is followed by a solver that knows nothing of demands.
    Choices over large stakes are as sharp as over small ones here, which is what that theory says.
    """
    changes = {"deadline.noise": 0.0} | {f"{side}.precision": precision for side in SIDES}
    scenario = Scenario.load(name).central().replace(changes)
    date = decision_date(scenario)
    chances = agent_quantal_response(deadline_tree(scenario), precision=precision).chances
    for side in SIDES:
        first, second = chances[f"{side} speaks first"], chances[f"{side} after an even word"]
        assert first["demand"] == pytest.approx(date.speaks[side], abs=1e-6)
        assert second["demand"] == pytest.approx(date.replies[side], abs=1e-6)
        for when in ("at once", "after an even word"):
            answers = chances[f"{side} asked {when}"]
            assert answers["give in"] == pytest.approx(date.gives_in[side], abs=1e-6)


money = st.floats(0.0, 12.0)


def one_type_a_side(lot, gain, toll, yes, none, precision):
    """A date at which nobody is resolute and no truce is worth a number to each side."""
    dispute, terms, date = np.zeros(1, DISPUTE), np.zeros(1, TERMS), np.zeros(1, DATE)
    dispute["first"], dispute["precision"] = lot, precision
    for field, value in (("gain", gain), ("toll", toll), ("yes", yes)):
        terms[field] = value
    for about in ("about_us", "about_china"):
        terms[about] = np.repeat(none, 2)[:, None]
    weigh_date(dispute[0], terms[0], date[0])
    return date[0]


@settings(max_examples=15, deadline=None)
@given(
    lot=st.floats(0.1, 0.9), gain=st.tuples(money, money), toll=st.tuples(money, money),
    price=st.tuples(money, money), cost=st.tuples(money, money),
    precision=st.tuples(st.floats(0.02, 1.0), st.floats(0.02, 1.0)),
)  # fmt: skip
def test_without_types_a_date_is_a_game_of_perfect_information(
    lot, gain, toll, price, cost, precision
):
    """L5: any stakes, any precisions: words and answers are the tree's logit equilibrium."""
    yes, none = -np.array(price), -np.array(cost)

    def end(us, china):
        """Payoffs in units of either side's noise, so that one precision serves both."""
        return End((us * precision[0], china * precision[1]))

    def asked(asker):
        given, refused = [0.0, 0.0], list(none)
        given[asker], given[1 - asker] = gain[asker] - toll[asker], yes[1 - asker]
        refused[asker] -= toll[asker]
        return given, refused

    def demanded(asker, when):
        given, refused = asked(asker)
        moves = {"give in": end(*given), "refuse": end(*refused)}
        return Decision(SIDES[1 - asker], moves, f"{SIDES[1 - asker]} asked {when}")

    def speech(first):
        second = 1 - first
        moves = {"even": end(0.0, 0.0), "demand": demanded(second, "second")}
        reply = Decision(SIDES[second], moves, f"{SIDES[second]} replies")
        moves = {"even": reply, "demand": demanded(first, "first")}
        return Decision(SIDES[first], moves, f"{SIDES[first]} speaks")

    tree = ExtensiveGame(Chance({"us": (lot, speech(0)), "china": (1.0 - lot, speech(1))}))
    chances = agent_quantal_response(tree, precision=1.0).chances
    date = one_type_a_side(lot, gain, toll, yes, none, precision)
    for side, name in enumerate(SIDES):
        for word in ("speaks", "replies"):
            demand = chances[f"{name} {word}"]["demand"]
            assert demand == pytest.approx(date[word][side], abs=1e-6)
        for when in ("first", "second"):
            answer = chances[f"{name} asked {when}"]["give in"]
            assert answer == pytest.approx(date["gives"][side], abs=1e-6)


def test_the_sharper_the_choices_the_nearer_to_backward_induction():
    """L5: at high precision whoever speaks second asks for what will be given, and gets it."""
    gain, yes, none = (4.0, 3.0), (-1.0, -1.0), np.array([-9.0, -9.0])
    date = one_type_a_side(0.5, gain, (0.5, 0.5), yes, none, (20.0, 20.0))
    assert date["gives"] == pytest.approx([1.0, 1.0], abs=1e-6)
    assert date["speaks"] == pytest.approx([1.0, 1.0], abs=1e-6)  # else the other would ask
    stubborn = one_type_a_side(0.5, gain, (0.5, 0.5), (-20.0, -20.0), none, (20.0, 20.0))
    assert stubborn["gives"] == pytest.approx([0.0, 0.0], abs=1e-6)
    assert stubborn["even"] == pytest.approx(1.0, abs=1e-6)


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
    """First actions' chances by the solver for private types, which knows what may be gained."""
    # gain of the first action if the other takes its second, and the change if not
    alpha, gamma = A[0, 1] - A[1, 1], B[1, 0] - B[1, 1]
    beta, delta = A[0, 0] - A[1, 0] - alpha, B[0, 0] - B[0, 1] - gamma
    us, china = ((alpha,), (beta,), (1.0,), precision), ((gamma,), (delta,), (1.0,), precision)
    return average_logit(new_game(us, china))


@pytest.mark.parametrize("name", GAMES)
def test_the_reference_branches_of_an_independent_solver(recorded, name):
    """L5: the principal branch of twelve games, as Gambit traced it at five or six precisions.

    Ten are 2x2 and go through the solver for private types (to 1e-6), all twelve through the
    general one (to 1e-8). At three points past a crossing the reference is off the symmetric
    branch; there ours is a logit equilibrium too, and symmetric. McKelvey and Palfrey 1995,
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
    """L5: all six types alike, the solver for private types is on the 2x2 game's branch."""
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

"""All of theory about a scenario: each table entry is held against its own formula."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from negotiation.analysis.stage_games import provocation, stage_games, tariffs
from negotiation.analysis.theory_table import game_table, logit_responses, power, theory_table
from negotiation.analysis.thresholds import enforcement, patience, promise, ratification
from negotiation.scenario import Scenario
from negotiation.theory import (
    Game,
    alternating_offers,
    bargaining_problem,
    frequent_offers,
)


@pytest.fixture(scope="module")
def stockholm() -> Scenario:
    """The main scenario."""
    return Scenario.load("stockholm-2025")


@pytest.fixture(scope="module")
def table(stockholm):
    """Its theory, as plain data."""
    return theory_table(stockholm)


def test_it_is_plain_data(table):
    """The table survives JSON without NaN or infinity, so any reader accepts it."""
    assert json.loads(json.dumps(table, allow_nan=False)) == table


def test_every_equilibrium_listed_is_one(table):
    """No action does better against the other side's mixture than the mixture played."""
    for game in table["games"].values():
        A, B = (np.array(game["payoffs"][side]) for side in ("us", "china"))
        assert game["equilibria"]
        for found in game["equilibria"]:
            p, q = np.array(found["us"]), np.array(found["china"])
            assert p @ A @ q == pytest.approx((A @ q).max())
            assert p @ B @ q == pytest.approx((p @ B).max())
            assert found["payoffs"] == pytest.approx([p @ A @ q, p @ B @ q])


def test_quantal_responses_are_fixed_points(table, stockholm):
    """Each side's odds are exp(precision x difference in payoff), its own precision counting."""
    own = stockholm.us.precision.value, stockholm.china.precision.value
    for game in table["games"].values():
        A, B = (np.array(game["payoffs"][side]) for side in ("us", "china"))
        assert [point["times_precision"] for point in game["logit"]] == [0, 0.25, 0.5, 1, 2, 4]
        for point in game["logit"]:
            p, q = np.array(point["us"]), np.array(point["china"])
            for mix, worth, precision in ((p, A @ q, own[0]), (q, p @ B, own[1])):
                odds = np.exp(point["times_precision"] * precision * (worth[0] - worth[1]))
                assert mix[0] == pytest.approx(odds / (1 + odds), abs=1e-7)


def test_class_comes_with_the_condition_that_makes_it(table):
    """The tariff game's name follows from the order of its payoffs, and the sentence says so."""
    game = table["games"]["tariffs"]
    us, china = (np.array(game["payoffs"][side]) for side in ("us", "china"))
    assert us[1, 0] > us[1, 1] > us[0, 0] > us[0, 1]  # deadlock: hawks at the mean, revenue counts
    assert china[0, 1] > china[0, 0] > china[1, 1] > china[1, 0]  # prisoner's dilemma
    assert game["class"] == "asymmetric"
    assert "deadlock for the US (T = " in game["because"]
    assert "prisoner's dilemma for China (T = " in game["because"]
    assert game["best_responses"]["us"] == {"free trade": ["tariff"], "tariff": ["tariff"]}
    assert game["dominated"] == {"us": ["free trade"], "china": ["free trade"]}


@pytest.mark.parametrize(("taste", "kind"), [(0.1, "prisoner's dilemma"), (0.3, "deadlock")])
def test_the_taste_for_protection_makes_the_tariff_game(stockholm, taste, kind):
    """Up to a taste of 0.2 free trade is a dilemma for the US, above it deadlock."""
    plain = stockholm.replace({"us.revenue_weight": 0.0, "china.revenue_weight": 0.0})
    game = tariffs(plain, taste=(taste, 0.15))
    assert game.game_class.row == kind
    assert game.game_class.column == "prisoner's dilemma"


def test_revenue_shifts_the_us_alone_towards_deadlock(stockholm, table):
    """Weight on revenue makes US tariffs worth more: its bar of patience rises, or none is left."""
    plain = stockholm.replace({"us.revenue_weight": 0.0, "us.types.stance.0": 0.0})
    weighted = plain.replace({"us.revenue_weight": 0.1})
    bars = [enforcement(s)["us"]["dove"]["grim_trigger"] for s in (plain, weighted)]
    assert bars[0] is not None and (bars[1] is None or bars[1] > bars[0])
    assert table["thresholds"]["enforcement"]["us"]["hawk"]["grim_trigger"] is None


def test_no_tariff_no_game(stockholm):
    """A game whose numbers are zero is not played: no tariff, no weight, no occasion, no expiry."""
    assert set(stage_games(Scenario.load("split-the-pie")).values()) == {None}
    assert tariffs(stockholm.replace({"economy.weight": 0.0})) is None
    assert tariffs(stockholm, rates=(0.0, 0.1)) is None
    still = {"us.provocation_rate": 0.0, "china.provocation_rate": 0.0}
    assert provocation(stockholm.replace(still)) is None


def test_provocation_by_hand(stockholm):
    """With answers certain: a step brings gain less damage; being hit costs damage less answer."""
    certain = {
        "provocation.damage": 1.0, "provocation.answer": 3.0,
        "us.precision": 100.0, "china.precision": 100.0, "us.tension_weight": 0.0,
        "china.tension_weight": 0.0, "us.provocation_gain": 1.5, "china.provocation_gain": 0.5,
    }  # fmt: skip
    game = provocation(stockholm.replace(certain))
    np.testing.assert_allclose(game.A, [[0.0, 2.0], [0.5, 2.5]], atol=1e-9)
    np.testing.assert_allclose(game.B.T, [[0.0, 2.0], [-0.5, 1.5]], atol=1e-9)
    assert game.dominated("us") == (0,) and game.dominated("china") == (1,)


def test_provoking_is_a_dilemma_where_the_gain_exceeds_the_answer(stockholm):
    """Steps that pay each side and hurt the other more: both step, both would rather not."""
    dear = {
        "provocation.damage": 3.0, "provocation.answer": 0.0, "us.provocation_gain": 2.5,
        "china.provocation_gain": 2.5, "us.tension_weight": 0.0, "china.tension_weight": 0.0,
        "us.precision": 1.0, "china.precision": 1.0,
    }  # fmt: skip
    assert provocation(stockholm.replace(dear)).game_class.name == "prisoner's dilemma"


def test_solutions_are_on_the_frontier_and_fair_by_their_own_rule(table, stockholm):
    """Egalitarian: equal gains; weighted Nash: slopes by the weights; Nash: the largest product."""
    found = table["bargaining"]["solutions"]
    problem = bargaining_problem(stockholm)
    gains = {name: np.array(solution["gains"]) for name, solution in found.items()}
    for name, solution in found.items():
        z = np.array(list(solution["package"].values()))
        assert problem.gains(z) == pytest.approx(gains[name], abs=1e-6)
        assert solution["residual"] < 1e-4
    assert gains["egalitarian"][0] == pytest.approx(gains["egalitarian"][1])
    assert gains["utilitarian"].sum() >= max(g.sum() for g in gains.values()) - 1e-9
    weights = np.array(table["bargaining"]["weights"])
    for name, power_of in (("nash", np.array([0.5, 0.5])), ("nash_weighted", weights)):
        best = (np.log(gains[name]) * power_of).sum()
        assert all((np.log(g) * power_of).sum() <= best + 1e-9 for g in gains.values())


def test_frontier_falls(table):
    """Along the frontier what the US gains China loses, and no solution lies beyond it."""
    frontier = np.array(table["bargaining"]["frontier"])
    assert (np.diff(frontier[:, 0]) > 0).all() and (np.diff(frontier[:, 1]) < 1e-9).all()
    for solution in table["bargaining"]["solutions"].values():
        better = (frontier >= [solution["us"] + 1e-6, solution["china"] + 1e-6]).all(axis=1)
        assert not better.any()


def test_patience_is_power(stockholm):
    """The weights of the Nash solution are the limit of alternating offers at these patiences."""
    limit = frequent_offers(
        rates=tuple(-math.log(side.patience.value) for side in (stockholm.us, stockholm.china))
    )
    assert power(stockholm) == pytest.approx(limit)
    found = patience(stockholm)
    years = stockholm.calendar.talks_every_days / 365
    shares = alternating_offers(
        us=stockholm.us.patience.value**years, china=stockholm.china.patience.value**years
    )
    assert found["shares"] == pytest.approx(shares._asdict())
    assert found["frequent_offers"] == pytest.approx(limit._asdict())
    assert patience(Scenario.load("split-the-pie"))["shares"] is None


def test_promises_of_textbook_games():
    """(5,3,1,0): grim trigger 1/2, tit-for-tat 2/3; deadlock never; no temptation always."""
    dilemma = promise(Game([[3, 0], [5, 1]], [[3, 5], [0, 1]]), 0, 0.9)
    assert dilemma["grim_trigger"] == pytest.approx(0.5)
    assert dilemma["tit_for_tat"] == pytest.approx(2 / 3)
    assert dilemma["tolerable_lag_days"] == pytest.approx(365 * math.log(0.5) / math.log(0.9))
    deadlock = promise(Game([[3, 0], [5, 4]], [[3, 5], [0, 1]]), 0, 0.9)
    assert (deadlock["grim_trigger"], deadlock["tit_for_tat"]) == (None, None)
    harmony = promise(Game([[5, 1], [3, 0]], [[3, 5], [0, 1]]), 0, 0.9)
    assert harmony["grim_trigger"] == 0.0 and harmony["tolerable_lag_days"] is None


def test_win_sets_shrink_with_what_is_needed(stockholm):
    """Putnam: a higher threshold at home leaves fewer packages, fewer still on both sides."""
    strict = stockholm.replace({"us.ratification": 0.6})
    before, after = (ratification(s, points=11) for s in (stockholm, strict))
    assert after["us"]["win_set"] < before["us"]["win_set"]
    assert after["china"] == before["china"]
    assert (
        after["both"] < before["both"] <= min(before["us"]["win_set"], before["china"]["win_set"])
    )


def test_a_side_without_constituencies_ratifies_everything(stockholm):
    """No home front, no table; scenarios without any have none."""
    assert ratification(Scenario.load("split-the-pie")) is None


def test_a_lost_branch_is_left_out(monkeypatch):
    """Where the logit branch cannot be followed the other multiples are still given."""
    from negotiation.analysis import theory_table as module

    def lost(A, B, *, precision):
        if precision > 1:
            raise ArithmeticError
        return np.array([0.5, 0.5]), np.array([0.5, 0.5])

    monkeypatch.setattr(module, "quantal_response", lost)
    game = Game([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    assert [p["times_precision"] for p in logit_responses(game, (1.0, 1.0))] == [0, 0.25, 0.5, 1]


def test_players_keep_their_names():
    """A game between others than the US and China is told by their names."""
    game = Game([[3, 0], [5, 1]], [[3, 5], [0, 1]], players=("store", "entrant"))
    found = game_table(game, (1.0, 1.0))
    assert set(found["payoffs"]) == set(found["dominated"]) == {"store", "entrant"}

"""Deadlines as demands, in whole runs: one order of play, chances that come true, what follows."""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np
import pytest

import negotiation as ng
from negotiation.ensemble import Ensemble

KINDS = ("propose", "yield", "cut")


@pytest.fixture(scope="module")
def scenario():
    """Stockholm, where demands are cheap and penalties often enough seen to end."""
    return ng.Scenario.load("stockholm-2025").replace(
        {"deadline.ultimatum": -1.0, "escalation.meeting_rate": 12.0}
    )


def test_decision_by_decision_it_is_the_run_of_the_ensemble(scenario):
    """Left to the rules at every point, a game ends in the ensemble's row."""
    rows = Ensemble(scenario).rows(seed=3, first=0, count=12)
    for run in range(12):
        game = ng.Game(scenario, seed=3, run=run)
        while game.point is not None:
            game.decide()
        assert game.talks.account["us"] == rows[run]["account"][0]
        assert game.talks.account["china"] == rows[run]["account"][1]
        assert ng.run(scenario, seed=3, run=run).transcript == game.talks.transcript


def test_stated_chances_come_true(scenario):
    """Over 120 runs, by kind: the yeses are as many as was said, within four standard errors."""
    said, sure, came = defaultdict(float), defaultdict(float), defaultdict(int)
    for run in range(120):
        game = ng.Game(scenario, seed=4, run=run)
        while (point := game.play_to()) is not None:
            if point.kind in KINDS:
                no, yes = point.kind.words
                chance = point.chances[yes]
                assert 0.0 <= chance <= 1.0 and point.chances[no] == 1.0 - chance
                said[point.kind] += chance
                sure[point.kind] += chance * (1.0 - chance)
            game.decide()
            if point.kind in KINDS:
                came[point.kind] += game.decisions[-1].choice == yes
    assert set(said) == set(KINDS)
    for kind in KINDS:
        assert abs(came[kind] - said[kind]) < 4 * math.sqrt(sure[kind]) + 1e-9


def at_the_deadline(scenario, *choices, seed=1, run=0):
    """A game in which the sides say these things at the first deadline."""
    game = ng.Game(scenario, seed=seed, run=run)
    for choice in choices:
        game.play_to(ng.Kind.YIELD if choice in ("give_in", "refuse") else ng.Kind.PROPOSE)
        game.decide(choice)
    return game


def date_met(game):
    """What is told of the first deadline."""
    return next(e for e in game.play().talks.events if e.kind == "date_met")


def test_two_even_words_extend_the_truce(scenario):
    """Nothing changes hands, and the new date is one of the three lengths away."""
    event = date_met(at_the_deadline(scenario, "even", "even"))
    assert event.side is None and event.detail["agreed"]
    assert event.detail["expiry"] - event.detail["due"] in (30.0, 90.0, 180.0)


def test_a_demand_that_is_granted_is_paid(scenario):
    """Whoever asks gains what is told, the other pays what is told, and the truce goes on."""
    game = at_the_deadline(scenario, "demand", "give_in")
    asker = game.decisions[-2].side
    event = date_met(game)
    assert ("us", "china")[event.side] == asker
    wanted = event.detail["demand"]
    assert scenario.issues[wanted].conceded_by != asker
    assert scenario.issues[wanted].mandate.value > 0.0
    even = date_met(at_the_deadline(scenario, "even", "even"))
    assert event.detail["gain"] > 0.0
    assert even.detail["gain"] == even.detail["price"] == 0.0


def test_a_demand_that_is_refused_brings_penalties(scenario):
    """The truce lapses; in full, China may cut rare earths; crisis meetings follow in some runs."""
    kinds = set()
    # what is signed before would leave no deadline
    scenario = scenario.replace({"us.reservation": 1000.0})
    for run in range(30):
        game = at_the_deadline(scenario, "demand", "refuse", run=run)
        event = date_met(game)
        assert not event.detail["agreed"] and event.detail["regime"] in ("escalation", "lapse")
        kinds |= {e.kind for e in game.talks.events}
    assert {"crisis_meeting", "rare_earths_cut"} <= kinds


def test_the_resolute_never_give_in(scenario):
    """Of many who give in none is resolute; resolve is drawn anew with the next dispute."""
    changed = 0
    for run in range(60):
        game = ng.Game(scenario, seed=9, run=run)
        resolve = None
        while (point := game.play_to()) is not None:
            state = point.records[0]
            if resolve is not None and list(state["resolve"]) != resolve:
                changed += 1
            resolve = list(state["resolve"])
            if point.kind == "yield" and state["resolve"][("us", "china").index(point.side)]:
                assert point.chances["give_in"] == 0.0
            game.decide()
    assert changed > 0


def test_what_is_cut_burns_the_stock(scenario):
    """A cut lowers the stock that the state holds, and in time costs the US."""
    # all of the suspended points return, so that there is something to cut
    whole = {"escalation.partial": 0.0, "tariffs.peak_weight": 0.0, "deadline.grace": 0.0}
    game = at_the_deadline(scenario.replace(whole), "demand", "refuse", run=2)
    assert game.play_to(ng.Kind.CUT) is not None
    twin = game.fork()
    game.decide("cut")
    twin.decide("sell")
    cut, sold = (g.play().history()["stock"] for g in (game, twin))
    assert np.min(cut) < np.min(sold)

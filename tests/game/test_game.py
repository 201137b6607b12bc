"""The game: left to the rules it is the ensemble's run; decided otherwise it is another."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import negotiation as ng
from negotiation.ensemble import Ensemble
from negotiation.errors import InputError
from negotiation.game import Game, Kind, PackageSpace, Share
from negotiation.model import NegotiationModel
from negotiation.rules import script

sys.path.insert(0, str(Path(__file__).parents[1] / "runs"))
from random_scenarios import SHIPPED, random_scenarios

STOCKHOLM, THREE, PIE = SHIPPED
MOODS = ("accept_shock", "attend_shock", "sign_shock", "home_shock")  # one draw each a run


def row_of(game: Game) -> bytes:
    """The outcome of a game, as bytes."""
    return game.play().row().tobytes()


@pytest.mark.parametrize("scenario", list(random_scenarios(40)), ids=lambda s: s.name)
def test_decision_by_decision_it_is_the_run_of_the_ensemble(scenario):
    """Stopped at every decision, and left to the rule there, no bit of the outcome differs."""
    row = Ensemble(scenario).rows(seed=20250728, first=7, count=1)
    game = Game(scenario, seed=20250728, run=7)
    while game.point is not None:
        game.decide()
    assert game.row().tobytes() == row.tobytes()
    assert game.talks.transcript == ng.run(scenario, seed=20250728, run=7).transcript


@pytest.mark.parametrize("name", SHIPPED)
def test_every_driver_plays_the_same_run(name):
    """Played through, stopped here and there, stepped by Mesa: the ensemble's row, bit by bit."""
    scenario = ng.Scenario.load(name)
    rows = Ensemble(scenario).rows(seed=3, first=2**33 + 1, count=6)
    for i in range(6):
        run = 2**33 + 1 + i
        stopped = Game(scenario, seed=3, run=run)
        while stopped.play_to(Kind.OFFER, Kind.SIGN, side="china") is not None:
            stopped.decide()
        mesa_row = NegotiationModel(scenario, seed=3, run=run).play().row()
        assert row_of(Game(scenario, seed=3, run=run)) == rows[i : i + 1].tobytes()
        assert stopped.row().tobytes() == mesa_row.tobytes() == rows[i : i + 1].tobytes()


def test_taking_every_decision_as_the_rule_did_changes_nothing():
    """Every yes and no given from outside as the rule gave it is the same run, bit by bit."""
    for scenario in random_scenarios(12):
        ruled, told = Game(scenario, seed=5), Game(scenario, seed=5)
        while (point := ruled.point) is not None:
            ruled.decide()
            if point.kind is Kind.OFFER:
                told.decide()
                continue
            told.decide(ruled.decisions[-1].choice)
        assert told.row().tobytes() == ruled.row().tobytes()
        assert any(order.answer == script.YES for order in told.orders)


def test_the_stated_chances_come_true():
    """Over many games, of all decisions with a stated chance of yes, that share is a yes.

    For each kind the yeses are as many as the chances add up to, within 4 standard deviations
    (false alarm 1e-4 each): a chance is given the type and all earlier answers.
    """
    found: dict[Kind, list[tuple[float, bool]]] = {}
    scenario = ng.Scenario.load(STOCKHOLM).replace(
        {"deadline.ultimatum": -1.0, "compliance.review_rate": 6.0, "talks.full_powers": 0.5}
    )
    for run in range(120):
        game = Game(scenario, seed=9, run=run)
        while (point := game.point) is not None:
            if point.kind is Kind.OFFER:
                game.decide()
                continue
            yes = point.chances[point.choices[1]]
            game.decide()
            said = game.decisions[-1].choice == point.choices[1]
            found.setdefault(point.kind, []).append((yes, said))
    dates = {Kind.PROPOSE, Kind.YIELD, Kind.CUT}
    assert dates | {Kind.STEP, Kind.ANSWER, Kind.INITIAL, Kind.ATTEND, Kind.SIGN} <= set(found)
    for kind, pairs in found.items():
        p, said = np.array(pairs).T
        spread = np.sqrt(max((p * (1 - p)).sum(), 1e-12))
        assert abs(said.sum() - p.sum()) <= 4.0 * spread + 1e-9, (kind, said.sum(), p.sum())


def test_a_fork_goes_its_own_way_and_leaves_the_game_alone():
    """Two branches share the past; what one decides does not show in the other."""
    game = Game(ng.Scenario.load(STOCKHOLM), seed=2)
    before = game.play_to(Kind.PROPOSE)
    twin = game.fork()
    twin.decide("demand")
    game.decide("even")
    assert [e for e in twin.events if e.day < before.day] == [] or twin.events[0].day >= 0
    assert game.point is None or game.point.number > before.number
    assert row_of(twin) != row_of(game)


def test_nothing_done_to_records_changes_a_run():
    """Neither of the game nor of a fork that was made before."""
    game = Game(ng.Scenario.load(STOCKHOLM), seed=2)
    game.play_to(Kind.PROPOSE)
    twin, ends = game.fork(), row_of(game.fork())
    talks, world, stakes = game.records
    world.patience[:], world.talks_every_days, talks.account[:] = 0.01, 0.0, 1e6
    stakes.alpha[:] = 0.0
    game.state["tension"] = 50.0
    assert game.talks.account != {"us": 1e6, "china": 1e6}
    assert row_of(game.fork()) == row_of(twin) == ends


def test_the_same_luck_ahead_and_other_luck():
    """A fork has the same luck; with another seed it keeps what the first day drew, no more."""
    game = Game(ng.Scenario.load(STOCKHOLM), seed=2)
    game.play_to(Kind.PROPOSE)
    assert row_of(game.fork()) == row_of(game.fork())
    assert row_of(game.fork(seed=2)) == row_of(game.fork())
    others = [game.fork(seed=100 + k) for k in range(8)]
    for other in others:
        assert other.point == game.point
        other.play()
        for name in ("stance", "trait", *MOODS):
            assert other.state[name].tolist() == game.state[name].tolist(), name
    assert len({row_of(other) for other in others}) > 1


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_whatever_is_decided_beliefs_stay_beliefs(run, chance):
    """Any choices at all lead to the horizon, beliefs that add up to one, and finite accounts.

    Even choices that no type would have made, such as a resolute side that gives in.
    """
    game = Game(ng.Scenario.load(THREE), seed=4, run=run)
    while (point := game.point) is not None:
        if point.kind is Kind.OFFER:
            game.decide(Share(chance.random()))
        else:
            game.decide(chance.choice(point.choices))
        assert game.state["beliefs"].sum(axis=1) == pytest.approx([1.0, 1.0])
    assert np.isfinite(game.row()["account"]).all()
    assert game.talks.transcript


def test_a_position_is_saved_and_found_again():
    """An address through JSON leads to the same point and the same end, forks and luck included."""
    scenario = ng.Scenario.load(STOCKHOLM)
    game = Game(scenario, seed=6, run=3)
    game.play_to(Kind.OFFER)
    game.decide({"fentanyl_tariff": 0.25})
    game.play_to(Kind.ANSWER)
    game.decide("refuse")
    game.play_to(Kind.PROPOSE)
    game = game.fork(seed=99)
    again = Game.at(scenario, json.loads(json.dumps(game.address)))
    assert again.point == game.point
    assert again.state.tobytes() == game.state.tobytes()
    assert row_of(again) == row_of(game)


def test_an_address_of_something_else_is_refused():
    """Another scenario, a missing entry, no decision, too many: one sentence each."""
    scenario = ng.Scenario.load(THREE)
    address = Game(scenario, seed=1).address
    with pytest.raises(InputError, match=r"fingerprint .*; split-the-pie has"):
        Game.at(ng.Scenario.load(PIE), address)
    with pytest.raises(InputError, match="address: run is missing; expected scenario, seed"):
        Game.at(scenario, {k: v for k, v in address.items() if k != "run"})
    with pytest.raises(InputError, match="is no decision; expected"):
        Game.at(scenario, address | {"decisions": [{"at": 1, "answer": "perhaps"}]})
    with pytest.raises(InputError, match="100,000 decisions taken; the negotiation has only"):
        Game.at(scenario, address | {"taken": 100_000})


def test_what_cannot_be_chosen_is_refused_in_a_sentence():
    """A wrong word is guessed at, a package is checked issue by issue, the end is the end."""
    game = Game(ng.Scenario.load(STOCKHOLM), seed=1)
    game.play_to(Kind.OFFER)
    space = game.point.choices
    assert isinstance(space, PackageSpace) and [0.0] * len(space.issues) in space
    with pytest.raises(InputError, match=r"no issue 'fentanyl_tarif'\. Did you mean"):
        game.decide({"fentanyl_tarif": 0.1})
    with pytest.raises(InputError, match=r"offer: 7 of fentanyl_tariff; allowed: 0 to"):
        game.decide({"fentanyl_tariff": 7})
    with pytest.raises(InputError, match="is no package; allowed: a finite number for each of 11"):
        game.decide([0.1, 0.2])
    with pytest.raises(InputError, match="share = 1.5 is out of range; allowed: from 0 to 1"):
        game.decide(Share(1.5))
    game.decide()
    game.play_to(Kind.ANSWER)
    with pytest.raises(InputError, match=r"Did you mean 'accept'\? Allowed: refuse, accept"):
        game.decide("acept")
    assert game.point.kind is Kind.ANSWER  # nothing was lost
    game.play()
    with pytest.raises(InputError, match="the horizon is reached"):
        game.decide()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda pie: ng.Game("split-the-pee"), r"'split-the-pee' does not exist.*Did you mean"),
        (lambda pie: ng.Game(7), "Game: scenario = 7 is not allowed; expected a Scenario or"),
        (lambda pie: ng.run(None, seed=1), "run: scenario = None is not allowed; expected a"),
        (lambda pie: ng.odds([]), r"odds: scenario = \[\] is not allowed; expected"),
        (
            lambda pie: ng.grid(7, {"us.patience": [0.8]}),
            "grid: scenario = 7 is not allowed; expected a",
        ),
        (lambda pie: ng.Game(pie).play_to("yeild"), "kind of decision 'yeild'.*mean 'yield'"),
        (lambda pie: ng.Game(pie).play_to(side="eu"), "side 'eu' does not exist; allowed: china"),
        (
            lambda pie: ng.Game(pie).play_to(tick="soon"),
            "tick = 'soon' is not allowed; expected a whole",
        ),
        (
            lambda pie: ng.Game(pie).decide(Share("a")),
            "share = 'a' is not allowed; expected a finite",
        ),
        (lambda pie: ng.Game(pie).continued(None, runs=-1), "runs = -1 is out of range"),
        (
            lambda pie: ng.Game(pie).continued(None, runs=2.5),
            "runs = 2.5 is not allowed; expected a whole",
        ),
        (lambda pie: ng.Game(pie, strategies=7), "strategies = 7 is not allowed; expected a table"),
        (lambda pie: ng.Game(pie, strategies={"eu": ng.Strategy()}), "strategies: side 'eu' does"),
        (lambda pie: ng.Game(pie, strategies={"us": "linear"}), "us: 'linear' is no instance of"),
        (lambda pie: ng.Game(pie, strategies={"us": ng.Strategy}), "no instance of ng.Strategy; a"),
        (lambda pie: ng.Game.at(pie, 7), "address = 7 is not allowed; expected a table"),
    ],
)
def test_a_wrong_argument_is_a_sentence(call, words):
    """What is wrong, where, and what is allowed; never an error of Python's own."""
    with pytest.raises(InputError, match=words):
        call(ng.Scenario.load("split-the-pie"))


def test_a_scenario_may_be_given_by_name_or_path_and_a_kind_by_name(tmp_path):
    """The same run as of the loaded scenario, stopped at the same decision."""
    pie = ng.Scenario.load("split-the-pie")
    path = tmp_path / "pie.toml"
    path.write_text(pie.to_toml(), "utf-8")
    wanted = Game(pie, seed=2).play_to(Kind.ANSWER, side="us")
    for form in ("split-the-pie", path, str(path)):
        game = Game(form, seed=2)
        assert game.play_to("answer", side="us") == wanted
        assert Game.at(form, game.address).point == wanted
        assert ng.run(form, seed=2) == ng.run(pie, seed=2)
    assert ng.compare("split-the-pie", pie, runs=10).events["deal"].difference == 0.0


def test_a_chosen_package_is_the_offer_on_the_table():
    """What is offered from outside is what the other side answers, and what is told."""
    game = Game(ng.Scenario.load(THREE), seed=1)
    point = game.play_to(Kind.OFFER)
    package = [0.5 * item.reach for item in point.choices.issues]
    game.decide(package)
    answer = game.play_to(Kind.ANSWER)
    assert answer.view.last_offer == pytest.approx(tuple(package))
    game.decide("refuse")
    told = [e for e in game.play().events if e.kind == "offer"][0]
    assert told.detail["package"][: len(package)].tolist() == pytest.approx(package)


def test_every_kind_has_a_sentence_a_decider_and_words():
    """The compiled rules and the words agree on the kinds, and yes comes last."""
    codes = [kind.code for kind in Kind]
    assert codes == list(range(len(Kind))) == sorted(getattr(script, kind.name) for kind in Kind)
    for kind in Kind:
        assert kind.sentence.endswith(".")
        assert kind.actor in ("delegation", "leader", "home front")
        assert len(kind.words) == (0 if kind is Kind.OFFER else 2)


def test_history_is_the_state_tick_by_tick():
    """From the first day to the horizon, a state a tick; Mesa's collector has all but the first."""
    scenario = ng.Scenario.load(STOCKHOLM)
    model = NegotiationModel(scenario, seed=8).play()
    table = model.datacollector.get_model_vars_dataframe()
    history = Game(scenario, seed=8).play().history()
    assert history["day"].tolist() == [0.0, *table["day"]]
    assert history["tension"][1:].tolist() == table["tension"].tolist()
    regimes = ng.run(scenario, seed=8).to_pandas()["regime"].tolist()
    assert regimes == ["truce", *table["regime"]]


@pytest.mark.parametrize(
    ("decisions", "words"),
    [
        (None, "decisions is None; expected a list."),
        ([{"at": 0, "answer": "package", "package": [9e9]}], "allowed: 0 to 1."),
        ([{"at": 0, "answer": "package", "package": [math.nan]}], "is no decision"),
        ([{"at": 0, "answer": "package", "package": []}], "is no package"),
        ([{"at": 0, "answer": "share", "share": 7}], "a share of 7; allowed: from 0 to 1."),
        ([{"at": 0, "answer": "yes"}], "of the kind offer; allowed: by_rule, package, share."),
        ([{"at": 1, "answer": "package", "package": [0.5]}], "kind answer; allowed: by_rule, no"),
        ([{"at": -1, "answer": "yes"}], "decision -1 is out of order; allowed: 0 to 2."),
        ([{"at": 1, "answer": "yes"}] * 2, "decision 1 is out of order; allowed: 2 to 2."),
        ([{"at": 7, "answer": "yes"}], "decision 7 is out of order; allowed: 0 to 2."),
        ([{"at": 2, "answer": "yes"}], "decision 2 has an answer, and is not taken yet."),
        ([{"at": 1, "answer": "by_rule", "luck": 2**70}], "is no decision"),
    ],
)
def test_an_address_of_what_cannot_be_decided_is_refused(decisions, words):
    """What `decide` would refuse an address cannot bring in: each is a sentence."""
    pie = ng.Scenario.load("split-the-pie")
    game = ng.Game(pie, seed=1)
    game.decide()
    game.decide()
    with pytest.raises(InputError) as caught:
        ng.Game.at(pie, game.address | {"decisions": decisions})
    assert words in str(caught.value)


def test_the_same_run_is_equal():
    """Two transcripts of one address are equal; of another they are not."""
    pie = ng.Scenario.load("split-the-pie")
    assert ng.run(pie, seed=1) == ng.run(pie, seed=1) == ng.Game(pie, seed=1).play().talks
    assert ng.run(pie, seed=1) != ng.run(pie, seed=2)

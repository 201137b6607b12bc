"""The built-in classes are the compiled rules, and do what their sources say."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import negotiation as ng
from negotiation.ensemble import Ensemble
from negotiation.model import NegotiationModel
from negotiation.rules import aspirations
from negotiation.strategies.practice import Practice
from negotiation.tactics.behaviour_dependent import RandomTitForTat
from negotiation.tactics.facts import STEP
from negotiation.tactics.registry import BUILT_IN
from negotiation.tactics.time_dependent import Boulware, Conceder, Exponential, Linear

THREE = "stockholm-three-issues"


@pytest.mark.parametrize("name", [n for n in BUILT_IN if n != "random-tit-for-tat"])
def test_the_class_plays_as_the_compiled_rule_does(name):
    """A run in which an instance sits at the table is the run of the built-in rule, bit by bit.

    Save for the random one: the luck that a class is handed is not the run's own number, from
    which it could work out the rest.
    """
    base = ng.Scenario.load(THREE)
    for run, side in enumerate(("us", "china", "us", "china")):
        scenario = base.replace({f"{side}.strategy": name})
        games = [
            ng.Game(scenario, seed=11, run=run, strategies=seated)
            for seated in ({}, {side: ng.strategies.find(name)()})
        ]
        assert games[1].own_strategy(side) is not None
        assert games[0].play().row().tobytes() == games[1].play().row().tobytes()


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_built_in_strategy_says_where_it_comes_from(name):
    """A source, a family, one line on what it does, and that both drivers play it."""
    told = ng.strategies.describe(name)
    assert told.source and told.summary.endswith(".")
    assert told.runs_in == "single runs and the ensemble"
    assert told.stochastic == (name == "random-tit-for-tat")
    assert told.to_dict()["family"] == told.family


class At:
    def __init__(self, time):
        self.time = time


FARATIN = {  # reference table: k = 0.1; t = .25, .5, .75
    (Linear, 0.5): (0.15625, 0.325, 0.60625),
    (Linear, 1.0): (0.325, 0.55, 0.775),
    (Linear, 2.0): (0.55, 0.736396, 0.879423),
    (Exponential, 0.5): (0.136137, 0.196288, 0.316228),
    (Exponential, 1.0): (0.177828, 0.316228, 0.562341),
    (Exponential, 2.0): (0.273842, 0.562341, 0.865964),
}


@pytest.mark.parametrize(("tactic", "beta"), FARATIN)
def test_time_dependent_shares_are_faratin_s(tactic, beta):
    """Faratin, Sierra and Jennings 1998: alpha(t), of which a strategy holds out for the rest."""
    asked = type("Asked", (tactic,), {"kappa": 0.1, "beta": beta})()
    held = [asked.share(At(t)) for t in (0.25, 0.5, 0.75)]
    assert [1 - h for h in held] == pytest.approx(FARATIN[tactic, beta], abs=5e-7)


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_boulware_concedes_later_than_a_conceder(one, other):
    """At any time Boulware holds out for at least what linear does, that for what a conceder does.

    And nobody ever asks for more than before.
    """
    for time in (one, other):
        asked = [tactic().share(At(time)) for tactic in (Boulware, Linear, Conceder)]
        assert asked[0] >= asked[1] >= asked[2]
    for tactic in (Boulware, Linear, Conceder, Exponential):
        assert tactic().share(At(min(one, other))) >= tactic().share(At(max(one, other)))


def course(us, china, *, scenario="split-the-pie", **changes):
    """Return the turns of the talks between two built-in strategies, the US offering first."""
    table = ng.Scenario.load(scenario).central().replace(changes)
    return Practice(table, "us", china).play(ng.strategies.find(us)())


def held(turns, side):
    """Return the shares that a side held out for, offer by offer."""
    return [turn.held for turn in turns if turn.side == side]


SHARP = {"talks.reading_error": 1e-6}


def test_tit_for_tat_mirrors():
    """Relative tit for tat has come as far of its way as the other was seen to come, less 2%."""
    turns = course("linear", "tit-for-tat", **SHARP)
    pairs = [(a, b) for a, b in pairwise(turns) if a.side == 0 and b.side == 1]
    assert len(pairs) > 5
    for theirs, mine in pairs:
        assert mine.held == pytest.approx(0.98 * theirs.held, abs=1e-4)


def test_random_tit_for_tat_repeats_the_last_step_up_to_its_noise():
    """Each step is the other's last one, within the noise of 0.02."""
    turns = course("linear", "random-tit-for-tat", **SHARP)
    theirs, mine = [1.0, *held(turns, 0)], [1.0, *held(turns, 1)]
    for n in range(1, len(mine)):
        step = theirs[n - 1] - theirs[n]
        assert mine[n - 1] - mine[n] == pytest.approx(step, abs=RandomTitForTat.noise + 1e-4)


def test_averaged_tit_for_tat_shrinks_its_demand_as_the_other_s_has_shrunk_over_two_steps():
    """Faratin, Sierra and Jennings 1998: the ratio over a window of two, no root of it."""
    turns = course("linear", "averaged-tit-for-tat", **SHARP)
    theirs, mine = held(turns, 0), held(turns, 1)
    assert mine[:2] == [1.0, 1.0] and len(mine) > 10
    for n in range(2, len(mine)):
        assert mine[n] == pytest.approx(mine[n - 1] * theirs[n] / theirs[n - 2], abs=1e-4)


TIT_FOR_TATS = {  # what it gives ahead of the other, and the settings that keep out its own luck
    "tit-for-tat": (0.02, {}),
    "random-tit-for-tat": (0.0, {"noise": 0.0}),
    "averaged-tit-for-tat": (0.0, {}),
}


@pytest.mark.parametrize("name", TIT_FOR_TATS)
@pytest.mark.parametrize("side", ["us", "china"])
@settings(max_examples=10, deadline=None)
@given(st.integers(1, 10**6), st.floats(0.0005, 0.005))
def test_a_side_that_never_moves_gets_no_more_than_the_first_step(name, side, seed, error):
    """A quarter of the way is what the obstinate opens with, and all that it is answered with.

    At any seed, up to errors of reading. The averaged one answers ratios, so not an opening, and
    counts each reading twice.
    """
    own, stated = TIT_FOR_TATS[name]
    opening, errors = (0.0, 10.0) if name == "averaged-tit-for-tat" else (0.25, 4.0)
    table = ng.Scenario.load("split-the-pie").replace({"talks.reading_error": error})
    strategy = ng.strategies.find(name).having(stated)
    turns = Practice(table, side, "obstinate").play(strategy, seed=seed)
    index = ("us", "china").index(side)
    assert len(turns) == 52 and not turns[-1].accepted
    assert min(held(turns, index)) >= (1.0 - own) * (1.0 - opening) - errors * error


def test_practice_has_the_rounds_of_the_talks():
    """Where nobody accepts, as many as in a negotiation that lasts to the horizon, in turn."""
    floors = {f"{side}.reservation": 0.6 for side in ("us", "china")}
    strategies = {f"{side}.strategy": "obstinate" for side in ("us", "china")}
    for every in (7, 10, 21):
        pie = ng.Scenario.load("split-the-pie")
        pie = pie.replace(floors | strategies | {"calendar.talks_every_days": every})
        played = [e.side for e in ng.run(pie, seed=1).events if e.kind == "offer"]
        turns = Practice(pie, "us", "obstinate").play(ng.strategies.find("obstinate")())
        assert [turn.side for turn in turns] == played


@pytest.mark.parametrize("name", TIT_FOR_TATS)
def test_at_the_error_not_stated_a_side_that_never_moves_gets_next_to_nothing(name):
    """One that holds out for everything, read with an error of a tenth of the way: 200 runs."""
    scenario = ng.Scenario.load("split-the-pie").replace(
        {"us.strategy": name, "china.strategy": {"name": "linear", "kappa": 0.0, "beta": 0.0}}
    )
    if name == "random-tit-for-tat":
        scenario = scenario.replace({"us.strategy.noise": 0.0})
    given_up = []
    for run in range(200):
        game = ng.Game(scenario, seed=3, run=run)
        game.play()
        given_up.append(1.0 - game.state["held"][0])
    assert 0.0 <= sum(given_up) / len(given_up) < 0.06


@pytest.mark.parametrize("name", TIT_FOR_TATS)
def test_tit_for_tats_among_themselves_split_alike(name):
    """Neither seat is the better one: over 400 runs both gain alike, to 4 errors."""
    scenario = ng.Scenario.load("split-the-pie").replace(
        {"us.strategy": name, "china.strategy": name}
    )
    gains = Ensemble(scenario).rows(seed=5, first=0, count=400)["yearly_gain"]
    ahead = gains[:, 0] - gains[:, 1]
    assert 0.1 < (gains.sum(axis=1) > 0.0).mean() < 0.9
    assert abs(ahead.mean()) <= 4.0 * ahead.std() / len(ahead) ** 0.5


@pytest.mark.parametrize("name", [*TIT_FOR_TATS, "learned", "micro"])
def test_a_pie_of_a_billion_is_split_as_one_of_a_thousand(name):
    """Shares do not depend on the unit of money: the error not stated grows with the pie."""
    pie = ng.Scenario.load("split-the-pie")
    money = ("us.agreement_value", "issues.pie.us_gain", "issues.pie.china_gain")
    numbers = dict(pie.numbers())
    shares = []
    for scale in (1.0, 1024.0):
        table = pie.replace({path: scale * numbers[path].value for path in money})
        table = table.replace({f"{side}.precision": 1000.0 / scale for side in ("us", "china")})
        shares.append(held(Practice(table, "china", "linear").play(ng.strategies.find(name)()), 1))
    assert shares[0] == pytest.approx(shares[1], abs=1e-9)


def offers_and_micro(other, side):
    """Return, at each offer of MiCRO, its distinct offers and those that the other has made."""
    us, china = ("micro", other) if side == 0 else (other, "micro")
    mine: list[float] = []
    theirs: list[float] = []
    for turn in course(us, china, scenario=THREE):
        (mine if turn.side == side else theirs).append(turn.held)
        if turn.side == side:
            yield mine.copy(), theirs.copy()


def steps(shares):
    """Return the different steps of 0.05 that shares ask for: offers on one step are the same."""
    return {round(share / STEP) for share in shares}


@pytest.mark.parametrize("other", [n for n in BUILT_IN if n != "micro"])
def test_micro_makes_at_most_one_different_offer_more_than_the_other(other):
    """De Jonge 2022, doi:10.24963/ijcai.2022/32: repeated offers of the other side do not count."""
    for side in (0, 1):
        for mine, theirs in offers_and_micro(other, side):
            assert len(steps(mine)) - 1 <= len(steps(theirs))


def test_micro_stops_conceding_to_one_that_never_moves():
    """De Jonge 2022: to the one offer of an obstinate side it answers with two, and stays there."""
    for side in (0, 1):
        *_, (mine, theirs) = offers_and_micro("obstinate", side)
        assert len(mine) > 3 and len(steps(theirs)) == 1
        assert steps(mine) == {20, 19}


@pytest.mark.parametrize(("theirs", "expected"), [(1, 0.9), (2, 0.85)])
def test_micro_weighs_an_offer_against_its_next_one(theirs, expected):
    """De Jonge 2022: ready to concede it takes what its next offer brings, else what its last does.

    It has asked for 1.0 and 0.9; the other side for one or two different steps.
    """
    table = ng.Scenario.load("split-the-pie").replace({"us.strategy": "micro"})
    talks, world, _ = NegotiationModel(table, seed=1).scene.records
    talks.held[0] = 0.9
    talks.different[0] = 2, theirs
    assert aspirations.share_next(talks, world, 0) == pytest.approx(expected)


@pytest.mark.parametrize("step", [0.2, 0.05, 0.01, 0.001])
def test_micro_counts_offers_on_the_scale_of_its_own_step(step):
    """1,001 outcomes or 6: its first offers are one step apart, and never two steps at once."""
    scenario = ng.Scenario.load("split-the-pie")
    for side in (0, 1):
        table = scenario.replace({("china", "us")[side] + ".strategy": "linear"})
        strategy = ng.strategies.find("micro").having({"step": step})
        turns = Practice(table, ("us", "china")[side], "linear").play(strategy)
        mine = [round((1.0 - share) / step) for share in held(turns, side)]
        theirs = {round(share / step) for share in held(turns, 1 - side)}
        assert all(0 <= b - a <= 1 for a, b in pairwise(mine))
        assert len(set(mine)) - 1 <= len(theirs)
        assert len(set(mine)) > min(4, 1 / step - 2)


def test_two_micros_concede_step_by_step_in_turn():
    """Against itself neither is ever more than one step ahead."""
    turns = course("micro", "micro", **{"us.reservation": 0.2, "china.reservation": 0.2})
    steps = [round((1.0 - turn.held) / STEP) for turn in turns]
    assert max(abs(a - b) for a, b in pairwise(steps)) <= 1
    assert turns[-1].accepted


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(sorted(BUILT_IN)), st.sampled_from(["us", "china"]))
def test_the_obstinate_type_never_moves(other, side):
    """It demands three quarters of its way whoever is on the other side (Abreu and Gul's alpha)."""
    table = Practice(ng.Scenario.load(THREE).central(), side, other)
    turns = table.play(ng.strategies.find("obstinate")())
    own = held(turns, ("us", "china").index(side))
    assert set(own) <= {0.75}


@pytest.mark.parametrize("name", ["micro", "zeuthen", "bayesian", "boulware", "linear", "conceder"])
def test_monotonic_strategies_never_take_back(name):
    """These never ask for more than before, whoever sits opposite."""
    for other in ("linear", "obstinate", "conceder"):
        own = held(course(name, other, scenario=THREE), 0)
        assert all(a >= b for a, b in pairwise(own))

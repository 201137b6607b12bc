"""From covariates to a scenario: the mechanisms move the odds as they should."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.hindcast import situation
from negotiation.hindcast.decisions import CODES, DEAL, ESCALATION, LAPSE, TRUCE, code_of
from negotiation.hindcast.episodes import Coded, Episode
from negotiation.hindcast.playing import Played, table
from negotiation.hindcast.priors import NAMES, PARAMETERS, central, from_cube
from negotiation.hindcast.reading import BINDING, FIRST, LAST, LEADERS, MOST_POINTS, shipped
from negotiation.outcome import EVENTS, ROW
from negotiation.payoffs.world import to_world

RUNS = 3000


def odds(coded: Coded) -> np.ndarray:
    """Shares of the codes at the centre of the priors; the same luck in every case."""
    return Played(coded.episode).shares(np.array(central()), seed=1, runs=RUNS)


@pytest.mark.parametrize(
    ("change", "code", "sign"),
    [
        ({"deadline_binding": "soft"}, LAPSE, +1),
        ({"leaders_meeting": "none"}, ESCALATION, +1),
        ({"purchases_in_play": "0"}, ESCALATION, +1),
        ({"truce_running": "0"}, ESCALATION, +1),
        ({"leaders_meeting": "held"}, DEAL, +1),
        ({"us_points_at_stake": "25", "cn_points_at_stake": "25"}, ESCALATION, -1),
    ],
)
def test_signs_of_the_covariates(
    read: Callable[..., Coded], change: dict[str, str], code: int, sign: int
) -> None:
    """No binding penalty leaves room for a quiet lapse; no leaders, nothing to buy and no truce
    make escalation likelier, much at stake makes it rarer; a meeting that is held can sign.
    """
    base = odds(read(truce_running="1"))[code]
    changed = odds(read(**{"truce_running": "1", **change}))[code]
    assert sign * (changed - base) > 0.005


def test_stockholm_is_the_shipped_situation() -> None:
    """Built from its covariates, Stockholm has the tariffs of the Stockholm scenario, carve-outs
    in: 30 and 10 points, and 46 and 34 if the suspension lapses.
    """
    scenario = situation.setting(shipped()[-1].episode)
    t, own = scenario.tariffs, situation.base().tariffs
    assert t.us_truce.value == pytest.approx(own.us_truce.value, abs=0.01)
    assert t.china_truce.value == pytest.approx(own.china_truce.value, abs=0.02)
    biting = own.us_truce.value + own.us_bite.value * (own.us_suspended.value - own.us_truce.value)
    assert t.us_suspended.value == pytest.approx(biting, abs=0.01)


def test_a_distant_deadline_does_not_bind(read: Callable[..., Coded]) -> None:
    """A hard deadline more than a month away does not decide the talks of today."""
    assert situation.binds(read(deadline_date="2019-03-20").episode)
    assert not situation.binds(read(deadline_date="2019-06-01").episode)


def test_facts_enter_when_they_are_known() -> None:
    """Rare-earth licences and the peak of April 2025 are no threat before there were any."""
    by_id = {c.episode.id: situation.setting(c.episode) for c in shipped()}
    assert by_id["E19"].rare_earths.cut_suspended.value == 0.0
    assert by_id["E23"].rare_earths.cut_suspended.value > 0.0
    assert by_id["E21"].tariffs.peak_weight.value == 0.0


def test_an_escalation_in_force_is_what_an_agreement_takes_off() -> None:
    """At Geneva the truce is the level before April, and no agreement leaves April's in force."""
    geneva = next(c.episode for c in shipped() if c.episode.date == dt.date(2025, 5, 12))
    t = situation.setting(geneva).tariffs
    assert t.us_truce.value == pytest.approx(0.212)
    assert t.us_suspended.value == pytest.approx(1.057)


def test_written_over_is_built_anew() -> None:
    """Overwriting calibrated numbers gives the very numbers of a scenario with these settings."""
    values = from_cube(np.full((1, len(NAMES)), 0.83))[0]
    for coded in shipped()[::5]:
        player = Played(coded.episode)
        wanted = situation.behaviour(dict(zip(NAMES, values, strict=True)), coded.episode)
        numbers = player.numbers(values)
        built = to_world(situation.setting(coded.episode).replace(wanted))
        np.testing.assert_array_equal(numbers, built.central)
        assert built.paths == player.table.world.paths


def test_threads_change_nothing() -> None:
    """The table of simulations is the same with one worker and with three."""
    players = [Played(c.episode) for c in shipped()[:3]]
    draws = from_cube(np.random.default_rng(0).random((5, len(NAMES))))
    one, three = (table(players, draws, seed=3, runs=40, workers=w) for w in (1, 3))
    np.testing.assert_array_equal(one, three)
    np.testing.assert_allclose(one.sum(axis=2), 1.0)


def test_the_rule_for_the_codes() -> None:
    """A deal counts first, then penalties, then an exchange of steps without agreement, then a
    lapse; steps while the sides agree leave a truce a truce.
    """
    cases = {
        ("deal", "escalation"): DEAL, ("escalation", "lapse"): ESCALATION,
        ("lapse", "retaliation"): ESCALATION, ("lapse", "provocation"): LAPSE,
        ("lapse",): LAPSE, ("retaliation",): TRUCE, (): TRUCE,
    }  # fmt: skip
    rows = np.zeros(len(cases), ROW)
    for k, happened in enumerate(cases):
        for event in happened:
            rows["events"][k, EVENTS.index(event)] = 1
    assert [CODES[k] for k in code_of(rows)] == [CODES[k] for k in cases.values()]


def test_every_prior_has_a_reason() -> None:
    """Each prior says what it is, in which unit, and why it is that wide."""
    for p in PARAMETERS:
        assert p.prior.unit and len(p.reason) > 15 and p.prior.uncertain, p.name


def test_before_any_outcome_is_looked_at_nothing_is_certain() -> None:
    """Over the priors every code that history saw stays possible in every episode, and none is
    given more than nine in ten.
    """
    draws = from_cube(np.random.default_rng(1).random((64, len(NAMES))))
    players = [Played(c.episode) for c in shipped()]
    shares = table(players, draws, seed=1, runs=60).mean(axis=0)
    assert shares.max() < 0.93
    assert (shares[:, [ESCALATION, TRUCE]] > 0.02).all()


POINTS = st.floats(0.0, MOST_POINTS)
DAYS = st.dates(FIRST, LAST - dt.timedelta(1))


@settings(max_examples=60, deadline=None)
@given(
    st.builds(
        Episode,
        id=st.just("A"),
        date=DAYS,
        us_average=POINTS,
        china_average=POINTS,
        binding=st.sampled_from(BINDING),
        deadline=st.none() | DAYS,
        leaders=st.sampled_from((*LEADERS, "call_planned")),
        rare_earth_or_tech=st.booleans(),
        purchases=st.booleans(),
        truce=st.none() | st.booleans(),
        us_stake=st.none() | POINTS,
        china_stake=st.none() | POINTS,
    )
)
def test_whatever_may_be_written_is_a_scenario(episode: Episode) -> None:
    """Any row that is read can be played: no combination of allowed cells breaks a scenario."""
    shares = Played(episode).shares(np.array(central()), seed=1, runs=2)
    assert shares.sum() == pytest.approx(1.0)

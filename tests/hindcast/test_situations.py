"""From covariates to a scenario: the mechanisms move the odds as they should."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.hindcast import disputes, record, situation
from negotiation.hindcast.coming import Coming
from negotiation.hindcast.decisions import CODES, DEAL, ESCALATION, LAPSE, TRUCE, code_of
from negotiation.hindcast.episodes import Episode
from negotiation.hindcast.playing import Played, table
from negotiation.hindcast.priors import NAMES, PARAMETERS, central, from_cube
from negotiation.history.reading import shipped
from negotiation.outcome import EVENTS, ROW
from negotiation.payoffs.world import to_world
from negotiation.scenario.csv_rows import FIRST, LAST

RUNS = 3000
ROWS = {row.id: row for row in shipped().decisions}
CELLS: dict[str, Any] = {
    "id": "A", "date": "2019-02-24", "sender": "US", "target": "China", "binding": "hard",
    "regime_before": "truce_or_pause", "us_tariff_before": "10", "us_tariff_threatened": "25",
    "trade_at_stake": "200", "talks_live": "1", "counter_leverage": "1",
    "leaders": "meeting_scheduled",
}  # fmt: skip


def row(**changes: str) -> Coming:
    """Return a decision between the US and China, with other cells."""
    return Coming.model_validate({**CELLS, **changes})


def odds(asked: Coming) -> np.ndarray:
    """Shares of the kinds at the centre of the priors; the same luck in every case."""
    player = Played(disputes.episode_of(asked), disputes.categories)
    return player.shares(np.array(central()), seed=1, runs=RUNS)


@pytest.mark.parametrize(
    ("change", "kind", "sign"),
    [
        ({"binding": "soft"}, LAPSE, +1),
        ({"leaders": "none"}, ESCALATION, +1),
        ({"talks_live": "0"}, ESCALATION, +1),
        ({"regime_before": "calm"}, ESCALATION, +1),
        ({"leaders": "held"}, DEAL, +1),
    ],
)
def test_signs_of_the_covariates(change: dict[str, str], kind: int, sign: int) -> None:
    """No binding penalty leaves room for a quiet lapse; no leaders, no talks and no truce make
    penalties likelier; a meeting that is held can sign.
    """
    assert sign * (odds(row(**change))[kind] - odds(row())[kind]) > 0.001


def test_a_distant_deadline_does_not_bind() -> None:
    """A hard deadline more than a month away does not decide the talks of today."""
    near, far = (disputes.episode_of(row(deadline_date=x)) for x in ("2019-03-20", "2019-06-01"))
    assert situation.binds(near)
    assert not situation.binds(far)


def test_facts_enter_when_they_are_known() -> None:
    """Rare-earth licences and the peak of April 2025 are no threat before there were any."""
    settings = {
        day: situation.setting(disputes.episode_of(row(date=day)))
        for day in ("2025-02-04", "2025-04-09", "2025-06-10")
    }
    assert settings["2025-02-04"].rare_earths.cut_suspended.value == 0.0
    assert settings["2025-06-10"].rare_earths.cut_suspended.value > 0.0
    assert settings["2025-04-09"].tariffs.peak_weight.value == 0.0
    assert settings["2025-06-10"].tariffs.peak_weight.value > 0.0


def test_an_escalation_in_force_is_what_an_agreement_takes_off() -> None:
    """At Geneva no agreement leaves the duties of April in force, and one takes most of them."""
    t = situation.setting(disputes.episode_of(ROWS["T186"])).tariffs
    assert t.us_truce.value == pytest.approx(0.3)
    assert t.us_suspended.value > 1.0


def test_written_over_is_built_anew() -> None:
    """Overwriting calibrated numbers gives the very numbers of a scenario with these settings."""
    values = from_cube(np.full((1, len(NAMES)), 0.83))[0]
    for decision in record.counted_rows()[::40]:
        player = record.player(decision)
        wanted = situation.behaviour(dict(zip(NAMES, values, strict=True)), player.episode)
        numbers = player.numbers(values)
        built = to_world(situation.setting(player.episode).replace(wanted))
        np.testing.assert_array_equal(numbers, built.central)
        assert built.paths == player.table.world.paths


def test_threads_change_nothing() -> None:
    """The table of simulations is the same with one worker and with three."""
    players = [record.player(decision) for decision in record.counted_rows()[:3]]
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
    """Over the priors every outcome stays possible in every decision of the record, and none is
    given more than nine in ten.
    """
    shares = record.shipped().shares.mean(axis=0)
    assert shares.max() < 0.93
    assert shares.min() > 0.001


POINTS = st.floats(0.0, disputes.MOST_POINTS)
DAYS = st.dates(FIRST, LAST - dt.timedelta(1))


@settings(max_examples=60, deadline=None)
@given(
    st.builds(
        Episode,
        id=st.just("A"),
        date=DAYS,
        us_level=POINTS,
        china_level=POINTS,
        binding=st.sampled_from(("hard", "soft", "none")),
        deadline=st.none() | DAYS,
        leaders=st.sampled_from([*situation.TRACK]),
        rare_earth_or_tech=st.booleans(),
        purchases=st.booleans(),
        truce=st.booleans(),
        us_stake=POINTS,
        china_stake=POINTS,
        sides=st.sampled_from([("us", "china"), ("us", "japan"), ("us", "canada")]),
        in_force=st.booleans(),
        notice=st.none() | st.integers(0, 400),
        sender=st.integers(0, 1),
        scale=st.floats(disputes.LEAST_SCALE, disputes.MOST_SCALE),
        penalties=st.booleans(),
    )
)
def test_whatever_may_be_written_is_a_scenario(episode: Episode) -> None:
    """Any row that is read can be played: no combination of allowed cells breaks a scenario."""
    shares = Played(episode, disputes.categories).shares(np.array(central()), seed=1, runs=2)
    assert shares.sum() == pytest.approx(1.0)

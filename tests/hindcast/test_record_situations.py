"""Decisions of the record as situations of the model: sides, tariffs, scale, and what is coded."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from negotiation.economy.dyads import dyad
from negotiation.hindcast import disputes
from negotiation.hindcast.coming import Coming
from negotiation.hindcast.priors import NAMES, PARAMETERS
from negotiation.hindcast.situation import base, behaviour, setting
from negotiation.history import codes
from negotiation.history.reading import shipped

ROW: dict[str, Any] = {
    "id": "x", "date": "2025-06-01", "sender": "US", "target": "Japan", "binding": "hard",
    "regime_before": "calm", "us_tariff_before": "0", "us_tariff_threatened": "25",
    "trade_at_stake": "50",
}  # fmt: skip


def row(**changes: str) -> Coming:
    """Return a row of the record with some cells changed."""
    return Coming.model_validate({**ROW, **changes})


def test_every_decision_of_the_record_can_be_played() -> None:
    """Each becomes a sound scenario of its own two sides, on its day."""
    for decision in shipped().decisions[::7]:
        episode = disputes.episode_of(decision)
        scenario = setting(episode)
        assert scenario.sides == disputes.sides_of(decision)
        assert scenario.calendar.start < scenario.calendar.horizon
        assert scenario.calendar.truce_expires is not None
        assert scenario.calendar.truce_expires >= decision.date
        assert 0.0 < episode.scale <= disputes.MOST_SCALE


@pytest.mark.parametrize(
    ("threat", "day", "deadline", "comes", "start"),
    [
        ("2025-05-20", "2025-06-01", "2025-06-01", "2025-06-01", "2025-05-20"),
        ("2025-05-20", "2025-06-01", "2025-06-20", "2025-06-20", "2025-05-20"),
        ("2025-02-01", "2025-06-01", "2025-06-20", "2025-06-20", "2025-05-16"),
        ("2025-05-20", "2025-06-01", "2025-08-12", "2025-06-01", "2025-05-20"),
        ("2025-04-20", "2025-06-01", "2025-05-25", "2025-06-01", "2025-04-27"),
        ("2025-06-01", "2025-06-01", "2025-06-01", "2025-06-01", "2025-05-31"),
    ],
    ids=["on its date", "before it", "long threatened", "not about it", "late", "at once"],
)
def test_what_is_threatened_comes_on_its_date_and_talks_begin_with_the_threat(
    threat: str, day: str, deadline: str, comes: str, start: str
) -> None:
    """A decision within a month before its date leaves the date where it is; none is older."""
    calendar = setting(
        disputes.episode_of(row(threat_date=threat, date=day, deadline_date=deadline))
    ).calendar
    assert calendar.truce_expires and calendar.truce_expires.isoformat() == comes
    assert calendar.start.isoformat() == start


def test_the_shorter_the_notice_the_likelier_is_it_that_nothing_averts_the_penalty() -> None:
    """Down to what no notice changes: that the penalty was not for bargaining, and mishaps."""
    values = {p.name: p.prior.value for p in PARAMETERS}
    missed = [
        behaviour(values, disputes.episode_of(row(lead_days=days)))["deadline.accident"]
        for days in ("0", "7", "14", "140")
    ]
    mishap = base().deadline.accident.value
    least = 1.0 - (1.0 - mishap) * (1.0 - values["meant"])
    over = [(chance - least) / (1.0 - least) for chance in missed]
    assert over[:3] == pytest.approx([values["haste"] * x for x in (1.0, 0.5, 0.25)])
    assert 0.0 < over[3] < 1e-5
    assert behaviour(values | {"meant": 0.0, "haste": 0.0}, disputes.episode_of(row()))[
        "deadline.accident"
    ] == pytest.approx(mishap)


def test_no_decision_of_the_record_is_talked_of_before_it_was_threatened() -> None:
    """Where both days are known; leaders who met did so after the talks began."""
    for decision in shipped().decisions:
        calendar = setting(disputes.episode_of(decision)).calendar
        if decision.threat_date and decision.threat_date < decision.date:
            assert calendar.start >= decision.threat_date
        if decision.leaders is codes.Leaders.HELD:
            assert calendar.start < decision.date == calendar.summit_from


def test_a_duty_is_averaged_over_all_goods() -> None:
    """25 points on $50bn of all that Japan sells the US."""
    episode = disputes.episode_of(row())
    us, _ = dyad("us", "japan").goods_imports()
    assert episode.us_stake == pytest.approx(25.0 * 50.0 / us)
    half = disputes.episode_of(row(trade_at_stake="25"))
    assert half.us_stake == pytest.approx(0.5 * episode.us_stake)
    assert half.scale == pytest.approx(0.5 * episode.scale)


def test_the_first_seat_is_that_of_the_united_states_whoever_threatens() -> None:
    """Then the tariffs of the row are the other's."""
    own, theirs = row(), row(sender="Japan", target="US")
    assert disputes.sides_of(own) == disputes.sides_of(theirs) == ("us", "japan")
    assert disputes.episode_of(own).sender == 0
    episode = disputes.episode_of(theirs)
    assert episode.sender == 1
    assert episode.china_stake > 0.0 == episode.us_stake


def test_the_other_side_answers_in_kind_where_it_has_leverage() -> None:
    """On goods of the same worth; and without it not at all."""
    without = disputes.episode_of(row())
    answered = disputes.episode_of(row(counter_leverage="1"))
    assert without.china_stake == 0.0
    us, japan = dyad("us", "japan").goods_imports()
    assert answered.china_stake * japan == pytest.approx(answered.us_stake * us)
    assert answered.exposed == pytest.approx((1.0, 1.0))
    assert without.exposed == pytest.approx((0.0, 2.0))


def test_penalties_in_force_are_what_a_decision_would_take_off() -> None:
    """Unless a rise is threatened on top of them."""
    easing = row(regime_before="penalties_in_force", us_tariff_before="25", binding="none")
    easing = easing.model_copy(update={"us_tariff_threatened": None})
    rising = row(
        regime_before="penalties_in_force", us_tariff_before="25", us_tariff_threatened="50"
    )
    assert disputes.episode_of(easing).in_force
    assert not disputes.episode_of(rising).in_force
    tariffs = setting(disputes.episode_of(easing)).tariffs
    assert tariffs.us_truce.value == 0.0 < tariffs.us_suspended.value


@pytest.mark.parametrize("k", range(0, 200, 40))
def test_what_a_parameter_sets_is_not_drawn_over(k: int) -> None:
    """A number that a scenario draws would take the place of the one that was learned."""
    episode = disputes.episode_of(shipped().decisions[k])
    values = {p.name: p.prior.value for p in PARAMETERS}
    drawn = {path for path, number in setting(episode).numbers() if number.uncertain}
    assert not drawn & set(behaviour(values, episode))


def test_who_announced_a_penalty_pays_for_putting_it_off() -> None:
    """And nobody else."""
    values = {p.name: p.prior.value for p in PARAMETERS} | {"pride": 5.0}
    episode = disputes.episode_of(row(trade_at_stake="150"))
    found = behaviour(values, episode)
    assert found["us.ultimatum"] == pytest.approx(-5.0 * episode.scale)
    assert found["china.ultimatum"] == 0.0


def test_a_short_notice_leaves_little_time_for_talks() -> None:
    """The scenario begins when the penalty was announced, five weeks before at most."""

    def days(**cells: str) -> int:
        calendar = setting(disputes.episode_of(row(**cells))).calendar
        assert calendar.truce_expires is not None
        return (calendar.truce_expires - calendar.start).days

    assert days() == 35
    assert days(threat_date="2025-05-29", deadline_date="2025-06-01") == 3
    assert days(threat_date="2025-01-01", deadline_date="2025-06-01") == 35


def test_without_hindsight_what_was_coded_knowing_the_outcome_is_not_used() -> None:
    """Talks, leaders and leverage change nothing then."""
    cells = {"talks_live": "1", "leaders": "held", "counter_leverage": "1"}
    blind = [disputes.episode_of(row(**c), hindsight=False) for c in ({}, cells)]
    assert blind[0] == blind[1]
    assert disputes.episode_of(row(**cells)) != disputes.episode_of(row())


def test_what_was_decided_is_no_part_of_a_situation() -> None:
    """Outcome, concession and the level afterwards may say anything."""
    after = {"outcome": "deal", "mutual": "mutual", "us_tariff_after": "25", "issues_in_deal": "4"}
    assert disputes.episode_of(row(**after)) == disputes.episode_of(row())


def test_chances_of_the_five_outcomes_sum_to_one() -> None:
    """Whatever is told as what; nothing is dropped where a date binds but what lapsed quietly."""
    rng = np.random.default_rng(1)
    shares, values = rng.dirichlet(np.ones(5), 50), rng.random((50, len(NAMES)))
    for binding in codes.Binding:
        how = disputes.telling(values, binding)
        found = disputes.five(shares, how["told_as_deal"], how["idle"])
        assert np.allclose(found.sum(axis=1), 1.0)
    how = disputes.telling(values, codes.Binding.HARD)
    hard = disputes.five(shares, how["told_as_deal"], how["idle"])
    dropped = disputes.FIVE.index(codes.Outcome.DROPPED)
    assert np.allclose(hard[:, dropped], shares[:, 1])


def test_an_undecided_row_needs_no_outcome() -> None:
    """The record's own rows do."""
    assert row().outcome is None
    assert row().date == dt.date(2025, 6, 1)


def test_a_threat_of_nothing_is_told() -> None:
    """A duty that is not above the one in force, or on no trade; not where it is taken off."""
    told = disputes.nothing_at_stake
    assert "10, is not above the one before, 25" in told(
        row(us_tariff_before="25", us_tariff_threatened="10", regime_before="calm")
    )
    assert "no trade is at stake" in told(row(trade_at_stake="0"))
    assert told(row(us_tariff_before="10", us_tariff_threatened="25")) == ""
    assert told(row(us_tariff_before="25", us_tariff_threatened="10",
                    regime_before="penalties_in_force")) == ""  # fmt: skip


def test_what_two_others_talk_about_is_theirs() -> None:
    """Between Mexico and China neither China's licences nor the US controls of technology."""
    row = next(d for d in shipped().decisions if d.id == "T191")
    other = row.model_copy(update={"sender": "Mexico", "counter_leverage": True})
    ours, theirs = ({*setting(disputes.episode_of(x)).issues} for x in (row, other))
    assert ours >= {"technology_controls", "rare_earth_licences"}
    assert not {"technology_controls", "rare_earth_licences"} & theirs

"""A transcript speaks of a truce only where one runs, and of the tariffs that its own come on."""

from __future__ import annotations

import datetime as dt

import pytest

import negotiation as ng
from negotiation.hindcast import disputes
from negotiation.hindcast.scenario_file import files_of, of_decision
from negotiation.hindcast.situation import standing
from negotiation.history.reading import shipped
from negotiation.scenario import Scenario
from negotiation.transcript.telling import opening
from negotiation.words import outcomes
from negotiation.words.standing import PHRASES, Phrases, tariffs

OTHERS = {
    "japan-autos-1995": "calm",
    "usmca-2018": "rise",
    "canada-2025": "rise",
    "buenos-aires-2018": "rise",
    "phase-one-2019": "rise",
    "geneva-2025": "relief",
    "eu-2025": "truce",
    "london-2025": "truce",
    "stockholm-2025-learned": "truce",
}


@pytest.mark.parametrize("name", OTHERS)
def test_shipped_scenarios_say_what_their_date_is_about(name: str) -> None:
    """The state is that of the record's row: a truce, calm, more penalties, or some to come off."""
    assert Scenario.load(name).standing.before == OTHERS[name]


@pytest.mark.parametrize("name", ["japan-autos-1995", "usmca-2018"])
def test_no_truce_is_told_where_none_was(name: str) -> None:
    """Where penalties were only threatened, no sentence of twenty runs calls that a truce.

    But for what comes after penalties: then the sides may agree on one.
    """
    scenario = Scenario.load(name)
    for run in range(20):
        talks = ng.run(scenario, seed=1, run=run)
        came = any(event.detail.get("regime") == "escalation" for event in talks.events)
        assert came or "truce" not in talks.transcript


def test_tariffs_come_on_top_of_those_of_the_scenario_s_own_time() -> None:
    """In 2018 they are counted from those of 2017, and a dispute's own from all others."""
    assert "tariffs of 2017" in opening(Scenario.load("buenos-aires-2018"))
    assert "other tariffs" in opening(Scenario.load("usmca-2018"))
    assert "tariffs of 2024" in opening(Scenario.load("stockholm-2025"))


def test_penalties_in_force_are_what_is_charged() -> None:
    """Before Geneva both charged over 100%, not what a truce would leave."""
    told = opening(Scenario.load("geneva-2025"))
    assert "Penalties are in force" in told
    assert "charges 106% on Chinese goods" in told


def test_a_state_of_its_own_changes_words_and_no_run() -> None:
    """The same seed brings the same package, whatever the date is called."""
    scenario = Scenario.load("usmca-2018")
    other = scenario.replace({"standing.before": "truce"})
    one, two = (ng.run(s, seed=3) for s in (scenario, other))
    assert one.package == two.package
    assert one.account == two.account
    assert one.transcript != two.transcript
    assert scenario.fingerprint != other.fingerprint


def test_every_row_has_a_state() -> None:
    """Calm, penalties, a truce and penalties to be eased are told apart as the record does."""
    for row in shipped().decisions:
        episode = disputes.episode_of(row)
        told = standing(episode)
        if row.regime_before == "truce_or_pause":
            assert told == "truce"
        elif row.regime_before == "calm":
            assert told == "calm"
        else:
            assert told == ("relief" if episode.in_force else "rise")


def test_every_state_has_every_phrase() -> None:
    """No phrase is empty, and placeholders are the same in all states."""
    for name in Phrases._fields:
        marks = {
            tuple(mark for mark in ("{days}", "{until}", "{tariffs}") if mark in getattr(p, name))
            for p in PHRASES.values()
        }
        assert len(marks) == 1
        assert all(getattr(p, name) for p in PHRASES.values())


def test_headlines_and_endings_are_those_of_the_state() -> None:
    """Odds of a threatened penalty ask whether it is put off, not whether a truce is extended."""
    scenario = Scenario.load("japan-autos-1995")
    assert outcomes.headlines(scenario) == {
        "first_deadline_extended": "The penalties are put off on 28 June 1995"
    }
    told = " ".join(
        [
            *outcomes.endings(scenario).values(),
            *(outcomes.in_a_list(name, scenario) for name in outcomes.EVENTS),
            *(outcomes.outcome_label(name, scenario) for name in outcomes.LABELS),
            *(outcomes.never(name, scenario) for name in outcomes.NEVER),
        ]
    )
    assert "truce" not in told


def test_a_file_made_of_a_row_says_its_state() -> None:
    """What ``scenario from-decision`` writes of a threat in calm is read back as one."""
    row = next(d for d in shipped().decisions if d.regime_before == "calm")
    made = files_of(of_decision(row), "mine").loaded("mine")
    assert made.standing.before == "calm"
    assert made.calendar.truce_expires is not None
    assert made.calendar.truce_expires >= dt.date(1985, 1, 1)


def test_theory_and_tables_speak_of_what_the_date_is_about() -> None:
    """The page of theory and the three tariffs are named by the state too."""
    names = tariffs(Scenario.load("usmca-2018"))
    assert names["truce"] == "tariffs as they stood"
    assert names["april_peak"] == "the peak"
    assert tariffs(Scenario.load("stockholm-2025"))["april_peak"] == "the April peak"

"""What a row says of a run is what its transcript says: each event, and the day of the deal."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest

from negotiation.ensemble import Ensemble
from negotiation.game import Game
from negotiation.outcome import EVENTS
from negotiation.scenario import Scenario
from negotiation.transcript.looking_back import day_of

sys.path.insert(0, str(Path(__file__).parents[1] / "limits"))
from test_drivers import STORMY  # noqa: E402

RUNS = 400  # of each scenario in each weather
HASTY = STORMY | {"us.strategy": "conceder", "china.strategy": "conceder"}
WEATHERS = {"shipped": {}, "stormy": STORMY, "hasty": HASTY}
SCENARIOS = ("stockholm-2025", "stockholm-three-issues")


@cache
def played(name, weather, tick=7.0, runs=RUNS):
    """The rows of runs, and the transcript of each."""
    scenario = Scenario.load(name).replace(WEATHERS[weather] | {"clock.tick_days": tick})
    rows = Ensemble(scenario).rows(seed=1, first=0, count=runs)
    games = (Game(scenario, seed=1, run=run).play() for run in range(runs))
    return rows, [game.events for game in games]


def told(events):
    """Whether each of ``outcome.EVENTS`` is told of, in the order of a transcript."""
    happened, first, war = dict.fromkeys(EVENTS, False), None, False
    for event in events:
        detail = event.detail
        if event.kind == "date_met":
            lapsed = detail["regime"] != "truce"
            if not (first or lapsed):
                paid = "mutual" if event.side is None else ("from_china", "from_us")[event.side]
                happened[f"first_extension_{paid}"] = True
            first = first or ("lapsed" if lapsed else "extended")
            happened["lapse"] |= lapsed
        if is_deal(event):
            first = first or "deal"
            happened["deal"] = True
            happened["working_deal" if event.phase == "talks" else "summit_deal"] = True
        if detail.get("regime") == "escalation":
            happened["escalation"] = war = True
        if event.kind == "crisis_meeting" and detail["regime"] == "truce":
            happened["escalation_ended"] |= war
            war = False
        if event.kind == "step":
            happened["provocation"] = True
            happened["retaliation"] |= detail["answered"]
        happened["summit_held"] |= event.phase == "summit" and event.kind in MET
        happened["reopened"] |= event.kind == "reopened"
        happened["rare_earths_cut"] |= event.kind == "rare_earths_cut"
        happened["sectoral_tariffs"] |= event.kind == "sectoral"
        happened["sectoral_put_off"] |= event.kind == "delayed"
    if first:
        happened[f"first_deadline_{first}"] = True
    return happened


MET = ("signed", "no_deal", "picture")  # how a meeting of the leaders may end


def is_deal(event):
    """Whether an event is a signature: by delegations, on an offer or a draft, or by leaders."""
    return event.kind == "signed" or (event.kind == "draft" and all(event.detail["passes"]))


@pytest.mark.parametrize("weather", WEATHERS)
@pytest.mark.parametrize("name", SCENARIOS)
def test_an_event_is_counted_in_the_runs_in_which_it_is_told(name, weather):
    """Each has happened in a row exactly where the transcript tells of it."""
    rows, transcripts = played(name, weather)
    for column, event in enumerate(EVENTS):
        counted = {int(row["run"]) for row in rows if row["events"][column]}
        assert counted == {run for run, events in enumerate(transcripts) if told(events)[event]}


def test_no_event_goes_untested():
    """Each happens in at least ten of the runs compared."""
    counts = sum(
        played(name, weather)[0]["events"].sum(axis=0) for name in SCENARIOS for weather in WEATHERS
    )
    assert counts.min() >= 10, dict(zip(EVENTS, counts, strict=True))


def test_a_deal_of_delegations_and_one_of_leaders_are_counted_at_both_tables():
    """Delegations sign what is ready, leaders more of it: both have happened."""
    rows, transcripts = played("stockholm-2025", "stormy")
    column = EVENTS.index("summit_deal"), EVENTS.index("working_deal")
    both = [row for row in rows if row["events"][list(column)].all()]
    assert len(both) >= 5
    signatures = [e.phase for e in transcripts[int(both[0]["run"])] if is_deal(e)]
    assert set(signatures) == {"summit", "talks"}


@pytest.mark.parametrize("runs", [150, pytest.param(1_000, marks=pytest.mark.long)])
@pytest.mark.parametrize("tick", [2.5, 10.0])
@pytest.mark.parametrize("weather", WEATHERS)
@pytest.mark.parametrize("name", SCENARIOS)
def test_the_day_of_the_deal_is_the_day_that_is_told(name, weather, tick, runs):
    """A summit's deal has the summit's day, another the day of its round, both within the tick.

    So no leaders sign before their window opens or after it closes, and nobody after the horizon.
    """
    rows, transcripts = played(name, weather, tick, runs)
    scenario = Scenario.load(name)
    opens, closes, ends = (
        (day - scenario.calendar.start).days
        for day in (
            scenario.calendar.summit_from, scenario.calendar.summit_to, scenario.calendar.horizon,
        )
    )  # fmt: skip
    for row, events in zip(rows, transcripts, strict=True):
        signed = [event for event in events if is_deal(event)]
        if not signed:
            assert row["deal_day"] == -1.0
            continue
        assert row["deal_day"] == day_of(signed[-1])
        for event in signed:
            day = day_of(event)
            assert event.day <= day < event.day + tick and day <= ends
            if event.phase == "summit":
                assert opens <= day <= closes


def test_a_war_begins_on_the_day_on_which_the_truce_has_run_out():
    """Whoever looks at the state after it finds that day, and the transcript tells it."""
    scenario = Scenario.load("stockholm-2025").replace(STORMY | {"clock.tick_days": 10.0})
    met = 0
    for run in range(60):
        game = Game(scenario, seed=1, run=run).play()
        begun = [
            day_of(event)
            for event in game.events
            if event.kind in ("date_met", "lapse_ends") and event.detail["regime"] == "escalation"
        ]
        if begun:
            met += begun[-1] % 10.0 != 0.0
            assert game.state["war_start"] == begun[-1]
    assert met > 5

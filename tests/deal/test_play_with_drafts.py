"""What is signed was ready, allowed and wanted, and stays signed."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.ensemble import Ensemble
from negotiation.game import Game, Kind
from negotiation.model import NegotiationModel
from negotiation.outcome import EVENTS
from negotiation.rules.play import play
from negotiation.scenario import Scenario
from negotiation.table import Table
from negotiation.tactics.registry import BUILT_IN

PIE = {"talks.contract": "drafts", "us.leeway": 1e6, "china.leeway": 1e6}


def at_each_tick(scenario, runs, seed=3):
    """Yield, run by run, the states at the start of each tick and at the end."""
    table = Table(scenario)
    for run in range(runs):
        records = table.opened(seed=seed, run=run)
        states = []
        while records.talks["day"][0] <= records.world["day_horizon"][0]:
            states.append(records.talks.copy())
            records.watch["until"] = records.talks["tick"] + 1
            play(*(a[0] for a in (records.talks, records.world, records.stakes, records.watch)))
        yield records.world[0], np.concatenate([*states, records.talks])


@pytest.mark.parametrize("own, other", [(0.0, 0.0), (0.4, 0.0), (0.0, 0.3), (0.2, 0.5)])
def test_a_pie_is_signed_as_nash_says(own, other):
    """Full information: each gets its walk-away value and half of what is left of the pie."""
    changes = PIE | {"us.reservation": own, "china.reservation": other}
    for run in range(3):
        talks = Game(Scenario.load("split-the-pie").replace(changes), run=run).play().talks
        left = 1.0 - own - other
        assert talks.outcome == "working_deal"
        assert talks.package["pie"] == pytest.approx(other + left / 2, abs=2e-3)


@pytest.mark.parametrize("dates", ["regular", "random"])
def test_a_signed_issue_was_ready_and_stays(scenario, dates):
    """Packages only grow, by issues whose text is ready, and within reach; offers are kept."""
    changes = {"talks.dates": dates, "compliance.review_rate": 0}
    additions = 0
    for world, states in at_each_tick(scenario.replace(changes), 40):
        package, regime = states["package"], states["regime"]
        signed = package > 0.0
        assert (np.diff(package, axis=0) >= 0.0).all()
        assert (package <= world["reach"] + 1e-9).all()
        assert (states["ready"] >= signed).all()
        assert (states["settled"] == signed.sum(axis=1)).all()
        assert (package[signed] >= 0.02).all()
        grown = np.diff(package, axis=0) > 0.0
        assert not (grown & signed[:-1]).any()  # settled is settled
        additions += int((grown.any(axis=1) & signed[:-1].any(axis=1)).sum())
        for kept in ("ready", "offered", "effort", "turn"):
            assert (np.diff(states[kept], axis=0) >= 0).all(), kept
        assert ((regime >= 3) == signed.any(axis=1)).all()
        assert not states["unsettled"].any()
    assert additions > 2  # talks go on after a small deal


def test_without_full_powers_delegations_stay_within_mandates(scenario):
    """What they have signed before the leaders meet is no more than their mandates."""
    changes = {"talks.full_powers": 0, "summit.feasible": 0}
    deals = 0
    for world, states in at_each_tick(scenario.replace(changes), 60):
        assert (states["package"][-1] <= world["mandate"] + 1e-9).all()
        deals += states["regime"][-1] >= 3
    assert deals > 10


def test_what_is_signed_pays_from_then_on(scenario):
    """A second deal adds to the yearly gain of the first: accounts are the sum over time."""
    calm = {
        f"{where}": 0
        for where in (
            "us.provocation_rate", "china.provocation_rate", "compliance.review_rate",
            "news.sectoral_rate",
        )
    }  # fmt: skip
    calm |= {"calendar.truce_expires": None, "clock.tick_days": 1}
    for world, states in at_each_tick(scenario.replace(calm), 12):
        days = np.minimum(world["clock_tick_days"], world["day_horizon"] - states["day"][:-1])
        # what is in force at the end of a tick was in force in it
        flows = states["yearly_gain"][1:] * days[:, None] / 365.0
        assert np.allclose(np.cumsum(flows, axis=0)[-1], states["account"][-1], atol=1e-9)


def test_a_term_that_ends_brings_a_decision_date(scenario):
    """After the term nothing is in force, and on that day the truce runs out."""
    changes = {"calendar.deal_days": 40, "compliance.review_rate": 0, "summit.feasible": 0}
    ended = 0
    for run in range(60):
        talks = Game(scenario.replace(changes), seed=3, run=run).play().talks
        kinds = [event.kind for event in talks.events]
        if "term_over" not in kinds:
            continue
        over, *after = talks.events[kinds.index("term_over") :]
        # what comes next that binds: the truce runs out, unless a deal has been renewed by then
        binding = next(
            e for e in after if e.phase == "deadline" or all(e.detail.get("passes", [False]))
        )
        if binding.phase == "deadline":
            assert binding.detail["due"] == over.detail["day"]
            ended += 1
    assert ended > 5


def test_a_second_meeting_may_follow(scenario):
    """With a horizon in 2026 and 60 days between them, leaders meet again, and sign more."""
    changes = {
        "calendar.horizon": "2026-06-30", "summit.again_days": 60, "summit.feasible": 1,
        "compliance.review_rate": 0,
    }  # fmt: skip
    last = [states[-1] for _, states in at_each_tick(scenario.replace(changes), 40)]
    assert max(state["meetings"] for state in last) >= 3
    assert any(state["summit_deals"] > 1 for state in last)


def test_a_leaders_deal_is_dated_within_their_window(scenario):
    """Of 2,000 runs, those that only leaders have signed: on a day of the window, not its tick."""
    rows = Ensemble(scenario).rows(seed=3, first=0, count=2_000, runs_per_world=16)
    events = rows["events"].astype(bool)
    by_leaders = events[:, EVENTS.index("summit_deal")] & ~events[:, EVENTS.index("working_deal")]
    days, calendar = rows["deal_day"][by_leaders], scenario.calendar
    assert len(days) > 100
    assert days.min() >= (calendar.summit_from - calendar.start).days
    assert days.max() <= (calendar.summit_to - calendar.start).days


def test_penalties_put_the_meeting_off(scenario):
    """Where the truce lapses in every run just before the window, the first date is not kept."""
    changes = {
        "calendar.truce_expires": "2025-10-24", "deadline.accident": 1, "deadline.grace": 0,
        "summit.feasible": 1, "escalation.meeting_rate": 0.01,
    }  # fmt: skip
    seen = set()
    for run in range(20):
        talks = Game(scenario.replace(changes), seed=3, run=run).play().talks
        seen |= {e.kind for e in talks.events if e.phase == "summit"}
        held = any(e.kind in ("signed", "no_deal", "picture") for e in talks.events)
        assert held == talks.happened["summit_held"]
    assert "put_off" in seen and "no_meeting" in seen


@pytest.mark.parametrize("number", range(len(BUILT_IN)))
def test_a_game_the_mesa_model_and_the_ensemble_play_one_run(scenario, number):
    """Every strategy against another, a tick of 3.5 or 10 days: the same row to the last bit."""
    names = list(BUILT_IN)
    changes = {
        "us.strategy": names[number], "china.strategy": names[-1 - number],
        "clock.tick_days": 3.5 if number % 2 else 10.0,
    }  # fmt: skip
    changed = scenario.replace(changes)
    row = Ensemble(changed).rows(seed=8, first=number, count=1)
    game = Game(changed, seed=8, run=number)
    while game.point is not None:
        game.decide()
    assert game.row().tobytes() == row.tobytes()
    model = NegotiationModel(changed, seed=8, run=number).play()
    assert model.row().tobytes() == row.tobytes()


def test_the_chances_shown_at_a_draft_are_those_with_which_it_is_signed(scenario):
    """Over 120 runs stopped at a delegation's initials, chance and choice agree on average."""
    said, done = [], []
    for run in range(120):
        game = Game(scenario, seed=5, run=run)
        point = game.play_to(Kind.INITIAL)
        if point is None:
            continue
        said.append(point.chances["initial"])
        game.decide()
        done.append(game.decisions[-1].choice == "initial")
    error = np.sqrt(np.mean(np.array(said) * (1 - np.array(said))) / len(said))
    assert abs(np.mean(said) - np.mean(done)) < 4 * error
    assert len(said) > 80


def test_time_runs_from_nothing_to_the_summit(scenario):
    """At the first offer none of the time has passed, later ones see it pass; no luck is shown.

    After the summit's window the time that is left is that to the horizon.
    """
    game, times = Game(scenario, seed=5, run=1), []
    while (point := game.play_to(Kind.OFFER)) is not None:
        if point.view.days_to_summit > 0.0:
            times.append(point.view.time)
        hidden = point.view.records[0]
        assert not hidden["needed"].any() and hidden["until_round"] == 0.0
        game.decide()
    assert times[0] == 0.0
    assert times == sorted(times) and times[-1] <= 1.0


@pytest.mark.parametrize("kind", [Kind.INITIAL, Kind.SIGN])
def test_whoever_decides_sees_the_draft(scenario, kind):
    """What is asked for a signature is what is signed, issues that were settled before apart.

    A text that the other side refuses may be followed by another, which is asked about anew.
    """
    asked = 0
    for run in range(30):
        game = Game(scenario, seed=5, run=run)
        point = game.play_to(kind, side="china")
        if point is None:
            continue
        before = game.state["package"][:11].copy()
        game.decide(True)
        deals = game.state["working_deals"] + game.state["summit_deals"]
        game.play_to(Kind.INITIAL, Kind.SIGN, Kind.OFFER, Kind.STEP, Kind.REOPEN)
        if game.state["working_deals"] + game.state["summit_deals"] > deals:
            assert game.state["package"][:11] == pytest.approx(before + point.package)
            asked += 1
    assert asked > 3


def test_initials_decide(scenario):
    """If both delegations initial whatever is drafted, more is signed than if they leave it."""
    signed = {}
    for choice in ("initial", "leave"):
        deals = 0
        for run in range(40):
            game = Game(scenario, seed=5, run=run)
            while game.play_to(Kind.INITIAL) is not None:
                game.decide(choice)
            deals += game.play().talks.happened["working_deal"]
        signed[choice] = deals
    assert signed["initial"] > signed["leave"] + 15


def test_the_words_of_a_deal_by_drafts(scenario):
    """Texts, the delegations' draft, the sherpas' text and who will not sign are told."""
    runs = (Game(scenario, seed=1, run=run).play() for run in range(16))
    text = "".join(str(game.talks.transcript) for game in runs)
    flat = " ".join(text.split())
    for words in (
        "The text on", "Texts are ready on: ",
        "The delegations put a draft together of the texts that",
        "The sherpas have written a text for their leaders.", "will not sign it.",
        "The draft is signed.", "The leaders meet and sign the text.",
    ):  # fmt: skip
        assert words in flat, words


def test_every_event_is_counted(scenario):
    """Signatures and meetings in the state are those in the transcript."""
    for run in range(12):
        game = Game(scenario, seed=9, run=run).play()
        kinds = [e.kind for e in game.talks.events if e.phase == "summit"]
        assert game.state["meetings"] == sum(k in ("signed", "no_deal", "picture") for k in kinds)
        assert game.state["summit_deals"] == kinds.count("signed")
        happened = dict(zip(EVENTS, game.row()[0]["events"], strict=True))
        assert bool(happened["summit_held"]) == (game.state["meetings"] > 0)

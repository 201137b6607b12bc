"""What is signed: nobody signs below what it may, and names and order of issues do not matter."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.ensemble import Ensemble
from negotiation.game import Game, Kind
from negotiation.model import NegotiationModel
from negotiation.outcome import AT_HORIZON
from negotiation.payoffs.world import to_world
from negotiation.rules import escalation, summit
from negotiation.rules.worth import worth
from negotiation.scenario import SIDES, Scenario

SCENARIOS = ("stockholm-2025", "stockholm-three-issues")


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_delegation_accepts_nothing_below_its_reservation(name):
    """What a delegation accepts is worth its reservation value to its true type (model.md 6)."""
    scenario, accepted = Scenario.load(name), []
    for run in range(60):
        game = Game(scenario, seed=5, run=run)
        while (point := game.play_to(Kind.ANSWER)) is not None:
            talks, world, stakes = point.records
            side = SIDES.index(point.side)
            value = float(worth(talks, world, stakes, side, talks.offer[1 - side]))
            game.decide()
            if [event for event in game.events if event.kind == "offer"][-1].detail["accepted"]:
                accepted.append(value - world.reservation[side])
    assert len(accepted) > 15
    assert min(accepted) >= 0.0


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_leader_signs_within_authority_and_taste(name):
    """A leader's yes means: worth + authority + taste shock - price of tension >= reservation."""
    scenario, signed, refused = Scenario.load(name), [], []
    for run in range(120):
        game, rooms = Game(scenario, seed=6, run=run), []
        while (point := game.play_to(Kind.SIGN)) is not None:
            talks, world, stakes = point.records
            i = SIDES.index(point.side)
            room = worth(talks, world, stakes, i, talks.package) - world.reservation[i]
            room += world.authority[i] + talks.sign_shock[i] / world.precision[i]
            rooms.append(float(room - world.summit_tension_cost * talks.tension))
            game.decide()
        tabled = [event.detail["signs"] for event in game.events if event.kind == "package"]
        for room, answer in zip(rooms, sum(tabled, []), strict=True):
            (signed if answer else refused).append(room)
    assert len(signed) > 50 and refused
    assert min(signed) >= -1e-9
    assert max(refused) <= 1e-9


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_deal_at_working_level_stays_within_mandates_and_reach(name):
    """What delegations sign lies within both mandates, save where they had full powers.

    With half of the fentanyl tariff as the only mandate that binds: at the scenario's own
    mandates no accepted offer fits into all of them.
    """
    scenario = Scenario.load(name).central()
    wide = {f"issues.{issue}.mandate": 1.0 for issue in scenario.issues}
    wide |= {"issues.fentanyl_tariff.mandate": 0.5, "talks.full_powers": 0.0}
    scenario = scenario.replace(wide)
    rows = Ensemble(scenario).rows(seed=7, first=0, count=8000)
    world = to_world(scenario).record()[0]
    at_working_level = rows[rows["state"] == AT_HORIZON.index("working_deal")]
    assert len(at_working_level) > 10
    assert (at_working_level["package"] <= world["mandate"] + 1e-9).all()
    assert (rows["package"] >= 0).all() and (rows["package"] <= world["reach"] + 1e-9).all()


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_order_of_issues_does_not_matter(name):
    """Listing the agenda backwards gives the same runs, with the packages listed backwards."""
    scenario = Scenario.load(name)
    data = scenario.model_dump(mode="python")
    data["issues"] = dict(reversed(data["issues"].items()))
    other = Scenario.from_dict(data)
    n = len(scenario.issues)
    rows, mirrored = (Ensemble(s).rows(seed=8, first=0, count=3000) for s in (scenario, other))
    differ = rows["state"] != mirrored["state"]
    differ |= (rows["events"] != mirrored["events"]).any(axis=1)
    # sums in another order differ in the last bits, which can tip a choice once in millions
    assert differ.mean() < 2e-3
    same = ~differ
    assert mirrored["package"][same, :n][:, ::-1] == pytest.approx(
        rows["package"][same, :n], abs=0.02
    )
    assert np.median(np.abs(mirrored["package"][:, :n][:, ::-1] - rows["package"][:, :n])) < 1e-9


def test_renaming_an_issue_changes_nothing():
    """An issue's name is for people: only its numbers matter (certain ones; draws go by name)."""
    scenario = Scenario.load("split-the-pie")
    data = scenario.model_dump(mode="python")
    data["issues"] = {"cake": data["issues"]["pie"]}
    rows, renamed = (
        Ensemble(s).rows(seed=8, first=0, count=50) for s in (scenario, Scenario.from_dict(data))
    )
    assert rows.tobytes() == renamed.tobytes()


def mirrored_pair():
    """A scenario of two sides that are not alike, and its mirror image."""
    base = Scenario.load("split-the-pie")
    one = {
        "other_lapse_cost": 60.0,
        "audience_cost": 3.0,
        "audience_growth": 0.05,
        "precision": 0.6,
    }
    two = {"other_lapse_cost": 40.0, "audience_cost": 1.0, "audience_growth": 0.2, "precision": 0.9}

    def made(us, china):
        changes = {f"us.{k}": v for k, v in us.items()} | {
            f"china.{k}": v for k, v in china.items()
        }
        return NegotiationModel(base.replace(changes), seed=1).scene.records

    return made(one, two), made(two, one)


def test_swapping_the_sides_swaps_the_war():
    """Hazards of giving in belong to the sides' numbers, not to their names.

    The talks and the summit are not symmetric by design: the US opens, and decides first.
    """
    records, swapped = mirrored_pair()
    for talks, world, stakes in (records, swapped):
        escalation.begin_war(talks, world, stakes, talks.day)
        talks.day += 30
    for side in range(2):
        assert escalation.hazard(*records, side) == pytest.approx(
            escalation.hazard(*swapped, 1 - side), rel=1e-12
        )


def test_a_partial_package_is_less_of_the_same():
    """The partial package scales every issue alike, and the summit that fails leaves nothing."""
    talks, world, _ = NegotiationModel(Scenario.load(SCENARIOS[0]), seed=1).scene.records
    talks.package[:11] = np.linspace(0, 1, 11)
    summit.make_partial(talks, world)
    assert talks.package[:11] == pytest.approx(world.summit_partial * np.linspace(0, 1, 11))
    summit.end_without_deal(talks, world)
    assert (talks.package == 0).all()

"""The Mesa model: its agents hold their state, decide at their own points, and it ends."""

from __future__ import annotations

from collections import Counter

import mesa
import pytest

import negotiation as ng
from negotiation.agents import Delegation, Leader
from negotiation.game import Kind
from negotiation.model import NegotiationModel

SCENARIO = ng.Scenario.load("stockholm-2025")


def test_while_running_step_ends_at_the_horizon():
    """Mesa's own loops end: ``running`` is False once the last tick is played."""
    model = NegotiationModel(SCENARIO, seed=1)
    steps = 0
    while model.running:
        model.step()
        steps += 1
    days = (SCENARIO.calendar.horizon - SCENARIO.calendar.start).days
    assert steps == days // SCENARIO.clock.tick_days.value + 1
    before = model.row().tobytes()
    model.step()
    assert model.row().tobytes() == before and not model.running
    other = NegotiationModel(SCENARIO, seed=1)
    other.run_model()
    assert other.row().tobytes() == before


def test_mesas_batch_run_plays_it():
    """Mesa's batch_run plays runs to their ends and collects them."""
    found = mesa.batch_run(
        NegotiationModel,
        {"scenario": [SCENARIO], "seed": [1], "run": [0, 1, 2]},
        number_processes=1,
        max_steps=1000,
        data_collection_period=-1,
        display_progress=False,
    )
    ticks = NegotiationModel(SCENARIO, seed=1).play().ticks
    # Mesa 3.3 gives a run one row and counts the steps from 0; 3.5 an agent one, and counts from 1
    ends = {(row["run"], row["Step"]) for row in found}
    assert ends in ({(run, last) for run in range(3)} for last in (ticks - 1, ticks))


def test_the_collected_aspiration_is_that_of_the_offer_just_made():
    """In the tick of an offer its side's aspiration is what the offer was sought for."""
    model = NegotiationModel(SCENARIO, seed=1)
    asked = Counter()
    while model.running:
        before = len(model.events)
        model.step()
        for event in model.events[before:]:
            if event.kind == "offer":
                delegation = model.delegations[event.side]
                held = float(model.scene.talks.held[event.side])
                assert delegation.aspiration == float(model.scene.talks.aspiration[event.side])
                asked[event.side] += 1
                assert 0.0 <= held <= 1.0
                assert (delegation.offer == event.detail["package"][: len(delegation.offer)]).all()
    assert min(asked[0], asked[1]) > 2
    rows = model.datacollector.get_agenttype_vars_dataframe(Delegation)
    assert rows["aspiration"].nunique() > 4


def test_agents_decide_at_their_own_points():
    """A delegation of one's own is asked at the delegations' points only, and is obeyed."""
    asked = []

    class Stubborn(Delegation):
        """Refuses every offer and draft, and every demand; asks for something at every date."""

        def choose(self, point):
            asked.append((point.kind, point.side, self.party))
            return {
                Kind.ANSWER: "refuse", Kind.INITIAL: "leave", Kind.PROPOSE: "demand",
                Kind.YIELD: "refuse",
            }.get(point.kind)  # fmt: skip

    class Absent(Leader):
        """Signs nothing and stays at home."""

        def choose(self, point):
            return {Kind.ATTEND: "stay_away", Kind.SIGN: "refuse"}.get(point.kind)

    class Model(NegotiationModel):
        """A model with these agents."""

        delegation_class, leader_class = Stubborn, Absent

    model = Model(SCENARIO, seed=2).play()
    kinds = {kind for kind, _, _ in asked}
    met = {Kind.OFFER, Kind.ANSWER, Kind.PROPOSE, Kind.YIELD, Kind.STEP}
    assert met <= kinds <= Delegation.decides
    assert all(side == party for _, side, party in asked)
    assert not any(e.detail["accepted"] for e in model.events if e.kind == "offer")
    dates = [e for e in model.events if e.kind in ("date_met", "crisis_meeting")]
    assert dates and not any(e.detail["agreed"] for e in dates)
    assert "signed" not in {e.kind for e in model.events}


@pytest.mark.parametrize("name", ["stockholm-2025", "split-the-pie"])
def test_constituencies_and_types_are_attributes(name):
    """What an agent is can be read off it."""
    model = NegotiationModel(ng.Scenario.load(name), seed=1)
    talks = model.scene.talks
    for side, delegation in enumerate(model.delegations):
        assert delegation.resolute == bool(talks.resolve[side])
        assert delegation.account == 0.0
    assert all(0.0 <= group.approval <= 1.0 for group in model.constituencies)

"""At home: constituencies as agents and as arithmetic, and what they keep from being signed."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from negotiation.ensemble import Ensemble
from negotiation.model import NegotiationModel
from negotiation.outcome import EVENTS
from negotiation.rules import escalation, home
from negotiation.scenario import MAX_ISSUES, SIDES, Scenario

SCENARIOS = ("stockholm-2025", "stockholm-three-issues")
DEAL = EVENTS.index("deal")


@cache
def model_of(name):
    """The scenario at its central values, opened once."""
    return NegotiationModel(Scenario.load(name).central(), seed=1)


def mean_support(scenario, side, package):
    """The weighted support by the words of the scenario file, without any rule."""
    groups = getattr(scenario, SIDES[side]).constituencies.values()
    total = weights = 0.0
    for group in groups:
        stakes = [group.stakes.get(issue, 0.0) for issue in scenario.issues]
        points = float(np.dot(stakes, package))
        total += group.weight.value * expit(points - group.reservation.value)
        weights += group.weight.value
    return total / weights


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("side", [0, 1])
@given(seed=st.integers(0, 10_000))
def test_the_agents_and_the_ensemble_count_the_same_support(name, side, seed):
    """Agents' weighted support is the rule's, and that of the scenario file's own numbers."""
    scenario = Scenario.load(name).central()
    model = model_of(name)
    world, n = model.scene.world, len(scenario.issues)
    package = np.zeros(MAX_ISSUES)
    package[:n] = np.random.default_rng(seed).random(n)
    agents = [a for a in model.constituencies if a.side == side]
    assert len(agents) == len(getattr(scenario, SIDES[side]).constituencies) > 1
    weights = np.array([world.group_weight[side, a.group] for a in agents])
    asked = weights @ [a.support(package) for a in agents] / weights.sum()
    assert asked == pytest.approx(home.support(world, side, package), abs=1e-12)
    assert asked == pytest.approx(mean_support(scenario, side, package[:n]), abs=1e-12)


@pytest.mark.parametrize("name", SCENARIOS)
def test_all_that_is_signed_has_passed_at_home(name):
    """With no surprises the support for every package signed reaches both thresholds."""
    changes = {"us.home_shock": 0.0, "china.home_shock": 0.0, "talks.full_powers": 0.5}
    scenario = Scenario.load(name).central().replace(changes)
    rows = Ensemble(scenario).rows(seed=4, first=0, count=1500)
    rows = rows[(rows["events"][:, DEAL] == 1) & (rows["package"].max(axis=1) > 0)]
    assert len(rows) > 300
    world = model_of(name).scene.world
    for side in range(2):
        support = [home.support(world, side, package) for package in rows["package"]]
        assert min(support) >= world.ratification[side] - 1e-12


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_side_without_constituencies_passes_everything(name):
    """A scenario may have none: then nothing fails at home, whatever the threshold."""
    scenario = Scenario.load(name)
    data = scenario.model_dump(mode="python")
    for side in SIDES:
        data[side]["constituencies"] = {}
    bare = Scenario.from_dict(data)
    rows = [
        Ensemble(bare.replace({f"{side}.ratification": bar for side in SIDES})).rows(
            seed=4, first=0, count=1000
        )
        for bar in (0.0, 0.99)
    ]
    assert rows[0].tobytes() == rows[1].tobytes()
    assert rows[0]["events"][:, DEAL].sum() > 0


def test_a_home_front_that_rejects_the_other_s_terms_makes_giving_in_dearer(opened):
    """Support feeds audience costs: rejected by all an offer doubles them, by none it ends them.

    Fearon 1994, doi:10.2307/2944796: the cost of backing down is the audience's.
    """
    model = opened(ticks=3)
    talks, world, stakes = model.scene.records
    talks.offers_made[:] = 1
    factors = []
    for reservation in (-50.0, 0.0, 50.0):
        world.group_reservation[0, :] = reservation
        factors.append(escalation.resentment(talks, world, stakes, 0))
    assert factors[0] == pytest.approx(0.0, abs=1e-9)
    assert factors[2] == pytest.approx(2.0, abs=1e-9)
    assert factors[0] < factors[1] < factors[2]

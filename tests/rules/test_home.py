"""At home: constituencies as agents and as arithmetic, and what they keep from being signed."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from negotiation.ensemble import Ensemble
from negotiation.game import Game, Kind
from negotiation.model import NegotiationModel
from negotiation.outcome import EVENTS
from negotiation.rules import home
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
    """With no surprises the support for every offer signed reaches both thresholds.

    Where accepted offers are signed, home fronts look at their own points alone.
    """
    changes = {
        "us.home_shock": 0.0, "china.home_shock": 0.0, "talks.full_powers": 0.5,
        "talks.contract": "offers", "talks.dates": "regular",
        "calendar.summit_from": None, "calendar.summit_to": None,
    }  # fmt: skip
    scenario = Scenario.load(name).central().replace(changes)
    rows = Ensemble(scenario).rows(seed=4, first=0, count=1500)
    rows = rows[(rows["events"][:, DEAL] == 1) & (rows["package"].max(axis=1) > 0)]
    assert len(rows) > 100
    world = model_of(name).scene.world
    for side in range(2):
        support = [home.support(world, side, package) for package in rows["package"]]
        assert min(support) >= world.ratification[side] - 1e-12


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_home_front_passes_a_text_exactly_if_it_has_the_support(name):
    """Weighted support, by the file's words, and the swing drawn once reach the threshold or not.

    Where home fronts notice nothing of what the whole package is worth.
    """
    scenario, margins = Scenario.load(name).central().replace({"talks.notice": 0.0}), []
    for run in range(60):
        game = Game(scenario, seed=4, run=run)
        package = None
        while (point := game.play_to(Kind.STAND, Kind.INITIAL, Kind.SIGN, Kind.RATIFY)) is not None:
            side, (talks, world, _) = SIDES.index(point.side), point.records
            if point.kind is not Kind.RATIFY:
                standing = point.kind is Kind.STAND
                package = talks["offer"][side] if standing else talks["drafting"]["package"]
                package = package[: len(scenario.issues)].copy()
                game.decide()
                continue
            got = mean_support(scenario, side, package)
            got += float(world["home_shock"][side] * talks["home_shock"][side])
            game.decide()
            margins.append((got - world["ratification"][side], game.decisions[-1].choice))
    assert len(margins) > 40
    assert {choice for _, choice in margins} == {"block", "pass"}
    assert all((margin >= 0.0) == (choice == "pass") for margin, choice in margins)


@given(worth=st.floats(0.1, 100.0))
def test_a_home_front_notices_what_a_package_is_worth(worth):
    """The more a package brings the more support it has, if home notices; else it does not."""
    world = model_of(SCENARIOS[0]).scene.world.copy()
    package = np.zeros(MAX_ISSUES)
    for side in range(2):
        world["talks_notice"] = 0.0
        blind = [home.support(world, side, package, w) for w in (0.0, worth)]
        world["talks_notice"] = 0.05
        seeing = [home.support(world, side, package, w) for w in (-worth, 0.0, worth)]
        assert blind[0] == blind[1] == seeing[1]
        assert seeing[0] < seeing[1] < seeing[2]


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

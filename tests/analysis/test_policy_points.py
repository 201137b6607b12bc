"""Payoffs at the tariffs that the talks are about."""

from __future__ import annotations

import pytest

import negotiation as ng
from negotiation.analysis.policy_points import POINTS, PolicyPoints, policy_points


@pytest.fixture(scope="module")
def stockholm() -> ng.Scenario:
    """The shipped scenario."""
    return ng.Scenario.load("stockholm-2025")


@pytest.fixture(scope="module")
def points(stockholm: ng.Scenario) -> PolicyPoints:
    """Its policy points."""
    return policy_points(stockholm)


def test_the_truce_is_the_zero(points: PolicyPoints) -> None:
    """Every payoff that a user is shown is read against the truce (model.md, section 3)."""
    assert all(x == 0.0 for stances in points.flows["truce"].values() for x in stances.values())


@pytest.mark.parametrize("side", ["us", "china"])
def test_the_peak_is_worse_than_the_suspended_points(points: PolicyPoints, side: str) -> None:
    """The further tariffs rise above the truce, the more every stance loses."""
    assert list(points.flows) == list(POINTS)
    for stance, limited in points.flows["suspended_points"][side].items():
        assert points.flows["april_peak"][side][stance] < limited < 0.0


@pytest.mark.parametrize("side", ["us", "china"])
def test_hawks_mind_tariffs_less(points: PolicyPoints, side: str) -> None:
    """A taste for protection softens the loss from protecting."""
    for point in POINTS[1:]:
        dove, middle, hawk = points.flows[point][side].values()
        assert dove < middle < hawk


def test_rare_earths_cost_more_the_fewer_there_are(stockholm: ng.Scenario) -> None:
    """A stock run down by the spring, or no other source, makes three months of a cut dearer."""
    shortage = [
        policy_points(stockholm.replace(changes)).shortage["suspended_points"]
        for changes in ({"rare_earths.alternatives": 0.5}, {}, {"rare_earths.depleted": 6.0})
    ]
    assert 0.0 <= shortage[0] < shortage[1] < shortage[2]

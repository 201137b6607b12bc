"""The truce is a consistent zero only if nobody would have left it alone, for nothing."""

from __future__ import annotations

import pytest

import negotiation as ng
from negotiation.analysis.consistency import lone_concessions


@pytest.fixture(scope="module")
def pie() -> ng.Scenario:
    """One issue, which costs the US what it brings China."""
    return ng.Scenario.load("split-the-pie")


def test_a_pure_loss_is_never_conceded_alone(pie: ng.Scenario) -> None:
    """Giving away the pie costs the US all that it gives: the zero is consistent."""
    assert lone_concessions(pie) == ()


def test_a_gain_without_cost_is_conceded_in_full(pie: ng.Scenario) -> None:
    """A concession worth $2bn a year to its giver would be made in full, at $2bn a year."""
    (found,) = lone_concessions(pie.replace({"issues.pie.us_gain": 2.0}))
    assert (found.side, found.issue, found.prior) == ("us", "pie", 1.0)
    assert found.z == 1.0
    assert found.gain == pytest.approx(2.0, abs=1e-5)


def test_own_cost_makes_it_a_net_loss(pie: ng.Scenario) -> None:
    """Giving z of an issue costs ``own_cost (0.8 z + 0.2 z^2)`` at home: $2bn of gain against $4bn
    of own cost leave ``2 z - 3.2 z - 0.8 z^2``, which is nowhere positive.
    """
    assert (
        lone_concessions(pie.replace({"issues.pie.us_gain": 2.0, "issues.pie.own_cost": 4.0})) == ()
    )


def test_part_of_an_issue_may_be_worth_giving(pie: ng.Scenario) -> None:
    """With $2bn of gain and $2bn of own cost ``0.4 (z - z^2)`` is largest at one half: $0.1bn."""
    changed = pie.replace({"issues.pie.us_gain": 2.0, "issues.pie.own_cost": 2.0})
    (found,) = lone_concessions(changed)
    assert found.z == pytest.approx(0.5, abs=1e-5)
    assert found.gain == pytest.approx(0.1, abs=1e-5)


def test_reach_limits_a_lone_concession(pie: ng.Scenario) -> None:
    """What cannot be conceded before the horizon is not counted as a gain."""
    changed = pie.replace({"issues.pie.us_gain": 2.0, "issues.pie.reach": 0.25})
    (found,) = lone_concessions(changed)
    assert (found.z, found.gain) == (pytest.approx(0.25), pytest.approx(0.5, abs=1e-5))


def test_types_are_told_apart(pie: ng.Scenario) -> None:
    """Where protection costs a hawk what a dove does not mind, only the dove concedes."""
    stance = [{"value": b, "mark": "user"} for b in (0.0, 1.0, 2.0)]
    changed = pie.replace(
        {
            "issues.pie.us_gain": 1.0,
            "issues.pie.protection": 3.0,
            "us.types.stance": stance,
            "us.types.stance_prior": [0.2, 0.3, 0.5],
        }
    )
    (found,) = lone_concessions(changed)
    assert (found.stance, found.prior) == ("dove", pytest.approx(0.2))

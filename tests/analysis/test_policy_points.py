"""Payoffs at the tariffs that the talks are about, and the game of the first deadline."""

from __future__ import annotations

import pytest

import negotiation as ng
from negotiation.analysis.deadline_game import DeadlineGame, deadline_game
from negotiation.analysis.policy_points import POINTS, PolicyPoints, policy_points


@pytest.fixture(scope="module")
def stockholm() -> ng.Scenario:
    """The shipped scenario."""
    return ng.Scenario.load("stockholm-2025")


@pytest.fixture(scope="module")
def points(stockholm: ng.Scenario) -> PolicyPoints:
    """Its policy points."""
    return policy_points(stockholm)


@pytest.fixture(scope="module")
def game(stockholm: ng.Scenario) -> DeadlineGame:
    """Its deadline game."""
    found = deadline_game(stockholm)
    assert found is not None
    return found


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


def test_the_resolute_make_light_of_a_lapse(points: PolicyPoints, stockholm: ng.Scenario) -> None:
    """A resolute type weighs the cost of a lapse at its resolve, an ordinary one at one."""
    ordinary, resolute = (q.value for q in stockholm.us.types.resolve)
    for cost in points.lapse_cost["us"].values():
        assert cost["resolute"] / cost["ordinary"] == pytest.approx(resolute / ordinary)


def test_types_of_a_side_exhaust_the_prior(game: DeadlineGame) -> None:
    """The probabilities of a side's types sum to one."""
    for side in ("us", "china"):
        assert sum(t.prior for t in game.types if t.side == side) == pytest.approx(1.0)


def test_a_cheaper_lapse_means_holding_out_more(game: DeadlineGame) -> None:
    """Within a side, the less a type loses in a lapse, the more it holds out."""
    for side in ("us", "china"):
        types = sorted((t for t in game.types if t.side == side), key=lambda t: t.crash)
        assert [t.holds_out for t in types] == sorted(t.holds_out for t in types)


def test_average_crash_is_that_of_the_types(game: DeadlineGame) -> None:
    """The average game is the types' payoffs weighted by the prior."""
    for side, both_hold_out in (("us", game.game.A[1, 1]), ("china", game.game.B[1, 1])):
        mean = sum(t.prior * t.crash for t in game.types if t.side == side)
        assert mean == pytest.approx(both_hold_out)


def test_it_is_chicken(game: DeadlineGame) -> None:
    """A lapse costs more than giving way, so the deadline is Chicken (model.md, section 7)."""
    assert game.game.game_class.name == "Chicken"
    assert set(game.game.pure_equilibria) == {(0, 1), (1, 0)}

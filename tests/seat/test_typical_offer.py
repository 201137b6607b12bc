"""What a thousand simulated delegations would offer here: counted from games that are played."""

from __future__ import annotations

import numpy as np
import pytest

import negotiation as ng
from negotiation.game import Kind
from negotiation.seat import Seat
from negotiation.seat.hints import simulated, suggestions, theory

THREE = "stockholm-three-issues"


def at_an_offer(side: str, number: int = 0, seed: int = 1) -> Seat:
    """Return a seat that is to make its offer of this number."""
    seat = Seat(THREE, side, seed=seed)
    while seat.waiting().kind is not Kind.OFFER or made(seat) < number:
        seat.decide(None)
    return seat


def made(seat: Seat) -> int:
    """Return how many offers a seat has made."""
    return sum(d.kind is Kind.OFFER and d.side == seat.side for d in seat.game.decisions)


@pytest.mark.parametrize(("side", "number"), [("us", 0), ("china", 2)])
def test_offers_elsewhere_are_those_of_games_with_the_same_numbers(side: str, number: int) -> None:
    """A run of the same draw of the uncertain numbers, played by itself, makes this offer."""
    seat = at_an_offer(side, number, seed=4)
    found = seat.game.offers_elsewhere(side, number, range(1, 13))
    expected = []
    for run in range(1, 13):
        game = ng.Game(THREE, seed=4, run=run, runs_per_world=1000).play()
        offers = [d.choice for d in game.decisions if d.kind is Kind.OFFER and d.side == side]
        expected += offers[number : number + 1]
    assert np.array_equal(found, np.array(expected))


def test_half_of_the_offers_lie_between_the_worths_that_are_told() -> None:
    """The typical one is in the middle, as the seat values it, and can be drafted by its name."""
    seat = at_an_offer("china")
    rule, typical = simulated(seat, runs=200)
    view = seat.waiting().view
    offers = [tuple(x) for x in seat.game.offers_elsewhere("china", 0, range(1, 201)).tolist()]
    worths = np.array([[view.worth(p), view.expected_worth_to_other(p)] for p in offers])
    quarter, three = np.quantile(worths, [0.25, 0.75], axis=0)
    assert typical.package in offers
    assert quarter[0] <= typical.ours <= three[0] and quarter[1] <= typical.theirs <= three[1]
    assert f"{len(offers)} of 200" in typical.about
    assert f"${quarter[0]:.1f}bn a year to ${three[0]:.1f}bn a year to you" in typical.about
    assert rule.name == "rule" and typical.name == "typical"
    assert any(line.startswith("typical: ") for line in theory(seat))
    assert [one.name for one in suggestions(seat)][-1] == "typical"


def test_a_hint_changes_nothing_and_does_not_meet_what_the_other_hides() -> None:
    """The game stands where it stood; the run itself is not among those that are played."""
    seat = at_an_offer("us")
    before = seat.game.address, seat.game.point
    told = simulated(seat, runs=30)
    assert (seat.game.address, seat.game.point) == before
    assert simulated(seat, runs=30) == told


def test_where_everybody_offers_the_same_that_is_said() -> None:
    """Nothing is hidden when a pie is shared: there is one offer, and no range."""
    seat = Seat("split-the-pie", "china", seed=1)
    seat.decide("refuse")
    _, typical = simulated(seat, runs=40)
    assert typical.about.startswith("the same offer that 40 of 40 simulated delegations")

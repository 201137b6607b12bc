"""What a thousand simulated delegations would offer here: counted from games that are played."""

from __future__ import annotations

import numpy as np
import pytest

import negotiation as ng
from negotiation.game import Kind
from negotiation.seat import Seat
from negotiation.seat.hints import by_rule, simulated, suggestions, theory
from negotiation.words.numbers import percent

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
    found = seat.game.decisions_elsewhere(side, Kind.OFFER, number, range(1, 13))
    expected = []
    for run in range(1, 13):
        game = ng.Game(THREE, seed=4, run=run, runs_per_world=1000).play()
        offers = [d.choice for d in game.decisions if d.kind is Kind.OFFER and d.side == side]
        expected += offers[number : number + 1]
    assert [decision.choice for decision, _ in found] == expected


def test_half_of_the_offers_lie_between_the_worths_that_are_told() -> None:
    """The typical one is in the middle, as the seat values it, and can be drafted by its name."""
    seat = at_an_offer("china")
    rule, typical = simulated(seat, runs=200)
    view = seat.waiting().view
    made = seat.game.decisions_elsewhere("china", Kind.OFFER, 0, range(1, 201))
    offers = [decision.choice for decision, _ in made]
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


def at_a(kind: Kind, side: str, number: int, seed: int) -> Seat:
    """Return a seat at its decision of this kind with this number."""
    seat = Seat(THREE, side, seed=seed, home=True)
    while seat.waiting().kind is not kind or count(seat, kind) < number:
        seat.decide(None)
    return seat


def count(seat: Seat, kind: Kind) -> int:
    """Return how many decisions of a kind a seat has taken."""
    return sum(d.kind is kind and d.side == seat.side for d in seat.game.decisions)


@pytest.mark.parametrize(
    ("kind", "side", "number"),
    [(Kind.ANSWER, "china", 3), (Kind.STEP, "us", 2), (Kind.PROPOSE, "us", 0)],
)
def test_what_others_do_is_counted_in_games_that_are_played(
    kind: Kind, side: str, number: int
) -> None:
    """At a decision of this kind with the same number, in runs of the same uncertain numbers."""
    seat = at_a(kind, side, number, 4)
    chosen, heard = [], []
    for run in range(1, 81):
        game = ng.Game(THREE, seed=4, run=run, runs_per_world=1000).play()
        mine = [k for k, d in enumerate(game.decisions) if d.kind is kind and d.side == side]
        if len(mine) > number:
            before = game.decisions[: mine[number]]
            offers = [d.choice for d in before if d.kind is Kind.OFFER and d.side != side]
            chosen.append(game.decisions[mine[number]].choice)
            heard += offers[-1:]
    exact, counted = by_rule(seat, runs=80)
    no, yes = (chosen.count(word) for word in kind.words)
    assert counted.startswith("Of 80 simulated delegations in your seat, ")
    assert f" with other luck, {len(chosen)} come to such" in counted and no + yes == len(chosen)
    assert (
        f"(their number {number + 1}): {no} would " in counted and f" and {yes} would " in counted
    )
    if kind is Kind.ANSWER:
        view = seat.waiting().view
        low, high = np.quantile([view.worth(package) for package in heard], [0.25, 0.75])
        assert f"{low:.1f}bn a year to " in counted.replace("-$", "-").replace("$", "")
        assert 0 < yes < no, "offers and types differ, so answers do"
    for p in seat.waiting().chances.values():
        assert f"{percent(p)}" in exact
    assert "this is computed, not counted" in exact


def test_hints_at_an_answer_change_nothing() -> None:
    """The game stands where it stood, and asking again tells the same."""
    seat = at_a(Kind.ANSWER, "china", 1, 4)
    before = seat.game.address, seat.game.point
    told = by_rule(seat, runs=20)
    assert (seat.game.address, seat.game.point) == before
    assert by_rule(seat, runs=20) == told and theory(seat, runs=20)[-2:] == told


def test_a_home_front_is_told_of_home_fronts() -> None:
    """Who votes at home is no delegation."""
    seat = at_a(Kind.RATIFY, "us", 0, 0)
    assert all("home front" in line and "delegation" not in line for line in by_rule(seat, runs=20))

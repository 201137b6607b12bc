"""The first deadline in words, numbers and as a tree: the three say the same."""

from __future__ import annotations

import pytest

import negotiation as ng
from negotiation.analysis.decision_date import DecisionDate, decision_date
from negotiation.errors import InputError
from negotiation.theory import deadline_tree
from negotiation.theory.game_tree import Chance, Decision, End

OTHER = {"us": "china", "china": "us"}


@pytest.fixture(scope="module")
def date() -> DecisionDate:
    """That of the shipped scenario."""
    found = decision_date(ng.Scenario.load("stockholm-2025"))
    assert found is not None
    return found


def test_the_outcomes_follow_from_the_choices(date: DecisionDate) -> None:
    """A lot, a word, an answer to it, an answer to a demand: multiplied out by hand."""
    first = {"us": date.us_first, "china": 1.0 - date.us_first}
    even = sum(
        first[side] * (1.0 - date.speaks[side]) * (1.0 - date.replies[OTHER[side]])
        for side in first
    )
    assert date.outcomes["even"] == pytest.approx(even)
    for asker, giver in OTHER.items():
        asks = first[asker] * date.speaks[asker]
        asks += first[giver] * (1.0 - date.speaks[giver]) * date.replies[asker]
        gives = (1.0 - date.believed[giver]) * date.gives_in[giver]
        assert date.outcomes[f"{giver}_gives"] == pytest.approx(asks * gives)
    assert sum(date.outcomes.values()) == pytest.approx(1.0)


def test_a_refusal_teaches_by_bayes_rule(date: DecisionDate) -> None:
    """The resolute always refuse, the others as often as they do not give in."""
    for side, believed in date.believed.items():
        refuses = believed + (1.0 - believed) * (1.0 - date.gives_in[side])
        assert date.learned[side] == pytest.approx(believed / refuses)


def test_a_demand_is_for_something_worth_having(date: DecisionDate) -> None:
    """Either side asks for issues of the other's; the likelier of two brings it no less."""
    issues = ng.Scenario.load("stockholm-2025").issues
    for side, other in OTHER.items():
        asked = [demand for demand in date.demands if demand.side == side]
        assert asked and all(issues[d.issue].conceded_by == other for d in asked)
        assert sum(d.chance for d in asked) == pytest.approx(1.0)
        assert all(d.gain > 0.0 and d.days > 0.0 for d in asked)
        assert [d.chance for d in asked] == sorted((d.chance for d in asked), reverse=True)


def test_the_resolute_mind_penalties_less(date: DecisionDate) -> None:
    """What no truce is worth is a loss to all, and a smaller one to a resolute side."""
    for side in OTHER:
        assert date.no_truce[side]["ordinary"] < date.no_truce[side]["resolute"] < 0.0


def test_the_tree_has_the_numbers_of_the_date(date: DecisionDate) -> None:
    """Even is the zero; a resolute side that is asked refuses without a choice of its own."""
    tree = deadline_tree(ng.Scenario.load("stockholm-2025"))
    root = tree.root
    assert isinstance(root, Chance)
    assert sum(chance for chance, _ in root.after.values()) == pytest.approx(1.0)
    for name, (_, speech) in root.after.items():
        assert isinstance(speech, Decision)
        first = speech.player
        reply = speech.after["even"]
        assert isinstance(reply, Decision) and reply.player == OTHER[first]
        even = reply.after["accept"]
        assert isinstance(even, End) and tuple(even.payoffs) == (0.0, 0.0)
        giver = OTHER[first]
        resolute = f"{dict(us='US', china='China')[giver]} resolute" in name
        asked = speech.after["demand"]
        assert isinstance(asked, End) == resolute
        if not resolute:
            assert isinstance(asked, Decision) and asked.player == giver
            side = 0 if giver == "us" else 1
            refused = asked.after["refuse"].payoffs[side]
            assert refused == pytest.approx(date.no_truce[giver]["ordinary"])


def test_without_a_truce_there_is_no_tree() -> None:
    """One sentence says why."""
    with pytest.raises(InputError, match="no truce runs out"):
        deadline_tree(ng.Scenario.load("split-the-pie"))

"""What a side is told to weigh over a paper adds up to what it decides."""

from __future__ import annotations

from typing import Any

import pytest

import negotiation as ng
from negotiation.events import Event
from negotiation.transcript.happenings import sentence
from negotiation.transcript.motives import PAPERS, in_words, motive
from negotiation.transcript.record import Weighed

SCENARIO = ng.Scenario.load("stockholm-2025")


@pytest.fixture(scope="module")
def papers() -> list[tuple[ng.Talks, Event, tuple[Weighed, Weighed]]]:
    """Return every paper of some runs, and what both sides weighed over it."""
    found = []
    for run in range(25):
        talks = ng.run(SCENARIO, seed=13, run=run)
        asked, weighed = [e for e in talks.events if e.kind in PAPERS], talks.weighed()
        assert len(asked) == len(weighed)
        found += [(talks, *pair) for pair in zip(asked, weighed, strict=True)]
    return found


def test_it_is_signed_if_more_speaks_for_it_than_against(papers: list[Any]) -> None:
    """The parts, of the true type in its mood, add up to what the rules decide on, every time."""
    told = [
        (weighed[side].for_it >= 0.0, event.detail["signs"][side])
        for _, event, weighed in papers
        for side in range(2)
    ]
    assert {one for one, _ in told} == {True, False}
    assert all(found == signs for found, signs in told)


def test_only_leaders_weigh_a_picture_and_tension(papers: list[Any]) -> None:
    """A delegation weighs neither; a name under a paper costs both."""
    for _, event, weighed in papers:
        for one in weighed:
            assert (one.picture > 0.0) == (event.kind == "text")
            assert one.tension == 0.0 or event.kind == "text"
            assert one.paper < 0.0
            assert one.ahead >= -1e-9 or event.kind == "draft"


def test_every_refusal_and_every_loss_has_its_reasons(papers: list[Any]) -> None:
    """And a signature under a text that brings its side something needs none."""
    seen = set()
    for talks, event, weighed in papers:
        for side in range(2):
            signs, text = event.detail["signs"][side], weighed[side].text
            said = motive(talks, event, side)
            seen.add((signs, text < -0.05))
            assert bool(said) == (not signs or text <= -0.05)
            assert said in sentence(talks, event)
    assert len(seen) == 4


def test_a_decision_of_ones_own_is_given_no_reasons() -> None:
    """Where a person signs what the rule would not, the transcript does not explain it."""
    game = ng.Game(SCENARIO, seed=13)
    while (point := game.play_to("initial", side="us")) is not None:
        game.decide("initial" if "initial" in point.choices else point.choices[1])
    talks = game.talks
    draft = next(e for e in talks.events if e.kind == "draft")
    assert draft.detail["signs"][0] and talks.weighed()[0][0].for_it < 0.0
    assert motive(talks, draft, 0) == ""


def test_what_reads_as_nothing_is_left_out() -> None:
    """Parts below a twentieth of a billion are not told; where all are, nothing is."""
    assert in_words(Weighed(0.01, 0.0, 0.0, -2.0, 0.0, 0.0)) == (
        "For it: nothing. Against it: a name under a paper $2.0bn."
    )

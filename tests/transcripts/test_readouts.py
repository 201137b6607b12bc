"""How the sides speak of their talks: only where something happened, by what is public."""

from __future__ import annotations

from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest

import negotiation as ng
from negotiation.events import Event
from negotiation.transcript.happenings import sentence
from negotiation.transcript.readouts import agreed_at, readout, spoken_of, tension_at

SCENARIO = ng.Scenario.load("stockholm-2025")


@pytest.fixture(scope="module")
def played() -> list[ng.Talks]:
    """Return some runs."""
    return [ng.run(SCENARIO, seed=5, run=n) for n in range(12)]


def test_what_they_say_follows_from_what_is_public(played: list[ng.Talks]) -> None:
    """Whether they agreed and how tense relations are, and nothing else, decides the words."""
    said: dict[tuple[bool, bool], set[str]] = {}
    for talks in played:
        for event in talks.events:
            agreed = agreed_at(event)
            if agreed is None:
                assert readout(talks, event) == ""
                continue
            tension = tension_at(talks, event)
            words = readout(talks, event)
            assert sentence(talks, event).endswith(words) and words
            said.setdefault((agreed, tension >= 1.0), set()).add(words)
    assert len(said) == 4
    assert all(len(words) == 1 for words in said.values())
    assert len(set.union(*said.values())) == 4


def test_tension_is_what_the_news_last_told_and_fades() -> None:
    """Calm before any news; a half-life after an incident half of it is left."""
    days = SCENARIO.news.tension_half_life.value
    news = Event(7.0, "news", "incident", None, {"tension": 1.6, "rise": 1.0})
    first, later = (Event(d, "summit", "picture", None, {"day": d}) for d in (0.0, 7.0 + days))
    talks: Any = SimpleNamespace(scenario=SCENARIO, events=(first, news, later))
    assert tension_at(talks, first) == 0.0
    assert tension_at(talks, later) == pytest.approx(0.8)


def test_what_was_said_is_not_taken_back() -> None:
    """A readout is the same while talks go on as when they are over."""
    game = ng.Game(SCENARIO, seed=5, run=3)
    seen = {}
    while game.point is not None:
        talks = game.talks
        for number, event in enumerate(talks.events):
            assert seen.setdefault(number, readout(talks, event)) == readout(talks, event)
        game.decide()
    assert any(seen.values())


def test_an_offer_refused_or_a_draft_that_fails_has_no_readout(played: list[ng.Talks]) -> None:
    """Nor has news: somebody speaks where something came of talks, or was meant to."""
    for talks in played:
        for event in talks.events:
            failed = event.kind == "draft" and not all(event.detail["passes"])
            if event.kind == "offer" or event.phase == "news" or failed:
                assert readout(talks, event) == ""


def test_sides_other_than_china_speak_alike() -> None:
    """The Chinese wording is China's; two other sides use the same words."""
    pair = SCENARIO.replace({"sides": ["us", "japan"]})
    for agreed, strained in product((True, False), repeat=2):
        assert spoken_of(pair, agreed, strained).startswith("Both call it ")


def test_nobody_speaks_where_no_date_is_to_be_met() -> None:
    """A pie that is shared out has no tension and no press."""
    talks = ng.run(ng.Scenario.load("split-the-pie"), seed=1)
    assert any(agreed_at(event) for event in talks.events)
    assert not any(readout(talks, event) for event in talks.events)

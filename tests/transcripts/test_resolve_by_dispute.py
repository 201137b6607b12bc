"""What is told of resolve at the end agrees with how each side answered on every date."""

from __future__ import annotations

import re

import pytest

import negotiation as ng
from negotiation.transcript.looking_back import day_of
from negotiation.transcript.resolve import Spell, opens_dispute, resolve_in, spells

SCENARIO = ng.Scenario.load("stockholm-2025")
RUNS = range(60)


@pytest.fixture(scope="module")
def played() -> list[ng.Talks]:
    """Runs of which some have several disputes."""
    return [ng.run(SCENARIO, seed=5, run=n) for n in RUNS]


def resolute_on(talks: ng.Talks, side: int, day: float) -> bool:
    """Return whether a side is told to be resolute just before a date is decided."""
    for spell in spells(talks, side):
        if spell.until is None or day <= spell.until:
            return spell.resolute
    raise AssertionError(day)


def test_nobody_who_gives_in_is_told_to_be_resolute_then(played: list[ng.Talks]) -> None:
    """A side that gave in on a date was not resolute in the dispute of that date."""
    gave_in = [
        (talks, event)
        for talks in played
        for event in talks.events
        if event.kind in ("date_met", "crisis_meeting")
        and event.detail["demand"]
        and event.detail["agreed"]
    ]
    assert gave_in
    for talks, event in gave_in:
        assert not resolute_on(talks, 1 - event.side, day_of(event))
    # what the last dispute says of all of them would be wrong of some
    last = [talks.types[("us", "china")[1 - e.side]]["resolute"] for talks, e in gave_in]
    assert any(last)


def test_every_dispute_has_its_resolve(played: list[ng.Talks]) -> None:
    """As many disputes begin in what is told as in what is played; the last has the last type."""
    for talks in played:
        began = sum(opens_dispute(event) for event in talks.events)
        assert int(talks.history()[-1]["disputes"]) == 1 + began
        for side, label in enumerate(("us", "china")):
            told = spells(talks, side)
            assert told[-1].resolute == talks.types[label]["resolute"]
            assert (told[0].since, told[-1].until) == (None, None)
            for one, following in zip(told, told[1:], strict=False):
                assert one.until == following.since
                assert one.resolute != following.resolute


def test_the_words_have_both_dates() -> None:
    """Since when and until when, as far as there is an end."""
    one = [resolve_in(Spell(False, *ends), SCENARIO) for ends in ((None, 15.0), (15.0, 105.0))]
    assert one[0].startswith("is not resolute until 12 August 2025: ")
    assert one[1].startswith("is not resolute from 12 August 2025 to 10 November 2025: ")
    assert resolve_in(Spell(True, 15.0, None), SCENARIO).startswith(
        "is resolute from 12 August 2025 on: it gives in to no demand"
    )


def test_that_it_is_drawn_anew_is_said_where_it_turns(played: list[ng.Talks]) -> None:
    """And nowhere else."""
    for talks in played:
        text = " ".join(talks.transcript.split())
        turns = sum(len(spells(talks, side)) > 1 for side in range(2))
        assert (
            len(re.findall("Resolve is drawn anew with each agreement on a date.", text)) == turns
        )

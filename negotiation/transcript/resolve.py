"""Who was resolute when: resolve belongs to a dispute, and is drawn anew with the next truce."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from negotiation.scenario import SIDES
from negotiation.transcript.looking_back import day_of
from negotiation.words.language import marked, tr
from negotiation.words.scene import date_of, full_date
from negotiation.words.standing import TRUCE

if TYPE_CHECKING:
    from negotiation.events import Event
    from negotiation.scenario import Scenario
    from negotiation.transcript.record import Record


# By whether it begins and whether it ends within the talks; first of a side that is not resolute.
SAID = {
    (False, False): (
        marked("is not resolute: it counts penalties in full and may give in to a demand"),
        marked("is resolute: it gives in to no demand and makes light of penalties"),
    ),
    (False, True): (
        marked("is not resolute until {until}: it counts penalties in full and may give in to a "
               "demand"),
        marked("is resolute until {until}: it gives in to no demand and makes light of penalties"),
    ),
    (True, False): (
        marked("is not resolute from {since} on: it counts penalties in full and may give in to a "
               "demand"),
        marked("is resolute from {since} on: it gives in to no demand and makes light of "
               "penalties"),
    ),
    (True, True): (
        marked("is not resolute from {since} to {until}: it counts penalties in full and may give "
               "in to a demand"),
        marked("is resolute from {since} to {until}: it gives in to no demand and makes light of "
               "penalties"),
    ),
}  # fmt: skip


class Spell(NamedTuple):
    """Disputes one after another in which a side is resolute, or in which it is not.

    Attributes
    ----------
    resolute : bool
    since, until : float or None
        Days from the scenario's first; None from the first day, or to the last.
    """

    resolute: bool
    since: float | None
    until: float | None


def opens_dispute(event: Event) -> bool:
    """Return whether a new dispute begins with an event: a truce is extended, or comes again."""
    dates = ("date_met", "crisis_meeting", "lapse_ends")
    return event.kind in dates and event.detail["regime"] == TRUCE


def spells(talks: Record, side: int) -> list[Spell]:
    """Return when a side was resolute and when it was not, over all disputes of the negotiation."""
    began = [day_of(event) for event in talks.events if opens_dispute(event)]
    if not began:
        return [Spell(bool(talks.types[SIDES[side]]["resolute"]), None, None)]
    drawn = {int(now["disputes"]): bool(now["resolve"][side]) for now in talks.history()}
    starts = [None, *began]
    alike = [list(of) for _, of in groupby(sorted(drawn), key=lambda n: drawn[n])]
    since = [starts[of[0] - 1] for of in alike]
    return [
        Spell(drawn[of[0]], first, last)
        for of, first, last in zip(alike, since, [*since[1:], None], strict=True)
    ]


def resolve_in(spell: Spell, scenario: Scenario) -> str:
    """Return whether a side is resolute in a spell, and what that means, as a part of a sentence.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> resolve_in(Spell(True, 15.0, None), Scenario.load("stockholm-2025"))
    'is resolute from 12 August 2025 on: it gives in to no demand and makes light of penalties'
    """
    since, until = ("" if day is None else full_date(date_of(scenario, day)) for day in spell[1:])
    said = SAID[bool(since), bool(until)][spell.resolute]
    return tr(said, since=since, until=until)

"""How the sides speak of their talks in public afterwards, for the atmosphere: it moves nothing.

A readout follows where something came of it or was meant to: a date, a crisis meeting, a meeting of
the leaders, an offer that was accepted, a draft that was signed. Its words depend on two public
things: whether the sides agreed, and whether tension is at an incident's worth or more above calm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.words.language import marked, tr
from negotiation.words.parties import parties

if TYPE_CHECKING:
    from negotiation.events import Event
    from negotiation.scenario import Scenario
    from negotiation.transcript.record import Record

STRAINED = 1.0  # tension: what one incident adds
# by whether they agreed and whether relations are strained: as most speak, and as China does
WORDS = {
    (True, False): (marked("constructive"), marked("candid, in-depth and constructive")),
    (True, True): (marked("productive"), marked("candid and in-depth")),
    (False, False): (marked("candid"), marked("candid")),
    (False, True): (marked("frank"), marked("serious and frank")),
}


def agreed_at(event: Event) -> bool | None:
    """Return whether the sides agreed at an event; None where none of them speaks of it."""
    if event.kind in ("date_met", "crisis_meeting"):
        return bool(event.detail["regime"] == "truce")
    if event.kind == "draft":
        return True if all(event.detail["passes"]) else None
    return {
        ("talks", "parked"): True, ("talks", "signed"): True, ("summit", "signed"): True,
        ("summit", "picture"): True, ("summit", "no_deal"): False,
    }.get((event.phase, event.kind))  # fmt: skip


def tension_at(talks: Record, event: Event) -> float | None:
    """Return tension after the tick of an event; None where the state of ticks is not kept."""
    kept = vars(talks)
    if "_tension" not in kept:  # play is taken again for it
        states = talks.history()
        days = [float(state["day"]) for state in states]
        after = [float(state["tension"]) for state in [*states[1:], *states[-1:]]]
        kept["_tension"] = dict(zip(days, after, strict=True))
    found: dict[float, float] = kept["_tension"]
    return found.get(event.day)


def readout(talks: Record, event: Event) -> str:
    """Return how both sides speak of what happened; nothing where nothing did.

    Where no date is to be met there is no tension either, and nobody speaks.
    """
    agreed = agreed_at(event) if talks.scenario.calendar.truce_expires is not None else None
    tension = None if agreed is None else tension_at(talks, event)
    if agreed is None or tension is None:
        return ""
    return spoken_of(talks.scenario, agreed, tension >= STRAINED)


def spoken_of(scenario: Scenario | None, agreed: bool, strained: bool) -> str:
    """Return how both sides speak of talks that ended so, in such relations.

    Examples
    --------
    >>> spoken_of(None, agreed=True, strained=False)
    'Washington calls it constructive, Beijing candid, in-depth and constructive.'
    >>> spoken_of(None, agreed=False, strained=False)
    'Both call it candid.'
    """
    sides = parties(scenario)
    words = [tr(WORDS[agreed, strained][side.key == "china"]) for side in sides]
    if words[0] == words[1]:
        return tr("Both call it {words}.", words=words[0])
    return tr(
        "{first} calls it {words}, {second} {others}.", first=sides[0].capital,
        words=words[0], second=sides[1].capital, others=words[1],
    )  # fmt: skip

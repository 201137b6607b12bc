"""How the sides speak of their talks in public afterwards, for the atmosphere: it moves nothing.

A readout follows where something came of it or was meant to: a date, a crisis meeting, a meeting of
the leaders, an offer that was accepted, a draft that was signed. Its words depend on two public
things: whether the sides agreed, and whether tension, as the news last told it, still stands at an
incident's worth or more above calm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.transcript.looking_back import before, day_of
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


def tension_at(talks: Record, event: Event) -> float:
    """Return where tension stands for whoever has heard the news: as last told, faded since.

    It fades with its half-life at the central value; before any news it is calm.
    """
    told = [other for other in before(talks, event) if "tension" in other.detail]
    if not told:
        return 0.0
    days = max(day_of(event) - told[-1].day, 0.0)
    half_life: float = talks.scenario.news.tension_half_life.value
    return float(told[-1].detail["tension"] * 0.5 ** (days / half_life))


def readout(talks: Record, event: Event) -> str:
    """Return how both sides speak of what happened; nothing where nothing did.

    Where no date is to be met there is no tension either, and nobody speaks.
    """
    agreed = agreed_at(event) if talks.scenario.calendar.truce_expires is not None else None
    if agreed is None:
        return ""
    return spoken_of(talks.scenario, agreed, tension_at(talks, event) >= STRAINED)


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

"""What came before an event: the same offer, the answer that still stands, what has been signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.words.packages import exchange
from negotiation.words.scene import date_of, day_month
from negotiation.words.standing import TRUCE, Phrases, phrases, said_of

if TYPE_CHECKING:
    from negotiation.events import Event
    from negotiation.scenario import Scenario
    from negotiation.transcript.record import Record


def day_of(event: Event) -> float:
    """Return the day of an event: its own where it has one, else the first of its tick."""
    return float(event.detail.get("due", event.detail.get("day", event.day)))


def has_own_date(event: Event) -> bool:
    """Return whether an event is known to the day rather than to the tick."""
    return "due" in event.detail or "day" in event.detail


def day_in_words(talks: Record, event: Event) -> str:
    """Return the day of an event in words."""
    return day_month(date_of(talks.scenario, day_of(event)))


def before(talks: Record, event: Event) -> list[Event]:
    """Return what came before an event, in order; of one that is not among them, all."""
    found = []
    for other in talks.events:
        if other is event:
            break
        found.append(other)
    return found


def earlier(talks: Record, event: Event) -> Event | None:
    """Return the last event of the same kind, and of the same side, before this one."""
    kind = event.phase, event.kind, event.side
    return next((e for e in before(talks, event)[::-1] if (e.phase, e.kind, e.side) == kind), None)


def repeated(talks: Record, event: Event) -> Event | None:
    """Return the first of the same packages that an event repeats one after another, if any."""
    first, last = None, earlier(talks, event)
    while last is not None and same(talks, last, event):
        first, last = last, earlier(talks, last)
    return first


def same(talks: Record, one: Event, other: Event) -> bool:
    """Return whether two packages read alike."""
    texts = [exchange(talks.scenario, event.detail["package"]) for event in (one, other)]
    return texts[0] == texts[1]


def both_said_yes(talks: Record, event: Event) -> Event | None:
    """Return what became of the last accepted offer before an event, if it could not be signed."""
    found = before(talks, event)[::-1]
    return next((e for e in found if e.kind in ("parked", "blocked")), None)


def said_since(talks: Record, agreed: Event, event: Event) -> bool:
    """Return whether another offer to which no answer was due came between the two events."""
    for other in before(talks, event)[::-1]:
        if other is agreed:
            break
        if other.kind == "offer" and not other.detail["asked"]:
            return True
    return False


def text_of_the_day(talks: Record, event: Event) -> Event | None:
    """Return the last text that the sherpas wrote for the meeting that an event is about."""
    last = next((e for e in before(talks, event)[::-1] if e.kind == "text"), None)
    return last if last is not None and day_of(last) == day_of(event) else None


def words_of_the_day(talks: Record, event: Event) -> Phrases:
    """Return what to call what lasts until a date: once a truce has come it is one."""
    scenario = talks.scenario
    if not is_truce(scenario) and any(brings_truce(talks, e) for e in before(talks, event)):
        return said_of(TRUCE)
    return phrases(scenario)


def is_truce(scenario: Scenario) -> bool:
    """Return whether what runs out at a scenario's first date is a truce."""
    return scenario.standing.before == TRUCE


def brings_truce(talks: Record, event: Event) -> bool:
    """Return whether after an event, where no truce ran before, what can be extended is one.

    Where penalties are in force that may be taken off, that is so once they are; where they are
    threatened, once they have come.
    """
    if event.kind == "reopened":
        return True
    if event.kind not in ("date_met", "crisis_meeting", "lapse_ends"):
        return False
    regime = event.detail["regime"]
    if talks.scenario.standing.before == "relief":
        return bool(regime == TRUCE)
    return regime not in (TRUCE, "lapse")


def stands(talks: Record, event: Event) -> bool:
    """Return whether something signed before an event is in force at it."""
    found = False
    for other in before(talks, event):
        if other.kind == "signed" or (other.kind == "draft" and all(other.detail["passes"])):
            found = True
        elif other.kind in ("reopened", "term_over"):
            found = False
    return found

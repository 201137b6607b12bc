"""Why a paper is not signed, or is signed at a loss: what whoever is asked weighed, in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.transcript.looking_back import before
from negotiation.transcript.record import Weighed
from negotiation.words.language import in_list, marked, tr, trc
from negotiation.words.numbers import money

if TYPE_CHECKING:
    from negotiation.events import Event
    from negotiation.transcript.record import Record

SMALL = 0.05  # $bn: what would be shown as nothing
PAPERS = ("draft", "text")


NAMES = {  # of what speaks for a signature, and against it
    "text": (marked("the text"), marked("the text")),
    "picture": (marked("the picture"), marked("the picture")),
    "ahead": (marked("a spared deadline"), marked("less to sign at the leaders' meeting")),
    "paper": (marked("a name under a paper"), marked("a name under a paper")),
    "tension": (marked("good relations"), marked("tension")),
    "mood": (marked("its mood"), marked("its mood")),
}


def weighed_at(talks: Record, event: Event, side: int) -> Weighed | None:
    """Return what a side weighed over a paper; None where that is not known."""
    number = sum(e.kind in PAPERS for e in before(talks, event))
    found = talks.papers_weighed
    return found[number][side] if number < len(found) else None


def motive(talks: Record, event: Event, side: int) -> str:
    """Say what spoke for and against a signature, where it is refused or the text brings a loss.

    Nothing where somebody decided otherwise than the side's rule would have.
    """
    weighed, signs = weighed_at(talks, event, side), event.detail["signs"][side]
    if weighed is None or signs != (weighed.for_it >= 0.0) or (signs and weighed.text > -SMALL):
        return ""
    return in_words(weighed, talks.scenario.unit)


def in_words(weighed: Weighed, unit: str = "$bn") -> str:
    """Return what spoke for and against a signature.

    Examples
    --------
    >>> in_words(Weighed(text=1.3, picture=0.0, ahead=0.0, paper=-2.0, tension=-1.9, mood=0.01))
    'For it: the text $1.3bn. Against it: a name under a paper $2.0bn; tension $1.9bn.'
    """
    parts: tuple[list[str], list[str]] = ([], [])
    for name, worth in zip(Weighed._fields, weighed, strict=True):
        if abs(worth) >= SMALL:
            against = worth < 0.0
            filled = {"what": tr(NAMES[name][against]), "sum": money(abs(worth), unit)}
            parts[against].append(trc("weighed", "{what} {sum}", **filled))
    pros, cons = (in_list(found) or tr("nothing") for found in parts)
    return tr("For it: {pros}. Against it: {cons}.", pros=pros, cons=cons)

"""The words for each kind of event, by the phase it belongs to; a line break starts a new point."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from negotiation.transcript import papers
from negotiation.transcript.disputes import date_met, lapse_ends
from negotiation.transcript.looking_back import (
    before,
    day_in_words,
    has_own_date,
    words_of_the_day,
)
from negotiation.words.numbers import percent
from negotiation.words.parties import by_seat, parties
from negotiation.words.scene import capital, date_of, full_date
from negotiation.words.standing import PHRASES, TRUCE

if TYPE_CHECKING:
    from negotiation.events import Event
    from negotiation.transcript.record import Record


def ruling(talks: Record, event: Event) -> str:
    """Say that a court rules against the tariffs, and what that does."""
    again = any(other.kind == "ruling" for other in before(talks, event))
    court, whose = "Another court" if again else "A court", parties(talks.scenario)[0].name
    return (
        f"{court} rules that the emergency tariffs of {whose} go too far. They stay in force "
        "during the appeal, but the threat to raise them is worth less."
    )


def incident(talks: Record, event: Event) -> str:
    """Say that something raises tension."""
    return f"An incident strains relations ({mood(talks, event)})."


def mood(talks: Record, event: Event) -> str:
    """Return tension in words: by how much it changes, and where it stands; 0 is calm."""
    rise, tension = event.detail["rise"], event.detail["tension"]
    change = f"tension {'up' if rise > 0 else 'down'} {f'{abs(rise):.1f}'.removesuffix('.0')}"
    level = f"{-tension:.1f} below calm" if tension <= -0.05 else f"{max(tension, 0.0):.1f}"
    told = any(other.detail.get("rise") for other in before(talks, event))
    scale = "" if told or tension <= -0.05 else "; 0 is calm"
    return f"{change}, to {level}{scale}"


def thaw(talks: Record, event: Event) -> str:
    """Say that something lowers tension."""
    return f"Both sides strike a softer tone ({mood(talks, event)})."


def sectoral(talks: Record, event: Event) -> str:
    """Say that new sectoral tariffs are imposed."""
    who = capital(parties(talks.scenario)[0].name)
    return f"{who} imposes new sectoral tariffs ({mood(talks, event)})."


def controls(talks: Record, event: Event) -> str:
    """Say that the pause of technology controls is over."""
    return (
        "The pause of new technology controls is over, and "
        f"{parties(talks.scenario)[0].name} puts them in force "
        f"({mood(talks, event)})."
    )


def step(talks: Record, event: Event) -> str:
    """Describe a unilateral step, answered or not."""
    side, sides = event.side or 0, parties(talks.scenario)
    does = "answers in kind" if event.detail["answered"] else "lets it pass"
    answer = f"{sides[1 - side].name} {does}"
    return (
        f"{capital(sides[side].name)} adds a new sanction or control, such as a listing of firms; "
        f"{answer} ({mood(talks, event)})."
    )


def reopened(talks: Record, event: Event) -> str:
    """Describe a deal that one side reopens because the other did not deliver."""
    until = full_date(date_of(talks.scenario, event.detail["expiry"]))
    us, china = (side.name for side in parties(talks.scenario))
    ran = words_of_the_day(talks, event) is PHRASES[TRUCE]
    starts = "The truce starts a new period" if ran else "A truce starts"
    return (
        f"A review finds that {china} delivers {percent(event.detail['delivered'])} of what it "
        f"pledged, and {us} reopens the deal. Nothing is signed any more. {starts}, until {until}."
    )


def term_over(talks: Record, event: Event) -> str:
    """Say that a deal no longer binds."""
    return (
        "The term of the deal is over. What was signed no longer binds, and the sides must decide "
        f"{words_of_the_day(talks, event).goes_on_or_not}."
    )


# ``{us.name}`` is what the side in that seat is called.
SENTENCES: dict[tuple[str, str], str | Callable[[Record, Event], str]] = {
    ("news", "ruling"): ruling,
    ("news", "selloff"): "Markets sell off; for some weeks penalties look costlier to {us.name}.",
    ("news", "incident"): incident,
    ("news", "thaw"): thaw,
    ("news", "sectoral"): sectoral,
    ("news", "controls"): controls,
    (
        "news",
        "delayed",
    ): "New sectoral tariffs are due; {us.name} puts them off to protect the talks.",
    ("provocations", "step"): step,
    ("talks", "offer"): papers.offer,
    ("talks", "parked"): papers.parked,
    ("talks", "withdrawn"): papers.withdrawn,
    ("talks", "signed"): papers.signed_by_delegations,
    ("talks", "blocked"): papers.blocked,
    ("talks", "ready"): papers.ready,
    ("talks", "draft"): papers.draft,
    ("talks", "term_over"): term_over,
    ("talks", "lapse_ends"): lapse_ends,
    ("talks", "reopened"): reopened,
    ("deadline", "date_met"): date_met,
    ("talks", "crisis_meeting"): date_met,
    (
        "talks",
        "rare_earths_cut",
    ): "{china.name} stops exports of rare earths to {us.name} for as long as the penalties last.",
    ("summit", "no_meeting"): papers.no_meeting,
    ("summit", "text"): papers.leaders_text,
    ("summit", "put_off"): papers.put_off,
    ("summit", "picture"): papers.picture,
    ("summit", "signed"): papers.signed_by_leaders,
    ("summit", "no_deal"): "The leaders meet, and what both had approved slips at "
    "the table: they part without a deal.",
}


def sentence(talks: Record, event: Event) -> str:
    """Return an event in words."""
    told = SENTENCES.get((event.phase, event.kind), f"{event.kind.replace('_', ' ')}.")
    if isinstance(told, str):
        return capital(told.format(**by_seat(talks.scenario)))
    return told(talks, event)


# What stands before a sentence where the name of the phase would say less.
STAMPS = {
    "crisis_meeting": "Crisis meeting",
    "rare_earths_cut": "Penalties",
    "lapse_ends": "Lapse",
    "reopened": "Review",
    "term_over": "End of term",
}


def stamp(talks: Record, event: Event) -> str:
    """Return what an event belongs to, with its day where that is known."""
    title = STAMPS.get(event.kind, capital(event.phase))
    return f"{title}, {day_in_words(talks, event)}" if has_own_date(event) else title

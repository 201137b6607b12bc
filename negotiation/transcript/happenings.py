"""The words for each kind of event, by the phase it belongs to; a line break starts a new point."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from negotiation.transcript import papers
from negotiation.transcript.disputes import date_met, lapse_ends, rare_earths_cut
from negotiation.transcript.looking_back import (
    before,
    day_in_words,
    has_own_date,
    words_of_the_day,
)
from negotiation.transcript.readouts import readout
from negotiation.words.language import marked, tr, trc
from negotiation.words.numbers import percent
from negotiation.words.parties import by_seat, parties
from negotiation.words.scene import capital, date_of, full_date
from negotiation.words.standing import TRUCE, said_of

if TYPE_CHECKING:
    from negotiation.events import Event
    from negotiation.transcript.record import Record


def ruling(talks: Record, event: Event) -> str:
    """Say that a court rules against the tariffs, and what that does."""
    again = any(other.kind == "ruling" for other in before(talks, event))
    whose = parties(talks.scenario)[0].name
    if again:
        return tr(
            "Another court rules that the emergency tariffs of {side} go too far. They stay in "
            "force during the appeal, but the threat to raise them is worth less.", side=whose,
        )  # fmt: skip
    return tr(
        "A court rules that the emergency tariffs of {side} go too far. They stay in force during "
        "the appeal, but the threat to raise them is worth less.", side=whose,
    )  # fmt: skip


def incident(talks: Record, event: Event) -> str:
    """Say that something raises tension."""
    return tr("An incident strains relations ({mood}).", mood=mood(talks, event))


def mood(talks: Record, event: Event) -> str:
    """Return tension in words: by how much it changes, and where it stands; 0 is calm."""
    rise, tension = event.detail["rise"], event.detail["tension"]
    by = f"{abs(rise):.1f}".removesuffix(".0")
    level = f"{max(tension, 0.0):.1f}"
    if tension <= -0.05:
        below = f"{-tension:.1f}"
        level = tr("{n} below calm", n=below)
    told = any(other.detail.get("rise") for other in before(talks, event))
    if not (told or tension <= -0.05):
        level = tr("{n}; 0 is calm", n=level)
    if rise > 0:
        return tr("tension up {by}, to {level}", by=by, level=level)
    return tr("tension down {by}, to {level}", by=by, level=level)


def thaw(talks: Record, event: Event) -> str:
    """Say that something lowers tension."""
    return tr("Both sides strike a softer tone ({mood}).", mood=mood(talks, event))


def sectoral(talks: Record, event: Event) -> str:
    """Say that new sectoral tariffs are imposed."""
    who = capital(parties(talks.scenario)[0].name)
    return tr("{side} imposes new sectoral tariffs ({mood}).", side=who, mood=mood(talks, event))


def controls(talks: Record, event: Event) -> str:
    """Say that the pause of technology controls is over."""
    return tr(
        "The pause of new technology controls is over, and {side} puts them in force ({mood}).",
        side=parties(talks.scenario)[0].name, mood=mood(talks, event),
    )  # fmt: skip


def step(talks: Record, event: Event) -> str:
    """Describe a unilateral step, answered or not."""
    side, sides = event.side or 0, parties(talks.scenario)
    filled = {
        "side": capital(sides[side].name), "other": sides[1 - side].name,
        "mood": mood(talks, event),
    }  # fmt: skip
    if event.detail["answered"]:
        return tr(
            "{side} adds a new sanction or control, such as a listing of firms; {other} answers in "
            "kind ({mood}).", **filled,
        )  # fmt: skip
    return tr(
        "{side} adds a new sanction or control, such as a listing of firms; {other} lets it pass "
        "({mood}).", **filled,
    )  # fmt: skip


def reopened(talks: Record, event: Event) -> str:
    """Describe a deal that one side reopens because the other did not deliver."""
    until = full_date(date_of(talks.scenario, event.detail["expiry"]))
    us, china = (side.name for side in parties(talks.scenario))
    filled = {
        "china": china, "share": percent(event.detail["delivered"]), "us": us, "until": until,
    }  # fmt: skip
    if words_of_the_day(talks, event) == said_of(TRUCE):
        return tr(
            "A review finds that {china} delivers {share} of what it pledged, and {us} reopens the "
            "deal. Nothing is signed any more. The truce starts a new period, until {until}.",
            **filled,
        )
    return tr(
        "A review finds that {china} delivers {share} of what it pledged, and {us} reopens the "
        "deal. Nothing is signed any more. A truce starts, until {until}.", **filled,
    )  # fmt: skip


def term_over(talks: Record, event: Event) -> str:
    """Say that a deal no longer binds."""
    return tr(
        "The term of the deal is over. What was signed no longer binds, and the sides must decide "
        "{question}.", question=words_of_the_day(talks, event).goes_on_or_not,
    )  # fmt: skip


# ``{us.name}`` is what the side in that seat is called.
SENTENCES: dict[tuple[str, str], str | Callable[[Record, Event], str]] = {
    ("news", "ruling"): ruling,
    ("news", "selloff"): marked(
        "Markets sell off; for some weeks penalties look costlier to {us.name}."
    ),
    ("news", "incident"): incident,
    ("news", "thaw"): thaw,
    ("news", "sectoral"): sectoral,
    ("news", "controls"): controls,
    ("news", "delayed"): marked(
        "New sectoral tariffs are due; {us.name} puts them off to protect the talks."
    ),
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
    ("talks", "rare_earths_cut"): rare_earths_cut,
    ("summit", "no_meeting"): papers.no_meeting,
    ("summit", "text"): papers.leaders_text,
    ("summit", "put_off"): papers.put_off,
    ("summit", "picture"): papers.picture,
    ("summit", "signed"): papers.signed_by_leaders,
    ("summit", "no_deal"): marked(
        "The leaders meet, and what both had approved slips at the table: they part without a deal."
    ),
}


def sentence(talks: Record, event: Event) -> str:
    """Return an event in words."""
    told = SENTENCES.get((event.phase, event.kind), f"{event.kind.replace('_', ' ')}.")
    if isinstance(told, str):
        text = capital(tr(told, **by_seat(talks.scenario)))
    else:
        text = told(talks, event)
    spoken = readout(talks, event)
    return f"{text}\n{spoken}" if spoken else text


# What stands before a sentence where the name of the phase would say less.
STAMPS = {
    "crisis_meeting": marked("Crisis meeting"),
    "rare_earths_cut": marked("Penalties"),
    "lapse_ends": marked("Lapse"),
    "reopened": marked("Review"),
    "term_over": marked("End of term"),
}
PHASES = {
    "news": marked("News"),
    "provocations": marked("Provocations"),
    "talks": marked("Talks"),
    "deadline": marked("Deadline"),
    "summit": marked("Summit"),
}


def stamp(talks: Record, event: Event) -> str:
    """Return what an event belongs to, with its day where that is known."""
    title = tr(STAMPS.get(event.kind) or PHASES.get(event.phase) or capital(event.phase))
    if not has_own_date(event):
        return title
    return trc("a stamp", "{title}, {day}", title=title, day=day_in_words(talks, event))

"""The transcript as text and as data; how it ended, what it brought, what neither could see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from negotiation.scenario import SIDES
from negotiation.transcript.happenings import sentence, stamp
from negotiation.transcript.looking_back import day_of
from negotiation.transcript.resolve import resolve_in, spells
from negotiation.words import outcomes
from negotiation.words.changes import in_lines
from negotiation.words.language import data, in_list, joined, marked, tr, trc, trn
from negotiation.words.numbers import money, percent
from negotiation.words.packages import by_name, exchange, listed, places_of
from negotiation.words.parties import Party, by_seat, parties
from negotiation.words.scene import (
    STANCES,
    baseline,
    capital,
    date_of,
    day_month,
    flows,
    full_date,
)
from negotiation.words.standing import TRUCE, Phrases, phrases, said_of
from negotiation.words.wrapping import wrapped

if TYPE_CHECKING:
    from negotiation.events import Event
    from negotiation.scenario import Scenario
    from negotiation.transcript.record import Record

WIDTH = 92
LEAST, LEAST_TRADE = 0.5, 0.005  # $bn a year, and a share: what is worth a line


def tell(talks: Record) -> str:
    """Return a negotiation as text: dates, phases, sentences; at the end what stayed hidden.

    Parameters
    ----------
    talks : Record
        From :func:`negotiation.run`.

    Examples
    --------
    >>> import negotiation as ng
    >>> print(ng.run(ng.Scenario.load("split-the-pie"), seed=1).transcript)
    Split the pie: one divisible issue, nothing else
    Run 0 under seed 1: what the model's two sides did, not what happened.
    ...
    On 29 December 2025 a deal signed by the delegations is in force.
    What was signed:
      From the United States: the pie 50% to China.
    ...
    """
    return "\n".join(laid_out(paragraphs(talks)))


class Paragraph(NamedTuple):
    """A text that has not been cut into lines, and the indents of its first and later lines."""

    text: str
    first: str = ""
    later: str = ""


def paragraphs(talks: Record) -> list[Paragraph]:
    """Return the transcript before it is cut into lines; an empty line is an empty text."""
    scenario = talks.scenario
    page = [
        Paragraph(data(scenario.title)),
        *(Paragraph(line, "", "  ") for line in in_lines(scenario)),
        Paragraph(
            tr(
                "Run {run} under seed {seed}: what the model's two sides did, not what happened.",
                run=talks.run,
                seed=talks.seed,
            )
        ),
        Paragraph(""),
        Paragraph(opening(scenario)),
    ]
    for day, events in groupby(talks.events, key=lambda event: event.day):
        page += [Paragraph(""), Paragraph(heading(scenario, day))]
        for event in events:
            said = {"stamp": stamp(talks, event), "sentence": sentence(talks, event)}
            page += points(trc("an event", "{stamp}. {sentence}", **said))
    horizon = full_date(scenario.calendar.horizon)
    page += [Paragraph(""), Paragraph(tr("Accounts, {date}", date=horizon))]
    for text in ending(talks):
        page += points(text)
    if secrets := hidden(talks):
        page += [Paragraph(""), Paragraph(tr("What neither side could see"))]
        for text in secrets:
            page += points(text)
    return page


def entries(talks: Record) -> list[dict[str, Any]]:
    """Return the transcript as plain data, one entry an event, in order.

    Returns
    -------
    list of dict
        ``date`` (ISO), ``phase``, ``kind``, ``side`` ("us", "china" or None), ``text`` (the
        sentence) and ``detail`` (numbers; packages as ``{issue: share conceded}``).
    """
    return [
        {
            "date": date_of(talks.scenario, day_of(event)).isoformat(),
            "phase": event.phase,
            "kind": event.kind,
            "side": None if event.side is None else SIDES[event.side],
            "text": sentence(talks, event).replace("\n", " "),
            "detail": plain_detail(talks, event),
        }
        for event in talks.events
    ]


def plain_detail(talks: Record, event: Event) -> dict[str, Any]:
    """Return an event's detail without arrays."""
    detail = {}
    for name, value in event.detail.items():
        if name == "package":
            value = dict(by_name(talks.scenario, value))
        elif isinstance(value, np.ndarray):
            value = value.tolist()
        detail[name] = value
    return detail


def opening(scenario: Scenario) -> str:
    """Return how things stand on the first day."""
    calendar, tariffs = scenario.calendar, scenario.tariffs
    first, second = parties(scenario)
    words = []
    if calendar.truce_expires is not None:
        words.append(first_date(scenario, calendar.truce_expires))
    relief = scenario.standing.before == "relief"  # what is levied is what would come off
    us, china = (
        (tariffs.us_suspended, tariffs.china_suspended)
        if relief
        else (tariffs.us_truce, tariffs.china_truce)
    )
    if us.value or china.value:
        words.append(
            tr(
                "On top of {base}, {side} charges {us} on {others} goods and {other} {china} on "
                "{own} goods.",
                base=data(scenario.standing.counted_over),
                side=first.name,
                us=percent(us.value),
                others=second.adjective,
                other=second.name,
                china=percent(china.value),
                own=first.adjective,
            )
        )
    if calendar.summit_from is not None and calendar.summit_to is not None:
        words.append(
            tr(
                "The leaders may meet between {first} and {last}.",
                first=day_month(calendar.summit_from),
                last=day_month(calendar.summit_to),
            )
        )
    if calendar.pause_ends is not None and scenario.news.pause_strain.value:
        words.append(
            tr(
                "New {adjective} technology controls are paused until {date}.",
                adjective=first.adjective,
                date=day_month(calendar.pause_ends),
            )
        )
    agenda = listed(data(issue.name) for issue in scenario.issues.values())
    words.append(tr("On the agenda: {issues}.", issues=agenda))
    return joined(*words)


def first_date(scenario: Scenario, day: dt.date) -> str:
    """Return what is decided on the first date, and for how long it would usually be put off."""
    tariffs, before, date = scenario.tariffs, scenario.standing.before, full_date(day)
    first, second = (side.adjective for side in parties(scenario))
    us, china = (
        (tariffs.us_truce, tariffs.china_truce)
        if before == "relief"
        else (tariffs.us_suspended, tariffs.china_suspended)
    )
    return tr(
        FIRST_DATE[before], date=date, first=first, second=second, us=percent(us.value),
        length=trn("{n} day", "{n} days", scenario.calendar.extension_days),
        china=percent(china.value),
    )  # fmt: skip


FIRST_DATE = {
    "truce": marked("A truce is in force until {date}; an extension would usually add {length}."),
    "relief": marked(
        "Penalties are in force. On {date} the sides decide whether they come down, usually for "
        "{length}, to {us} on {second} goods and {china} on {first} goods; the payoffs are counted "
        "from there."
    ),
    "rise": marked(
        "Penalties are in force, and further ones are threatened for {date}: {us} on {second} "
        "goods and {china} on {first} goods in all; putting them off would usually add {length}."
    ),
    "calm": marked(
        "Penalties are threatened for {date}: {us} on {second} goods and {china} on {first} goods "
        "in all; putting them off would usually add {length}."
    ),
}


def heading(scenario: Scenario, day: float) -> str:
    """Return the heading of a tick."""
    tick = scenario.clock.tick_days.value
    first = full_date(date_of(scenario, day))
    if tick == 7.0:
        return tr("Week of {date}", date=first)
    days = f"{tick:g}"
    return first if tick <= 1.0 else capital(tr("{n} days from {date}", n=days, date=first))


def points(text: str) -> list[Paragraph]:
    """Return the lines of a text as points: indented, and after the first further in."""
    head, *rest = text.split("\n")
    return [Paragraph(head, "  ", "    "), *(Paragraph(point, "    ", "      ") for point in rest)]


def laid_out(page: Sequence[Paragraph], width: int = WIDTH) -> list[str]:
    """Return paragraphs as lines of at most ``width`` characters."""
    return [
        line
        for paragraph in page
        for line in wrapped(paragraph.text, width, paragraph.first, paragraph.later) or [""]
    ]


def ending(talks: Record) -> list[str]:
    """Return the state at the horizon and each side's account."""
    horizon = full_date(talks.scenario.calendar.horizon)
    state = outcomes.ending(talks.outcome, talks.scenario)
    lines = [tr("On {date} {happens}.", date=horizon, happens=state)]
    if talks.outcome == "escalation" and not met_under_penalties(talks):
        lines = [joined(*lines, tr("No crisis meeting comes about."))]
    if talks.outcome in ("summit_deal", "working_deal"):
        z = [talks.package[name] for name in talks.scenario.issues]
        lines.append("\n".join([tr("What was signed:"), exchange(talks.scenario, z)]))
    zero, unit = baseline(talks.scenario), talks.scenario.unit
    found, what = talks.account, tr("the path to that day")
    if not flows(unit):  # there are no years, so what counts is what was signed
        found, what = talks.gains, tr("what was signed")
        if len(lines) == 1:
            return lines
    lines += [
        account(found[seat], side.name, zero, unit, what, places_of(talks.scenario))
        for seat, side in by_seat(talks.scenario).items()
    ]
    return lines + trade(talks.trade, parties(talks.scenario), phrases(talks.scenario))


def met_under_penalties(talks: Record) -> bool:
    """Return whether there was a crisis meeting since penalties last came into force."""
    for event in talks.events[::-1]:
        if event.kind == "crisis_meeting":
            return True
        if event.kind in ("date_met", "lapse_ends"):
            return False
    return False


def trade(
    found: dict[str, float], sides: Sequence[Party] | None = None, words: Phrases | None = None
) -> list[str]:
    """Return what became of trade, where it moved: the US deficit, and trade at its lowest.

    Without ``sides`` they are the US and China, and without ``words`` a truce ran.

    Examples
    --------
    >>> trade({"deficit": -12.3, "lowest": 1.0})
    ['The US deficit in goods with China is $12bn a year smaller than in the truce.']
    >>> trade({"deficit": 0.0, "lowest": 0.55})
    ["At its lowest, trade between the two was 55% of the truce's."]
    """
    lines, words = [], words or said_of(TRUCE)
    first, second = sides or parties()
    if found["lowest"] < 1.0 - LEAST_TRADE:
        low = percent(found["lowest"])
        lines.append(
            tr(
                "At its lowest, trade between the two was {share} {of_zero}.",
                share=low,
                of_zero=words.of_zero,
            )
        )
    if abs(found["deficit"]) >= LEAST:
        filled = {
            "whose": capital(first.of), "other": second.name,
            "sum": money(abs(found["deficit"]), "$bn"), "before": words.in_zero,
        }  # fmt: skip
        lines.append(
            tr(
                "{whose} deficit in goods with {other} is {sum} a year larger than {before}.",
                **filled,
            )
            if found["deficit"] > 0
            else tr(
                "{whose} deficit in goods with {other} is {sum} a year smaller than {before}.",
                **filled,
            )
        )
    return lines


def account(
    billions: float,
    side: str,
    zero: str,
    unit: str = "$bn",
    what: str | None = None,
    places: int | None = None,
) -> str:
    """Return what the path (or a deal) brought a side, as a sentence.

    Examples
    --------
    >>> account(-5.1, "China", "the truce")
    'Against the truce, the path to that day cost China $5.1bn.'
    """
    filled = {
        "zero": zero, "what": what or tr("the path to that day"), "side": side,
        "sum": money(billions, unit, places),
    }  # fmt: skip
    if abs(billions) < 0.5 * 10.0 ** -(places or 1):
        return tr("Against {zero}, {what} made no difference to {side}.", **filled)
    if billions > 0:
        return tr("Against {zero}, {what} brought {side} {sum}.", **filled)
    return tr("Against {zero}, {what} cost {side} {sum}.", **filled)


def hidden(talks: Record) -> list[str]:
    """Return each side's private type in words, leaving out what the scenario does not vary."""
    return [line for side in range(2) if (line := hidden_of(talks, side))]


def hidden_of(talks: Record, side: int) -> str:
    """Return the private type of one side in words, or nothing where it has none to hide."""
    label = SIDES[side]
    types, drawn = getattr(talks.scenario, label).types, talks.types[label]
    facts = []
    if len({q.value for q in types.stance}) > 1:
        cents = f"{100 * drawn['taste_for_protection']:.3g}"
        pays = trc("a payment", "nothing") if cents == "0" else tr("{n} cents", n=cents)
        facts.append(
            tr(
                "is {stance} on protection: it would pay {sum} to protect a dollar of its output",
                stance=tr(STANCES[drawn["stance"]]),
                sum=pays,
            )
        )
    if len({q.value for q in types.trait}) > 1:
        if "integrity" in drawn:
            share = percent(drawn["integrity"])
            facts.append(
                tr("would deliver {share} of what it pledges if nobody looked", share=share)
            )
        elif any(issue.kind == "technology" for issue in talks.scenario.issues.values()):
            facts.append(
                tr(
                    "values the denial of technology at {sum} a year",
                    sum=money(drawn["security_value"]),
                )
            )
    resolve = spells(talks, side) if len({q.value for q in types.resolve}) > 1 else []
    facts += [resolve_in(spell, talks.scenario) for spell in resolve]
    if not facts:
        return ""
    who = capital(parties(talks.scenario)[side].name)
    anew = tr("Resolve is drawn anew with each agreement on a date.") if len(resolve) > 1 else ""
    return joined(tr("{side} {facts}.", side=who, facts=in_list(facts)), anew)

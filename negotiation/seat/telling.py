"""What a side knows, and what it is told once the game is over, in sentences for any page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from negotiation.errors import counted
from negotiation.scenario import SIDES
from negotiation.seat.score import about_score, told
from negotiation.seat.seat import Seat
from negotiation.words import outcomes
from negotiation.words.numbers import percent
from negotiation.words.parties import by_seat
from negotiation.words.scene import day_month, full_date

if TYPE_CHECKING:
    from negotiation.seat.debriefing import Debrief

Section = tuple[str, list[str]]


def other_of(seat: Seat) -> str:
    """Return the seat of the other side.

    Examples
    --------
    >>> other_of(Seat("split-the-pie", "china", seed=1))
    'us'
    """
    return SIDES[1 - SIDES.index(seat.side)]


def sides_of(seat: Seat) -> tuple[str, str]:
    """Return what the own side and the other are called."""
    names = by_seat(seat.scenario)
    return names[seat.side].name, names[other_of(seat)].name


def believed(seat: Seat) -> str:
    """Return what one believes of the other side; nothing where there is nothing to believe.

    Examples
    --------
    >>> believed(Seat("stockholm-2025", "china", seed=5)).split(":")[0]
    'What you believe of the United States'
    """
    types = getattr(seat.scenario, other_of(seat)).types
    beliefs = seat.beliefs()
    facts = []
    if len({q.value for q in types.stance}) > 1:
        facts += [f"{name} {percent(beliefs[name])}" for name in ("dove", "middle", "hawk")]
    if len({q.value for q in types.resolve}) > 1:
        facts.append(f"resolute {percent(beliefs['resolute'])}")
    return f"What you believe of {sides_of(seat)[1]}: {', '.join(facts)}." if facts else ""


def sections(found: Debrief, seat: Seat) -> list[Section]:
    """Return a debrief as headings with paragraphs; where a heading is empty, there is none.

    Examples
    --------
    >>> from negotiation.seat import debrief
    >>> seat = Seat("split-the-pie", "china", seed=1)
    >>> seat.decide("accept")
    >>> [heading for heading, _ in sections(debrief(seat, delegations=10, futures=2), seat)]
    ['', 'Where you left money', 'Others in your place']
    """
    scenario, (_, other) = seat.scenario, sides_of(seat)
    horizon = full_date(scenario.calendar.horizon)
    ended = outcomes.ending(found.talks.outcome.value, scenario)

    def amount(value: float) -> str:
        return told(value, scenario)

    head = (
        f"On {horizon} {ended}. Your score: {amount(found.score)}; that of {other}: "
        f"{amount(found.score_other)}. It counts {about_score(scenario)}."
    )
    parts: list[Section] = [("", [head])]
    if found.hidden:
        parts.append(("What the other side hid", [found.hidden]))
    parts.append(("Where you left money", left_lines(found, amount)))
    usual = outcomes.ending(found.same_luck.outcome.value, scenario)
    strategy = getattr(scenario, seat.side).strategy.words
    share = percent(found.percentile)
    others = [
        f"With the same luck, your side's usual strategy ({strategy}) would have come to this: "
        f"{usual}; score {amount(found.same_luck_score)}.",
        f"Of {counted(found.delegations, 'simulated delegation')} that held the same hand (the "
        f"same types and numbers on both sides, other luck from the first day on), {share} did "
        f"worse than you, equal ones counted half. Their median: {amount(found.median)}; "
        f"{percent(found.signed_by_others)} of them signed something.",
    ]
    parts.append(("Others in your place", others))
    if found.taken_back:
        dates = ", ".join(f"{entry['kind']} ({day(entry['date'])})" for entry in found.taken_back)
        took = f"You took back {counted(len(found.taken_back), 'decision')}: {dates}."
        parts.append(("", [took]))
    if found.looked_ahead:
        often = counted(found.looked_ahead, "time").replace("1 time", "once")
        looked = (
            f"You looked at the futures of this game {often}; they know what the other side hides."
        )
        if found.taken_back:
            parts[-1][1].append(looked)
        else:
            parts.append(("", [looked]))
    return parts


def left_lines(found: Debrief, amount: Callable[[float], str]) -> list[str]:
    """Return where money was left: at the table, in refused offers, in single decisions."""
    lines = []
    if found.signed is None:
        lines.append(
            f"Nothing was signed. The fair package (Nash) would have been worth "
            f"{amount(found.nash[0])} a year to you and {amount(found.nash[1])} to them."
        )
    else:
        ours, theirs = found.signed
        left = found.left or 0.0
        more = (
            f"with nothing hidden, {amount(left)} a year more for you would have cost them nothing"
            if left >= 0.05
            else "no package would have brought you more at no cost to them"
        )
        lines.append(
            f"What was signed is truly worth {amount(ours)} a year to you and {amount(theirs)} to "
            f"them; {more}. The fair package (Nash): {amount(found.nash[0])} and "
            f"{amount(found.nash[1])}."
        )
    if found.refused is not None:
        lines.append(
            f"The best of their offers that you refused, on {day(found.refused.date)}, was worth "
            f"{amount(found.refused.ours)} a year to you."
        )
    for c in found.costly:
        lines.append(
            f"In the week of {day(c.date)} you chose: {c.chosen}. Otherwise ({c.better}) you "
            f"would have come out {amount(c.cost.value)} better on average "
            f"(95%: {amount(c.cost.low)} to {amount(c.cost.high)})."
        )
    if not found.costly:
        lines.append("No single decision of yours cost you more than luck could explain.")
    return lines


def day(date: str) -> str:
    """Return an ISO date as it is said.

    Examples
    --------
    >>> day("2025-08-11")
    '11 August'
    """
    return day_month(dt.date.fromisoformat(date))

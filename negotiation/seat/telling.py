"""What a side knows, and what it is told once the game is over, in sentences for any page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from negotiation.scenario import STANCES
from negotiation.seat.score import about_score, score_text
from negotiation.seat.seat import Seat
from negotiation.seat.words import worth_in
from negotiation.seats import opposite
from negotiation.words import outcomes
from negotiation.words.language import tr, trc, trn
from negotiation.words.numbers import percent
from negotiation.words.parties import by_seat
from negotiation.words.scene import day_month, full_date

if TYPE_CHECKING:
    from negotiation.seat.debriefing import Debrief

Section = tuple[str, list[str]]


def sides_of(seat: Seat) -> tuple[str, str]:
    """Return what the own side and the other are called."""
    names = by_seat(seat.scenario)
    return names[seat.side].name, names[opposite(seat.side)].name


def believed(seat: Seat) -> str:
    """Return what one believes of the other side; nothing where there is nothing to believe.

    Examples
    --------
    >>> believed(Seat("stockholm-2025", "china", seed=5)).split(":")[0]
    'What you believe of the United States'
    """
    types = getattr(seat.scenario, opposite(seat.side)).types
    beliefs = seat.beliefs()
    facts = []
    if len({q.value for q in types.stance}) > 1:
        facts += [
            trc("a belief", "{kind} {chance}", kind=trc("stance", name),
                chance=percent(beliefs[name]))
            for name in STANCES
        ]  # fmt: skip
    if len({q.value for q in types.resolve}) > 1:
        facts.append(tr("resolute {chance}", chance=percent(beliefs["resolute"])))
    if not facts:
        return ""
    listed = trc("between groups", ", ").join(facts)
    return tr("What you believe of {other}: {facts}.", other=sides_of(seat)[1], facts=listed)


def so_far(seat: Seat) -> str:
    """Return what the path has brought the side, what is signed, and the tension.

    Examples
    --------
    >>> so_far(Seat("stockholm-2025", "china", seed=5))[:45]
    'So far the path has brought you $0.0bn; what '
    """
    view = seat.view
    talks, own = view.records[0], view.index
    tension = f"{float(talks.tension):.1f}"
    return tr(
        "So far the path has brought you {account}; what is signed brings {gain}. Tension stands "
        "at {tension} (0 is calm).",
        account=score_text(float(talks.account[own]), seat.scenario),
        gain=worth_in(seat.scenario, float(talks.yearly_gain[own])),
        tension=tension,
    )


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
        return score_text(value, scenario)

    head = tr(
        "On {date} {happens}. Your score: {score}; that of {other}: {theirs}. It counts {what}.",
        date=horizon, happens=ended, score=amount(found.score), other=other,
        theirs=amount(found.score_other), what=about_score(scenario),
    )  # fmt: skip
    parts: list[Section] = [("", [head])]
    if found.hidden:
        parts.append((tr("What the other side hid"), [found.hidden]))
    parts.append((tr("Where you left money"), left_lines(found, amount)))
    usual = outcomes.ending(found.same_luck.outcome.value, scenario)
    strategy = getattr(scenario, seat.side).strategy.words
    others = [
        tr(
            "With the same luck, your side's usual strategy ({strategy}) would have come to this: "
            "{happens}; score {score}.",
            strategy=strategy, happens=usual, score=amount(found.same_luck_score),
        ),
        tr(
            "Of {delegations} that held the same hand (the same types and numbers on both sides, "
            "other luck from the first day on), {share} did worse than you, equal ones counted "
            "half. Their median: {median}; {signed} of them signed something.",
            delegations=trn("{n} simulated delegation", "{n} simulated delegations",
                            found.delegations),
            share=percent(found.percentile), median=amount(found.median),
            signed=percent(found.signed_by_others),
        ),
    ]  # fmt: skip
    parts.append((tr("Others in your place"), others))
    if found.taken_back:
        dates = trc("between groups", ", ").join(
            trc(
                "a setting", "{words} ({path})", words=trc("kind", entry["kind"]),
                path=day(entry["date"]),
            )
            for entry in found.taken_back
        )  # fmt: skip
        n = len(found.taken_back)
        back = trn("You took back {n} decision: {dates}.", "You took back {n} decisions: {dates}.",
                   n, dates=dates)  # fmt: skip
        parts.append(("", [back]))
    if found.looked_ahead:
        often = trn("once", "{n} times", found.looked_ahead)
        looked = tr(
            "You looked at the futures of this game {times}; they know what the other side hides.",
            times=often,
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
            tr(
                "Nothing was signed. The fair package (Nash) would have been worth {ours} a year "
                "to you and {theirs} to them.",
                ours=amount(found.nash[0]),
                theirs=amount(found.nash[1]),
            )
        )
    else:
        ours, theirs = found.signed
        left = found.left or 0.0
        more = (
            tr(
                "with nothing hidden, {sum} a year more for you would have cost them nothing",
                sum=amount(left),
            )
            if left >= 0.05
            else tr("no package would have brought you more at no cost to them")
        )
        lines.append(
            tr(
                "What was signed is truly worth {ours} a year to you and {theirs} to them; {more}. "
                "The fair package (Nash): {first} and {second}.",
                ours=amount(ours),
                theirs=amount(theirs),
                more=more,
                first=amount(found.nash[0]),
                second=amount(found.nash[1]),
            )
        )
    if found.refused is not None:
        lines.append(
            tr(
                "The best of their offers that you refused, on {day}, was worth {sum} a year to "
                "you.",
                day=day(found.refused.date),
                sum=amount(found.refused.ours),
            )
        )
    for c in found.costly:
        lines.append(
            tr(
                "In the week of {day} you chose: {chosen}. Otherwise ({better}) you would have "
                "come out {sum} better on average (95%: {low} to {high}).",
                day=day(c.date),
                chosen=c.chosen,
                better=c.better,
                sum=amount(c.cost.value),
                low=amount(c.cost.low),
                high=amount(c.cost.high),
            )
        )
    if not found.costly:
        lines.append(tr("No single decision of yours cost you more than luck could explain."))
    return lines


def day(date: str) -> str:
    """Return an ISO date as it is said.

    Examples
    --------
    >>> day("2025-08-11")
    '11 August'
    """
    return day_month(dt.date.fromisoformat(date))

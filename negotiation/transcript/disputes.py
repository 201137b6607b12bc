"""The words for decision dates: who asks what for more time, what came of it, what tariffs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.transcript.looking_back import words_of_the_day
from negotiation.words.language import joined, marked, tr, trc, trn
from negotiation.words.numbers import money, percent
from negotiation.words.packages import SHOWN, request
from negotiation.words.parties import parties
from negotiation.words.scene import capital, date_of, full_date
from negotiation.words.standing import PHRASES, withheld

if TYPE_CHECKING:
    from negotiation.events import Event
    from negotiation.scenario import Scenario
    from negotiation.transcript.record import Record
    from negotiation.words.standing import Phrases

SMALL = 0.05  # $bn: what would be shown as nothing


def date_met(talks: Record, event: Event) -> str:
    """Say who asked what, how the other side answered, and what came of it."""
    detail = event.detail
    due = words_of_the_day(talks, event).due
    where = due if detail["deadline"] else tr("The sides meet under penalties.")
    said = tr("Neither names a price.") if event.side is None else _demand(talks, event)
    return f"{joined(where, said)}\n{_came_of(talks, event)}"


def _demand(talks: Record, event: Event) -> str:
    """Say what is asked for, what that is worth to either side, and what the answer is."""
    detail, side = event.detail, event.side or 0
    wanted = detail["demand"]
    asks = tr("a concession")
    if wanted is not None:
        issue = talks.scenario.issues[wanted]
        asks = request(issue, issue.mandate.value)
    # the length is agreed together with the terms, so without a truce there is none
    days = in_days(round(detail["expiry"] - detail["due"]))
    new = words_of_the_day(talks, event).longer if detail["deadline"] else tr("a truce")
    length = days if detail["regime"] == "truce" else new
    sides = parties(talks.scenario)
    own, theirs = sides[side], sides[1 - side]
    who = {"side": own.capital, "what": asks, "length": length, "other": theirs.capital}
    gain, price = detail["gain"], -detail["price"]
    if not detail["agreed"]:
        would = {"first": _would(gain, own.name), "second": _would(price, theirs.name)}
        return joined(
            tr("{side} asks for {what} as the price of {length}.", **who),
            tr("That would have {first} and {second} while it lasted.", **would),
            tr("{other} refuses.", **who),
        )
    gives_in = tr("{side} asks for {what} as the price of {length}; {other} gives in.", **who)
    if detail["regime"] != "truce":  # nothing comes of it
        return gives_in
    does = {"first": _does(gain, own.name), "second": _does(price, theirs.name)}
    brings = tr("That {first} and {second} while it lasts.", **does)
    until = full_date(date_of(talks.scenario, detail["held_until"]))
    held = tr("It is held until {until} and then ends; offers do not count it.", until=until)
    return joined(gives_in, brings, held)


def in_days(n: int) -> str:
    """Return a number of days.

    Examples
    --------
    >>> in_days(1), in_days(90)
    ('1 day', '90 days')
    """
    return trn("{n} day", "{n} days", n)


def _does(billions: float, side: str) -> str:
    """Return what something does to a side."""
    if abs(billions) < SMALL:
        return tr("brings {side} next to nothing", side=side)
    if billions > 0:
        return tr("brings {side} {sum}", side=side, sum=money(billions))
    return tr("costs {side} {sum}", side=side, sum=money(billions))


def _would(billions: float, side: str) -> str:
    """Return what something would have done to a side."""
    if abs(billions) < SMALL:
        return tr("brought {side} next to nothing", side=side)
    if billions > 0:
        return tr("brought {side} {sum}", side=side, sum=money(billions))
    return trc("would have", "cost {side} {sum}", side=side, sum=money(billions))


def _came_of(talks: Record, event: Event) -> str:
    detail, words = event.detail, words_of_the_day(talks, event)
    if detail["regime"] == "truce":
        until = full_date(date_of(talks.scenario, detail["expiry"]))
        if detail["deadline"]:
            days = in_days(round(detail["expiry"] - detail["due"]))
            return words.goes_on.format(days=days, until=until)
        return tr("The penalties end, and a truce is in force until {until}.", until=until)
    if not detail["deadline"]:
        stay = tr(STAYING[detail["penalties"]], points=words.points)
        return joined(tr("Penalties stay: {penalties}.", penalties=stay), withholds(talks, event))
    came = words.lapses
    if detail["regime"] != "lapse":
        tariffs = tariffs_rise(talks.scenario, detail, words)
        came = words.penalties.format(tariffs=tariffs)
    if not detail["agreed"]:
        said = tr("{this}.", this=capital(came))
    elif event.side is None:
        said = tr("Both wanted to go on, but the order did not come in time: {this}.", this=came)
    else:
        said = tr("The terms were agreed, but the order did not come in time: {this}.", this=came)
    return joined(said, withholds(talks, event))


def withholds(talks: Record, event: Event) -> str:
    """Say which share of its rare earths the second side withholds after an event, if any."""
    share = event.detail["withheld"]
    if share < SHOWN:
        return ""
    who, what = capital(parties(talks.scenario)[1].name), withheld(talks.scenario)
    return tr("{side} withholds {share} of its {what}.", side=who, share=percent(share), what=what)


def rare_earths_cut(talks: Record, event: Event) -> str:
    """Say which share of its rare earths the second side begins to withhold, and for how long."""
    first, second = parties(talks.scenario)
    return tr(
        "{side} withholds {share} of its {what} from {other} for as long as the penalties last.",
        side=capital(second.name), share=percent(event.detail["withheld"]),
        what=withheld(talks.scenario), other=first.name,
    )  # fmt: skip


STAYING = {
    "in part": marked("{points}, on part of the trade"),
    "in full": marked("{points}, on all trade"),
    "with a cut of rare earths": marked("{points}, on all trade"),
    "at the peak": marked("the tariffs of the April peak"),
}


def tariffs_rise(scenario: Scenario, detail: dict[str, object], words: Phrases) -> str:
    """Return the tariffs that come back when penalties come into force, as a clause."""
    tariffs, penalties = scenario.tariffs, detail["penalties"]
    peak = penalties == "at the peak"
    us = percent((tariffs.us_peak if peak else tariffs.us_suspended).value)
    china = percent((tariffs.china_peak if peak else tariffs.china_suspended).value)
    first, second = (side.adjective for side in parties(scenario))
    filled = {"tariffs": words.tariffs, "us": us, "china": china, "first": first, "second": second}
    if words.tariffs == tr(PHRASES["relief"].tariffs):
        if peak:
            return tr(
                "{tariffs}, at their April peak, {us} on {second} goods and {china} on {first} "
                "goods", **filled,
            )  # fmt: skip
        if penalties == "in part":
            return tr(
                "{tariffs}, at {us} on {second} goods and {china} on {first} goods, on part of the "
                "trade", **filled,
            )  # fmt: skip
        return tr("{tariffs}, at {us} on {second} goods and {china} on {first} goods", **filled)
    if peak:
        return tr(
            "{tariffs}, to their April peak, {us} on {second} goods and {china} on {first} goods",
            **filled,
        )
    if penalties == "in part":
        return tr(
            "{tariffs}, to {us} on {second} goods and {china} on {first} goods, on part of the "
            "trade", **filled,
        )  # fmt: skip
    return tr("{tariffs}, to {us} on {second} goods and {china} on {first} goods", **filled)


def lapse_ends(talks: Record, event: Event) -> str:
    """Describe the end of a lapse without penalties."""
    words = words_of_the_day(talks, event)
    if event.detail["regime"] == "truce":
        until = full_date(date_of(talks.scenario, event.detail["expiry"]))
        return words.put_back.format(until=until)
    tariffs = tariffs_rise(talks.scenario, event.detail, words)
    return joined(words.penalties_late.format(tariffs=tariffs), withholds(talks, event))

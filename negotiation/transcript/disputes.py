"""The words for decision dates: who asks what for more time, what came of it, what tariffs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.errors import counted
from negotiation.transcript.looking_back import words_of_the_day
from negotiation.words.numbers import money, percent
from negotiation.words.packages import request
from negotiation.words.parties import parties
from negotiation.words.scene import capital, date_of, full_date

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
    where = due if detail["deadline"] else "The sides meet under penalties."
    said = "Neither names a price." if event.side is None else _demand(talks, event)
    return f"{where} {said}\n{_came_of(talks, event)}"


def _demand(talks: Record, event: Event) -> str:
    """Say what is asked for, what that is worth to either side, and what the answer is."""
    detail, side = event.detail, event.side or 0
    wanted = detail["demand"]
    asks = "a concession"
    if wanted is not None:
        issue = talks.scenario.issues[wanted]
        asks = request(issue, issue.mandate.value)
    # the length is agreed together with the terms, so without a truce there is none
    days = counted(round(detail["expiry"] - detail["due"]), "day")
    new = words_of_the_day(talks, event).longer if detail["deadline"] else "a truce"
    length = days if detail["regime"] == "truce" else new
    sides = parties(talks.scenario)
    own, theirs = sides[side], sides[1 - side]
    asked = f"{own.capital} asks for {asks} as the price of {length}"
    other = theirs.capital
    gain, price = detail["gain"], -detail["price"]
    if not detail["agreed"]:
        would = f"would have {_effect(gain, own.name, 'brought', 'cost')} and "
        would += _effect(price, theirs.name, "brought", "cost")
        return f"{asked}. That {would} while it lasted. {other} refuses."
    if detail["regime"] != "truce":  # nothing comes of it
        return f"{asked}; {other} gives in."
    does = f"{_effect(gain, own.name, 'brings', 'costs')} and "
    does += _effect(price, theirs.name, "brings", "costs")
    return f"{asked}; {other} gives in. That {does} while it lasts."


def _effect(billions: float, side: str, brings: str, costs: str) -> str:
    """Return what something does to a side, with the verbs of the tense."""
    if abs(billions) < SMALL:
        return f"{brings} {side} next to nothing"
    return f"{brings if billions > 0 else costs} {side} {money(billions)}"


def _came_of(talks: Record, event: Event) -> str:
    detail, words = event.detail, words_of_the_day(talks, event)
    if detail["regime"] == "truce":
        until = full_date(date_of(talks.scenario, detail["expiry"]))
        if detail["deadline"]:
            days = counted(round(detail["expiry"] - detail["due"]), "day")
            return words.goes_on.format(days=days, until=until)
        return f"The penalties end, and a truce is in force until {until}."
    if not detail["deadline"]:
        return f"Penalties stay: {STAYING[detail['penalties']].format(points=words.points)}."
    cause = ""
    if detail["agreed"]:
        meant = "Both wanted to go on" if event.side is None else "The terms were agreed"
        cause = f"{meant}, but the order did not come in time: "
    if detail["regime"] == "lapse":
        return capital(f"{cause}{words.lapses}.")
    tariffs = tariffs_rise(talks.scenario, detail, words)
    return capital(f"{cause}{words.penalties.format(tariffs=tariffs)}.")


STAYING = {
    "in part": "{points}, on part of the trade",
    "in full": "{points}, on all trade",
    "with a cut of rare earths": "{points} on all trade, and the cut of rare earths",
    "at the peak": "the tariffs of the April peak",
}


def tariffs_rise(scenario: Scenario, detail: dict[str, object], words: Phrases) -> str:
    """Return the tariffs that come back when penalties come into force, as a clause."""
    tariffs, penalties = scenario.tariffs, detail["penalties"]
    peak = penalties == "at the peak"
    us = percent((tariffs.us_peak if peak else tariffs.us_suspended).value)
    china = percent((tariffs.china_peak if peak else tariffs.china_suspended).value)
    at = "at" if words.tariffs.endswith(" stay up") else "to"
    where = f"{at} their April peak, " if peak else f"{at} "
    part = ", on part of the trade" if penalties == "in part" else ""
    first, second = (side.adjective for side in parties(scenario))
    return f"{words.tariffs}, {where}{us} on {second} goods and {china} on {first} goods{part}"


def lapse_ends(talks: Record, event: Event) -> str:
    """Describe the end of a lapse without penalties."""
    words = words_of_the_day(talks, event)
    if event.detail["regime"] == "truce":
        until = full_date(date_of(talks.scenario, event.detail["expiry"]))
        return words.put_back.format(until=until)
    tariffs = tariffs_rise(talks.scenario, event.detail, words)
    return words.penalties_late.format(tariffs=tariffs)

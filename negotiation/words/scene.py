"""Stances, tariffs, units and dates in words."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from negotiation.words.language import ENGLISH, data, marked, markedc, spoken, tr, trc
from negotiation.words.parties import KNOWN
from negotiation.words.standing import phrases

if TYPE_CHECKING:
    from negotiation.scenario import Scenario

STANCES = {  # on protection
    "dove": marked("a dove"), "middle": marked("moderate"), "hawk": marked("a hawk"),
}  # fmt: skip
MONTHS = (
    markedc("month", "January"), markedc("month", "February"), markedc("month", "March"),
    markedc("month", "April"), markedc("month", "May"), markedc("month", "June"),
    markedc("month", "July"), markedc("month", "August"), markedc("month", "September"),
    markedc("month", "October"), markedc("month", "November"), markedc("month", "December"),
)  # fmt: skip


def capital(text: str) -> str:
    """Return ``text`` with its first letter in upper case.

    Examples
    --------
    >>> capital("the United States extends")
    'The United States extends'
    """
    return text[:1].upper() + text[1:]


def date_of(scenario: Scenario, day: float) -> dt.date:
    """Return the calendar date of a day counted from the scenario's first."""
    return scenario.calendar.start + dt.timedelta(days=int(day))


def day_month(date: dt.date) -> str:
    """Return a date without its year.

    Examples
    --------
    >>> day_month(dt.date(2025, 8, 12))
    '12 August'
    """
    month = trc("month", MONTHS[date.month - 1])
    return trc("date", "{day} {month}", day=date.day, month=month)


def month(date: dt.date) -> str:
    """Return a month where there is little room.

    Examples
    --------
    >>> month(dt.date(2025, 8, 12))
    'Aug'
    """
    name = MONTHS[date.month - 1]
    return name[:3] if spoken() == ENGLISH else trc("month", name)


def full_date(date: dt.date) -> str:
    """Return a date as a newspaper writes it.

    Examples
    --------
    >>> full_date(dt.date(2025, 8, 12))
    '12 August 2025'
    """
    return trc("date", "{day_month} {year}", day_month=day_month(date), year=date.year)


def unit_between(players: Sequence[str], unit: str | None) -> str:
    """Return the unit of the payoffs of a game: money between two governments, else as told.

    Examples
    --------
    >>> unit_between(("us", "china"), None), unit_between(("row", "column"), None)
    ('$bn', '')
    """
    return unit if unit is not None else "$bn" if set(players) <= set(KNOWN) else ""


def flows(unit: str) -> bool:
    """Return whether gains in a unit come year by year: money does, any other is counted once.

    Examples
    --------
    >>> flows("$bn"), flows("\N{EURO SIGN}m"), flows("utility points")
    (True, True, False)
    """
    return any(unicodedata.category(letter) == "Sc" for letter in unit)


def a_year(unit: str) -> str:
    """Return what follows a gain in a unit, if anything does.

    Examples
    --------
    >>> a_year("$bn"), a_year("utility points")
    (' a year', '')
    """
    return trc("after a sum", " a year") if flows(unit) else ""


def measure(scenario: Scenario) -> str:
    """Return what gains are counted in, and over what."""
    return tr("{unit} over {zero}", unit=measured(scenario), zero=baseline(scenario))


def measured(scenario: Scenario) -> str:
    """Return what gains are counted in."""
    unit = data(scenario.unit)
    return tr("{unit} per year", unit=unit) if flows(scenario.unit) else unit


def baseline(scenario: Scenario) -> str:
    """Return what the zero of every payoff is: the truce or what stands for it, or no agreement."""
    if scenario.calendar.truce_expires is None:
        return tr("no agreement")
    return phrases(scenario).zero

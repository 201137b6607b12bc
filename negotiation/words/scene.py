"""Stances, tariffs, units and dates in words."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from negotiation.words.parties import KNOWN
from negotiation.words.standing import phrases

if TYPE_CHECKING:
    from negotiation.scenario import Scenario

STANCES = {"dove": "a dove", "middle": "moderate", "hawk": "a hawk"}  # on protection
TARIFFS = {
    "truce": "the truce",
    "suspended_points": "the suspended points",
    "april_peak": "the April peak",
}


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
    return f"{date.day} {date:%B}"  # strftime's day without a zero differs by system


def full_date(date: dt.date) -> str:
    """Return a date as a newspaper writes it.

    Examples
    --------
    >>> full_date(dt.date(2025, 8, 12))
    '12 August 2025'
    """
    return f"{day_month(date)} {date.year}"


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
    return " a year" if flows(unit) else ""


def measure(scenario: Scenario) -> str:
    """Return what gains are counted in, and over what."""
    return f"{measured(scenario)} over {baseline(scenario)}"


def measured(scenario: Scenario) -> str:
    """Return what gains are counted in."""
    return f"{scenario.unit} per year" if flows(scenario.unit) else scenario.unit


def baseline(scenario: Scenario) -> str:
    """Return what the zero of every payoff is: the truce or what stands for it, or no agreement."""
    return "no agreement" if scenario.calendar.truce_expires is None else phrases(scenario).zero

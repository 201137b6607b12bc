"""A lesson's words: English in the notebook, another language from the lesson's own catalogue.

Every lesson has a catalogue (``negotiation/locale/zh_CN/LC_MESSAGES/lesson_01.po``), so that
several people can translate at once. A message of it is a paragraph, whole, with names for its
numbers.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from functools import partial

import marimo as mo

from negotiation.errors import InputError, one_of
from negotiation.words.language import COUNTRY, ENGLISH, languages, paragraphs, speak, trc
from negotiation.words.scene import MONTHS

LANGUAGE = "language"  # said to a notebook: the language that it speaks


def words(lesson: int) -> Callable[..., str]:
    """Return what says the words of a lesson, by its number, in the language that is spoken.

    An open notebook speaks the language that it was opened with: ``marimo run lessons --
    --language zh_CN``.

    Raises
    ------
    negotiation.errors.UnknownName
        If there is no catalogue for that language.

    Examples
    --------
    >>> tr = words(1)
    >>> tr("China gets {worth}.", worth=f"{5.08:.1f}")
    'China gets 5.1.'
    """
    if mo.running_in_notebook() and (asked := mo.cli_args().get(LANGUAGE)):
        speak(str(asked))
    return partial(paragraphs, domain(lesson))


def named(kind: str) -> str:
    """Return what a class of games is called, as ``GameClass`` has it in English.

    Examples
    --------
    >>> named("deadlock")
    'deadlock'
    """
    return trc("game", kind)


def country(name: str) -> str:
    """Return what a country is called that the record names.

    Examples
    --------
    >>> country("Turkey")
    'Turkey'
    """
    return trc(COUNTRY, name)


def full_month(date: dt.date) -> str:
    """Return a month with its year.

    Examples
    --------
    >>> full_month(dt.date(2025, 8, 12))
    'August 2025'
    """
    month = trc("month", MONTHS[date.month - 1])
    return trc("date", "{month} {year}", month=month, year=date.year)


def domain(lesson: int) -> str:
    """Return the name of a lesson's catalogue.

    Examples
    --------
    >>> domain(1)
    'lesson_01'
    """
    return f"lesson_{lesson:02}"


def asked_for(arguments: list[str]) -> tuple[str, list[str]]:
    """Return the language that a command asks for, and its other arguments.

    Raises
    ------
    negotiation.errors.InputError
        If no language is named, or one that there is no catalogue for.

    Examples
    --------
    >>> asked_for(["lessons", "--language", "zh_CN", "--headless"])
    ('zh_CN', ['lessons', '--headless'])
    """
    option = f"--{LANGUAGE}"
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument(option, default=ENGLISH)
    try:
        known, rest = parser.parse_known_args(arguments)
    except argparse.ArgumentError:
        allowed = ", ".join(languages())
        raise InputError(f"{option}: name a language; allowed: {allowed}.") from None
    one_of(option, known.language, languages())
    return str(known.language), rest

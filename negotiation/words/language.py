"""Which language words are in: English as the code has it, another from its catalogue.

A sentence is written in English where it is made, whole, with names for what is filled in::

    tr("{side} asks for {what}.", side=side.name, what=what)

A catalogue (``negotiation/locale/zh_CN/LC_MESSAGES/negotiation.po``, and compiled beside it) has
the same sentence in another language, in which the names may stand in any order. What it lacks
stays English. Nothing depends on how the machine is set up: English is spoken until a language is
asked for.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, reduce
from pathlib import Path
from typing import Any

from negotiation.errors import one_of, translate_with

LOCALE = Path(__file__).parents[1] / "locale"
ENGLISH = "en"
DOMAIN = "negotiation"  # the catalogue of the package; each lesson has one of its own
PARAGRAPH = "\n\n"
DATA, COUNTRY, SETTING = "scenario", "country", "setting"  # contexts of words that are data

_everywhere = ENGLISH
_here: ContextVar[str | None] = ContextVar("language", default=None)


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that can be spoken.

    Examples
    --------
    >>> languages()
    ('en', 'zh_CN')
    """
    found = LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    return (ENGLISH, *sorted(path.parts[-3] for path in found))


def spoken() -> str:
    """Return the language that is spoken here."""
    return _here.get() or _everywhere


def speak(language: str) -> None:
    """Speak a language from now on, in the whole process.

    Raises
    ------
    UnknownName
        If there is no catalogue for it.
    """
    global _everywhere
    one_of("language", language, languages())
    _everywhere = language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language inside a ``with`` block.

    Examples
    --------
    >>> import negotiation as ng
    >>> talks = ng.run(ng.Scenario.load("split-the-pie"), seed=1)
    >>> with speaking("zh_CN"):
    ...     print(talks.transcript.splitlines()[0])
    分饼：只有一个可分割的议题
    """
    one_of("language", language, languages())
    before = _here.set(language)
    try:
        yield
    finally:
        _here.reset(before)


@cache
def _catalogue(language: str, domain: str = DOMAIN) -> gettext.NullTranslations:
    if language == ENGLISH:
        return gettext.NullTranslations()
    return gettext.translation(domain, LOCALE, [language], fallback=domain != DOMAIN)


def _as_spoken(message: str) -> str:
    return _catalogue(spoken()).gettext(message) if message else message


translate_with(_as_spoken)  # errors are told in the same language, and stand below this module


def tr(message: str, **filled: object) -> str:
    """Return a message in the language that is spoken, what is named in braces filled in.

    Examples
    --------
    >>> tr("{side} accepts.", side="China")
    'China accepts.'
    """
    return _filled(_catalogue(spoken()).gettext(message), filled)


def unreviewed() -> str:
    """Return that no native reader has looked at the translation; nothing where it is English.

    Examples
    --------
    >>> unreviewed()
    ''
    """
    if spoken() == ENGLISH:
        return ""
    return tr("This translation has not been reviewed by a native reader.")


def paragraphs(domain: str, text: str, **filled: object) -> str:
    r"""Return a text whose paragraphs are messages of a catalogue, as the lessons' are.

    Examples
    --------
    >>> paragraphs("lesson_01", "One.\n\nTwo of {n}.", n=3).splitlines()
    ['One.', '', 'Two of 3.']
    """
    known = _catalogue(spoken(), domain).gettext
    said = (known(one) if one else "" for one in text.split(PARAGRAPH))
    return _filled(PARAGRAPH.join(said), filled)


def trc(context: str, message: str, **filled: object) -> str:
    """Return a message as :func:`tr` does, told apart from the same words in other places."""
    return _filled(_catalogue(spoken()).pgettext(context, message), filled)


def trn(one: str, many: str, n: int, **filled: object) -> str:
    """Return the message for one thing or for several; ``{n}`` in it is how many.

    Examples
    --------
    >>> trn("{n} day", "{n} days", 1), trn("{n} day", "{n} days", 1200)
    ('1 day', '1,200 days')
    """
    return _filled(_catalogue(spoken()).ngettext(one, many, n), {"n": f"{n:,}", **filled})


def marked(message: str) -> str:
    """Return a message as it is; the catalogues have it, and :func:`tr` is to be asked later."""
    return message


def markedc(context: str, message: str) -> str:
    """Return a message as it is; :func:`trc` is to be asked later, in this context."""
    return message


def _filled(message: str, filled: dict[str, Any]) -> str:
    return message.format(**filled) if filled else message


def data(text: str) -> str:
    """Return words of a scenario file: those of the shipped ones are in the catalogues."""
    return text and trc(DATA, text)


def joined(*sentences: str) -> str:
    """Return sentences as one text; empty ones are left out.

    Examples
    --------
    >>> joined("One.", "", "Two.")
    'One. Two.'
    """
    return reduce(_after, filter(None, sentences), "")


def _after(first: str, second: str) -> str:
    if not first:
        return second
    return trc("two sentences", "{first} {second}", first=first, second=second)


def in_list(items: Any) -> str:
    """Return items one after another, which may hold commas.

    Examples
    --------
    >>> in_list(["tariffs", "oil"])
    'tariffs; oil'
    """
    return trc("between items", "; ").join(items)

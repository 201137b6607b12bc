r"""Words, names and numbers of the files of Gambit (Savani and Turocy 2025, gambit-project.org).

A file is a row of words: names in quotes (``\"`` stands for a quote in one), numbers, braces; a
comma is as good as a space. Numbers are whole, decimal or fractions, and kept as they stand, so
that what is written back is what was read.
"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple, NoReturn

from negotiation.errors import InputError, MissingFile, counted
from negotiation.sweep import atomic
from negotiation.sweep.atomic import only_plain

LARGEST_FILE = 20_000_000  # bytes
WORD = re.compile(r'"(?:\\.|[^"\\])*"|[{}]|[^\s,{}"]+|"', re.DOTALL)
NUMBER = re.compile(r"[+-]?(\d+/\d+|(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?)", re.ASCII)
LONGEST = 1_000  # digits of a number


class Word(NamedTuple):
    """A word and the line on which it stands."""

    text: str
    line: int


class Words:
    """The words of a file, one after the other.

    Parameters
    ----------
    path : str or Path
        Of a text file in UTF-8.
    kind : str
        What the file should be, for the error where there is none.
    """

    def __init__(self, path: str | Path, kind: str) -> None:
        self.path = Path(path)
        try:
            if self.path.exists() and not self.path.is_file():
                raise InputError(f"{path}: not a file; expected {kind}.")
            if self.path.stat().st_size > LARGEST_FILE:
                raise InputError(f"{path}: larger than {LARGEST_FILE // 10**6} MB.")
            text = self.path.read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            raise MissingFile(path, kind) from None
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise InputError(f"{path}: cannot be read ({reason}).") from None
        except InputError:
            raise
        except ValueError:
            raise InputError(f"{path}: cannot be read as text in UTF-8.") from None
        self.words: list[Word] = []
        line, before = 1, 0
        for found in WORD.finditer(text):
            line += text.count("\n", before, found.start())
            before = found.start()
            self.words.append(Word(found[0], line))
        self.at = 0

    def fail(self, problem: str) -> NoReturn:
        """Raise the error of the word last read."""
        line = self.words[min(self.at, len(self.words)) - 1].line if self.words else 1
        raise InputError(f"{self.path}, line {line}: {problem}.")

    def peek(self) -> str:
        """Return the next word, "" at the end."""
        return self.words[self.at].text if self.at < len(self.words) else ""

    def next(self, expected: str) -> str:
        """Return the next word and go on; ``expected`` says what it should be."""
        text = self.peek()
        self.at += 1
        if not text:
            self.fail(f"the file ends where {expected} should follow")
        if text == '"':
            self.fail("a quote that is not closed")
        return text

    def literal(self, *allowed: str) -> str:
        """Return the next word, which must be one of these."""
        expected = " or ".join(allowed)
        if (text := self.next(expected)) not in allowed:
            self.fail(f"{_short(text)} where {expected} is expected")
        return text

    def name(self, what: str) -> str:
        """Return the next word without its quotes."""
        if not (text := self.next(what)).startswith('"'):
            self.fail(f"{_short(text)} where {what} in quotes is expected")
        return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)

    def number(self, what: str) -> str:
        """Return the next word, a finite number."""
        text = self.next(what)
        if not NUMBER.fullmatch(text) or len(text) > LONGEST:
            self.fail(f"{_short(text)} where {what}, a number, is expected")
        try:
            float(Fraction(text))
        except (OverflowError, ZeroDivisionError):
            self.fail(f"{_short(text)} is not a finite number")
        return text

    def whole(self, what: str) -> int:
        """Return the next word, a whole number that is not negative."""
        text = self.next(what)
        if not re.fullmatch(r"\d{1,18}", text, re.ASCII):
            self.fail(f"{_short(text)} where {what}, a whole number, is expected")
        return int(text)

    def header(self, kind: str, version: str) -> str:
        """Read how a file begins and return its title."""
        if self.peek() != kind:
            self.at = 1
            self.fail(f"not an .{kind.lower()} file of Gambit, which begins with {kind}")
        self.literal(kind)
        self.literal(version)
        self.literal("R", "D")
        return self.name("the title")

    def names(self, what: str) -> tuple[str, ...]:
        """Return names in braces."""
        self.literal("{")
        found = []
        while self.peek() != "}":
            found.append(self.name(what))
        self.literal("}")
        return tuple(found)

    def players(self) -> tuple[str, str]:
        """Return the names of two players."""
        found = self.names("a player")
        if len(found) != 2:
            self.fail(f"the game has {counted(len(found), 'player')}; allowed: 2")
        return found[0], found[1]

    def payoffs(self) -> tuple[str, str]:
        """Return what both players get."""
        return self.number("a payoff"), self.number("a payoff")


def value(number: str) -> float:
    """Return a number of a file.

    Examples
    --------
    >>> value("1/4"), value("-2.5e1")
    (0.25, -25.0)
    """
    return float(Fraction(number))


def written(number: float) -> str:
    """Return a number as a file holds it: the shortest decimal that reads as the same.

    Examples
    --------
    >>> written(3.0), written(0.1), written(-0.0)
    ('3', '0.1', '0')
    """
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(float(number))


def quoted(name: object) -> str:
    r"""Return a name in quotes.

    Examples
    --------
    >>> print(quoted('the "best" reply'))
    "the \"best\" reply"
    """
    return '"' + re.sub(r'(["\\])', r"\\\1", str(name)) + '"'


def listed(names: tuple[str, ...]) -> str:
    """Return names in braces.

    Examples
    --------
    >>> listed(("extend", "hold out"))
    '{ "extend" "hold out" }'
    """
    return f"{{ {' '.join(map(quoted, names))} }}"


def write_text(text: str, path: str | Path) -> Path:
    """Write a text file whole or not at all, or say why it cannot be written."""
    path = Path(path)
    only_plain(path)
    try:
        atomic.write(path, text.encode())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path}: cannot be written ({reason.lower()}).") from None
    return path


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}..."

"""Every error a user can cause, as the one sentence that the user sees.

A message says what is wrong, where, and what is allowed; where a name was probably
misspelt it asks "Did you mean ...?". Each class also subclasses the builtin that a
caller would catch, and carries its values as attributes.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import EnumType, StrEnum
from numbers import Integral
from typing import Any, TypeVar

from negotiation.printable import printable

T = TypeVar("T")

LONGEST = 200  # characters of a name that a sentence shows
LONGEST_LINE = 10_000  # of a line of an error; a longer one repeats what a file holds
LONGEST_NUMBER = 30  # digits: Python reads none of thousands
UNBROKEN = re.compile(r"\S{6000,}")  # no path is as long


_translated: Callable[[str], str] = str


def translate_with(translated: Callable[[str], str]) -> None:
    """Have messages said in another language: :mod:`negotiation.words.language` says in which."""
    global _translated
    _translated = translated


def worded(message: str, **filled: object) -> str:
    """Return a message in the language that is spoken, what is named in braces filled in.

    Examples
    --------
    >>> worded("{where}: missing.", where="us.patience")
    'us.patience: missing.'
    """
    return _translated(message).format(**filled)


class NegotiationError(Exception):
    """Base of every error that this package raises on purpose; its words steer no terminal."""

    def __init__(self, *words: Any) -> None:
        super().__init__(*(_shown(word) if isinstance(word, str) else word for word in words))


def _shown(words: str) -> str:
    """Return the words of an error as they can be shown, what is too long in them cut."""
    short = UNBROKEN.sub(lambda word: cut(word[0]), words)
    return "\n".join(cut(printable(line), LONGEST_LINE) for line in short.split("\n"))


class InputError(NegotiationError, ValueError):
    """Something the user gave is wrong: the command line answers with exit code 2."""


class UnknownName(InputError, KeyError):
    """A name that does not exist.

    Parameters
    ----------
    kind : str
        What was looked for, for instance ``"scenario"`` or ``"strategy"``.
    name : str
        The name as given.
    allowed : iterable of str
        The names that exist.
    where : str, optional
        The place of the name, for instance ``"us.strategy"``.

    Examples
    --------
    >>> print(UnknownName("strategy", "boulwear", ["boulware", "linear"]))
    strategy 'boulwear' does not exist; allowed: boulware, linear. Did you mean 'boulware'?
    """

    def __init__(self, kind: str, name: object, allowed: Iterable[str], where: str = "") -> None:
        self.kind, self.name, self.where = kind, name, where
        self.allowed = sorted(allowed)
        shown = ", ".join(map(cut, self.allowed))
        if len(self.allowed) > 20:
            shown = worded("{n} names", n=len(self.allowed))
        said = worded(
            "{kind} {name} does not exist; allowed: {allowed}.{hint}",
            kind=_translated(kind), name=shortened(name), allowed=shown,
            hint=did_you_mean(name, self.allowed),
        )  # fmt: skip
        super().__init__(f"{where}: {said}" if where else said)

    def __str__(self) -> str:  # KeyError would show the repr of the sentence
        return str(self.args[0])


class ByName(dict[str, T]):
    """A table that asks "did you mean" where a name is asked for that it does not have.

    Examples
    --------
    >>> ByName(deal=0.4, lapse=0.1)["deel"]
    Traceback (most recent call last):
        ...
    negotiation.errors.UnknownName: name 'deel' does not exist; allowed: deal, lapse. Did you \
mean 'deal'?
    """

    def __getitem__(self, name: str) -> T:
        try:
            return super().__getitem__(name)
        except (KeyError, TypeError):
            raise UnknownName("name", name, self) from None


class _OneOf(EnumType):
    def __call__(cls, value: Any, *more: Any, **options: Any) -> Any:
        # what is no text cannot be looked for: an array would be compared number by number
        if not (more or options or isinstance(value, str)):
            return cls._missing_(value)  # type: ignore[attr-defined]
        return super().__call__(value, *more, **options)


class OneOf(StrEnum, metaclass=_OneOf):
    """Texts of which a value is one; any other is refused with their list."""

    @staticmethod
    def what() -> str:
        """Return what each of them is."""
        return "name"

    @classmethod
    def _missing_(cls, value: object) -> Any:
        raise UnknownName(cls.what(), value, [one.value for one in cls])


class OutOfRange(InputError):
    """A number outside its allowed range."""

    def __init__(self, where: str, value: object, allowed: str) -> None:
        self.where, self.value, self.allowed = where, value, allowed
        super().__init__(
            worded(
                "{where} = {value} is out of range; allowed: {allowed}.",
                where=where, value=shortened(value), allowed=allowed,
            )
        )  # fmt: skip


class WrongKind(InputError, TypeError):
    """Something of another type than is expected there."""

    def __init__(self, where: str, value: object, expected: str) -> None:
        self.where, self.value, self.expected = where, value, expected
        super().__init__(f"{where} = {shortened(value)} is not allowed; expected {expected}.")


class MissingFile(InputError, FileNotFoundError):
    """A file that the user named is not there."""

    def __init__(self, path: object, what: str) -> None:
        self.path, self.what = str(path), what
        super().__init__(
            worded("{path}: there is no such file; expected {what}.", path=path, what=what)
        )

    def __str__(self) -> str:  # OSError would format errno
        return str(self.args[0])


class NotConverged(NegotiationError, ArithmeticError):
    """A search that ended where its own conditions say that it may not.

    Examples
    --------
    >>> print(NotConverged("Nash", 0.02, 1e-5))
    Nash: the search ended 0.02 from the conditions of a maximum; allowed: 1e-05. The utilities \
may have a kink or jump there; smooth them, give gradients, or list the outcomes on a grid.
    """

    def __init__(self, what: str, residual: float, allowed: float) -> None:
        self.what, self.residual, self.allowed = what, residual, allowed
        super().__init__(
            f"{what}: the search ended {residual:.2g} from the conditions of a maximum; allowed:"
            f" {allowed:.2g}. The utilities may have a kink or jump there; smooth them, give"
            " gradients, or list the outcomes on a grid."
        )


class FileProblems(InputError):
    """All problems of one file at once, one line each."""

    def __init__(self, path: object, problems: list[str]) -> None:
        self.path, self.problems = str(path), problems
        count = counted(len(problems), "problem")
        super().__init__("\n".join([f"{path}: {count}", *(f"  {line}" for line in problems)]))


class Problems:
    """Everything that is wrong with what was given, gathered and said at once.

    Examples
    --------
    >>> found = Problems()
    >>> with found.at("levers.0"):
    ...     raise InputError("samples: missing.")
    >>> found.lines
    ['levers.0: samples: missing.']
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.errors: list[InputError] = []

    @contextmanager
    def at(self, where: str = "") -> Iterator[None]:
        """Note what is refused inside a ``with`` block, a line each, and where it stands."""
        try:
            yield
        except InputError as error:
            self.errors.append(error)
            lines = str(error).split("\n")
            if isinstance(error, FileProblems):
                lines = [f"{error.path}: {problem}" for problem in error.problems]
            self.lines += [f"{where}: {line}" if where else line for line in lines]

    def said(self) -> None:
        """Raise InputError with a line for each problem; a lone one is raised as it was."""
        if len(self.errors) == 1 and self.lines == [str(self.errors[0])]:
            raise self.errors[0]
        if self.lines:
            raise InputError("\n".join(dict.fromkeys(self.lines)))


def shortened(given: object) -> str:
    """Return what was given as it would be typed, its middle left out where it is long.

    Examples
    --------
    >>> shortened("high"), shortened(10**60)
    ("'high'", '1000000000000000000 ... 0000000000000000000')
    """
    try:
        text = " ".join(repr(given).split())
    except Exception:  # of somebody else's class; or a number of thousands of digits
        text = f"a {type(given).__name__}"
    return cut(text, 57)


def did_you_mean(name: object, allowed: Iterable[str]) -> str:
    """Return `` Did you mean 'x'?`` for the closest allowed name, or nothing.

    Examples
    --------
    >>> did_you_mean("patiense", ["patience", "strategy"]), did_you_mean("MiCRO", ["micro"])
    (" Did you mean 'patience'?", " Did you mean 'micro'?")
    >>> did_you_mean("zzz", ["patience"])
    ''
    """
    if not isinstance(name, str) or len(name) > LONGEST:
        return ""
    names = {text.casefold(): text for text in allowed}
    close = difflib.get_close_matches(name.casefold(), list(names), n=1, cutoff=0.6)
    return worded(" Did you mean {name}?", name=repr(names[close[0]])) if close else ""


def cut(text: str, longest: int = LONGEST) -> str:
    """Return a text, a third from either end where it is long.

    Examples
    --------
    >>> cut("a word"), cut("seven words of which it shows two", 15)
    ('a word', 'seven ... s two')
    """
    end = longest // 3
    return text if len(text) <= longest else f"{text[:end]} ... {text[-end:]}"


def counted(number: float, noun: str) -> str:
    """Return a number of things.

    Examples
    --------
    >>> counted(1, "cell"), counted(1200, "cell"), counted(0, "row"), counted(2, "strategy")
    ('1 cell', '1,200 cells', '0 rows', '2 strategies')
    >>> counted(30.0, "second"), counted(0.5, "minute")
    ('30 seconds', '0.5 minutes')
    """
    shown = f"{int(number):,}" if number == int(number) else f"{number:,.6g}"
    many = noun.removesuffix("y") + "ies" if noun.endswith("gy") else f"{noun}s"
    return f"{shown} {noun if shown == '1' else many}"


def whole_number(name: str, value: Any, least: int, most: int = 2**63 - 1) -> None:
    """Raise OutOfRange unless ``value`` is a whole number from ``least`` to ``most``."""
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    if not whole or not least <= value <= most:
        ends = f"{least} to {'2^63 - 1' if most == 2**63 - 1 else f'{most:,}'}"
        raise OutOfRange(name, value, f"a whole number from {ends}")


def written(text: str, least: int, most: int) -> int | None:
    """Return the whole number that stands in digits, None if it is none from ``least`` to ``most``.

    Examples
    --------
    >>> written("007", 0, 10), written("-1", -1, 5), written("11", 0, 10), written("1e1", 0, 10)
    (7, -1, None, None)
    """
    digits = text.removeprefix("-")
    if not digits.isdecimal() or len(digits.lstrip("0")) > LONGEST_NUMBER:
        return None
    number = int(digits.lstrip("0") or "0") * (-1 if text.startswith("-") else 1)
    return number if least <= number <= most else None


def one_of(kind: str, name: Any, allowed: Iterable[str], where: str = "") -> None:
    """Raise UnknownName unless ``name`` is one of those that are allowed."""
    if not isinstance(name, str) or name not in allowed:
        raise UnknownName(kind, name, allowed, where)

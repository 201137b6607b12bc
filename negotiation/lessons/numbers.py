"""Numbers as a student types them: 0.25, 0,25, 1/4, 25%, and several of them after each other."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from negotiation.errors import InputError
from negotiation.words.language import tr

_ONE = re.compile(r"(-?\d+(?:\.\d+)?)(?:/(\d+(?:\.\d+)?))?(%?)")


def read_numbers(typed: str) -> tuple[float, ...]:
    """Return the numbers in what was typed; several stand after a semicolon or a space.

    A comma is a decimal point between two digits, and separates numbers where a space follows it.

    Examples
    --------
    >>> read_numbers("1/4"), read_numbers("25 %"), read_numbers("0,25"), read_numbers("-3, 2.5")
    ((0.25,), (0.25,), (0.25,), (-3.0, 2.5))
    >>> read_numbers("a quarter")
    Traceback (most recent call last):
    ...
    negotiation.errors.InputError: 'a quarter' is not a number: write 0.25, 1/4 or 25%.
    """
    plain = typed.replace("\N{MINUS SIGN}", "-").replace("$", "")
    plain = re.sub(r"\s*([/%])\s*", lambda m: m[1] + ("" if m[1] == "/" else " "), plain)
    plain = re.sub(r"(?<=\d),(?=\d)", ".", plain)
    found = []
    for part in re.split(r"[;,\s]+", plain.strip(" ;,")):
        got = _ONE.fullmatch(part.lstrip("+"))
        if got is None or (got[2] is not None and float(got[2]) == 0.0):
            raise InputError(
                tr("{given} is not a number: write 0.25, 1/4 or 25%.", given=repr(typed.strip()))
            )
        value = Fraction(got[1]) / Fraction(got[2] or 1)
        found.append(float(value / 100 if got[3] else value))
    return tuple(found)


def near(given: float, right: float, within: float) -> bool:
    """Return whether a number is the right one, up to so large an error.

    Examples
    --------
    >>> near(0.33, 1 / 3, 0.01), near(0.3, 1 / 3, 0.01)
    (True, False)
    """
    return math.isfinite(given) and abs(given - right) <= within + 1e-12

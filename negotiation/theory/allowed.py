"""Numbers held to their intervals, with one sentence where one falls outside.

>>> within("[0, 1)", discount=0.9)
>>> within("[0, 1)", discount=1.0)
Traceback (most recent call last):
    ...
negotiation.errors.OutOfRange: discount = 1.0 is out of range; allowed: a number in [0, 1).
"""

from __future__ import annotations

import math
from numbers import Real
from typing import Any

import numpy as np

from negotiation.door import MOST
from negotiation.errors import InputError, OutOfRange
from negotiation.theory.frontier import Floats
from negotiation.theory.solution import Pair


def within(interval: str, **given: Any) -> None:
    """Raise OutOfRange unless every given number lies in ``interval``.

    Parameters
    ----------
    interval : str
        Such as ``"[0, 1)"`` or ``"(0, inf)"``: a square bracket includes the end.
    **given : float
        Numbers by the name under which the user knows them; NaN lies nowhere.
    """
    low, high = (float(end) for end in interval[1:-1].split(","))
    for name, value in given.items():
        number: Any = value if isinstance(value, Real) else math.nan
        above = number >= low if interval[0] == "[" else number > low
        below = number <= high if interval[-1] == "]" else number < high
        if not (above and below):
            raise OutOfRange(name, value, f"a number in {interval}")


def both(interval: str, **given: Any) -> Pair:
    """Return the one given pair, US first, once both numbers lie in ``interval``.

    Examples
    --------
    >>> both("(0, 1)", demands=[0.6, 0.7])
    (0.6, 0.7)
    """
    ((name, pair),) = given.items()
    try:
        us, china = pair
    except (TypeError, ValueError):
        raise InputError(f"{name} = {pair!r}: expected two numbers, US first.") from None
    within(interval, **{f"{name}[0]": us, f"{name}[1]": china})
    return float(us), float(china)


def table_of_numbers(name: str, given: object) -> Floats:
    """Return a copy of a table, once it holds finite numbers and is not empty.

    Examples
    --------
    >>> table_of_numbers("payoffs", [1, 2])
    Traceback (most recent call last):
        ...
    negotiation.errors.InputError: payoffs: shape (2,); allowed: a table of numbers, (m, n).
    """
    try:
        table = np.array(given, dtype=float)
    except (TypeError, ValueError, OverflowError):
        raise InputError(f"{name}: expected a table of numbers, all rows as long.") from None
    if table.ndim != 2 or table.size == 0:
        raise InputError(f"{name}: shape {table.shape}; allowed: a table of numbers, (m, n).")
    if not np.isfinite(table).all():
        raise InputError(f"{name}: a number is not finite.")
    return table


def cells_within(most: int, table: Floats) -> None:
    """Raise InputError if a game has more cells than can be dealt with in reasonable time.

    Examples
    --------
    >>> cells_within(3_600, np.zeros((100, 100)))
    Traceback (most recent call last):
        ...
    negotiation.errors.InputError: game: 100 by 100 actions make 10,000 cells; allowed: 3,600.
    """
    m, n = table.shape
    if m * n > most:
        raise InputError(f"game: {m:,} by {n:,} actions make {m * n:,} cells; allowed: {most:,}.")


def bimatrix(A: object, B: object) -> tuple[Floats, Floats]:
    """Return copies of both players' payoffs, once they are finite numbers of one shape.

    Examples
    --------
    >>> bimatrix([[1, 2]], [[1], [2]])
    Traceback (most recent call last):
        ...
    negotiation.errors.InputError: game: A has shape (1, 2), B (2, 1); allowed: the same (m, n).
    """
    try:
        own, other = np.array(A, dtype=float), np.array(B, dtype=float)
    except (OverflowError, TypeError, ValueError):
        raise InputError("game: A and B must be tables of numbers, all rows as long.") from None
    if own.ndim != 2 or own.shape != other.shape or own.size == 0:
        raise InputError(
            f"game: A has shape {own.shape}, B {other.shape}; allowed: the same (m, n)."
        )
    if not ((abs(own) <= MOST).all() and (abs(other) <= MOST).all()):
        raise InputError("game: a payoff is not a finite number.")
    return own, other

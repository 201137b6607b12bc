"""Linear equations in whole numbers, solved without rounding.

A *dictionary* gives the variables that need not be 0 by those that are 0 (Chvatal 1983, *Linear
Programming*), here with whole numerators over a common denominator (Edmonds 1967; Avis 2000,
doi:10.1007/978-3-0348-8438-9_9). To exchange two variables divides without remainder.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from negotiation.errors import InputError
from negotiation.theory.frontier import Floats

Whole = NDArray[np.object_]
LONG = 500  # binary digits that take about as long as the rest of a step
VALUE, NUDGE, FIRST = 0, 1, 2  # columns of a dictionary: constants, infinitesimals, variables


def whole_numbers(payoffs: Floats) -> tuple[Whole, int]:
    """Return payoffs times a power of two that makes them whole, and that power.

    Examples
    --------
    >>> whole, unit = whole_numbers(np.array([[0.5, 3.0]]))
    >>> whole.tolist(), unit
    ([[1, 6]], 2)
    """
    fractions = [value.as_integer_ratio() for value in payoffs.ravel().tolist()]
    unit = max(below for _, below in fractions)
    whole: Whole = np.empty(payoffs.size, dtype=object)
    whole[:] = [above * (unit // below) for above, below in fractions]
    try:
        whole.astype(float)
    except OverflowError:
        raise too_far_apart() from None
    return whole.reshape(payoffs.shape), unit


def too_far_apart() -> InputError:
    """Return the error for payoffs that floating point cannot hold side by side."""
    return InputError("game: the payoffs lie more than 300 orders of magnitude apart.")


class Tableau:
    """A dictionary whose table is still to be filled.

    Parameters
    ----------
    rows, columns : sequence of int
        Numbers of the variables that need not be 0, and of those that are.
    """

    def __init__(self, rows: Sequence[int], columns: Sequence[int]) -> None:
        self.rows, self.columns = list(rows), list(columns)
        self.table: Whole = np.zeros((len(self.rows), FIRST + len(self.columns)), dtype=object)
        self.below = 1

    def pivot(self, row: int, column: int) -> None:
        """Exchange the variables of a row and of a column; the same again undoes it."""
        table, at = self.table, FIRST + column
        given, factors = table[row].copy(), table[:, at].copy()
        by = given[at]
        table *= by
        table -= factors[:, None] * given
        table //= self.below
        table[:, at] = factors
        table[row] = -given
        table[row, at] = self.below
        if by < 0:
            np.negative(table, out=table)
        self.below = abs(by)
        self.swap(row, column)

    def swap(self, row: int, column: int) -> None:
        """Exchange the names of the variables of a row and of a column."""
        self.rows[row], self.columns[column] = self.columns[column], self.rows[row]

    def values(self) -> dict[int, float]:
        """Return the variables that are not 0."""
        pairs = zip(self.rows, self.table[:, VALUE].tolist(), strict=True)
        return {variable: value / self.below for variable, value in pairs if value}


def maximise(at: Tableau, work: int) -> bool:
    """Bring a dictionary to the maximum of its first row, and return whether ``work`` sufficed.

    The first row may not grow with any variable that is 0, while others may still be negative: the
    dual simplex method (Lemke 1954). In the second half of the work it goes by the rule of Bland
    1977 (doi:10.1287/moor.2.2.103), with which it cannot go round. Work is counted in numbers
    worked out, long ones more than once.

    Examples
    --------
    The most of ``-x - 2 y`` where ``x + y >= 3``, ``x <= 2``: variables 0 and 1 are x and y, 2 and
    3 what the constraints leave.

    >>> at = Tableau(rows=[-1, 2, 3], columns=[0, 1])
    >>> at.table[:] = [[0, 0, -1, -2], [-3, 0, 1, 1], [2, 0, -1, 0]]
    >>> maximise(at, work=1_000), at.values()
    (True, {-1: -4.0, 0: 2.0, 1: 1.0})
    """
    left = work
    while left > 0:
        values = at.table[:, VALUE].tolist()
        short = [row for row in range(1, len(at.rows)) if values[row] < 0]
        if not short:
            return True
        order = values if 2 * left > work else at.rows
        row = min(short, key=order.__getitem__)
        best, cost, slope = -1, 0, 0
        pairs = zip(at.table[0, FIRST:].tolist(), at.table[row, FIRST:].tolist(), strict=True)
        for k, (loss, rate) in enumerate(pairs):
            if rate > 0:
                cheaper = -loss * slope - cost * rate
                if best < 0 or (cheaper, at.columns[k] - at.columns[best]) < (0, 0):
                    best, cost, slope = k, -loss, rate
        assert best >= 0, "there is a point at which no variable is negative"
        at.pivot(row, best)
        left -= at.table.size * (1 + at.below.bit_length() // LONG)
    return False

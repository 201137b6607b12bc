"""What a player can secure, whatever the other does.

By mixing its actions a player secures the same payoff that the other, by mixing, can hold it down
to (von Neumann 1928, doi:10.1007/BF01448847). In a zero-sum game that is the value of the game and
the two mixtures are an equilibrium; in a repeated game it is the harshest punishment. Both
mixtures come from one linear program (Dantzig 1951), solved in whole numbers.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from numpy.typing import ArrayLike

from negotiation.errors import InputError
from negotiation.theory.allowed import table_of_numbers
from negotiation.theory.frontier import Floats
from negotiation.theory.whole_numbers import FIRST, VALUE, Tableau, maximise, whole_numbers

WORK = 4_000_000  # whole numbers to work out: some ten seconds


class Security(NamedTuple):
    """What a player can secure.

    Attributes
    ----------
    value : float
        The payoff that it gets at least, and that the other can hold it down to.
    own : tuple of float
        The mixture of its own actions that secures it.
    other : tuple of float
        The mixture of the other's actions that holds it down.
    """

    value: float
    own: tuple[float, ...]
    other: tuple[float, ...]


def minimax(payoffs: ArrayLike) -> Security:
    """Return what the player of the rows can secure by mixing them.

    Parameters
    ----------
    payoffs : array_like, shape (m, n)
        Own payoffs, own actions in rows. The other side's payoffs do not matter.

    Raises
    ------
    InputError
        If that is no table of finite numbers, or too large a one.

    Examples
    --------
    >>> minimax([[3, -1], [-2, 1]])
    Security(value=0.14285714285714285, own=(0.42857142857142855, 0.5714285714285714), \
other=(0.2857142857142857, 0.7142857142857143))
    """
    value, own, other = secured(table_of_numbers("payoffs", payoffs))
    return Security(float(value), _shares(own), _shares(other))


def secured(payoffs: Floats) -> tuple[Fraction, list[int], list[int]]:
    """Return the value without rounding, and both mixtures as multiples of their chances."""
    m, n = payoffs.shape
    whole, unit = whole_numbers(payoffs)
    least = int(whole.min()) - 1
    # mixtures as multiples u of 1 / value: the least sum u for which sum u A[i, j] >= 1 for all j
    at = Tableau([-1, *range(m, m + n)], range(m))
    at.table[0, FIRST:] = -1
    at.table[1:, VALUE] = -1
    at.table[1:, FIRST:] = whole.T - least
    if not maximise(at, WORK):
        raise InputError(
            f"payoffs: {m} by {n} are too many; allowed: about 60 by 60. One equilibrium of the"
            " zero-sum game may still be found: Game(payoffs).one_equilibrium()."
        )
    own = [0] * m
    for variable, value in zip(at.rows, at.table[:, VALUE].tolist(), strict=True):
        if 0 <= variable < m:
            own[variable] = value
    other = [0] * n
    for variable, loss in zip(at.columns, at.table[0, FIRST:].tolist(), strict=True):
        if variable >= m:  # what an action of the other costs is how often it is played
            other[variable - m] = -loss
    total = sum(own)
    return Fraction(at.below + least * total, total * unit), own, other


def _shares(parts: list[int]) -> tuple[float, ...]:
    total = sum(parts)
    return tuple(part / total for part in parts)


def pure_minimax(payoffs: Floats) -> float:
    """Return what the other can hold the player of the rows down to by one action alone.

    Examples
    --------
    >>> import numpy as np
    >>> pure_minimax(np.array([[3, -1], [-2, 1]]))
    1.0
    """
    return float(payoffs.max(axis=0).min())

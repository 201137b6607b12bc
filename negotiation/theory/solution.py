"""What a bargaining solution answers: utilities, gains, and the agreement; or shares of a pie."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from negotiation.errors import InputError

Pair = tuple[float, float]


@dataclass(frozen=True)
class Solution:
    """A bargaining solution.

    Attributes
    ----------
    name : str
        Which solution.
    us, china : float
        Utilities, in the problem's unit.
    gains : tuple of float
        Utilities over the disagreement point, never negative.
    outcomes : tuple of int
        Rows of a finite problem that solve it, all ties, or that a lottery mixes. Empty where
        no outcome is acceptable to both, and then the utilities are those of disagreement.
    ties : tuple of tuple of float
        Distinct utility pairs of the tied outcomes; the first is ``(us, china)``.
    probabilities : tuple of float
        Of the outcomes in a lottery; empty otherwise.
    package : ndarray or None, shape (K,)
        How far each issue is conceded, in a problem over packages.
    residual : float
        Largest violation of the optimality conditions, in utility units, for a problem solved
        numerically; 0 where the solution was found by comparison.
    is_global : bool
        Whether no better agreement can exist. False after a search from several starts of a
        problem that is not known to be concave: then the best that was found.
    """

    name: str
    us: float
    china: float
    gains: Pair
    outcomes: tuple[int, ...] = ()
    ties: tuple[Pair, ...] = ()
    probabilities: tuple[float, ...] = ()
    package: NDArray[np.float64] | None = field(default=None, compare=False)
    residual: float = 0.0
    is_global: bool = True

    @property
    def utilities(self) -> Pair:
        """Utilities of both sides, US first."""
        return (self.us, self.china)


def disagreement_of(pair: object) -> Pair:
    """Return a disagreement point as two finite floats, or say what is wrong with it."""
    try:
        us, china = (float(x) for x in pair)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        raise InputError(f"disagreement = {pair!r}: expected two numbers, US first.") from None
    if not (np.isfinite(us) and np.isfinite(china)):
        raise InputError(f"disagreement = {pair!r}: allowed: finite numbers.")
    return us, china


def weights_of(pair: object) -> Pair:
    """Return bargaining weights scaled to sum to 1, or say what is wrong with them."""
    try:
        us, china = (float(x) for x in pair)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        raise InputError(f"weights = {pair!r}: expected two numbers, US first.") from None
    total = us + china
    if not (us >= 0.0 and china >= 0.0 and 0.0 < total < np.inf):
        raise InputError(f"weights = {pair!r}: allowed: not negative, not both zero.")
    return us / total, china / total


def no_agreement(name: str, disagreement: Pair, *, is_global: bool = True) -> Solution:
    """Return the solution of a problem in which no outcome is acceptable to both sides."""
    return Solution(
        name, *disagreement, gains=(0.0, 0.0), ties=(disagreement,), is_global=is_global
    )


class Shares(NamedTuple):
    """What each side gets.

    Attributes
    ----------
    us, china : float
        Fractions of the pie, or payoffs in the pie's unit.
    """

    us: float
    china: float

"""Two-level games: a deal abroad must pass at home.

Each side needs at least so much, or its constituencies will not ratify. All that a side could
get ratified is its win-set; a deal exists only if the two overlap. A larger win-set makes a
deal more likely, and makes it worse for its owner: a side that needs more at home gets more abroad
(Schelling's conjecture), as long as it does not need so much that nothing can be signed.

Here one issue of size ``S`` is divided, the US needs at least ``a`` of it and China at least
``c``, and what is left is split evenly, which is the Nash bargaining solution.

References
----------
Putnam 1988, "Diplomacy and domestic politics: the logic of two-level games",
doi:10.1017/S0020818300027697.
Schelling 1960, "The Strategy of Conflict".
"""

from __future__ import annotations

from typing import NamedTuple

from negotiation.errors import InputError
from negotiation.seats import SEATS
from negotiation.theory.allowed import both, within
from negotiation.theory.best_replies import equal
from negotiation.theory.solution import Pair, Shares


class WinSets(NamedTuple):
    """Where the two win-sets overlap, as shares of the US.

    Attributes
    ----------
    lowest, highest : float
        What the US needs, and what China leaves it; no deal can pass where the second is the
        smaller.
    """

    lowest: float
    highest: float

    @property
    def agree(self) -> bool:
        """Whether some deal would be ratified on both sides."""
        return self.lowest <= self.highest


def win_sets(*, us: float, china: float, size: float = 1.0) -> WinSets:
    """Return the deals that both sides would ratify.

    Parameters
    ----------
    us, china : float
        What each side needs at least, 0 or more, in the unit of ``size``.
    size : float
        What there is to divide; above 0.

    Examples
    --------
    >>> win_sets(us=0.3, china=0.5).agree, win_sets(us=0.6, china=0.5).agree
    (True, False)
    >>> win_sets(us=0.1, china=0.9)  # 1 - 0.9 is a little less than 0.1
    WinSets(lowest=0.1, highest=0.1)
    """
    within("(0, inf)", size=size)
    within("[0, inf)", us=us, china=china)
    # a sum of needs that is the size but for its last digits leaves one deal, not none
    left = us if equal(us + china, size) else size - china
    return WinSets(float(us), float(left))


def ratified_split(*, us: float, china: float, size: float = 1.0) -> Shares:
    """Return the even split of what both sides need not have.

    Parameters
    ----------
    us, china : float
        What each side needs at least, 0 or more, in the unit of ``size``.
    size : float
        What there is to divide; above 0.

    Raises
    ------
    InputError
        If no deal would be ratified on both sides; ask `win_sets` first.

    Notes
    -----
    ``a + (S - a - c) / 2``: half of each further need at home is won abroad.

    Examples
    --------
    >>> ratified_split(us=0.25, china=0.0)
    Shares(us=0.625, china=0.375)
    """
    sets = win_sets(us=us, china=china, size=size)
    if not sets.agree:
        raise InputError(
            f"us = {us!r} and china = {china!r}: no deal would pass on both sides; allowed:"
            f" a sum of at most {size!r}."
        )
    share = (sets.lowest + sets.highest) / 2.0
    return Shares(share, size - share)


def agreement_chance(*, us: Pair, china: Pair, size: float = 1.0) -> float:
    """Return the probability that the win-sets overlap when needs are uniform.

    Parameters
    ----------
    us, china : tuple of float
        Lowest and highest need of each side, the lowest the smaller.
    size : float
        What there is to divide; above 0.

    Notes
    -----
    The distribution function of the sum of two independent uniforms, a quadratic spline.

    Examples
    --------
    >>> agreement_chance(us=(0.0, 1.0), china=(0.0, 1.0))
    0.5
    >>> agreement_chance(us=(0.5, 1.0), china=(0.0, 1.0))
    0.25
    """
    a, c = _needs(us, china, size)
    # area below a + c = size in the rectangle of needs: triangles, by inclusion and exclusion
    corners = ((a[0] + c[0], 1), (a[1] + c[0], -1), (a[0] + c[1], -1), (a[1] + c[1], 1))
    area = sum(sign * max(size - corner, 0.0) ** 2 for corner, sign in corners) / 2.0
    return min(max(area / ((a[1] - a[0]) * (c[1] - c[0])), 0.0), 1.0)


def _needs(us: Pair, china: Pair, size: float) -> tuple[Pair, Pair]:
    within("(0, inf)", size=size)
    ranges = both("[0, inf)", us=us), both("[0, inf)", china=china)
    for name, (low, high) in zip(SEATS, ranges, strict=True):
        if low >= high:
            raise InputError(f"{name} = ({low!r}, {high!r}): allowed: a lowest below a highest.")
    return ranges

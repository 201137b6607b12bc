"""Nash equilibria of a two-player game: all extreme ones, degenerate games included, or one.

A pair of corners of the two polyhedra of best replies (:mod:`negotiation.theory.best_replies`) in
which every action is either unused or a best response is an equilibrium (Mangasarian 1964; von
Stengel 2002, doi:10.1016/S1574-0005(02)03008-4). These are the extreme equilibria. In a
nondegenerate game there are no others; in a degenerate one every equilibrium is a mixture of
extreme ones, and whole edges of such mixtures may be equilibria, so a finite list is then not the
whole answer and the result says so.

The side with fewer actions has few corners however many actions the other has, and each of them
fixes which replies of the other side may be used and what they have to bring about. So where the
other side's corners are too many they are looked for only where they would complete a pair: the
work is bounded, not the actions of a side.

The number of corners grows exponentially with the smaller number of actions. Where there are too
many, a path along the edges of both polyhedra still leads to one equilibrium (Lemke and Howson
1964, doi:10.1137/0112033).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple, Self, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from negotiation.errors import InputError, OutOfRange
from negotiation.theory.allowed import bimatrix
from negotiation.theory.best_replies import (
    Corners,
    Dictionary,
    Flags,
    TooMany,
    best,
    corners,
    meeting,
    size,
)
from negotiation.theory.frontier import Floats

WORK = 4_000_000  # whole numbers to work out for the corners of one side: some ten seconds
LONGEST = 100_000_000  # the same for a path, most of whose steps are short
CLOSE_CALL = "Some payoffs or mixtures differ in their last digits only and were taken as equal."

T = TypeVar("T")


class Equilibrium(NamedTuple):
    """A pair of mixed actions that are best responses to each other, and what they pay."""

    row: tuple[float, ...]
    column: tuple[float, ...]
    payoffs: tuple[float, float]


class Listed(tuple[T, ...]):
    """A tuple of results that says where floating point could not tell payoffs apart.

    Attributes
    ----------
    close_call : str
        A sentence where payoffs counted as equal that differ in their last digits, or "".

    Examples
    --------
    >>> Listed([(0, 1)]), Listed([(0, 1)], CLOSE_CALL).close_call == CLOSE_CALL
    (((0, 1),), True)
    >>> Listed([(0, 1)], "A close call.")
    Listed(((0, 1),), close_call='A close call.')
    """

    close_call: str

    def __new__(cls, found: Iterable[T] = (), close_call: str = "") -> Self:
        """Return the results with the sentence."""
        made = super().__new__(cls, found)
        made.close_call = close_call
        return made

    def __repr__(self) -> str:
        """Return the tuple, and what it says beside it if anything."""
        told = "".join(f", {name}={value!r}" for name, value in vars(self).items() if value)
        return f"{type(self).__name__}({tuple(self)!r}{told})" if told else repr(tuple(self))


class Equilibria(Listed[Equilibrium]):
    """All extreme equilibria of a game, those with few actions in use first, pure ones at the head.

    Attributes
    ----------
    close_call : str
        A sentence where payoffs counted as equal that differ in their last digits, or "".
    degenerate : bool
        Whether some mixture has more best responses than actions in use; then convex combinations
        of the equilibria listed may be equilibria too. Where the mixtures of the side with more
        actions are too many to compare, those of the equilibria and the pure ones are.
    """

    degenerate: bool

    def __new__(
        cls, found: Iterable[Equilibrium] = (), close_call: str = "", degenerate: bool = False
    ) -> Self:
        """Return equilibria with what is said of them."""
        made = super().__new__(cls, found, close_call)
        made.degenerate = degenerate
        return made


def extreme_equilibria(A: Floats, B: Floats) -> Equilibria:
    """Return all extreme equilibria.

    Parameters
    ----------
    A, B : ndarray, shape (m, n)
        Payoffs of the row and of the column player.

    Raises
    ------
    TooMany
        If the side with fewer actions has too many corners, as from about 14 actions on none of
        which is dominated; 2 by 1,000 are no trouble.

    Examples
    --------
    >>> chicken = extreme_equilibria(np.array([[0., 7.], [2., 6.]]), np.array([[0., 2.], [7., 6.]]))
    >>> [tuple(round(p, 6) for p in e.row) for e in chicken], chicken.degenerate
    ([(0.0, 1.0), (1.0, 0.0), (0.333333, 0.666667)], False)
    """
    m, n = A.shape
    turned = m > n
    xs = corners(A if turned else B.T, WORK)
    pairs, degenerate, exact = _pairs(xs, B.T if turned else A)
    found = [profile(A, B, *((y, x) if turned else (x, y))) for x, y in pairs]
    found.sort(key=_order)
    return Equilibria(found, "" if exact else CLOSE_CALL, degenerate)


def _pairs(xs: Corners, payoffs: Floats) -> tuple[list[tuple[Floats, Floats]], bool, bool]:
    """Return the pairs of corners that are equilibria, and whether they are degenerate and exact.

    ``payoffs`` are those of the side that mixes ``xs``, own actions in rows.
    """
    m, n = payoffs.shape
    # labels: 0 .. m-1 the actions of the side that mixes xs, m .. m+n-1 the other's
    labels = np.roll(xs.tight, m, axis=1)
    degenerate = bool((labels.sum(axis=1) > m).any() or (best(payoffs).sum(axis=0) > 1).any())
    ys = None
    if m > 2:  # else only a pure action can have more best replies than actions in use
        with suppress(TooMany):
            ys = corners(payoffs, WORK)
    if ys is None:
        return completed(xs, labels, payoffs, degenerate)
    packed = np.packbits(ys.tight, axis=1)
    found = []
    for x, missing in zip(xs.mixtures, np.packbits(~labels, axis=1), strict=True):
        # every action is unused or a best response: the pair is completely labelled
        for k in np.flatnonzero(((packed & missing) == missing).all(axis=1)):
            found.append((x, ys.mixtures[k]))
    degenerate |= bool((ys.tight.sum(axis=1) > n).any())
    return found, degenerate, xs.exact and ys.exact


def completed(
    xs: Corners, labels: Flags, payoffs: Floats, degenerate: bool
) -> tuple[list[tuple[Floats, Floats]], bool, bool]:
    """Return the same by a search, for each corner of one side, for those that complete it."""
    m, n = payoffs.shape
    found, exact, left = [], xs.exact, WORK
    for x, tight in zip(xs.mixtures, labels, strict=True):
        ys = meeting(payoffs, ~tight[:m], tight[m:], left)
        found += [(x, y) for y in ys.mixtures]
        if (left := left - ys.work) < 0:
            raise TooMany
        degenerate |= bool((ys.tight.sum(axis=1) > n).any())
        exact &= ys.exact
    return found, degenerate, exact


def profile(A: Floats, B: Floats, x: Floats, y: Floats) -> Equilibrium:
    """Return a pair of mixtures with what it pays."""
    x, y = x / x.sum(), y / y.sum()
    return Equilibrium(
        tuple(x.tolist()), tuple(y.tolist()), (float(x @ A @ y), float(x @ B @ y))
    )  # fmt: skip


def _order(e: Equilibrium) -> tuple[int, tuple[bool, ...], tuple[float, ...]]:
    used = tuple(p > 0.0 for p in e.row + e.column)
    return sum(used), used, tuple(round(p, 9) for p in e.row + e.column)


def one_equilibrium(A: ArrayLike, B: ArrayLike, *, start: int = 0) -> Equilibrium:
    """Return one Nash equilibrium, in games of any size.

    Parameters
    ----------
    A, B : array_like, shape (m, n)
        Payoffs of the row and of the column player.
    start : int
        The row player's action with which the path begins; another one may lead elsewhere.

    Raises
    ------
    InputError
        If the path is too long to follow.

    Examples
    --------
    >>> one_equilibrium([[3, 3], [2, 5], [0, 6]], [[3, 2], [2, 6], [3, 1]], start=1).column
    (0.3333333333333333, 0.6666666666666666)
    """
    A, B = bimatrix(A, B)
    m, n = A.shape
    if start not in range(m):
        raise OutOfRange("start", start, f"0 to {m - 1}")
    rows = Dictionary(B.T, start)  # the row player's mixtures: column j is j here, row i is n + i
    columns = Dictionary(A, rows.columns[-1])  # row i is i, column j is m + j
    label = columns.columns[-1]
    for step in range(LONGEST // size(m, n)):
        # all actions but `start` are unused or a best response, and `label` is both: use it
        if label == start:
            return profile(A, B, rows.mixture(), columns.mixture())
        if step % 2:
            label = columns.enter(label)
        else:
            label = (rows.enter((label - m) % (m + n)) + m) % (m + n)
    raise InputError(f"start = {start}: the path to an equilibrium is too long; allowed: another.")

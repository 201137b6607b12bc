"""Nash equilibria of a two-player game: all extreme ones, degenerate games included, or one.

A pair of corners of the two polyhedra of best replies (:mod:`negotiation.theory.best_replies`) in
which every action is either unused or a best response is an equilibrium (Mangasarian 1964; von
Stengel 2002, doi:10.1016/S1574-0005(02)03008-4). These are the extreme equilibria. In a
nondegenerate game there are no others; in a degenerate one every equilibrium is a mixture of
extreme ones, and whole edges of such mixtures may be equilibria, so a finite list is then not the
whole answer and the result says so.

The number of corners grows exponentially with the smaller number of actions. Where there are too
many, a path along the edges of both polyhedra still leads to one equilibrium (Lemke and Howson
1964, doi:10.1137/0112033).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from negotiation.errors import InputError, OutOfRange
from negotiation.theory.allowed import bimatrix
from negotiation.theory.best_replies import Dictionary, corners, size
from negotiation.theory.frontier import Floats

WORK = 4_000_000  # whole numbers to work out for the corners of one side: some ten seconds
LONGEST = 100_000_000  # the same for a path, most of whose steps are short


class Equilibrium(NamedTuple):
    """A pair of mixed actions that are best responses to each other, and what they pay."""

    row: tuple[float, ...]
    column: tuple[float, ...]
    payoffs: tuple[float, float]


class Equilibria(NamedTuple):
    """All extreme equilibria of a game.

    Attributes
    ----------
    found : tuple of Equilibrium
        Those with few actions in use first, pure ones at the head.
    degenerate : bool
        Whether some mixture has more best responses than actions in use; then convex
        combinations of the equilibria listed may be equilibria too.
    exact : bool
        Whether no payoffs were taken as equal that differ in their last digits.
    """

    found: tuple[Equilibrium, ...]
    degenerate: bool
    exact: bool


def extreme_equilibria(A: Floats, B: Floats) -> Equilibria:
    """Return all extreme equilibria.

    Parameters
    ----------
    A, B : ndarray, shape (m, n)
        Payoffs of the row and of the column player.

    Raises
    ------
    TooMany
        If there are too many corners to compare, as from about 13 by 13 actions on none of which
        is dominated; 2 by 100 are no trouble.

    Examples
    --------
    >>> chicken = extreme_equilibria(np.array([[0., 7.], [2., 6.]]), np.array([[0., 2.], [7., 6.]]))
    >>> [tuple(round(p, 6) for p in e.row) for e in chicken.found], chicken.degenerate
    ([(0.0, 1.0), (1.0, 0.0), (0.333333, 0.666667)], False)
    """
    m, n = A.shape
    ys, xs = corners(A, WORK), corners(B.T, WORK)
    # labels: 0 .. m-1 the row player's actions, m .. m+n-1 the column player's
    x_tight = np.roll(xs.tight, m, axis=1)
    packed = np.packbits(ys.tight, axis=1)
    found = []
    for x, missing in zip(xs.mixtures, np.packbits(~x_tight, axis=1), strict=True):
        # every action is unused or a best response: the pair is completely labelled
        for k in np.flatnonzero(((packed & missing) == missing).all(axis=1)):
            found.append(profile(A, B, x, ys.mixtures[k]))
    found.sort(key=_order)
    degenerate = (ys.tight.sum(axis=1) > n).any() or (x_tight.sum(axis=1) > m).any()
    return Equilibria(tuple(found), bool(degenerate), ys.exact and xs.exact)


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

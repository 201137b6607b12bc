"""Dominated actions: those that another action, or a mixture of actions, beats.

An action is strictly dominated by a mixture exactly if it is a best reply to no mixture of the
other side (Pearce 1984, doi:10.2307/1911197, lemma 3), and weakly exactly if it is a best reply to
none that uses all actions (lemma 4). So the question is how close the action can come to the best
reply: a linear program over the polyhedron of :mod:`negotiation.theory.best_replies`, solved there
by the simplex method in whole numbers. For weak dominance all corners are looked at, or, where they
are many, the other side trembles: it plays every action with an infinitesimal probability.
"""

from __future__ import annotations

import numpy as np

from negotiation.errors import InputError
from negotiation.theory.best_replies import Dictionary, Flags, TooMany, best, corners, equal
from negotiation.theory.frontier import Floats
from negotiation.theory.whole_numbers import LONG, NUDGE, VALUE

WORK = 40_000_000  # whole numbers to work out: about half a minute
LITTLE = 250_000  # whole numbers to work out for the corners: about a second


def dominated(payoffs: Floats, *, weakly: bool = False) -> tuple[int, ...]:
    """Return the rows of ``payoffs`` that another row or a mixture of rows dominates.

    Parameters
    ----------
    payoffs : ndarray, shape (m, n)
        Own payoffs, own actions in rows.
    weakly : bool
        Ask for a row that is never worse and somewhere better, rather than better everywhere.

    Examples
    --------
    >>> dominated(np.array([[3, 0], [5, 1]]))
    (0,)
    >>> dominated(np.array([[1, 0], [1, 1]])), dominated(np.array([[1, 0], [1, 1]]), weakly=True)
    ((), (0,))

    The middle row is beaten by tossing a coin between the others, though by neither of them:

    >>> dominated(np.array([[4, 0], [1, 1], [0, 4]]))
    (1,)
    """
    payoffs = np.asarray(payoffs, dtype=float)
    beaten: Flags = np.array([_beaten(row, payoffs, weakly) for row in payoffs])
    if weakly:
        try:
            found = corners(payoffs, LITTLE)
        except TooMany:
            pass
        else:
            replies, unused = found.tight[:, : len(payoffs)], found.tight[:, len(payoffs) :]
            used_with = replies.T.astype(int) @ ~unused > 0  # mixtures of corners are on the face
            return tuple(np.flatnonzero(beaten | ~used_with.all(axis=1)).tolist())
        favourite: Flags = np.zeros_like(beaten)
    else:
        favourite = np.asarray(best(payoffs).any(axis=1))
    at = Dictionary(payoffs, trembling=weakly)
    left = WORK
    for i in np.flatnonzero(~beaten & ~favourite).tolist():
        beaten[i], left = falls_short(at, i, left)
    return tuple(np.flatnonzero(beaten).tolist())


def _beaten(row: Floats, payoffs: Floats, weakly: bool) -> bool:
    """Return whether another row is better everywhere, or never worse and somewhere better."""
    above = np.where(equal(payoffs, row), 0.0, payoffs - row)
    if weakly:
        return bool(((above >= 0.0).all(axis=1) & (above > 0.0).any(axis=1)).any())
    return bool((above > 0.0).all(axis=1).any())


def falls_short(at: Dictionary, reply: int, work: int) -> tuple[bool, int]:
    """Return whether a reply is always worse than the best one, by the simplex method.

    And the work that is left: how many whole numbers may still be worked out.
    """
    while reply in at.rows:
        if work < 0:
            raise InputError(
                f"game: {at.m:,} by {at.n:,} actions are too many to compare each with all mixtures"
                " of the others; allowed: about 100 by 100."
            )
        row = at.rows.index(reply)
        # Bland's rule: the first variable that helps, so that the search cannot go round
        helping = [v for v, rate in zip(at.columns, at.rates(row), strict=True) if rate < 0]
        if not helping:
            tied = all(at.zeros(by)[0][row] for by in (VALUE, NUDGE)[: 1 + at.trembling])
            return not tied, work
        at.enter(min(helping))
        work -= at.table.size * (1 + at.below.bit_length() // LONG)
    return False, work


def survivors(
    A: Floats, B: Floats, *, weakly: bool = False
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the rows and columns left when dominated actions are removed again and again.

    Both players' dominated actions go at the same time in each round; under weak dominance
    the order matters, and this is the one taken here.

    Examples
    --------
    >>> survivors(np.array([[1, 1, 0], [0, 0, 2]]), np.array([[0, 2, 1], [3, 1, 0]]))
    ((0,), (1,))
    """
    rows, columns = list(range(A.shape[0])), list(range(A.shape[1]))
    while True:
        # both at once, so that for weak dominance the result does not depend on who is first
        worse_rows = dominated(A[np.ix_(rows, columns)], weakly=weakly)
        worse_columns = dominated(B[np.ix_(rows, columns)].T, weakly=weakly)
        if not worse_rows and not worse_columns:
            return tuple(rows), tuple(columns)
        rows = [r for i, r in enumerate(rows) if i not in worse_rows]
        columns = [c for j, c in enumerate(columns) if j not in worse_columns]

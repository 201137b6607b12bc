"""Dominance: actions that are worse whatever the other side does."""

from __future__ import annotations

import numpy as np

from negotiation.theory.frontier import Floats


def dominated(payoffs: Floats, *, weakly: bool = False) -> tuple[int, ...]:
    """Return the rows of ``payoffs`` that another row dominates.

    Parameters
    ----------
    payoffs : ndarray, shape (m, n)
        Own payoffs, own actions in rows.
    weakly : bool
        Ask for a row that is never worse and somewhere better, rather than better everywhere.

    Notes
    -----
    Dominance by a mixture of rows is not looked for.

    Examples
    --------
    >>> dominated(np.array([[3, 0], [5, 1]]))
    (0,)
    >>> dominated(np.array([[1, 0], [1, 1]])), dominated(np.array([[1, 0], [1, 1]]), weakly=True)
    ((), (0,))
    """
    above = payoffs[None, :, :] - payoffs[:, None, :]
    if weakly:
        beaten = (above >= 0.0).all(axis=2) & (above > 0.0).any(axis=2)
    else:
        beaten = (above > 0.0).all(axis=2)
    return tuple(int(i) for i in np.flatnonzero(np.asarray(beaten).any(axis=1)))


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
        worse_rows = dominated(A[np.ix_(rows, columns)], weakly=weakly)
        worse_columns = dominated(B[np.ix_(rows, columns)].T, weakly=weakly)
        if not worse_rows and not worse_columns:
            return tuple(rows), tuple(columns)
        rows = [r for i, r in enumerate(rows) if i not in worse_rows]
        columns = [c for j, c in enumerate(columns) if j not in worse_columns]

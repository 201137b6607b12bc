"""Nash equilibria of a two-player game, all extreme ones, degenerate games included.

Make all payoffs positive. The row mixtures x and the payoff bound they imply for the column
player form the polytope ``{x >= 0, B' x <= 1}``, the column mixtures ``{y >= 0, A y <= 1}``.
A pair of corners in which every action is either unused or a best response is an equilibrium
(Mangasarian 1964; von Stengel 2002, doi:10.1016/S1574-0005(02)03008-4). These are the extreme
equilibria. In a nondegenerate game there are no others; in a degenerate one every equilibrium
is a mixture of extreme ones, and whole edges of such mixtures may be equilibria, so a finite
list is then not the whole answer and the result says so.
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np

from negotiation.errors import InputError
from negotiation.theory.frontier import Floats

LARGEST = 8
TIGHT = 1e-9


class Equilibrium(NamedTuple):
    """A pair of mixed actions that are best responses to each other, and what they pay."""

    row: tuple[float, ...]
    column: tuple[float, ...]
    payoffs: tuple[float, float]


def corners(inequalities: Floats, bounds: Floats) -> tuple[Floats, list[frozenset[int]], bool]:
    """Return the corners of ``{z: inequalities z <= bounds}``, their tight rows, and degeneracy.

    Brute force over all choices of as many rows as there are dimensions.
    """
    n, dimension = inequalities.shape
    choices = np.array(list(combinations(range(n), dimension)))
    systems = inequalities[choices]
    solvable = np.abs(np.linalg.det(systems)) > 1e-12
    points = np.linalg.solve(systems[solvable], bounds[choices[solvable]][..., None])[..., 0]
    points = points[(points @ inequalities.T <= bounds + TIGHT).all(axis=1)]
    found: list[Floats] = []
    labels: list[frozenset[int]] = []
    for point in points:
        if all(np.abs(point - other).max() > TIGHT for other in found):
            found.append(point)
            labels.append(
                frozenset(np.flatnonzero(inequalities @ point >= bounds - TIGHT).tolist())
            )
    return np.array(found), labels, any(len(tight) > dimension for tight in labels)


def extreme_equilibria(A: Floats, B: Floats) -> tuple[tuple[Equilibrium, ...], bool]:
    """Return all extreme equilibria and whether the game is degenerate.

    Parameters
    ----------
    A, B : ndarray, shape (m, n)
        Payoffs of the row and of the column player, m and n at most 8.

    Returns
    -------
    equilibria : tuple of Equilibrium
        Pure ones first, then in lexical order.
    degenerate : bool
        Whether some corner has more best responses than actions in use; then convex
        combinations of the equilibria listed may be equilibria too.

    Raises
    ------
    InputError
        If the game is larger than 8 by 8: the number of corners explodes.

    Examples
    --------
    >>> found, degenerate = extreme_equilibria(np.array([[0., 7.], [2., 6.]]),
    ...                                        np.array([[0., 2.], [7., 6.]]))
    >>> [tuple(round(p, 6) for p in e.row) for e in found], degenerate
    ([(0.0, 1.0), (1.0, 0.0), (0.333333, 0.666667)], False)
    """
    m, n = A.shape
    if max(m, n) > LARGEST:
        raise InputError(
            f"game: {m} by {n} actions are too many to enumerate; allowed: at most"
            f" {LARGEST} by {LARGEST}. Remove dominated actions first."
        )
    # positive payoffs make the polytopes bounded; adding or scaling changes no equilibrium
    row_game = 1.0 + (A - A.min()) / max(float(np.ptp(A)), 1e-300)
    column_game = 1.0 + (B - B.min()) / max(float(np.ptp(B)), 1e-300)
    # tight rows are labels: 0 .. m-1 the row player's actions, m .. m+n-1 the column player's
    xs, x_labels, x_degenerate = corners(
        np.vstack([-np.eye(m), column_game.T]), np.concatenate([np.zeros(m), np.ones(n)])
    )
    ys, y_labels, y_degenerate = corners(
        np.vstack([row_game, -np.eye(n)]), np.concatenate([np.ones(m), np.zeros(n)])
    )
    everything = frozenset(range(m + n))
    found = []
    for x, x_tight in zip(xs, x_labels, strict=True):
        for y, y_tight in zip(ys, y_labels, strict=True):
            # every action is unused or a best response: the pair is completely labelled
            if x_tight | y_tight == everything and x.sum() > TIGHT and y.sum() > TIGHT:
                p, q = _clean(x), _clean(y)
                found.append(Equilibrium(
                    tuple(p.tolist()), tuple(q.tolist()), (float(p @ A @ q), float(p @ B @ q))
                ))  # fmt: skip
    found.sort(key=lambda e: (sum(v > 0 for v in e.row + e.column), e.row, e.column))
    return tuple(found), x_degenerate or y_degenerate


def _clean(z: Floats) -> Floats:
    z = np.where(z > TIGHT, z, 0.0)
    return np.asarray(z / z.sum())

"""What patient players can sustain when they meet again and again: the folk theorem.

By playing cells in turn they can bring about every mixture of the cells' payoffs. Each that gives
both more than the least to which the other can hold them down is sustained by an equilibrium, if
they are patient enough (Fudenberg and Maskin 1986, doi:10.2307/1911307). A single cell may be
sustained by the threat to play an equilibrium of the one-shot game for ever after a deviation, the
one that is worst for who deviated (Friedman 1971, doi:10.2307/2296617).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from negotiation.theory.allowed import bimatrix, cells_within
from negotiation.theory.best_replies import LAST_DIGITS, best
from negotiation.theory.equilibria import extreme_equilibria
from negotiation.theory.frontier import Floats
from negotiation.theory.repeated_games import grim_trigger
from negotiation.theory.security import pure_minimax, secured
from negotiation.theory.solution import Pair

MOST_CELLS = 2_000

Point = tuple[Fraction, Fraction]


class FolkTheorem(NamedTuple):
    """What can be sustained in a repeated game; payoffs are a round, of row and column player.

    Attributes
    ----------
    feasible : ndarray, shape (k, 2)
        Corners of the set of payoffs that mixtures of cells bring, counterclockwise.
    sustainable : ndarray, shape (k, 2)
        Corners of the part of it that gives both at least ``minmax``.
    minmax, pure_minmax : tuple of float
        The least to which the other can hold a player down, with mixtures and without.
    discounts : ndarray, shape (m, n)
        For each cell the discount factor from which the threat of playing the worst equilibrium
        of the one-shot game for ever sustains it: 0 for an equilibrium, infinite where no
        patience is enough.
    """

    feasible: Floats
    sustainable: Floats
    minmax: Pair
    pure_minmax: Pair
    discounts: Floats


def folk_theorem(A: ArrayLike, B: ArrayLike) -> FolkTheorem:
    """Return what patient players can sustain in a repeated game.

    Parameters
    ----------
    A, B : array_like, shape (m, n)
        Payoffs a round of the row and of the column player.

    Raises
    ------
    InputError
        If the payoffs are no tables of finite numbers of one shape, or there are too many actions.

    Examples
    --------
    >>> dilemma = folk_theorem([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    >>> dilemma.minmax, float(dilemma.discounts[0, 0])
    ((1.0, 1.0), 0.5)
    >>> [[round(x, 3) for x in corner] for corner in dilemma.sustainable.tolist()]
    [[1.0, 4.333], [1.0, 1.0], [4.333, 1.0], [3.0, 3.0]]
    """
    own, other = bimatrix(A, B)
    cells_within(MOST_CELLS, own)
    points = [
        (Fraction(a), Fraction(b))
        for a, b in zip(own.ravel().tolist(), other.ravel().tolist(), strict=True)
    ]
    feasible = hull(points)
    least = secured(own)[0], secured(other.T)[0]
    sustainable = feasible
    for k in (0, 1):
        sustainable = _above(sustainable, k, least[k])
    return FolkTheorem(
        _floats(feasible),
        _floats(sustainable),
        (float(least[0]), float(least[1])),
        (pure_minimax(own), pure_minimax(other.T)),
        _discounts(own, other),
    )


def hull(points: Sequence[Point]) -> list[Point]:
    """Return the corners of the convex hull, counterclockwise from the leftmost (Andrew 1979).

    Examples
    --------
    >>> corners = [(Fraction(x), Fraction(y)) for x, y in ((0, 0), (2, 0), (1, 0), (0, 2))]
    >>> [tuple(map(int, corner)) for corner in hull(corners)]
    [(0, 0), (2, 0), (0, 2)]
    """
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    chains: list[list[Point]] = []
    for run in (ordered, ordered[::-1]):
        chain: list[Point] = []
        for c in run:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], c) <= 0:
                chain.pop()
            chain.append(c)
        chains.append(chain[:-1])
    return chains[0] + chains[1]


def _turn(a: Point, b: Point, c: Point) -> Fraction:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _above(corners: list[Point], k: int, least: Fraction) -> list[Point]:
    """Return the part of a convex polygon in which coordinate ``k`` is not below ``least``."""
    kept: list[Point] = []
    for before, point in zip(corners[-1:] + corners[:-1], corners, strict=True):
        if (before[k] < least) != (point[k] < least):
            share = (least - before[k]) / (point[k] - before[k])
            kept.append(
                (
                    before[0] + share * (point[0] - before[0]),
                    before[1] + share * (point[1] - before[1]),
                )
            )
        if point[k] >= least:
            kept.append(point)
    return list(dict.fromkeys(kept))


def _floats(corners: list[Point]) -> Floats:
    return np.array([[float(x), float(y)] for x, y in corners]).reshape(-1, 2)


def _discounts(A: Floats, B: Floats) -> Floats:
    worst = np.min([e.payoffs for e in extreme_equilibria(A, B)], axis=0)
    needed = np.zeros(A.shape)
    for own, found, punished in ((A, needed, worst[0]), (B.T, needed.T, worst[1])):
        replies, highest = best(own), own.max(axis=0)
        close = 8.0 * LAST_DIGITS * np.abs(own).max()
        for cell in np.argwhere(~replies).tolist():
            at = tuple(cell)
            bar = np.inf  # no reward for being patient
            if own[at] - punished > close:
                bar = grim_trigger(temptation=highest[at[1]], reward=own[at], punishment=punished)
            found[at] = max(found[at], bar)
    return needed

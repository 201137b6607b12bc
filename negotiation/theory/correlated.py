"""Correlated equilibria: a mediator draws a cell and tells each player its own action only.

Nobody gains by playing another action than the one it is told (Aumann 1974,
doi:10.1016/0304-4068(74)90037-8). For each action told and each other one that is a linear
inequality in the chances of the cells, so the equilibrium that is best for both together, or for
one of them, is a linear program (Myerson 1991, *Game Theory*, section 6.2), and one can do better
for both than all Nash equilibria.

Small games are solved in whole numbers, without rounding; large ones in floating point by HiGHS
(Huangfu and Hall 2018, doi:10.1007/s12532-017-0130-5), and then the answer says by how much
obedience may fail.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from negotiation.errors import InputError, UnknownName
from negotiation.theory.allowed import bimatrix, cells_within
from negotiation.theory.best_replies import equal
from negotiation.theory.dominance import survivors
from negotiation.theory.frontier import Floats
from negotiation.theory.whole_numbers import FIRST, VALUE, Tableau, Whole, maximise, whole_numbers

GOALS = ("welfare", "row", "column", "any")
SMALL = 80_000  # numbers of a tableau that is solved without rounding, such as of 14 by 14 actions
WORK = 1_000_000  # numbers to work out without rounding at most: about two seconds
LARGE = 13_000_000  # the same of the largest linear program, such as of 50 by 50 actions
MOST_CELLS = 10_000  # of a game in which dominated actions are looked for


class CorrelatedEquilibrium(NamedTuple):
    """A correlated equilibrium.

    Attributes
    ----------
    chances : ndarray, shape (m, n)
        Of the cells that the mediator draws.
    payoffs : tuple of float
        Of the row and of the column player.
    exact : bool
        Whether the linear program was solved without rounding.
    violation : float
        The most that a player gains by always playing some other action when told a certain one,
        in payoff units; 0 where ``exact``.
    """

    chances: Floats
    payoffs: tuple[float, float]
    exact: bool
    violation: float


def correlated_equilibrium(
    A: ArrayLike, B: ArrayLike, *, maximise: str = "welfare"
) -> CorrelatedEquilibrium:
    """Return the correlated equilibrium that is best for both, or for one player.

    Parameters
    ----------
    A, B : array_like, shape (m, n)
        Payoffs of the row and of the column player.
    maximise : str
        ``"welfare"``, the sum of both payoffs, which must then be in one unit; ``"row"`` or
        ``"column"``, the payoff of that player; ``"any"``, both payoffs as shares of their ranges,
        in whatever units they are.

    Raises
    ------
    InputError
        If the payoffs are no tables of finite numbers of one shape, or have too many actions.

    Examples
    --------
    In Chicken a mediator spares both the crash, which no equilibrium without one does at 10.5 in
    all:

    >>> best = correlated_equilibrium([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    >>> best.chances.tolist(), best.payoffs, best.exact
    ([[0.5, 0.25], [0.25, 0.0]], (5.25, 5.25), True)
    """
    own, other = bimatrix(A, B)
    if maximise not in GOALS:
        raise UnknownName("goal", maximise, GOALS, "maximise")
    whole_game = own.shape
    cells_within(MOST_CELLS, own)
    left = np.ix_(*survivors(own, other))  # nobody is told to play, or gains by, a dominated action
    own, other = own[left], other[left]
    m, n = own.shape
    if (m * (m - 1) + n * (n - 1)) * m * n > LARGE:
        raise InputError(
            f"game: {m} by {n} actions that nothing dominates are too many for the program;"
            " allowed: about 50 by 50."
        )
    wholes, unit = whole_numbers(np.stack([own, other]))
    first, second = wholes
    goal = {
        "row": first,
        "column": second,
        "welfare": first + second,
        "any": first * _range(second) + second * _range(first),
    }[maximise]
    incentives = np.array(
        [*_incentives(own, first), *_incentives(other.T, second.T, turned=True)],
        dtype=object,
    ).reshape(-1, m * n)
    chances, exact = _without_rounding(incentives, goal.ravel()), True
    if chances is None:
        chances, exact = _in_floating_point(incentives, goal.ravel()), False
    slack = (incentives / unit).astype(float) @ chances
    everywhere = np.zeros(whole_game)
    everywhere[left] = chances.reshape(m, n)
    return CorrelatedEquilibrium(
        everywhere,
        (float(chances @ own.ravel()), float(chances @ other.ravel())),
        exact,
        0.0 if exact else max(0.0, -float(slack.min())),
    )


def _range(whole: Whole) -> int:
    return int(whole.max() - whole.min()) or 1


def _incentives(own: Floats, whole: Whole, *, turned: bool = False) -> list[Whole]:
    """Return for each pair of own actions what obeying one gains over the other, by cell."""
    found = []
    for told in range(len(own)):
        for played in range(len(own)):
            if played != told:
                gain: Whole = np.zeros_like(whole)
                gain[told] = whole[told] - whole[played]
                gain[told][equal(own[told], own[played])] = 0
                found.append((gain.T if turned else gain).ravel())
    return found


def _without_rounding(incentives: Whole, goal: Whole) -> Floats | None:
    """Return the best chances of the cells, None where that would be too much work."""
    cells = len(goal)
    if (len(incentives) + 2) * cells > SMALL:
        return None
    # The chance of one best cell is what the others leave. Without them nothing can be better, so
    # the dual simplex method may start there although it may break the incentives.
    best = max(range(cells), key=lambda k: goal[k])
    others = [k for k in range(cells) if k != best]
    at = Tableau([-1, best, *range(cells, cells + len(incentives))], others)
    at.table[0, FIRST:] = goal[others] - goal[best]
    at.table[1, VALUE], at.table[1, FIRST:] = 1, -1
    for row, gain in enumerate(incentives, start=2):
        shared = math.gcd(*gain) or 1
        at.table[row, VALUE] = gain[best] // shared
        at.table[row, FIRST:] = (gain[others] - gain[best]) // shared
    if not maximise(at, WORK):
        return None
    values = at.values()
    return np.array([values.get(k, 0.0) for k in range(cells)])


def _in_floating_point(incentives: Whole, goal: Whole) -> Floats:
    """Return the best chances of the cells up to rounding, with payoffs of about 1."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_matrix

    largest = np.maximum(np.abs(incentives).max(axis=1), 1)
    answer = linprog(
        -((goal - goal.min()) / _range(goal)).astype(float),
        A_ub=csr_matrix(-(incentives / largest[:, None]).astype(float)),
        b_ub=np.zeros(len(incentives)),
        A_eq=np.ones((1, len(goal))),
        b_eq=[1.0],
        method="highs",
    )
    if answer.status != 0:
        raise InputError(f"game: the linear program was not solved ({answer.message})")
    chances = np.maximum(answer.x, 0.0)
    return np.asarray(chances / chances.sum())

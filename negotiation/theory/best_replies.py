"""Best replies to mixtures, in whole numbers.

The mixtures ``y`` of one player and the least payoff ``v`` that holds the other's replies down
form the polyhedron ``{(y, v): A y <= v, y >= 0, sum y = 1}``. A constraint that is tight says
that an action is not used, or that a reply is best. Every floating-point number is a fraction,
so the payoffs, times a power of two, are whole numbers, and a corner can be computed without
rounding: as a *dictionary*, in which the variables that need not be 0 are given by those that
are 0 (:mod:`negotiation.theory.whole_numbers`). More tight constraints than the
dimension would make several dictionaries of one corner and no rule which of them to visit, so the
replies' payoffs are thought to differ by an infinitesimal amount each.

**What counts as equal.** 0.1 + 0.2 and 0.3 differ in their last digit, and nobody means that as a
difference. A quantity counts as 0 where changing payoffs in their last digits could make it 0, to
first order; payoffs that are the same number stay the same. That does not depend on the unit in
which payoffs are measured, and it keeps small payoffs apart however large others are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from random import Random
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from negotiation.errors import InputError
from negotiation.theory.frontier import Floats
from negotiation.theory.whole_numbers import (
    FIRST,
    NUDGE,
    VALUE,
    Tableau,
    Whole,
    too_far_apart,
    whole_numbers,
)

Flags = NDArray[np.bool_]
LAST_DIGITS = 2.0**-50  # relative: four times the distance between two neighbouring numbers
BLURRED = 1e-6  # a probability that cannot count as 0 although its last digits decide it
KEPT = 500  # dictionaries that need not be worked out again on the way back


def equal(a: Any, b: Any) -> Any:
    """Return where two payoffs differ in their last digits at most.

    Examples
    --------
    >>> bool(equal(0.1 + 0.2, 0.3)), bool(equal(1e-9, 1.1e-9)), bool(equal(1e9, 1e9 + 1))
    (True, False, False)
    """
    return np.abs(np.subtract(a, b)) <= LAST_DIGITS * (np.abs(a) + np.abs(b))


def best(own: Floats) -> Flags:
    """Return which replies are best to each pure action, own actions in rows."""
    return np.asarray(equal(own, own.max(axis=0)), dtype=bool)


class Dictionary(Tableau):
    """A corner of the polyhedron, first that of one pure action.

    Variables are numbered: 0 to m - 1 what each reply falls short of the best one, m to m + n - 1
    the probabilities of the n actions.

    Parameters
    ----------
    payoffs : ndarray, shape (m, n)
        What m replies earn against n actions.
    action : int
        The pure action to begin with.
    trembling : bool
        Give every action an infinitesimal probability, instead of payoffs an infinitesimal
        difference: the variables are then what the actions are played beyond it.
    """

    def __init__(self, payoffs: Floats, action: int = 0, *, trembling: bool = False) -> None:
        self.trembling = trembling
        self.m, self.n = m, n = payoffs.shape
        whole, self.unit = whole_numbers(payoffs)
        self.payoffs = whole.astype(float)
        draw = Random(0)
        nudges = [-sum(row) if trembling else draw.getrandbits(64) for row in whole.tolist()]
        reply = max(range(m), key=lambda i: (whole[i, action], -nudges[i]))
        others = [j for j in range(n) if j != action]
        rows = [m + action, *(i for i in range(m) if i != reply)]
        super().__init__(rows, [*(m + j for j in others), reply])
        self.table[0, [VALUE, NUDGE]] = 1, -n * trembling
        self.table[0, FIRST:-1] = -1
        for row, i in enumerate(self.rows[1:], start=1):
            short = whole[reply] - whole[i]
            self.table[row, VALUE] = short[action]
            self.table[row, NUDGE] = nudges[i] - nudges[reply] - n * trembling * short[action]
            self.table[row, FIRST:-1] = short[others] - short[action]
            self.table[row, -1] = 1

    def leaving(self, column: int) -> int | None:
        """Return the row that reaches 0 first when a column's variable grows, None if none does."""
        found, least = None, (0, 0, 0)
        rates = self.table[:, FIRST + column].tolist()
        for row, rate in enumerate(rates):
            if rate < 0:
                value, nudge = self.table[row, VALUE], self.table[row, NUDGE]
                first, second, slope = least
                sooner = value * slope - first * rate, nudge * slope - second * rate
                if (
                    found is None
                    or sooner > (0, 0)
                    or (sooner == (0, 0) and self.rows[row] < self.rows[found])
                ):
                    found, least = row, (value, nudge, rate)
        return found

    def enter(self, variable: int) -> int:
        """Let a variable at 0 grow until another reaches 0, and return that one."""
        column = self.columns.index(variable)
        row = self.leaving(column)
        assert row is not None, "the mixtures are bounded, and so are the replies' shortfalls"
        self.pivot(row, column)
        return self.columns[column]

    def settle(self, at_zero: Iterable[int]) -> bool:
        """Let these variables be the ones at 0, and return whether that leaves one solution."""
        wanted = set(at_zero)
        while leaving := [row for row, variable in enumerate(self.rows) if variable in wanted]:
            entering = [k for k, variable in enumerate(self.columns) if variable not in wanted]
            pivots = ((r, k) for r in leaving for k in entering if self.table[r, FIRST + k] != 0)
            pivot = next(pivots, None)
            if pivot is None:
                return False
            self.pivot(*pivot)
        return True

    def signs(self) -> dict[int, int]:
        """Return the sign of each variable that need not be 0, those that count as 0 as 0."""
        found = np.where(self.zeros()[0], 0, self.table[:, VALUE])
        return {v: (x > 0) - (x < 0) for v, x in zip(self.rows, found.tolist(), strict=True)}

    def rates(self, row: int) -> list[int]:
        """Return how fast a row's variable grows with those at 0."""
        return list(self.table[row, FIRST:])

    def mixture(self, of: int = VALUE) -> Floats:
        """Return the probabilities, or the infinitesimal ones that trembling adds."""
        found = np.full(self.n, float(of == NUDGE and self.trembling))
        for variable, value in zip(self.rows, self.table[:, of].tolist(), strict=True):
            if variable >= self.m:
                found[variable - self.m] += value / self.below
        return found

    def zeros(self, of: int = VALUE) -> tuple[Flags, bool]:
        """Return which rows count as 0, and whether all of those are 0 exactly.

        ``of`` asks for that of their infinitesimal parts.
        """
        replies = [k for k, variable in enumerate(self.columns) if variable < self.m]
        tight = [self.columns[k] for k in replies]
        wanted = [of, *(FIRST + k for k in replies)]
        try:
            shares = (self.table[:, wanted] / self.below).astype(float)
        except OverflowError:
            raise too_far_apart() from None
        y = np.abs(self.mixture(of))
        at_stake = np.abs(self.payoffs) @ y
        bound = np.abs(shares[:, 1:]) @ at_stake[tight]
        falls_short = np.array(self.rows) < self.m
        bound[falls_short] += at_stake[np.array(self.rows)[falls_short]]
        zero = np.abs(shares[:, 0]) <= LAST_DIGITS * bound
        exactly = self.table[:, of] == 0
        for row in np.flatnonzero(zero & ~exactly):
            weights = np.zeros(self.m)
            weights[tight] = shares[row, 1:]
            if falls_short[row]:
                weights[self.rows[row]] = -1.0
            slack = 0.0
            for j in np.flatnonzero(y):  # payoffs that are the same number change together
                values, place = np.unique(self.payoffs[:, j], return_inverse=True)
                slack += y[j] * (np.abs(values) @ np.abs(np.bincount(place, weights)))
            zero[row] = abs(shares[row, 0]) <= LAST_DIGITS * slack
        return zero, not (zero & ~exactly).any()


class Corners(NamedTuple):
    """Corners of the polyhedron.

    Attributes
    ----------
    mixtures : ndarray, shape (k, n)
    tight : ndarray of bool, shape (k, m + n)
        Which replies are best, then which actions are not used.
    exact : bool
        Whether all that counts as equal is equal.
    work : int
        Whole numbers that were worked out for them.
    """

    mixtures: Floats
    tight: Flags
    exact: bool
    work: int


def walk(at: Dictionary, most: int) -> Iterator[Dictionary]:
    """Visit all corners from one of them, depth first, ``most`` at most."""
    here = sum(1 << variable for variable in at.columns)
    seen = {here}
    trail: list[tuple[int, int]] = []
    kept: deque[tuple[Whole, int]] = deque(maxlen=KEPT)  # the dictionaries of the trail's end
    column = 0
    yield at
    while trail or column < at.n:
        if column == at.n:
            row, column = trail.pop()
            here ^= 1 << at.columns[column] | 1 << at.rows[row]
            if kept:
                at.swap(row, column)
                at.table, at.below = kept.pop()
            else:
                at.pivot(row, column)
        elif (leaving := at.leaving(column)) is not None:
            there = here ^ (1 << at.columns[column] | 1 << at.rows[leaving])
            if there not in seen:
                seen.add(there)
                here = there
                if len(seen) > most:
                    raise TooMany
                kept.append((at.table.copy(), at.below))
                at.pivot(leaving, column)
                yield at
                trail.append((leaving, column))
                column = 0
                continue
        column += 1


class TooMany(InputError):
    """More corners than can be visited."""

    def __init__(self) -> None:
        super().__init__(
            "game: too many mixtures make replies equally good to compare them all. Remove"
            " dominated actions, or ask for one equilibrium: Game.one_equilibrium()."
        )


def size(m: int, n: int) -> int:
    """Return how many numbers a dictionary has, long ones counted more than once."""
    return (m + 1) * (n + 1) * (1 + min(m, n) ** 2 // 400)


def corners(payoffs: Floats, work: int) -> Corners:
    """Return all corners, those that the last digits tell apart as one.

    Parameters
    ----------
    payoffs : ndarray, shape (m, n)
        What m replies earn against n actions.
    work : int
        How many whole numbers to work out at most.

    Raises
    ------
    TooMany
        If that is not enough.

    Examples
    --------
    >>> found = corners(np.array([[0.0, 7.0], [2.0, 6.0]]), 1_000)
    >>> found.mixtures.round(3).tolist(), found.exact
    ([[1.0, 0.0], [0.333, 0.667], [0.0, 1.0]], True)
    """
    pure = best(payoffs)
    each = size(*payoffs.shape)
    found: dict[bytes, tuple[Floats, Flags]] = {}
    exact, visited = True, 0
    for at in walk(Dictionary(payoffs), max(work // each, 1)):
        visited += 1
        here, exactly = corner(at, pure)
        exact &= exactly
        if here is not None:
            found.setdefault(here[1].tobytes(), here)
    mixtures = np.array([y for y, _ in found.values()])
    labels = np.array([tight for _, tight in found.values()])
    if not exact:  # a corner with fewer tight constraints than another is the same one, blurred
        packed = np.packbits(labels, axis=1)
        whole = [
            not (((packed & own) == own).all(axis=1) & (packed != own).any(axis=1)).any()
            for own in packed
        ]
        mixtures, labels = mixtures[whole], labels[whole]
    return Corners(mixtures, labels, exact, visited * each)


def corner(at: Dictionary, pure: Flags) -> tuple[tuple[Floats, Flags] | None, bool]:
    """Return a dictionary's mixture and what is tight there, and whether all zeros are exact.

    None where the last digits decide which actions are used: a tie, no corner. ``pure`` are the
    best replies to pure actions.
    """
    m = at.m
    zero, exactly = at.zeros()
    tight = np.zeros(m + at.n, dtype=bool)
    tight[at.columns] = True
    tight[np.array(at.rows)[zero]] = True
    y = at.mixture()
    if y[tight[m:]].sum() > BLURRED:
        return None, exactly
    y[tight[m:]] = 0.0
    if not y.any():
        return None, exactly
    if np.count_nonzero(y) == 1:
        tight[:m] = pure[:, int(y.argmax())]
    return (y / y.sum(), tight), exactly


def meeting(payoffs: Floats, replies: Flags, actions: Flags, work: int) -> Corners:
    """Return the corners at which some replies are best, among mixtures of some actions alone.

    Parameters
    ----------
    payoffs : ndarray, shape (m, n)
        What m replies earn against n actions.
    replies : ndarray of bool, shape (m,)
        Those that must be best.
    actions : ndarray of bool, shape (n,)
        Those that may be used.
    work : int
        How many whole numbers to work out at most.

    Raises
    ------
    TooMany
        If that is not enough.

    Examples
    --------
    >>> payoffs, both = np.array([[0.0, 7.0], [2.0, 6.0]]), np.array([True, True])
    >>> meeting(payoffs, both, both, 1_000).mixtures.round(3).tolist()
    [[0.333, 0.667]]
    """
    m, n = payoffs.shape
    own = payoffs[:, actions]
    at = Dictionary(own)
    # as many equations as unknowns have one solution, which may be no mixture
    if replies.sum() == actions.sum() and at.settle(np.flatnonzero(replies).tolist()):
        each = size(*own.shape) * (1 + int(replies.sum()))
        if min(at.signs().values(), default=0) < 0:
            return Corners(np.zeros((0, n)), np.zeros((0, m + n), dtype=bool), True, each)
        here, exact = corner(at, best(own))
        found = [] if here is None else [here]
        mixtures = np.array([y for y, _ in found]).reshape(-1, own.shape[1])
        tight = np.array([told for _, told in found], dtype=bool).reshape(-1, m + own.shape[1])
    else:
        mixtures, tight, exact, each = corners(own, work)
        kept = tight[:, :m][:, replies].all(axis=1)
        mixtures, tight = mixtures[kept], tight[kept]
    whole = np.zeros((len(mixtures), n))
    whole[:, actions] = mixtures
    labels = np.ones((len(mixtures), m + n), dtype=bool)
    labels[:, :m] = tight[:, :m]
    labels[:, m:][:, actions] = tight[:, m:]
    return Corners(whole, labels, exact, each)

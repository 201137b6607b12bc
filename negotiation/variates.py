"""Luck taken out of an estimate: control variates, and how much of each is taken away.

Two things about a run have means that are known: its innovations
(:mod:`negotiation.rules.innovations`), and the uniform draws behind the numbers of its world. An
estimate less a multiple of either is as unbiased as before; the multiples are those that leave the
least variance. They are fitted on other worlds than those that they are applied to, fold by fold,
so that what is left is what it seems.

References
----------
Glynn and Szechtman (2002), "Some new perspectives on the method of control variates",
doi:10.1007/978-3-642-56046-0_3.
Avramidis and Wilson (1993), "A splitting scheme for control variates",
doi:10.1016/0167-6377(93)90036-O.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from negotiation.compiling import compiled
from negotiation.ensemble import Ensemble
from negotiation.estimates import LEVEL, t_of, z_of
from negotiation.outcome import EVENTS
from negotiation.randomness import WORLD, uniform, world_key_of
from negotiation.records import Array
from negotiation.tally import OUTCOMES

FOLDS = 8
SHRINKAGE = (0.01, 0.03, 0.1, 0.3, 1.0, 1e9)  # of the fit across worlds, by its typical size
SEEN = 200  # runs with an outcome, and without it, from which on a fit is to be trusted


@compiled
def write_lots(seed: int, first: int, slots: Array, lots: Array) -> None:
    """Write the draws of some slots in worlds ``first`` on, less a half, a row each."""
    for w in range(lots.shape[0]):
        key = np.uint64(world_key_of(seed, first + w))
        for u in range(lots.shape[1]):
            lots[w, u] = uniform(key, WORLD + slots[u]) - 0.5


@compiled
def add_products(left: Array, right: Array, sums: Array) -> None:
    """Add to ``sums[i, j]`` the products of columns i and j over all rows, in their order.

    Not by linear algebra on threads, which wait for one another longer than these sums take.
    """
    for r in range(left.shape[0]):
        for i in range(left.shape[1]):
            here = left[r, i]
            if here != 0.0:
                for j in range(right.shape[1]):
                    sums[i, j] += here * right[r, j]


@dataclass(frozen=True)
class Sums:
    """Sums of products over worlds, by fold: all that the estimate needs, however many runs.

    Attributes
    ----------
    worlds : int
    between : ndarray, shape (FOLDS, D, D)
        Products of a world's 1, innovations, lots and shares of outcomes, in that order.
    within : ndarray, shape (FOLDS, I, I + O)
        Products of the innovations with themselves and the outcomes, less their means in the world.
    """

    worlds: int
    between: np.ndarray
    within: np.ndarray

    @classmethod
    def none(cls, innovations: int, lots: int, outcomes: int) -> Self:
        """Return the sums of no world, of so many innovations, draws and outcomes."""
        d = 1 + innovations + lots + outcomes
        within = np.zeros((FOLDS, innovations, innovations + outcomes))
        return cls(0, np.zeros((FOLDS, d, d)), within)

    @property
    def innovations(self) -> int:
        """How many there are of a run."""
        return int(self.within.shape[1])

    @property
    def outcomes(self) -> int:
        """How many are estimated."""
        return int(self.within.shape[2]) - self.innovations

    @property
    def lots(self) -> int:
        """Draws that the numbers of a world take."""
        return int(self.between.shape[1] - 1 - self.within.shape[2])

    def plus(self, task: int, hits: np.ndarray, innovations: np.ndarray, lots: np.ndarray) -> Self:
        """Return the sums with the worlds of task number ``task``, which are of one fold.

        Parameters
        ----------
        task : int
        hits : ndarray, shape (worlds, R, O)
            What each run counts for each outcome.
        innovations : ndarray, shape (worlds, R, I)
        lots : ndarray, shape (worlds, L)
        """
        fold, shares, middle = task % FOLDS, hits.mean(1), innovations.mean(1)
        rows = np.hstack([np.ones((len(lots), 1)), middle, lots, shares])
        apart = (innovations - middle[:, None]).reshape(-1, self.innovations)
        rest = (hits - shares[:, None]).reshape(-1, hits.shape[2])
        add_products(rows, rows, self.between[fold])
        if hits.shape[1] > 1:  # of one run nothing lies off the mean
            add_products(apart, np.hstack([apart, rest]), self.within[fold])
        return type(self)(self.worlds + len(lots), self.between, self.within)


def hits_of(rows: np.ndarray) -> np.ndarray:
    """Return 1 or 0 for each run and each of ``tally.OUTCOMES``, shape (runs, O)."""
    states = np.eye(len(OUTCOMES) - len(EVENTS))[rows["state"]]
    return np.hstack([rows["events"].astype(float), states])


def slots_of(*ensembles: Ensemble) -> np.ndarray:
    """Return the slots of the draws behind the numbers of a world, those of any of these."""
    return np.unique(np.concatenate([one.table.world.slots for one in ensembles]))


def adjusted(sums: Sums) -> tuple[np.ndarray, np.ndarray]:
    """Return the odds of each outcome less what was luck, and the variance of that estimate.

    All outcomes are treated alike, so that what adds up to one goes on doing so.
    """
    _, means, variances = fitted(sums)
    return means, variances


def fitted(sums: Sums) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what is to be added up of a world's row, fold by fold, and what that comes to.

    Returns
    -------
    weights : ndarray, shape (FOLDS, D, O)
        Of the entries of a row of `Sums.between`: 1 for the outcome, less what is taken away.
    means, variances : ndarray, shape (O,)
        The odds, and the variances of these estimates.
    """
    c, o = sums.innovations, sums.outcomes
    d = sums.between.shape[1]
    lot, out = slice(1 + c, d - o), slice(d - o, d)
    total, within = sums.between.sum(0), sums.within.sum(0)
    alone = not within.any()  # one run in each world: then worlds tell what runs would
    left = np.zeros((len(SHRINKAGE), FOLDS, d, o))
    tried = SHRINKAGE if sums.lots else ()
    for f in range(FOLDS):
        others = total - sums.between[f]
        others = others - np.outer(others[0], others[0]) / max(others[0, 0], 1.0)
        apart = within - sums.within[f]
        if alone:
            apart = others[1 : 1 + c][:, np.r_[1 : 1 + c, d - o : d]]
        gain = solved(apart[:, :c], apart[:, c:])
        target = others[lot, out] - others[lot, 1 : 1 + c] @ gain
        square, typical = others[lot, lot], float(np.trace(others[lot, lot])) / max(len(target), 1)
        left[:, f, 1 : 1 + c], left[:, f, out] = -gain, np.eye(o)
        for s, shrinkage in enumerate(tried if typical > 0.0 else ()):
            ridge = square + shrinkage * typical * np.eye(len(target))
            left[s, f, lot] = -np.linalg.solve(ridge, target)
    left = left if sums.lots else left[-1:]
    means = np.einsum("fd,sfdo->so", sums.between[:, 0], left) / sums.worlds
    squares = (left * (sums.between @ left)).sum((1, 2)) / sums.worlds
    variances = np.maximum(squares - means**2, 0.0) / max(sums.worlds - 1, 1)
    plain = np.maximum(variances[-1], 1e-30)  # with nothing taken from the draws of the numbers
    best = int(np.argmin((variances / plain).mean(1)))
    return left[best], means[best], variances[best]


def solved(square: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the least squares, shrunk as by one more run in which each thing has happened.

    Where something never has, its innovations are so many small chances, from which a multiple
    could be anything: it becomes next to nothing. Where it has some ten times that hardly matters.
    """
    return np.asarray(np.linalg.solve(square + np.eye(len(square)), right))


def rarely(hits: np.ndarray, runs: Any) -> np.ndarray:
    """Return which outcomes are seen, or missing, too seldom for a fit."""
    return np.asarray(np.minimum(hits, runs - hits) < SEEN)


def surer(
    p: np.ndarray, variance: np.ndarray, worlds: Any, hits: np.ndarray, runs: Any,
    simply: np.ndarray, level: float = LEVEL,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Return the odds, and how many counted runs would tell them as precisely.

    What is seen in few runs, or missing in few, is counted plainly, and so is what counting tells
    more precisely.

    Parameters
    ----------
    p, variance : ndarray
        Estimates less what was luck, and their variances, from so many ``worlds``.
    hits : ndarray
        Runs with the outcome, of ``runs``.
    simply : ndarray
        How many independent runs would tell as much as these do counted.

    Examples
    --------
    >>> p, n = surer(np.array([0.49]), np.array([1e-4]), 500, np.array([480]), 1_000,
    ...              np.array([1_000.0]))
    >>> p.tolist(), n.round().tolist()
    ([0.49], [2487.0])
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        student = z_of(level) / t_of(np.asarray(worlds) - 1, level)
        worth = p * (1 - p) / variance * student**2
        counted = rarely(hits, runs) | ~(worth > simply) | ~((p > 0) & (p < 1))
        return np.where(counted, hits / runs, p), np.where(counted, simply, worth)

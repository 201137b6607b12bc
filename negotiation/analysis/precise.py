"""Odds to a stated precision from few runs: what is only luck is taken out of the estimate.

Sixteen runs are played in each draw of the uncertain numbers (a *world*), as drawing and solving a
world costs as much as ten runs. Two things about them have means that are known: the innovations
of a run (:mod:`negotiation.rules.innovations`), and the uniform draws behind a world's numbers. An
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
from typing import Self

import numpy as np

from negotiation.compiling import compiled
from negotiation.ensemble import Ensemble
from negotiation.estimates import Estimate, effective_runs, t_of, wilson, z_of
from negotiation.outcome import EVENTS
from negotiation.randomness import WORLD, uniform, world_key_of
from negotiation.records import Array
from negotiation.rules.state import INNOVATIONS
from negotiation.tally import OUTCOMES, Tally

RUNS_PER_WORLD = 16  # about where luck within a world and differences between worlds weigh alike
WORLDS_AT_ONCE = 32  # in a task
FOLDS = 8
SHRINKAGE = (0.01, 0.03, 0.1, 0.3, 1.0, 1e9)  # of the fit across worlds, by its typical size
SEEN = 200  # runs with an outcome, and without it, from which on a fit is to be trusted
DIGITS = 12  # that do not depend on the order in which a processor adds


@compiled
def write_lots(seed: int, first: int, slots: Array, lots: Array) -> None:
    """Write the draws of some slots in worlds ``first`` on, less a half, a row each."""
    for w in range(lots.shape[0]):
        key = np.uint64(world_key_of(seed, first + w))
        for u in range(lots.shape[1]):
            lots[w, u] = uniform(key, WORLD + slots[u]) - 0.5


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
        hits : ndarray, shape (worlds, RUNS_PER_WORLD, O)
            What each run counts for each outcome.
        innovations : ndarray, shape (worlds, RUNS_PER_WORLD, I)
        lots : ndarray, shape (worlds, L)
        """
        fold, shares, middle = task % FOLDS, hits.mean(1), innovations.mean(1)
        rows = np.hstack([np.ones((len(lots), 1)), middle, lots, shares])
        apart = (innovations - middle[:, None]).reshape(-1, self.innovations)
        rest = (hits - shares[:, None]).reshape(-1, hits.shape[2])
        # not by linear algebra on threads, which wait for one another longer than these sums take
        self.between[fold] += np.einsum("wi,wj->ij", rows, rows)
        self.within[fold] += np.einsum("ri,rj->ij", apart, np.hstack([apart, rest]))
        return type(self)(self.worlds + len(lots), self.between, self.within)


def hits_of(rows: np.ndarray) -> np.ndarray:
    """Return 1 or 0 for each run and each of ``tally.OUTCOMES``, shape (runs, O)."""
    states = np.eye(len(OUTCOMES) - len(EVENTS))[rows["state"]]
    return np.hstack([rows["events"].astype(float), states])


def slots_of(*ensembles: Ensemble) -> np.ndarray:
    """Return the slots of the draws behind the numbers of a world, those of any of these."""
    return np.unique(np.concatenate([one.table.world.slots for one in ensembles]))


def lots_of(slots: np.ndarray, seed: int, task: int) -> np.ndarray:
    """Return the draws of some slots, less a half, in the worlds of task number ``task``."""
    lots = np.zeros((WORLDS_AT_ONCE, len(slots)))
    write_lots(seed, task * WORLDS_AT_ONCE, slots, lots)
    return lots


def played(ensemble: Ensemble, seed: int, task: int) -> tuple[np.ndarray, np.ndarray]:
    """Play the worlds of task number ``task``: their rows and innovations."""
    runs = WORLDS_AT_ONCE * RUNS_PER_WORLD
    innovations = np.zeros((runs, INNOVATIONS))
    rows = ensemble.rows(
        seed=seed, first=task * runs, count=runs, runs_per_world=RUNS_PER_WORLD,
        innovations=innovations,
    )  # fmt: skip
    return rows, innovations


def adjusted(sums: Sums) -> tuple[np.ndarray, np.ndarray]:
    """Return the odds of each outcome less what was luck, and the variance of that estimate.

    All outcomes are treated alike, so that what adds up to one goes on doing so.
    """
    c, o = sums.innovations, sums.outcomes
    d = sums.between.shape[1]
    lot, out = slice(1 + c, d - o), slice(d - o, d)
    total, within = sums.between.sum(0), sums.within.sum(0)
    left = np.zeros((len(SHRINKAGE), FOLDS, d, o))  # what is to be added up of a world's row
    for f in range(FOLDS):
        apart = within - sums.within[f]
        gain = solved(apart[:, :c], apart[:, c:])
        others = total - sums.between[f]
        others = others - np.outer(others[0], others[0]) / max(others[0, 0], 1.0)
        target = others[lot, out] - others[lot, 1 : 1 + c] @ gain
        square, typical = others[lot, lot], float(np.trace(others[lot, lot])) / max(len(target), 1)
        left[:, f, 1 : 1 + c], left[:, f, out] = -gain, np.eye(o)
        for s, shrinkage in enumerate(SHRINKAGE if typical > 0.0 else ()):
            ridge = square + shrinkage * typical * np.eye(len(target))
            left[s, f, lot] = -np.linalg.solve(ridge, target)
    means = np.einsum("fd,sfdo->so", sums.between[:, 0], left) / sums.worlds
    squares = (left * (sums.between @ left)).sum((1, 2)) / sums.worlds
    variances = np.maximum(squares - means**2, 0.0) / max(sums.worlds - 1, 1)
    plain = np.maximum(variances[-1], 1e-30)  # with nothing taken from the draws of the numbers
    best = int(np.argmin((variances / plain).mean(1)))
    return means[best], variances[best]


def solved(square: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the least squares; an innovation that never comes up is left alone."""
    return np.asarray(np.linalg.lstsq(square, right, rcond=1e-10)[0])


def estimates(sums: Sums, counted: Tally) -> dict[str, Estimate]:
    """Return the odds of each of ``tally.OUTCOMES`` with their sampling error.

    Wilson's interval with as many runs as would be as precise if each were counted. What is seen in
    few worlds, or missing in few, is counted plainly.

    Parameters
    ----------
    sums : Sums
        Of those outcomes.
    counted : Tally
        Of the same runs.
    """
    p, variance = adjusted(sums)
    runs, student = int(counted.runs), float(t_of(sums.worlds - 1))
    together = RUNS_PER_WORLD if sums.lots else 1  # where nothing is drawn all worlds are one
    squares = counted.squares if sums.lots else counted.hits
    simply = effective_runs(counted.hits, squares, runs, together)
    with np.errstate(divide="ignore", invalid="ignore"):
        worth = p * (1 - p) / variance * (z_of() / student) ** 2
    rare = rarely(counted.hits, runs) | ~(worth > simply) | (p <= 0) | (p >= 1)
    p = np.where(rare, counted.hits / runs, p).round(DIGITS)
    low, high = wilson(p, np.where(rare, simply, worth))
    return {
        name: Estimate(*(float(x) for x in each))
        for name, *each in zip(OUTCOMES, p, low.round(DIGITS), high.round(DIGITS), strict=True)
    }


def rarely(hits: np.ndarray, runs: int) -> np.ndarray:
    """Return which outcomes are seen, or missing, too seldom for a fit."""
    return np.asarray(np.minimum(hits, runs - hits) < SEEN)

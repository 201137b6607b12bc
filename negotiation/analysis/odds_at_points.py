"""The odds of an outcome at points of the uncertain numbers, with less luck in them.

Every point plays the same runs. What a run counts is 1 or 0 less a multiple of its innovations
(:mod:`negotiation.rules.innovations`), whose mean is zero at every point, so that the odds stay
right. The multiples are the same at all points, fitted once on runs that are not used again: were
they fitted at each point, the luck that two points share would no longer cancel between them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import numpy as np

from negotiation.ensemble import Ensemble
from negotiation.rules.state import INNOVATIONS
from negotiation.sweep.points import dimensions, play_at
from negotiation.sweep.scores import DIGITS
from negotiation.tally import OUTCOMES
from negotiation.variates import Sums, hits_of, rarely, solved

PILOT_WORLDS, PILOT_RUNS = 256, 16  # a world
ELSEWHERE = 2**32  # added to a seed: no study begins there
RUNS_AT_ONCE = 4_096
POINTS_AT_ONCE = 256  # between reports of progress


@dataclass(frozen=True)
class OddsAt:
    """The odds of an outcome as a function of the quantiles of some uncertain numbers.

    What is not among ``factors`` is drawn as ever.

    Attributes
    ----------
    ensemble : Ensemble
    outcome : str
    factors : sequence of str
        Paths of uncertain numbers.
    runs_per_point : int
        Two at least.
    seed : int
    executor : concurrent.futures.Executor, optional
    progress : callable, optional
        Called with the number of runs of every batch.
    variances : list of ndarray
        Of the odds returned so far, by chance alone.
    """

    ensemble: Ensemble
    outcome: str
    factors: Sequence[str]
    runs_per_point: int
    seed: int
    executor: Any = None
    progress: Callable[[int], Any] | None = None
    variances: list[np.ndarray] = field(default_factory=list)

    def __call__(self, quantiles: np.ndarray) -> np.ndarray:
        """Return the odds at points, shape (P,); they may miss 0 and 1 by a little."""
        names = list(dimensions(self.ensemble))
        places = [names.index(path) for path in self.factors]
        taken = multiples(self.ensemble, OUTCOMES.index(self.outcome), self.seed)
        odds = []
        for start in range(0, len(quantiles), POINTS_AT_ONCE):
            some = quantiles[start : start + POINTS_AT_ONCE]
            points = np.full((len(some), len(names)), np.nan)
            points[:, places] = np.clip(some, 1e-9, 1 - 1e-9)
            size = max(1, RUNS_AT_ONCE // self.runs_per_point)
            parts = [points[i : i + size] for i in range(0, len(points), size)]
            each = map if self.executor is None else self.executor.map
            for counts in each(self.counts, parts, repeat(taken)):
                odds.append(counts.mean(1))
                self.variances.append(counts.var(1, ddof=1) / self.runs_per_point)
            if self.progress is not None:
                self.progress(len(some) * self.runs_per_point)
        return np.concatenate(odds)

    def counts(self, points: np.ndarray, taken: np.ndarray) -> np.ndarray:
        """Return what each run counts, shape (P, runs)."""
        innovations = np.zeros((len(points) * self.runs_per_point, INNOVATIONS))
        rows = play_at(
            self.ensemble, points, seed=self.seed, runs_per_point=self.runs_per_point, common=True,
            innovations=innovations,
        )  # fmt: skip
        found = counts_of(rows, innovations, OUTCOMES.index(self.outcome), taken)
        return found.reshape(len(points), -1)


def counts_of(
    rows: np.ndarray, innovations: np.ndarray, outcome: int, taken: np.ndarray
) -> np.ndarray:
    """Return what each run counts for an outcome, by its column, less what is taken away."""
    luck = np.einsum("ri,i->r", innovations, taken)
    return np.asarray(hits_of(rows)[:, outcome] - luck)


def multiples(ensemble: Ensemble, outcome: int, seed: int) -> np.ndarray:
    """Return what is to be taken of each innovation; nothing where a fit is not to be trusted."""
    runs = PILOT_WORLDS * PILOT_RUNS
    innovations = np.zeros((runs, INNOVATIONS))
    rows = ensemble.rows(
        seed=seed + ELSEWHERE, first=0, count=runs, runs_per_world=PILOT_RUNS,
        innovations=innovations,
    )  # fmt: skip
    hits = hits_of(rows)[:, [outcome]]
    if rarely(hits.sum(0), runs).any():
        return np.zeros(INNOVATIONS)
    shape = PILOT_WORLDS, PILOT_RUNS, -1
    sums = Sums.none(INNOVATIONS, 0, 1).plus(
        0, hits.reshape(shape), innovations.reshape(shape), np.zeros((PILOT_WORLDS, 0))
    )
    within = sums.within.sum(0)
    return solved(within[:, :INNOVATIONS], within[:, INNOVATIONS:])[:, 0].round(DIGITS)

"""Labels permuted within strata: whether forecasts know more of a decision than its stratum.

Within a stratum (how the date binds, what was in force) outcomes change places among decisions.
What is known of the stratum stays true, what is known of each decision does not. Decisions of a
stratum are taken as exchangeable, which those of one dispute are not quite: read a p as a lower
bound.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from negotiation.skill.assessing import SCORES, Assessment, Forecaster
from negotiation.skill.cases import CODES, Cases
from negotiation.skill.splits import folds
from negotiation.skill.threads import on_one_thread

TIMES, SEED = 2_000, 1

Many = Callable[[Cases, np.ndarray, Cases], np.ndarray]  # of many sets of labels at once


class Permuted(NamedTuple):
    """A mean score, what it is with permuted labels, and the share of those that do as well.

    ``p`` counts the labels as they are among the permutations: ``(1 + as good) / (1 + times)``.
    """

    score: float
    low: float
    middle: float
    high: float
    p: float
    times: int

    def to_dict(self) -> dict[str, float]:
        """Return plain data."""
        return self._asdict()


def permuted(strata: np.ndarray, truth: np.ndarray, times: int, seed: int = SEED) -> np.ndarray:
    """Return labels that changed places within their strata, shape (times, n).

    Examples
    --------
    >>> sets = permuted(np.array(["a", "a", "b"]), np.array([0, 1, 2]), 50)
    >>> sets[:, 2].tolist() == [2] * 50, sorted(set(sets[:, 0].tolist()))
    (True, [0, 1])
    """
    rng = np.random.default_rng(seed)
    found = np.tile(truth, (times, 1))
    for name in np.unique(strata):
        own = np.flatnonzero(strata == name)
        found[:, own] = rng.permuted(found[:, own], axis=1)
    return found


def held_fixed(
    found: Assessment, name: str, kind: str = "brier", times: int = TIMES, seed: int = SEED
) -> Permuted:
    """Test forecasts as they are against permuted outcomes.

    Right for forecasts that learned from no outcome among these. One that was fitted to the others
    leans away from a decision's own outcome, so its p is then too large, never too small.
    """
    p, truth = found.of(name), found.truth
    each = np.stack([SCORES[kind](p, np.full(len(truth), k)) for k in range(len(CODES))], axis=1)
    sets = permuted(found.cases.strata, truth, times, seed)
    means = each[np.arange(len(truth)), sets].mean(axis=1)
    return _permuted(float(found.scores(name, kind).mean()), means)


@on_one_thread
def refitted(
    cases: Cases,
    truth: np.ndarray,
    forecaster: Many,
    kind: str = "brier",
    times: int = TIMES,
    seed: int = SEED,
    split: str = "parts",
    progress: Callable[[int], Any] | None = None,
) -> Permuted:
    """Test a forecaster against itself fitted to permuted labels, all of it inside the folds.

    By default each of five parts of whole disputes is left out, rather than each dispute: a
    thousand fits of all disputes would take hours.
    """
    sets = np.concatenate([truth[None], permuted(cases.strata, truth, times, seed)])
    total, count = np.zeros(len(sets)), 0
    for seen, out in folds(cases, split):
        p = forecaster(cases.take(seen), sets[:, seen], cases.take(out))
        flat = p.reshape(-1, len(CODES))
        total += SCORES[kind](flat, sets[:, out].ravel()).reshape(len(sets), -1).sum(axis=1)
        count += len(out)
        if progress:
            progress(1)
    means = total / count
    return _permuted(float(means[0]), means[1:])


def each(forecaster: Forecaster) -> Many:
    """Return a forecaster of many sets of labels that takes them one after another."""

    def many(seen: Cases, truths: np.ndarray, asked: Cases) -> np.ndarray:
        return np.array([forecaster(seen, truth, asked) for truth in truths])

    return many


def _permuted(score: float, means: np.ndarray) -> Permuted:
    as_good = int((means <= score + 1e-12).sum())
    low, middle, high = np.quantile(means, (0.025, 0.5, 0.975))
    p = (1 + as_good) / (1 + len(means))
    return Permuted(score, float(low), float(middle), float(high), p, len(means))

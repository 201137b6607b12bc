"""Scores: what a world counts for an outcome, less what in it was only luck.

The share of a world's runs with an outcome is taken less a multiple of their innovations
(:mod:`negotiation.variates`): its mean is the odds as before, and it varies less. The multiples are
fitted in each chunk of runs, on other worlds than those that they are applied to. Each cell has its
own, so that its odds are those that it would have in any other sweep, and a difference of two cells
is the difference of their odds, but for the endings' being brought to add up to 1. Of a chunk with
too few runs for a fit the score is the share.

Scores are rounded to whole numbers, so that sums do not depend on the order in which blocks come.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from negotiation.estimates import LEVEL, effective_runs, paired_difference, pairing_gain, t_of
from negotiation.outcome import AT_HORIZON
from negotiation.rules.state import INNOVATIONS
from negotiation.tally import OUTCOMES, Tally
from negotiation.variates import FOLDS, SEEN, Sums, fitted, hits_of, rarely, surer

STEP = 1e-5  # in which scores are summed
SQUARE_STEP = 1e-7  # in which their squares are
DIGITS = 4  # of a multiple, so that it does not depend on the order in which a processor adds
ENDINGS = slice(-len(AT_HORIZON), None)  # among the outcomes: one of them in each run
ROUNDING = 1e-12  # by which shares that are all counted miss 1
SCORES = ("scores", "score_squares", "base_scores", "base_score_squares", "score_gaps")

Sum = Mapping[str, Any]


@dataclass(frozen=True)
class Scored(Tally):
    """Sums over a range of runs, with those of the scores.

    Attributes
    ----------
    scores, score_squares : ndarray of int64, shape (outcomes,)
        Sums over worlds of the scores and of their squares, in units of ``STEP`` and
        ``SQUARE_STEP``.
    base_scores, base_score_squares, score_gaps : ndarray of int64, shape (outcomes,)
        Over the worlds that could be compared with the baseline: the baseline's scores, their
        squares, and the squares of the differences.
    """

    scores: np.ndarray
    score_squares: np.ndarray
    base_scores: np.ndarray
    base_score_squares: np.ndarray
    score_gaps: np.ndarray

    @classmethod
    def empty(cls, *scenarios: int) -> Self:
        """Return the sums of no run, of one scenario or of so many."""
        more = {name: np.zeros((*scenarios, len(OUTCOMES)), np.int64) for name in SCORES}
        return cls(**vars(Tally.empty(*scenarios)), **more)

    def score(self, scores: np.ndarray, base: np.ndarray | None = None) -> None:
        """Add the scores of some worlds, and those of the same worlds in the baseline."""
        self.scores[:] += scores.sum(0, dtype=np.int64)
        self.score_squares[:] += squares_of(scores)
        if base is not None:
            self.base_scores[:] += base.sum(0, dtype=np.int64)
            self.base_score_squares[:] += squares_of(base)
            self.score_gaps[:] += squares_of(scores - base)


def squares_of(scores: np.ndarray) -> np.ndarray:
    """Return the sums of the squares of scores, in units of ``SQUARE_STEP``."""
    squares = (scores.astype(np.int64) ** 2).sum(0)
    unit = round(SQUARE_STEP / STEP**2)
    return np.asarray((squares + unit // 2) // unit)


def scores_of(rows: np.ndarray, innovations: np.ndarray, runs_per_world: int) -> np.ndarray:
    """Return the scores of some worlds, in units of ``STEP``.

    Parameters
    ----------
    rows : ndarray of ``outcome.ROW``
        Of whole worlds.
    innovations : ndarray, shape (runs, INNOVATIONS)

    Returns
    -------
    ndarray of int32, shape (worlds, outcomes)
    """
    shape = (len(rows) // runs_per_world, runs_per_world, -1)
    return scores_of_hits(hits_of(rows).reshape(shape), innovations.reshape(shape))


def scores_of_hits(hits: np.ndarray, moves: np.ndarray) -> np.ndarray:
    """Return the scores of some worlds, in units of ``STEP``, shape (worlds, outcomes).

    Parameters
    ----------
    hits : ndarray, shape (worlds, R, outcomes)
        What each run counts for each outcome: 1 or 0.
    moves : ndarray, shape (worlds, R, INNOVATIONS)
    """
    shares, middle = hits.mean(1), moves.mean(1)
    if hits.shape[0] * hits.shape[1] >= 2 * SEEN and len(shares) >= FOLDS:
        folds = np.array_split(np.arange(len(shares)), FOLDS)
        sums, lots = Sums.none(INNOVATIONS, 0, len(OUTCOMES)), np.zeros((len(shares), 0))
        for f, worlds in enumerate(folds):
            sums = sums.plus(f, hits[worlds], moves[worlds], lots[worlds])
        taken = fitted(sums)[0][:, 1 : 1 + INNOVATIONS].round(DIGITS)
        for f, worlds in enumerate(folds):
            shares[worlds] += np.einsum("wi,io->wo", middle[worlds], taken[f])
    found: np.ndarray = np.rint(shares / STEP).astype(np.int32)
    return found


def estimated(
    sums: Sum, runs: Any, runs_per_world: int, level: float = LEVEL, *, count: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """Return the odds of cells, and how many counted runs would tell them as precisely.

    Parameters
    ----------
    sums : mapping of str to ndarray, shape (cells, outcomes)
        ``hits``, ``squares`` and, unless the sweep is of an earlier version, the scores.
    runs : array_like, shape (cells, 1)
    runs_per_world : int
    count : bool
        Whether all is to be counted plainly.
    """
    hits, n = sums["hits"], np.asarray(runs, float)
    simply = effective_runs(hits, sums["squares"], n, runs_per_world, level)
    with np.errstate(invalid="ignore", divide="ignore"):
        if count or "scores" not in sums:
            return hits / n, simply
        worlds = n / runs_per_world
        mean = STEP * sums["scores"] / worlds
        error = variance_of(mean, sums["score_squares"], worlds) / worlds
        p, worth = surer(mean, error, worlds, hits, n, simply, level)
        # each is told by its own multiples, or counted: their sum misses 1 by sampling error
        total = p[..., ENDINGS].sum(-1, keepdims=True)
        p[..., ENDINGS] /= np.where(np.abs(total - 1.0) > ROUNDING, total, 1.0)
        return p, worth


def variance_of(mean: np.ndarray, squares: np.ndarray, worlds: np.ndarray) -> np.ndarray:
    """Return the variance of the scores of a world."""
    return np.asarray((SQUARE_STEP * squares - worlds * mean**2) / (worlds - 1))


def correlations(sums: Sum, runs: Any, runs_per_world: int) -> np.ndarray:
    """Return the correlation over worlds of what is estimated in each cell with the baseline's.

    Not a number where either never varies. Parameters are those of :func:`differences`.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        worlds = np.asarray(runs, float) / runs_per_world
        if "scores" not in sums:
            k, k2, kb, b, b2 = (
                sums[name] / worlds
                for name in ("hits", "squares", "cross", "base_hits", "base_squares")
            )
            return np.asarray((kb - k * b) / np.sqrt((k2 - k * k) * (b2 - b * b)))
        cell, base = STEP * sums["scores"] / worlds, STEP * sums["base_scores"] / worlds
        alone = variance_of(cell, sums["score_squares"], worlds)
        its = variance_of(base, sums["base_score_squares"], worlds)
        apart = variance_of(cell - base, sums["score_gaps"], worlds)
        return np.asarray((alone + its - apart) / 2 / np.sqrt(alone * its))


def differences(
    sums: Sum, paired: Any, runs_per_world: int, level: float = LEVEL, *, count: bool = False
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the differences to the baseline, their ends, and what pairing gains.

    Parameters
    ----------
    sums : mapping of str to ndarray, shape (cells, outcomes)
        ``hits``, ``squares``, ``cross``, ``base_hits``, ``base_squares`` and, unless the sweep is
        of an earlier version, the scores.
    paired : ndarray, shape (cells, 1)
        Runs of pairs; not a number where there are none.
    runs_per_world : int
    count : bool
        Whether all is to be counted plainly.
    """
    k, k2, b, b2 = (sums[name] for name in ("hits", "squares", "base_hits", "base_squares"))
    n = np.asarray(paired, float) * np.ones(k.shape)
    squared = k2 - 2 * sums["cross"] + b2
    d, low, high = paired_difference(k, b, squared, n, runs_per_world, level)
    gain = pairing_gain(k, k2, b, b2, squared, n, runs_per_world)
    if count or "scores" not in sums:
        return d, low, high, gain
    with np.errstate(invalid="ignore", divide="ignore"):
        worlds = n / runs_per_world
        cell, base = STEP * sums["scores"] / worlds, STEP * sums["base_scores"] / worlds
        scored = cell - base
        apart = variance_of(scored, sums["score_gaps"], worlds)
        half = t_of(worlds - 1, level) * np.sqrt(apart / worlds)
        alone = variance_of(cell, sums["score_squares"], worlds)
        alone += variance_of(base, sums["base_score_squares"], worlds)
        plainly = rarely(k, n) | rarely(b, n) | ~(half < (high - low) / 2) | ~(apart > 0)
        columns = ((d, scored), (low, scored - half), (high, scored + half), (gain, alone / apart))
        d, low, high, gain = (np.where(plainly, counted, score) for counted, score in columns)
        return d, np.maximum(low, -1.0), np.minimum(high, 1.0), gain

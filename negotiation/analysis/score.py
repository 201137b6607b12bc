"""A score of a run before it is played, for the chance of a rare outcome.

Logistic regression of "had the outcome" on a run's random numbers, each as a straight line and a
bow (two features of mean 0 and variance 1), keeping those whose mean among the hits is clearly
off. A run is then played with probability ``clip(share exp(steepness score), floor, 1)``;
steepness, floor and share are those with the least variance times work on hits that the fit has
not seen (cross-validation), and if nothing is clearly better than playing every run, every run
is played.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

CLEAR = (
    3.5  # standard errors by which a feature's mean must be off: of 3,000 one or two are by luck
)
PENALTY = 4.0  # ridge: worth four observations against every slope
STEEPNESS = (0.25, 0.5, 0.75, 1.0)
FLOORS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
MEAN_SHARES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4)
FOLDS = 4
WORTH_IT = 0.9  # share of brute force's work below which a score is used


@dataclass(frozen=True)
class Score:
    """Which runs to play.

    Attributes
    ----------
    entries : ndarray of int64, shape (E,)
        The random numbers that matter, the most important first.
    slopes : ndarray, shape (2 E,)
        Of their features, see :func:`spread`.
    steepness, floor, share : float
        See the module.
    mean_share : float
        The share of all runs that is played.
    """

    entries: np.ndarray
    slopes: np.ndarray
    steepness: float = 0.0
    floor: float = 1.0
    share: float = 1.0
    mean_share: float = 1.0

    @classmethod
    def everything(cls) -> Score:
        """Return the score under which every run is played."""
        return cls(np.zeros(0, np.int64), np.zeros(0))

    @property
    def thins(self) -> bool:
        """Whether some runs are not played."""
        return self.mean_share < 1.0

    def share_of(self, points: np.ndarray) -> np.ndarray:
        """Return the probability with which runs are played, from their ``entries``."""
        score = np.clip(self.steepness * (spread(points) @ self.slopes), -50, 50)
        return np.asarray(np.clip(self.share * np.exp(score), self.floor, 1.0))


def spread(points: np.ndarray) -> np.ndarray:
    """Return the features of uniform numbers: each as a line and a bow, mean 0 and variance 1.

    Examples
    --------
    >>> spread(np.array([[0.5], [1.0]])).round(3)
    array([[ 0.   , -1.118],
           [ 1.732,  2.236]])
    """
    line = np.sqrt(12.0) * (points - 0.5)
    bow = np.sqrt(1.25) * (line * line - 1.0)
    return np.concatenate([line, bow], axis=1)


def learned(hits: np.ndarray, others: Callable[[np.ndarray], np.ndarray], look: float) -> Score:
    """Return the score learned from runs with the outcome.

    Parameters
    ----------
    hits : ndarray, shape (h, D)
        All random numbers of the runs with the outcome.
    others : callable
        Takes D-indices and returns these random numbers of runs in general, shape (n, E).
    look : float
        Work of looking at a run, over that of playing it.
    """
    folds = np.arange(len(hits)) % FOLDS
    parts = []
    for k in range(FOLDS):
        score, anywhere = _fitted(hits[folds != k], others)
        parts.append((score, anywhere, hits[folds == k][:, score.entries]))
    best, least = None, WORTH_IT
    for steepness, floor, mean in _shapes():
        work = 0.0
        for score, anywhere, unseen in parts:
            trial = _scaled(replace(score, steepness=steepness, floor=floor), mean, anywhere)
            work += float((1 / trial.share_of(unseen)).mean() * (trial.mean_share + look)) / FOLDS
        if work < least:
            best, least = (steepness, floor, mean), work
    if best is None:
        return Score.everything()
    score, anywhere = _fitted(hits, others)
    return _scaled(replace(score, steepness=best[0], floor=best[1]), best[2], anywhere)


def _fitted(
    hits: np.ndarray, others: Callable[[np.ndarray], np.ndarray]
) -> tuple[Score, np.ndarray]:
    """Return a fit and the points of runs in general at its entries."""
    entries = _clear(hits)
    anywhere = others(entries)
    slopes = logistic(spread(hits[:, entries]), spread(anywhere))
    weight = np.abs(slopes).reshape(2, -1).sum(axis=0)
    order = np.argsort(-weight)
    slopes = slopes.reshape(2, -1)[:, order].ravel()
    return Score(entries[order], slopes), anywhere[:, order]


def _clear(hits: np.ndarray) -> np.ndarray:
    """Return the entries of which a feature's mean is clearly off."""
    off = np.abs(spread(hits).mean(axis=0)) * np.sqrt(len(hits)) > CLEAR
    return np.flatnonzero(off.reshape(2, -1).any(axis=0))


def logistic(there: np.ndarray, anywhere: np.ndarray) -> np.ndarray:
    """Return the slopes of a ridge-penalised logistic regression, by Newton's method."""
    x = np.concatenate([there, anywhere])
    x = np.concatenate([np.ones((len(x), 1)), x], axis=1)
    y = np.repeat([1.0, 0.0], [len(there), len(anywhere)])
    weight = np.repeat([1.0, len(there) / len(anywhere)], [len(there), len(anywhere)])
    ridge = np.diag([0.0, *([PENALTY] * there.shape[1])])
    beta = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (weight * (y - p)) - ridge @ beta
        step = np.linalg.solve((x * (weight * p * (1 - p))[:, None]).T @ x + ridge, gradient)
        beta += step
        if np.abs(step).max() < 1e-6:
            break
    return beta[1:]


def _shapes() -> list[tuple[float, float, float]]:
    return [(s, f, m) for s in STEEPNESS for f in FLOORS for m in MEAN_SHARES if f < m]


def _scaled(score: Score, mean_share: float, anywhere: np.ndarray) -> Score:
    """Return the score with the ``share`` at which ``mean_share`` of all runs is played."""
    tilt = np.exp(np.clip(score.steepness * (spread(anywhere) @ score.slopes), -50, 50))
    low, high = -60.0, 0.0
    for _ in range(40):
        middle = (low + high) / 2
        if np.clip(np.exp(middle) * tilt, score.floor, 1.0).mean() > mean_share:
            high = middle
        else:
            low = middle
    share = float(np.exp(low))
    mean = float(np.clip(share * tilt, score.floor, 1.0).mean())
    return replace(score, share=share, mean_share=mean)

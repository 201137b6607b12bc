"""What the model must beat: base rates, "always extend", and a logit on the same covariates.

Each is fitted on the training rows that it is given and on nothing else.
"""

from __future__ import annotations

import numpy as np

from negotiation.hindcast.decisions import CODES, TRUCE
from negotiation.hindcast.episodes import Episode
from negotiation.hindcast.situation import binds, stakes, track, truce

HALF = 0.5  # an observation of each code added to the counts, half an episode strong (Jeffreys)
RIDGE = 1.0  # penalty on the logit's slopes in units of one covariate's standard deviation


def base_rates(truth: np.ndarray, codes: int = len(CODES)) -> np.ndarray:
    """Return the shares of the codes among training rows, half an observation of each added.

    Examples
    --------
    >>> base_rates(np.array([0, 0, 2])).round(2)
    array([0.5, 0.1, 0.3, 0.1])
    """
    counts = np.bincount(truth, minlength=codes) + HALF
    return np.asarray(counts / counts.sum())


def always_extend() -> np.ndarray:
    """Return the forecast that is sure of an extension."""
    return np.asarray(np.eye(len(CODES))[TRUCE])


def covariates(episode: Episode) -> np.ndarray:
    """Return what the logit sees: the covariates that shape the scenario, shape (6,)."""
    return np.array(
        [
            binds(episode),
            truce(episode),
            track(episode),
            episode.purchases,
            episode.rare_earth_or_tech,
            np.log1p(sum(stakes(episode))),
        ],
        dtype=float,
    )


class Logit:
    """A multinomial logit with a ridge penalty, by penalised maximum likelihood.

    Parameters
    ----------
    x : ndarray, shape (n, d)
    truth : ndarray of int64, shape (n,)

    Notes
    -----
    Maximises ``sum log p(truth) - RIDGE / 2 * sum slopes^2`` with standardised covariates and
    half an observation of each code at their mean, so that no probability becomes zero.
    """

    def __init__(self, x: np.ndarray, truth: np.ndarray) -> None:
        from scipy.optimize import minimize

        self.centre, spread = x.mean(axis=0), x.std(axis=0)
        self.scale = np.where(spread > 0, spread, 1.0)
        z = np.concatenate([self._design(x), np.tile(self._design(self.centre[None]), (4, 1))])
        y = np.concatenate([np.eye(len(CODES))[truth], np.eye(len(CODES))])
        weight = np.concatenate([np.ones(len(x)), np.full(len(CODES), HALF)])

        def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
            slopes = flat.reshape(z.shape[1], len(CODES))
            p = _softmax(z @ slopes)
            penalty = RIDGE * np.concatenate([1e-6 * slopes[:1], slopes[1:]])
            value = -(weight * np.log((p * y).sum(axis=1))).sum() + 0.5 * (penalty * slopes).sum()
            return float(value), (z.T @ (weight[:, None] * (p - y)) + penalty).ravel()

        start = np.zeros(z.shape[1] * len(CODES))
        self.slopes = minimize(loss, start, jac=True, method="BFGS").x.reshape(-1, len(CODES))

    def _design(self, x: np.ndarray) -> np.ndarray:
        return np.concatenate([np.ones((len(x), 1)), (x - self.centre) / self.scale], axis=1)

    def forecast(self, x: np.ndarray) -> np.ndarray:
        """Return the probabilities at covariates ``x``, shape (m, d) -> (m, 4)."""
        return _softmax(self._design(x) @ self.slopes)


def _softmax(u: np.ndarray) -> np.ndarray:
    e = np.exp(u - u.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True))

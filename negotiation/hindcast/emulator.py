"""What runs come to at any value of the parameters, from runs at some: a fit for each decision.

Playing a decision at a draw of the parameters gives counts of what its runs came to, and a few runs
at each draw say little of that draw. What runs come to changes smoothly with the parameters. So a
multinomial logit in them, fitted to all draws at once, says it at each with the strength of all
runs, and at draws that were never played. Then a posterior takes as many draws as it needs. The fit
is held against runs at draws that it was not fitted to (:func:`held_out`).

References
----------
Kennedy and O'Hagan 2001, "Bayesian calibration of computer models",
doi:10.1111/1467-9868.00294; for counts of a stochastic simulator: Andrianakis et al. 2015,
"Bayesian history matching of complex infectious disease models using emulation",
doi:10.1371/journal.pcbi.1003968.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax, ndtri, softmax

EDGE = 0.01  # of the unit cube: further out the fit does not reach
RARE = 0.01
PENALTY = 30.0  # on squared slopes: see experiments/hindcast/record.py


def features(cube: np.ndarray, listed: int, edges: Sequence[float]) -> np.ndarray:
    """Return what the chances are a function of, shape (draws, features).

    A constant; the parameters as normal scores; of the parameter that has a few values a dummy for
    each but the first.

    Parameters
    ----------
    cube : ndarray, shape (draws, parameters)
        Places of the parameters in their priors, 0 to 1.
    listed : int
        The parameter that has a few values.
    edges : sequence of float
        Where in its prior it changes from one value to the next.

    Examples
    --------
    >>> features(np.array([[0.5, 0.9]]), 1, (0.6, 0.8))
    array([[1., 0., 0., 1.]])
    """
    z = ndtri(np.clip(np.delete(cube, listed, axis=1), EDGE, 1.0 - EDGE))
    place = np.searchsorted(edges, cube[:, listed], side="right")
    dummies = place[:, None] == np.arange(1, len(edges) + 1)
    return np.hstack([np.ones((len(cube), 1)), z, dummies])


def fitted(phi: np.ndarray, counts: np.ndarray, penalty: float = PENALTY) -> np.ndarray:
    """Return the coefficients of the fit to counts, shape (features, kinds).

    Parameters
    ----------
    phi : ndarray, shape (draws, features)
        The first is the constant, which is not penalised.
    counts : ndarray, shape (draws, kinds)
    penalty : float
        Half of it times the squared slopes is taken off the log likelihood.
    """
    counts = np.asarray(counts, float)
    total = counts.sum(axis=1, keepdims=True)
    shape = (phi.shape[1], counts.shape[1])
    cost = np.full(shape, penalty)
    cost[0] = 1e-3
    start = np.zeros(shape)
    start[0] = np.log(counts.sum(axis=0) + 0.5)
    start[0] -= start[0].mean()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        slopes = flat.reshape(shape)
        logs = log_softmax(phi @ slopes, axis=1)
        slope = phi.T @ (total * np.exp(logs) - counts) + cost * slopes
        value = -(counts * logs).sum() + 0.5 * (cost * slopes**2).sum()
        return float(value), slope.ravel()

    found: Any = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B",
                          options={"maxiter": 500})  # fmt: skip
    return np.asarray(found.x.reshape(shape))


def chances(phi: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """Return the chances of the kinds, shape (draws, kinds)."""
    return np.asarray(softmax(phi @ slopes, axis=1))


def fitted_each(phi: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Return the coefficients of each decision's fit, shape (n, features, kinds).

    Parameters
    ----------
    phi : ndarray, shape (draws, features)
    counts : ndarray, shape (draws, n, kinds)
    """
    return np.array([fitted(phi, counts[:, k]) for k in range(counts.shape[1])])


def chances_each(phi: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """Return the chances of each decision's kinds, shape (draws, n, kinds).

    Parameters
    ----------
    phi : ndarray, shape (draws, features)
    slopes : ndarray, shape (n, features, kinds)
    """
    return np.stack([chances(phi, each) for each in slopes], axis=1)


def held_out(phi: np.ndarray, counts: np.ndarray, penalty: float = PENALTY, parts: int = 4
             ) -> dict[str, float]:  # fmt: skip
    """Return what the fit is worth at draws that it was not fitted to.

    Returns
    -------
    dict
        Deviance for each run, ``constant`` (the same chances at all draws), ``fit``, and
        ``excess``: Pearson's statistic over its degrees of freedom, 1 where the runs of a draw
        differ by chance alone; those that share other uncertain numbers are more alike. Kinds of
        which there are fewer than one in a hundred are left out there: where hardly any are
        expected the statistic is no measure.
    """
    counts = np.asarray(counts, float)
    usual = counts.sum(axis=0) >= RARE * counts.sum()
    log_fit, log_constant, pearson = 0.0, 0.0, 0.0
    for part in range(parts):
        out = np.arange(len(counts)) % parts == part
        p = chances(phi[out], fitted(phi[~out], counts[~out], penalty))
        base = (counts[~out].sum(axis=0) + 0.5) / (counts[~out].sum() + 0.5 * counts.shape[1])
        log_fit -= (counts[out] * np.log(p)).sum()
        log_constant -= (counts[out] * np.log(base)).sum()
        expected = p * counts[out].sum(axis=1, keepdims=True)
        pearson += ((counts[out] - expected)[:, usual] ** 2 / expected[:, usual]).sum()
    runs, kinds = counts.sum(), usual.sum()
    return {
        "constant": float(2 * log_constant / runs),
        "fit": float(2 * log_fit / runs),
        "excess": float(pearson / (len(counts) * max(kinds - 1, 1))),
    }

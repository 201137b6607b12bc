"""From simulations at many draws of the prior to a posterior: importance weights, and no more.

Every draw of the parameters is played on every episode, so the likelihood of all outcomes is a
table, and the posterior on any set of episodes is a weight on each draw:

    weight proportional to product over episodes of p(outcome | draw) ^ exponent.

Leaving an episode out, or using only those before a date, is another product over the same
table: exact, without playing anything again. The likelihood is bounded by 1, so no single draw can
run away with the weights; their effective number says how many draws they are worth (Kish 1965).

The exponent is the effective number of episodes over their number: they are moves of one
continuing game between the same principals, so twenty of them say about as much as seven
independent ones would (a power posterior, Friel and Pettitt 2008,
doi:10.1111/j.1467-9868.2007.00650.x; as a guard, Bissiri, Holmes and Walker 2016,
doi:10.1111/rssb.12158).
"""

from __future__ import annotations

import numpy as np

EFFECTIVE = 7.0  # of the some twenty episodes: "nearer 6 to 8", one coder's judgement


def log_likelihood(table: np.ndarray, truth: np.ndarray, runs: int) -> np.ndarray:
    """Return the log probability of each outcome at each draw, shape (draws, episodes).

    Parameters
    ----------
    table : ndarray, shape (draws, episodes, 4)
        Shares of ``runs`` runs; half a run of each code is added, so that none is impossible.
    truth : ndarray of int64, shape (episodes,)
    """
    own = table[:, np.arange(len(truth)), truth]
    return np.asarray(np.log((own * runs + 0.5) / (runs + 2.0)))


def exponent(episodes: int) -> float:
    """Return the power to which the likelihood of ``episodes`` episodes is taken.

    Examples
    --------
    >>> exponent(20), exponent(3)
    (0.35, 1.0)
    """
    return min(EFFECTIVE / episodes, 1.0) if episodes else 1.0


def weights(log_likelihoods: np.ndarray, power: float) -> np.ndarray:
    """Return normalised weights on the draws, shape (draws,), from (draws, episodes).

    Examples
    --------
    >>> weights(np.log([[0.2], [0.6]]), 1.0).round(6)
    array([0.25, 0.75])
    """
    total = power * log_likelihoods.sum(axis=1)
    raw = np.exp(total - total.max(initial=-np.inf)) if total.size else np.zeros(0)
    return np.asarray(raw / raw.sum())


def effective(weight: np.ndarray) -> float:
    """Return how many equally weighted draws the weights are worth.

    Examples
    --------
    >>> effective(np.array([0.5, 0.5, 0.0]))
    2.0
    """
    return float(1.0 / (weight**2).sum())


def resample(weight: np.ndarray, count: int) -> np.ndarray:
    """Return the indices of ``count`` equally weighted draws (systematic resampling).

    Examples
    --------
    >>> resample(np.array([0.5, 0.25, 0.25]), 4)
    array([0, 0, 1, 2])
    """
    return np.searchsorted(np.cumsum(weight), (np.arange(count) + 0.5) / count)


def quantiles(values: np.ndarray, weight: np.ndarray, levels: tuple[float, ...]) -> np.ndarray:
    """Return weighted quantiles of ``values`` along the first axis, shape (levels, ...)."""
    flat = values.reshape(len(values), -1)
    out = np.empty((len(levels), flat.shape[1]))
    for k in range(flat.shape[1]):
        order = np.argsort(flat[:, k], kind="stable")
        mass = np.cumsum(weight[order]) - 0.5 * weight[order]
        out[:, k] = np.interp(levels, mass, flat[order, k])
    return out.reshape(len(levels), *values.shape[1:])


def spread(
    table: np.ndarray, weight: np.ndarray, runs: int, levels: tuple[float, float] = (0.025, 0.975)
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the mean and the ends of the central 95% of shares over weighted draws.

    Parameters
    ----------
    table : ndarray, shape (draws, ..., 4)
        Shares of ``runs`` runs at each draw.

    Notes
    -----
    The noise of a draw's few runs would widen the interval; shares are shrunk towards their mean
    so that their variance is the observed one less the mean binomial one (method of moments).
    """
    shape = (-1,) + (1,) * (table.ndim - 1)
    w = weight.reshape(shape)
    mean = (w * table).sum(axis=0)
    observed = (w * (table - mean) ** 2).sum(axis=0)
    noise = (w * table * (1 - table)).sum(axis=0) / max(runs - 1, 1)
    kept = np.sqrt(np.clip(1 - noise / np.where(observed > 0, observed, np.inf), 0, 1))
    low, high = quantiles(mean + kept * (table - mean), weight, levels)
    return mean, np.clip(low, 0, 1), np.clip(high, 0, 1)

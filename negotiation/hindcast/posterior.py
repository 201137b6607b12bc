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

from negotiation.ignorance import central, powers

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


def resample(weight: np.ndarray, count: int) -> np.ndarray:
    """Return the indices of ``count`` equally weighted draws (systematic resampling).

    Examples
    --------
    >>> resample(np.array([0.5, 0.25, 0.25]), 4)
    array([0, 0, 1, 2])
    """
    places = np.searchsorted(np.cumsum(weight), (np.arange(count) + 0.5) / count)
    return np.asarray(np.minimum(places, len(weight) - 1))


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
    shares: np.ndarray,
    outside: np.ndarray,
    rates: np.ndarray,
    weight: np.ndarray,
    runs: int,
    moments: tuple[np.ndarray, np.ndarray] | tuple[()] = (),
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the mean of probabilities over weighted draws, and the ends of the central 95%.

    Parameters
    ----------
    shares : ndarray, shape (draws, 4)
        Of each code in ``runs`` runs at each draw.
    outside : ndarray, shape (draws,)
        At each draw the chance that the model is left out, and ``rates`` hold instead.
    rates : ndarray, shape (4,)
    weight : ndarray, shape (draws,)
    moments : two of ndarray, shape (draws, 4), optional
        Where runs are told as several codes with some chance each: the means of the squares and of
        the cubes of these chances.

    Notes
    -----
    A draw is a world of :mod:`negotiation.ignorance`, with a weight.
    """
    inside, left_out = 1 - outside[:, None], outside[:, None] * rates
    p, square, cube = powers(shares, runs, *moments)
    first = left_out + inside * p
    second = left_out**2 + 2 * left_out * inside * p + inside**2 * square
    third = left_out**3 + 3 * left_out**2 * inside * p + 3 * left_out * inside**2 * square
    w = weight[:, None]
    mean, mean2, mean3 = ((w * x).sum(axis=0) for x in (first, second, third + inside**3 * cube))
    around = (w * (first - mean) ** 2).sum(axis=0) / (1 - (weight**2).sum())
    variance = around - (w * (first**2 - second)).sum(axis=0)
    _, low, high = central(mean, variance, mean3 - 3 * mean * mean2 + 2 * mean**3)
    return mean, low, high

"""Weighted draws: some of them equally likely, their quantiles, and the spread over them."""

from __future__ import annotations

import numpy as np

from negotiation.ignorance import central, powers


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
    shares : ndarray, shape (draws, codes)
        Of each code in ``runs`` runs at each draw.
    outside : ndarray, shape (draws,)
        At each draw the chance that the model is left out, and ``rates`` hold instead.
    rates : ndarray, shape (codes,)
    weight : ndarray, shape (draws,)
    moments : two of ndarray, shape (draws, codes), optional
        Where runs are told as several codes with some chance each: the means of the squares and of
        the cubes of these chances.

    Notes
    -----
    A draw is a world of :mod:`negotiation.ignorance`, with a weight.
    """
    inside, left_out = 1 - outside[:, None], outside[:, None] * rates
    p, square, cube = powers(shares, runs, *moments)
    w = weight[:, None]
    with np.errstate(invalid="ignore"):  # one run or two tell neither squares nor cubes
        first = left_out + inside * p
        second = left_out**2 + 2 * left_out * inside * p + inside**2 * square
        third = left_out**3 + 3 * left_out**2 * inside * p + 3 * left_out * inside**2 * square
        third += inside**3 * cube
        mean, mean2, mean3 = ((w * x).sum(axis=0) for x in (first, second, third))
        around = (w * (first - mean) ** 2).sum(axis=0) / (1 - (weight**2).sum())
        variance = around - (w * (first**2 - second)).sum(axis=0)
        lopsided = mean3 - 3 * mean * mean2 + 2 * mean**3
    _, low, high = central(mean, variance, lopsided)
    return mean, low, high

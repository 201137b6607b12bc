"""Whether history moves a number: the one rule behind marks, pages and tables.

A number is *taught* by history if past decisions move its mean by half a standard deviation of
its prior, or narrow that standard deviation by a fifth. What is not is as much of a guess as
before, and its mark is ``guess``. Both bars are ours. Draws of the posterior that are worth sixty
or more tell a standard deviation to within a tenth of itself, so a narrowing by a fifth is at least
two such errors; and the mean to within an eighth of one.
"""

from __future__ import annotations

import numpy as np

MOVED, NARROWER = 0.5, 0.2  # standard deviations of the prior; share of it


def taught(contraction: float, shift: float) -> bool:
    """Return whether history moves a number.

    Parameters
    ----------
    contraction : float
        1 - standard deviation of the posterior / that of the prior.
    shift : float
        Of the mean, in standard deviations of the prior.

    Examples
    --------
    >>> taught(0.25, 0.1), taught(0.1, -0.6), taught(0.1, 0.3)
    (True, True, False)
    """
    return contraction >= NARROWER or abs(shift) >= MOVED


def moved(before: np.ndarray, after: np.ndarray, weights: np.ndarray) -> bool:
    """Return whether history moves a number, by its draws.

    Parameters
    ----------
    before : ndarray, shape (draws,)
        Of the prior, equally likely.
    after : ndarray, shape (lines,)
        Of the posterior.
    weights : ndarray, shape (lines,)
        They sum to 1.

    Examples
    --------
    >>> even = np.full(3, 1 / 3)
    >>> prior = np.array([0.0, 1.0, 2.0])
    >>> moved(prior, prior, even), moved(prior, prior + 1.0, even), moved(prior, prior / 2, even)
    (False, True, True)
    """
    sd = float(np.std(before))
    if sd == 0.0:
        return bool(np.ptp(after) > 0.0)
    mean = float(weights @ after)
    narrow = 1.0 - float(np.sqrt(weights @ (after - mean) ** 2)) / sd
    return taught(narrow, (mean - float(np.mean(before))) / sd)

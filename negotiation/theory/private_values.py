"""A war of attrition in which only its owner knows what a side would gain by staying.

Both values are uniform on [0, 1] and staying costs the same for both. Chance is then no
longer needed: each side stays the longer the more it has at stake, so time itself reveals
resolve, and the side that values the prize more wins. The waiting still burns as much in
total as a second-price auction would collect: on average a third of the largest prize there can be.

References
----------
Bishop, Cannings and Maynard Smith 1978, "The war of attrition with random rewards",
Journal of Theoretical Biology 74.
"""

from __future__ import annotations

import math

import numpy as np

from negotiation.errors import whole_number
from negotiation.theory.allowed import within
from negotiation.theory.attrition import Standoffs


def stopping_time(value: float, *, cost: float = 1.0) -> float:
    """Return how long a side stays in the symmetric equilibrium.

    Parameters
    ----------
    value : float
        What winning is worth to it, in [0, 1]; at 1 it never leaves.
    cost : float
        What staying costs each side per unit of time; above 0.

    Notes
    -----
    ``T(v) = (-v - ln(1 - v)) / cost``: at each moment the rate at which the other side
    leaves, times the value, is the cost.

    Examples
    --------
    >>> round(stopping_time(0.5), 6)
    0.193147
    """
    within("[0, 1]", value=value)
    within("(0, inf)", cost=cost)
    return math.inf if value == 1.0 else (-value - math.log1p(-value)) / cost


def mean_duration(*, cost: float = 1.0) -> float:
    """Return the expected time until the first side leaves: ``1 / (6 cost)``.

    Examples
    --------
    >>> mean_duration(cost=0.5)
    0.3333333333333333
    """
    within("(0, inf)", cost=cost)
    return 1.0 / (6.0 * cost)


def simulate_private_values(size: int, *, rng: np.random.Generator, cost: float = 1.0) -> Standoffs:
    """Draw both values and play the symmetric equilibrium.

    Parameters
    ----------
    size : int
        How many standoffs.
    rng : numpy.random.Generator
        Source of chance.
    cost : float
        What staying costs each side per unit of time; above 0.

    Examples
    --------
    >>> simulate_private_values(4, rng=np.random.default_rng(1)).durations.shape
    (4,)
    """
    whole_number("size", size, 1)
    within("(0, inf)", cost=cost)
    us, china = rng.random((2, size))
    lower = np.minimum(us, china)
    return Standoffs((-lower - np.log1p(-lower)) / cost, us < china)

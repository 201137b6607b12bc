"""The quantile functions that numbers are drawn with: a uniform number in, a number out.

Most numbers are read off a table of their quantiles, which costs no more than a look-up. A table is
too coarse for values with weights, whose steps lie between its points, and for a wide lognormal,
a few of whose draws make its mean; those are worked out exactly.
"""

from __future__ import annotations

import math

from negotiation.compiling import compiled
from negotiation.records import Array

LAST = 1024  # of the points of a table, the first being 0
NEAREST = 1e-16  # to 0 and to 1, where quantiles may be infinite
TABLE, STEPS, LOGS, LOGITS = range(4)  # how a number is drawn


@compiled
def normal_quantile(p: float) -> float:
    """Return the standard normal quantile of a probability in (0, 1), to 14 digits.

    Notes
    -----
    Hastings' rational start (Abramowitz and Stegun 1964, 26.2.23), within 5e-4, and two of
    Halley's steps, each of which cubes the error.

    Examples
    --------
    >>> round(normal_quantile(0.975), 12), normal_quantile(0.5)
    (1.95996398454, 0.0)
    """
    if p == 0.5:
        return 0.0
    tail = min(p, 1.0 - p)
    t = math.sqrt(-2.0 * math.log(tail))
    z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (
        1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    )
    for _ in range(2):
        excess = 0.5 * math.erfc(z * math.sqrt(0.5)) - tail
        ratio = excess * math.sqrt(2.0 * math.pi) * math.exp(0.5 * z * z)
        z += ratio / (1.0 - 0.5 * z * ratio)
    return z if p > 0.5 else -z


@compiled
def at_place(kind: int, scale: Array, table: Array, place: float) -> float:
    """Return the quantile of a number at ``place / LAST``.

    By interpolation in a table, or, where that would be too coarse, exactly: of values with
    weights by their sums, of what is normal on a scale of logarithms by its halves' scales.
    """
    if kind == TABLE:
        i = min(int(place), LAST - 1)
        return table[i] + (place - i) * (table[i + 1] - table[i])
    p = min(max(place / LAST, NEAREST), 1.0 - NEAREST)
    if kind == STEPS:
        k = 0
        while k < int(scale[0]) - 1 and p >= table[2 * k]:
            k += 1
        return table[2 * k + 1]
    z = normal_quantile(p)
    x = scale[0] + z * (scale[1] if z < 0.0 else scale[2])
    return math.exp(x) if kind == LOGS else 1.0 / (1.0 + math.exp(-x))

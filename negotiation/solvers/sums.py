"""The sum of an array of sixteen: what both issues and types have room for."""

from __future__ import annotations

from negotiation.compiling import compiled
from negotiation.records import Array

LENGTH = 16


@compiled
def total(values: Array) -> float:
    """Return the sum of sixteen numbers, in four sums side by side.

    In a single running sum each addition needs the one before it, fifteen times in a row; four
    partial sums need four additions in a row and two to join them.

    Examples
    --------
    >>> import numpy as np
    >>> total(np.arange(16.0))
    120.0
    """
    a, b, c, d = values[0], values[1], values[2], values[3]
    for k in range(4, LENGTH, 4):
        a += values[k]
        b += values[k + 1]
        c += values[k + 2]
        d += values[k + 3]
    return (a + b) + (c + d)

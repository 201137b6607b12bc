"""An exponential that runs in vector registers.

The C library's is as fast for one number, but the compiler cannot make eight calls of it at
once. This one has no branch and no table: ``exp(x) = 2^k exp(r)`` with k the integer next to
``x / ln 2``, the power of two put together from its bits, and the Taylor polynomial of degree 13
for r, at most ``ln 2 / 2`` from zero. It is plain IEEE arithmetic in a fixed order, so it gives
the same bits on any machine.
"""

from __future__ import annotations

import math

import numpy as np

from negotiation.compiling import compiled

PER_LN2 = 1.0 / math.log(2.0)
LN2_HIGH = 6.93147180369123816490e-01  # its last 21 bits are zero, so a multiple by k is exact
LN2_LOW = 1.90821492927058770002e-10
SHIFT = 6755399441055744.0 + 1023.0  # 1.5 * 2^52 + the bias: adding it rounds to an integer
# in between, 2^k is a normal double
HIGHEST, LOWEST = 709.0, -708.0
(C2, C3, C4, C5, C6, C7, C8, C9, C10, C11, C12, C13) = (
    1.0 / math.factorial(n) for n in range(2, 14)
)


@compiled
def power_of_two(shifted: float) -> float:
    """Return 2^k for the number ``k + SHIFT``: its lowest bits, moved to the exponent's place.

    Examples
    --------
    >>> power_of_two(SHIFT + 3.0), power_of_two(SHIFT - 1.0)
    (8.0, 0.5)
    """
    bits = np.float64(shifted).view(np.int64)
    return np.int64(bits << np.int64(52)).view(np.float64)


@compiled
def exp(x: float) -> float:
    """Return e^x to 4 units of the 53rd bit; infinite above 709, 0 below -708.

    Examples
    --------
    >>> exp(0.0), exp(-1000.0), exp(1000.0)
    (1.0, 0.0, inf)
    >>> abs(exp(1.0) / math.e - 1.0) < 5e-16
    True
    """
    # at this size a double has no bits for a fraction, so the sum is rounded to an integer
    shifted = x * PER_LN2 + SHIFT
    k = shifted - SHIFT
    # ln 2 in two parts (Cody and Waite 1980): k times the first is exact, so the difference of near
    # numbers keeps its digits
    r = (x - k * LN2_HIGH) - k * LN2_LOW
    r2 = r * r
    r4 = r2 * r2
    # in groups of four, so that the groups are worked out side by side
    p = (C12 + r * C13) * r4 + ((C8 + r * C9) + r2 * (C10 + r * C11))
    p = p * r4 + ((C4 + r * C5) + r2 * (C6 + r * C7))
    p = p * r4 + ((1.0 + r) + r2 * (C2 + r * C3))
    value = p * power_of_two(shifted)
    # last, because outside the range the bits computed above mean nothing
    value = math.inf if x > HIGHEST else value
    return 0.0 if x < LOWEST else value


@compiled
def logistic(x: float) -> float:
    """Return the logistic distribution function at ``x``: `choice.logit`, but 0 below -709.

    Examples
    --------
    >>> logistic(0.0), logistic(-1000.0), logistic(math.inf)
    (0.5, 0.0, 1.0)
    """
    # an infinite exp(-x) gives 0, as it should
    return 1.0 / (1.0 + exp(-x))

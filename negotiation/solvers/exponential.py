"""An exponential and a logarithm that run in vector registers.

The C library's is as fast for one number, but the compiler cannot make eight calls of it at
once. This one has no branch and no table: ``exp(x) = 2^k exp(r)`` with k the integer next to
``x / ln 2``, the power of two put together from its bits, and the Taylor polynomial of degree 13
for r, at most ``ln 2 / 2`` from zero. The logarithm is ``log(2^k (1 + f)) = k ln 2 + log(1 + f)``
with 1 + f between the roots of 1/2 and 2, and

    log(1 + f) = 2 artanh s = 2 (s + s^3 / 3 + s^5 / 5 + ...),    s = f / (2 + f),

up to the power 21, as s is at most 0.172. Both are plain IEEE arithmetic in a fixed order, so they
give the same bits on any machine.
"""

from __future__ import annotations

import math

import numpy as np

from negotiation.compiling import compiled, inlined

PER_LN2 = 1.0 / math.log(2.0)
LN2_HIGH = 6.93147180369123816490e-01  # its last 21 bits are zero, so a multiple by k is exact
LN2_LOW = 1.90821492927058770002e-10
SHIFT = 6755399441055744.0 + 1023.0  # 1.5 * 2^52 + the bias: adding it rounds to an integer
# in between, 2^k is a normal double
HIGHEST, LOWEST = 709.0, -708.0
BOUND = 100.0  # log-odds: a choice as sure as that is certain
(C2, C3, C4, C5, C6, C7, C8, C9, C10, C11, C12, C13) = (
    1.0 / math.factorial(n) for n in range(2, 14)
)
(D3, D5, D7, D9, D11, D13, D15, D17, D19, D21) = (2.0 / n for n in range(3, 22, 2))
ROOT = math.sqrt(2.0)
ONE = np.uint64(1023 << 52)  # the bits of 1.0, and of the root of a half
HALF_ROOT = np.float64(math.sqrt(0.5)).view(np.uint64)
PLACES = np.uint64(52)  # of the fraction of a double
BIG = np.float64(2.0**52).view(np.uint64)  # with a whole number in its last bits, so much more
FROM_BIG = 2.0**52 + 1023.0
LEAST = 2.0**-1022  # a normal double


@inlined
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
    value = within(x)
    # last, because outside the range the bits computed there mean nothing
    value = math.inf if x > HIGHEST else value
    return 0.0 if x < LOWEST else value


@inlined
def bounded(x: float) -> float:
    """Return e^x, and beyond ``BOUND`` on either side what it is there: neither 0 nor infinite.

    So that products of several such numbers, and one division by them, do for several divisions.

    Examples
    --------
    >>> bounded(0.0), 0.0 < bounded(-1000.0) < 1e-43, 1e43 < bounded(1000.0) < 1e44
    (1.0, True, True)
    """
    x = x if x < BOUND else BOUND
    return within(x if x > -BOUND else -BOUND)


@inlined
def within(x: float) -> float:
    """Return e^x for an x between ``LOWEST`` and ``HIGHEST``.

    Examples
    --------
    >>> within(0.0), within(-700.0) == exp(-700.0)
    (1.0, True)
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
    return p * power_of_two(shifted)


@inlined
def log(x: float) -> float:
    """Return the natural logarithm of a finite ``x`` to 2 units of its last digit.

    Minus infinity below the smallest normal number.

    Examples
    --------
    >>> log(1.0), log(0.0), abs(log(10.0) - math.log(10.0)) < 5e-16
    (0.0, -inf, True)
    """
    bits = np.float64(x).view(np.uint64)
    k = (bits - HALF_ROOT + ONE) >> PLACES
    f = np.uint64(bits - (k << PLACES) + ONE).view(np.float64) - 1.0
    value = log_beside(f, np.uint64(k | BIG).view(np.float64) - FROM_BIG)
    return value if x >= LEAST else -math.inf


@inlined
def log_beside(f: float, k: float) -> float:
    """Return ``k ln 2 + log(1 + f)`` for a whole k and 1 + f between the roots of 1/2 and 2."""
    s = f / (2.0 + f)
    z = s * s
    z2 = z * z
    z4 = z2 * z2
    # in groups, so that they are worked out side by side
    series = (D3 + z * D5) + z2 * (D7 + z * D9)
    series += z4 * ((D11 + z * D13) + z2 * (D15 + z * D17) + z4 * (D19 + z * D21))
    # 2 s = f - f s, of which f is exact
    return k * LN2_HIGH + (f - (s * (f - z * series) - k * LN2_LOW))


@inlined
def log1p_unit(x: float) -> float:
    """Return log(1 + x) for an ``x`` from 0 to 1, to 2 units of its last digit.

    Examples
    --------
    >>> log1p_unit(0.0), log1p_unit(1e-300) == 1e-300, abs(log1p_unit(1.0) - math.log(2.0)) < 2e-16
    (0.0, True, True)
    """
    above, half = 1.0 + x > ROOT, 0.5 * (x - 1.0)
    return log_beside(half if above else x, 1.0 if above else 0.0)


@compiled
def power(x: float, y: float) -> float:
    """Return ``x^y`` for finite numbers of which neither is below 0.

    To 4 units of the 53rd bit, and one more for each unit of ``y log x``. What is smaller than any
    normal number counts as 0.

    Examples
    --------
    >>> power(0.25, 0.5), power(1.0, 1000.0), power(0.0, 2.0), power(0.0, 0.0)
    (0.5, 1.0, 0.0, 1.0)
    """
    return exp(y * log(x)) if y != 0.0 else 1.0


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

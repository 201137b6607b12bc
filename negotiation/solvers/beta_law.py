"""The incomplete beta function, and what intervals need of it: quantiles of two laws.

The law of odds that differ between worlds is a beta law with a cubic, and Student's law is a beta
law too. SciPy has both functions, but takes longer to import than all of an answer's runs take to
be played, so they are worked out here.

References
----------
Press et al. (2007), *Numerical Recipes*, 3rd edition, 6.4: the continued fraction, by Lentz's
method. DLMF 5.11.1 and 8.17.22, https://dlmf.nist.gov: Stirling's series and the fraction.
"""

from __future__ import annotations

import math

from negotiation.compiling import compiled
from negotiation.records import Array
from negotiation.solvers.quantiles import normal_quantile

HALVINGS = 60  # of the unit interval, to find a quantile
TERMS = 20_000  # of the fraction, of which about the root of the larger parameter is needed
ENOUGH = 1e-15  # change of the fraction by its last term
TINY = 1e-300  # in place of a zero that would be divided by
LARGE = 10.0  # from where on Stirling's series is exact to the last digit
NORMAL = 1e7  # sum of the parameters from which on a law is normal but for its skewness
ENDLESS = 1e7  # degrees of freedom from which on Student's law is nearly normal
HALF_LOG_2PI = 0.5 * math.log(2.0 * math.pi)


@compiled
def remainder(x: float) -> float:
    """Return what Stirling's formula leaves out of the logarithm of the gamma function."""
    if x < LARGE:
        return math.lgamma(x) - ((x - 0.5) * math.log(x) - x + HALF_LOG_2PI)
    r = 1.0 / (x * x)
    series = 1.0 / 12.0 - r * (1.0 / 360.0 - r * (1.0 / 1260.0 - r * (1.0 / 1680.0 - r / 1188.0)))
    return (series + r**5 * (691.0 / 360360.0 - r / 156.0)) / x


@compiled
def density(a: float, b: float, x: float, y: float) -> float:
    """Return ``x^a y^b / B(a, b)`` for ``y = 1 - x``, both above 0."""
    s = a + b
    # by ratios to the means, as the logarithms of the gammas are large and cancel; and of x and y
    # by the smaller, whose digits are all there
    if x < y:
        power = a * math.log(x * (s / a)) + b * (math.log1p(-x) + math.log1p(a / b))
    else:
        power = a * (math.log1p(-y) + math.log1p(b / a)) + b * math.log(y * (s / b))
    power += remainder(s) - remainder(a) - remainder(b)
    return math.exp(power) * math.sqrt(a / s * b / (2.0 * math.pi))


@compiled
def fraction(a: float, b: float, x: float) -> float:
    """Return the continued fraction of the incomplete beta function."""
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > TINY else TINY)
    found = d
    for m in range(1, TERMS):
        for odd in range(2):
            if odd:
                term = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
            else:
                term = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
            d, c = 1.0 + term * d, 1.0 + term / c
            d = 1.0 / (d if abs(d) > TINY else TINY)
            c = c if abs(c) > TINY else TINY
            found *= c * d
        if abs(c * d - 1.0) < ENOUGH:
            break
    return found


@compiled
def below(a: float, b: float, x: float) -> float:
    """Return the regularised incomplete beta function, the share of the law below ``x``.

    Parameters
    ----------
    a, b : float
        Above 0, of the law's density ``x^(a - 1) (1 - x)^(b - 1)``; to some 1e7.
    x : float

    Examples
    --------
    >>> below(1.0, 1.0, 0.3), round(below(2.0, 3.0, 0.4), 12), below(2.0, 3.0, 1.0)
    (0.3, 0.5248, 1.0)
    """
    if not 0.0 < x < 1.0:
        return 0.0 if x <= 0.0 else 1.0
    if x < (a + 1.0) / (a + b + 2.0):  # where the fraction converges at once
        return density(a, b, x, 1.0 - x) * fraction(a, b, x) / a
    return 1.0 - density(a, b, x, 1.0 - x) * fraction(b, a, 1.0 - x) / b


@compiled
def student_quantiles(freedom: Array, p: float, out: Array) -> None:
    """Write the quantiles at ``p``, above a half, of Student's law with so much freedom each.

    Not a number without degrees of freedom.
    """
    for i in range(freedom.shape[0]):
        n = freedom[i]
        if not n > 0.0:
            out[i] = math.nan
        elif n > ENDLESS:
            z = normal_quantile(p)
            out[i] = z + z * (z * z + 1.0) / (4.0 * n)
        else:
            # t^2 / (n + t^2) has a beta law, and so has the rest to 1: the one that is small
            few = n < 1.0
            a, b = (0.5 * n, 0.5) if few else (0.5, 0.5 * n)
            share = 2.0 * (1.0 - p) if few else 2.0 * p - 1.0
            low, x, high = 0.0, 0.5, 1.0
            while low < x < high:
                if below(a, b, x) < share:
                    low = x
                else:
                    high = x
                x = 0.5 * (low + high)
            out[i] = math.sqrt(n * (1.0 - high) / high if few else n * high / (1.0 - high))


@compiled
def central_ends(
    mean: Array, variance: Array, third: Array, tail: float, low: Array, high: Array
) -> None:
    """Write the ends between which a law on [0, 1] lies but for ``tail`` on either side.

    Parameters
    ----------
    mean, variance, third : ndarray
        Its moments, the third about the mean, or not a number for that of the beta law; see
        :func:`negotiation.ignorance.central`. The mean lies between 0 and 1, the variance between 0
        and ``mean (1 - mean)``.
    tail : float
    low, high : ndarray
        Room for the ends.
    """
    z = normal_quantile(1.0 - tail)
    for i in range(mean.shape[0]):
        p, v = mean[i], variance[i]
        s = p * (1.0 - p) / v - 1.0
        a, b = p * s, (1.0 - p) * s
        own = 2.0 * (b - a) * a * b / (s**3 * (s + 1.0) * (s + 2.0))
        stated = own if math.isnan(third[i]) else third[i]
        if not s > 0.0:
            low[i] = high[i] = math.nan
        elif s > NORMAL:
            middle = p + (z * z - 1.0) / 6.0 * stated / v
            low[i], high[i] = middle - z * math.sqrt(v), middle + z * math.sqrt(v)
        else:
            c = (stated - own) * rising(s, 6) * rising(s + 2.0, 3)
            c /= 6.0 * rising(a, 3) * rising(b, 3)
            c = 0.0 if math.isnan(c) else c
            low[i], high[i] = quantile(a, b, c, tail), quantile(a, b, c, 1.0 - tail)


@compiled
def rising(x: float, n: int) -> float:
    """Return ``x (x + 1) ... (x + n - 1)``."""
    product = 1.0
    for k in range(n):
        product *= x + k
    return product


@compiled
def quantile(a: float, b: float, c: float, p: float) -> float:
    """Return the quantile at ``p`` of a beta law times one plus ``c`` of its cubic."""
    s, low, high = a + b, 0.0, 1.0
    for _ in range(HALVINGS):
        x = 0.5 * (low + high)
        share = below(a, b, x)
        if c != 0.0:
            # the cubic's integral: a quadratic times the density
            q = x * x - 2.0 * (a + 2.0) / (s + 4.0) * x
            q += (a + 1.0) * (a + 2.0) / ((s + 3.0) * (s + 4.0))
            share -= c * q * density(a, b, x, 1.0 - x) / (s + 2.0)
        if share < p:
            low = x
        else:
            high = x
    return 0.5 * (low + high)

"""Read the payoff surface at one pair of tariffs, compiled, without allocating.

These are the only functions of the trade model that a simulated negotiation calls. A sheet
finds the four neighbours along every axis and writes a weighted sum of their
coefficients into an array that the caller owns. Outside the table they stay at its edge.

Tariffs are summed over first and the elasticity last. A negotiation looks at a handful of
tariffs over and over while the elasticity is uncertain, so `long_run_sheet` and
`short_run_sheet`, the sums over the tariffs at one node of the elasticity, can be kept; the
payoff is the sum of the sheets at the four nodes around the elasticity, with their weights.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled

Floats = NDArray[np.float64]
Weights = tuple[float, float, float, float]

# Order of long_run_sheet's results, all in $bn per year, relative to no new tariffs.
W_US, W_CN, DVA_US, DVA_CN, REV_US, REV_CN = range(6)
# Order of short_run_sheet's results: consumers' gain plus revenue, sales at home, imports.
PRICE_US, HOME_US, IMPORTS_US, PRICE_CN, HOME_CN, IMPORTS_CN = range(6)


@compiled
def _place(x: float, low: float, step: float, intervals: int) -> tuple[int, float]:
    """Return the interval that holds x and the position in it, clamped to the axis."""
    u = (x - low) / step
    # asked this way round, nan goes to the low end instead of out of the table
    if not u > 0.0:
        u = 0.0
    if u > intervals:
        u = float(intervals)
    k = int(u)
    # the last node belongs to the last interval, as its right end
    if k > intervals - 1:
        k = intervals - 1
    return k, u - k


@compiled
def _weights(u: float) -> tuple[float, float, float, float]:
    """Return the four cubic B-spline weights at position u in [0, 1]."""
    v = 1.0 - u
    u2, v2 = u * u, v * v
    return (
        v2 * v / 6.0,
        2.0 / 3.0 - 0.5 * u2 * (2.0 - u),
        2.0 / 3.0 - 0.5 * v2 * (2.0 - v),
        u2 * u / 6.0,
    )


@compiled
def long_run_node(axes: Floats, eps: float, intervals: int) -> tuple[int, Weights]:
    """Return the first of the four nodes around a trade elasticity, and the nodes' weights."""
    e, u = _place(math.log(eps), axes[2], axes[3], intervals)
    return e, _weights(u)


@compiled
def long_run_sheet(
    coefficients: Floats, axes: Floats, t_us: float, t_cn: float, e: int, out: Floats
) -> None:
    """Write the sums over both tariffs at node ``e`` of the elasticity into ``out``, (6,)."""
    n = coefficients.shape[1] - 3
    i, ui = _place(math.log(1.0 + t_us), axes[0], axes[1], n)
    j, uj = _place(math.log(1.0 + t_cn), axes[0], axes[1], n)
    wi = _weights(ui)
    wj = _weights(uj)
    # six variables instead of an array, which would be loaded and stored at each step
    a0 = a1 = a2 = a3 = a4 = a5 = 0.0
    for q in range(4):
        for r in range(4):
            w = wi[q] * wj[r]
            c = coefficients[e, i + q, j + r]
            a0 += w * c[0]
            a1 += w * c[1]
            a2 += w * c[2]
            a3 += w * c[3]
            a4 += w * c[4]
            a5 += w * c[5]
    out[0] = a0
    out[1] = a1
    out[2] = a2
    out[3] = a3
    out[4] = a4
    out[5] = a5


@compiled
def short_run_gain(
    price: float, exports: float, home: float, activity: float, domestic_pull: float
) -> float:
    """Return a side's gain from the summed entries of `short_run_sheet`.

    Its ``exports`` are the other side's imports.
    """
    return price + activity * (exports + domestic_pull * home)


@compiled
def short_run_node(axes: Floats, sigma: float, intervals: int) -> tuple[int, Weights]:
    """Return the first of the four nodes around an elasticity at the horizon, and the weights."""
    k, u = _place(math.log(sigma), axes[4], axes[5], intervals)
    return k, _weights(u)


@compiled
def short_run_sheet(
    coefficients: Floats, axes: Floats, t_us: float, t_cn: float, k: int, out: Floats
) -> None:
    """Write the sums over the tariffs at node ``k`` of the elasticity into ``out``, (6,)."""
    n = coefficients.shape[1] - 3
    i, ui = _place(math.log(1.0 + t_us), axes[0], axes[1], n)
    j, uj = _place(math.log(1.0 + t_cn), axes[0], axes[1], n)
    wi = _weights(ui)
    wj = _weights(uj)
    price_us = home_us = imports_us = 0.0
    price_cn = home_cn = imports_cn = 0.0
    for q in range(4):
        c = coefficients[k, i + q]
        price_us += wi[q] * (c[0] + c[1])
        home_us += wi[q] * c[2]
        imports_us += wi[q] * c[3]
        c = coefficients[k, j + q]
        price_cn += wj[q] * (c[4] + c[5])
        home_cn += wj[q] * c[6]
        imports_cn += wj[q] * c[7]
    out[PRICE_US], out[HOME_US], out[IMPORTS_US] = price_us, home_us, imports_us
    out[PRICE_CN], out[HOME_CN], out[IMPORTS_CN] = price_cn, home_cn, imports_cn

"""The first months of a tariff: prices and wages do not move, buyers pay.

The evidence of 2018-19 and 2025 is that border prices hardly fall when a tariff rises, so
the buyer pays all of it and there is no terms-of-trade gain. Demand reacts little at first
(an elasticity of 0.76 after a year's data) and more later. Three parts add up:
consumers lose the exact compensating variation, the treasury gains revenue, and sellers
lose activity that is not re-employed within the horizon.

Each side's own tariff decides its consumer loss, its revenue and the switch to home goods;
only lost exports depend on the other side's tariff. The block is therefore made of
functions of one tariff each, which is why its table is small.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import InputError
from ..theory.allowed import within
from .calibration import CN, US, Calibration, of_one_shape
from .parameters import value

Floats = NDArray[np.float64]
CONSUMERS, REVENUE, HOME_SALES, IMPORTS = range(4)


class ShortRun(NamedTuple):
    """Changes over the tariffs of the base year, $bn per year, last axis (first, second side)."""

    welfare: Floats
    consumers: Floats
    revenue: Floats
    activity: Floats


def importer_parts(
    world: Calibration, buyer: int, before: float, after: ArrayLike, sigma: float
) -> Floats:
    """Return what one side's tariff on the other's goods does at rigid prices.

    Parameters
    ----------
    world : Calibration
        Base year.
    buyer : int
        0 or 1, the side that lays the tariff.
    before : float
        Its average total tariff in the base year, a fraction.
    after : array_like, (...)
        Its new total tariff.
    sigma : float
        Elasticity of substitution between origins at the horizon, > 0.

    Returns
    -------
    ndarray, (..., 4)
        $bn per year: consumers' gain (negative), change of revenue, change of home sales,
        change of imports from the other side.

    Notes
    -----
    Within a sector of fixed spending, price index P_s^(1-sigma) = 1 - lam + lam th^(1-sigma),
    th = (1+t')/(1+t); over sectors Cobb-Douglas. The consumers' part is E (1/P - 1).

    Examples
    --------
    >>> from negotiation.economy.calibration import seven_sectors
    >>> importer_parts(seven_sectors(), US, 0.207, 0.511, 0.8).round(0)
    array([-121.,   95.,  -15.,  -74.])
    """
    seller = CN if buyer == US else US
    imports = np.where(world.goods, world.flows[seller, buyer], 0.0)
    home = world.flows[buyer, buyer]
    sector = world.flows[:, buyer].sum(axis=0) + before * imports
    lam = (1.0 + before) * imports / sector
    t = np.asarray(after, dtype=float)[..., None]
    log_th = np.log1p(t) - np.log1p(before)
    q = 1.0 - sigma
    # log P_s = log(1 + lam (th^q - 1)) / q, with its limit lam log th at q = 0
    power = np.expm1(q * log_th)
    log_p = lam * log_th if q == 0.0 else np.log1p(lam * power) / q
    relative = np.exp(-q * log_p)  # P_s^(sigma-1): how much demand moves to each unit price
    log_index = (log_p * sector).sum(-1) / sector.sum()
    new_imports = imports * np.exp(-sigma * log_th) * relative
    parts = (
        sector.sum() * np.expm1(-log_index),
        (t * new_imports - before * imports).sum(-1),
        (home * (relative - 1.0)).sum(-1),
        (new_imports - imports).sum(-1),
    )
    return np.stack(parts, axis=-1)


def short_run(
    world: Calibration,
    total_us: ArrayLike,
    total_cn: ArrayLike,
    *,
    sigma: float,
    slack: ArrayLike | None = None,
    domestic_pull: float | None = None,
) -> ShortRun:
    """Return both sides' short-run payoffs at average *total* tariffs.

    Parameters
    ----------
    world : Calibration
        Base year.
    total_us, total_cn : array_like, (...)
        Average total tariffs (of the first side on the second, of the second on the first),
        fractions.
    sigma : float
        Elasticity of substitution at the horizon.
    slack : float or pair, optional
        Share of lost activity that is not re-employed (first side, second side).
    domestic_pull : float, optional
        Share of the switch to home goods that home makers can serve.

    Returns
    -------
    ShortRun
        Arrays of the tariffs' shape, then (first side, second side).

    Examples
    --------
    >>> from negotiation.economy.calibration import seven_sectors
    >>> short_run(seven_sectors(), 0.511, 0.326, sigma=1.5).welfare.round(0)
    array([-42., -61.])
    """
    before = world.before
    idle = np.asarray(value("short_run", "slack") if slack is None else slack, dtype=float)
    pull = value("short_run", "domestic_pull") if domestic_pull is None else domestic_pull
    # a dollar of sales is less than a dollar of income: part of it buys inputs
    added = np.array(world.value_added_of_sales)
    us, cn = of_one_shape(total_us=total_us, total_cn=total_cn)
    if idle.shape not in ((), (2,)):
        raise InputError(f"slack has shape {idle.shape}; allowed: one number, or two.")
    within("(0, inf)", sigma=sigma)
    within("(-1, inf)", total_us=us.min(), total_cn=cn.min())
    own = np.stack(
        (
            importer_parts(world, US, before[US], us, sigma),
            importer_parts(world, CN, before[CN], cn, sigma),
        ),
        axis=-2,
    )
    # each side's exports are what the other imports
    exports = own[..., ::-1, IMPORTS]
    activity = idle * added * (exports + pull * own[..., HOME_SALES])
    welfare = own[..., CONSUMERS] + own[..., REVENUE] + activity
    return ShortRun(welfare, own[..., CONSUMERS], own[..., REVENUE], activity)

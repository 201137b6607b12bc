"""What a pair of tariffs does to both sides in the long run, in $bn a year.

Three numbers a side: real income W; the value added of home goods makers dVA, which is
what protection protects; and the tariff revenue Rev. A government that cares for the last
two beyond national income plays a different game, see `negotiation.economy.game`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import one_of
from .calibration import Calibration
from .parameters import value
from .trade_model import solve

Floats = NDArray[np.float64]


class LongRun(NamedTuple):
    """Changes over the base year, $bn per year, last axis (first side, second side).

    Attributes
    ----------
    welfare : ndarray, (..., 2)
        GDP times the relative change of real income.
    value_added : ndarray, (..., 2)
        Change of the real value added of home goods production.
    revenue : ndarray, (..., 2)
        Tariff revenue.
    """

    welfare: Floats
    value_added: Floats
    revenue: Floats


def long_run(
    world: Calibration,
    t_us: ArrayLike,
    t_cn: ArrayLike,
    *,
    eps_goods: float,
    deficits: str = "zero",
    money: str = "gdp",
) -> LongRun:
    """Solve the long run at one or many pairs of tariff increments.

    Parameters
    ----------
    world : Calibration
        Base year, from `seven_sectors`, `one_sector` or `dyad`.
    t_us, t_cn : array_like, (...)
        Increments over the base year (of the US and China: January 2025) of the first side on the
        second and of the second on the first, fractions.
    eps_goods : float
        Trade elasticity of goods.
    deficits : {"zero", "share"}
        Rule for trade imbalances.
    money : {"gdp", "expenditure"}
        What turns relative changes into $bn: GDP, or the final expenditure of the model's
        own base year (they differ where the imbalances are purged or financed).

    Returns
    -------
    LongRun
        Each array has the broadcast shape of the tariffs, then (first side, second side).

    Examples
    --------
    >>> from negotiation.economy.calibration import seven_sectors
    >>> long_run(seven_sectors(), 0.3, 0.1, eps_goods=2.0).welfare.round(1)
    array([ -5.5, -24.7])
    """
    one_of("money", money, ("gdp", "expenditure"))
    tariffs = world.tariffs(t_us, t_cn)
    shape = tariffs.shape[:-3]
    after = solve(
        world.flows,
        world.free,
        tariffs.reshape(-1, *world.flows.shape),
        world.elasticities(eps_goods),
        value_added_share=world.value_added_share,
        deficits=deficits,
    )
    scale = world.gdp if money == "gdp" else after.income
    home_before = np.einsum("biis->bis", after.base_flows)[..., world.goods].sum(-1)
    home_after = after.domestic_sales(world.goods) / after.prices
    share = float(value("political", "value_added_of_home_goods"))
    parts = (
        scale * (after.real_income - 1.0),
        share * (home_after - home_before),
        after.tariff_revenue,
    )
    return LongRun(*(part[:, :2].reshape(*shape, 2) for part in parts))

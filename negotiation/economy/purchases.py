"""Purchase pledges: what a realised dollar of extra sales is worth, and to whom.

China can raise its imports of US goods by paying part of the bill: a subsidy, or first the
undoing of its own tariff. So can any second side with the goods of the first. The trade model
says what such an import wedge does to both sides' income. The seller gains about a fifth of each
dollar (better terms of trade, not the whole sale: the goods would have been made and sold
elsewhere); the buyer's cost per dollar grows with the amount. The runs use `us_value` and
`cn_cost`; the numbers that the scenarios put into them are those of `fitted`.

Only dollars that arrive above the trend count, see :mod:`negotiation.rules.compliance`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from negotiation.seats import SEATS

from ..compiling import compiled
from ..door import checked
from ..errors import OutOfRange, UnknownName
from .calibration import CN, US
from .dyads import dyad
from .trade_model import solve

Floats = NDArray[np.float64]

AMOUNTS = (10.0, 25.0, 50.0)  # $bn a year
ELASTICITIES = (2.0, 4.0)
GOODS = (
    "agrifood", "energy_mining", "materials", "electronics", "machinery_transport", "textile_misc",
)  # fmt: skip


class PurchaseValue(NamedTuple):
    """What one extra realised dollar does, per dollar; and the wedge that brings it about.

    ``us`` is the seller, the first side, and ``cn`` the buyer, the second.
    """

    us_income: float
    cn_income: float
    wedge: float


@checked
def import_wedge(
    extra: float,
    *,
    sectors: Sequence[str] = ("agrifood",),
    eps_goods: float = 2.0,
    t_us: float = 0.30,
    t_cn: float = 0.10,
    sides: tuple[str, str] = SEATS,
) -> PurchaseValue:
    """Compute the value of extra sales with the trade model.

    Parameters
    ----------
    extra : float
        Extra sales of the first side to the second in these sectors, $bn per year, > 0.
    sectors : sequence of str
        Goods sectors of the seven-sector table.
    eps_goods : float
        Trade elasticity of goods.
    t_us, t_cn : float
        Tariff increments in force before the purchases.
    sides : pair of str
        Seller and buyer, see `negotiation.economy.regions.region`.

    Returns
    -------
    PurchaseValue
        Income per extra dollar for each side, and the second side's tariff (negative: subsidy) on
        these sectors that makes its buyers buy that much.

    Raises
    ------
    OutOfRange
        If ``extra`` is not positive or no subsidy short of a gift can raise sales so far.
    UnknownName
        If a sector or a side does not exist or the sector is not one of goods.

    Examples
    --------
    >>> import_wedge(25.0).us_income.__round__(2), import_wedge(25.0).cn_income.__round__(2)
    (0.21, -0.16)
    """
    from scipy.optimize import brentq

    world = dyad(*sides)
    goods = [name for name, good in zip(world.sectors, world.goods, strict=True) if good]
    for name in sectors:
        if name not in goods:
            raise UnknownName("goods sector", name, goods, "sectors")
    chosen = [world.sectors.index(name) for name in sectors]

    def after(wedge: float) -> tuple[float, Floats]:
        tariffs = world.tariffs(t_us, t_cn)
        tariffs[US, CN, chosen] = wedge
        result = solve(
            world.flows,
            world.free,
            tariffs,
            world.elasticities(eps_goods),
            value_added_share=world.value_added_share,
        )
        return float(result.flows[US, CN, chosen].sum()), world.gdp * result.real_income

    sold, income = after(t_cn)
    # a subsidy of 95%: at 100% the price is zero and demand has no bound
    cheapest = -0.95
    if not 0.0 < extra < after(cheapest)[0] - sold:
        raise OutOfRange("extra", extra, f"0 < extra < {after(cheapest)[0] - sold:.0f} ($bn)")
    # sales fall as the tariff rises, so the two ends bracket the one root
    wedge = float(brentq(lambda t: after(t)[0] - sold - extra, cheapest, t_cn, xtol=1e-12))
    gain = (after(wedge)[1] - income) / extra
    return PurchaseValue(float(gain[US]), float(gain[CN]), wedge)


class Fit(NamedTuple):
    """What realised purchases bring: a straight line for the seller, a parabola for the buyer."""

    us_income: float
    cn_cost: float
    cn_cost_slope: float


@checked
def fitted(goods: str = "farm", sides: tuple[str, str] = SEATS) -> Fit:
    """Return the numbers that `us_value` and `cn_cost` take, fitted to the trade model.

    Parameters
    ----------
    goods : {"farm", "all_goods"}
        Where the purchases fall.
    sides : pair of str
        Seller and buyer.

    Returns
    -------
    Fit
        Least squares through the values per dollar at $10, 25 and 50bn a year, each the mean
        of those at a trade elasticity of 2 and of 4.

    Raises
    ------
    UnknownName
        If there is no such fit.

    Examples
    --------
    >>> tuple(round(part, 4) for part in fitted("farm"))
    (0.1829, 0.0606, 0.0024)
    """
    if goods not in ("farm", "all_goods"):
        raise UnknownName("purchase curve", goods, ("farm", "all_goods"))
    first, second = sides
    return _fitted(goods, first, second)


@cache
def _fitted(goods: str, first: str, second: str) -> Fit:
    sectors = ("agrifood",) if goods == "farm" else GOODS
    found = [
        [
            import_wedge(extra, sectors=sectors, eps_goods=eps, sides=(first, second))
            for eps in ELASTICITIES
        ]
        for extra in AMOUNTS
    ]
    us_income, cn_income, _ = np.mean(found, axis=1).T
    # a parabola through zero has an average cost that is a straight line
    slope, level = np.polyfit(AMOUNTS, -cn_income, 1)
    return Fit(float(us_income.mean()), float(level), float(slope))


@checked
@compiled
def us_value(bought: float, income_per_dollar: float, politics_per_dollar: float) -> float:
    """Return the US gain from realised purchases, income and politics together.

    Parameters
    ----------
    bought : float
        Realised purchases above trend, $bn per year.
    income_per_dollar, politics_per_dollar : float
        $ per $.

    Returns
    -------
    float
        $bn per year.

    Examples
    --------
    >>> us_value(20.0, 0.19, 0.5).__round__(9)
    13.8
    """
    return (income_per_dollar + politics_per_dollar) * bought


@checked
@compiled
def cn_cost(bought: float, per_dollar: float, slope: float) -> float:
    """Return what realised purchases cost China.

    Parameters
    ----------
    bought : float
        Realised purchases above trend, $bn per year.
    per_dollar, slope : float
        Cost of the first dollar, and how much dearer per dollar each $bn makes all of them.

    Returns
    -------
    float
        $bn per year, positive.

    Examples
    --------
    >>> cn_cost(50.0, 0.06, 0.0024).__round__(9)  # 0.18 on average, 0.30 for the last dollar
    9.0
    """
    return (per_dollar + slope * bought) * bought

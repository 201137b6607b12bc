"""Any two sides and the rest of the world, from one trade table of sixteen regions.

The payoffs of two sides come from a table of three regions: the two, and all others added up. What
the others sell to one another becomes what the rest sells at home, so imports, exports and output
stay what they are; what is lost is that third countries differ. `full_world` keeps all sixteen and
is what the three are tested against.

The trade is that of 2022, home sales are grown with nominal GDP to 2024, as in `seven_sectors`.
Of the United States and China the table is `seven_sectors` itself, whose goods trade is that of the
customs in 2024.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .calibration import CN, US, Calibration, seven_sectors
from .parameters import table, value
from .regions import Region, all_regions, pair

Floats = NDArray[np.float64]


@cache
def dyad(first: str, second: str) -> Calibration:
    """Return two sides and the rest of the world, the table that the payoffs of a dyad start from.

    Parameters
    ----------
    first, second : str
        Keys of the sides, for instance ``"us"`` and ``"eu"``: see
        `negotiation.economy.regions.region`.

    Returns
    -------
    Calibration
        Regions (first, second, rest) and seven sectors, with inputs.

    Raises
    ------
    UnknownName, InputError
        If a side does not exist, or both are one.

    Examples
    --------
    >>> world = dyad("us", "eu")
    >>> world.regions, [round(x) for x in world.goods_imports()]
    (('US', 'EU', 'RW'), [422, 221])
    """
    sides = pair(first, second)
    own = seven_sectors()
    if [side.code for side in sides] == [own.regions[US], own.regions[CN]]:
        return own
    if [side.code for side in sides] == [own.regions[CN], own.regions[US]]:
        return _turned(own)
    return aggregated(full_world(first, second))


@cache
def full_world(first: str = "us", second: str = "china") -> Calibration:
    """Return all sixteen regions, the two sides first, against which three can be tested.

    Parameters
    ----------
    first, second : str
        Keys of the sides: `Calibration.tariffs` are laid between these.

    Returns
    -------
    Calibration
        Seven sectors, with inputs.

    Raises
    ------
    UnknownName, InputError
        If a side does not exist, or both are one.

    Examples
    --------
    >>> full_world("japan", "us").regions[:4]
    ('JP', 'US', 'CN', 'EU')
    """
    sides = pair(first, second)
    data = table("regions")
    codes = [*(one.code for one in all_regions()), data["rest"]]
    own = [codes.index(side.code) for side in sides]
    order = own + [k for k in range(len(codes)) if k not in own]
    gdp = _numbers("gdp_2024")[order]
    flows = _numbers("flows_2022")[np.ix_(order, order)]
    # home sales are most of output, so they are scaled with GDP; trade is not
    flows[np.diag_indices(len(order))] *= (gdp / _numbers("gdp_2022")[order])[:, None]
    goods = np.array(table("flows")["goods"], dtype=bool)
    before = _applied(sides[0], sides[1], own, goods), _applied(*sides[::-1], own[::-1], goods)
    added = _value_added_of_sales(sides[0]), _value_added_of_sales(sides[1])
    for array in (flows, gdp, goods):
        array.flags.writeable = False
    return Calibration(
        f"seven sectors of {len(codes)} regions, trade of 2022",
        tuple(codes[k] for k in order),
        tuple(table("flows")["sectors"]),
        goods,
        flows,
        gdp,
        float(value("trade", "value_added_share")),
        before,
        added,
    )


def aggregated(world: Calibration) -> Calibration:
    """Return the two sides of a world and all of its other regions as one.

    Parameters
    ----------
    world : Calibration
        From `full_world`.

    Returns
    -------
    Calibration
        Three regions; what the others trade with one another is what the rest sells at home.

    Examples
    --------
    >>> world = full_world("us", "eu")
    >>> bool(np.isclose(aggregated(world).flows.sum(), world.flows.sum()))
    True
    """
    groups = [[US], [CN], [*range(2, len(world.regions))]]
    flows = np.array(
        [
            [world.flows[np.ix_(rows, columns)].sum(axis=(0, 1)) for columns in groups]
            for rows in groups
        ]
    )
    gdp = np.array([world.gdp[group].sum() for group in groups])
    for array in (flows, gdp):
        array.flags.writeable = False
    return replace(
        world,
        name="seven sectors, trade of 2022",
        regions=(*world.regions[:2], table("regions")["rest"]),
        flows=flows,
        gdp=gdp,
    )


def _turned(world: Calibration) -> Calibration:
    """Return the same world of three regions with its sides exchanged."""
    order = [CN, US, 2]
    flows, gdp = world.flows[np.ix_(order, order)], world.gdp[order]
    for array in (flows, gdp):
        array.flags.writeable = False
    return replace(
        world,
        regions=tuple(world.regions[k] for k in order),
        flows=flows,
        gdp=gdp,
        before=world.before[::-1],
        value_added_of_sales=world.value_added_of_sales[::-1],
    )


def _applied(
    importer: Region, exporter: Region, places: list[int], goods: NDArray[np.bool_]
) -> float:
    """Return an importer's average tariff on the goods of an exporter, by what they trade."""
    at, of = places
    rates = _numbers("applied_tariffs")[of, at]
    if importer.key == "us":
        agrifood = table("flows")["sectors"].index("agrifood")
        rates[agrifood] = min(rates[agrifood], table("regions")["us_agrifood"]["value"])
    traded = np.where(goods, _numbers("flows_2022")[of, at], 0.0)
    return float((rates * traded).sum() / traded.sum())


def _value_added_of_sales(side: Region) -> float:
    """Return a side's value added in a dollar of sales; others have that of the rest."""
    us, china, others = value("short_run", "value_added_of_sales")
    return float({"us": us, "china": china}.get(side.key, others))


def _numbers(name: str) -> Floats:
    return np.array(table("regions")[name]["value"], dtype=float)

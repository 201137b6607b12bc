"""The world in a base year: the trade table that the payoffs start from.

Regions 0 and 1 are the two sides, the others are third countries. The tables here are those of the
United States and China in 2024; `negotiation.economy.dyads` has those of any other two.

Two tables are kept. The seven-sector one is the default: the input-output table of 2022,
its home blocks grown with nominal GDP to 2024 and its US-China goods blocks scaled to the
customs totals of 2024. Its flows are gross, so it goes with roundabout inputs. The
one-sector table is value added only; it is the textbook case that closed forms describe.

Tariffs are *increments* over January 2025: the flows of 2024 count as the zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import InputError
from .parameters import table, value

Floats = NDArray[np.float64]
US, CN, RW = 0, 1, 2  # the first side, the second side, the rest of the world


@dataclass(frozen=True)
class Calibration:
    """A base year: regions, sectors and the trade between them.

    Attributes
    ----------
    name : str
        What the table is, for instance ``"one sector"`` or ``"seven sectors"``.
    regions, sectors : tuple of str
        Names along the axes of ``flows``; the first two regions are the sides.
    goods : ndarray of bool, (S,)
        Sectors on which tariffs are laid.
    flows : ndarray, (N, N, S)
        $bn at the border in the base year, exporter x importer x sector; read-only.
    gdp : ndarray, (N,)
        $bn in the base year; read-only.
    value_added_share : float
        Labour's share of unit cost that goes with the flows.
    before : pair of float
        Each side's average tariff on the other's goods in the base year, a fraction.
    value_added_of_sales : pair of float
        Each side's value added in a dollar of its sales, suppliers at home included.
    """

    name: str
    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    goods: NDArray[np.bool_]
    flows: Floats
    gdp: Floats
    value_added_share: float
    before: tuple[float, float] = (0.0, 0.0)
    value_added_of_sales: tuple[float, float] = (1.0, 1.0)

    def __post_init__(self) -> None:
        n, s = len(self.regions), len(self.sectors)
        shapes = {"flows": (n, n, s), "goods": (s,), "gdp": (n,)}
        for name, shape in shapes.items():
            found = np.asarray(getattr(self, name), bool if name == "goods" else float)
            if found.shape != shape:
                raise InputError(f"calibration: {name} has shape {found.shape}; allowed: {shape}.")
            object.__setattr__(self, name, found)

    @property
    def free(self) -> Floats:
        """Return the tariffs of the base year: zero increments, shape (N, N, S)."""
        return np.zeros_like(self.flows)

    def elasticities(self, goods: float, services: float | None = None) -> Floats:
        """Return trade elasticities by sector, shape (S,).

        Parameters
        ----------
        goods : float
            Elasticity of every goods sector.
        services : float, optional
            Elasticity of services, by default the calibrated one.

        Returns
        -------
        ndarray, (S,)
            Elasticities eps = sigma - 1.

        Examples
        --------
        >>> seven_sectors().elasticities(2.0)
        array([2., 2., 2., 2., 2., 2., 4.])
        """
        rest = float(value("trade", "eps_services")) if services is None else services
        return np.where(self.goods, float(goods), float(rest))

    def tariffs(self, t_us: ArrayLike, t_cn: ArrayLike) -> Floats:
        """Return the tariff array in which only the two sides tax each other's goods.

        Parameters
        ----------
        t_us, t_cn : array_like, (...)
            The first side's tariff on the second (of `seven_sectors`: the US on China) and the
            second's on the first, fractions; they broadcast.

        Returns
        -------
        ndarray, (..., N, N, S)
            Exporter x importer x sector.

        Examples
        --------
        >>> one_sector().tariffs(0.3, 0.1)[CN, US], one_sector().tariffs(0.3, 0.1)[US, CN]
        (array([0.3]), array([0.1]))
        """
        us, cn = of_one_shape(t_us=t_us, t_cn=t_cn)
        out = np.zeros((*us.shape, *self.flows.shape))
        out[..., CN, US, :] = us[..., None] * self.goods
        out[..., US, CN, :] = cn[..., None] * self.goods
        return out

    def goods_imports(self) -> tuple[float, float]:
        """Return what either side imports of the other's goods, $bn a year.

        Examples
        --------
        >>> [round(x) for x in seven_sectors().goods_imports()]
        [439, 144]
        """
        first = float(self.flows[CN, US, self.goods].sum())
        return first, float(self.flows[US, CN, self.goods].sum())


def of_one_shape(**given: ArrayLike) -> list[Floats]:
    """Return arrays broadcast to one shape, or say which shapes do not go together."""
    arrays = [np.asarray(array, float) for array in given.values()]
    try:
        return [*np.broadcast_arrays(*arrays)]
    except ValueError:
        shapes = (f"{name} has shape {a.shape}" for name, a in zip(given, arrays, strict=True))
        raise InputError(f"{', '.join(shapes)}; allowed: shapes that broadcast.") from None


@cache
def one_sector() -> Calibration:
    """Return the one-sector table of 2024: goods trade, everything else made at home.

    Returns
    -------
    Calibration
        Home sales are GDP less exports.

    Examples
    --------
    >>> float(one_sector().flows[US, US, 0])
    27120.5
    """
    data = table("flows")
    gdp = np.array(data["gdp_2024"]["value"], dtype=float)
    flows = np.array(data["goods_flows_2024"]["value"], dtype=float)
    flows[np.diag_indices(3)] = gdp - flows.sum(axis=1)
    return _frozen("one sector", ("all",), np.array([True]), flows[:, :, None], gdp, 1.0)


@cache
def seven_sectors() -> Calibration:
    """Return the seven-sector table of 2024 with inputs, the default of the payoffs.

    Returns
    -------
    Calibration
        Gross flows; use with the roundabout share that it carries.

    Examples
    --------
    >>> world = seven_sectors()
    >>> round(float(world.flows[CN, US, world.goods].sum()), 1)
    438.9
    """
    data = table("flows")
    goods = np.array(data["goods"], dtype=bool)
    gdp = np.array(data["gdp_2024"]["value"], dtype=float)
    flows = np.array(data["flows_2022"]["value"], dtype=float)
    # home sales are most of output, so they are scaled with GDP; trade is not
    flows[np.diag_indices(3)] *= (gdp / np.array(data["gdp_2022"]["value"]))[:, None]
    customs = np.array(data["goods_flows_2024"]["value"], dtype=float)
    for seller, buyer in ((US, CN), (CN, US)):
        block = flows[seller, buyer]
        # the totals of 2024, the composition of 2022
        block[goods] *= customs[seller, buyer] / block[goods].sum()
    share = float(value("trade", "value_added_share"))
    return _frozen("seven sectors", tuple(data["sectors"]), goods, flows, gdp, share)


def _frozen(
    name: str, sectors: tuple[str, ...], goods: NDArray[np.bool_], flows: Floats, gdp: Floats,
    share: float,
) -> Calibration:  # fmt: skip
    for array in (goods, flows, gdp):
        array.flags.writeable = False
    regions = tuple(table("flows")["regions"])
    us, china = value("tariffs", "pre_2025_total")
    added = tuple(value("short_run", "value_added_of_sales")[:2])
    return Calibration(name, regions, sectors, goods, flows, gdp, share, (us, china), added)

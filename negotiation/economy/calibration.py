"""The world of 2024 in three regions: the trade table that the payoffs start from.

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
US, CN, RW = 0, 1, 2


@dataclass(frozen=True)
class Calibration:
    """A base year: regions, sectors and the trade between them.

    Attributes
    ----------
    name : str
        ``"one sector"`` or ``"seven sectors"``.
    regions, sectors : tuple of str
        Names along the axes of ``flows``.
    goods : ndarray of bool, (S,)
        Sectors on which tariffs are laid.
    flows : ndarray, (3, 3, S)
        $bn at the border in 2024, exporter x importer x sector; read-only.
    gdp : ndarray, (3,)
        $bn in 2024; read-only.
    value_added_share : float
        Labour's share of unit cost that goes with the flows.
    """

    name: str
    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    goods: NDArray[np.bool_]
    flows: Floats
    gdp: Floats
    value_added_share: float

    def __post_init__(self) -> None:
        n = len(self.sectors)
        shapes = {"flows": (3, 3, n), "goods": (n,), "gdp": (3,)}
        for name, shape in shapes.items():
            found = np.asarray(getattr(self, name), bool if name == "goods" else float)
            if found.shape != shape:
                raise InputError(f"calibration: {name} has shape {found.shape}; allowed: {shape}.")
            object.__setattr__(self, name, found)

    @property
    def free(self) -> Floats:
        """Return the tariffs of the base year: zero increments, shape (3, 3, S)."""
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
        """Return the tariff array in which only the US and China tax each other's goods.

        Parameters
        ----------
        t_us, t_cn : array_like, (...)
            US tariff on China and China's on the US, fractions; they broadcast.

        Returns
        -------
        ndarray, (..., 3, 3, S)
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
    return Calibration(name, regions, sectors, goods, flows, gdp, share)

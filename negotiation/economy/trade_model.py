"""What a tariff does to real income: the Armington model in exact hats.

Every region makes its own variety of every good, and buyers split their spending between
the varieties by price. A tariff makes one variety dearer, buyers turn away from it, the
wage of its maker falls, and the tariff collector keeps part of what the maker loses. That
last part, the terms-of-trade gain, is why a small tariff can pay for a large country,
and why two countries that both try it usually end up poorer than under free trade.

"Exact hats" means that the model is solved in ratios of new to old, so it needs nothing
but the trade table of one year, the tariffs before and after, and the trade elasticities.
Every array is checked once, before any algebra.

References
----------
Dekle, Eaton, Kortum (2008), "Global Rebalancing with Gravity", doi:10.1057/imfsp.2008.17.
Ossa (2014), "Trade Wars and Trade Talks with Data", doi:10.1257/aer.104.12.4104.
Costinot, Rodriguez-Clare (2014), "Trade Theory with Numbers",
doi:10.1016/B978-0-444-54314-1.00004-5.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import InputError, OutOfRange, UnknownName
from .equilibrium import Base, solve_hats

Floats = NDArray[np.float64]
DEFICIT_RULES = ("zero", "share")


class Equilibrium(NamedTuple):
    """One equilibrium, or a batch of B of them (then every array gains a leading axis B).

    Attributes
    ----------
    real_income : ndarray, (N,)
        Real income after over before (1 is no change).
    income : ndarray, (N,)
        Final expenditure of the base year, $bn; ``income * (real_income - 1)`` is in $bn.
    wages : ndarray, (N,)
        Wages after over before; the last region's is 1.
    prices : ndarray, (N,)
        Consumer price index after over before.
    flows, base_flows : ndarray, (N, N, S)
        Border values, $bn, exporter x importer x sector. ``base_flows`` is the purged base
        year under ``deficits="zero"`` and the data otherwise.
    tariff_revenue : ndarray, (N,)
        $bn, in units of the last region's wage.
    residual : ndarray, ()
        Largest relative excess demand for any region's labour.
    """

    real_income: Floats
    income: Floats
    wages: Floats
    prices: Floats
    flows: Floats
    base_flows: Floats
    tariff_revenue: Floats
    residual: Floats

    def domestic_sales(self, sectors: slice | NDArray[np.bool_] = slice(None)) -> Floats:
        """Return what each region sells at home in these sectors, $bn, shape (N,)."""
        home = np.einsum("...iis->...is", self.flows)
        try:
            own: Floats = home[..., sectors].sum(-1)
        except IndexError:
            raise InputError(
                f"sectors: allowed: a slice, or True or False for each of {home.shape[-1]} sectors."
            ) from None
        return own


def solve(
    flows: ArrayLike,
    base_tariffs: ArrayLike,
    new_tariffs: Any,  # infinity closes a route
    elasticities: ArrayLike,
    *,
    value_added_share: float = 1.0,
    deficits: str = "zero",
) -> Equilibrium:
    """Solve the trade equilibrium after a change of tariffs.

    Parameters
    ----------
    flows : array_like, (N, N, S)
        Base-year trade, $bn at the border, exporter x importer x sector, home sales included.
    base_tariffs : array_like, (N, N, S)
        Ad-valorem tariffs of the base year, as fractions; the diagonal is normally zero.
    new_tariffs : array_like, (N, N, S) or (B, N, N, S)
        Tariffs after the change, or a batch of B changes. ``numpy.inf`` closes a route.
    elasticities : array_like, (S,)
        Trade elasticities, eps = sigma - 1 > 0; one number serves all sectors.
    value_added_share : float
        Share beta of labour in unit cost; the rest is a bundle of all goods (roundabout).
    deficits : {"zero", "share"}
        ``"zero"`` first removes the trade imbalances of the base year; ``"share"`` keeps each
        region's transfer at its share of world factor income.

    Returns
    -------
    Equilibrium
        Ratios of new to old and $bn; with a leading axis B when the tariffs have one.

    Raises
    ------
    InputError
        If an array has the wrong shape or holds a number that is not allowed, or if no
        equilibrium exists (a fixed deficit with all trade closed).

    Notes
    -----
    With th = (1+t')/(1+t), unit costs c = w^beta P^(1-beta) and origin shares lam:
    lam' = lam (c th)^-eps / Phi, P = prod Phi^(-alpha/eps), E' = (w Y + D') / (1 - r) with r
    the share of spending that is tariff, and wages clear each region's labour market.

    Examples
    --------
    >>> flows = np.array([[[80.0], [20.0]], [[20.0], [80.0]]])
    >>> war = np.zeros((2, 2, 1)); war[0, 1] = war[1, 0] = 0.25
    >>> free = np.zeros((2, 2, 1))
    >>> solve(flows, free, war, [4.0]).real_income.round(4)
    array([0.9874, 0.9874])
    """
    x, t0, t1, eps, beta = checked_inputs(
        flows, base_tariffs, new_tariffs, elasticities, value_added_share, deficits
    )
    base = Base.of(x, t0)
    if deficits == "zero":
        # the purged year is itself an equilibrium of the model: transfers set to zero, tariffs kept
        balanced = base._replace(deficit_share=np.zeros(len(x)))
        x = solve_hats(balanced, t0[None], t0, eps, beta).flows[0]
        base = Base.of(x, t0)._replace(deficit_share=np.zeros(len(x)))
    batch = t1 if t1.ndim == 4 else t1[None]
    hats = solve_hats(base, batch, t0, eps, beta)
    # spending on inputs is not income: what is left is final expenditure
    income = base.spending - (1.0 - beta) * base.output
    final = hats.spending - (1.0 - beta) * hats.wages * base.output
    full = Equilibrium(
        real_income=final / income / hats.prices,
        income=np.broadcast_to(income, final.shape),
        wages=hats.wages,
        prices=hats.prices,
        flows=hats.flows,
        base_flows=np.broadcast_to(x, hats.flows.shape),
        tariff_revenue=hats.revenue,
        residual=hats.residual,
    )
    return full if t1.ndim == 4 else Equilibrium(*(part[0] for part in full))


def welfare_change(
    flows: ArrayLike,
    base_tariffs: ArrayLike,
    new_tariffs: Any,  # infinity closes a route
    elasticities: ArrayLike,
    *,
    value_added_share: float = 1.0,
    deficits: str = "zero",
) -> Floats:
    """Return the relative change of each region's real income after a change of tariffs.

    Parameters
    ----------
    flows : array_like, (N, N, S)
        Base-year trade, $bn at the border, exporter x importer x sector, home sales included.
    base_tariffs, new_tariffs : array_like, (N, N, S)
        Ad-valorem tariffs before and after, as fractions.
    elasticities : array_like, (S,)
        Trade elasticities, eps = sigma - 1 > 0.
    value_added_share : float
        Share of labour in unit cost, in (0, 1].
    deficits : {"zero", "share"}
        What happens to trade imbalances, see `solve`.

    Returns
    -------
    ndarray, (N,)
        Real income after over before, less 1: -0.02 is a loss of 2 percent, 0 no change.

    Raises
    ------
    InputError
        See `solve`.

    Notes
    -----
    Closing a balanced region completely costs it 1 - lam^(1/eps), lam its home share.

    A fixed deficit can ask more of a region than it earns, as does a subsidy of nine tenths;
    its real income is then negative, and the number below -1 says so.

    References
    ----------
    Arkolakis, Costinot, Rodriguez-Clare (2012), "New Trade Models, Same Old Gains?",
    doi:10.1257/aer.102.1.94.

    Examples
    --------
    >>> flows = np.array([[[80.0], [20.0]], [[20.0], [80.0]]])
    >>> closed = np.zeros((2, 2, 1)); closed[0, 1] = closed[1, 0] = np.inf
    >>> welfare_change(flows, np.zeros((2, 2, 1)), closed, [4.0]).round(6)
    array([-0.054258, -0.054258])
    >>> round(0.8 ** (1 / 4) - 1, 6)
    -0.054258
    """
    result = solve(
        flows,
        base_tariffs,
        new_tariffs,
        elasticities,
        value_added_share=value_added_share,
        deficits=deficits,
    )
    return result.real_income - 1.0


def checked_inputs(
    flows: ArrayLike, base_tariffs: ArrayLike, new_tariffs: ArrayLike, elasticities: ArrayLike,
    value_added_share: float, deficits: str,
) -> tuple[Floats, Floats, Floats, Floats, float]:  # fmt: skip
    """Return the inputs of the trade model as float arrays, or raise one clear sentence.

    Parameters
    ----------
    flows, base_tariffs, new_tariffs, elasticities, value_added_share, deficits
        As in `negotiation.economy.trade_model.solve`.

    Returns
    -------
    tuple
        flows (N, N, S), base tariffs (N, N, S), new tariffs (N, N, S) or (B, N, N, S),
        elasticities (S,), value-added share.

    Raises
    ------
    InputError
        For a wrong shape or a number that is not allowed.

    Examples
    --------
    >>> checked_inputs([[1.0]], 0, 0, 4, 1.0, "zero")
    Traceback (most recent call last):
    ...
    negotiation.errors.InputError: flows has shape (1, 1); allowed: (N, N, S) with N >= 2.
    """
    if deficits not in DEFICIT_RULES:
        raise UnknownName("deficit rule", deficits, DEFICIT_RULES, "deficits")
    x = _numbers("flows", flows)
    if x.ndim != 3 or x.shape[0] != x.shape[1] or x.shape[0] < 2 or x.shape[2] < 1:
        raise InputError(f"flows has shape {x.shape}; allowed: (N, N, S) with N >= 2.")
    _each("flows", x, (x >= 0) & np.isfinite(x), "finite and >= 0")
    for name, axis in (("sells", (1, 2)), ("buys", (0, 2))):
        idle = np.flatnonzero(x.sum(axis=axis) <= 0)
        if idle.size:
            raise InputError(f"flows: region {idle[0]} {name} nothing; allowed: a positive sum.")
    t0 = _tariffs("base_tariffs", base_tariffs, x.shape, batch=False)
    _each("base_tariffs", t0, np.isfinite(t0), "finite")
    t1 = _tariffs("new_tariffs", new_tariffs, x.shape, batch=True)
    eps = _numbers("elasticities", elasticities)
    if eps.ndim == 0:
        eps = np.full(x.shape[2], float(eps))
    if eps.shape != x.shape[2:]:
        raise InputError(
            f"elasticities has shape {eps.shape}; allowed: ({x.shape[2]},), one a sector of flows."
        )
    _each("elasticities", eps, (eps > 0) & np.isfinite(eps), "finite and > 0")
    beta = _numbers("value_added_share", value_added_share)
    if beta.ndim != 0 or not 1e-6 <= float(beta) <= 1.0:
        raise OutOfRange("value_added_share", value_added_share, "1e-6 <= share <= 1")
    return x, t0, t1, eps, float(beta)


def _tariffs(name: str, values: ArrayLike, shape: tuple[int, ...], *, batch: bool) -> Floats:
    t = _numbers(name, values)
    if not (t.shape == shape or (batch and t.ndim == 4 and t.shape[1:] == shape)):
        more = f" or (B, {', '.join(map(str, shape))})" if batch else ""
        raise InputError(f"{name} has shape {t.shape}; allowed: {shape}{more}, as flows.")
    _each(name, t, t > -1.0, "> -1 (fractions: 0.3 is 30 percent)")
    return t


def _numbers(name: str, values: ArrayLike) -> Floats:
    try:
        return np.asarray(values, dtype=np.float64)
    except (OverflowError, TypeError, ValueError):
        raise InputError(f"{name} is not an array of numbers; allowed: real numbers.") from None


def _each(name: str, values: Floats, good: NDArray[np.bool_], allowed: str) -> None:
    if not good.all():
        where = tuple(int(k) for k in np.argwhere(~good)[0])
        place = f"{name}[{', '.join(map(str, where))}]"
        raise OutOfRange(place, float(values[where]), allowed)

"""What governments maximise: income, plus a taste for protection and for revenue.

National income alone does not explain a 30 percent tariff: the income-maximising one is
about half as high. A government that adds b dollars for every dollar of value added in
protected industries, and rho for every dollar of revenue, can want it. Which b makes an
observed tariff the best reply is revealed preference: it measures a taste, not its reason
(lobbies, ideology or security).

References
----------
Grossman, Helpman (1995), "Trade Wars and Trade Talks", doi:10.1086/262005.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError, OutOfRange
from ..theory.allowed import within
from .calibration import CN, US, Calibration
from .long_run import long_run

Floats = NDArray[np.float64]
Payoffs = Callable[[Floats, Floats], Floats]

HIGHEST_TARIFF = 2.0
SEARCH_POINTS = 41
SEARCH_ROUNDS = 5  # each shrinks the bracket twentyfold: 2 -> 6e-7


def political_payoffs(
    world: Calibration,
    *,
    eps_goods: float,
    deficits: str = "zero",
    b: tuple[float, float] = (0.0, 0.0),
    rho: tuple[float, float] = (0.0, 0.0),
    money: str = "gdp",
) -> Payoffs:
    """Return the function from tariff increments to both governments' payoffs.

    Parameters
    ----------
    world : Calibration
        Base year.
    eps_goods : float
        Trade elasticity of goods.
    deficits : {"zero", "share"}
        Rule for trade imbalances.
    b : pair of float
        Taste for protected value added (first side, second side), $ per $.
    rho : pair of float
        Taste for tariff revenue (first side, second side), extra $ per $.
    money : {"gdp", "expenditure"}
        See `negotiation.economy.long_run.long_run`.

    Returns
    -------
    callable
        ``payoffs(t_us, t_cn)`` of equal-shaped arrays (...), giving (..., 2) in $bn per year.

    Examples
    --------
    >>> from negotiation.economy.calibration import seven_sectors
    >>> hawk = political_payoffs(seven_sectors(), eps_goods=2.0, b=(1.4, 0.15))
    >>> hawk(np.array(0.3), np.array(0.1)).round(1)
    array([ 29.7, -23.3])
    """

    def payoffs(t_us: Floats, t_cn: Floats) -> Floats:
        flow = long_run(world, t_us, t_cn, eps_goods=eps_goods, deficits=deficits, money=money)
        return flow.welfare + np.array(b) * flow.value_added + np.array(rho) * flow.revenue

    return payoffs


def best_response(payoffs: Payoffs, side: int, other: float) -> float:
    """Return the tariff that serves one side best against a given foreign tariff.

    Parameters
    ----------
    payoffs : callable
        From `political_payoffs`.
    side : int
        0 for the first side (of `seven_sectors`: the US), 1 for the second.
    other : float
        The other side's tariff increment.

    Returns
    -------
    float
        The maximiser on [0, 2], to about 1e-6, the end 2 included.

    Examples
    --------
    >>> from negotiation.economy.calibration import seven_sectors
    >>> income = political_payoffs(seven_sectors(), eps_goods=2.0)
    >>> round(best_response(income, 0, 0.0), 2)
    0.14
    """
    _one_side(side)
    low, high = 0.0, HIGHEST_TARIFF
    best = low
    # a grid that is refined, and no slope: the payoff need not have a single peak
    for _ in range(SEARCH_ROUNDS):
        grid = np.linspace(low, high, SEARCH_POINTS)
        fixed = np.full_like(grid, other)
        pair = (grid, fixed) if side == US else (fixed, grid)
        k = int(np.argmax(paid(payoffs, *pair)[:, side]))
        best = float(grid[k])
        low, high = float(grid[max(k - 1, 0)]), float(grid[min(k + 1, SEARCH_POINTS - 1)])
    return best


def nash_tariffs(payoffs: Payoffs, *, tolerance: float = 1e-5) -> tuple[float, float]:
    """Return the pair of tariffs that are best replies to each other.

    Parameters
    ----------
    payoffs : callable
        From `political_payoffs`.
    tolerance : float
        Largest change of either tariff in the last round of replies.

    Returns
    -------
    tuple of float
        Increments of the first side and of the second.

    Raises
    ------
    InputError
        If the replies do not settle in 100 rounds, which no calibration here does.

    Examples
    --------
    >>> from negotiation.economy.calibration import seven_sectors
    >>> income = political_payoffs(seven_sectors(), eps_goods=2.0)
    >>> tuple(round(t, 2) for t in nash_tariffs(income))
    (0.14, 0.17)
    """
    within("(0, inf)", tolerance=tolerance)
    t_us = t_cn = 0.0
    for _ in range(100):
        new_us = best_response(payoffs, US, t_cn)
        # against the new reply (Gauss-Seidel), which settles in fewer rounds
        new_cn = best_response(payoffs, CN, new_us)
        moved = max(abs(new_us - t_us), abs(new_cn - t_cn))
        t_us, t_cn = new_us, new_cn
        if moved < tolerance:
            return t_us, t_cn
    raise InputError(f"payoffs: best replies did not settle to {tolerance:g} in 100 rounds.")


def paid(payoffs: Payoffs, t_us: Floats, t_cn: Floats) -> Floats:
    """Return what both sides get at pairs of tariffs, or say what is wrong with the function."""
    found = np.asarray(payoffs(t_us, t_cn))
    if found.shape != (*t_us.shape, 2) or not np.isfinite(found.astype(float)).all():
        raise InputError(
            f"payoffs: returned shape {found.shape} for tariffs of shape {t_us.shape}; expected"
            " two finite numbers a pair of tariffs, as from political_payoffs."
        )
    return found


def _one_side(side: int) -> None:
    if side not in (US, CN):
        raise OutOfRange("side", side, "0 for the first side, 1 for the second")


def revealed_taste(
    world: Calibration,
    side: int,
    tariff: float,
    other: float,
    *,
    eps_goods: float,
    deficits: str = "zero",
) -> float | None:
    """Return the taste b under which a tariff is a side's best reply.

    Parameters
    ----------
    world : Calibration
        Base year.
    side : int
        0 for the first side (of `seven_sectors`: the US), 1 for the second.
    tariff : float
        The observed increment, > 0.
    other : float
        The other side's increment.
    eps_goods : float
        Trade elasticity of goods.
    deficits : {"zero", "share"}
        Rule for trade imbalances.

    Returns
    -------
    float or None
        b = -W'(t) / dVA'(t), negative for a tariff below the income-maximising one; None if
        no b makes the tariff a global maximum.

    Examples
    --------
    >>> from negotiation.economy.calibration import seven_sectors
    >>> round(revealed_taste(seven_sectors(), 0, 0.3, 0.1, eps_goods=2.0), 1)
    1.5
    """
    _one_side(side)
    within(f"(0, {HIGHEST_TARIFF}]", tariff=tariff)
    # a central difference, whose error is of the order of its square
    step = 1e-4
    grid = np.concatenate((tariff + np.array([-step, step, 0.0]), np.linspace(0, 2, 81)))
    fixed = np.full_like(grid, other)
    pair = (grid, fixed) if side == US else (fixed, grid)
    flow = long_run(world, *pair, eps_goods=eps_goods, deficits=deficits)
    welfare, protected = flow.welfare[:, side], flow.value_added[:, side]
    rise = protected[1] - protected[0]
    if rise <= 0.0:
        return None
    b = float(-(welfare[1] - welfare[0]) / rise)
    # a zero slope may also be a minimum or a lower peak, so compare with the whole range
    total = welfare + b * protected
    return b if total[2] >= total[3:].max() - 1e-6 else None

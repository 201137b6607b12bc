"""The tariff game as a two by two table, and whether it is a prisoner's dilemma.

Each side either lays its tariff or does not. T is temptation (only I tax), R the reward of
free trade, P the punishment of mutual tariffs and S the sucker's payoff (only the other
taxes). T > R > P > S is the prisoner's dilemma. T > P > R > S is deadlock: that side likes
the mutual war better than free trade. When R leads there is no temptation, and the tariff is
a threat rather than a prize. Which of these holds depends on the rates, the trade
elasticity and the taste for protection, so the answer is computed, never assumed.

References
----------
Johnson (1953), "Optimum Tariffs and Retaliation", doi:10.2307/2296006.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .calibration import CN, US, Calibration
from .long_run import long_run
from .political import Payoffs

PRISONERS_DILEMMA = "TRPS"
DEADLOCK = "TPRS"


class Stakes(NamedTuple):
    """One side's four payoffs, $bn per year."""

    temptation: float
    reward: float
    punishment: float
    sucker: float

    @property
    def order(self) -> str:
        """Return the letters T, R, P, S from best to worst, for instance ``"TRPS"``."""
        ranked = sorted(zip(self, "TRPS", strict=True), key=lambda pair: -pair[0])
        return "".join(letter for _, letter in ranked)

    @property
    def critical_discount(self) -> float:
        """Return the discount factor from which grim trigger keeps free trade.

        It is (T - R) / (T - P): negative means that there is nothing to be tempted by, and
        not below 1 that no patience is enough.
        """
        if self.temptation <= self.punishment:
            return -np.inf if self.temptation < self.reward else np.inf
        return (self.temptation - self.reward) / (self.temptation - self.punishment)


def tariff_game(payoffs: Payoffs, t_us: float, t_cn: float) -> tuple[Stakes, Stakes]:
    """Return both sides' stakes when each may lay one given tariff.

    Parameters
    ----------
    payoffs : callable
        From `negotiation.economy.political.political_payoffs`.
    t_us, t_cn : float
        The tariff increments that defecting means.

    Returns
    -------
    tuple of Stakes
        US and China.

    Examples
    --------
    >>> from negotiation.economy.calibration import seven_sectors
    >>> from negotiation.economy.political import political_payoffs
    >>> income = political_payoffs(seven_sectors(), eps_goods=2.0)
    >>> [side.order for side in tariff_game(income, 0.30, 0.10)]
    ['TRPS', 'TRPS']
    """
    table = payoffs(np.array([t_us, 0.0, t_us, 0.0]), np.array([0.0, 0.0, t_cn, t_cn]))
    us, cn = table[:, US].tolist(), table[:, CN].tolist()
    return Stakes(*us), Stakes(cn[3], cn[1], cn[2], cn[0])


def dilemma_window(
    world: Calibration,
    side: int,
    t_us: float,
    t_cn: float,
    *,
    eps_goods: float,
    deficits: str = "zero",
) -> tuple[float, float] | None:
    """Return the tastes b for which one side's stakes are a prisoner's dilemma.

    Parameters
    ----------
    world : Calibration
        Base year.
    side : int
        0 for the US, 1 for China.
    t_us, t_cn : float
        The tariff increments that defecting means.
    eps_goods : float
        Trade elasticity of goods.
    deficits : {"zero", "share"}
        Rule for trade imbalances.

    Returns
    -------
    tuple of float or None
        Lowest and highest b >= 0 (the highest may be infinite); None if there is none.

    Notes
    -----
    Payoffs are linear in b, so each of T > R, R > P and P > S bounds b on one side.

    Examples
    --------
    >>> from negotiation.economy.calibration import seven_sectors
    >>> low, high = dilemma_window(seven_sectors(), 0, 0.30, 0.10, eps_goods=2.0)
    >>> round(low, 2), round(high, 2)
    (0.0, 0.22)
    """
    flow = long_run(
        world,
        np.array([t_us, 0.0, t_us, 0.0]),
        np.array([0.0, 0.0, t_cn, t_cn]),
        eps_goods=eps_goods,
        deficits=deficits,
    )
    order = [0, 1, 2, 3] if side == US else [3, 1, 2, 0]
    low, high = 0.0, np.inf
    gaps = zip(
        -np.diff(flow.welfare[order, side]), -np.diff(flow.value_added[order, side]), strict=True
    )
    for income, protected in gaps:  # each gap must be positive: income + b protected > 0
        if protected > 0.0:
            low = max(low, float(-income / protected))
        elif protected < 0.0:
            high = min(high, float(-income / protected))
        elif income <= 0.0:
            return None
    return (low, high) if low < high else None

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

from .calibration import CN, US
from .political import Payoffs, paid

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
        Of the first side and of the second.

    Examples
    --------
    >>> from negotiation.economy.calibration import seven_sectors
    >>> from negotiation.economy.political import political_payoffs
    >>> income = political_payoffs(seven_sectors(), eps_goods=2.0)
    >>> [side.order for side in tariff_game(income, 0.30, 0.10)]
    ['TRPS', 'TRPS']
    """
    table = paid(payoffs, np.array([t_us, 0.0, t_us, 0.0]), np.array([0.0, 0.0, t_cn, t_cn]))
    us, cn = table[:, US].tolist(), table[:, CN].tolist()
    return Stakes(*us), Stakes(cn[3], cn[1], cn[2], cn[0])

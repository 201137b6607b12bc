"""Two closed forms of the trade literature that any trade model must reproduce.

A country too small to move a price gains nothing from a tariff; the only reason why its
optimal tariff is 1/eps and not zero is that its own variety has no perfect substitute. A
large country adds its weight in the foreign market. And what trade is worth in total
needs only two numbers: the share spent at home and the elasticity.
"""

from __future__ import annotations

from ..door import checked
from ..theory.allowed import within


def autarky_loss(home_share: float, eps: float) -> float:
    """Return the share of real income lost by closing a balanced one-sector economy.

    Parameters
    ----------
    home_share : float
        Share of spending on home goods, in (0, 1].
    eps : float
        Trade elasticity.

    Returns
    -------
    float
        1 - home_share^(1/eps).

    References
    ----------
    Arkolakis, Costinot, Rodriguez-Clare (2012), "New Trade Models, Same Old Gains?",
    doi:10.1257/aer.102.1.94.

    Examples
    --------
    >>> round(autarky_loss(0.9235, 5.0), 4)
    0.0158
    """
    within("(0, 1]", home_share=home_share)
    within("(0, inf)", eps=eps)
    return float(1.0 - home_share ** (1.0 / eps))


@checked
def gros(eps: float, foreign_home_share: float) -> float:
    """Return the optimal tariff of one of two countries when the other trades freely.

    Parameters
    ----------
    eps : float
        Trade elasticity.
    foreign_home_share : float
        Share of foreign spending on foreign goods at the new equilibrium.

    Returns
    -------
    float
        1 / (eps * foreign_home_share), a fraction.

    References
    ----------
    Gros (1987), "A note on the optimal tariff, retaliation and the welfare loss from tariff
    wars in a framework with intra-industry trade", doi:10.1016/0022-1996(87)90061-1.

    Examples
    --------
    >>> gros(4.0, 1.0)
    0.25
    """
    within("(0, inf)", eps=eps)
    within("(0, 1]", foreign_home_share=foreign_home_share)
    return 1.0 / (eps * foreign_home_share)

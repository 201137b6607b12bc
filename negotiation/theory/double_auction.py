"""Bargaining when neither side knows what the deal is worth to the other.

A buyer with value ``v`` and a seller with cost ``c``, both uniform on [0, 1] and known only
to their owner, name prices at the same time. If the bid is at least the ask they trade at the
midpoint. Each shades its price, so some deals that both would gain from are lost. That is not
a flaw of this rule: no rule in which both take part willingly and nobody pays in does better.
Private information alone costs deals, here almost one sixth of the gains.

References
----------
Chatterjee and Samuelson 1983, "Bargaining under incomplete information",
doi:10.1287/opre.31.5.835.
Myerson and Satterthwaite 1983, "Efficient mechanisms for bilateral trading",
doi:10.1016/0022-0531(83)90048-0.
"""

from __future__ import annotations

from typing import NamedTuple

from negotiation.theory.allowed import within

MARGIN = 0.25  # value over cost from which the two trade


class Trade(NamedTuple):
    """Averages over all values and costs.

    Attributes
    ----------
    probability : float
        That the two trade.
    gains : float
        Mean of value less cost over all meetings, 0 where they do not trade.
    efficiency : float
        ``gains`` as a fraction of what full information would give.
    """

    probability: float
    gains: float
    efficiency: float


def bid(value: float) -> float:
    """Return the price that a buyer names in the linear equilibrium: ``2 v / 3 + 1 / 12``.

    Examples
    --------
    >>> round(bid(1.0), 6)
    0.75
    """
    within("[0, 1]", value=value)
    return 2.0 * value / 3.0 + 1.0 / 12.0


def ask(cost: float) -> float:
    """Return the price that a seller names in the linear equilibrium: ``2 c / 3 + 1 / 4``.

    Examples
    --------
    >>> ask(0.0)
    0.25
    """
    within("[0, 1]", cost=cost)
    return 2.0 * cost / 3.0 + 1.0 / 4.0


def linear_equilibrium(*, margin: float = MARGIN) -> Trade:
    """Return how often the two trade, and what they gain, if they trade from a margin on.

    Parameters
    ----------
    margin : float
        Value over cost from which they trade, in [0, 1): 1/4 in the linear equilibrium, 0
        with full information.

    Returns
    -------
    Trade

    Notes
    -----
    With margin ``m`` the probability is ``(1 - m)^2 / 2`` and the gains are
    ``(1 - m)^2 (1 + 2 m) / 6``.

    Examples
    --------
    >>> linear_equilibrium()
    Trade(probability=0.28125, gains=0.140625, efficiency=0.84375)
    """
    within("[0, 1)", margin=margin)
    efficiency = (1.0 - margin) ** 2 * (1.0 + 2.0 * margin)
    return Trade((1.0 - margin) ** 2 / 2.0, efficiency / 6.0, efficiency)

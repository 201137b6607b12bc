"""Repeated games: how much the future must count for a promise to be kept.

Two sides could both do well by keeping a deal, reward R, but each would do better still by
breaking it alone, temptation T. If both break it they are left with P, punishment, and the
one that is cheated gets S, the sucker's payoff: T > R > P > S, the prisoner's dilemma. Played
once, the deal is broken. Played again and again it holds if tomorrow counts enough: a day's
gain from cheating is weighed against every day without the deal.

**What a fine adds.** Let a breach be settled by a payment instead of a return to tariffs. A
government pays only if what the deal is still worth to it exceeds the payment, so the payment
is backed by nothing but the threat that it replaces. It is gentler on both, and cannot make
more promises credible (Limao and Saggi). The fine that deters is capped by the tariff threat
behind it, whatever the treaty says.

References
----------
Friedman 1971, "A non-cooperative equilibrium for supergames", doi:10.2307/2296617.
Axelrod 1984, "The Evolution of Cooperation".
Limao and Saggi 2008, "Tariff retaliation versus financial compensation in the enforcement of
international trade agreements", Journal of International Economics 76.
"""

from __future__ import annotations

import math

from negotiation.errors import InputError
from negotiation.theory.allowed import within


def grim_trigger(*, temptation: float, reward: float, punishment: float) -> float:
    """Return the discount factor from which the threat never to forgive keeps a deal.

    Parameters
    ----------
    temptation, reward, punishment : float
        Payoffs per period: of breaking the deal alone, of keeping it, of both breaking it.

    Returns
    -------
    float
        0 where there is no temptation; infinite where the deal is no better than its breach
        by both, so that no patience is enough.

    Notes
    -----
    ``(T - R) / (T - P)``.

    Examples
    --------
    >>> grim_trigger(temptation=5, reward=3, punishment=1)
    0.5
    """
    within("(-inf, inf)", temptation=temptation, reward=reward, punishment=punishment)
    if temptation <= reward:
        return 0.0
    if reward <= punishment:
        return math.inf
    return (temptation - reward) / (temptation - punishment)


def tit_for_tat(*, temptation: float, reward: float, punishment: float, sucker: float) -> float:
    """Return the discount factor from which neither way of exploiting tit-for-tat pays.

    Parameters
    ----------
    temptation, reward, punishment, sucker : float
        Payoffs per period of a prisoner's dilemma, in falling order.

    Returns
    -------
    float
        At 1 or above no patience is enough: taking turns at cheating pays more than keeping
        the deal.

    Notes
    -----
    ``max((T - R) / (T - P), (T - R) / (R - S))``: against breaking the deal for good, and
    against breaking it every other time.

    Examples
    --------
    >>> round(tit_for_tat(temptation=5, reward=3, punishment=1, sucker=0), 6)
    0.666667
    """
    payoffs = (temptation, reward, punishment, sucker)
    if not temptation > reward > punishment > sucker:
        raise InputError(
            f"temptation, reward, punishment, sucker = {payoffs}: not a prisoner's dilemma;"
            " allowed: numbers in falling order."
        )
    within("(-inf, inf)", temptation=temptation, sucker=sucker)
    gain = temptation - reward
    return max(gain / (temptation - punishment), gain / (reward - sucker))


def penalty_payment(
    *, temptation: float, reward: float, punishment: float, payment: float
) -> float:
    """Return the discount factor from which a deal holds if a breach is settled by a payment.

    Parameters
    ----------
    temptation, reward, punishment : float
        Payoffs per period, as in `grim_trigger`, which is what follows if nobody pays.
    payment : float
        What the side that broke the deal owes a period later; 0 or more.

    Returns
    -------
    float
        Never below that of `grim_trigger`, and equal to it once the payment is large enough:
        where it is too small a breach is cheap, where it is large nobody would pay it.

    Notes
    -----
    A breach does not pay if neither way out does: paying, ``T - R <= d F``, nor refusing,
    ``T - R <= d (R - P) / (1 - d)``. So the bar is ``max((T - R) / F, (T - R) / (T - P))``.

    Examples
    --------
    >>> stakes = dict(temptation=5, reward=3, punishment=1)
    >>> [penalty_payment(**stakes, payment=f) for f in (2.5, 4.0, 100.0)]
    [0.8, 0.5, 0.5]
    """
    within("[0, inf)", payment=payment)
    bar = grim_trigger(temptation=temptation, reward=reward, punishment=punishment)
    if bar == 0.0:
        return 0.0
    return max(bar, (temptation - reward) / payment if payment > 0.0 else math.inf)


def tolerable_lag(*, critical: float, rate: float) -> float:
    """Return how long a breach may go unnoticed before a deal no longer holds.

    Parameters
    ----------
    critical : float
        Discount factor between breach and answer from which the deal holds, in (0, 1).
    rate : float
        Discount rate per unit of time; above 0.

    Notes
    -----
    With a lag ``L`` the discount factor is ``exp(-rate L)``, so ``L <= ln(1 / critical) / rate``.

    Examples
    --------
    >>> round(tolerable_lag(critical=0.84, rate=0.05), 2)
    3.49
    """
    within("(0, 1)", critical=critical)
    within("(0, inf)", rate=rate)
    return -math.log(critical) / rate

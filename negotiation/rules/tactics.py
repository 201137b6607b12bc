"""The strategies' arithmetic: the next share to hold out for, from a few numbers.

A share is of the way from the reservation value to the ideal. Time-dependent tactics and the
tit-for-tats are those of Faratin, Sierra and Jennings (1998, doi:10.1016/S0921-8890(98)00029-3),
the latter on shares instead of issue values. Zeuthen's rule concedes where the own risk of
conflict is the smaller (Harsanyi 1956, doi:10.2307/1905748); MiCRO matches the number of the
other side's different offers (de Jonge 2022, doi:10.24963/ijcai.2022/32), which are counted in
steps; the equilibrium share is Rubinstein's (1982, doi:10.2307/1912531).

The compiled rules and the classes of :mod:`negotiation.strategies` call these same functions.
"""

from __future__ import annotations

import math

from negotiation.compiling import compiled
from negotiation.rules.concession import exponential, polynomial

# The number by which the compiled rules know a strategy, as in scenario/names.py.
(
    BOULWARE, LINEAR, CONCEDER, TIT_FOR_TAT, RANDOM_TIT_FOR_TAT, AVERAGED_TIT_FOR_TAT, EXPONENTIAL,
    ZEUTHEN, MICRO, RUBINSTEIN, NASH_FAIR, OBSTINATE, BAYESIAN, LEARNED,
) = range(14)  # fmt: skip

KAPPA = 0.02  # share conceded at the very start
BOULWARE_BETA, CONCEDER_BETA = 0.25, 4.0  # readiness to concede; 1 is linear
STUBBORN_SHARE = 0.75  # what the obstinate type demands (Abreu and Gul's alpha)
STEP = 0.05  # a monotonic concession
NOISE = 0.02  # largest random change of the random absolute tit-for-tat
SWEETENER = 5.0  # in units of 1/precision: enough to turn a tie into an acceptance


@compiled
def by_time(strategy: int, t: float) -> float:
    """Return the share that a time-dependent strategy holds out for at time ``t`` in [0, 1]."""
    if strategy == BOULWARE:
        return 1.0 - polynomial(t, KAPPA, BOULWARE_BETA)
    if strategy == CONCEDER:
        return 1.0 - polynomial(t, KAPPA, CONCEDER_BETA)
    if strategy == EXPONENTIAL:
        return 1.0 - exponential(t, KAPPA, 1.0)
    return 1.0 - polynomial(t, KAPPA, 1.0)


@compiled
def mirrored(conceded: float) -> float:
    """Return the share held by one that has conceded as much of its way as the other of its own.

    Examples
    --------
    >>> mirrored(0.0), round(mirrored(0.5), 6)
    (0.98, 0.49)
    """
    return (1.0 - KAPPA) * (1.0 - conceded)


@compiled
def mirrored_step(held: float, conceded: float, before: float, luck: float) -> float:
    """Return the share after repeating the other's last concession, give or take some noise.

    Examples
    --------
    >>> round(mirrored_step(0.9, 0.3, 0.2, 0.5), 6), round(mirrored_step(0.9, 0.3, 0.2, 1.0), 6)
    (0.8, 0.78)
    """
    return held - (conceded - before + NOISE * (2.0 * luck - 1.0))


@compiled
def mirrored_ratio(held: float, conceded: float, long_ago: float) -> float:
    """Return the share after shrinking as the other's has over its last two concessions.

    Examples
    --------
    >>> round(mirrored_ratio(0.8, 0.51, 0.0), 6)
    0.56
    """
    before = max(1.0 - long_ago, 1e-9)
    return held * math.sqrt(max(1.0 - conceded, 0.0) / before)


@compiled
def zeuthen(held: float, own_risk: float, other_risk: float) -> float:
    """Return the share after Zeuthen's rule: who would lose less by conflict concedes a step.

    Examples
    --------
    >>> zeuthen(1.0, 0.3, 0.4), zeuthen(1.0, 0.5, 0.4)
    (0.95, 1.0)
    """
    return held - STEP if own_risk <= other_risk else held


@compiled
def step_of(share: float) -> int:
    """Return the bit that stands for the step nearest to ``share``, of the 21 from 0 to 1.

    Examples
    --------
    >>> step_of(0.0), step_of(0.06), step_of(1.0) == 2**20
    (1, 2, True)
    """
    return 1 << int(min(max(share, 0.0), 1.0) / STEP + 0.5)


@compiled
def different(steps_asked: int) -> int:
    """Return how many different steps were asked for: offers that repeat one count once.

    Examples
    --------
    >>> different(step_of(1.0) | step_of(0.9) | step_of(1.0))
    2
    """
    count = 0
    for n in range(round(1.0 / STEP) + 1):
        count += (steps_asked >> n) & 1
    return count


@compiled
def micro(held: float, made: int, received: int) -> float:
    """Return the share after MiCRO's rule: concede a step if not ahead in different offers.

    Examples
    --------
    >>> micro(1.0, 0, 0), micro(1.0, 1, 0), micro(1.0, 1, 1)
    (1.0, 1.0, 0.95)
    """
    return held - STEP if 0 < made <= received else held


@compiled
def learned(
    t: float, conceded: float, opening: float, final: float, beta: float, reciprocity: float
) -> float:
    """Return the share that the learned strategy holds out for, see its class.

    Examples
    --------
    >>> learned(0.5, 0.0, 1.0, 0.2, 1.0, 0.0), learned(0.5, 0.4, 1.0, 0.2, 1.0, 1.0)
    (0.6, 0.6)
    """
    own = opening - (opening - final) * polynomial(t, 0.0, beta)
    return own + reciprocity * (opening * (1.0 - conceded) - own)


@compiled
def proposer_share(own: float, other: float) -> float:
    """Return the proposer's share in Rubinstein's alternating offers (1982, doi:10.2307/1912531).

    ``own`` and ``other`` are the discount factors per round.

    Examples
    --------
    >>> round(proposer_share(0.9, 0.9), 6), proposer_share(1.0, 1.0)
    (0.526316, 0.5)
    """
    if own >= 1.0 and other >= 1.0:
        return 0.5
    return (1.0 - other) / (1.0 - own * other)


@compiled
def sweetener(precision: float, way: float) -> float:
    """Return the share given up so that a tie becomes an acceptance.

    An equilibrium offer leaves the other side indifferent, which a logit choice takes in half
    of the cases. ``way`` is what the other side's share is a share of, $bn per year.

    Examples
    --------
    >>> sweetener(1000.0, 1.0), sweetener(1000.0, 0.0)
    (0.005, 0.0)
    """
    return SWEETENER / (precision * way) if way > 0.0 else 0.0

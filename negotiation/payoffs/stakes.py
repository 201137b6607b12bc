"""What each issue and each lapse is worth, as coefficients on the private types.

For side i and issue k the gain of conceding a fraction z, in $bn a year over the truce, is

    gain z + bend z^2 / 2,
    gain = alpha + stance beta + trait tau + (other side's trait) cross,
    bend = bend_alpha + stance bend_beta + trait^2 bend_tau,

so a run computes its own side's payoffs from its type, and its expectation of the other
side's from its beliefs, with a handful of multiplications. Tariff issues are the secant
quadratic through the trade model at z = 0, 1/2 and 1.
"""

from __future__ import annotations

import numpy as np

from negotiation.compiling import compiled
from negotiation.economy.rare_earths import RareEarths, path_loss
from negotiation.payoffs import policy_points as points
from negotiation.scenario import MAX_ISSUES

US, CHINA = 0, 1
SUSPENDED, PEAK = 0, 1  # the two branches of a snapback
US_TARIFF, CHINA_TARIFF, RARE_EARTHS, PURCHASES, TECHNOLOGY, OTHER = range(6)
RISING = 0.2  # quadratic part of the cost at home of a concession; the rest is proportional
CURVATURE_FLOOR = 1e-6  # keeps every issue strictly concave, $bn per year

STAKES = np.dtype(
    [
        *((name, "f8", (2, MAX_ISSUES)) for name in ("alpha", "beta", "tau", "cross")),
        *((name, "f8", (2, MAX_ISSUES)) for name in ("bend_alpha", "bend_beta", "bend_tau")),
        ("war_alpha", "f8", (2, 2)),  # side, branch: flow of a snapback, $bn per year
        ("war_beta", "f8", (2, 2)),  # the same per unit of stance
        ("war_cut", "f8", (2,)),  # branch: share of rare-earth supply withheld
        ("war_shortage", "f8", (2,)),  # branch: expected US rare-earth loss in a lapse, $bn
        ("scratch", "f8", (8,)),
        *points.FIELDS,
    ]
)


@compiled
def trade_at(surface, world, t_us, t_china, stakes, point):  # type: ignore[no-untyped-def]
    """Write the trade payoffs at a pair of tariffs, a policy point, into ``stakes.scratch``.

    Entries 0-1 are income plus weighted revenue of the US and China, 2-3 their protected
    value added, all in $bn per year over the 2024 tariffs.
    """
    out = stakes.scratch
    bite_us = bite(t_us, world.tariffs_us_truce, world.tariffs_us_bite)
    bite_china = bite(t_china, world.tariffs_china_truce, world.tariffs_china_bite)
    points.move_point(stakes, point, t_us, t_china, bite_us, bite_china)
    points.read_point(surface, world, stakes, point, out)
    share, weight = world.economy_short_run_share, world.economy_weight
    for i in range(2):
        income = (1.0 - share) * out[i] + share * out[6 + i]
        out[i] = weight * (income + world.revenue_weight[i] * out[4 + i])
        out[2 + i] *= weight
    shortfall = world.tariffs_us_reference - t_us
    if shortfall > 0.0:
        out[US] -= 100.0 * world.tariffs_us_reference_loss * shortfall


@compiled
def bite(tariff, truce, share):  # type: ignore[no-untyped-def]
    """Return the average tariff that bites at a headline rate.

    Carve-outs blunt what exceeds the truce.

    Examples
    --------
    >>> round(bite(1.45, 0.30, 0.656), 3)
    1.054
    """
    return tariff if tariff <= truce else truce + share * (tariff - truce)


@compiled
def leverage(world):  # type: ignore[no-untyped-def]
    """Return the rare-earth block's parameters as drawn."""
    return RareEarths(
        world.rare_earths_us_gdp,
        world.rare_earths_stock_months,
        world.rare_earths_alternatives,
        world.rare_earths_ramp,
        world.rare_earths_ramp_cut,
        world.rare_earths_alarm,
        world.rare_earths_thrift_half_life,
        world.rare_earths_loss_share,
        world.rare_earths_curvature,
        world.rare_earths_refill,
        world.rare_earths_china_cost,
    )


@compiled
def shortage(world, cut, months):  # type: ignore[no-untyped-def]
    """Return the US loss in $bn when ``cut`` of Chinese supply is withheld for ``months``."""
    return path_loss(cut, months, leverage(world), 1.0)


@compiled
def derive(world, surface, stakes):  # type: ignore[no-untyped-def]
    """Fill ``stakes`` from the numbers in ``world`` and the tabulated trade model."""
    u0, c0 = world.tariffs_us_truce, world.tariffs_china_truce
    points.place_elasticities(surface, world, stakes)
    trade_at(surface, world, u0, c0, stakes, points.TRUCE)
    us0, china0 = stakes.scratch[0], stakes.scratch[1]
    us_va0, china_va0 = stakes.scratch[2], stakes.scratch[3]
    for k in range(int(world.n_issues)):
        giver = int(world.conceded_by[k])
        for i in range(2):
            stakes.alpha[i, k] = world.us_gain[k] if i == US else world.china_gain[k]
            if i != giver:
                stakes.alpha[i, k] *= world.verified[k]
            stakes.beta[i, k] = stakes.tau[i, k] = stakes.cross[i, k] = 0.0
            stakes.bend_alpha[i, k] = -CURVATURE_FLOOR
            stakes.bend_beta[i, k] = stakes.bend_tau[i, k] = 0.0
        stakes.alpha[giver, k] -= (1.0 - RISING) * world.own_cost[k]
        stakes.bend_alpha[giver, k] -= 2.0 * RISING * world.own_cost[k]
        stakes.beta[giver, k] -= world.protection[k]
        stakes.tau[US, k] -= world.trait_weight[k]
        kind = int(world.kind[k])
        if kind in (US_TARIFF, CHINA_TARIFF):
            cut = (world.status_quo[k] - world.full[k]) / 100.0
            du, dc = (cut, 0.0) if kind == US_TARIFF else (0.0, cut)
            t_us, t_china = max(u0 - 0.5 * du, 0.0), max(c0 - 0.5 * dc, 0.0)
            trade_at(surface, world, t_us, t_china, stakes, points.HALF + k)
            half0, half1 = stakes.scratch[0] - us0, stakes.scratch[1] - china0
            half2, half3 = stakes.scratch[2] - us_va0, stakes.scratch[3] - china_va0
            t_us, t_china = max(u0 - du, 0.0), max(c0 - dc, 0.0)
            trade_at(surface, world, t_us, t_china, stakes, points.FULL + k)
            add_secant(stakes.alpha, stakes.bend_alpha, US, k, half0, stakes.scratch[0] - us0)
            add_secant(stakes.alpha, stakes.bend_alpha, CHINA, k, half1, stakes.scratch[1] - china0)
            add_secant(stakes.beta, stakes.bend_beta, US, k, half2, stakes.scratch[2] - us_va0)
            add_secant(
                stakes.beta, stakes.bend_beta, CHINA, k, half3, stakes.scratch[3] - china_va0
            )
        elif kind == RARE_EARTHS:
            throttle = world.rare_earths_throttle
            whole = shortage(world, throttle, 12.0)
            half = whole - shortage(world, 0.5 * throttle, 12.0)
            add_secant(stakes.alpha, stakes.bend_alpha, US, k, half, whole)
            stakes.alpha[CHINA, k] += world.rare_earths_china_cost * throttle
        elif kind == PURCHASES:
            pledge = world.full[k] - world.status_quo[k]
            stakes.cross[US, k] += pledge * (
                world.purchases_us_income + world.purchases_us_politics
            )
            stakes.tau[CHINA, k] -= pledge * world.purchases_china_cost
            stakes.bend_tau[CHINA, k] -= pledge * pledge * world.purchases_china_cost_slope
    for branch in range(2):
        if branch == PEAK:
            t_us, t_china, cut = (
                world.tariffs_us_peak,
                world.tariffs_china_peak,
                world.rare_earths_cut_peak,
            )
        else:
            t_us, t_china = world.tariffs_us_suspended, world.tariffs_china_suspended
            cut = world.rare_earths_cut_suspended
        trade_at(surface, world, t_us, t_china, stakes, points.SNAPBACK + branch)
        stakes.war_alpha[US, branch] = stakes.scratch[0] - us0 - world.other_lapse_cost[US]
        stakes.war_alpha[CHINA, branch] = (
            stakes.scratch[1]
            - china0
            - world.other_lapse_cost[CHINA]
            - world.rare_earths_china_cost * cut
        )
        stakes.war_beta[US, branch] = stakes.scratch[2] - us_va0
        stakes.war_beta[CHINA, branch] = stakes.scratch[3] - china_va0
        stakes.war_cut[branch] = cut
        stakes.war_shortage[branch] = shortage(world, cut, world.deadline_war_days * 12.0 / 365.0)


@compiled
def add_secant(linear, bend, side, k, half, whole):  # type: ignore[no-untyped-def]
    """Add the quadratic through (0, 0), (1/2, half) and (1, whole)."""
    linear[side, k] += 4.0 * half - whole
    bend[side, k] += 4.0 * (whole - 2.0 * half)

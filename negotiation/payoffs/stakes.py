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

from typing import Annotated

from negotiation.compiling import compiled
from negotiation.economy.purchases import cn_cost, us_value
from negotiation.economy.rare_earths import RareEarths, loss_from
from negotiation.payoffs import policy_points as points
from negotiation.payoffs.foreseen import Foreseen, Prospect
from negotiation.payoffs.trade import deficit_at, fill_trade
from negotiation.payoffs.world import (
    CHINA_TARIFF,
    PURCHASES,
    RARE_EARTHS,
    RESTRAINT,
    TECHNOLOGY,
    US_TARIFF,
    Numbers,
)
from negotiation.records import Array, Surface, layout
from negotiation.scenario import MAX_ISSUES
from negotiation.solvers.dispute_date import Date, Terms
from negotiation.solvers.dispute_problem import RUNGS, Dispute, Room

US, CHINA = 0, 1
SUSPENDED, PEAK = 0, 1  # the two branches of a snapback
RISING = 0.2  # quadratic part of the cost at home of a concession; the rest is proportional
CURVATURE_FLOOR = 1e-6  # keeps every issue strictly concave, $bn per year

IssueBySide = Annotated[Array, "f8", (2, MAX_ISSUES)]
BranchBySide = Annotated[Array, "f8", (2, 2)]
ByBranch = Annotated[Array, "f8", (2,)]
ByRung = Annotated[Array, "f8", (RUNGS,)]
ByIssue = Annotated[Array, "f8", (MAX_ISSUES,)]


class Stakes(points.PolicyPoints):
    """What each issue and each snapback is worth to either side."""

    alpha: IssueBySide
    beta: IssueBySide
    tau: IssueBySide
    cross: IssueBySide
    bend_alpha: IssueBySide
    bend_beta: IssueBySide
    bend_tau: IssueBySide
    war_alpha: BranchBySide  # side, branch: flow of a snapback, $bn per year
    war_beta: BranchBySide  # the same per unit of stance
    war_cut: ByBranch  # branch: share of rare-earth supply withheld
    # bilateral trade under penalties as a share of the truce's; the change of the US deficit under
    # penalties, and with each tariff issue (linear, quadratic part), $bn a year
    trade: ByRung
    deficit: ByRung
    deficit_slope: ByIssue
    deficit_bend: ByIssue
    dispute: Dispute
    room: Room
    terms: Terms  # its deadline at the beliefs of the start
    date: Date
    # where drafts are signed; filled by rules/prospect.py
    prospect: Prospect
    deadline: Foreseen


STAKES = layout(Stakes)


@compiled
def place_point(world: Numbers, stakes: Stakes, point: int, t_us: float, t_china: float) -> None:
    """Put a policy point at a pair of tariffs."""
    bite_us = bite(t_us, world.tariffs_us_truce, world.tariffs_us_bite)
    bite_china = bite(t_china, world.tariffs_china_truce, world.tariffs_china_bite)
    points.move_point(stakes, point, t_us, t_china, bite_us, bite_china)


@compiled
def bite(tariff: float, truce: float, share: float) -> float:
    """Return the average tariff that bites at a headline rate.

    Carve-outs blunt what exceeds the truce.

    Examples
    --------
    >>> round(bite(1.45, 0.30, 0.656), 3)
    1.054
    """
    return tariff if tariff <= truce else truce + share * (tariff - truce)


@compiled
def leverage(world: Numbers) -> RareEarths:
    """Return the rare-earth block's parameters as drawn."""
    return RareEarths(
        world.rare_earths_us_gdp, world.rare_earths_stock_months, world.rare_earths_alternatives,
        world.rare_earths_ramp, world.rare_earths_ramp_cut, world.rare_earths_alarm,
        world.rare_earths_thrift_half_life, world.rare_earths_loss_share,
        world.rare_earths_curvature, world.rare_earths_refill, world.rare_earths_china_cost,
    )  # fmt: skip


@compiled
def shortage(world: Numbers, cut: float, months: float) -> float:
    """Return the US loss in $bn when ``cut`` of Chinese supply is withheld for ``months``.

    From the stock that is left on the first day.
    """
    stock = max(world.rare_earths_stock_months - world.rare_earths_depleted, 0.0)
    supply = leverage(world)
    return loss_from(stock, supply.alternatives, 1.0, cut, months, supply, 1.0)


@compiled
def derive(world: Numbers, surface: Surface, stakes: Stakes) -> None:
    """Fill ``stakes`` from the numbers in ``world`` and the tabulated trade model."""
    points.place_elasticities(surface, world, stakes)
    points.read_points(surface, world, stakes, place_points(world, stakes))
    fill_plain(world, stakes)
    point = points.CONCEDED
    for k in range(int(world.n_issues)):
        kind = int(world.kind[k])
        if kind in (US_TARIFF, CHINA_TARIFF):
            add_tariff(stakes, k, point)
            add_deficit(stakes, k, point)
            point += 2
        elif kind == RARE_EARTHS:
            add_rare_earths(world, stakes, k)
        elif kind == PURCHASES:
            add_purchases(world, stakes, k)
        elif kind == TECHNOLOGY:
            add_technology(world, stakes, k)
        elif kind == RESTRAINT:
            add_restraint(world, stakes, k)
    fill_snapback(world, stakes, SUSPENDED, world.rare_earths_cut_suspended)
    fill_snapback(world, stakes, PEAK, world.rare_earths_cut_peak)
    fill_trade(world, stakes.imports, stakes.trade, stakes.deficit)


@compiled
def place_points(world: Numbers, stakes: Stakes) -> int:
    """Put the policy points at their tariffs and return how many there are."""
    u0, c0 = world.tariffs_us_truce, world.tariffs_china_truce
    place_point(world, stakes, points.TRUCE, u0, c0)
    place_point(
        world, stakes, points.SNAPBACK + SUSPENDED, world.tariffs_us_suspended,
        world.tariffs_china_suspended,
    )  # fmt: skip
    place_point(
        world, stakes, points.SNAPBACK + PEAK, world.tariffs_us_peak, world.tariffs_china_peak
    )
    point = points.CONCEDED
    for k in range(int(world.n_issues)):
        kind = int(world.kind[k])
        if kind in (US_TARIFF, CHINA_TARIFF):
            cut = (world.status_quo[k] - world.full[k]) / 100.0
            du, dc = (cut, 0.0) if kind == US_TARIFF else (0.0, cut)
            half_us, half_china = max(u0 - 0.5 * du, 0.0), max(c0 - 0.5 * dc, 0.0)
            place_point(world, stakes, point, half_us, half_china)
            place_point(world, stakes, point + 1, max(u0 - du, 0.0), max(c0 - dc, 0.0))
            point += 2
    return point


@compiled
def fill_plain(world: Numbers, stakes: Stakes) -> None:
    """Fill what every issue is worth whatever its kind, in all slots, used or not."""
    for k in range(MAX_ISSUES):
        us_gives = world.conceded_by[k] == US
        verified, protection = world.verified[k], world.protection[k]
        cost = (1.0 - RISING) * world.own_cost[k]
        rising = -CURVATURE_FLOOR - 2.0 * RISING * world.own_cost[k]
        us_gain = world.us_gain[k] * (1.0 if us_gives else verified)
        china_gain = world.china_gain[k] * (verified if us_gives else 1.0)
        stakes.alpha[US, k] = us_gain - (cost if us_gives else 0.0)
        stakes.alpha[CHINA, k] = china_gain - (0.0 if us_gives else cost)
        stakes.bend_alpha[US, k] = rising if us_gives else -CURVATURE_FLOOR
        stakes.bend_alpha[CHINA, k] = -CURVATURE_FLOOR if us_gives else rising
        stakes.beta[US, k] = -protection if us_gives else 0.0
        stakes.beta[CHINA, k] = 0.0 if us_gives else -protection
        stakes.tau[US, k] = stakes.tau[CHINA, k] = 0.0
        stakes.cross[US, k] = stakes.cross[CHINA, k] = 0.0
        stakes.bend_beta[US, k] = stakes.bend_beta[CHINA, k] = 0.0
        stakes.bend_tau[US, k] = stakes.bend_tau[CHINA, k] = 0.0
        stakes.deficit_slope[k] = stakes.deficit_bend[k] = 0.0
        # what is threatened in case of a refusal is saved by conceding
        stakes.alpha[US if us_gives else CHINA, k] += world.threat[k]


@compiled
def add_tariff(stakes: Stakes, k: int, point: int) -> None:
    """Add what a tariff brings, conceded by half at ``point`` and in full at the one after it."""
    for i in range(2):
        income, protected = stakes.income[i], stakes.value_added[i]
        half, whole = income[point] - income[points.TRUCE], income[point + 1] - income[points.TRUCE]
        add_secant(stakes.alpha, stakes.bend_alpha, i, k, half, whole)
        half = protected[point] - protected[points.TRUCE]
        whole = protected[point + 1] - protected[points.TRUCE]
        add_secant(stakes.beta, stakes.bend_beta, i, k, half, whole)


@compiled
def add_deficit(stakes: Stakes, k: int, point: int) -> None:
    """Fill how a tariff issue moves the US deficit: quadratic through half and full concession."""
    half, whole = deficit_at(stakes.imports, point), deficit_at(stakes.imports, point + 1)
    stakes.deficit_slope[k] = 4.0 * half - whole
    stakes.deficit_bend[k] = 4.0 * (whole - 2.0 * half)


@compiled
def add_rare_earths(world: Numbers, stakes: Stakes, k: int) -> None:
    """Add what an end of the throttle on rare earths brings."""
    throttle = world.rare_earths_throttle
    whole = shortage(world, throttle, 12.0)
    half = whole - shortage(world, 0.5 * throttle, 12.0)
    add_secant(stakes.alpha, stakes.bend_alpha, US, k, half, whole)
    stakes.alpha[CHINA, k] += world.rare_earths_china_cost * throttle


@compiled
def add_purchases(world: Numbers, stakes: Stakes, k: int) -> None:
    """Add what a pledge to buy brings, as far as it is kept."""
    pledge = world.full[k] - world.status_quo[k]
    income, politics = world.purchases_us_income, world.purchases_us_politics
    stakes.cross[US, k] += us_value(pledge, income, politics)
    stakes.cross[US, k] += world.economy_deficit_weight * pledge
    stakes.tau[CHINA, k] -= cn_cost(pledge, world.purchases_china_cost, 0.0)
    # the cost has the term c z^2, the gain of an issue bend z^2 / 2
    stakes.bend_tau[CHINA, k] -= 2.0 * cn_cost(pledge, 0.0, world.purchases_china_cost_slope)


@compiled
def add_technology(world: Numbers, stakes: Stakes, k: int) -> None:
    """Take away the US security value of the control steps relaxed: its trait, for each step."""
    stakes.tau[US, k] -= world.full[k] - world.status_quo[k]


@compiled
def add_restraint(world: Numbers, stakes: Stakes, k: int) -> None:
    """Add the new sectoral tariffs that a year would bring, each in force for half of it."""
    due = 0.5 * world.news_sectoral_rate * (1.0 - world.news_sectoral_delay)
    stakes.alpha[US, k] -= due * world.news_sectoral_us
    stakes.alpha[CHINA, k] += due * world.news_sectoral_china


@compiled
def fill_snapback(world: Numbers, stakes: Stakes, branch: int, cut: float) -> None:
    """Fill what a snapback to the tariffs of ``branch`` and a cut of rare earths bring."""
    point = points.SNAPBACK + branch
    for i in range(2):
        income, protected = stakes.income[i], stakes.value_added[i]
        stakes.war_alpha[i, branch] = (
            income[point] - income[points.TRUCE] - world.other_lapse_cost[i]
        )
        stakes.war_beta[i, branch] = protected[point] - protected[points.TRUCE]
    stakes.war_alpha[CHINA, branch] -= world.rare_earths_china_cost * cut
    stakes.war_cut[branch] = cut


@compiled
def add_secant(linear: Array, bend: Array, side: int, k: int, half: float, whole: float) -> None:
    """Add the quadratic through (0, 0), (1/2, half) and (1, whole)."""
    linear[side, k] += 4.0 * half - whole
    bend[side, k] += 4.0 * (whole - 2.0 * half)

"""What a dispute is about in a scenario's terms: costs, meetings, what may be demanded.

Penalties cost a side what the trade model says of the tariffs in force and what else a lapse
disrupts, all of it little at first (stocks, goods at sea) and less again as trade finds ways
around. A cut of rare earths costs the US nothing until its stock is gone, which what was used up
before brings nearer, and then as :mod:`negotiation.economy.rare_earths` says; it costs China its
sales. Falling markets make the US feel all of it more, and penalties make markets fall, the more
the more they hurt.

A side demands one of the other's concessions, as far as the other's delegation may go, the likelier
the more it brings. It is held for the length of the truce, or ``held_days`` if that is shorter.
"""

from __future__ import annotations

import math

from negotiation.compiling import compiled
from negotiation.economy.rare_earths import step
from negotiation.payoffs.stakes import PEAK, SUSPENDED, Stakes, leverage
from negotiation.payoffs.tension import expected_at, expected_tension, mean_stance, rise
from negotiation.payoffs.types import SIX, stance_of_six, trait_of_six
from negotiation.payoffs.world import Numbers
from negotiation.records import Array
from negotiation.scenario import MAX_ISSUES
from negotiation.solvers.dispute_date import Date, scaled
from negotiation.solvers.dispute_problem import (
    CUT,
    ENDS,
    LENGTHS,
    PART,
    RUNGS,
    STEPS,
    WEEKS,
    Dispute,
    player_of,
)
from negotiation.solvers.dispute_problem import PEAK as AT_PEAK
from negotiation.solvers.exponential import exp, log, power

US, CHINA = 0, 1
DAYS, WEEKS_A_YEAR = 7.0, 365.0 / 7.0
FAR = 36500.0  # days: a date beyond is none
OF_THE_USUAL = (1.0 / 3.0, 1.0, 2.0)  # lengths of a truce: 30, 90 and 180 days, if 90 are usual
MARKETS = 130.0  # $bn a year to both sides together, at which markets fall at the stated rate
LEAST_PAIN = 1.0 / 130.0  # of the usual cost, so that the rate of meetings stays above nothing
MONTHS_A_WEEK = 12.0 / WEEKS_A_YEAR
LN2 = math.log(2.0)


@compiled
def fill_dispute(world: Numbers, stakes: Stakes, dispute: Dispute) -> None:
    """Fill what a dispute depends on but for the prospect, from the numbers and the stakes."""
    rising = rise(world)
    dispute.noise, dispute.first = world.deadline_noise, world.deadline_us_first
    dispute.held_days = world.deadline_held_days
    for n in range(LENGTHS):
        dispute.days[n] = OF_THE_USUAL[n] * world.extension_days
    for side in range(2):
        fill_side(world, dispute, side, rising)
        dispute.worth[side] = 0.0  # not known before the dispute is solved
    for side in range(2):
        fill_demands(world, stakes, dispute, side)
    dispute.part = world.escalation_partial
    dispute.peak = (1.0 - dispute.part) * world.tariffs_peak_weight
    dispute.peak *= expected_leverage(world, world.day_expiry)
    repair, penalty = world.escalation_lapse_repair_rate, world.escalation_lapse_penalty_rate
    mended = repair / (repair + penalty) if repair + penalty > 0.0 else 0.0
    dispute.quiet = world.deadline_grace * mended
    for t in range(STEPS):
        middle = ENDS[t] - 0.5 * WEEKS[t]
        dispute.felt[t] = felt_after(world, middle)
        dispute.felt[t] *= expected_leverage(world, world.day_expiry + DAYS * middle)
    for rung in range(RUNGS):
        fill_costs(world, stakes, dispute, rung)
    fill_meetings(world, dispute)
    dispute.late = 1
    while dispute.late < STEPS and window_left_after(world, dispute.late - 1) > 0.0:
        dispute.late += 1


@compiled
def fill_side(world: Numbers, dispute: Dispute, side: int, rising: float) -> None:
    """Fill what a side brings to the dispute whatever is demanded or promised."""
    dispute.prior[side] = world.resolve_prior[side]
    dispute.precision[side] = world.precision[side]
    dispute.weight[side, 0], dispute.weight[side, 1] = (
        world.resolve[side, 0],
        world.resolve[side, 1],
    )
    dispute.audience[side] = world.audience_cost[side]
    dispute.toll[side] = world.deadline_ultimatum + world.ultimatum[side]
    before = expected_at(world, rising, world.day_expiry) if world.day_expiry < math.inf else 0.0
    dispute.toll_due[side] = dispute.toll[side] - world.tension_weight[side] * before
    fades = log(world.patience[side]) / WEEKS_A_YEAR
    for t in range(STEPS):
        dispute.discount[t, side] = exp(fades * WEEKS[t])
        grown = world.audience_growth[side] * DAYS * ENDS[t]
        dispute.audience_in[t, side] = dispute.audience[side] + grown
        tension = expected_tension(world, rising, before, ENDS[t])
        dispute.toll_in[t, side] = dispute.toll[side] - world.tension_weight[side] * tension


@compiled
def fill_prospect(world: Numbers, stakes: Stakes, dispute: Dispute) -> None:
    """Fill what penalties take away of what the leaders' meeting promises."""
    dispute.ahead = 1
    for side in range(2):
        prospect, left = meeting_worth(world, stakes, side), 1.0
        for t in range(STEPS):
            still = window_left_after(world, t)
            dispute.lost[t, side] = prospect * (left - still)
            left = still


@compiled
def nothing_to_lose(dispute: Dispute) -> None:
    """Fill that penalties take away no prospect: no meeting is planned, or it is past."""
    dispute.ahead = 0
    for side in range(2):
        for t in range(STEPS):
            dispute.lost[t, side] = 0.0


@compiled
def meeting_worth(world: Numbers, stakes: Stakes, side: int) -> float:
    """Return what the leaders' meeting promises ``side`` over its types, at the deadline, $bn."""
    if not world.day_expiry < world.day_summit_to < math.inf:
        return 0.0
    mean = 0.0
    for m in range(SIX):
        mean += chance_of_six(world, side, m) * stakes.prospect.meeting[side, m]
    middle = 0.5 * (max(world.day_summit_from, world.day_expiry) + world.day_summit_to)
    return mean * power(world.patience[side], (middle - world.day_expiry) / 365.0)


@compiled
def chance_of_six(world: Numbers, side: int, m: int) -> float:
    """Return the prior chance that ``side`` is of type ``m`` of six."""
    trait = world.trait_prior[side] if trait_of_six(m) else 1.0 - world.trait_prior[side]
    chance: float = world.stance_prior[side, stance_of_six(m)] * trait
    return chance


@compiled
def window_left(world: Numbers, day: float) -> float:
    """Return what is left of the prospect of a meeting if penalties end on ``day``, as a share.

    Nobody works on texts under penalties, and no leaders meet: it falls in proportion to the time
    that is left, from the deadline to the end of the window.
    """
    if not world.day_expiry < world.day_summit_to < math.inf:
        return 0.0
    left = (world.day_summit_to - day) / (world.day_summit_to - world.day_expiry)
    return min(max(left, 0.0), 1.0)


@compiled
def window_left_after(world: Numbers, t: int) -> float:
    """Return the same if penalties end with step ``t``."""
    return window_left(world, world.day_expiry + DAYS * ENDS[t])


@compiled
def fill_demands(world: Numbers, stakes: Stakes, dispute: Dispute, side: int) -> None:
    """Fill what ``side`` may demand: the other's concessions, as far as its delegation may go."""
    best = -math.inf
    for k in range(MAX_ISSUES):
        dispute.asks[side, k] = dispute.ask_gain[side, k] = dispute.ask_price[side, k] = 0.0
        dispute.ask_years[side, k] = 0.0
        if not may_ask(world, side, k):
            continue
        gain = expected_gain(world, stakes, side, k, world.mandate[k])
        price = -expected_gain(world, stakes, 1 - side, k, world.mandate[k])
        fill_lengths(world, dispute, gain - price, dispute.ask_length[side, k])
        years = 0.0
        for n in range(LENGTHS):
            years += dispute.ask_length[side, k, n] * held_years(dispute, n)
        dispute.ask_years[side, k] = years
        dispute.ask_gain[side, k], dispute.ask_price[side, k] = years * gain, years * price
        best = max(best, years * gain)
    total = 0.0
    for k in range(int(world.n_issues)):
        if may_ask(world, side, k):
            dispute.asks[side, k] = exp(world.precision[side] * (dispute.ask_gain[side, k] - best))
            total += dispute.asks[side, k]
    dispute.gain[side] = dispute.price[1 - side] = 0.0
    for k in range(int(world.n_issues)):
        dispute.asks[side, k] /= total if total > 0.0 else 1.0
        dispute.gain[side] += dispute.asks[side, k] * dispute.ask_gain[side, k]
        dispute.price[1 - side] += dispute.asks[side, k] * dispute.ask_price[side, k]


@compiled
def may_ask(world: Numbers, side: int, k: int) -> bool:
    """Return whether issue k is one that ``side`` may ask for as the price of a truce."""
    if k >= int(world.n_issues):
        return False
    return int(world.conceded_by[k]) != side and world.mandate[k] > 0.0


@compiled
def held_years(dispute: Dispute, n: int) -> float:
    """Return how long a concession is held that is made for a truce of the n-th length, years."""
    return min(dispute.days[n], dispute.held_days) / 365.0


@compiled
def fill_lengths(world: Numbers, dispute: Dispute, yearly: float, chances: Array) -> None:
    """Fill how likely each length of a truce is, if its terms bring both ``yearly``, $bn a year.

    The length is agreed on together: a logit in what both gain by it, against the pull of what is
    customary (a focal point: Schelling 1960, *The Strategy of Conflict*, ch. 3). A longer truce
    saves both some of the dates of the coming year, each worth what the deadline is; that is known
    only once the dispute is solved, and moves nothing but the length.
    """
    precision = 0.5 * (dispute.precision[0] + dispute.precision[1])
    usual, best = world.extension_days / 365.0, -math.inf
    for n in range(LENGTHS):
        years = dispute.days[n] / 365.0
        spared = 1.0 / math.expm1(usual) - 1.0 / math.expm1(years)
        joint = yearly * held_years(dispute, n) - spared * (dispute.worth[0] + dispute.worth[1])
        pull = world.deadline_custom * abs(log(years / usual)) / LN2
        chances[n] = scaled(precision, dispute.noise, joint) * joint - pull
        best = max(best, chances[n])
    total = 0.0
    for n in range(LENGTHS):
        chances[n] = exp(chances[n] - best)
        total += chances[n]
    for n in range(LENGTHS):
        chances[n] /= total


@compiled
def spare_dates(world: Numbers, dispute: Dispute, date: Date) -> None:
    """Fill how long an even truce is agreed for, now that the deadline has a worth.

    A truce that is bought keeps the length that its terms make worthwhile: what is conceded for it
    is held for as long. ``date`` is the deadline at the prior beliefs.
    """
    for side in range(2):
        p = dispute.prior[side]
        dispute.worth[side] = (1.0 - p) * date.worth[player_of(side, 0)] + p * date.worth[
            player_of(side, 1)
        ]
    fill_lengths(world, dispute, 0.0, dispute.even_length)


@compiled
def expected_gain(world: Numbers, stakes: Stakes, side: int, k: int, z: float) -> float:
    """Return what share ``z`` of issue k is worth to ``side`` by what all believe at the start."""
    stance = mean_stance(world, side)
    prior = world.trait_prior[side]
    low, high = world.trait[side, 0], world.trait[side, 1]
    trait = (1.0 - prior) * low + prior * high
    trait2 = (1.0 - prior) * low * low + prior * high * high
    prior = world.trait_prior[1 - side]
    other = (1.0 - prior) * world.trait[1 - side, 0] + prior * world.trait[1 - side, 1]
    slope = stakes.alpha[side, k] + stance * stakes.beta[side, k] + trait * stakes.tau[side, k]
    slope += other * stakes.cross[side, k]
    bend = stakes.bend_alpha[side, k] + stance * stakes.bend_beta[side, k]
    bend += trait2 * stakes.bend_tau[side, k]
    return slope * z + 0.5 * bend * z * z


@compiled
def flow_of(world: Numbers, stakes: Stakes, side: int, rung: int, stance: float) -> float:
    """Return what penalties on a rung cost a side of a stance, $bn a year, rare earths apart.

    Before goods at sea and what trade finds a way around.
    """
    branch = PEAK if rung == AT_PEAK else SUSPENDED
    flow = -(stakes.war_alpha[side, branch] + stance * stakes.war_beta[side, branch])
    if side == CHINA:
        # the flow of the branch holds the sales lost to its cut, which come with the cut alone
        flow += world.rare_earths_china_cost * (cut_of(stakes, rung) - stakes.war_cut[branch])
    return flow * world.escalation_partial_flow if rung == PART else flow


@compiled
def cut_of(stakes: Stakes, rung: int) -> float:
    """Return the share of rare earths that is withheld on a rung."""
    if rung < CUT:
        return 0.0
    return stakes.war_cut[PEAK if rung == AT_PEAK else SUSPENDED]


@compiled
def felt_after(world: Numbers, weeks: float) -> float:
    """Return the share of the flow of penalties that is felt some weeks after the outbreak."""
    days = DAYS * weeks
    begun = 1.0 - world.escalation_onset_share * exp(-days / world.escalation_onset)
    around = world.escalation_diverted * (1.0 - exp(-days / world.escalation_diversion))
    return begun * (1.0 - around)


@compiled
def fading(world: Numbers) -> float:
    """Return the rate at which the pressure of markets fades, per week."""
    return LN2 / world.news_selloff_half_life * DAYS


@compiled
def expected_leverage(world: Numbers, day: float) -> float:
    """Return what is expected to be left of the emergency tariffs on a day, rulings considered.

    Rulings come at a constant rate, and each leaves a share of what there was; one may be dated.
    """
    lost = 1.0 - world.news_court_effect
    left = exp(-world.news_court_rate / 365.0 * lost * min(day, FAR))
    return left * (1.0 - world.news_ruling_chance * lost) if day >= world.day_ruling else left


@compiled
def fill_costs(world: Numbers, stakes: Stakes, dispute: Dispute, rung: int) -> None:
    """Fill what penalties on a rung cost both sides in each step."""
    cut = cut_of(stakes, rung)
    stock = max(world.rare_earths_stock_months - world.rare_earths_depleted, 0.0)
    alternatives, thrift = world.rare_earths_alternatives, 1.0
    us = flow_of(world, stakes, US, rung, mean_stance(world, US)) / WEEKS_A_YEAR
    china = flow_of(world, stakes, CHINA, rung, mean_stance(world, CHINA)) / WEEKS_A_YEAR
    fade = fading(world)
    # what markets add on average while nothing is in force
    pressure = world.news_selloff_effect * world.news_selloff_rate / WEEKS_A_YEAR / fade
    for t in range(STEPS):
        felt = dispute.felt[t]
        loss = 0.0
        if cut > 0.0:
            parts = max(int(WEEKS[t]), 1)
            for _ in range(parts):
                stock, alternatives, thrift, more, _served = step(
                    stock, alternatives, thrift, cut, WEEKS[t] / parts * MONTHS_A_WEEK,
                    leverage(world),
                )  # fmt: skip
                loss += more
        dispute.cost[t, rung, US] = us * felt * WEEKS[t] + loss
        dispute.cost[t, rung, CHINA] = china * felt * WEEKS[t]
        pain = (dispute.cost[t, rung, US] + dispute.cost[t, rung, CHINA]) / WEEKS[t]
        falls = world.news_selloff_penalties * max(pain, 0.0) * WEEKS_A_YEAR / MARKETS
        dispute.selloffs[t, rung] = world.news_selloff_rate + falls
        arrives = world.news_selloff_effect * dispute.selloffs[t, rung] / WEEKS_A_YEAR / fade
        # half of the step's change, which is what the middle of the step has seen
        half = exp(-0.5 * fade * WEEKS[t])
        dispute.pressure[t, rung] = arrives + (pressure - arrives) * half
        pressure = arrives + (pressure - arrives) * half * half
        dispute.cost[t, rung, US] *= 1.0 + dispute.pressure[t, rung]


@compiled
def fill_meetings(world: Numbers, dispute: Dispute) -> None:
    """Fill the chance of a crisis meeting at the end of each step on each rung."""
    for rung in range(RUNGS):
        for t in range(STEPS):
            pain = (dispute.cost[t, rung, US] + dispute.cost[t, rung, CHINA]) / WEEKS[t]
            rate = meeting_rate(world, pain * WEEKS_A_YEAR, ENDS[t] - 0.5 * WEEKS[t])
            rate += dispute.selloffs[t, rung] * world.news_selloff_meeting / WEEKS_A_YEAR
            dispute.meet[t, rung] = 1.0 - exp(-rate * WEEKS[t])


@compiled
def meeting_rate(world: Numbers, pain: float, weeks: float) -> float:
    """Return the rate of crisis meetings, per week, beside those that a sell-off calls.

    Parameters
    ----------
    pain : float
        What penalties cost both sides together, $bn a year.
    weeks : float
        Since the outbreak.
    """
    hurts = max(pain / world.escalation_usual_cost, LEAST_PAIN)
    called = power(hurts, world.escalation_meeting_pain)
    prepared = 1.0 - exp(-DAYS * weeks / world.escalation_preparing)
    return world.escalation_meeting_rate / WEEKS_A_YEAR * called * prepared

"""Escalation as a war of attrition, and the way back.

Under penalties each side pays a running cost and waits for the other to offer the truce
back. A side whose rival concedes at hazard h is indifferent between conceding now and
waiting when ``h (prize + audience) = running cost + growth of the audience cost``, so

    hazard of j = (running cost of i + audience growth of i) / (prize + audience cost of i).

The prize is worth what it brings in over a year, discounted by who would get it: the longer the
shadow of the future, the more there is to hold out for (Fearon 1998,
doi:10.1162/002081898753162820).

Without audience costs this is the war of attrition (hazard k / V); without running costs it
is Fearon (1994, doi:10.2307/2944796). Resolute types never concede, which gives reputation
its bite (Abreu and Gul 2000, doi:10.1111/1468-0262.00094): the side whose reputation would be
complete later concedes at once with positive probability, so that by the last time only
resolute types are left on both sides.
"""

from __future__ import annotations

import math

import numpy as np

from negotiation import randomness as rnd
from negotiation.compiling import compiled
from negotiation.payoffs.stakes import PEAK, SUSPENDED, Stakes
from negotiation.payoffs.world import Numbers
from negotiation.rules import dispute
from negotiation.rules.beliefs import marginal, normalise
from negotiation.rules.home import support
from negotiation.rules.lapse import lapse_flow, peak_chance
from negotiation.rules.state import TRUCE, US, WAR, State
from negotiation.rules.types import STANCES, TYPES, resolve_of
from negotiation.solvers.choice import per_tick

ONLY_STUBBORN = 1e-9


@compiled
def begin_war(talks: State, world: Numbers, stakes: Stakes, day: float) -> None:
    """Put penalties in force on a day of this tick: the suspended points, or the peak."""
    for side in range(2):
        talks.audience_factor[side] = resentment(talks, world, stakes, side)
    u = rnd.uniform(talks.key, rnd.BRANCH + np.uint64(talks.wars))
    talks.branch = PEAK if u < peak_chance(talks, world) else SUSPENDED
    talks.regime = WAR
    talks.war_start = day
    talks.wars += 1


@compiled
def resentment(talks: State, world: Numbers, stakes: Stakes, side: int) -> float:
    """Return how much dearer the home front's view of the other's terms makes giving in.

    Twice the share of the constituencies that reject the other side's standing offer: 1 where
    they are divided or nothing is on the table, 2 where all reject it, 0 where none does.
    """
    if world.n_groups[side] == 0.0 or talks.offers_made[1 - side] == 0:
        return 1.0
    return 2.0 * (1.0 - support(world, side, talks.offer[1 - side]))


@compiled
def running_cost(talks: State, world: Numbers, stakes: Stakes, side: int) -> float:
    """Return the running cost of the escalation to ``side`` as all expect it, $bn per day."""
    flow = 0.0
    for stance in range(STANCES):
        belief = marginal(talks, side, 0, stance)
        flow += belief * lapse_flow(talks, world, stakes, side, talks.branch, stance)
    # as the ordinary types count it: resolute ones never give in, so only these are indifferent
    cost = world.resolve[side, 0] * flow / 365.0
    if side == US:
        cost += talks.burn
    # a side that gained from the penalties would have no rate; a tiny cost keeps quotients finite
    return max(cost, 1e-9)


@compiled
def over_a_year(patience: float) -> float:
    """Return what $1bn a year is worth today if it comes in over one year, $bn.

    Examples
    --------
    >>> over_a_year(1.0), round(over_a_year(0.5), 4)
    (1.0, 0.7213)
    """
    rate = math.log(patience)
    # the integral of patience^t over a year; expm1 keeps its digits for patience near 1
    return math.expm1(rate) / rate if rate < 0.0 else 1.0


@compiled
def at_stake(talks: State, world: Numbers, stakes: Stakes, side: int) -> tuple[float, float, float]:
    """Return what waiting costs and wins ``side``: (k, a', v + a).

    Running cost and growth of the audience cost, $bn per day; prize and audience cost at the
    start, $bn. The prize is a stream of a year, so it is worth more to a patient side.
    """
    factor = talks.audience_factor[side]
    prize = world.escalation_prize * over_a_year(world.patience[side])
    return (
        running_cost(talks, world, stakes, side),
        factor * world.audience_growth[side],
        prize + factor * world.audience_cost[side],
    )


@compiled
def hazard(talks: State, world: Numbers, stakes: Stakes, side: int) -> float:
    """Return the rate, per day, at which ``side`` offers the truce back, over all its types."""
    cost, growth, height = at_stake(talks, world, stakes, 1 - side)
    return (cost + growth) / (height + growth * (talks.day - talks.war_start))


@compiled
def last_time(talks: State, world: Numbers, stakes: Stakes, side: int) -> float:
    """Return the days after which only resolute types of ``side`` are left; infinite for none.

    The hazard of `hazard`, added up from the first day, reaches ``-ln z`` then; the running cost
    is taken to stay as it is.
    """
    stubborn = marginal(talks, side, 2, 1)
    if stubborn <= 0.0:
        return np.inf
    cost, growth, height = at_stake(talks, world, stakes, 1 - side)
    need = -math.log(stubborn)
    if growth > 0.0:
        # H(t) = (k + g) / g ln(1 + g t / (v + a)) solved for t; without growth H(t) = k t / (v + a)
        return height / growth * math.expm1(need * growth / (cost + growth))
    return need * height / cost


@compiled
def holds_on(talks: State, world: Numbers, stakes: Stakes, side: int, days: float) -> float:
    """Return the chance that ``side``, not conceding at the start, has not conceded by ``days``."""
    cost, growth, height = at_stake(talks, world, stakes, 1 - side)
    if growth > 0.0:
        # exp(-H(days)), see `last_time`
        return (1.0 + growth * days / height) ** (-(cost + growth) / growth)
    return math.exp(-cost / height * days)


@compiled
def initial_concession(talks: State, world: Numbers, stakes: Stakes, side: int) -> float:
    """Return the chance that ``side``, over all its types, concedes at the very start.

    The reputations of both sides are complete at the same time, the earlier of their last ones:
    the side that would be late makes up for it here.
    """
    stubborn = marginal(talks, side, 2, 1)
    rival = last_time(talks, world, stakes, 1 - side)
    if stubborn <= 0.0 or rival >= last_time(talks, world, stakes, side):
        # a side that is known not to be resolute cannot outlast one that may be, and gives in at
        # once
        return 0.0 if stubborn > 0.0 or rival == np.inf else 1.0
    # leaves the belief z / (1 - chance), which reaches 1 when the rival's does
    return 1.0 - stubborn / holds_on(talks, world, stakes, side, rival)


@compiled
def weigh(talks: State, world: Numbers, stakes: Stakes) -> None:
    """Fill ``scratch.give_in`` for both sides, before either has learned from the other."""
    for side in range(2):
        chance = per_tick(hazard(talks, world, stakes, side), world.clock_tick_days)
        if (
            talks.day <= talks.war_start + world.clock_tick_days
        ):  # the first look, on the first tick
            chance += (1.0 - chance) * initial_concession(talks, world, stakes, side)
        # the hazard is over all types, and only the ordinary ones make it up
        ordinary = 1.0 - marginal(talks, side, 2, 1)
        talks.scratch.give_in[side] = (
            1.0 if ordinary < ONLY_STUBBORN else min(chance / ordinary, 1.0)
        )


@compiled
def concedes(talks: State, side: int) -> bool:
    """Return whether ``side`` offers the truce back in this tick."""
    u = rnd.uniform(talks.key, rnd.CONCEDE + np.uint64(2 * talks.tick + side))
    return u < chance_of_giving_in(talks, side)


@compiled
def chance_of_giving_in(talks: State, side: int) -> float:
    """Return the chance that ``side`` offers the truce back in this tick, given its resolve."""
    return talks.scratch.give_in[side] if talks.resolve[side] == 0 else 0.0


@compiled
def learn_from_fighting_on(talks: State, side: int, gives_in: bool) -> None:
    """Update the beliefs about ``side`` from whether it has offered the truce back in this tick."""
    chance = talks.scratch.give_in[side]
    for n in range(TYPES):
        likelihood = 0.0 if resolve_of(n) else chance
        talks.beliefs[side, n] *= likelihood if gives_in else 1.0 - likelihood
    normalise(talks, side)


@compiled
def end_war(talks: State, world: Numbers) -> None:
    """Restore the truce for another extension period."""
    talks.regime = TRUCE
    talks.wars_ended += 1
    talks.extensions += 1
    talks.expiry = talks.day + world.extension_days


@compiled
def live_through_lapse(talks: State, world: Numbers, stakes: Stakes) -> None:
    """Let a lapse without penalty be repaired, or turn into penalties."""
    days = world.clock_tick_days
    repair, penalty = (
        world.escalation_lapse_repair_rate / 365.0,
        world.escalation_lapse_penalty_rate / 365.0,
    )
    both = repair + penalty
    if both <= 0.0:
        return
    u = rnd.uniform(talks.key, rnd.LAPSE + np.uint64(talks.tick))
    # two competing Poisson events: first whether one comes, then which, by their rates
    happens = per_tick(both, days)
    if u < happens * repair / both:
        talks.regime = TRUCE
        talks.extensions += 1
        talks.expiry = talks.day + world.extension_days
        if world.demands > 0.0:
            dispute.open_dispute(talks, world, stakes)
    elif u < happens and world.demands > 0.0:
        dispute.begin_penalties(talks, world, talks.day)
    elif u < happens:
        begin_war(talks, world, stakes, talks.day)

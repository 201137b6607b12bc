"""What a lapse costs, for every type: the measure behind the deadline and the escalation."""

from __future__ import annotations

from negotiation.compiling import compiled
from negotiation.payoffs.stakes import PEAK, SUSPENDED, Stakes
from negotiation.payoffs.world import Numbers
from negotiation.rules.state import US, State


@compiled
def peak_chance(talks: State, world: Numbers) -> float:
    """Return the chance that a snapback goes to the peak; rulings against the tariffs lower it."""
    return world.tariffs_peak_weight * talks.leverage


@compiled
def lapse_flow(
    talks: State, world: Numbers, stakes: Stakes, side: int, branch: int, stance: int
) -> float:
    """Return what penalties on ``branch`` cost a stance, $bn per year, rare earths apart."""
    return -(
        stakes.war_alpha[side, branch] + world.stance[side, stance] * stakes.war_beta[side, branch]
    )


@compiled
def lapse_cost(
    talks: State, world: Numbers, stakes: Stakes, side: int, stance: int, resolve: int
) -> float:
    """Return what a lapse is expected to cost a type of ``side``, $bn, as that type weighs it."""
    peak = peak_chance(talks, world)
    years = world.deadline_war_days / 365.0
    cost = (1.0 - peak) * lapse_flow(talks, world, stakes, side, SUSPENDED, stance)
    cost += peak * lapse_flow(talks, world, stakes, side, PEAK, stance)
    # before the shortage is added, which is a sum over the escalation: stocks last part of it
    cost *= years
    if side == US:
        cost += (1.0 - peak) * stakes.war_shortage[SUSPENDED] + peak * stakes.war_shortage[PEAK]
        # a sell-off makes the whole of it weigh more, for the US alone
        cost *= 1.0 + talks.pressure
    return world.resolve[side, resolve] * cost

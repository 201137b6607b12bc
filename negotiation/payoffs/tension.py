"""Tension between the sides: what raises it, and how much of it is to be expected.

Incidents and unilateral steps add one each, a friendly statement takes one off, penalties add to it
week by week, and all of it fades. Below zero it is goodwill.
"""

from __future__ import annotations

import math

from negotiation.compiling import compiled
from negotiation.payoffs.world import Numbers
from negotiation.solvers.choice import logit
from negotiation.solvers.exponential import exp

LN2 = math.log(2.0)


@compiled
def mean_stance(world: Numbers, side: int) -> float:
    """Return the taste for protection of ``side`` as expected at the start."""
    mean = 0.0
    for s in range(3):
        mean += world.stance_prior[side, s] * world.stance[side, s]
    return mean


@compiled
def answer_probability(world: Numbers, side: int) -> float:
    """Return the probability that ``side`` answers a step taken against it."""
    return logit(world.precision[side] * (world.provocation_answer - world.tension_weight[side]))


@compiled
def gain_of_step(world: Numbers, side: int, stance: int) -> float:
    """Return what a unilateral step gains ``side`` of a stance, the answer considered, $bn.

    The stance counts against its mean, so that at the average one a step gains what the scenario
    says.
    """
    mean = mean_stance(world, side)
    cost = answer_probability(world, 1 - side) * world.provocation_damage
    cost += world.tension_weight[side]
    relative = world.stance[side, stance] / mean if mean > 0.0 else 1.0
    return world.provocation_gain[side] * relative - cost


@compiled
def step_rate(world: Numbers, side: int, gain: float) -> float:
    """Return the rate, per day, of unilateral steps of ``side`` if each gains it ``gain``."""
    return world.provocation_rate[side] / 365.0 * logit(world.precision[side] * gain)


@compiled
def rise(world: Numbers) -> float:
    """Return by how much tension is expected to rise in a day, beside penalties and fading."""
    total = (world.news_incident_rate - world.news_thaw_rate) / 365.0
    for side in range(2):
        answered = 1.0 + answer_probability(world, 1 - side)
        for s in range(3):
            rate = step_rate(world, side, gain_of_step(world, side, s))
            total += world.stance_prior[side, s] * rate * answered
    return total


@compiled
def first_tension(world: Numbers) -> float:
    """Return the tension on the first day, that of the announced threats included."""
    threats = 0.0
    for k in range(int(world.n_issues)):
        if world.reach[k] > 0.0:
            threats += world.threat[k]
    return world.news_tension + world.news_threat_strain * threats


@compiled
def after_pause(world: Numbers, day: float) -> float:
    """Return what the end of the pause of technology controls has left of tension on a day."""
    since = day - world.day_pause_ends
    if not 0.0 <= since < math.inf:
        return 0.0
    return world.news_pause_strain * exp(-LN2 / world.news_tension_half_life * since)


@compiled
def expected_tension(world: Numbers, rising: float, before: float, weeks: float) -> float:
    """Return the tension expected some weeks after penalties have come into force.

    Parameters
    ----------
    rising : float
        What `rise` says of the world.
    before : float
        Expected when they do.
    weeks : float
    """
    fade = LN2 / world.news_tension_half_life
    left = exp(-fade * 7.0 * weeks)
    settled = (rising + world.escalation_tension / 7.0) / fade
    return before * left + settled * (1.0 - left)


@compiled
def expected_at(world: Numbers, rising: float, day: float) -> float:
    """Return the tension expected on a day of the truce, if it rises as `rise` says."""
    fade = LN2 / world.news_tension_half_life
    left = exp(-fade * day)
    return first_tension(world) * left + rising / fade * (1.0 - left) + after_pause(world, day)

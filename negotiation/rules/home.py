"""At home: every package needs the support of the constituencies.

A group's support is a logit in the points the package brings it over its reservation; a
package is ratified when the weighted support, plus a surprise drawn once per negotiation,
reaches the threshold (Putnam 1988, doi:10.1017/S0020818300027697). A side without
constituencies ratifies everything.
"""

from __future__ import annotations

import math

from negotiation.compiling import compiled
from negotiation.payoffs.world import Numbers
from negotiation.records import Array
from negotiation.rules.state import State
from negotiation.solvers.choice import logit, part_below


@compiled
def group_support(world: Numbers, side: int, group: int, z: Array, worth: float = 0.0) -> float:
    """Return the support in [0, 1] that one constituency gives package ``z``.

    ``worth`` is what it is expected to bring the side where home fronts notice that, $bn a year.
    """
    # the share of its members who are for it, if their views scatter logistically around these
    # points
    points = world.talks_notice * worth - world.group_reservation[side, group]
    for k in range(int(world.n_issues)):
        points += world.group_stakes[side, group, k] * z[k]
    return logit(points)


@compiled
def support(world: Numbers, side: int, z: Array, worth: float = 0.0) -> float:
    """Return the weighted support in [0, 1] for ``z`` among the constituencies of ``side``."""
    total = weights = 0.0
    for group in range(int(world.n_groups[side])):
        weight = world.group_weight[side, group]
        total += weight * group_support(world, side, group, z, worth)
        weights += weight
    return total / weights if weights > 0.0 else 1.0


@compiled
def ratifies(talks: State, world: Numbers, side: int, z: Array, worth: float = 0.0) -> bool:
    """Return whether the constituencies of ``side`` let package ``z`` pass."""
    if world.n_groups[side] == 0.0:
        return True
    surprise = world.home_shock[side] * talks.home_shock[side]
    return support(world, side, z, worth) + surprise >= world.ratification[side]


@compiled
def weigh_package(talks: State, world: Numbers, side: int, z: Array, worth: float = 0.0) -> None:
    """Fill the surprise from which on ``z`` passes; infinite where nothing is left to surprise."""
    short = world.ratification[side] - support(world, side, z, worth)
    if world.home_shock[side] > 0.0:
        talks.scratch.home_bar[side] = short / world.home_shock[side]
    else:
        talks.scratch.home_bar[side] = -math.inf if short <= 0.0 else math.inf


@compiled
def chance_of_passing(talks: State, side: int) -> float:
    """Return the chance that the package just weighed passes at home, given earlier votes."""
    low, high = talks.home_low[side], talks.home_high[side]
    below, _ = part_below(low, high, talks.scratch.home_bar[side])
    return 1.0 - below


@compiled
def learn_from_vote(talks: State, side: int, passed: bool) -> None:
    """Narrow down the surprise at home, which is drawn once, from a vote on the package weighed."""
    # as a value of its distribution function, in which the surprise is uniform
    _, p = part_below(talks.home_low[side], talks.home_high[side], talks.scratch.home_bar[side])
    if passed:
        talks.home_low[side] = p
    else:
        talks.home_high[side] = p

"""The prepared summit: leaders meet once both will sign what their sherpas have written.

The sherpas write a text when the date has come, and a second one, knowing who has refused, if the
first finds no favour. The meeting is held if both leaders approve of the text and soundings at home
pass it; even then it may slip at the table. Without a text the leaders meet for the picture alone
if both like that. While penalties are in force, or if neither comes about, the meeting is put off
by a week as long as its window is open. Another one may follow so many days later.
"""

from __future__ import annotations

import math

import numpy as np

from negotiation import randomness as rnd
from negotiation.compiling import compiled
from negotiation.payoffs.world import Numbers
from negotiation.rules.beliefs import type_index
from negotiation.rules.drafting import strain
from negotiation.rules.state import LAPSE, WAR, State
from negotiation.solvers.choice import part_below
from negotiation.solvers.exponential import logistic

TEXTS = 2  # that the sherpas try
WEEK = 7.0


@compiled
def summit_due(talks: State, world: Numbers) -> bool:
    """Return whether the leaders' date falls in this tick."""
    return talks.summit_day < talks.day + world.clock_tick_days


@compiled
def feasible(talks: State, world: Numbers) -> bool:
    """Return whether nothing outside the talks prevents the meeting."""
    return rnd.uniform(talks.key, rnd.SUMMIT_DATE + np.uint64(1)) < world.summit_feasible


@compiled
def signs(talks: State, side: int) -> bool:
    """Return whether the leader of ``side`` signs the text that it has weighed."""
    return talks.sign_shock[side] >= talks.scratch.bar[type_index(talks, side)]


@compiled
def chance_of_signing(talks: State, side: int) -> float:
    """Return the chance that the leader of ``side`` signs, given its type.

    Given what it has refused so far as well: the second text comes after the first.
    """
    n = type_index(talks, side)
    below, _ = part_below(talks.sign_low[side, n], talks.sign_high[side, n], talks.scratch.bar[n])
    return 1.0 - below


@compiled
def penalties(talks: State) -> bool:
    """Return whether the truce is broken, so that nobody travels."""
    return talks.regime == WAR or talks.regime == LAPSE


@compiled
def picture(talks: State, world: Numbers, side: int) -> float:
    """Return what a meeting without a text is worth to the leader, times its precision."""
    gain = world.summit_value[side] - world.summit_empty_cost - strain(talks, world)
    return world.precision[side] * gain


@compiled
def poses(talks: State, world: Numbers, side: int) -> bool:
    """Return whether the leader of ``side`` comes to a meeting without a text."""
    return picture(talks, world, side) + talks.attend_shock[side] >= 0.0


@compiled
def chance_of_posing(talks: State, world: Numbers, side: int) -> float:
    """Return the chance of that."""
    return logistic(picture(talks, world, side))


@compiled
def slips(talks: State, world: Numbers) -> bool:
    """Return whether a text that both had approved is not signed after all."""
    slot = rnd.MEETING + np.uint64(talks.meetings)
    return rnd.uniform(talks.key, slot) < world.summit_slip


@compiled
def put_off(talks: State) -> bool:
    """Put the meeting off by a week; False if its window closes before."""
    if talks.summit_day + WEEK > talks.summit_until:
        return False
    talks.summit_day += WEEK
    return True


@compiled
def plan_next(talks: State, world: Numbers) -> None:
    """Set the date of the meeting that may follow the one that was due."""
    day, width = talks.summit_day + world.summit_again_days, world.day_summit_to
    width -= world.day_summit_from
    talks.summit_day = talks.summit_from = talks.summit_until = math.inf
    if world.summit_again_days > 0.0 and day <= world.day_horizon:
        talks.summit_day = talks.summit_from = day
        talks.summit_until = day + width

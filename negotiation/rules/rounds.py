"""Phase 3, talks: when the delegations meet.

At regular dates a round falls every so many days. At random ones rounds are a Poisson process
with the same mean distance, and ``1 + rush`` times as many in the ten days before a binding date,
the end of the truce or the first day of the summit's window. Each distance is one exponential
draw, spent day by day at the rate of the day: a change of the rate moves a date by as much as it
should, and none by a jump. While penalties are in force nothing is spent.
"""

from __future__ import annotations

import math

import numpy as np

from negotiation import randomness as rnd
from negotiation.compiling import compiled
from negotiation.payoffs.world import DRAFTS, RANDOM, Numbers
from negotiation.rules.state import TRUCE, WORKING_DEAL, State
from negotiation.solvers.exponential import log

BEFORE = 10.0  # days before a binding date in which rounds are more frequent


@compiled
def in_session(talks: State, world: Numbers) -> bool:
    """Return whether the delegations talk: about a draft also on what a deal has left open."""
    if world.talks_contract == DRAFTS:
        return talks.regime == TRUCE or (
            talks.regime >= WORKING_DEAL and talks.settled < world.n_issues
        )
    return talks.regime == TRUCE and talks.agreed == 0


@compiled
def talks_due(talks: State, world: Numbers) -> bool:
    """Return whether a round of talks falls in this tick."""
    if not in_session(talks, world):
        return False
    if world.talks_dates == RANDOM:
        return spend(talks, world)
    day = talks.turn * world.talks_every_days
    return day < talks.day + world.clock_tick_days and day <= world.day_horizon


@compiled
def round_day(talks: State, world: Numbers) -> float:
    """Return the day of the round of talks that is due, or going on."""
    day = talks.round_at if world.talks_dates == RANDOM else talks.turn * world.talks_every_days
    return max(talks.day, day)


@compiled
def skip_missed_rounds(talks: State, world: Numbers) -> None:
    """Let the rounds pass that fell before this tick while nobody was talking."""
    if world.talks_dates == RANDOM:
        # what is left of the last tick, behind a deadline, has not been spent
        if not in_session(talks, world):
            talks.spent_to = talks.day + world.clock_tick_days
        return
    # a round that nobody held is not made up for
    while (talks.turn + 1) * world.talks_every_days <= talks.day:
        talks.turn += 1


@compiled
def open_rounds(talks: State) -> None:
    """Put the first round on the first day."""
    talks.until_round = talks.spent_to = talks.round_at = 0.0


@compiled
def draw_next(talks: State, world: Numbers) -> None:
    """Draw how long it is to the next round, in mean distances; the present one is over."""
    if world.talks_dates != RANDOM:
        return
    u = rnd.uniform(talks.key, rnd.ROUND + np.uint64(talks.turn))
    talks.until_round = -log(u)


@compiled
def rate(talks: State, world: Numbers, day: float) -> tuple[float, float]:
    """Return the rounds a day after ``day``, and until when the rate stays so."""
    per_day, until = 1.0 / world.talks_every_days, math.inf
    for which in range(2):
        date = talks.expiry if which == 0 else talks.summit_from
        if which == 0 and talks.regime != TRUCE:
            continue
        if date - BEFORE > day:
            until = min(until, date - BEFORE)
        elif date > day:
            until = min(until, date)
            per_day = (1.0 + world.talks_rush) / world.talks_every_days
    return per_day, until


@compiled
def spend(talks: State, world: Numbers) -> bool:
    """Go on to the next round in this tick; False if there is none before a date that binds."""
    end = min(talks.day + world.clock_tick_days, world.day_horizon)
    # rounds after a date that falls in this tick wait for what it brings
    if talks.regime == TRUCE and talks.expiry < end:
        end = talks.expiry
    if talks.summit_day < end:
        end = talks.summit_day
    while talks.spent_to < end:
        per_day, until = rate(talks, world, talks.spent_to)
        stop = min(until, end)
        if talks.until_round <= per_day * (stop - talks.spent_to):
            talks.spent_to += talks.until_round / per_day
            talks.until_round, talks.round_at = 0.0, talks.spent_to
            return True
        talks.until_round -= per_day * (stop - talks.spent_to)
        talks.spent_to = stop
    return False

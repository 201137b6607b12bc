"""Phase 2, provocation and retaliation: unilateral steps between meetings.

Occasions for a step (an entity listing, a new control, a port fee) come at a rate per year;
a side takes one with the logit probability of its gain, which grows with its stance and
falls with the answer it must expect. The other side answers or absorbs it.
"""

from __future__ import annotations

import numpy as np

from negotiation import randomness as rnd
from negotiation.compiling import compiled, inlined
from negotiation.payoffs.tension import answer_probability, gain_of_step, step_rate
from negotiation.payoffs.types import TYPES, stance_of
from negotiation.payoffs.world import Numbers
from negotiation.rules.beliefs import normalise
from negotiation.rules.state import State
from negotiation.solvers.exponential import exp


@compiled
def set_rates(talks: State, world: Numbers) -> None:
    """Fill the chances of a tick without a step, by side and stance, and of an answer to one."""
    for side in range(2):
        talks.answer[side] = answer_probability(world, side)
        for s in range(3):
            talks.quiet[side, s] = 1.0
            if world.provocation_rate[side] > 0.0:
                rate = step_rate(world, side, gain_of_step(world, side, s))
                # no event of a Poisson process: the chance of a step does not depend on how time is
                # cut
                talks.quiet[side, s] = exp(-rate * world.clock_tick_days)


@inlined
def provokes(talks: State, side: int) -> bool:
    """Return whether ``side`` takes a unilateral step in this tick."""
    u = rnd.uniform(talks.key, rnd.PROVOKE + np.uint64(2 * talks.tick + side))
    return u < chance_of_step(talks, side)


@inlined
def chance_of_step(talks: State, side: int) -> float:
    """Return the chance that ``side`` takes a unilateral step in this tick, given its stance."""
    return 1.0 - talks.quiet[side, talks.stance[side]]


@inlined
def learn_from_step(talks: State, side: int, acts: bool) -> None:
    """Update the beliefs about ``side`` from a tick with a step of it or without one."""
    for n in range(TYPES):
        quiet = talks.quiet[side, stance_of(n)]
        talks.beliefs[side, n] *= 1.0 - quiet if acts else quiet
    normalise(talks, side)


@compiled
def answers(talks: State, side: int) -> bool:
    """Return whether ``side`` answers the step just taken against it."""
    u = rnd.uniform(talks.key, rnd.RESPOND + np.uint64(2 * talks.tick + side))
    return u < talks.answer[side]


@compiled
def take_step(talks: State, world: Numbers, side: int, answered: bool) -> None:
    """Book a step by ``side`` and, if there was one, the answer to it."""
    talks.provocations[side] += 1
    talks.account[1 - side] -= world.provocation_damage
    talks.tension += 1.0
    if answered:
        talks.retaliations[1 - side] += 1
        talks.account[side] -= world.provocation_damage
        talks.tension += 1.0

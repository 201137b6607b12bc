"""Phase 3, talks: whether the standing offer is taken.

The logit rule with a persistent shock: side i of type n accepts the first offer z with

    lambda (G_n(z) - threshold_n) + shock >= 0,    G_n(z) >= reservation,
    threshold_n = max(wait * next own aspiration, reservation).

Over the logistic shock that is acceptance with probability
1 / (1 + exp(-lambda (G - threshold))), once: the same offer repeated is refused again.
"""

from __future__ import annotations

import math

from negotiation.compiling import compiled
from negotiation.payoffs.stakes import Stakes
from negotiation.payoffs.types import SLOTS, TYPES, six_of
from negotiation.payoffs.world import DRAFTS, Numbers
from negotiation.rules.aspirations import between
from negotiation.rules.beliefs import type_index
from negotiation.rules.drafting import carried_by, deadlines_after, discount
from negotiation.rules.offers import inside_mandates
from negotiation.rules.state import State
from negotiation.rules.texts import all_ready
from negotiation.rules.worth import put_together, split
from negotiation.solvers.choice import part_below


@compiled
def fill_bars(talks: State, world: Numbers, side: int, share: float, wait: float) -> None:
    """Write into ``scratch.bar`` the shock from which on each type accepts the package last split.

    ``share`` is what it will hold out for next, ``wait`` the discount factor until then.
    """
    floor, precision = world.reservation[side], world.precision[side]
    fixed, per_stance = talks.scratch.parts[side, 0], talks.scratch.parts[side, 1]
    per_trait, per_trait2 = talks.scratch.parts[side, 2], talks.scratch.parts[side, 3]
    for n in range(SLOTS):
        # for every type, not the true one alone: the beliefs need the chance under each
        b, t = talks.type_stance[side, n], talks.type_trait[side, n]
        value = put_together(fixed, per_stance, per_trait, per_trait2, b, t)
        own_next = wait * between(floor, talks.ideal[side, n], share)
        x = precision * (max(own_next, floor) - value)
        # no shock makes a side sign below its reservation
        talks.scratch.bar[n] = x if value >= floor else math.inf


@compiled
def fill_bars_beside_drafts(
    talks: State, world: Numbers, stakes: Stakes, side: int, share: float
) -> None:
    """Write into ``scratch.bar`` the same where drafts are signed.

    Whoever takes an offer has its package on the own table too, and so gives away what its issues
    carry of the leaders' meeting. One whose texts are ready and that is within mandates is signed
    at once, and saves the deadlines to come.
    """
    z, floor, precision = talks.offer[1 - side], world.reservation[side], world.precision[side]
    at_once = 0.0
    if all_ready(talks, world, z):
        at_once = 1.0 if inside_mandates(world, z) else world.talks_full_powers
    at_once *= deadlines_after(talks, world, stakes, talks.clock)
    carried = carried_by(world, stakes, z) * discount(talks, world, side, talks.clock)
    parts = talks.scratch.parts
    for n in range(SLOTS):
        talks.scratch.bar[n] = math.inf
        if n < TYPES:
            m = six_of(n)
            b, t = talks.type_stance[side, n], talks.type_trait[side, n]
            value = put_together(
                parts[side, 0], parts[side, 1], parts[side, 2], parts[side, 3], b, t
            )
            own_next = talks.wait[side] * between(floor, talks.ideal[side, n], share)
            value += at_once * stakes.deadline.cost[side, m]
            waits = floor + carried * max(stakes.prospect.meeting[side, m], 0.0)
            if value >= floor:
                talks.scratch.bar[n] = precision * (max(own_next, waits) - value)


@compiled
def accepts(talks: State, side: int) -> bool:
    """Return whether ``side`` takes the offer that it has weighed."""
    return talks.accept_shock[side] >= talks.scratch.bar[type_index(talks, side)]


@compiled
def chance_of_accepting(talks: State, side: int) -> float:
    """Return the chance that ``side`` takes the offer that it has weighed, given its type.

    Given its answers so far as well: one that has refused as good an offer refuses this one.
    """
    n = type_index(talks, side)
    below, _ = part_below(
        talks.accept_low[side, n], talks.accept_high[side, n], talks.scratch.bar[n]
    )
    return 1.0 - below


@compiled
def weigh_offer(talks: State, world: Numbers, stakes: Stakes, side: int, share: float) -> None:
    """Fill ``scratch.bar`` for the other's standing offer; ``side`` will hold out for ``share``."""
    split(talks, world, stakes, side, talks.offer[1 - side])
    if world.talks_contract == DRAFTS:
        fill_bars_beside_drafts(talks, world, stakes, side, share)
        return
    fill_bars(talks, world, side, share, talks.wait[side])

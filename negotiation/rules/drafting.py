"""What a text is worth to whoever may sign it, and the text that is most likely to be signed.

To type m of side i signing package z is worth, in $bn over not signing it,

    delegation:  U = G_m(z) - r - cost beyond the offer + D_m - what is taken from the prospect,
    leader:      U = G_m(z) - r - cost beyond the offer + D_m + summit_value - strain,

with r the reservation and D what the deadlines still to come are expected to cost: a deal saves
that. The cost beyond the offer is that of :mod:`negotiation.solvers.draft_problem`, with the
leader's authority or the delegation's leeway. A delegation's signature takes the issues it settles
from what the leaders' meeting promises: patience ^ (years to the meeting) times that by type times
the share that the issues carry. Either signs with the logit chance of U, over a shock that is drawn
once, so asking again wears nobody down.
"""

from __future__ import annotations

import math

import numpy as np

from negotiation.compiling import compiled
from negotiation.payoffs.stakes import Stakes
from negotiation.payoffs.types import SIX, SLOTS, TYPES, ordinary, six_of
from negotiation.payoffs.world import Numbers
from negotiation.rules.beliefs import type_index
from negotiation.rules.offers import full_powers
from negotiation.rules.reference import reference_loss_rate, tariff_points
from negotiation.rules.state import TRUCE, US, State
from negotiation.solvers.draft import draft
from negotiation.solvers.draft_objective import value
from negotiation.solvers.exponential import power

MENTIONED = 0.02  # share conceded from which on an issue is part of a draft
HOPELESS = 0.03  # expected chance of a signature below which nobody tables a text
PRIZE = 0.1  # of a draft that all would sign, see solvers/draft.py
LEAST = 0.01  # $bn of authority or leeway: nearly none
BELIEVED_ELSE = 0.1  # change of a belief that is worth another draft


@compiled
def pose(talks: State, world: Numbers, stakes: Stakes) -> None:
    """Write what does not change from one draft to the next, but for a signature in between."""
    p, n = talks.problem, int(world.n_issues)
    p.issues, p.links = n, int(world.n_links)
    p.prize, p.notice = PRIZE, world.talks_notice
    for m in range(p.links):
        p.first[m], p.second[m] = int(world.link_first[m]), int(world.link_second[m])
        p.link[m] = world.link_value[m]
    for k in range(n):
        p.giver[k], p.reach[k] = int(world.conceded_by[k]), talks.reach[k]
    for side in range(2):
        p.precision[side], p.agreement[side] = world.precision[side], talks.agreement[side]
        p.threshold[side], p.shock[side] = world.ratification[side], world.home_shock[side]
        p.groups[side] = int(world.n_groups[side])
        p.loss[side] = reference_loss_rate(world) if side == US else 0.0
        p.room[side] = talks.room
        for k in range(n):
            p.alpha[side, k] = stakes.alpha[side, k] + talks.pull[k]
            p.beta[side, k], p.tau[side, k] = stakes.beta[side, k], stakes.tau[side, k]
            p.cross[side, k] = stakes.cross[side, k]
            p.bend_alpha[side, k] = stakes.bend_alpha[side, k]
            p.bend_beta[side, k] = stakes.bend_beta[side, k]
            p.bend_tau[side, k] = stakes.bend_tau[side, k]
            p.fall[side, k] = tariff_points(world, k) if side == US else 0.0
        for m in range(SIX):
            p.stance[side, m] = talks.type_stance[side, ordinary(m)]
            p.trait[side, m] = talks.type_trait[side, ordinary(m)]
        for g in range(p.groups[side]):
            p.weight[side, g] = world.group_weight[side, g]
            p.reservation[side, g] = world.group_reservation[side, g]
            for k in range(n):
                p.points[side, g, k] = world.group_stakes[side, g, k]


@compiled
def pose_anew(talks: State, world: Numbers) -> None:
    """Write what may have changed: beliefs, which texts are ready, what has been offered."""
    p = talks.problem
    for k in range(p.issues):
        p.ready[k], p.offered[k] = talks.ready[k], talks.offered[k]
    for side in range(2):
        for m in range(SIX):
            p.belief[side, m] = belief_in(talks, side, m)


@compiled
def belief_in(talks: State, side: int, m: int) -> float:
    """Return the belief in a stance and a trait, whatever the resolve."""
    return talks.beliefs[side, ordinary(m)] + talks.beliefs[side, ordinary(m) + 1]


@compiled
def deadlines_after(talks: State, world: Numbers, stakes: Stakes, day: float) -> float:
    """Return how many deadlines of the truce a deal on ``day`` would save.

    Those after the first it saves only if there would not have been a deal by then anyway.
    """
    if talks.regime != TRUCE or talks.expiry > world.day_horizon:
        return 0.0
    first = talks.expiry
    if first < day:
        first += math.ceil((day - first) / world.extension_days) * world.extension_days
    later = math.floor((world.day_horizon - first) / world.extension_days)
    return 1.0 + later * (1.0 - stakes.prospect.signed) if later >= 0.0 else 0.0


@compiled
def discount(talks: State, world: Numbers, side: int, day: float) -> float:
    """Return what $1bn at the leaders' meeting is worth to ``side`` on ``day``; 0 without one.

    A truce that ends before takes the meeting with it.
    """
    if not (day <= talks.summit_until < math.inf):
        return 0.0
    left = 0.5 * (max(talks.summit_from, day) + talks.summit_until) - day
    kept = power(world.patience[side], max(left, 0.0) / 365.0)
    if talks.regime == TRUCE and day <= talks.expiry < talks.summit_until:
        kept *= 1.0 - talks.truce_ends
    return kept


@compiled
def worth_a_draft(talks: State, new: int) -> bool:
    """Return whether a draft may come out unlike the last: a text is new, or what is believed."""
    if talks.turn == 0:  # one side has not yet said what it wants
        return False
    if new > 0 or talks.drafted_on < 0.0:
        return True
    for side in range(2):
        for m in range(SIX):
            if abs(belief_in(talks, side, m) - talks.drafted_for[side, m]) > BELIEVED_ELSE:
                return True
    return False


@compiled
def draft_of_delegations(talks: State, world: Numbers, stakes: Stakes, day: float) -> bool:
    """Write the delegations' draft of the texts that are ready; False if there is nothing in it."""
    p = talks.problem
    pose_anew(talks, world)
    free, carried = full_powers(talks, world), 0.0
    deadlines = deadlines_after(talks, world, stakes, day)
    for k in range(p.issues):
        p.mandate[k] = 1.0 if free else world.mandate[k]
        if p.ready[k] > 0.0 and min(p.reach[k], p.mandate[k]) > 0.0:
            carried += stakes.prospect.of_issue[k]
    for side in range(2):
        p.authority[side] = max(world.leeway[side], LEAST)
        later = carried * discount(talks, world, side, day)
        for m in range(SIX):
            p.aside[side, m] = deadlines * stakes.deadline.cost[side, m] - world.reservation[side]
            p.aside[side, m] -= later * stakes.prospect.meeting[side, m]
            talks.drafted_for[side, m] = p.belief[side, m]
    talks.drafted_on, talks.carried = day, carried
    return write_draft(talks)


@compiled
def draft_of_leaders(
    talks: State, world: Numbers, stakes: Stakes, strain: float, day: float
) -> bool:
    """Write the sherpas' draft for their leaders; False if there is nothing in it."""
    p, talks.carried = talks.problem, 0.0
    for k in range(p.issues):
        p.mandate[k] = 1.0
    deadlines = deadlines_after(talks, world, stakes, day)
    for side in range(2):
        p.authority[side] = max(world.authority[side], LEAST)
        meeting = world.summit_value[side] - strain - world.reservation[side]
        for m in range(SIX):
            p.aside[side, m] = meeting + deadlines * stakes.deadline.cost[side, m]
    return write_draft(talks)


@compiled
def strain(talks: State, world: Numbers) -> float:
    """Return what tension costs a leader who meets or signs, $bn; under penalties nobody does."""
    cost: float = world.summit_tension_cost * talks.tension
    return cost


@compiled
def write_draft(talks: State) -> bool:
    """Write the draft that has been posed; False if nothing is in it, or no hope of a signature."""
    work = talks.drafting
    if not draft(talks.problem, work, talks.drafted == 1, False):
        talks.unsettled += 1
    talks.drafted = 1
    issues = dropped = 0
    for k in range(talks.problem.issues):
        if work.package[k] >= MENTIONED:
            issues += 1
        elif work.package[k] > 0.0:
            work.package[k] = 0.0
            dropped += 1
    if issues > 0 and dropped > 0:
        value(talks.problem, work, work.package)
    return issues > 0 and min(signed_by(talks, 0), signed_by(talks, 1)) >= HOPELESS


@compiled
def signed_by(talks: State, side: int) -> float:
    """Return the chance that ``side`` signs the draft, whatever its type."""
    chance = 0.0
    for m in range(SIX):
        chance += talks.problem.belief[side, m] * talks.drafting.signs[side, m]
    return chance


@compiled
def keep_text(talks: State) -> None:
    """Keep the text just written, to compare another with it."""
    for k in range(talks.problem.issues):
        talks.scratch.low_end[k] = talks.drafting.package[k]


@compiled
def another_text(talks: State) -> bool:
    """Return whether the text just written is another than the one kept."""
    change = 0.0
    for k in range(talks.problem.issues):
        change = max(change, abs(talks.drafting.package[k] - talks.scratch.low_end[k]))
    return change >= MENTIONED


@compiled
def book(talks: State, world: Numbers, stakes: Stakes, day: float) -> None:
    """Book what signing the draft is worth to both sides as they are."""
    for side in range(2):
        m = six_of(type_index(talks, side))
        later = talks.carried * discount(talks, world, side, day)
        # what would have come later is no cost, once it is known that it does not
        talks.realised[side] += talks.drafting.log_odds[side, m] / world.precision[side]
        talks.realised[side] += later * stakes.prospect.meeting[side, m]


@compiled
def weigh_signature(talks: State, side: int) -> None:
    """Fill ``scratch.bar``, the shock from which on each type of ``side`` signs the draft."""
    for n in range(SLOTS):
        talks.scratch.bar[n] = -talks.drafting.log_odds[side, six_of(n)] if n < TYPES else 0.0


@compiled
def carried_by(world: Numbers, stakes: Stakes, z: np.ndarray) -> float:
    """Return the share of what a meeting promises that the issues of ``z`` carry."""
    share = 0.0
    for k in range(int(world.n_issues)):
        if z[k] > 0.0:
            share += stakes.prospect.of_issue[k]
    return share

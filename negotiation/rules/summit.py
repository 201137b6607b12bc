"""Phase 5, the summit: one date, two leaders, the last standing offers.

The leaders look for the frontier package at which both have come the same share of the way
from the other side's standing offer to their own (Kalai and Smorodinsky's idea between the
two offers); a draft that the delegations agreed on is taken as it stands; either is moved along
the frontier if a home front is not expected to pass it. They meet if what
the meeting would deliver is worth the tension it is held under, and sign what both find
worth more than walking away, with their own authority added to the delegations' room.
A package that one of them refuses, or one side's constituencies would, may still be
signed in part.
"""

from __future__ import annotations

import numpy as np

from negotiation import randomness as rnd
from negotiation.compiling import compiled
from negotiation.payoffs.stakes import Stakes
from negotiation.payoffs.world import DRAFTS, Numbers
from negotiation.records import Array
from negotiation.rules.beliefs import normalise, type_index
from negotiation.rules.compliance import sign_in
from negotiation.rules.frontier import expected_value, package_at
from negotiation.rules.frontier_search import search
from negotiation.rules.home import support
from negotiation.rules.state import CHINA, SUMMIT_DEAL, TRUCE, US, WAR, WORKING_DEAL, State
from negotiation.rules.types import SLOTS
from negotiation.rules.worth import put_together, refresh_expectations, split
from negotiation.solvers.choice import part_below
from negotiation.solvers.exponential import logistic

EVEN = 0.5  # weight of the other side that is looked at first
HOME_STEPS = 12  # how finely the frontier is searched for what passes at home
FULL, PARTIAL = 0, 1


@compiled
def summit_due(talks: State, world: Numbers) -> bool:
    """Return whether the summit's date falls in this tick and there is something left to settle."""
    if world.talks_contract == DRAFTS:
        return talks.summit_day < talks.day + world.clock_tick_days
    if talks.regime == WORKING_DEAL or talks.regime == SUMMIT_DEAL:
        return False
    return talks.day <= talks.summit_day < talks.day + world.clock_tick_days


@compiled
def draft_package(talks: State, world: Numbers, stakes: Stakes) -> None:
    """Write the package the leaders start from into ``talks.package``."""
    refresh_expectations(talks, world, stakes)
    if talks.agreed > 0:
        for k in range(int(world.n_issues)):
            talks.package[k] = talks.draft[k]
        maker = talks.agreed - 1
        heed_home(talks, world, talks.weight[US] if maker == US else 1.0 - talks.weight[CHINA])
        return
    us_own = expected_value(talks, world, US, talks.offer[US])
    us_other = expected_value(talks, world, US, talks.offer[CHINA])
    china_own = expected_value(talks, world, CHINA, talks.offer[CHINA])
    china_other = expected_value(talks, world, CHINA, talks.offer[US])
    # offers that already meet leave no way to go; the quotients stay finite
    us_way, china_way = max(us_own - us_other, 1e-9), max(china_own - china_other, 1e-9)
    # the lead of the US, a sum of what both get, is zero where they have come as far
    us, china = 1.0 / us_way, -1.0 / china_way
    beyond = us * (talks.agreement[US] - us_other)
    beyond += china * (talks.agreement[CHINA] - china_other)
    weight, _ = search(talks, world, US, us, china, beyond, EVEN, talks.package)
    heed_home(talks, world, weight)


@compiled
def heed_home(talks: State, world: Numbers, weight: float) -> None:
    """Move ``talks.package`` along the frontier to the nearest that is expected to pass at home.

    The side whose home front is harder to win is given more (Schelling 1960, *The Strategy of
    Conflict*, ch. 2); where no package passes on both sides the leaders keep the one they had.
    """
    if passes(talks, world, talks.package):
        return
    for step in range(1, HOME_STEPS + 1):
        # outwards from where the leaders stand, first towards what China likes better
        for way in range(2):
            moved = weight + (step if way == 0 else -step) / HOME_STEPS
            if 0.0 <= moved <= 1.0:
                package_at(talks, world, US, moved, talks.scratch.low_end)
                if passes(talks, world, talks.scratch.low_end):
                    for k in range(int(world.n_issues)):
                        talks.package[k] = talks.scratch.low_end[k]
                    return


@compiled
def passes(talks: State, world: Numbers, z: Array) -> bool:
    """Return whether both home fronts are expected to let package ``z`` pass."""
    for side in range(2):
        if world.n_groups[side] > 0.0 and support(world, side, z) < world.ratification[side]:
            return False
    return True


@compiled
def burden(talks: State, world: Numbers) -> float:
    """Return what tension and open hostilities cost a leader who meets or signs, $bn."""
    cost = world.summit_tension_cost * talks.tension
    return cost + world.summit_war_cost if talks.regime != TRUCE else cost


@compiled
def fill_deliverable(talks: State, world: Numbers, stakes: Stakes, side: int) -> None:
    """Write into ``scratch.of_type`` what the package is worth to a leader over walking away.

    By type, its authority included, $bn per year.
    """
    split(talks, world, stakes, side, talks.package)
    fixed = talks.scratch.parts[side, 0] + world.authority[side] - world.reservation[side]
    per_stance, per_trait = talks.scratch.parts[side, 1], talks.scratch.parts[side, 2]
    per_trait2 = talks.scratch.parts[side, 3]
    for n in range(SLOTS):
        b, t = talks.type_stance[side, n], talks.type_trait[side, n]
        talks.scratch.of_type[n] = put_together(fixed, per_stance, per_trait, per_trait2, b, t)


@compiled
def feasible(talks: State, world: Numbers) -> bool:
    """Return whether nothing outside the talks prevents the meeting."""
    return rnd.uniform(talks.key, rnd.SUMMIT_DATE + np.uint64(1)) < world.summit_feasible


@compiled
def prospect(talks: State, world: Numbers, side: int) -> float:
    """Return what the meeting promises the leader of ``side``, times its precision."""
    outside = world.summit_value[side] - burden(talks, world)
    deal = max(talks.scratch.of_type[type_index(talks, side)], 0.0)
    return world.precision[side] * (deal + outside)


@compiled
def attends(talks: State, world: Numbers, side: int) -> bool:
    """Return whether the leader of ``side`` wants the meeting that it has weighed."""
    return prospect(talks, world, side) + talks.attend_shock[side] >= 0.0


@compiled
def chance_of_attending(talks: State, world: Numbers, side: int) -> float:
    """Return the chance that the leader of ``side`` wants the meeting, given its type."""
    return logistic(prospect(talks, world, side))


@compiled
def learn_from_attendance(talks: State, world: Numbers, side: int, comes: bool) -> None:
    """Update the beliefs about ``side`` from whether its leader wants the meeting."""
    outside, precision = world.summit_value[side] - burden(talks, world), world.precision[side]
    for n in range(SLOTS):
        deal = talks.scratch.of_type[n]
        # a deal that is not worth signing is not signed, so it does not keep a leader away
        chance = logistic(precision * ((deal if deal > 0.0 else 0.0) + outside))
        talks.beliefs[side, n] *= chance if comes else 1.0 - chance
    normalise(talks, side)


@compiled
def signs(talks: State, side: int) -> bool:
    """Return whether the leader of ``side`` signs the package that it has weighed."""
    return talks.sign_shock[side] >= talks.scratch.bar[type_index(talks, side)]


@compiled
def chance_of_signing(talks: State, side: int) -> float:
    """Return the chance that the leader of ``side`` signs, given its type.

    Given what it has refused so far as well: the smaller package comes after the whole one.
    """
    n = type_index(talks, side)
    below, _ = part_below(talks.sign_low[side, n], talks.sign_high[side, n], talks.scratch.bar[n])
    return 1.0 - below


@compiled
def weigh_signature(talks: State, world: Numbers, stakes: Stakes, side: int) -> None:
    """Fill ``scratch.bar`` for the package on the table, as the leader of ``side`` weighs it."""
    fill_deliverable(talks, world, stakes, side)
    tension, precision = world.summit_tension_cost * talks.tension, world.precision[side]
    for n in range(SLOTS):
        talks.scratch.bar[n] = -precision * (talks.scratch.of_type[n] - tension)


@compiled
def make_partial(talks: State, world: Numbers) -> None:
    """Scale the package on the table down to a partial one."""
    for k in range(int(world.n_issues)):
        talks.package[k] *= world.summit_partial


@compiled
def conclude(
    talks: State, world: Numbers, stakes: Stakes, z: Array, regime: int, part: int, day: float
) -> None:
    """Sign ``z`` on a day of this tick: a deal is in force."""
    if talks.regime == WAR:
        talks.wars_ended += 1
    talks.regime = max(talks.regime, regime)
    if regime == SUMMIT_DEAL:
        talks.summit_deals += 1
    else:
        talks.working_deals += 1
    if part == PARTIAL:
        talks.partial_deals += 1
    talks.deal_day = day
    sign_in(talks, world, stakes, z)


@compiled
def end_without_deal(talks: State, world: Numbers) -> None:
    """Leave the summit without a signature."""
    talks.summit_failed = 1
    for k in range(int(world.n_issues)):
        talks.package[k] = 0.0

"""What has been signed is the floor: it is settled, brings what it brings, and talks go on.

A deal by drafts holds the issues that were ready. They are settled for its term, and the
delegations and leaders go on about the others; a later deal adds to it. Through links the settled
issues go on working: an open one is worth more, or less, with what has been signed. When the term
is over the deal ends, and the truce with it: a decision date like any other.
"""

from __future__ import annotations

import math

from negotiation.compiling import compiled
from negotiation.payoffs.stakes import Stakes
from negotiation.payoffs.world import Numbers
from negotiation.records import Array
from negotiation.rules.compliance import sign_in
from negotiation.rules.drafting import pose
from negotiation.rules.reference import tariff_points
from negotiation.rules.state import SUMMIT_DEAL, TRUCE, WORKING_DEAL, State
from negotiation.rules.worth import ideal_gains
from negotiation.scenario import MAX_ISSUES


@compiled
def nothing_settled(talks: State, world: Numbers) -> None:
    """Open the whole agenda."""
    talks.settled, talks.deal_ends = 0, math.inf
    talks.room = max(100.0 * (world.tariffs_us_truce - world.tariffs_us_reference), 0.0)
    for k in range(MAX_ISSUES):
        talks.reach[k] = talks.cap[k] = world.reach[k]
        talks.pull[k] = 0.0
    for side in range(2):
        talks.agreement[side] = world.agreement_value[side]


@compiled
def conclude(
    talks: State, world: Numbers, stakes: Stakes, z: Array, regime: int, day: float
) -> None:
    """Put what is signed on a day of this tick in force."""
    talks.regime = max(talks.regime, regime)
    if regime == SUMMIT_DEAL:
        talks.summit_deals += 1
    else:
        talks.working_deals += 1
    talks.deal_day = day
    sign_in(talks, world, stakes, z)


@compiled
def sign(talks: State, world: Numbers, stakes: Stakes, z: Array, regime: int, day: float) -> None:
    """Sign package ``z`` of open issues: what it holds is settled."""
    for k in range(int(world.n_issues)):
        talks.package[k] += z[k]
    conclude(talks, world, stakes, z, regime, day)
    talks.deal_ends, talks.agreed = day + world.deal_days, 0
    for side in range(2):
        talks.agreement[side] = 0.0
    for k in range(int(world.n_issues)):
        if z[k] > 0.0:
            talks.settled += 1
            talks.room -= tariff_points(world, k) * z[k]
            talks.reach[k] = talks.cap[k] = talks.pull[k] = 0.0
    for m in range(int(world.n_links)):
        i, j, value = int(world.link_first[m]), int(world.link_second[m]), world.link_value[m]
        if z[i] > 0.0 and talks.reach[j] > 0.0:
            talks.pull[j] += value * z[i]
        if z[j] > 0.0 and talks.reach[i] > 0.0:
            talks.pull[i] += value * z[j]
    ideal_gains(talks, world, stakes)
    pose(talks, world, stakes)


@compiled
def term_over(talks: State, world: Numbers) -> bool:
    """Return whether the term of a deal ends in this tick."""
    return talks.regime >= WORKING_DEAL and (
        talks.deal_ends < talks.day + world.clock_tick_days and talks.deal_ends <= world.day_horizon
    )


@compiled
def end_term(talks: State, world: Numbers, stakes: Stakes) -> None:
    """End the deal: what was signed is void, and whether the truce goes on is to be decided."""
    talks.regime, talks.expiry = TRUCE, talks.deal_ends
    void(talks, world, stakes)


@compiled
def void(talks: State, world: Numbers, stakes: Stakes) -> None:
    """Take everything signed out of force."""
    talks.deal_deficit = 0.0
    for side in range(2):
        talks.yearly_gain[side] = 0.0
    for k in range(MAX_ISSUES):
        talks.package[k] = 0.0
    nothing_settled(talks, world)
    ideal_gains(talks, world, stakes)
    pose(talks, world, stakes)

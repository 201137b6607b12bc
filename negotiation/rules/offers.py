"""Phase 3, talks: what a side holds out for, and the package it offers.

A strategy sets the share ``s`` of the way from the reservation value to the ideal that a
side still holds out for; the offer is the package on the perceived frontier worth that much
to it. What gives its type away is the tone: the other side reads, with an error, how much the
offer costs the side that makes it. Rounds of talks are dates of the scenario, not ticks, so
cutting time finer adds no offers. Sides take turns; the US opens.
"""

from __future__ import annotations

import numpy as np

from negotiation import randomness as rnd
from negotiation.compiling import compiled
from negotiation.payoffs.stakes import Stakes
from negotiation.payoffs.types import SLOTS, TYPES, stance_of, trait_of
from negotiation.payoffs.world import Numbers
from negotiation.records import Array
from negotiation.rules.aspirations import between, public_ideal
from negotiation.rules.beliefs import normalise, type_index
from negotiation.rules.different_offers import note_offer
from negotiation.rules.frontier import expected_value
from negotiation.rules.frontier_search import offer_worth
from negotiation.rules.reading import note_reading
from negotiation.rules.state import State
from negotiation.rules.worth import split, worth_to_type
from negotiation.scenario import MAX_ISSUES
from negotiation.solvers.exponential import exp

UNSTATED_ERROR = 0.1  # share of the way of the side read, a guess


@compiled
def proposer(talks: State) -> int:
    """Return the side whose turn it is to offer."""
    return talks.turn % 2


@compiled
def aspiration(talks: State, world: Numbers, side: int) -> float:
    """Return the gain, $bn per year, that an offer of ``side`` is expected to be worth to it."""
    return world.reservation[side] + talks.held[side] * public_ideal(talks, world, side)


@compiled
def cap_offer(talks: State, world: Numbers, side: int, full: bool) -> None:
    """Let ``side`` offer no more than its mandate of what it concedes itself.

    Where drafts are signed: what is put on the table there counts against whoever goes beyond it.
    """
    for k in range(int(world.n_issues)):
        talks.cap[k] = talks.reach[k]
        if world.conceded_by[k] == side and not full:
            talks.cap[k] = min(talks.reach[k], world.mandate[k])


@compiled
def look_for_package(talks: State, world: Numbers, side: int) -> None:
    """Offer the package of the perceived frontier that is worth the share held."""
    talks.aspiration[side] = aspiration(talks, world, side)
    offer_worth(talks, world, side, talks.aspiration[side], talks.offer[side])


@compiled
def take_package(talks: State, world: Numbers, side: int, package: Array) -> None:
    """Offer ``package``: the share held is what the other side expects it to be worth."""
    for k in range(MAX_ISSUES):
        talks.offer[side, k] = min(package[k], talks.reach[k])
    worth = expected_value(talks, world, side, talks.offer[side])
    way = public_ideal(talks, world, side)
    asked = (worth - world.reservation[side]) / way if way > 0.0 else 0.0
    talks.held[side] = min(max(asked, 0.0), 1.0)
    talks.aspiration[side] = worth


@compiled
def count_offer(talks: State, world: Numbers, side: int) -> None:
    """Count the offer that ``side`` has just made, and whether it is a new one."""
    talks.offers_made[side] += 1
    note_offer(talks, world, side)


@compiled
def reading_error(world: Numbers, way: float) -> float:
    """Return the error of a reading, $bn per year, of a side whose expected way is ``way``."""
    stated = world.talks_reading_error
    return stated if stated > 0.0 else UNSTATED_ERROR * way


@compiled
def read_offer(talks: State, world: Numbers, side: int) -> None:
    """Update the beliefs about ``side`` from how much it seems to have given up so far.

    The reader sees the concession, in $bn per year of the side's own ideal, with a normal
    error; it knows what each type would have conceded by now, so the likelihood is exact.
    """
    way = public_ideal(talks, world, side)
    error = reading_error(world, way)
    if error <= 0.0:  # there is nothing to give up, and so nothing to read
        return
    given = 1.0 - talks.held[side]
    floor = world.reservation[side]
    own = between(0.0, talks.ideal[side, type_index(talks, side)] - floor, given)
    seen = own + error * rnd.normal(talks.key, rnd.READING + np.uint64(2 * talks.turn))
    for n in range(SLOTS):
        z = (seen - between(0.0, talks.ideal[side, n] - floor, given)) / error
        # a reading far off must not rule all types out by underflow
        talks.beliefs[side, n] *= exp(-0.5 * z * z) + 1e-300
    if way > 0.0 and world.asks_conceded[1 - side]:
        note_reading(talks, 1 - side, seen / way, error / way)
    normalise(talks, side)


@compiled
def within_mandates(talks: State, world: Numbers, z: Array) -> bool:
    """Return whether both delegations may sign ``z`` without their leaders."""
    return full_powers(talks, world) or inside_mandates(world, z)


@compiled
def full_powers(talks: State, world: Numbers) -> bool:
    """Return whether the delegations may sign anything, in every round or in none."""
    # one address for the whole run
    return rnd.uniform(talks.key, rnd.POWERS) < world.talks_full_powers


@compiled
def inside_mandates(world: Numbers, z: Array) -> bool:
    """Return whether no issue of ``z`` goes beyond what a delegation without full powers may."""
    inside = True
    for k in range(int(world.n_issues)):
        inside = inside and not beyond_mandate(world, z, k)
    return inside


@compiled
def beyond_mandate(world: Numbers, z: Array, k: int) -> bool:
    """Return whether issue ``k`` of ``z`` is more than a delegation may concede."""
    # an offer at its mandate may exceed it by rounding
    return bool(z[k] > world.mandate[k] + 1e-12)


@compiled
def weigh_own_offer(talks: State, world: Numbers, stakes: Stakes, side: int) -> None:
    """Split the accepted offer of ``side`` into what it is worth to each of its types."""
    split(talks, world, stakes, side, talks.offer[side])


@compiled
def stands_by(talks: State, world: Numbers, side: int) -> bool:
    """Return whether ``side`` stands by its accepted offer: it must beat its reservation value."""
    own = worth_to_type(talks, side, talks.stance[side], talks.trait[side])
    return own >= world.reservation[side]


@compiled
def learn_from_standing(talks: State, world: Numbers, side: int, stands: bool) -> None:
    """Rule out the types of ``side`` that would not have done the same with the accepted offer."""
    for n in range(TYPES):
        value = worth_to_type(talks, side, stance_of(n), trait_of(n))
        # standing by an offer has no noise, so a type either would have done the same or is ruled
        # out
        if (value >= world.reservation[side]) != stands:
            talks.beliefs[side, n] = 0.0
    normalise(talks, side)


@compiled
def park_draft(talks: State, world: Numbers, side: int) -> None:
    """Keep an offer of ``side`` that both have said yes to and nobody could sign, to be seen."""
    talks.agreed = 1 + side
    for k in range(int(world.n_issues)):
        talks.draft[k] = talks.offer[side, k]

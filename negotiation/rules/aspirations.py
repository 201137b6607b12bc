"""What a strategy holds out for: a share of the way from the reservation value to the ideal.

Strategies differ only here. A share is a function of public things (time, what the other
side has been read to concede, beliefs), never of the own private type: the type enters
through what the share is worth to it. That keeps the other side's inference exact. Here stands
what a strategy may ask for; its rule is a function of that in :mod:`negotiation.tactics`, which
is called by its address.
"""

from __future__ import annotations

import math

import numpy as np

from negotiation import randomness as rnd
from negotiation.compiling import compiled, inlined
from negotiation.payoffs.types import SLOTS, STANCES, TRAITS, type_of
from negotiation.payoffs.world import DRAFTS, Numbers
from negotiation.rules.addresses import share_at
from negotiation.rules.frontier import expected_value, package_at
from negotiation.rules.state import TRUCE, State
from negotiation.solvers.choice import logit
from negotiation.solvers.exponential import power
from negotiation.solvers.sums import total
from negotiation.tactics import facts
from negotiation.tactics.facts import STEP

CANDIDATES = 12  # shares among which the Bayesian strategy chooses


@compiled
def between(floor: float, top: float, share: float) -> float:
    """Return the gain ``share`` of the way from ``floor`` to ``top``, or ``floor`` if that is more.

    With a type's ideal on top what it holds out for, with what a package still to come is worth to
    it what it would rather wait for.

    Examples
    --------
    >>> between(1.0, 5.0, 0.5), between(1.0, 0.0, 0.5)
    (3.0, 1.0)
    """
    way = top - floor
    return floor + share * (way if way > 0.0 else 0.0)


@inlined
def elapsed(talks: State, world: Numbers, ahead: int) -> float:
    """Return the share of the time for talks that has passed ``ahead`` rounds from now."""
    if world.talks_contract == DRAFTS:
        today = talks.clock + ahead * world.talks_every_days
        return min(today / talks.clock_end, 1.0) if talks.clock_end > 0.0 else 1.0
    return min((talks.turn + ahead) * world.talks_every_days / world.day_horizon, 1.0)


@compiled
def last_day(talks: State, world: Numbers) -> float:
    """Return when the talks are over if the truce holds: at the next summit, or at the horizon.

    The summit is expected in the middle of what is left of its window.
    """
    if talks.clock <= talks.summit_until < math.inf:
        return 0.5 * (max(talks.summit_from, talks.clock) + talks.summit_until)
    return world.day_horizon


@inlined
def share_of(talks: State, world: Numbers, side: int, ahead: int) -> float:
    """Return the share that ``side`` holds out for, by its rule, ``ahead`` rounds from now."""
    if world.talks_contract == DRAFTS:
        return share_by_dates(talks, world, side, ahead)
    return share_by_rule(talks, world, side, ahead)


@compiled
def share_by_dates(talks: State, world: Numbers, side: int, ahead: int) -> float:
    """Return the share held out for while the talks may end at either of two dates.

    What the rule says of each date, weighted with the chance that it is the end: the next expiry
    of the truce with the chance that it is not extended, else the leaders' date or the horizon.
    """
    last, weight = last_day(talks, world), chance_of_early_end(talks, world)
    soon = 0.0
    if weight > 0.0:
        talks.clock_end = talks.expiry
        soon = share_by_rule(talks, world, side, ahead)
    talks.clock_end = last
    later = share_by_rule(talks, world, side, ahead)
    return later + weight * (soon - later)


@compiled
def chance_of_early_end(talks: State, world: Numbers) -> float:
    """Return the chance that talks end at the next expiry of the truce, where that comes first."""
    comes_first = talks.regime == TRUCE and talks.expiry < last_day(talks, world)
    return talks.truce_ends if comes_first else 0.0


@inlined
def share_by_rule(talks: State, world: Numbers, side: int, ahead: int) -> float:
    """Return what the rule of ``side`` says to hold out for.

    Of a strategy without a compiled rule, what has been put there.
    """
    address = int(world.share_rule[side])
    if address == 0:
        return talks.held[side]
    arguments = int(world.share_arguments[side])
    for k in range(arguments):
        what = int(world.share_inputs[side, k])
        if what < 0:  # one of its settings
            talks.scratch.given[k] = world.settings[side, -1 - what]
        else:
            talks.scratch.given[k] = fact(talks, world, side, ahead, what)
    share = share_at(address, arguments, talks.scratch.given)
    return max(share, 0.0) if share < 1.0 else 1.0  # also what is no number: an index is made of it


@inlined
def share_next(talks: State, world: Numbers, side: int) -> float:
    """Return the share that ``side`` expects to hold out for when it is next to offer."""
    return talks.held[side] if world.waits[side] else share_of(talks, world, side, 1)


@inlined
def revise_share(talks: State, world: Numbers, side: int) -> None:
    """Set ``talks.held[side]``, the share that ``side`` holds out for in the offer it now makes."""
    if world.revises[side] or talks.offers_made[side] == 0:
        hold_out_for(talks, world, side, share_of(talks, world, side, 0))


@inlined
def hold_out_for(talks: State, world: Numbers, side: int, share: float) -> None:
    """Set ``talks.held[side]`` for the offer that ``side`` now makes.

    A draft is written with what has been put on the table: that is not taken back.
    """
    if world.talks_contract == DRAFTS and talks.offers_made[side] > 0:
        share = min(share, talks.held[side])
    talks.held[side] = share


@inlined
def fact(talks: State, world: Numbers, side: int, ahead: int, what: int) -> float:
    """Return what ``side`` may know of the talks, by its number in ``tactics.facts``."""
    # nearly every rule asks the time, and most nothing else
    return elapsed(talks, world, ahead) if what == facts.TIME else look_up(talks, world, side, what)


@compiled
def look_up(talks: State, world: Numbers, side: int, what: int) -> float:
    """Return what ``side`` may know of the talks besides the time."""
    other = 1 - side
    if what == facts.CONCEDED:
        return talks.conceded[side]
    if what == facts.CONCEDED_BEFORE:
        return talks.conceded_before[side]
    if what == facts.CONCEDED_LONG_AGO:
        return talks.conceded_long_ago[side]
    if what == facts.HELD:
        return talks.held[side]
    if what == facts.OFFERS_MADE or what == facts.OFFERS_RECEIVED:
        return float(talks.offers_made[side if what == facts.OFFERS_MADE else other])
    if what == facts.DIFFERENT_MADE or what == facts.DIFFERENT_RECEIVED:
        return float(talks.different[side, side if what == facts.DIFFERENT_MADE else other])
    if what == facts.PATIENCE_OWN or what == facts.PATIENCE_OTHER:
        return per_round(world, side if what == facts.PATIENCE_OWN else other)
    if what == facts.PRECISION_OTHER:
        return world.precision[other]
    if what == facts.ROOM or what == facts.ROOM_OF_OTHER:
        return public_ideal(talks, world, side if what == facts.ROOM else other)
    if what == facts.RISK or what == facts.RISK_OF_OTHER:
        return risk(talks, world, side if what == facts.RISK else other)
    if what == facts.FAIR_SHARE:
        return fair_share(talks, world, side)
    if what == facts.BEST_REPLY:
        return best_reply(talks, world, side)
    return tactical_luck(talks.key, talks.turn, side)


@compiled
def tactical_luck(key: np.uint64, turn: int, side: int) -> float:
    """Return the draw in (0, 1) that ``side`` may use in round ``turn``."""
    return rnd.uniform(key, rnd.TACTIC + np.uint64(2 * turn + side))


@compiled
def risk(talks: State, world: Numbers, side: int) -> float:
    """Return the largest chance of conflict that ``side`` would bear rather than concede."""
    own = expected_value(talks, world, side, talks.offer[side])
    other = expected_value(talks, world, side, talks.offer[1 - side])
    room = own - world.reservation[side]
    return max(own - other, 0.0) / room if room > 0.0 else 1.0


@compiled
def per_round(world: Numbers, side: int) -> float:
    """Return the discount factor of ``side`` from one round of talks to the next."""
    return power(world.patience[side], world.talks_every_days / 365.0)


@compiled
def fair_share(talks: State, world: Numbers, side: int) -> float:
    """Return the share at the package that maximises the Nash product of the expected gains."""
    best, share = -1.0, 0.5
    top = public_ideal(talks, world, side)
    for step in range(41):
        package_at(talks, world, side, step / 40.0, talks.scratch.low_end)
        own = expected_value(talks, world, side, talks.scratch.low_end) - world.reservation[side]
        other = (
            expected_value(talks, world, 1 - side, talks.scratch.low_end)
            - world.reservation[1 - side]
        )
        if own > 0.0 and other > 0.0 and own * other > best:
            best = own * other
            share = own / top if top > 0.0 else 0.5
    return share


@compiled
def public_ideal(talks: State, world: Numbers, side: int) -> float:
    """Return the expected distance of ``side`` from its reservation value to its ideal."""
    floor = world.reservation[side]
    for n in range(SLOTS):
        way = talks.ideal[side, n] - floor
        talks.scratch.of_type[n] = talks.beliefs[side, n] * (way if way > 0.0 else 0.0)
    return total(talks.scratch.of_type)


@compiled
def best_reply(talks: State, world: Numbers, side: int) -> float:
    """Return the share with the largest expected value if refusal means waiting a round.

    The other side of type n is expected to take a package worth y to it with the logit
    probability of y over what it holds out for; y falls as the own share rises, along the
    chord between the two ends of the public frontier.
    """
    other = 1 - side
    package_at(talks, world, side, 0.0, talks.scratch.low_end)
    package_at(talks, world, side, 1.0, talks.scratch.high_end)
    worst = expected_value(talks, world, other, talks.scratch.low_end)
    best = expected_value(talks, world, other, talks.scratch.high_end)
    wait = per_round(world, side) * (1.0 - STEP)
    floor = world.reservation[other]
    top, chosen = -1.0, talks.held[side]
    for c in range(CANDIDATES + 1):
        share = talks.held[side] * c / CANDIDATES
        value = best + share * (worst - best)
        chance = 0.0
        for stance in range(STANCES):
            for trait in range(TRAITS):
                n = type_of(stance, trait, 0)
                belief = talks.beliefs[other, n] + talks.beliefs[other, type_of(stance, trait, 1)]
                asked = between(floor, talks.ideal[other, n], talks.held[other])
                if value > floor:
                    chance += belief * logit(world.precision[other] * (value - asked))
        left = 1.0 - elapsed(talks, world, 1)
        expected = chance * share + (1.0 - chance) * wait * talks.held[side] * left
        if expected >= top:
            top, chosen = expected, share
    return chosen

"""What a strategy holds out for: a share of the way from the reservation value to the ideal.

Strategies differ only here. A share is a function of public things (time, what the other
side has been read to concede, beliefs), never of the own private type: the type enters
through what the share is worth to it. That keeps the other side's inference exact. The
arithmetic is in :mod:`negotiation.rules.tactics`.
"""

from __future__ import annotations

import math

import numpy as np

from negotiation import randomness as rnd
from negotiation.compiling import compiled
from negotiation.payoffs.world import PLUG_IN, Numbers
from negotiation.rules import tactics
from negotiation.rules.addresses import share_at
from negotiation.rules.frontier import expected_value, package_at
from negotiation.rules.state import State
from negotiation.rules.types import SLOTS, STANCES, TRAITS, type_of
from negotiation.solvers.choice import logit
from negotiation.solvers.sums import total

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


@compiled
def elapsed(talks: State, world: Numbers, ahead: int) -> float:
    """Return the share of the time for talks that has passed ``ahead`` rounds from now."""
    return min((talks.turn + ahead) * world.talks_every_days / time_for_talks(world), 1.0)


@compiled
def time_for_talks(world: Numbers) -> float:
    """Return the days for talks: to the middle of the summit's window, else to the horizon."""
    if world.day_summit_from < math.inf:
        return 0.5 * (world.day_summit_from + world.day_summit_to)
    return world.day_horizon


@compiled
def plug_in_share(talks: State, world: Numbers, side: int, ahead: int) -> float:
    """Return the share that a plug-in holds out for ``ahead`` rounds from now.

    What its compiled function says if it has one, else what has been put there.
    """
    address = int(world.plug_in[side])
    if address == 0:
        return talks.held[side]
    time, held = elapsed(talks, world, ahead), talks.held[side]
    own, other = per_round(world, side), per_round(world, 1 - side)
    return share_at(address, time, talks.conceded[side], held, own, other)


@compiled
def share_next(talks: State, world: Numbers, side: int) -> float:
    """Return the share that ``side`` expects to hold out for when it is next to offer."""
    strategy = int(world.strategy[side])
    if strategy == PLUG_IN:
        return min(max(plug_in_share(talks, world, side, 1), 0.0), 1.0)
    if strategy <= tactics.CONCEDER or strategy == tactics.EXPONENTIAL:
        return tactics.by_time(strategy, elapsed(talks, world, 1))
    if strategy == tactics.RUBINSTEIN:
        return equilibrium_offer(talks, world, side)
    if strategy == tactics.MICRO:
        return max(match_offers(talks, side), 0.0)
    if strategy == tactics.LEARNED:
        return min(max(learned_share(talks, world, side, 1), 0.0), 1.0)
    return talks.held[side]


@compiled
def revise_share(talks: State, world: Numbers, side: int) -> None:
    """Set ``talks.held[side]``, the share that ``side`` holds out for in the offer it now makes."""
    strategy = int(world.strategy[side])
    held = talks.held[side]
    if strategy == PLUG_IN:
        held = plug_in_share(talks, world, side, 0)
    elif strategy <= tactics.CONCEDER or strategy == tactics.EXPONENTIAL:
        held = tactics.by_time(strategy, elapsed(talks, world, 0))
    elif strategy == tactics.TIT_FOR_TAT:
        held = tactics.mirrored(talks.conceded[side])
    elif strategy == tactics.RANDOM_TIT_FOR_TAT:
        luck = tactical_luck(talks.key, talks.turn, side)
        held = tactics.mirrored_step(held, talks.conceded[side], talks.conceded_before[side], luck)
    elif strategy == tactics.AVERAGED_TIT_FOR_TAT:
        held = tactics.mirrored_ratio(held, talks.conceded[side], talks.conceded_long_ago[side])
    elif strategy == tactics.ZEUTHEN:
        if talks.offers_made[0] > 0 and talks.offers_made[1] > 0:
            held = tactics.zeuthen(held, risk(talks, world, side), risk(talks, world, 1 - side))
    elif strategy == tactics.MICRO:
        held = match_offers(talks, side)
    elif strategy == tactics.RUBINSTEIN:
        held = equilibrium_offer(talks, world, side)
    elif strategy == tactics.NASH_FAIR:
        if talks.offers_made[side] == 0:
            held = fair_share(talks, world, side)
    elif strategy == tactics.OBSTINATE:
        held = tactics.STUBBORN_SHARE
    elif strategy == tactics.BAYESIAN:
        held = best_reply(talks, world, side)
    elif strategy == tactics.LEARNED:
        held = learned_share(talks, world, side, 0)
    talks.held[side] = min(max(held, 0.0), 1.0)


@compiled
def match_offers(talks: State, side: int) -> float:
    """Return MiCRO's share: a step less if the other has made as many different offers."""
    made = tactics.different(talks.steps_asked[side])
    received = tactics.different(talks.steps_asked[1 - side])
    return tactics.micro(talks.held[side], made, received)


@compiled
def learned_share(talks: State, world: Numbers, side: int, ahead: int) -> float:
    """Return the share of the learned strategy ``ahead`` rounds from now."""
    p, time = world.learned[side], elapsed(talks, world, ahead)
    return tactics.learned(time, talks.conceded[side], p[0], p[1], p[2], p[3])


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
    return world.patience[side] ** (world.talks_every_days / 365.0)


@compiled
def equilibrium_offer(talks: State, world: Numbers, side: int) -> float:
    """Return Rubinstein's share for the proposer, less the sweetener."""
    share = tactics.proposer_share(per_round(world, side), per_round(world, 1 - side))
    way = public_ideal(talks, world, 1 - side)
    return max(share - tactics.sweetener(world.precision[1 - side], way), 0.0)


@compiled
def fair_share(talks: State, world: Numbers, side: int) -> float:
    """Return the share at the package that maximises the Nash product of the expected gains."""
    best, share = -1.0, 0.5
    top = public_ideal(talks, world, side)
    for step in range(41):
        package_at(talks, world, side, step / 40.0, talks.low_end)
        own = expected_value(talks, world, side, talks.low_end) - world.reservation[side]
        other = expected_value(talks, world, 1 - side, talks.low_end) - world.reservation[1 - side]
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
        talks.of_type[n] = talks.beliefs[side, n] * (way if way > 0.0 else 0.0)
    return total(talks.of_type)


@compiled
def best_reply(talks: State, world: Numbers, side: int) -> float:
    """Return the share with the largest expected value if refusal means waiting a round.

    The other side of type n is expected to take a package worth y to it with the logit
    probability of y over what it holds out for; y falls as the own share rises, along the
    chord between the two ends of the public frontier.
    """
    other = 1 - side
    package_at(talks, world, side, 0.0, talks.low_end)
    package_at(talks, world, side, 1.0, talks.high_end)
    worst = expected_value(talks, world, other, talks.low_end)
    best = expected_value(talks, world, other, talks.high_end)
    wait = per_round(world, side) * (1.0 - tactics.STEP)
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

"""Phase 3, talks: whether the standing offer is taken.

The logit rule with a persistent shock: side i of type n accepts the first offer z with

    lambda (G_n(z) - threshold_n) + shock >= 0,    G_n(z) >= reservation,
    threshold_n = max(wait * next own aspiration, continuation value, reservation).

The continuation value is what the leaders may still bring (:mod:`negotiation.rules.continuation`).
Over the logistic shock that is acceptance with probability
1 / (1 + exp(-lambda (G - threshold))), once: the same offer repeated is refused again.
"""

from __future__ import annotations

import math

from negotiation.compiling import compiled
from negotiation.rules.aspirations import share_next
from negotiation.rules.beliefs import normalise
from negotiation.rules.choice import part_below
from negotiation.rules.continuation import continuation_value, forecast_summit
from negotiation.rules.offers import between
from negotiation.rules.worth import split, worth_to_type


@compiled
def bar(talks, world, side, stance, trait, share, wait, summit):  # type: ignore[no-untyped-def]
    """Return the shock above which a type of ``side`` accepts the package last split.

    ``share`` is what it will hold out for next, ``wait`` the discount factor until then,
    ``summit`` the weight on the package expected there.
    """
    value = worth_to_type(talks, world, side, stance, trait)
    if value < world.reservation[side]:
        return math.inf
    own_next = wait * between(talks, world, side, stance, trait, share)
    # never below the reservation, where the continuation value begins
    threshold = max(own_next, continuation_value(talks, world, side, stance, trait, summit))
    return world.precision[side] * (threshold - value)


@compiled
def accepts(talks, world, stakes, side):  # type: ignore[no-untyped-def]
    """Return whether ``side`` takes the other's offer, and let the other learn from the answer."""
    split(talks, world, stakes, side, talks.offer[1 - side])
    share = share_next(talks, world, side)
    wait, summit = talks.wait[side], forecast_summit(talks, world, stakes, side)
    own = bar(talks, world, side, talks.stance[side], talks.trait[side], share, wait, summit)
    taken = talks.accept_shock[side] >= own
    for m in range(6):
        x = bar(talks, world, side, m // 2, m % 2, share, wait, summit)
        below, p = part_below(talks.accept_low[side, m], talks.accept_high[side, m], x)
        if taken:
            talks.accept_low[side, m] = p
        else:
            talks.accept_high[side, m] = p
        likelihood = 1.0 - below if taken else below
        talks.beliefs[side, 2 * m] *= likelihood
        talks.beliefs[side, 2 * m + 1] *= likelihood
    normalise(talks, side)
    return taken

"""Phase 3, talks: whether the standing offer is taken.

The logit rule with a persistent shock: side i of type n accepts the first offer z with

    lambda (G_n(z) - threshold_n) + shock >= 0,    G_n(z) >= reservation,

where the threshold is the larger of its next own aspiration (discounted for the wait), the
reservation, and what the other side's earlier offers already secured. Over the logistic
shock that is acceptance with probability 1 / (1 + exp(-lambda (G - threshold))), once: the
same offer repeated is refused again.
"""

from __future__ import annotations

import math

from negotiation.compiling import compiled
from negotiation.rules.aspirations import share_next
from negotiation.rules.beliefs import normalise
from negotiation.rules.choice import part_below
from negotiation.rules.offers import between
from negotiation.rules.worth import split, worth_to_type


@compiled
def bar(talks, world, side, stance, trait, share, wait):  # type: ignore[no-untyped-def]
    """Return the shock above which a type of ``side`` accepts the package last split.

    ``share`` is what it will hold out for next, ``wait`` the discount factor until then.
    """
    value = worth_to_type(talks, world, side, stance, trait)
    if value < world.reservation[side]:
        return math.inf
    threshold = max(
        wait * between(talks, world, side, stance, trait, share), world.reservation[side]
    )
    return world.precision[side] * (threshold - value)


@compiled
def accepts(talks, world, stakes, side):  # type: ignore[no-untyped-def]
    """Return whether ``side`` takes the other's offer, and let the other learn from the answer."""
    split(talks, world, stakes, side, talks.offer[1 - side])
    share = share_next(talks, world, side)
    wait = talks.wait[side]
    own = bar(talks, world, side, talks.stance[side], talks.trait[side], share, wait)
    taken = talks.accept_shock[side] >= own
    for m in range(6):
        x = bar(talks, world, side, m // 2, m % 2, share, wait)
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

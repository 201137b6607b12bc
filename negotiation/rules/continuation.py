"""Phase 3, talks: what refusing an offer is worth, because the leaders still have their date.

A side that refuses leaves both standing offers for the summit, where the leaders would settle
somewhere between them (:mod:`negotiation.rules.summit`). A delegation's forecast of their package
is halfway, issue by issue, without the leaders' search: once two offers are on the table the best
prediction of the contract is the point midway between them (Raiffa 1982, *The Art and Science of
Negotiation*, ch. 4, memory). To type n of a side with reservation r refusing is worth ``kappa
max(G_n(halfway) - r, 0)`` more than no agreement, with

    kappa = chance that the summit is held * patience ^ (years until it is expected).

An offer z that is taken is signed at once with chance s: 1 within both mandates, the chance of
full powers beyond them. Else it is the draft for the leaders, and waits for the same date. So
taking it is worth ``(s + (1 - s) kappa) (G_n(z) - r)``. The two are equal at the continuation
value, a gain that can be compared with that of an offer:

    C_n = r + weight max(G_n(halfway) - r, 0),    weight = kappa / (s + (1 - s) kappa).

Where an offer can be signed at once (s = 1), waiting counts in full: weight = kappa. Where it
can only go to the leaders (s = 0), both roads lead to the summit, and weight = 1. All of it
but the type is public: the chance of full powers is, their draw is not.
"""

from __future__ import annotations

import math

from negotiation.compiling import compiled
from negotiation.payoffs.stakes import Stakes
from negotiation.payoffs.world import Numbers
from negotiation.rules.offers import inside_mandates
from negotiation.rules.state import State
from negotiation.rules.worth import split_into
from negotiation.scenario import MAX_ISSUES


@compiled
def forecast_summit(talks: State, world: Numbers, stakes: Stakes, side: int) -> float:
    """Return the weight on the package halfway, and keep its worth in ``scratch.halfway``.

    ``side`` considers the other's standing offer. The weight is 0 where there is nothing to wait
    for: no summit, its date is past, or ``side`` has made no offer that could be split.
    """
    if talks.offers_made[side] == 0:
        return 0.0
    kappa = summit_discount(talks, world, side)
    if kappa <= 0.0:
        return 0.0
    for k in range(MAX_ISSUES):
        talks.scratch.tried[k] = 0.5 * (talks.offer[0, k] + talks.offer[1, k])
    split_into(talks, world, stakes, side, talks.scratch.tried, talks.scratch.halfway)
    # the chance of full powers, not their draw: the draw is not known at the table
    at_once = 1.0 if inside_mandates(world, talks.offer[1 - side]) else world.talks_full_powers
    return kappa / (at_once + (1.0 - at_once) * kappa)


@compiled
def summit_discount(talks: State, world: Numbers, side: int) -> float:
    """Return kappa, what $1bn signed at the summit is worth to ``side`` in this round.

    The date is uniform in its window, so it is expected in the middle of what is left of it.
    Whether it is past, everybody knows.
    """
    if not talks.day <= talks.summit_day < math.inf:
        return 0.0
    # the date of the round and not the start of the tick, so that the tick's length changes nothing
    today = talks.turn * world.talks_every_days
    left = 0.5 * (max(world.day_summit_from, today) + world.day_summit_to) - today
    return world.summit_feasible * world.patience[side] ** (max(left, 0.0) / 365.0)

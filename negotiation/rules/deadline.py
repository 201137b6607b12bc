"""Phase 4, the deadline: extension as a game of Chicken.

At an expiry each side extends or holds out. Two that extend keep the truce; a side that
holds out alone extracts a price; two that hold out lose what a lapse costs:

    ======== ==================== ===========================
    US, CN   extend               hold out
    ======== ==================== ===========================
    extend   0, 0                 -price - tension, +price
    hold out +price, -price - ... -lapse cost, -lapse cost
    ======== ==================== ===========================

Sides play the Bayesian logit equilibrium: each type's probability of holding out is a logit
response to the average of the other side's types, under the current beliefs, on the branch
that starts from indifference at precision zero.
"""

from __future__ import annotations

import numpy as np

from negotiation import randomness as rnd
from negotiation.compiling import compiled
from negotiation.payoffs.stakes import Stakes
from negotiation.payoffs.world import Numbers
from negotiation.rules.beliefs import normalise, of_pair
from negotiation.rules.escalation import begin_war
from negotiation.rules.lapse import lapse_cost
from negotiation.rules.state import DEAL, EXTENDED, LAPSE, LAPSED, PENDING, TRUCE, State
from negotiation.rules.types import PAIRS, STANCES, TYPES, pair_of, resolve_of, stance_of
from negotiation.solvers.bayesian_quantal_response import average_logit
from negotiation.solvers.type_game import MOST, responses, write_side

SHARPEST = 2000.0  # log-odds of the largest stake at which play is as good as a best response


@compiled
def deadline_due(talks: State, world: Numbers) -> bool:
    """Return whether the truce runs out in this tick."""
    soon = talks.expiry < talks.day + world.clock_tick_days and talks.expiry <= world.day_horizon
    return talks.regime == TRUCE and soon


@compiled
def due_day(talks: State) -> float:
    """Return the day on which the truce that is due runs out, in this tick."""
    return max(talks.expiry, talks.day)


@compiled
def prepare(talks: State, world: Numbers, stakes: Stakes) -> None:
    """Solve the deadline game under the beliefs; fills ``talks.hold_out`` by (stance, resolve)."""
    game = talks.scratch.game
    for side in range(2):
        price = world.deadline_price
        humiliation = world.tension_weight[side] * talks.tension
        for stance in range(STANCES):
            for resolve in range(2):
                m = pair_of(stance, resolve)
                talks.scratch.lure[side, m] = price
                talks.scratch.fear[side, m] = humiliation - lapse_cost(
                    talks, world, stakes, side, stance, resolve
                )
        p = talks.beliefs[side]
        share = (
            of_pair(p, 0, 0), of_pair(p, 0, 1), of_pair(p, 1, 0),
            of_pair(p, 1, 1), of_pair(p, 2, 0), of_pair(p, 2, 1),
        )  # fmt: skip
        precision = sharpness(talks, world, side)
        write_side(game, side, talks.scratch.lure[side], talks.scratch.fear[side], share, precision)
    x, y = average_logit(game)
    talks.hold_out_mean[0], talks.hold_out_mean[1] = x, y
    responses(game, 1.0, x, y)
    for side in range(2):
        for m in range(PAIRS):
            talks.hold_out[side, m] = game.chance[MOST * side + m]


@compiled
def sharpness(talks: State, world: Numbers, side: int) -> float:
    """Return the precision at which ``side`` plays the deadline, per $bn.

    Its own, but no sharper than what makes the largest stake ``SHARPEST`` in log-odds: beyond
    that play does not change visibly, and following its branch would take ever longer.
    """
    stake = 0.0
    for m in range(PAIRS):
        stake = max(stake, abs(talks.scratch.lure[side, m]))
        stake = max(stake, abs(talks.scratch.lure[side, m] + talks.scratch.fear[side, m]))
    return min(world.precision[side], SHARPEST / stake) if stake > 0.0 else world.precision[side]


@compiled
def holds_out(talks: State, side: int) -> bool:
    """Return whether ``side`` holds out."""
    u = rnd.uniform(talks.key, rnd.DEADLINE + np.uint64(4 * talks.deadlines + side))
    return u < chance_of_holding_out(talks, side)


@compiled
def chance_of_holding_out(talks: State, side: int) -> float:
    """Return the chance that ``side`` holds out at the deadline prepared, given its type."""
    return talks.hold_out[side, pair_of(talks.stance[side], talks.resolve[side])]


@compiled
def learn_from_deadline(talks: State, side: int, holds: bool) -> None:
    """Update the beliefs about ``side`` from whether it held out."""
    for n in range(TYPES):
        p = talks.hold_out[side, pair_of(stance_of(n), resolve_of(n))]
        talks.beliefs[side, n] *= p if holds else 1.0 - p
    normalise(talks, side)


@compiled
def expire(talks: State, world: Numbers, stakes: Stakes, us_holds: bool, china_holds: bool) -> None:
    """Apply the two choices: extend the truce at its price, or let it lapse."""
    slot = rnd.DEADLINE + np.uint64(4 * talks.deadlines)
    accident = rnd.uniform(talks.key, slot + np.uint64(2)) < world.deadline_accident
    first = talks.first_deadline == PENDING
    if accident or (us_holds and china_holds):
        talks.lapses += 1
        if first:
            talks.first_deadline = LAPSED
        if rnd.uniform(talks.key, slot + np.uint64(3)) < world.deadline_grace:
            talks.regime = LAPSE
        else:
            begin_war(talks, world, stakes, due_day(talks))
    else:
        talks.extensions += 1
        talks.expiry += world.extension_days
        if first:
            talks.first_deadline = EXTENDED
        if us_holds or china_holds:
            winner = 0 if us_holds else 1
            talks.account[winner] += world.deadline_price
            talks.account[1 - winner] -= world.deadline_price
    talks.deadlines += 1


@compiled
def note_deal(talks: State) -> None:
    """Record a deal signed before the first deadline."""
    if talks.first_deadline == PENDING:
        talks.first_deadline = DEAL

"""What a meeting of the leaders promises: the prospect that signing early or lapsing gives away.

Whether the leaders will sign, and what, hangs on how much text is ready by then, on what has been
put on the table, on tension, and on whether the delegations have full powers. The prospect is the
mean over a few nodes of these (4 for each world of many), at each of which the leaders' draft is
solved under present beliefs:

    meeting_im = mean of feasible (1 - slip) P(other signs) P(both pass at home) P(sign | m) U_im,
    signed = mean of feasible (1 - slip) P(both sign) P(both pass at home),

U being what signing is worth to type m over not signing. A deal that the delegations sign in
between takes the place of the leaders', so it is not counted on top.

In each direction the nodes are strata, in shuffled order and moved by a draw of the world's own: a
fixed lattice would be off by the same amount in every world. That makes the mean over worlds right
however few nodes there are.
"""

from __future__ import annotations

import math

import numpy as np

from negotiation import randomness as rnd
from negotiation.compiling import compiled
from negotiation.payoffs.foreseen import Foreseen, Prospect
from negotiation.payoffs.stakes import Stakes
from negotiation.payoffs.tension import after_pause, rise
from negotiation.payoffs.types import SIX
from negotiation.payoffs.world import Numbers
from negotiation.rules.aspirations import share_of
from negotiation.rules.drafting import draft_of_leaders, pose_anew, signed_by
from negotiation.rules.frontier_search import offer_worth
from negotiation.rules.news import LN2
from negotiation.rules.offers import aspiration, cap_offer
from negotiation.rules.state import State
from negotiation.rules.texts import pace, zeal_of
from negotiation.rules.worth import refresh_expectations
from negotiation.solvers.dispute_date import Date
from negotiation.solvers.dispute_problem import Dispute
from negotiation.solvers.exponential import exp, log, power

STEPS = 12  # at which effort until the meeting is added up
AGE = 1.2  # mean age of the last own offer, in mean distances of rounds: a side makes every other
POWERS, TENSION, OFFER = 20, 21, 22  # directions of the nodes, after one for each issue


@compiled
def prospect(
    talks: State, world: Numbers, stakes: Stakes, meeting: float, key: np.uint64, out: Prospect
) -> None:
    """Write what a meeting of the leaders on day ``meeting`` promises, as of now.

    Parameters
    ----------
    talks : State
        Read: the day, beliefs, effort so far, which texts are ready (before the first round that is
        not known), what has been offered, tension, what is settled.
    meeting : float
        Days since the scenario's first day.
    key : numpy.uint64
        Of the draws that move the nodes: the world's, so that nothing of a run is given away.
    out : Prospect
    """
    for side in range(2):
        for m in range(SIX):
            out.meeting[side, m] = 0.0
    for k in range(int(world.n_issues)):
        out.of_issue[k] = 0.0
    out.signed = 0.0
    clock, us_held, china_held = talks.clock, talks.held[0], talks.held[1]
    ready, offered = talks.ready, talks.offered  # what has been seen of them, which stays
    us_effort = effort_until(talks, world, 0, meeting)
    china_effort = effort_until(talks, world, 1, meeting)
    refresh_expectations(talks, world, stakes)
    pose_anew(talks, world)
    nodes, before = int(world.forecast_nodes), talks.unsettled
    for q in range(nodes):
        full = place(key, q, POWERS, nodes) < world.talks_full_powers
        for k in range(int(world.n_issues)):
            effort = china_effort if world.conceded_by[k] == 1 else us_effort
            talks.problem.ready[k] = ready[k]
            if ready[k] == 0.0:
                left = power(1.0 - pace(world, k), effort)
                if talks.turn == 0:
                    left *= 1.0 - world.ready[k]
                talks.problem.ready[k] = 1.0 if place(key, q, k, nodes) < 1.0 - left else 0.0
        for side in range(2):
            old = -AGE * log(1.0 - place(key, q, OFFER + side, nodes))
            day = max(meeting - old * world.talks_every_days, talks.clock)
            offer_on(talks, world, side, day, clock, full)
            for k in range(int(world.n_issues)):
                if world.conceded_by[k] == side:
                    talks.problem.offered[k] = max(offered[k], talks.scratch.high_end[k])
        strain = world.summit_tension_cost * tension_at(
            talks, world, meeting, place(key, q, TENSION, nodes)
        )
        # no node may hang on the one before, but on itself at the last look it may
        talks.drafted = int(out.looks > 0)
        for k in range(int(world.n_issues)):
            talks.drafting.package[k] = out.draft[q, k]
        talks.drafting.curved = out.curved[q]
        if draft_of_leaders(talks, world, stakes, strain, meeting):
            count_node(talks, world, out, nodes)
        for k in range(int(world.n_issues)):
            out.draft[q, k] = talks.drafting.package[k]
        out.curved[q] = talks.drafting.curved
    out.looks += 1
    out.unsettled += talks.unsettled - before
    talks.clock, talks.held[0], talks.held[1], talks.drafted = clock, us_held, china_held, 0
    share_out(world, out)


@compiled
def count_node(talks: State, world: Numbers, out: Prospect, nodes: int) -> None:
    """Add what the draft just written is worth, and how likely it is to be signed."""
    work, p = talks.drafting, talks.problem
    passes = work.passes[0] * work.passes[1] * world.summit_feasible * (1.0 - world.summit_slip)
    passes /= nodes
    us, china = signed_by(talks, 0), signed_by(talks, 1)
    for m in range(SIX):
        worth = work.log_odds[0, m] / world.precision[0]
        out.meeting[0, m] += passes * china * work.signs[0, m] * worth
        worth = work.log_odds[1, m] / world.precision[1]
        out.meeting[1, m] += passes * us * work.signs[1, m] * worth
    out.signed += passes * us * china
    for k in range(p.issues):
        z, joint = work.package[k], 0.0
        for side in range(2):
            joint += z * (work.expected[side, k] + 0.5 * work.bend[side, k] * z)
        out.of_issue[k] += passes * us * china * max(joint, 0.0)


@compiled
def share_out(world: Numbers, out: Prospect) -> None:
    """Make shares of what the issues bring."""
    whole = 0.0
    for k in range(int(world.n_issues)):
        whole += out.of_issue[k]
    for k in range(int(world.n_issues)):
        out.of_issue[k] = out.of_issue[k] / whole if whole > 0.0 else 0.0


@compiled
def place(key: np.uint64, node: int, direction: int, nodes: int) -> float:
    """Return where a node lies in a direction, in (0, 1): one node in each of ``nodes`` strata."""
    slot = rnd.FORECAST + np.uint64(4 * direction)
    # an odd step visits every stratum once, as their number is a power of two
    step = 1 + 2 * int(rnd.uniform(key, slot) * nodes / 2.0)
    first = int(rnd.uniform(key, slot + np.uint64(1)) * nodes)
    return ((step * node + first) % nodes + rnd.uniform(key, slot + np.uint64(2))) / nodes


@compiled
def share_on(talks: State, world: Numbers, side: int, day: float) -> float:
    """Return the share that ``side`` is expected to hold out for on ``day``."""
    talks.clock = day if world.revises[side] else 0.0
    if talks.offers_made[side] > 0 and not world.revises[side]:
        return talks.held[side]
    return min(share_of(talks, world, side, 0), 1.0)


@compiled
def effort_until(talks: State, world: Numbers, side: int, meeting: float) -> float:
    """Return the effort of ``side`` from now to the meeting, in fortnights."""
    now, days, effort = talks.clock, max(meeting - talks.clock, 0.0), 0.0
    for step in range(STEPS):
        day = now + days * (step + 0.5) / STEPS - AGE * world.talks_every_days
        # what it has put on the table by then; before its first offer that is nothing
        if day > 0.0:
            effort += zeal_of(world, share_on(talks, world, side, day)) * days / STEPS
        elif talks.offers_made[side] > 0 or world.talks_effort == 0.0:
            effort += zeal_of(world, talks.held[side]) * days / STEPS
    talks.clock = now
    return effort


@compiled
def offer_on(talks: State, world: Numbers, side: int, day: float, now: float, full: bool) -> None:
    """Write into ``scratch.high_end`` the offer that ``side`` is expected to have made by a day."""
    talks.held[side] = min(talks.held[side], share_on(talks, world, side, day))
    talks.clock = now
    cap_offer(talks, world, side, full)
    offer_worth(talks, world, side, aspiration(talks, world, side), talks.scratch.high_end)


@compiled
def tension_at(talks: State, world: Numbers, meeting: float, place: float) -> float:
    """Return a quantile of the tension on the day of the meeting.

    Incidents and steps come at a rate and decay, and friendly statements take some off, so that in
    the end tension has the mean rate times mean lifetime and half of that as its variance; about so
    has a gamma law of shape two.
    """
    events = rise(world)
    decay = LN2 / world.news_tension_half_life
    kept = exp(-decay * max(meeting - talks.day, 0.0))
    settled = (1.0 - kept) * events / decay * 0.5 * gamma_two(place)
    pause = after_pause(world, meeting) if talks.day < world.day_pause_ends else 0.0
    return talks.tension * kept + settled + pause


@compiled
def gamma_two(p: float) -> float:
    """Return the quantile of the gamma law of shape two and scale one, by Newton's method.

    Examples
    --------
    >>> round(gamma_two(0.5), 4)
    1.6783
    """
    # x - log(1 + x) = q is convex in x, and this start lies above the root
    q = -log(1.0 - p)
    x = q + math.sqrt(2.0 * q)
    for _ in range(6):
        x -= (x - log(1.0 + x) - q) * (1.0 + x) / x
    return x


@compiled
def foresee_dispute(world: Numbers, dispute: Dispute, date: Date, out: Foreseen) -> None:
    """Write how likely the next deadline ends the truce, and what that chance costs each type.

    As it was solved for the world. A deal saves a side the whole of what the date is worth to it,
    whichever its stance and trait.
    """
    us, china = dispute.prior[0], dispute.prior[1]
    agreed = date.even + date.asked[0] * (1.0 - china) * date.gives[1]
    agreed += date.asked[1] * (1.0 - us) * date.gives[0]
    out.ends = 1.0 - (1.0 - world.deadline_accident) * agreed
    for side in range(2):
        for m in range(SIX):
            out.cost[side, m] = max(-dispute.worth[side], 0.0)

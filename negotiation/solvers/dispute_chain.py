"""What penalties are worth, from their last week back to the deadline.

With X the worth of penalties at the start of a step, v that of a crisis meeting at its end and m
the chance of one,

    X = -weight cost - lost + discount ( (1 - m) X' + m v ),

for each player, rung and pair of beliefs, where v depends on what no truce is worth after the
meeting: X' of the next step, once China has decided on the cut of rare earths. Beyond the last step
penalties end at ``END_RATE`` a week.

China's choice of the cut is a logit in what it changes for China over its two types as they were
weighed at the start, so that it says nothing about its type.

All rungs and beliefs are worked out side by side, and the search for an answer begins where that of
the step behind it ended, so that two or three steps of Newton's method settle it.
"""

from __future__ import annotations

from negotiation.compiling import compiled, inlined
from negotiation.records import Array
from negotiation.solvers.dispute_date import (
    Date,
    Terms,
    after_refusal,
    answer,
    answers,
    between,
    meet,
    per_way,
    rises,
    scaled,
    step_of_answer,
    weigh_date,
)
from negotiation.solvers.dispute_problem import (
    CUT,
    FULL,
    KNOT,
    LANES,
    NODES,
    OUTBREAK,
    PART,
    PEAK,
    PLAYERS,
    RUNGS,
    STEPS,
    WEEKS,
    Dispute,
    Room,
    resolve_of_player,
    side_of_player,
)
from negotiation.solvers.exponential import logistic

END_RATE = 0.02  # a week, beyond two years: a constant far enough away to matter little
NEWTON = 6  # steps at most, two or three are usual; then the slower search that cannot fail
TOLERANCE = (
    1e-4  # log-odds that the last of these steps moves an answer; what is left is its square
)
LAST_WEEKS = float(WEEKS[-1])


@compiled
def solve_dispute(dispute: Dispute, room: Room) -> None:
    """Fill ``dispute.values[dispute.ahead]`` and ``dispute.cut[dispute.ahead]``.

    Parameters
    ----------
    dispute : record of ``DISPUTE``
        To ``unsettled`` the dates are added whose answers are not settled to ``TOLERANCE``.
    room : record of ``ROOM``
    """
    for lane in range(LANES):
        node = lane % NODES
        room.belief[0, lane] = belief_at(dispute.prior[0], node // 3)
        room.belief[1, lane] = belief_at(dispute.prior[1], node % 3)
        rung = lane // NODES
        for m in range(PLAYERS):
            side = side_of_player(m)
            week = dispute.cost[STEPS - 1, rung, side] / LAST_WEEKS
            room.now[m, lane] = -dispute.weight[side, resolve_of_player(m)] * week / END_RATE
    solve_back(dispute, room, STEPS)


@compiled
def solve_again(dispute: Dispute, room: Room) -> None:
    """Fill the same with a prospect to be lost, which there was not when it was solved just before.

    From the step on in which nothing is left of the prospect both are the same: that is copied.

    Parameters
    ----------
    dispute : record of ``DISPUTE``
        ``ahead`` is 1 now; but for that and what is ``lost`` it is as `solve_dispute` left it.
    room : record of ``ROOM``
        As `solve_dispute` left it.
    """
    for step in range(dispute.late, STEPS):
        for m in range(PLAYERS):
            for lane in range(LANES):
                dispute.values[1, step, m, lane] = dispute.values[0, step, m, lane]
        for node in range(NODES):
            dispute.cut[1, step, node] = dispute.cut[0, step, node]
    for m in range(PLAYERS):
        for lane in range(LANES):
            room.now[m, lane] = room.now_late[m, lane]
    for side in range(2):
        for lane in range(LANES):
            dispute.log_odds[side, lane] = room.odds_late[side, lane]
    solve_back(dispute, room, dispute.late)


@compiled
def solve_back(dispute: Dispute, room: Room, steps: int) -> None:
    """Solve the first ``steps`` steps from their end, where ``room.now`` is what comes then."""
    for back in range(steps):
        step = steps - 1 - back
        if step + 1 == dispute.late and dispute.ahead == 0:
            keep(dispute, room)
        fail(dispute, room, step)
        lay_out(dispute, room, step)
        search(dispute, room, step, step == STEPS - 1)
        weigh_dates(dispute, room, step)
        live_through(dispute, room, step)
    fail(dispute, room, OUTBREAK)


@compiled
def keep(dispute: Dispute, room: Room) -> None:
    """Keep where the solution stands, for `solve_again`."""
    for m in range(PLAYERS):
        for lane in range(LANES):
            room.now_late[m, lane] = room.now[m, lane]
    for side in range(2):
        for lane in range(LANES):
            room.odds_late[side, lane] = dispute.log_odds[side, lane]


@inlined
def belief_at(prior: float, place: int) -> float:
    """Return the belief at one of its three places.

    Examples
    --------
    >>> [belief_at(0.5, place) for place in range(3)]
    [0.5, 0.7, 1.0]
    """
    return prior if place == 0 else prior + KNOT * (1.0 - prior) if place == 1 else 1.0


@compiled
def fail(dispute: Dispute, room: Room, step: int) -> None:
    """Fill what no truce is worth after the failed date at the end of ``step``.

    After the deadline the outbreak decides on the rung, so there all rungs have one value.
    """
    p = dispute.prior[1]
    values, now = dispute.values[dispute.ahead, step], room.now
    for node in range(NODES):
        full, cut = FULL * NODES + node, CUT * NODES + node
        gain = (1.0 - p) * (now[2, cut] - now[2, full]) + p * (now[3, cut] - now[3, full])
        stake = (1.0 - p) * now[2, full] + p * now[3, full]
        chance = logistic(scaled(dispute.precision[1], dispute.noise, stake) * gain)
        dispute.cut[dispute.ahead, step, node] = chance
        for m in range(PLAYERS):
            part = now[m, PART * NODES + node]
            at_full = (1.0 - chance) * now[m, full] + chance * now[m, cut]
            peak = now[m, PEAK * NODES + node]
            if step == OUTBREAK:
                begins = dispute.part * part + dispute.peak * peak
                begins += (1.0 - dispute.part - dispute.peak) * at_full
                for rung in range(RUNGS):
                    values[m, rung * NODES + node] = (1.0 - dispute.quiet) * begins
            else:
                values[m, PART * NODES + node] = part
                values[m, full] = at_full
                values[m, cut] = now[m, cut]
                values[m, PEAK * NODES + node] = peak


@compiled
def lay_out(dispute: Dispute, room: Room, step: int) -> None:
    """Lay the values out lane by lane, at the three beliefs about either side."""
    values = dispute.values[dispute.ahead, step]
    for m in range(PLAYERS):
        for rung in range(RUNGS):
            base = rung * NODES
            for place in range(3):
                for i in range(3):
                    china = values[m, base + 3 * i + place]
                    for j in range(3):
                        room.about_us[place, m, base + 3 * i + j] = values[m, base + 3 * place + j]
                        room.about_china[place, m, base + 3 * i + j] = china


@compiled
def search(dispute: Dispute, room: Room, step: int, cold: bool) -> None:
    """Find the answers of all lanes, from those of the step behind."""
    for s in range(2):
        lines = room.about_us if s == 0 else room.about_china
        low, middle, high = lines[0, 2 * s], lines[1, 2 * s], lines[2, 2 * s]
        belief, x, off = room.belief[s], dispute.log_odds[s], room.off[s]
        prior, precision, noise = dispute.prior[s], dispute.precision[s], dispute.noise
        yes = -dispute.price[s] - dispute.audience_in[step, s]
        near, far, per = room.near, room.far, per_way(prior)
        for lane in range(LANES):
            near[lane], far[lane] = rises(prior, per, low[lane], middle[lane], high[lane])
        if cold:  # as if a refusal taught nothing
            for lane in range(LANES):
                w = between(belief[lane], prior, low[lane], middle[lane], high[lane])
                x[lane] = scaled(precision, noise, w) * (yes - w)
        for _ in range(NEWTON):
            improve(x, off, belief, prior, yes, precision, noise, low, near, far)
            if largest(off) < TOLERANCE:
                break
        for lane in range(LANES):
            if abs(off[lane]) < TOLERANCE:
                continue
            at = low[lane], middle[lane], high[lane]
            r = answer(belief[lane], prior, yes, precision, noise, at[0], at[1], at[2])
            w = between(after_refusal(belief[lane], r), prior, at[0], at[1], at[2])
            x[lane] = scaled(precision, noise, w) * (yes - w)
            gap, rise = step_of_answer(
                x[lane], belief[lane], prior, yes, precision, noise, at[0], near[lane], far[lane]
            )
            dispute.unsettled += int(abs(gap / rise) > TOLERANCE)


@compiled
def improve(
    x: Array, off: Array, belief: Array, prior: float, yes: float, precision: float, noise: float,
    low: Array, near: Array, far: Array,
) -> None:  # fmt: skip
    """Take one step of Newton's method in every lane.

    Each row by itself: of a table whose rows lie apart the compiler cannot know that the numbers in
    a row lie together, and takes one at a time.
    """
    for lane in range(LANES):
        gap, rise = step_of_answer(
            x[lane], belief[lane], prior, yes, precision, noise, low[lane], near[lane], far[lane]
        )
        off[lane] = gap / rise
        x[lane] -= off[lane]


@compiled
def largest(off: Array) -> float:
    """Return the largest absolute value."""
    most = 0.0
    for lane in range(LANES):
        most = max(most, abs(off[lane]))
    return most


@compiled
def weigh_dates(dispute: Dispute, room: Room, step: int) -> None:
    """Fill what a crisis meeting at the end of ``step`` is worth, in every lane."""
    p, q = dispute.prior[0], dispute.prior[1]
    us_gain, china_gain = dispute.gain[0], dispute.gain[1]
    us_yes = -dispute.price[0] - dispute.audience_in[step, 0]
    china_yes = -dispute.price[1] - dispute.audience_in[step, 1]
    us_toll, china_toll = dispute.toll_in[step, 0], dispute.toll_in[step, 1]
    us_precision, china_precision = dispute.precision[0], dispute.precision[1]
    noise, lot = dispute.noise, dispute.first
    us, china, x, believed = room.about_us, room.about_china, dispute.log_odds, room.belief
    date, us_per, china_per = room.date, per_way(p), per_way(q)
    for lane in range(LANES):
        us_gives, china_gives, us_learned, china_learned = answers(
            x[0, lane], x[1, lane], believed[0, lane], believed[1, lane]
        )
        _, _, _, _, _, _, v0, v1, v2, v3 = meet(
            us, china, lane, believed[0, lane], believed[1, lane],
            us_gives, china_gives, us_learned, china_learned, p, q, us_per, china_per,
            us_gain, china_gain, us_yes, china_yes, us_toll, china_toll,
            us_precision, china_precision, noise, lot,
        )  # fmt: skip
        date[0, lane], date[1, lane], date[2, lane], date[3, lane] = v0, v1, v2, v3


@compiled
def live_through(dispute: Dispute, room: Room, step: int) -> None:
    """Carry the worth of penalties from the end of ``step`` to its start."""
    for m in range(PLAYERS):
        side = side_of_player(m)
        weight, lost = dispute.weight[side, resolve_of_player(m)], dispute.lost[step, side]
        kept = dispute.discount[step, side]
        for rung in range(RUNGS):
            paid = weight * dispute.cost[step, rung, side] + lost
            called = dispute.meet[step, rung]
            for node in range(NODES):
                lane = rung * NODES + node
                on, met = room.now[m, lane], room.date[m, lane]
                room.now[m, lane] = -paid + kept * ((1.0 - called) * on + called * met)


@compiled
def weigh_deadline(dispute: Dispute, terms: Terms, date: Date) -> None:
    """Weigh the deadline at the beliefs of the start; the dispute has been solved.

    Parameters
    ----------
    dispute : record of ``DISPUTE``
    terms, date : records of ``TERMS`` and ``DATE``
        Filled.
    """
    values = dispute.values[dispute.ahead, OUTBREAK]
    for side in range(2):
        terms.belief[side] = dispute.prior[side]
        terms.gain[side], terms.toll[side] = dispute.gain[side], dispute.toll_due[side]
        terms.yes[side] = -dispute.price[side] - dispute.audience[side]
    for place in range(3):
        for m in range(PLAYERS):
            terms.about_us[place, m, 0] = values[m, 3 * place]
            terms.about_china[place, m, 0] = values[m, place]
    weigh_date(dispute, terms, date)

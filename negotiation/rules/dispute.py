"""The dispute in a run: its decision dates, the penalties between them, and the cut of rare earths.

What a date is worth and how the sides play it is solved once for a world
(:mod:`negotiation.solvers.dispute_chain`); here it is solved once more at the beliefs, the tension,
the markets and the tariffs of the day. Resolve belongs to the dispute, not to the side: with the
next truce it is drawn anew, and what was learned of it is forgotten.
"""

from __future__ import annotations

import math

import numpy as np

from negotiation import randomness as rnd
from negotiation.compiling import compiled
from negotiation.payoffs.dispute import (
    WEEKS_A_YEAR,
    expected_leverage,
    fading,
    held_years,
    meeting_rate,
)
from negotiation.payoffs.stakes import SUSPENDED, Stakes
from negotiation.payoffs.types import TYPES, resolve_of
from negotiation.payoffs.world import Numbers
from negotiation.rules.beliefs import marginal, normalise
from negotiation.rules.state import CHINA, EXTENDED, LAPSE, LAPSED, PENDING, TRUCE, US, WAR, State
from negotiation.solvers.dispute_date import between, weigh_date
from negotiation.solvers.dispute_problem import (
    CUT,
    ENDS,
    FULL,
    LENGTHS,
    NODES,
    OUTBREAK,
    PART,
    PLAYERS,
    STEPS,
    WEEKS,
    side_of_player,
)
from negotiation.solvers.dispute_problem import PEAK as AT_PEAK
from negotiation.solvers.exponential import exp

DRAWS = 9  # random numbers of a date
LOT, FIRST, SECOND, ANSWER, CUTS, RUNG, ACCIDENT, QUIET, LENGTH = range(DRAWS)
NOBODY = -1
ROUNDING = 1e-9  # of a week


@compiled
def luck(talks: State, what: int) -> float:
    """Return a random number of the date at hand."""
    return rnd.uniform(talks.key, rnd.DISPUTE + np.uint64(DRAWS * talks.dates + what))


@compiled
def step_now(talks: State) -> int:
    """Return the step of the calendar whose end is nearest ahead; the outbreak under a truce."""
    if talks.regime != WAR:
        return OUTBREAK
    weeks = weeks_now(talks)
    for t in range(STEPS):
        if ENDS[t] >= weeks - ROUNDING:
            return t
    return STEPS - 1


@compiled
def weeks_now(talks: State) -> float:
    """Return the weeks since penalties came into force; 0 under a truce."""
    return (talks.day - talks.war_start) / 7.0 if talks.regime == WAR else 0.0


@compiled
def expected_pressure(talks: State, stakes: Stakes) -> float:
    """Return the pressure of markets that was expected for now, or for the outbreak."""
    dispute, t = stakes.dispute, step_now(talks)
    known: float = dispute.pressure[0, FULL] if t == OUTBREAK else dispute.pressure[t, talks.rung]
    return known


@compiled
def dearer(talks: State, world: Numbers, stakes: Stakes, side: int, called: float) -> float:
    """Return how much more penalties cost ``side`` now than what was expected of them.

    Rulings last; what markets add fades, so only the part counts that is left when the next crisis
    meeting, which comes at the rate ``called`` a week, is due.
    """
    ratio = talks.leverage / expected_leverage(world, talks.day)
    if side == US:
        expected = expected_pressure(talks, stakes)
        left = called / (called + fading(world)) if called > 0.0 else 0.0
        ratio *= 1.0 + left * (talks.pressure - expected) / (1.0 + expected)
    return ratio


@compiled
def calls(talks: State, world: Numbers, stakes: Stakes) -> float:
    """Return the rate at which pain calls crisis meetings now, per week."""
    t, rung = step_now(talks), talks.rung
    if t == OUTBREAK:
        t, rung = 0, FULL
    cost, weeks = stakes.dispute.cost[t, rung], weeks_now(talks)
    ratio = talks.leverage / expected_leverage(world, talks.day)
    us = cost[US] * (1.0 + talks.pressure) / (1.0 + expected_pressure(talks, stakes))
    pain = ratio * (us + cost[CHINA]) / WEEKS[t] * WEEKS_A_YEAR
    return meeting_rate(world, pain, weeks)


@compiled
def selloff_rate(talks: State, world: Numbers, stakes: Stakes) -> float:
    """Return the rate of sell-offs while penalties are in force, per year."""
    t = step_now(talks)
    ratio = talks.leverage / expected_leverage(world, talks.day)
    falls = stakes.dispute.selloffs[t, talks.rung] - world.news_selloff_rate
    rate: float = world.news_selloff_rate + ratio * falls
    return rate


@compiled
def meets(talks: State, world: Numbers, stakes: Stakes) -> bool:
    """Return whether there is a crisis meeting in this tick; none in that of the outbreak.

    Pain calls it, or falling markets do.
    """
    if talks.day <= talks.war_start:
        return False
    days = min(world.clock_tick_days, talks.day - talks.war_start)
    chance = 1.0 - exp(-calls(talks, world, stakes) * days / 7.0)
    if rnd.uniform(talks.key, rnd.MEET + np.uint64(2 * talks.tick)) < chance:
        return True
    u = rnd.uniform(talks.key, rnd.MEET + np.uint64(2 * talks.tick + 1))
    return talks.sold_off > 0 and u < world.news_selloff_meeting


@compiled
def prospect_ahead(talks: State) -> int:
    """Return 1 while a meeting of the leaders is ahead, whose prospect penalties would take away.

    How much of it is taken as it was at the first deadline.
    """
    return int(talks.day <= talks.summit_until < math.inf)


@compiled
def prepare(talks: State, world: Numbers, stakes: Stakes) -> None:
    """Solve the date at hand: fills ``scratch.terms`` and ``scratch.date``."""
    dispute, terms, t = stakes.dispute, talks.scratch.terms, step_now(talks)
    base = NODES * (talks.rung if t < OUTBREAK else FULL)
    called = calls(talks, world, stakes)
    for side in range(2):
        terms.belief[side] = marginal(talks, side, 2, 1)
        k = talks.wants[side]
        terms.gain[side] = dispute.ask_gain[side, k] if k >= 0 else 0.0
        terms.toll[side] = dispute.toll[side] - world.tension_weight[side] * talks.tension
    for side in range(2):
        k = talks.wants[1 - side]
        price = dispute.ask_price[1 - side, k] if k >= 0 else 0.0
        at_home = dispute.audience[side] if t == OUTBREAK else dispute.audience_in[t, side]
        terms.yes[side] = -price - at_home
    values = dispute.values[prospect_ahead(talks), t]
    for m in range(PLAYERS):
        ratio = dearer(talks, world, stakes, side_of_player(m), called)
        for place in range(3):
            row = base + 3 * place
            terms.about_us[place, m, 0] = ratio * between(
                terms.belief[CHINA], dispute.prior[CHINA],
                values[m, row], values[m, row + 1], values[m, row + 2],
            )  # fmt: skip
            column = base + place
            terms.about_china[place, m, 0] = ratio * between(
                terms.belief[US], dispute.prior[US],
                values[m, column], values[m, column + 3], values[m, column + 6],
            )  # fmt: skip
    weigh_date(dispute, terms, talks.scratch.date)


@compiled
def first_speaker(talks: State, stakes: Stakes) -> int:
    """Return the side that speaks first, by lot."""
    return US if luck(talks, LOT) < stakes.dispute.first else CHINA


@compiled
def chance_of_even(talks: State, side: int) -> float:
    """Return the chance that ``side``, whose word it is, offers or accepts an even truce."""
    date = talks.scratch.date
    return 1.0 - (date.replies[side] if talks.scratch.second else date.speaks[side])


@compiled
def offers_even(talks: State, side: int) -> bool:
    """Return whether ``side`` offers or accepts an even truce; otherwise it makes a demand."""
    return luck(talks, SECOND if talks.scratch.second else FIRST) < chance_of_even(talks, side)


@compiled
def chance_of_giving_in(talks: State, side: int) -> float:
    """Return the chance that ``side`` gives in to a demand, given its resolve."""
    return 0.0 if talks.resolve[side] else talks.scratch.date.gives[side]


@compiled
def gives_in(talks: State, side: int) -> bool:
    """Return whether ``side`` gives in to the demand on the table."""
    return luck(talks, ANSWER) < chance_of_giving_in(talks, side)


@compiled
def learn_from_answer(talks: State, side: int, yes: bool) -> None:
    """Update the beliefs about ``side`` from its answer to a demand."""
    ordinary = talks.scratch.date.gives[side]
    for n in range(TYPES):
        chance = 0.0 if resolve_of(n) else ordinary
        talks.beliefs[side, n] *= chance if yes else 1.0 - chance
    normalise(talks, side)


@compiled
def agree(talks: State, world: Numbers, stakes: Stakes, asker: int) -> float:
    """Put the truce in force for another period, against what ``asker`` demanded or evenly.

    Returns how long the concession is held, against what was expected.
    """
    dispute, k = stakes.dispute, talks.wants[asker] if asker >= 0 else NOBODY
    u, n = luck(talks, LENGTH), NOBODY
    while n < LENGTHS - 1 and u >= 0.0:
        n += 1
        u -= dispute.even_length[n] if k < 0 else dispute.ask_length[asker, k, n]
    if talks.regime == WAR:
        talks.wars_ended += 1
        talks.expiry = talks.day + dispute.days[n]
        talks.regime = TRUCE
    else:
        # from the old expiry, not from today, as the tick may have begun days before it
        talks.expiry += dispute.days[n]
        if talks.first_deadline == PENDING:
            talks.first_deadline, talks.first_bought = EXTENDED, asker + 1
            talks.first_demand, talks.first_term = k, dispute.days[n]
    talks.extensions += 1
    longer = 1.0
    if k >= 0:
        longer = held_years(dispute, n) / dispute.ask_years[asker, k]
        talks.account[asker] += longer * dispute.ask_gain[asker, k]
        talks.account[1 - asker] -= longer * dispute.ask_price[asker, k]
    open_dispute(talks, world, stakes)
    return longer


@compiled
def open_dispute(talks: State, world: Numbers, stakes: Stakes) -> None:
    """Begin the next dispute: draw resolve and what each side is after; forget what was learned."""
    talks.disputes += 1
    talks.rung = NOBODY
    slot = np.uint64(2 * talks.disputes)
    for side in range(2):
        i = slot + np.uint64(side)
        prior = world.resolve_prior[side]
        if talks.disputes > 1:  # the first resolve is drawn with the type
            talks.resolve[side] = int(rnd.uniform(talks.key, rnd.RESOLVE + i) < prior)
        u, k, found = rnd.uniform(talks.key, rnd.WANTS + i), 0, NOBODY
        while found < 0 and k < int(world.n_issues):
            u -= stakes.dispute.asks[side, k]
            found = k if u < 0.0 else NOBODY
            k += 1
        talks.wants[side] = found
        for n in range(0, TYPES, 2):
            both = talks.beliefs[side, n] + talks.beliefs[side, n + 1]
            talks.beliefs[side, n] = (1.0 - prior) * both
            talks.beliefs[side, n + 1] = prior * both


@compiled
def lapse(talks: State, world: Numbers, day: float) -> None:
    """Let the truce lapse: quietly, or with penalties from ``day`` on."""
    talks.lapses += 1
    if talks.first_deadline == PENDING:
        talks.first_deadline = LAPSED
    if luck(talks, QUIET) < world.deadline_grace:
        talks.regime = LAPSE
    else:
        begin_penalties(talks, world, day)


@compiled
def begin_penalties(talks: State, world: Numbers, day: float) -> None:
    """Put penalties in force: in part, at the peak, or all of the suspended points."""
    talks.regime, talks.war_start = WAR, day
    talks.wars += 1
    u = luck(talks, RUNG)
    part = world.escalation_partial
    peak = (1.0 - part) * world.tariffs_peak_weight * talks.leverage
    talks.rung = PART if u < part else AT_PEAK if u < part + peak else FULL


@compiled
def may_cut(talks: State, stakes: Stakes) -> bool:
    """Return whether China has a cut of rare earths to decide on, and anything to cut."""
    return talks.regime == WAR and talks.rung == FULL and stakes.war_cut[SUSPENDED] > 0.0


@compiled
def chance_of_cutting(talks: State, stakes: Stakes) -> float:
    """Return the chance that China cuts rare earths after the date that has failed."""
    t, cuts = step_after(talks), stakes.dispute.cut[prospect_ahead(talks)]
    us, china = marginal(talks, US, 2, 1), marginal(talks, CHINA, 2, 1)
    prior = stakes.dispute.prior
    low = between(china, prior[CHINA], cuts[t, 0], cuts[t, 1], cuts[t, 2])
    middle = between(china, prior[CHINA], cuts[t, 3], cuts[t, 4], cuts[t, 5])
    high = between(china, prior[CHINA], cuts[t, 6], cuts[t, 7], cuts[t, 8])
    return between(us, prior[US], low, middle, high)


@compiled
def step_after(talks: State) -> int:
    """Return the step whose values hold after the date of this tick has failed."""
    return OUTBREAK if talks.day <= talks.war_start else step_now(talks)


@compiled
def cuts(talks: State, stakes: Stakes) -> bool:
    """Return whether China cuts rare earths now."""
    return luck(talks, CUTS) < chance_of_cutting(talks, stakes)


@compiled
def cut(talks: State) -> None:
    """Take note of the cut: it lasts as long as the penalties."""
    talks.rung = CUT
    talks.cuts += 1

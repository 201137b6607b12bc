"""What luck adds to what was to be expected: the innovations of a run.

An *innovation* is what happened, as 1 or 0, less the chance that it had given all that had
happened before and the types of both sides; or a sum of such, weighted by what was known. Its mean
is zero whatever the numbers, so an estimate of odds may take any multiple of it away and stay
unbiased, and has less luck in it: innovations are control variates
(:mod:`negotiation.variates`). No rule reads them.

The same goes for an innovation times anything that was known before it. What matters to a meeting
of the leaders matters only where one is feasible, which the first day decides; so some are kept a
second time, times the innovation of that day.

References
----------
Lavenberg and Welch (1981), "A perspective on the use of control variables to increase the
efficiency of Monte Carlo simulations", doi:10.1287/mnsc.27.9.1000.
Henderson and Glynn (2002), "Approximating martingales for variance reduction in Markov process
simulation", doi:10.1287/moor.27.2.253.329.
"""

from __future__ import annotations

import math

from negotiation.compiling import compiled
from negotiation.payoffs.world import DRAFTS, Numbers
from negotiation.records import Array
from negotiation.rules import dispute, home, texts
from negotiation.rules.news import INCIDENT, TARIFFS, THAW, restraint
from negotiation.rules.provocation import chance_of_step
from negotiation.rules.sherpas import feasible
from negotiation.rules.state import (
    CHINA,
    INNOVATIONS,
    PENDING,
    TRUCE,
    US,
    WAR,
    WORKING_DEAL,
    State,
)
from negotiation.scenario import MAX_ISSUES
from negotiation.solvers.exponential import log

# The first decision date: agreed evenly, on the demand of the US, on that of China. Drafts that
# both delegations initial, before that date and after it.
EVEN, US_ASKED, CHINA_ASKED, INITIALLED, INITIALLED_LATER = range(5)
AGAIN = 5  # from here on these five a second time, times whether a meeting is feasible
# Before the first date and after it: a draft passes at home; an offer is taken.
PASSED, PASSED_LATER, TAKEN, TAKEN_LATER = range(10, 14)
# Without a deal of the delegations in force and with one: both leaders sign a text, times the
# chance that it then passes at home; it passes.
SIGNED, SIGNED_TOO, PASSED_AT_SUMMIT, PASSED_TOO = range(14, 18)
# A meeting is feasible; it slips. Later dates: agreed. Crisis meetings: agreed. A lapse is quiet;
# rare earths are cut; a deal is reopened.
FEASIBLE, SLIPPED, LATER, ENDED, QUIET, CUT, REOPENED = range(18, 25)
# In the whole run: a first step is taken, a first one answered, the first sectoral tariffs imposed,
# the first put off; how often tension was stirred; how far it was when the leaders' window is half
# over, faded as tension is, times whether a meeting is feasible; both sides' resolve.
STEP, ANSWER, IMPOSED, PUT_OFF, STIRRED, TENSION, RESOLVE = range(25, 32)
# By issue: its text is ready at once; it becomes so in the run.
AT_ONCE = RESOLVE + 2
IN_TIME = AT_ONCE + MAX_ISSUES


@compiled
def innovate(talks: State, what: int, happened: bool, chance: float) -> None:
    """Take note of what happened where it had this chance."""
    talks.innovations[what] += (1.0 if happened else 0.0) - chance


@compiled
def in_talks(talks: State, what: int, happened: bool, chance: float) -> None:
    """Take note of what happened in the talks, before the first date or after it."""
    innovate(talks, what if talks.first_deadline == PENDING else what + 1, happened, chance)


@compiled
def none_so_far(talks: State, world: Numbers) -> None:
    """Begin a run."""
    for n in range(INNOVATIONS):
        talks.innovations[n] = 0.0
    talks.stirred, talks.surprise = 0, 0.0
    if world.day_summit_from < math.inf:
        innovate(talks, FEASIBLE, feasible(talks, world), world.summit_feasible)


@compiled
def stirs_so_far(talks: State) -> int:
    """Return by how much news and steps have moved tension so far, however much of it has faded."""
    steps = talks.provocations[US] + talks.provocations[CHINA]
    answers = talks.retaliations[US] + talks.retaliations[CHINA]
    return steps + answers + talks.incidents - talks.thaws + talks.sectoral


@compiled
def before_tick(talks: State, world: Numbers) -> None:
    """Book what news and steps brought in the last tick; take away what they are to in this one."""
    so_far, v = stirs_so_far(talks), talks.innovations
    talks.surprise += so_far - talks.stirred
    talks.stirred = so_far
    if talks.day <= 0.5 * (world.day_summit_from + world.day_summit_to):
        v[TENSION] = talks.surprise
    chance = talks.news_chance
    imposed, put_off = chance[TARIFFS], 0.0
    if talks.regime == TRUCE:
        put_off = imposed * world.news_sectoral_delay
        imposed -= put_off
    elif talks.regime >= WORKING_DEAL:
        imposed *= 1.0 - restraint(talks, world)
    stirs = chance[INCIDENT] - chance[THAW] + imposed
    if talks.regime < WORKING_DEAL:
        us, china = chance_of_step(talks, US), chance_of_step(talks, CHINA)
        us_answered, china_answered = us * talks.answer[CHINA], china * talks.answer[US]
        stirs += us + us_answered + china + china_answered
        if talks.provocations[US] + talks.provocations[CHINA] == 0:
            v[STEP] -= 1.0 - (1.0 - us) * (1.0 - china)
        if talks.retaliations[US] + talks.retaliations[CHINA] == 0:
            v[ANSWER] -= 1.0 - (1.0 - us_answered) * (1.0 - china_answered)
    if talks.sectoral == 0:
        v[IMPOSED] -= imposed
    if talks.put_off == 0:
        v[PUT_OFF] -= put_off
    v[STIRRED] -= stirs
    talks.surprise = talks.surprise * talks.tension_kept - stirs


@compiled
def keep_innovations(talks: State, world: Numbers, row: int, kept: Array) -> None:
    """Finish those of a run, once, and write them into a row of ``kept`` if there is room."""
    if row >= kept.shape[0]:
        return
    v = talks.innovations
    v[STEP] += talks.provocations[US] + talks.provocations[CHINA] > 0
    v[ANSWER] += talks.retaliations[US] + talks.retaliations[CHINA] > 0
    v[IMPOSED] += talks.sectoral > 0
    v[PUT_OFF] += talks.put_off > 0
    v[STIRRED] += stirs_so_far(talks)
    v[TENSION] *= v[FEASIBLE]
    for n in range(AGAIN):
        v[AGAIN + n] = v[n] * v[FEASIBLE]
    if world.talks_contract == DRAFTS:
        for k in range(int(world.n_issues)):
            text_of(talks, world, k)
    for n in range(INNOVATIONS):
        kept[row, n] = v[n]


@compiled
def text_of(talks: State, world: Numbers, k: int) -> None:
    """Work out the innovations of a text, whose effort was drawn on the first day.

    Its chance to become ready grows with effort at a constant rate, so that being ready, less that
    rate times the effort for as long as it is not, has mean zero.
    """
    v, effort = talks.innovations, talks.effort[int(world.conceded_by[k])]
    at_once = talks.needed[k] == 0.0
    v[AT_ONCE + k] = (1.0 if at_once else 0.0) - world.ready[k]
    if not at_once and talks.needed[k] < math.inf:
        rate = -log(1.0 - texts.pace(world, k))
        v[IN_TIME + k] = -rate * min(talks.needed[k], effort)
        v[IN_TIME + k] += 1.0 if talks.needed[k] <= effort else 0.0


@compiled
def before_date(talks: State, world: Numbers, first: int) -> None:
    """Take away the chances that a date is agreed on at which ``first`` speaks first."""
    before = talks.scratch.second
    talks.scratch.second = 0
    even = dispute.chance_of_even(talks, first)
    talks.scratch.second = 1
    both = even * dispute.chance_of_even(talks, 1 - first)
    talks.scratch.second = before
    kept = 1.0 if talks.regime == WAR else 1.0 - world.deadline_accident
    of_first = kept * (1.0 - even) * dispute.chance_of_giving_in(talks, 1 - first)
    of_second = kept * (even - both) * dispute.chance_of_giving_in(talks, first)
    if talks.first_deadline == PENDING and talks.regime != WAR:
        talks.innovations[EVEN] -= kept * both
        talks.innovations[US_ASKED + first] -= of_first
        talks.innovations[US_ASKED + 1 - first] -= of_second
    else:
        later = ENDED if talks.regime == WAR else LATER
        talks.innovations[later] -= kept * both + of_first + of_second


@compiled
def after_date(talks: State, asker: int, pending: bool) -> None:
    """Add that the date was agreed on: evenly, or on the demand of ``asker``."""
    if not pending:
        talks.innovations[ENDED if talks.regime == WAR else LATER] += 1.0
    elif asker < 0:
        talks.innovations[EVEN] += 1.0
    else:
        talks.innovations[US_ASKED if asker == US else CHINA_ASKED] += 1.0


@compiled
def after_leaders(talks: State, world: Numbers, signed: bool, chance: float) -> None:
    """Take note of whether both leaders signed, as far as home fronts would let the text pass."""
    passes = 1.0
    for side in (US, CHINA):
        if world.n_groups[side] > 0.0:
            z, worth = talks.drafting.package, talks.drafting.public[side]
            home.weigh_package(talks, world, side, z, worth)
            passes *= home.chance_of_passing(talks, side)
    at_summit(talks, SIGNED, passes * ((1.0 if signed else 0.0) - chance))


@compiled
def after_home(talks: State, passed: bool, chance: float) -> None:
    """Take note of whether what the leaders signed passed at home."""
    at_summit(talks, PASSED_AT_SUMMIT, (1.0 if passed else 0.0) - chance)


@compiled
def at_summit(talks: State, what: int, luck: float) -> None:
    """Add to what happened about a text of the leaders, with or without an earlier deal."""
    talks.innovations[what if talks.regime != WORKING_DEAL else what + 1] += luck

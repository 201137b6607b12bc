"""What happened, noted for the transcript while a negotiation is watched.

Each function stands in the order of play at the place where its kind of thing has happened, and
does nothing unless somebody watches. An entry says what it was, when, on whose part, and up to
four facts and four numbers, which each function explains; where a package is concerned it is
kept too.
"""

from __future__ import annotations

import numpy as np

from negotiation.compiling import compiled, inlined
from negotiation.payoffs.stakes import Stakes
from negotiation.payoffs.world import DRAFTS, Numbers
from negotiation.records import Array
from negotiation.rules.addresses import record_at
from negotiation.rules.home import ratifies
from negotiation.rules.offers import beyond_mandate, full_powers
from negotiation.rules.script import ENTRY, ENTRY_BYTES, Entry, Script
from negotiation.rules.state import TRUCE, State
from negotiation.rules.texts import text_missing
from negotiation.rules.worth import worth
from negotiation.scenario import MAX_ISSUES

(
    RULING, SELLOFF, INCIDENT, STEP_TAKEN, REOPENED, LAPSE_ENDED, OFFERED, WITHDRAWN, PARKED,
    SIGNED, BLOCKED, NOT_MET, LEADERS_SIGNED, NO_DEAL, DECIDED, DATE_MET, RARE_EARTHS_CUT, THAW,
    SECTORAL, DELAYED, READY, DRAFTED, PREPARED, PUT_OFF, PICTURE, TERM_OVER,
    CONTROLS,
) = range(27)  # fmt: skip
NOBODY = NONE = -1


@compiled
def entry(talks: State, script: Script, what: int, side: int) -> Entry:
    """Return a fresh entry; beyond the room for them it is written over by the next."""
    made = script.entry
    if script.noted < script.room:
        made = record_at(script.entries + script.noted * ENTRY_BYTES, script.entry)
    script.noted += 1
    made.day, made.what, made.side = talks.day, what, side
    return made


@inlined
def note_decision(talks: State, script: Script, kind: int, side: int, yes: bool) -> None:
    """Note a decision, whoever took it."""
    if script.watched:
        note_answer(talks, script, kind, side, yes)


@compiled
def note_answer(talks: State, script: Script, kind: int, side: int, yes: bool) -> None:
    """Note a decision; facts: its kind, 1 for yes; the package, if it is an offer."""
    made = entry(talks, script, DECIDED, side)
    made.facts[0], made.facts[1] = kind, yes
    copy(made.package, talks.offer[side])


@compiled
def note_news(talks: State, script: Script, what: int, rise: float) -> None:
    """Note news that has come; numbers: tension, by how much it has raised it."""
    if script.watched == 0:
        return
    made = entry(talks, script, what, NOBODY)
    made.numbers[0], made.numbers[1] = talks.tension, rise


@compiled
def note_step(talks: State, script: Script, side: int, answered: bool, rise: float) -> None:
    """Note a unilateral step; facts: answered; numbers: tension, by how much it was raised."""
    if script.watched == 0:
        return
    made = entry(talks, script, STEP_TAKEN, side)
    made.facts[0], made.numbers[0], made.numbers[1] = answered, talks.tension, rise


@compiled
def note_reopening(talks: State, script: Script) -> None:
    """Note a deal that is reopened; numbers: the share delivered, the new expiry."""
    if script.watched == 0:
        return
    made = entry(talks, script, REOPENED, 0)
    made.numbers[0], made.numbers[1] = talks.delivered, talks.expiry


@compiled
def note_lapse_end(talks: State, script: Script) -> None:
    """Note the end of a lapse without penalties.

    Facts: the regime after it, and 1 + the rung of the penalties; numbers: the new expiry.
    """
    if script.watched == 0:
        return
    made = entry(talks, script, LAPSE_ENDED, NOBODY)
    made.facts[0], made.facts[1] = talks.regime, 1 + talks.rung
    made.numbers[0] = talks.expiry


@inlined
def note_offer(
    talks: State, world: Numbers, stakes: Stakes, script: Script, side: int, asked: bool,
    accepted: bool, day: float,
) -> None:  # fmt: skip
    """Note an offer and its answer, if one was due."""
    if script.watched:
        note_bid(talks, world, stakes, script, side, asked, accepted, day)


@compiled
def note_bid(
    talks: State, world: Numbers, stakes: Stakes, script: Script, side: int, asked: bool,
    accepted: bool, day: float,
) -> None:  # fmt: skip
    """Note an offer and its answer, if one was due.

    Facts: accepted, round, whether an answer was due; numbers: worth to both sides, the day.
    """
    us = worth(talks, world, stakes, 0, talks.offer[side])
    china = worth(talks, world, stakes, 1, talks.offer[side])
    made = entry(talks, script, OFFERED, side)
    made.facts[0], made.facts[1], made.facts[2] = accepted, talks.turn, asked
    made.numbers[0], made.numbers[1], made.numbers[2] = us, china, day
    copy(made.package, talks.offer[side])


@compiled
def note_paper(talks: State, script: Script, what: int, side: int, day: float) -> None:
    """Note what became of the accepted offer of ``side``; numbers: the day."""
    if script.watched == 0:
        return
    made = entry(talks, script, what, side)
    made.numbers[0] = day
    copy(made.package, talks.offer[side])


@compiled
def note_parked(talks: State, world: Numbers, script: Script, side: int, day: float) -> None:
    """Note an accepted offer of ``side`` that the delegations cannot sign; numbers: the day.

    Facts, one bit an issue: what goes beyond a mandate, and what has no text that is ready.
    """
    if script.watched == 0:
        return
    made, z = entry(talks, script, PARKED, side), talks.offer[side]
    made.numbers[0], made.facts[0], made.facts[1] = day, 0, 0
    free = full_powers(talks, world)
    for k in range(int(world.n_issues)):
        if not free and beyond_mandate(world, z, k):
            made.facts[0] += 1 << k
        if world.talks_contract == DRAFTS and text_missing(talks, z, k):
            made.facts[1] += 1 << k
    copy(made.package, z)


@compiled
def note_block(talks: State, script: Script, side: int, day: float) -> None:
    """Note that the home front of ``side`` stopped an offer; numbers: the day."""
    if script.watched == 0:
        return
    entry(talks, script, BLOCKED, side).numbers[0] = day


@compiled
def note_date(
    talks: State, stakes: Stakes, script: Script, asker: int, wanted: int, agreed: bool,
    under_truce: bool, day: float, longer: float,
) -> None:  # fmt: skip
    """Note a decision date of a dispute.

    Facts: the issue demanded or -1, whether it was agreed, whether it was a deadline, the regime
    after it and, sixteenfold, 1 + the rung; numbers: the day, the new expiry, what the demand
    brings the asker and costs the other side, $bn.
    """
    if script.watched == 0:
        return
    made = entry(talks, script, DATE_MET, asker)
    made.facts[0], made.facts[1], made.facts[2] = wanted, agreed, under_truce
    made.facts[3] = talks.regime + 16 * (1 + talks.rung)
    made.numbers[0], made.numbers[1] = day, talks.expiry
    if wanted >= 0:
        made.numbers[2] = longer * stakes.dispute.ask_gain[asker, wanted]
        made.numbers[3] = longer * stakes.dispute.ask_price[asker, wanted]


@compiled
def note_cut(talks: State, script: Script, day: float) -> None:
    """Note that China cuts rare earths; numbers: the day."""
    if script.watched == 0:
        return
    entry(talks, script, RARE_EARTHS_CUT, 1).numbers[0] = day


@compiled
def note_no_meeting(talks: State, script: Script, feasible: bool, broken: bool) -> None:
    """Note a summit called off; facts: was it feasible, is the truce broken; numbers: its day."""
    if script.watched == 0:
        return
    made = entry(talks, script, NOT_MET, NOBODY)
    made.facts[0], made.facts[1] = feasible, broken
    made.numbers[0] = talks.summit_day


@compiled
def note_summit(talks: State, script: Script, what: int) -> None:
    """Note how the summit ended; numbers: its day, and last what is signed by now brings a year."""
    if script.watched == 0:
        return
    made = entry(talks, script, what, NOBODY)
    made.numbers[0] = talks.summit_day
    made.numbers[2], made.numbers[3] = talks.yearly_gain[0], talks.yearly_gain[1]
    copy(made.package, talks.package)


@compiled
def note_ready(talks: State, script: Script, day: float) -> None:
    """Note texts that have become ready: 1 for each in the package; numbers: the day."""
    if script.watched == 0:
        return
    made = entry(talks, script, READY, NOBODY)
    made.numbers[0] = day
    copy(made.package, talks.newly)


@compiled
def note_draft(
    talks: State, world: Numbers, script: Script, what: int, us: bool, china: bool, day: float
) -> None:
    """Note a draft, of delegations or of sherpas; facts: who signs, whose home front passes it.

    Numbers: the day, the next deadline, which a signature would spare both, or -1, and what the
    draft is expected to bring either side, $bn a year.
    """
    if script.watched == 0:
        return
    made, work = entry(talks, script, what, NOBODY), talks.drafting
    made.facts[0], made.facts[1] = us, china
    made.facts[2] = ratifies(talks, world, 0, work.package, work.public[0])
    made.facts[3] = ratifies(talks, world, 1, work.package, work.public[1])
    spares = talks.regime == TRUCE and day <= talks.expiry <= world.day_horizon
    made.numbers[0], made.numbers[1] = day, talks.expiry if spares else NONE
    made.numbers[2], made.numbers[3] = work.public[0], work.public[1]
    copy(made.package, work.package)


@compiled
def note_put_off(talks: State, script: Script, day: float, broken: bool) -> None:
    """Note a meeting put off; facts: 1 if the truce is broken; numbers: the old day, the new."""
    if script.watched == 0:
        return
    made = entry(talks, script, PUT_OFF, NOBODY)
    made.facts[0] = broken
    made.numbers[0], made.numbers[1] = day, talks.summit_day


@compiled
def note_term_over(talks: State, script: Script) -> None:
    """Note a deal whose term is over; numbers: the day."""
    if script.watched == 0:
        return
    entry(talks, script, TERM_OVER, NOBODY).numbers[0] = talks.expiry


@compiled
def copy(to: Array, z: Array) -> None:
    """Copy a package."""
    for k in range(MAX_ISSUES):
        to[k] = z[k]


def room_for(count: int) -> np.ndarray:
    """Return room for ``count`` entries."""
    return np.zeros(count, ENTRY)

"""The order of play: six phases a tick, for everybody who plays.

news -> provocations -> talks -> deadline (if due) -> summit (if its date has come) -> accounts.

Where a side has something to decide stands one line of :mod:`negotiation.rules.choices`; where
something has happened that a transcript tells, one of :mod:`negotiation.rules.journal`.
"""

from __future__ import annotations

from negotiation.compiling import compiled, inlined
from negotiation.payoffs.stakes import Stakes
from negotiation.payoffs.world import Numbers
from negotiation.rules import (
    choices,
    compliance,
    deadline,
    dispute,
    escalation,
    journal,
    offers,
    provocation,
    summit,
)
from negotiation.rules.accounts import accounts, over
from negotiation.rules.news import news
from negotiation.rules.script import Script
from negotiation.rules.state import CHINA, LAPSE, SUMMIT_DEAL, US, WAR, WORKING_DEAL, State

PHASES = ("news", "provocations", "talks", "deadline", "summit", "accounts")


@compiled
def play(talks: State, world: Numbers, stakes: Stakes, watch: Script) -> None:
    """Play an opened negotiation to its horizon, or to where the script ``watch`` stops it.

    Raises
    ------
    negotiation.rules.script.Waits
        At a decision that is to be made elsewhere.
    """
    while talks.tick < watch.until and not over(talks, world):
        news(talks, world, stakes, watch)
        provocations(talks, world, watch)
        talk(talks, world, stakes, watch)
        meet_deadline(talks, world, stakes, watch)
        meet_at_summit(talks, world, stakes, watch)
        accounts(talks, world, stakes)


@compiled
def provocations(talks: State, world: Numbers, watch: Script) -> None:
    """Phase 2: each side may take a step, the other may answer it."""
    if talks.regime >= WORKING_DEAL:
        return
    for side in range(2):
        if choices.decide_step(talks, world, watch, side):
            answered = choices.decide_retaliation(talks, watch, 1 - side)
            provocation.take_step(talks, world, side, answered)
            journal.note_step(talks, watch, side, answered)


@compiled
def talk(talks: State, world: Numbers, stakes: Stakes, watch: Script) -> None:
    """Phase 3: an offer and its answer; under penalties attrition, after a deal reviews."""
    if talks.regime == WAR and world.demands > 0.0:
        if dispute.meets(talks, world, stakes):
            decide_date(talks, world, stakes, watch, talks.day)
    elif talks.regime == WAR:
        escalation.weigh(talks, world, stakes)
        # both have been weighed before either decides, so neither knows the other's choice
        us = choices.decide_giving_in(talks, watch, US)
        china = choices.decide_giving_in(talks, watch, CHINA)
        if us or china:
            escalation.end_war(talks, world)
            journal.note_truce(talks, watch, us, china)
    elif talks.regime >= WORKING_DEAL:
        if compliance.review_due(talks) and choices.decide_reopening(talks, world, stakes, watch):
            compliance.reopen(talks, world)
            journal.note_reopening(talks, watch)
    elif talks.regime == LAPSE:
        escalation.live_through_lapse(talks, world, stakes)
        if talks.regime != LAPSE:
            journal.note_lapse_end(talks, watch)
            weigh_cut(talks, stakes, watch)
            talks.dates += 1
    # after the escalation, whose end may bring the next round into this tick
    offers.skip_missed_rounds(talks, world)
    while offers.talks_due(talks, world):
        round_of_talks(talks, world, stakes, watch, offers.proposer(talks))
        talks.turn += 1


@inlined
def round_of_talks(talks: State, world: Numbers, stakes: Stakes, watch: Script, side: int) -> None:
    """One offer of ``side`` and its answer; what both stand by is signed or goes to the leaders."""
    choices.decide_offer(talks, world, stakes, watch, side)
    accepted = choices.decide_answer(talks, world, stakes, watch, 1 - side)
    day = offers.round_day(talks, world)
    journal.note_offer(talks, world, stakes, watch, side, accepted, day)
    if not accepted:
        return
    if not choices.decide_standing(talks, world, stakes, watch, side):
        journal.note_paper(talks, watch, journal.WITHDRAWN, side, day)
    elif not offers.within_mandates(talks, world, talks.offer[side]):
        offers.park_draft(talks, world, side)
        journal.note_paper(talks, watch, journal.PARKED, side, day)
    else:
        close_at_working_level(talks, world, stakes, watch, side, day)


@compiled
def close_at_working_level(
    talks: State, world: Numbers, stakes: Stakes, watch: Script, side: int, day: float
) -> None:
    """Sign the accepted offer of ``side`` if both home fronts let it pass; else park it."""
    us = choices.decide_ratification(talks, world, watch, US, talks.offer[side])
    china = choices.decide_ratification(talks, world, watch, CHINA, talks.offer[side])
    if us and china:
        for k in range(int(world.n_issues)):
            talks.package[k] = talks.offer[side, k]
        summit.conclude(talks, world, stakes, WORKING_DEAL, summit.FULL, day)
        deadline.note_deal(talks)
        journal.note_paper(talks, watch, journal.SIGNED, side, day)
    else:
        offers.park_draft(talks, world, side)
        journal.note_block(talks, watch, us, china, day)


@compiled
def meet_deadline(talks: State, world: Numbers, stakes: Stakes, watch: Script) -> None:
    """Phase 4: extend or hold out; or extend evenly, demand, give in, refuse."""
    if deadline.deadline_due(talks, world) and world.demands > 0.0:
        decide_date(talks, world, stakes, watch, deadline.due_day(talks))
        talks.deadlines += 1
    elif deadline.deadline_due(talks, world):
        deadline.prepare(talks, world, stakes)
        us = choices.decide_deadline(talks, watch, US)
        china = choices.decide_deadline(talks, watch, CHINA)
        due = deadline.due_day(talks)
        deadline.expire(talks, world, stakes, us, china)
        journal.note_deadline(talks, watch, due, us, china)


@compiled
def decide_date(talks: State, world: Numbers, stakes: Stakes, watch: Script, day: float) -> None:
    """Meet at a decision date of the dispute: a deadline, or a crisis meeting under penalties."""
    dispute.prepare(talks, world, stakes)
    first, asker = dispute.first_speaker(talks, stakes), dispute.NOBODY
    if not choices.decide_proposal(talks, watch, first, 0):
        asker = first
    elif not choices.decide_proposal(talks, watch, 1 - first, 1):
        asker = 1 - first
    agreed = asker < 0 or choices.decide_yielding(talks, watch, 1 - asker)
    under_truce, accident = talks.regime != WAR, False
    if under_truce and agreed:
        accident = dispute.luck(talks, dispute.ACCIDENT) < world.deadline_accident
    wanted = talks.wants[asker] if asker >= 0 else dispute.NOBODY
    longer = 1.0
    if agreed and not accident:
        longer = dispute.agree(talks, world, stakes, asker)
    elif under_truce:
        dispute.lapse(talks, world, day)
    journal.note_date(talks, stakes, watch, asker, wanted, agreed, under_truce, day, longer)
    weigh_cut(talks, stakes, watch)
    talks.dates += 1


@compiled
def weigh_cut(talks: State, stakes: Stakes, watch: Script) -> None:
    """Let China decide on the cut of rare earths, where there is one to decide on."""
    if dispute.may_cut(talks) and choices.decide_cut(talks, stakes, watch):
        dispute.cut(talks)
        journal.note_cut(talks, watch)


@compiled
def meet_at_summit(talks: State, world: Numbers, stakes: Stakes, watch: Script) -> None:
    """Phase 5: the leaders meet if both want to, and sign in full, in part, or not at all."""
    if not summit.summit_due(talks, world):
        return
    summit.draft_package(talks, world, stakes)
    us = choices.decide_attendance(talks, world, stakes, watch, US)
    china = choices.decide_attendance(talks, world, stakes, watch, CHINA)
    feasible = summit.feasible(talks, world)
    if not (us and china and feasible):
        summit.end_without_deal(talks, world)
        journal.note_no_meeting(talks, watch, us, china, feasible)
        return
    talks.summit_held = 1
    for part in range(2):
        if part == summit.PARTIAL:
            summit.make_partial(talks, world)
        if ask_leaders(talks, world, stakes, watch, part):
            summit.conclude(talks, world, stakes, SUMMIT_DEAL, part, talks.summit_day)
            deadline.note_deal(talks)
            journal.note_summit(talks, watch, journal.LEADERS_SIGNED, part)
            return
    summit.end_without_deal(talks, world)
    journal.note_summit(talks, watch, journal.NO_DEAL, summit.FULL)


@compiled
def ask_leaders(talks: State, world: Numbers, stakes: Stakes, watch: Script, part: int) -> bool:
    """Ask both leaders to sign the package on the table, then both home fronts to pass it."""
    us = choices.decide_signature(talks, world, stakes, watch, US)
    china = choices.decide_signature(talks, world, stakes, watch, CHINA)
    journal.note_tabled(talks, world, watch, part, us, china)
    if not (us and china):
        return False
    us = choices.decide_ratification(talks, world, watch, US, talks.package)
    china = choices.decide_ratification(talks, world, watch, CHINA, talks.package)
    return us and china

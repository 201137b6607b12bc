"""The order of play: six phases a tick, for everybody who plays.

news -> provocations -> talks -> deadline (if due) -> summit (if its date has come) -> accounts.

Where a side has something to decide stands one line of :mod:`negotiation.rules.choices`; where
something has happened that a transcript tells, one of :mod:`negotiation.rules.journal`; where its
chance was known, one of :mod:`negotiation.rules.innovations`.
"""

from __future__ import annotations

from negotiation.compiling import compiled, inlined
from negotiation.payoffs.stakes import Stakes
from negotiation.payoffs.world import DRAFTS, Numbers
from negotiation.records import Array
from negotiation.rules import (
    choices,
    compliance,
    deadline,
    dispute,
    drafting,
    floor,
    innovations,
    journal,
    lapse,
    offers,
    provocation,
    rounds,
    sherpas,
    texts,
)
from negotiation.rules.accounts import accounts, over
from negotiation.rules.aspirations import last_day
from negotiation.rules.frontier import expected_value
from negotiation.rules.innovations import innovate
from negotiation.rules.news import news
from negotiation.rules.script import Script
from negotiation.rules.state import CHINA, LAPSE, PENDING, SUMMIT_DEAL, US, WAR, WORKING_DEAL, State

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
        innovations.before_tick(talks, world)
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
            before = talks.tension
            provocation.take_step(talks, world, side, answered)
            journal.note_step(talks, watch, side, answered, talks.tension - before)


@compiled
def talk(talks: State, world: Numbers, stakes: Stakes, watch: Script) -> None:
    """Phase 3: an offer and its answer; under penalties crisis meetings, after a deal reviews."""
    if talks.regime == WAR:
        if dispute.meets(talks, world, stakes):
            decide_date(talks, world, stakes, watch, talks.day)
    elif talks.regime >= WORKING_DEAL:
        if compliance.review_due(talks) and review(talks, world, stakes, watch):
            compliance.reopen(talks, world)
            journal.note_reopening(talks, watch)
            if world.talks_contract == DRAFTS:
                floor.void(talks, world, stakes)
        elif world.talks_contract == DRAFTS and floor.term_over(talks, world):
            floor.end_term(talks, world, stakes)
            journal.note_term_over(talks, watch)
    elif talks.regime == LAPSE:
        lapse.live_through_lapse(talks, world, stakes)
        if talks.regime != LAPSE:
            journal.note_lapse_end(talks, watch)
            weigh_cut(talks, stakes, watch, talks.day)
            talks.dates += 1
    # after the penalties, whose end may bring the next round into this tick
    rounds.skip_missed_rounds(talks, world)
    while rounds.talks_due(talks, world):
        if world.talks_contract == DRAFTS:
            round_about_texts(talks, world, stakes, watch, offers.proposer(talks))
        else:
            round_of_talks(talks, world, stakes, watch, offers.proposer(talks))
        talks.turn += 1
        rounds.draw_next(talks, world)
    if world.talks_contract == DRAFTS:
        texts.rest(talks, world, rounds.in_session(talks, world))


@compiled
def review(talks: State, world: Numbers, stakes: Stakes, watch: Script) -> bool:
    """Review the deal in force; returns whether it is reopened."""
    reopened = choices.decide_reopening(talks, world, stakes, watch)
    chance = talks.scratch.reopening[talks.trait[CHINA]]
    innovate(talks, innovations.REOPENED, reopened, chance)
    return reopened


@compiled
def round_about_texts(
    talks: State, world: Numbers, stakes: Stakes, watch: Script, side: int
) -> None:
    """One offer of ``side`` and its answer, then a draft of the texts that are ready."""
    day = rounds.round_day(talks, world)
    new = look_at_texts(talks, world, watch, day)
    choices.decide_offer(talks, world, stakes, watch, side)
    asked = talks.agreed == 0  # what both have said yes to stands until something is signed
    accepted = asked and choices.decide_answer(talks, world, stakes, watch, 1 - side)
    if asked:
        innovations.in_talks(talks, innovations.TAKEN, accepted, talks.scratch.chance)
    journal.note_offer(talks, world, stakes, watch, side, asked, accepted, day)
    if accepted:
        if not choices.decide_standing(talks, world, stakes, watch, side):
            journal.note_paper(talks, watch, journal.WITHDRAWN, side, day)
        elif not (
            offers.within_mandates(talks, world, talks.offer[side])
            and texts.all_ready(talks, world, talks.offer[side])
        ):
            offers.park_draft(talks, world, side)
            journal.note_parked(talks, world, watch, side, day)
        else:
            close_at_working_level(talks, world, stakes, watch, side, day)
        if talks.agreed > 0:
            # what both have said yes to is on the table of both
            texts.put_on_table(talks, world, 1 - side, talks.offer[side])
    if drafting.worth_a_draft(talks, new) and drafting.draft_of_delegations(
        talks, world, stakes, day
    ):
        initial_draft(talks, world, stakes, watch, day)


@compiled
def look_at_texts(talks: State, world: Numbers, watch: Script, day: float) -> int:
    """Bring effort up to ``day`` and return how many texts have become ready."""
    talks.clock = day
    talks.clock_end = last_day(talks, world)
    texts.work_until(talks, day)
    new = texts.see_what_is_ready(talks, world)
    if new > 0:
        journal.note_ready(talks, watch, day)
    return new


@compiled
def initial_draft(talks: State, world: Numbers, stakes: Stakes, watch: Script, day: float) -> None:
    """Ask both delegations to initial the draft, then both home fronts to pass it."""
    us = choices.decide_initials(talks, watch, US)
    us_chance = talks.scratch.chance
    china = choices.decide_initials(talks, watch, CHINA)
    chance = us_chance * talks.scratch.chance
    innovations.in_talks(talks, innovations.INITIALLED, us and china, chance)
    journal.note_draft(talks, world, watch, journal.DRAFTED, us, china, day)
    if not (us and china):
        return
    passes = draft_passes(talks, world, watch)
    innovations.in_talks(talks, innovations.PASSED, passes, talks.scratch.chance)
    if passes:
        drafting.book(talks, world, stakes, day)
        floor.sign(talks, world, stakes, talks.drafting.package, WORKING_DEAL, day)
        deadline.note_deal(talks)


@compiled
def stopped_by(
    talks: State, world: Numbers, watch: Script, z: Array, us_gets: float, china_gets: float
) -> int:
    """Ask both home fronts to pass a package; returns the side whose does not, or ``NOBODY``.

    Leaves the chance that both do in ``scratch.chance``.
    """
    us = choices.decide_ratification(talks, world, watch, US, z, us_gets)
    us_chance = talks.scratch.chance
    china = choices.decide_ratification(talks, world, watch, CHINA, z, china_gets)
    talks.scratch.chance *= us_chance
    return (dispute.NOBODY if china else CHINA) if us else US


@compiled
def draft_passes(talks: State, world: Numbers, watch: Script) -> bool:
    """Ask both home fronts to pass the draft that has been written."""
    z, worth = talks.drafting.package, talks.drafting.public
    return stopped_by(talks, world, watch, z, worth[US], worth[CHINA]) == dispute.NOBODY


@inlined
def round_of_talks(talks: State, world: Numbers, stakes: Stakes, watch: Script, side: int) -> None:
    """One offer of ``side`` and its answer; what both stand by is signed, or only agreed."""
    choices.decide_offer(talks, world, stakes, watch, side)
    accepted = choices.decide_answer(talks, world, stakes, watch, 1 - side)
    innovations.in_talks(talks, innovations.TAKEN, accepted, talks.scratch.chance)
    day = rounds.round_day(talks, world)
    journal.note_offer(talks, world, stakes, watch, side, True, accepted, day)
    if not accepted:
        return
    if not choices.decide_standing(talks, world, stakes, watch, side):
        journal.note_paper(talks, watch, journal.WITHDRAWN, side, day)
    elif not offers.within_mandates(talks, world, talks.offer[side]):
        offers.park_draft(talks, world, side)
        journal.note_parked(talks, world, watch, side, day)
    else:
        close_at_working_level(talks, world, stakes, watch, side, day)


@compiled
def close_at_working_level(
    talks: State, world: Numbers, stakes: Stakes, watch: Script, side: int, day: float
) -> None:
    """Sign the accepted offer of ``side`` if both home fronts let it pass; else park it."""
    z, us_gets, china_gets = talks.offer[side], 0.0, 0.0
    if world.talks_contract == DRAFTS:
        us_gets = expected_value(talks, world, US, z)
        china_gets = expected_value(talks, world, CHINA, z)
    blocker = stopped_by(talks, world, watch, z, us_gets, china_gets)
    passes = blocker == dispute.NOBODY
    innovations.in_talks(talks, innovations.PASSED, passes, talks.scratch.chance)
    if passes:
        if world.talks_contract == DRAFTS:
            floor.sign(talks, world, stakes, z, WORKING_DEAL, day)
        else:
            for k in range(int(world.n_issues)):
                talks.package[k] = z[k]
            floor.conclude(talks, world, stakes, z, WORKING_DEAL, day)
        deadline.note_deal(talks)
        journal.note_paper(talks, watch, journal.SIGNED, side, day)
    else:
        offers.park_draft(talks, world, side)
        journal.note_block(talks, watch, blocker, day)


@compiled
def meet_deadline(talks: State, world: Numbers, stakes: Stakes, watch: Script) -> None:
    """Phase 4: extend evenly, demand, give in, refuse."""
    if deadline.deadline_due(talks, world):
        decide_date(talks, world, stakes, watch, deadline.due_day(talks))
        talks.deadlines += 1


@compiled
def decide_date(talks: State, world: Numbers, stakes: Stakes, watch: Script, day: float) -> None:
    """Meet at a decision date of the dispute: a deadline, or a crisis meeting under penalties."""
    dispute.prepare(talks, world, stakes)
    first, asker = dispute.first_speaker(talks, stakes), dispute.NOBODY
    innovations.before_date(talks, world, first)
    pending = talks.first_deadline == PENDING and talks.regime != WAR
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
        innovations.after_date(talks, asker, pending)
        longer = dispute.agree(talks, world, stakes, asker)
    elif under_truce:
        dispute.lapse(talks, world, day)
        innovate(talks, innovations.QUIET, talks.regime == LAPSE, world.deadline_grace)
    journal.note_date(talks, stakes, watch, asker, wanted, agreed, under_truce, day, longer)
    weigh_cut(talks, stakes, watch, day)
    talks.dates += 1


@compiled
def weigh_cut(talks: State, stakes: Stakes, watch: Script, day: float) -> None:
    """Let China decide on the cut of rare earths, where there is one to decide on."""
    if not dispute.may_cut(talks, stakes):
        return
    chance = dispute.chance_of_cutting(talks, stakes)
    cuts = choices.decide_cut(talks, stakes, watch)
    innovate(talks, innovations.CUT, cuts, chance)
    if cuts:
        dispute.cut(talks)
        journal.note_cut(talks, watch, day)


@compiled
def meet_at_summit(talks: State, world: Numbers, stakes: Stakes, watch: Script) -> None:
    """Phase 5: the leaders meet if they approve of what the sherpas wrote, or for the picture."""
    # a meeting that is put off may fall in the same tick again, where a tick is longer than a week
    while sherpas.summit_due(talks, world):
        meet_or_put_off(talks, world, stakes, watch)


@compiled
def meet_or_put_off(talks: State, world: Numbers, stakes: Stakes, watch: Script) -> None:
    """Hold the meeting that is due, put it off, or call it off."""
    day, feasible = talks.summit_day, sherpas.feasible(talks, world)
    broken = sherpas.penalties(talks)
    if feasible and not broken:
        if approve(talks, world, stakes, watch, day):
            hold_meeting(talks, world, stakes, watch, day)
            sherpas.plan_next(talks, world)
            return
        us = choices.decide_picture(talks, world, watch, US)
        china = choices.decide_picture(talks, world, watch, CHINA)
        if us and china:
            talks.summit_held = talks.summit_failed = 1
            talks.meetings += 1
            talks.photo_ops += 1
            journal.note_summit(talks, watch, journal.PICTURE)
            sherpas.plan_next(talks, world)
            return
    if feasible and sherpas.put_off(talks):
        journal.note_put_off(talks, watch, day, broken)
    else:
        journal.note_no_meeting(talks, watch, feasible, broken)
        sherpas.plan_next(talks, world)


@compiled
def approve(talks: State, world: Numbers, stakes: Stakes, watch: Script, day: float) -> bool:
    """Ask both leaders and both home fronts about a text, and about another if it is refused."""
    look_at_texts(talks, world, watch, day)
    strain = drafting.strain(talks, world)
    for text in range(sherpas.TEXTS):
        drafting.pose_anew(talks, world)
        if not drafting.draft_of_leaders(talks, world, stakes, strain, day):
            return False
        if text > 0 and not drafting.another_text(talks):
            return False
        drafting.keep_text(talks)
        us = choices.decide_signature(talks, watch, US)
        us_chance = talks.scratch.chance
        china = choices.decide_signature(talks, watch, CHINA)
        chance = us_chance * talks.scratch.chance
        innovations.after_leaders(talks, world, us and china, chance)
        journal.note_draft(talks, world, watch, journal.PREPARED, us, china, day)
        if us and china:
            passes = draft_passes(talks, world, watch)
            innovations.after_home(talks, passes, talks.scratch.chance)
            return passes
        if not (us or china):  # another text is for the one who is still to be won
            return False
    return False


@compiled
def hold_meeting(talks: State, world: Numbers, stakes: Stakes, watch: Script, day: float) -> None:
    """Let the leaders sign what they have approved of, unless it slips at the table."""
    talks.summit_held = 1
    slips = sherpas.slips(talks, world)
    innovate(talks, innovations.SLIPPED, slips, world.summit_slip)
    if slips:
        talks.summit_failed = 1
        talks.slips += 1
        journal.note_summit(talks, watch, journal.NO_DEAL)
    else:
        drafting.book(talks, world, stakes, day)
        floor.sign(talks, world, stakes, talks.drafting.package, SUMMIT_DEAL, day)
        deadline.note_deal(talks)
        journal.note_summit(talks, watch, journal.LEADERS_SIGNED)
    talks.meetings += 1

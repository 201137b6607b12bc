"""The order of play: six phases a tick, the same for every driver.

news -> provocations -> talks -> deadline (if due) -> summit (if its date has come) -> accounts.
"""

from __future__ import annotations

from negotiation.compiling import compiled
from negotiation.rules import (
    acceptance,
    compliance,
    deadline,
    escalation,
    offers,
    provocation,
    summit,
)
from negotiation.rules.accounts import accounts, over
from negotiation.rules.home import ratifies
from negotiation.rules.news import news
from negotiation.rules.state import LAPSE, SUMMIT_DEAL, WAR, WORKING_DEAL

PHASES = ("news", "provocations", "talks", "deadline", "summit", "accounts")


@compiled
def play(talks, world, stakes):  # type: ignore[no-untyped-def]
    """Play an opened negotiation to its horizon."""
    while not over(talks, world):
        news(talks, world)
        provocations(talks, world)
        talk(talks, world, stakes)
        meet_deadline(talks, world, stakes)
        meet_at_summit(talks, world, stakes)
        accounts(talks, world, stakes)


@compiled
def provocations(talks, world):  # type: ignore[no-untyped-def]
    """Phase 2: each side may take a step, the other may answer it."""
    if talks.regime >= WORKING_DEAL:
        return
    for side in range(2):
        if provocation.provokes(talks, world, side):
            answered = provocation.answers(talks, world, 1 - side)
            provocation.step_taken(talks, world, side, answered)


@compiled
def talk(talks, world, stakes):  # type: ignore[no-untyped-def]
    """Phase 3: an offer and its answer; under penalties attrition, after a deal reviews."""
    if talks.regime == WAR:
        escalation.weigh(talks, world, stakes)
        us = escalation.concedes(talks, world, stakes, 0)
        china = escalation.concedes(talks, world, stakes, 1)
        if us or china:
            escalation.end_war(talks, world)
    elif talks.regime >= WORKING_DEAL:
        if compliance.review(talks, world, stakes):
            compliance.reopen(talks, world)
    elif talks.regime == LAPSE:
        escalation.quiet_lapse(talks, world, stakes)
    offers.skip_missed_rounds(talks, world)
    while offers.talks_due(talks, world):
        side = offers.proposer(talks)
        offers.propose(talks, world, stakes, side)
        if acceptance.accepts(talks, world, stakes, 1 - side) and offers.confirms(
            talks, world, stakes, side
        ):
            if offers.within_mandates(talks, world, talks.offer[side]):
                close_at_working_level(talks, world, stakes, side)
            else:
                offers.park_draft(talks, world, side)
        talks.turn += 1


@compiled
def close_at_working_level(talks, world, stakes, side):  # type: ignore[no-untyped-def]
    """Sign the accepted offer of ``side`` if both home fronts let it pass; else park it."""
    us = ratifies(talks, world, 0, talks.offer[side])
    china = ratifies(talks, world, 1, talks.offer[side])
    if us and china:
        for k in range(int(world.n_issues)):
            talks.package[k] = talks.offer[side, k]
        summit.conclude(talks, world, stakes, WORKING_DEAL, summit.FULL)
        deadline.note_deal(talks)
    else:
        offers.park_draft(talks, world, side)


@compiled
def meet_deadline(talks, world, stakes):  # type: ignore[no-untyped-def]
    """Phase 4: extend or hold out."""
    if deadline.deadline_due(talks, world):
        deadline.prepare(talks, world, stakes)
        us = deadline.holds_out(talks, world, 0)
        china = deadline.holds_out(talks, world, 1)
        deadline.expire(talks, world, stakes, us, china)


@compiled
def meet_at_summit(talks, world, stakes):  # type: ignore[no-untyped-def]
    """Phase 5: the leaders meet if both want to, and sign in full, in part, or not at all."""
    if not summit.summit_due(talks, world):
        return
    summit.draft_package(talks, world, stakes)
    us = summit.attends(talks, world, stakes, 0)
    china = summit.attends(talks, world, stakes, 1)
    if not (us and china and summit.feasible(talks, world)):
        summit.no_deal(talks, world)
        return
    talks.summit_held = 1
    for part in range(2):
        if part == summit.PARTIAL:
            summit.make_partial(talks, world)
        us = summit.signs(talks, world, stakes, 0)
        china = summit.signs(talks, world, stakes, 1)
        us_home = summit.ratified_at_home(talks, world, stakes, 0)
        china_home = summit.ratified_at_home(talks, world, stakes, 1)
        if us and china and us_home and china_home:
            summit.conclude(talks, world, stakes, SUMMIT_DEAL, part)
            deadline.note_deal(talks)
            return
    summit.no_deal(talks, world)

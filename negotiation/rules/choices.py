"""The decisions of the game, one function each, all of one form.

The side weighs the choice; whoever decides for it, its rule or somebody else, is asked; the other
side learns from the answer what it says about the type under that rule. Steps that say nothing
about the type are left out. The order in which the decisions come up is in
:mod:`negotiation.rules.play`; what the rules are stands in the file of each mechanism.
"""

from __future__ import annotations

from negotiation.compiling import compiled, inlined
from negotiation.payoffs.stakes import Stakes
from negotiation.payoffs.world import DRAFTS, Numbers
from negotiation.records import Array
from negotiation.rules import (
    acceptance,
    compliance,
    dispute,
    drafting,
    home,
    offers,
    provocation,
    script,
    sherpas,
    texts,
)
from negotiation.rules.aspirations import hold_out_for, revise_share, share_next
from negotiation.rules.beliefs import learn_from_answer
from negotiation.rules.journal import note_decision
from negotiation.rules.script import BY_RULE, PACKAGE, SHARE, YES, Script, ask
from negotiation.rules.state import CHINA, US, State
from negotiation.rules.worth import refresh_expectations


@inlined
def decide_step(talks: State, world: Numbers, watch: Script, side: int) -> bool:
    """Decide whether ``side`` takes a unilateral step in this tick."""
    if world.provocation_rate[side] <= 0.0:
        return False
    answer = ask(talks, watch, script.STEP, side)
    acts = provocation.provokes(talks, side) if answer == BY_RULE else answer == YES
    provocation.learn_from_step(talks, side, acts)
    note_decision(talks, watch, script.STEP, side, acts)
    return acts


@compiled
def decide_retaliation(talks: State, watch: Script, side: int) -> bool:
    """Decide whether ``side`` answers the step just taken against it; says nothing of its type."""
    answer = ask(talks, watch, script.RETALIATE, side)
    strikes = provocation.answers(talks, side) if answer == BY_RULE else answer == YES
    note_decision(talks, watch, script.RETALIATE, side, strikes)
    return strikes


@compiled
def decide_reopening(talks: State, world: Numbers, stakes: Stakes, watch: Script) -> bool:
    """Decide, after a review, whether the US reopens a deal that China does not keep."""
    compliance.weigh_review(talks, world, stakes)
    opens = False
    if compliance.shortfall_found(talks, world):
        answer = ask(talks, watch, script.REOPEN, US)
        opens = compliance.reopens(talks) if answer == BY_RULE else answer == YES
        note_decision(talks, watch, script.REOPEN, US, opens)
    compliance.learn_from_review(talks, opens)
    return opens


@compiled
def decide_offer(talks: State, world: Numbers, stakes: Stakes, watch: Script, side: int) -> None:
    """Decide which package ``side`` puts on the table; the other reads how much it gives up."""
    answer = ask(talks, watch, script.OFFER, side)
    refresh_expectations(talks, world, stakes)
    if answer == PACKAGE:
        offers.take_package(talks, world, side, watch.order.package)
    else:
        if answer == SHARE:
            hold_out_for(talks, world, side, watch.order.share)
        else:
            revise_share(talks, world, side)
        if world.talks_contract == DRAFTS:
            offers.cap_offer(talks, world, side, offers.full_powers(talks, world))
        offers.look_for_package(talks, world, side)
    offers.count_offer(talks, world, side)
    offers.read_offer(talks, world, side)
    if world.talks_contract == DRAFTS:
        texts.put_on_table(talks, world, side, talks.offer[side])
        talks.zeal[side] = texts.zeal_of(world, talks.held[side])
    note_decision(talks, watch, script.OFFER, side, True)


@inlined
def decide_answer(talks: State, world: Numbers, stakes: Stakes, watch: Script, side: int) -> bool:
    """Decide whether ``side`` takes the other's offer.

    Nobody knows the odds with which a plug-in answers that decides for itself, so its answer
    teaches nothing. An answer of ``SHARE`` is the rule's, of a side that holds out for that.
    """
    acceptance.weigh_offer(talks, world, stakes, side, share_next(talks, world, side))
    answer = ask(talks, watch, script.ANSWER, side)
    if answer == SHARE:
        acceptance.weigh_offer(talks, world, stakes, side, watch.order.share)
        answer = BY_RULE
    taken = acceptance.accepts(talks, side) if answer == BY_RULE else answer == YES
    talks.scratch.chance = acceptance.chance_of_accepting(talks, side)
    if answer == BY_RULE or not world.decides_itself[side]:
        learn_from_answer(talks, side, talks.accept_low, talks.accept_high, taken)
    note_decision(talks, watch, script.ANSWER, side, taken)
    return taken


@compiled
def decide_standing(talks: State, world: Numbers, stakes: Stakes, watch: Script, side: int) -> bool:
    """Decide whether ``side`` stands by its own offer now that the other takes it."""
    offers.weigh_own_offer(talks, world, stakes, side)
    answer = ask(talks, watch, script.STAND, side)
    holds = offers.stands_by(talks, world, side) if answer == BY_RULE else answer == YES
    offers.learn_from_standing(talks, world, side, holds)
    note_decision(talks, watch, script.STAND, side, holds)
    return holds


@compiled
def decide_initials(talks: State, watch: Script, side: int) -> bool:
    """Decide whether the delegation of ``side`` initials the draft that has been written."""
    drafting.weigh_signature(talks, side)
    answer = ask(talks, watch, script.INITIAL, side)
    signed = acceptance.accepts(talks, side) if answer == BY_RULE else answer == YES
    talks.scratch.chance = acceptance.chance_of_accepting(talks, side)
    # the same mood as over offers: one that has refused as good a package refuses this one
    learn_from_answer(talks, side, talks.accept_low, talks.accept_high, signed)
    note_decision(talks, watch, script.INITIAL, side, signed)
    return signed


@compiled
def decide_ratification(
    talks: State, world: Numbers, watch: Script, side: int, z: Array, worth: float = 0.0
) -> bool:
    """Decide whether the home front of ``side`` lets package ``z`` pass."""
    talks.scratch.chance = 1.0
    if world.n_groups[side] == 0.0:
        return True
    home.weigh_package(talks, world, side, z, worth)
    answer = ask(talks, watch, script.RATIFY, side)
    passed = home.ratifies(talks, world, side, z, worth) if answer == BY_RULE else answer == YES
    talks.scratch.chance = home.chance_of_passing(talks, side)
    home.learn_from_vote(talks, side, passed)
    note_decision(talks, watch, script.RATIFY, side, passed)
    return passed


@compiled
def decide_proposal(talks: State, watch: Script, side: int, second: int) -> bool:
    """Decide whether ``side`` offers, or speaking second accepts, a truce on even terms.

    Otherwise it makes a demand. It is the delegation's word, and says nothing of the capital.
    """
    talks.scratch.second = second
    answer = ask(talks, watch, script.PROPOSE, side)
    even = dispute.offers_even(talks, side) if answer == BY_RULE else answer == YES
    note_decision(talks, watch, script.PROPOSE, side, even)
    return even


@compiled
def decide_yielding(talks: State, watch: Script, side: int) -> bool:
    """Decide whether ``side`` gives in to the demand on the table, or refuses."""
    answer = ask(talks, watch, script.YIELD, side)
    yields = dispute.gives_in(talks, side) if answer == BY_RULE else answer == YES
    dispute.learn_from_answer(talks, side, yields)
    note_decision(talks, watch, script.YIELD, side, yields)
    return yields


@compiled
def decide_cut(talks: State, stakes: Stakes, watch: Script) -> bool:
    """Decide whether China cuts rare earths while penalties are in force."""
    answer = ask(talks, watch, script.CUT, CHINA)
    cuts = dispute.cuts(talks, stakes) if answer == BY_RULE else answer == YES
    note_decision(talks, watch, script.CUT, CHINA, cuts)
    return cuts


@compiled
def decide_picture(talks: State, world: Numbers, watch: Script, side: int) -> bool:
    """Decide whether the leader of ``side`` meets without a text; says nothing of its type."""
    answer = ask(talks, watch, script.ATTEND, side)
    comes = sherpas.poses(talks, world, side) if answer == BY_RULE else answer == YES
    note_decision(talks, watch, script.ATTEND, side, comes)
    return comes


@compiled
def decide_signature(talks: State, watch: Script, side: int) -> bool:
    """Decide whether the leader of ``side`` signs the text on the table."""
    drafting.weigh_signature(talks, side)
    answer = ask(talks, watch, script.SIGN, side)
    signed = sherpas.signs(talks, side) if answer == BY_RULE else answer == YES
    talks.scratch.chance = sherpas.chance_of_signing(talks, side)
    learn_from_answer(talks, side, talks.sign_low, talks.sign_high, signed)
    note_decision(talks, watch, script.SIGN, side, signed)
    return signed


@compiled
def chance_of_yes(talks: State, world: Numbers, stakes: Stakes, kind: int, side: int) -> float:
    """Return the chance that ``side`` says yes to the decision that play waits at, given its type.

    An offer is made for sure: the choice is which.
    """
    if kind == script.STEP:
        return provocation.chance_of_step(talks, side)
    if kind == script.RETALIATE:
        return talks.answer[side]
    if kind == script.REOPEN:
        return compliance.chance_of_reopening(talks, world)
    if kind == script.ANSWER or kind == script.INITIAL:
        return acceptance.chance_of_accepting(talks, side)
    if kind == script.STAND:
        return 1.0 if offers.stands_by(talks, world, side) else 0.0
    if kind == script.RATIFY:
        return home.chance_of_passing(talks, side)
    if kind == script.ATTEND:
        return sherpas.chance_of_posing(talks, world, side)
    if kind == script.SIGN:
        return sherpas.chance_of_signing(talks, side)
    if kind == script.PROPOSE:
        return dispute.chance_of_even(talks, side)
    if kind == script.YIELD:
        return dispute.chance_of_giving_in(talks, side)
    if kind == script.CUT:
        return dispute.chance_of_cutting(talks, stakes)
    return 1.0

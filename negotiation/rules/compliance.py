"""After the signature: delivery, detection, reopening.

China delivers a share of its purchase pledges: its private integrity, raised towards one by
the chance that a shortfall is found and by how much it values the future in which that
counts (a longer shadow of the future makes for better compliance: Fearon 1998,
doi:10.1162/002081898753162820). Both sides know that rule and value a pledge at what it will
bring: ``talks.type_trait`` holds the share of either type, and every payoff reads it there.

Reviews come at a rate; one that finds a shortfall lets the US reopen the deal, which it does
with the logit probability of what it is missing over what the deal still brings. A reopened
deal is void, and the truce starts a new period.
"""

from __future__ import annotations

import numpy as np

from negotiation import randomness as rnd
from negotiation.compiling import compiled
from negotiation.payoffs.stakes import Stakes
from negotiation.payoffs.trade import deficit_of
from negotiation.payoffs.types import TYPES, trait_of
from negotiation.payoffs.world import DRAFTS, Numbers
from negotiation.records import Array
from negotiation.rules.beliefs import normalise
from negotiation.rules.frontier import expected_value
from negotiation.rules.reference import below_reference, reference_loss_rate
from negotiation.rules.state import CHINA, TRUCE, US, State
from negotiation.rules.worth import expected_trait, refresh_expectations, split, worth_to_type
from negotiation.solvers.choice import logit, per_tick
from negotiation.solvers.draft_problem import past


@compiled
def delivered_share(world: Numbers, trait: int) -> float:
    """Return the share of its pledges that China of a given integrity delivers."""
    integrity = world.trait[CHINA, trait]
    return integrity + (1.0 - integrity) * world.compliance_detection * world.patience[CHINA]


@compiled
def reopening_chance(talks: State, world: Numbers, stakes: Stakes, trait: int) -> float:
    """Return the chance that a review of what this China delivers makes the US reopen the deal.

    The package must have been split for the US. What the deal brings the US is judged by what
    is publicly expected of it, so that reopening says something about China alone.
    """
    delivered = delivered_share(world, trait)
    missing = (1.0 - delivered) * talks.scratch.parts[US, 4]
    if missing <= 0.0:
        return 0.0
    # in it only an agreement that is still to come is counted
    brings = world.agreement_value[US] - talks.agreement[US]
    brings += expected_value(talks, world, US, talks.package)
    if world.talks_contract == DRAFTS:
        # the room has shrunk by what this package took
        brings += below_reference(talks, world, talks.package)
        brings -= reference_loss_rate(world) * past(-talks.room)
    brings += (delivered - expected_trait(talks, CHINA)) * talks.scratch.parts[US, 4]
    return found_share(world, trait) * logit(world.precision[US] * (missing - max(brings, 0.0)))


@compiled
def sign_in(talks: State, world: Numbers, stakes: Stakes, z: Array) -> None:
    """Add what ``z``, just signed, brings each side a year, once delivered as it will be."""
    talks.delivered = delivered_share(world, talks.trait[CHINA])
    talks.deal_deficit += deficit_of(
        world, stakes.deficit_slope, stakes.deficit_bend, talks.delivered, z
    )
    for side in range(2):
        split(talks, world, stakes, side, z)
        gain = worth_to_type(talks, side, talks.stance[side], talks.trait[side])
        missing = expected_trait(talks, 1 - side) - talks.delivered
        talks.yearly_gain[side] += (
            gain - missing * talks.scratch.parts[side, 4] if side == US else gain
        )


@compiled
def set_reviews(talks: State, world: Numbers) -> None:
    """Fill the chance of a review in a tick."""
    rate = world.compliance_review_rate / 365.0
    talks.review_chance = per_tick(rate, world.clock_tick_days)


@compiled
def review_due(talks: State) -> bool:
    """Return whether a signed deal is reviewed in this tick."""
    slot = rnd.DELIVER + np.uint64(4 * talks.tick)
    return rnd.uniform(talks.key, slot) < talks.review_chance


@compiled
def weigh_review(talks: State, world: Numbers, stakes: Stakes) -> None:
    """Fill the chances that the review makes the US reopen the deal, by China's integrity."""
    talks.reviews += 1
    refresh_expectations(talks, world, stakes)
    split(talks, world, stakes, US, talks.package)
    for trait in range(2):
        talks.scratch.reopening[trait] = reopening_chance(talks, world, stakes, trait)


@compiled
def found_share(world: Numbers, trait: int) -> float:
    """Return the chance that a review finds what China of a given integrity does not deliver."""
    return world.compliance_detection * (1.0 - delivered_share(world, trait))


@compiled
def shortfall_found(talks: State, world: Numbers) -> bool:
    """Return whether the review of this tick finds that China does not deliver."""
    return review_luck(talks) < found_share(world, talks.trait[CHINA])


@compiled
def review_luck(talks: State) -> float:
    """Return the draw that decides whether a review finds something and what the US makes of it."""
    # one draw for both questions: `reopening_chance` is `found_share` times a probability, so
    # nothing is reopened that was not found
    return rnd.uniform(talks.key, rnd.DELIVER + np.uint64(4 * talks.tick + 1))


@compiled
def reopens(talks: State) -> bool:
    """Return whether the US reopens the deal over what the review has found."""
    return review_luck(talks) < talks.scratch.reopening[talks.trait[CHINA]]


@compiled
def chance_of_reopening(talks: State, world: Numbers) -> float:
    """Return the chance that the US reopens the deal, now that something has been found."""
    found = found_share(world, talks.trait[CHINA])
    return talks.scratch.reopening[talks.trait[CHINA]] / found if found > 0.0 else 0.0


@compiled
def learn_from_review(talks: State, reopened: bool) -> None:
    """Update the beliefs about China from whether a review had the deal reopened."""
    low, high = talks.scratch.reopening[0], talks.scratch.reopening[1]
    for n in range(TYPES):
        chance = high if trait_of(n) else low
        talks.beliefs[CHINA, n] *= chance if reopened else 1.0 - chance
    normalise(talks, CHINA)


@compiled
def reopen(talks: State, world: Numbers) -> None:
    """Void the deal: the truce starts a new period, with nothing signed."""
    talks.reopened += 1
    talks.regime = TRUCE
    talks.agreed = 0
    talks.extensions += 1
    talks.expiry = talks.day + world.extension_days
    talks.tension += 1.0
    talks.deal_deficit = 0.0
    for side in range(2):
        talks.yearly_gain[side] = 0.0
    for k in range(int(world.n_issues)):
        talks.package[k] = 0.0

"""The first day: draw the uncertain numbers, the private types and the persistent shocks."""

from __future__ import annotations

import math

import numpy as np

from negotiation import randomness as rnd
from negotiation.compiling import compiled
from negotiation.payoffs.dispute import fill_dispute, fill_prospect, nothing_to_lose, spare_dates
from negotiation.payoffs.stakes import Stakes, derive
from negotiation.payoffs.tension import first_tension
from negotiation.payoffs.types import SIX, SLOTS, TYPES, resolve_of, stance_of, trait_of
from negotiation.payoffs.world import DRAFTS, Numbers
from negotiation.records import Array, Draws, Surface
from negotiation.rules.aspirations import last_day
from negotiation.rules.compliance import delivered_share, set_reviews
from negotiation.rules.different_offers import no_offer_yet
from negotiation.rules.dispute import open_dispute
from negotiation.rules.drafting import pose
from negotiation.rules.floor import nothing_settled
from negotiation.rules.innovations import RESOLVE, innovate, none_so_far
from negotiation.rules.news import set_pace
from negotiation.rules.prospect import foresee_dispute, prospect
from negotiation.rules.provocation import set_rates
from negotiation.rules.reading import nothing_read
from negotiation.rules.reference import list_tariffs
from negotiation.rules.rounds import open_rounds
from negotiation.rules.state import CHINA, TRUCE, State
from negotiation.rules.texts import open_texts
from negotiation.rules.worth import ideal_gains, refresh_expectations
from negotiation.scenario import MAX_ISSUES
from negotiation.solvers.dispute_chain import solve_again, solve_dispute, weigh_deadline
from negotiation.solvers.exponential import power
from negotiation.solvers.quantiles import LAST, TABLE, at_place

NEVER = math.inf
LOOKS = 1  # of either game at the other, after each has been solved once


@compiled
def draw_world(numbers: Array, uncertain: Draws, world_key: np.uint64) -> None:
    """Draw every uncertain number into the flat vector ``numbers`` of the world record.

    ``uncertain`` is :attr:`negotiation.payoffs.world.World.draws`. All places in the tables come
    first, as that loop runs in vector registers and the look-ups cannot; last come the few numbers
    for which a table is too coarse.
    """
    positions, slots, kinds, scales, tables, places = uncertain
    for u in range(slots.shape[0]):
        # inverse transform: a uniform number is a place in the table of quantiles
        places[u] = rnd.uniform(world_key, rnd.WORLD + slots[u]) * LAST
    for u in range(positions.shape[0]):
        row, i = tables[u], np.uint64(places[u])
        rest = places[u] - np.float64(i)
        numbers[positions[u]] = row[i] + rest * (row[i + np.uint64(1)] - row[i])
    for u in range(kinds.shape[0]):
        if kinds[u] != TABLE:
            numbers[positions[u]] = at_place(kinds[u], scales[u], tables[u], places[u])


@compiled
def work_out(
    talks: State, world: Numbers, surface: Surface, stakes: Stakes, key: np.uint64
) -> None:
    """Work out what every issue is worth in a world, and what the sides foresee on its first day.

    The latter where drafts are signed; then ``talks`` is written over. ``key`` is the world's.
    """
    derive(world, surface, stakes)
    nothing_foreseen(stakes)
    fill_dispute(world, stakes, stakes.dispute)
    if world.talks_contract == DRAFTS:
        open_talks(talks, world, stakes, key)
        for k in range(int(world.n_issues)):
            talks.ready[k] = 0.0
    meets, disputes = world.day_summit_from < NEVER, dispute_may_come(world)
    if disputes:
        nothing_to_lose(stakes.dispute)
        foresee_deadline(talks, world, stakes)
    if not meets:
        return
    # what a meeting promises is what a lapse endangers, and what deadlines cost is what a deal
    # saves: each looks at the other until they agree but for little
    middle = 0.5 * (world.day_summit_from + world.day_summit_to)
    prospect(talks, world, stakes, middle, key, stakes.prospect)
    for _ in range(LOOKS if disputes else 0):
        fill_prospect(world, stakes, stakes.dispute)
        foresee_deadline(talks, world, stakes)
        prospect(talks, world, stakes, middle, key, stakes.prospect)


@compiled
def dispute_may_come(world: Numbers) -> bool:
    """Return whether a truce may run out: on its date, or after a deal that ends or is reopened."""
    ends = world.compliance_review_rate > 0.0 or world.deal_days <= world.day_horizon
    return ends or world.day_expiry <= world.day_horizon


@compiled
def foresee_deadline(talks: State, world: Numbers, stakes: Stakes) -> None:
    """Solve the dispute, the leaders' meeting being worth what it is, or nothing."""
    if stakes.dispute.ahead == 0:
        solve_dispute(stakes.dispute, stakes.room)
    else:
        solve_again(stakes.dispute, stakes.room)
    weigh_deadline(stakes.dispute, stakes.terms, stakes.date)
    spare_dates(world, stakes.dispute, stakes.date)
    if world.day_expiry <= world.day_horizon:
        foresee_dispute(world, stakes.dispute, stakes.date, stakes.deadline)
        talks.truce_ends = stakes.deadline.ends


@compiled
def nothing_foreseen(stakes: Stakes) -> None:
    """Forget what was foreseen in another world."""
    for side in range(2):
        for m in range(SIX):
            stakes.deadline.cost[side, m] = stakes.prospect.meeting[side, m] = 0.0
    stakes.deadline.ends = stakes.prospect.signed = 0.0
    stakes.prospect.looks = stakes.prospect.unsettled = stakes.dispute.unsettled = 0
    for k in range(MAX_ISSUES):
        stakes.prospect.of_issue[k] = 0.0


@compiled
def open_talks(talks: State, world: Numbers, stakes: Stakes, key: np.uint64) -> None:
    """Set ``talks`` to the scenario's first day, with types and shocks drawn."""
    talks.key = key
    talks.tick, talks.day, talks.regime = 0, 0.0, TRUCE
    talks.turn, talks.agreed = 0, 0
    none_so_far(talks, world)
    talks.expiry = world.day_expiry
    talks.deadlines = talks.extensions = talks.first_deadline = 0
    talks.tension, talks.pressure, talks.leverage = first_tension(world), 0.0, 1.0
    talks.rulings = talks.selloffs = talks.incidents = 0
    talks.sold_off = 0
    talks.thaws = talks.sectoral = talks.put_off = 0
    talks.war_start, talks.war_days = -1.0, 0.0
    talks.disputes = talks.dates = talks.first_bought = talks.cuts = 0
    talks.first_term = 0.0
    talks.rung = talks.first_demand = -1
    talks.wars = talks.wars_ended = talks.lapses = 0
    talks.deficit = talks.deal_deficit = 0.0
    talks.trade_low = 1.0
    talks.summit_held = talks.summit_failed = 0
    talks.working_deals = talks.summit_deals = 0
    talks.deal_day = -1.0
    talks.reviews = talks.reopened = 0
    talks.delivered = 0.0
    talks.burn = 0.0
    talks.stock = max(world.rare_earths_stock_months - world.rare_earths_depleted, 0.0)
    talks.thrift = 1.0
    talks.alternatives = world.rare_earths_alternatives
    width = world.day_summit_to - world.day_summit_from
    talks.summit_day = NEVER
    talks.summit_from, talks.summit_until = world.day_summit_from, world.day_summit_to
    talks.meetings = talks.photo_ops = talks.slips = 0
    list_tariffs(talks, world)
    nothing_settled(talks, world)
    if world.day_summit_from < NEVER:
        talks.summit_day = world.day_summit_from + width * rnd.uniform(key, rnd.SUMMIT_DATE)
    for side in range(2):
        open_side(talks, world, side)
    open_dispute(talks, world, stakes)
    set_pace(talks, world)
    set_rates(talks, world)
    set_reviews(talks, world)
    refresh_expectations(talks, world, stakes)
    ideal_gains(talks, world, stakes)
    for k in range(int(world.n_issues)):
        talks.draft[k] = talks.package[k] = 0.0
    talks.unsettled = stakes.dispute.unsettled + stakes.prospect.unsettled
    if world.talks_contract == DRAFTS:
        open_drafts(talks, world, stakes)


@compiled
def open_drafts(talks: State, world: Numbers, stakes: Stakes) -> None:
    """Set what only drafts need: dates, texts, and that none has been written."""
    open_rounds(talks)
    open_texts(talks, world)
    talks.clock_end = last_day(talks, world)
    talks.truce_ends = stakes.deadline.ends
    talks.drafted = 0
    talks.realised[0] = talks.realised[1] = 0.0
    talks.drafted_on = -1.0
    pose(talks, world, stakes)


@compiled
def open_side(talks: State, world: Numbers, side: int) -> None:
    """Draw the type and the shocks of one side and set the other's beliefs to the prior."""
    key, i = talks.key, np.uint64(side)
    u = rnd.uniform(key, rnd.TYPE + i)
    dove, middle = world.stance_prior[side, 0], world.stance_prior[side, 1]
    # added up, as no branch on a draw can be foreseen
    talks.stance[side] = int(u >= dove) + int(u >= dove + middle)
    u = rnd.uniform(key, rnd.TYPE + np.uint64(2) + i)
    talks.trait[side] = int(u < world.trait_prior[side])
    u = rnd.uniform(key, rnd.TYPE + np.uint64(4) + i)
    talks.resolve[side] = int(u < world.resolve_prior[side])
    innovate(talks, RESOLVE + side, talks.resolve[side] > 0, world.resolve_prior[side])
    talks.accept_shock[side] = rnd.logistic(key, rnd.ACCEPT + i)
    talks.attend_shock[side] = rnd.logistic(key, rnd.ATTEND + i)
    talks.sign_shock[side] = rnd.logistic(key, rnd.SIGN + i)
    talks.home_shock[side] = rnd.logistic(key, rnd.RATIFY + i)
    for n in range(TYPES):
        trait = world.trait_prior[side] if trait_of(n) else 1.0 - world.trait_prior[side]
        resolve = world.resolve_prior[side] if resolve_of(n) else 1.0 - world.resolve_prior[side]
        # the parts of a type are drawn independently, so the prior is their product
        talks.beliefs[side, n] = world.stance_prior[side, stance_of(n)] * trait * resolve
        talks.type_stance[side, n] = world.stance[side, stance_of(n)]
        talks.type_trait[side, n] = world.trait[side, trait_of(n)]
        if side == CHINA:
            talks.type_trait[side, n] = delivered_share(world, trait_of(n))
    # nothing is known of any shock yet: its distribution function lies between 0 and 1
    talks.home_low[side], talks.home_high[side] = 0.0, 1.0
    for n in range(SLOTS):
        talks.accept_low[side, n], talks.accept_high[side, n] = 0.0, 1.0
        talks.sign_low[side, n], talks.sign_high[side, n] = 0.0, 1.0
    talks.wait[side] = power(world.patience[side], world.talks_every_days / 365.0)
    talks.offers_made[side] = 0
    no_offer_yet(talks, side)
    nothing_read(talks, side)
    talks.weight[side] = 0.2
    talks.held[side], talks.aspiration[side] = 1.0, 0.0
    talks.provocations[side] = talks.retaliations[side] = 0
    talks.account[side] = talks.yearly_gain[side] = 0.0
    for k in range(int(world.n_issues)):
        talks.offer[side, k] = 0.0

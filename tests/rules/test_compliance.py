"""After the signature: what is delivered, who finds out, and the Phase One record as the prior."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from negotiation.compiling import compiled
from negotiation.economy.purchases import cn_cost
from negotiation.ensemble import Ensemble
from negotiation.model import NegotiationModel
from negotiation.outcome import EVENTS
from negotiation.rules import compliance
from negotiation.rules.play import play
from negotiation.rules.script import NEVER
from negotiation.rules.state import CHINA, TRUCE, US, WORKING_DEAL
from negotiation.rules.worth import expected_trait, levels, split, worth
from negotiation.scenario import Scenario
from negotiation.table import Table, draw_and_open

FALSE_ALARM = 1e-4
SCENARIOS = ("stockholm-2025", "stockholm-three-issues")
DEAL, REOPENED = EVENTS.index("deal"), EVENTS.index("reopened")


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_phase_one_record_is_the_prior(name):
    """What China is expected to deliver beside the trend has the record as its source.

    Of the $200bn above trend nothing was bought (Bown 2022, PIIE: 57 to 58% of the commitment):
    the low integrity is the mean of Beta(1, 4), which that record gives after one look at it; the
    high one that of Beta(8, 2), for pledges that the state itself executes.
    """
    scenario = Scenario.load(name)
    low, high = scenario.china.types.trait
    assert (low.value, high.value) == (stats.beta(1, 4).mean(), stats.beta(8, 2).mean())
    assert low.source.startswith("phase_one: ") and "phase_one" in scenario.sources
    assert "PIIE" in scenario.sources["phase_one"]
    assert scenario.china.types.trait_prior.value < 0.5  # the record makes the low one the likelier


def signed(name="stockholm-2025", **changes):
    """A model at the central values in which a deal with full purchases has just been signed."""
    model = NegotiationModel(
        Scenario.load(name)
        .central()
        .replace({k.replace("__", "."): v for k, v in changes.items()}),
        seed=1,
    )
    talks, world, stakes = model.scene.records
    k = list(model.scenario.issues).index("purchase_commitments")
    talks.package[k] = world.reach[k]
    compliance.sign_in(talks, world, stakes, talks.package)
    split(talks, world, stakes, 0, talks.package)
    return talks, world, stakes


def test_who_cannot_be_found_out_delivers_its_integrity_and_no_more():
    """Delivery is integrity + (1 - integrity) * detection * patience."""
    talks, world, _ = signed(compliance__detection=0.0)
    for trait, integrity in enumerate((0.2, 0.8)):
        assert compliance.delivered_share(world, trait) == pytest.approx(integrity)
    talks, world, _ = signed(compliance__detection=1.0, china__patience=1.0)
    assert compliance.delivered_share(world, 0) == pytest.approx(1.0)


def test_the_longer_the_shadow_of_the_future_the_more_is_delivered():
    """Fearon 1998, doi:10.1162/002081898753162820: patience makes for compliance."""
    shares = []
    for patience in (0.2, 0.6, 1.0):
        _, world, _ = signed(china__patience=patience, compliance__detection=0.5)
        shares.append(compliance.delivered_share(world, 0))
    assert (np.diff(shares) > 0).all()


def test_a_kept_deal_is_not_reopened():
    """Where all is delivered, or nothing was pledged, no review can reopen anything."""
    talks, world, stakes = signed(compliance__detection=1.0, china__patience=1.0)
    assert compliance.reopening_chance(talks, world, stakes, 0) == 0.0
    talks, world, stakes = signed()
    talks.package[:] = 0.0
    split(talks, world, stakes, 0, talks.package)
    assert compliance.reopening_chance(talks, world, stakes, 0) == 0.0


def test_the_less_is_delivered_the_likelier_the_deal_is_reopened():
    """The faithless type's deal is reopened more often, so a reopening teaches who it was."""
    talks, world, stakes = signed(compliance__detection=0.5)
    faithless, faithful = (compliance.reopening_chance(talks, world, stakes, t) for t in (0, 1))
    assert faithless > faithful > 0.0


def test_a_reopened_deal_is_void_and_the_truce_starts_anew():
    """Nothing signed is left in force, and a new period of truce begins."""
    talks, world, _ = signed()
    before = talks.tension
    compliance.reopen(talks, world)
    assert talks.regime == TRUCE and talks.reopened == 1
    assert (talks.package == 0).all() and (talks.yearly_gain == 0).all()
    assert talks.expiry == talks.day + world.extension_days
    assert talks.tension == before + 1.0


OFFERS = {
    "talks.contract": "offers", "talks.dates": "regular",
    "calendar.summit_from": None, "calendar.summit_to": None,
}  # fmt: skip


@pytest.mark.parametrize("contract", ["offers", "drafts"])
@pytest.mark.parametrize("name", SCENARIOS)
def test_without_reviews_nothing_is_reopened_and_the_deals_are_the_same(name, contract):
    """Reviews come after the signature: without them the same runs have a deal.

    Where the first deal ends the talks, a run in which nothing is reopened is the same to the last
    bit; where talks go on, a review teaches what China is like.
    """
    base = Scenario.load(name).replace(OFFERS if contract == "offers" else {})
    with_, without = (
        Ensemble(base.replace(changes)).rows(seed=3, first=0, count=3000)
        for changes in ({}, {"compliance.review_rate": 0.0})
    )
    assert without["events"][:, REOPENED].sum() == 0 < with_["events"][:, REOPENED].sum()
    assert (with_["events"][:, DEAL] == without["events"][:, DEAL]).all()
    if contract == "offers":
        kept = with_["events"][:, REOPENED] == 0
        assert with_[kept].tobytes() == without[kept].tobytes()


@compiled
def signings(records, seed, found):
    """What is expected and what is delivered at the first signature of each run, else zeros."""
    talks, world, stakes = records.talks[0], records.world[0], records.stakes[0]
    watch = records.watch[0]
    for run in range(found.shape[0]):
        draw_and_open(records, seed, run, run)
        for tick in range(1, 100):
            watch.until = tick
            play(talks, world, stakes, watch)
            if talks.regime >= WORKING_DEAL:
                low, high = levels(talks, CHINA)
                found[run] = talks.delivered, expected_trait(talks, CHINA), low, high
                break
    watch.until = NEVER


@pytest.mark.parametrize("name", SCENARIOS)
def test_on_average_the_us_gets_the_share_of_the_pledges_that_it_expected(name):
    """Mean delivery is mean expectation at the signature, over 20,000 runs.

    Each run's delivery is one of two levels, with the believed chance of each, so the sum of the
    differences has a known variance; the test raises a false alarm once in 10,000.
    """
    found = np.zeros((20_000, 4))
    signings(Table(Scenario.load(name)).records(), 11, found)
    delivered, expected, low, high = found[found[:, 0] > 0].T
    spread = np.sqrt(((expected - low) * (high - expected)).sum())
    assert len(delivered) > 5_000
    surprise = (delivered - expected).sum() / spread
    assert abs(surprise) < stats.norm.isf(FALSE_ALARM / 2)


def test_a_pledge_is_worth_to_both_sides_what_will_be_delivered():
    """The US counts what either type of China delivers, and China pays for that, not for less."""
    talks, world, stakes = signed(compliance__detection=0.5)
    k = int(np.flatnonzero(talks.package)[0])
    talks.package[k] = 0.6
    for trait in range(2):
        talks.trait[CHINA] = trait
        talks.beliefs[CHINA, :12] = [((n >> 1) & 1 == trait) / 6.0 for n in range(12)]
        bought = 30.0 * compliance.delivered_share(world, trait)
        dollar = world.purchases_us_income + world.purchases_us_politics
        dollar += world.economy_deficit_weight
        cost = cn_cost(bought, world.purchases_china_cost, world.purchases_china_cost_slope)
        idle = stakes.copy()
        idle.cross[US, k] = idle.tau[CHINA, k] = idle.bend_tau[CHINA, k] = 0.0
        talks.yearly_gain[:] = 0.0
        compliance.sign_in(talks, world, stakes, talks.package)
        for side, brings in ((US, dollar * bought), (CHINA, -cost)):
            with_ = worth(talks, world, stakes, side, talks.package)
            assert with_ - worth(talks, world, idle, side, talks.package) == pytest.approx(brings)
            assert talks.yearly_gain[side] == pytest.approx(with_)

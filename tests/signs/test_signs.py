"""What must move which way: comparative statics on paired runs.

Each test plays 4,000 runs of 500 worlds before and after one change, or more where it moves
little, on the same random numbers, and asks for the sign of the mean change, with its standard
error over worlds. Each raises a false alarm with probability below 1 in 10,000. What the changes do
in size is no promise.
"""

from __future__ import annotations

import pytest
from scipy import stats

BEYOND = stats.norm.isf(1e-4)
SIDES = (("us", 0), ("china", 1))
MANY = 16_000  # runs, where a change moves little


def for_both(number, value):
    """The same number on both sides."""
    return {f"{side}.{number}": value for side, _ in SIDES}


# -- the deadline --------------------------------------------------------------------------------


def test_costlier_penalties_for_both_bring_fewer_lapses(paired, more):
    """A lapse that costs both sides more beside trade is risked less."""
    pair = paired(for_both("other_lapse_cost", 120.0), for_both("other_lapse_cost", 10.0))
    more(pair.reversed(), "first_deadline_lapsed")


@pytest.mark.parametrize(("side", "number"), SIDES)
def test_penalties_that_hurt_one_side_alone_make_it_pay(paired, more, side, number):
    """The other side asks for more, and gets it; the side that is hurt gets less."""
    other = SIDES[1 - number][0]
    fixed = {f"{other}.other_lapse_cost": 0.0}
    pair = paired(fixed | {f"{side}.other_lapse_cost": 120.0},
                  fixed | {f"{side}.other_lapse_cost": 10.0})  # fmt: skip
    more(pair, f"first_extension_from_{side}")
    more(pair.reversed(), f"first_extension_from_{other}")


def test_a_costlier_ultimatum_brings_more_mutual_extensions(paired, more):
    """Who would pay for naming a price names none."""
    pair = paired({"deadline.ultimatum": 5.5}, {"deadline.ultimatum": -5.0})
    more(pair, "first_extension_mutual")
    more(pair.reversed(), "first_deadline_lapsed")


@pytest.mark.parametrize(("side", "number"), SIDES)
def test_a_side_that_asks_at_a_higher_price_gets_less(paired, more, side, number):
    """What a demand costs one side alone keeps that side from asking."""
    other = SIDES[1 - number][0]
    pair = paired({f"{side}.ultimatum": 4.0}, {f"{side}.ultimatum": -4.0})
    more(pair.reversed(), f"first_extension_from_{other}")


@pytest.mark.parametrize(("side", "number"), SIDES)
def test_a_side_that_is_thought_resolute_is_asked_for_less(paired, more, side, number):
    """The resolute never give in: a side that is likelier to be pays for fewer extensions."""
    pair = paired({f"{side}.types.resolve_prior": 0.7}, {f"{side}.types.resolve_prior": 0.1})
    more(pair.reversed(), f"first_extension_from_{side}")


@pytest.mark.parametrize(("side", "number"), SIDES)
def test_who_would_pay_for_giving_in_gives_in_less(paired, more, side, number):
    """An audience cost of $8bn instead of none: the side pays for fewer first extensions."""
    pair = paired({f"{side}.audience_cost": 8.0}, {f"{side}.audience_cost": 0.0})
    more(pair.reversed(), f"first_extension_from_{side}")


def test_a_snapback_to_the_peak_brings_fewer_lapses(paired, more):
    """The likelier the April peak comes back the less a lapse is risked."""
    pair = paired({"tariffs.peak_weight": 0.5}, {"tariffs.peak_weight": 0.0})
    more(pair.reversed(), "first_deadline_lapsed")


# -- what is signed ------------------------------------------------------------------------------


def test_cheaper_concessions_bring_more_deals(paired, scaled, more, issues):
    """Half the cost at home of giving without getting, on the main issue and on all of them."""
    more(paired(scaled("issues.fentanyl_tariff.own_cost", 0.5)), "deal")
    everything = {}
    for issue in issues:
        everything |= scaled(f"issues.{issue}.own_cost", 0.5)
    more(paired(everything), "deal")


@pytest.mark.parametrize("what", ["reach", "mandate"])
def test_a_larger_reach_or_mandate_brings_no_fewer_deals(paired, no_fewer, issues, what):
    """Of any issue alone, and of all together, up to the whole: the 95% interval reaches 0."""
    for issue in ("fentanyl_tariff", "rare_earth_licences", "purchase_commitments"):
        no_fewer(paired({f"issues.{issue}.{what}": 1.0}), "deal")
    everything = paired({f"issues.{issue}.{what}": 1.0 for issue in issues})
    no_fewer(everything, "deal")


@pytest.mark.parametrize(("side", "number"), SIDES)
def test_a_lower_reservation_brings_more_deals_on_worse_own_terms(
    paired, scaled, more, moves, side, number
):
    """A larger win-set: more agreements, and of those reached either way the other gains."""
    pair = paired(scaled(f"{side}.reservation", factor=0.1))
    more(pair, "deal")
    moves(pair, "yearly_gain", number, -1)


@pytest.mark.parametrize(("side", "number"), SIDES)
def test_an_easier_ratification_costs_own_terms_and_no_deals(
    paired, scaled, no_fewer, moves, side, number
):
    """A larger win-set (Putnam): a side that can sign more at home gets less."""
    pair = paired(scaled(f"{side}.ratification", shift=-0.1))
    no_fewer(pair, "deal")
    moves(pair, "yearly_gain", number, -1)


@pytest.mark.parametrize(("side", "number"), SIDES)
def test_a_harder_ratification_buys_better_own_terms_and_more_failures(
    paired, scaled, more, moves, side, number
):
    """Schelling's paradox: what ties a side's hand at home is worth terms and costs deals.

    Schelling 1960, "The Strategy of Conflict", ch. 2; Putnam 1988, doi:10.1017/S0020818300027697.
    A home front that asks for 0.1 more support.
    """
    pair = paired(scaled(f"{side}.ratification", shift=0.1))
    moves(pair, "yearly_gain", number, +1)
    moves(pair, "yearly_gain", 1 - number, -1)
    more(pair.reversed(), "deal")


@pytest.mark.parametrize(("side", "number"), SIDES)
def test_a_leader_with_more_authority_gives_more(paired, scaled, no_fewer, moves, side, number):
    """A larger win-set of the leader: as many summit deals or more, on terms that suit the other.

    What a leader may add to the offer is seldom what a signature hangs on, but the sherpas use it.
    """
    pair = paired(scaled(f"{side}.authority", shift=3.0))
    no_fewer(pair, "summit_deal")
    moves(pair, "yearly_gain", 1 - number, +1)


def test_more_credible_purchases_bring_more_deals(paired, more):
    """A China that is likelier to deliver, or delivers more, is worth a deal more often."""
    more(paired({"china.types.trait_prior": 0.8}, {"china.types.trait_prior": 0.2}), "deal")
    more(paired({"china.types.trait.0": 0.8, "china.types.trait.1": 1.0}), "deal")


def test_faster_alternatives_leave_less_leverage(paired, more):
    """Alternatives that grow five times as fast: the US pays for fewer extensions."""
    pair = paired({"rare_earths.ramp": 0.03, "rare_earths.ramp_cut": 0.06})
    more(pair.reversed(), "first_extension_from_us")


# -- dates ---------------------------------------------------------------------------------------


def test_a_firm_deadline_brings_a_spike_of_deals_and_an_extendable_one_an_extension(paired):
    """Agreements crowd before a deadline after which nothing is left, less so before another.

    The talks end on 30 November with the truce, or the truce may then be extended and talks go on
    to the end of February (Roth, Murnighan and Schoumaker 1988, "The deadline effect in
    bargaining"). There is no summit and delegations have full powers. Of the firm deadline's deals
    nearly half fall in the last four of eighteen weeks.
    """
    last = 125.0  # days from the start to the deadline
    firm = {
        "calendar.truce_expires": "2025-11-30", "calendar.summit_from": None,
        "calendar.summit_to": None, "talks.full_powers": 1.0,
    }  # fmt: skip
    pair = paired({**firm, "calendar.horizon": "2026-02-28"}, firm)
    before, after = ((p["deal_day"] > last - 28) & (p["deal_day"] <= last) for p in pair)
    deals = pair.before["deal_day"] >= 0
    assert deals.mean() > 0.15 and before.sum() > 0.4 * deals.sum()
    assert after.mean() < 0.7 * before.mean()
    change, z = pair.mean(after.astype(float) - before)
    assert change < 0.0 and -z > BEYOND
    assert pair.share("first_deadline_extended")[1] > 0.4


def test_tension_stands_in_the_way_of_the_summit(paired, scaled, more):
    """Incidents ten times as rare: more summits are held."""
    more(paired(scaled("news.incident_rate", 0.1)), "summit_held")


# -- patience ------------------------------------------------------------------------------------


def test_a_longer_shadow_of_the_future_makes_for_better_compliance(paired, more):
    """A patient China delivers more of its pledges, so fewer deals are reopened (Fearon 1998)."""
    found = {"compliance.detection": 0.5}
    pair = paired(found | {"china.patience": 1.0}, found | {"china.patience": 0.05})
    more(pair.reversed(), "reopened")


@pytest.mark.parametrize(("side", "number", "runs"), [("us", 0, MANY), ("china", 1, 4_000)])
def test_more_patience_brings_better_own_terms(paired, side, number, runs):
    """Who discounts the wait less holds out for more, and gets it, where no truce runs out.

    $0.03 to 0.07bn a year for the US, by the 95% interval of 16,000 runs, and 0.2 for China, which
    delivers more as well.
    """
    no_date = {"calendar.truce_expires": None}
    pair = paired(
        no_date | {f"{side}.patience": 1.0}, no_date | {f"{side}.patience": 0.05}, runs=runs
    )
    mean, z = pair.change("yearly_gain", number)
    assert z > 1.96, (mean, z)


def test_where_a_truce_runs_out_a_patient_side_has_more_to_fear(paired, moves, more):
    """Penalties last: who values the months to come gives more for a deal that spares them.

    The other way round than without a date, and stronger: a patient US gets $0.35bn a year less.
    Of those who lapse there are fewer for the same reason.
    """
    pair = paired({"us.patience": 1.0}, {"us.patience": 0.05}, runs=MANY)
    moves(pair, "yearly_gain", 0, -1)
    more(pair.reversed(), "first_deadline_lapsed")

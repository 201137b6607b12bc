"""What must move which way: comparative statics on paired runs (model.md 14).

Each test plays 12,000 runs before and after one change, on the same random numbers and the
same worlds, and asks McNemar's exact test (or the paired mean) for the sign; each raises a
false alarm with probability below 1 in 10,000. What the changes do in size is no promise.
"""

from __future__ import annotations

import pytest
from scipy import stats

SIDES = (("us", 0), ("china", 1))


@pytest.mark.parametrize("side", ["us", "china"])
def test_a_costlier_lapse_brings_more_extensions(paired, scaled, more, side):
    """A lapse that costs one side more beside trade makes it hold out less."""
    more(paired(scaled(f"{side}.other_lapse_cost", 2.0)), "first_deadline_extended")


def test_a_snapback_to_the_peak_brings_more_extensions(paired, scaled, more):
    """The likelier the April peak comes back, the more extend (a costlier lapse for both)."""
    more(paired(scaled("tariffs.peak_weight", 1.8)), "first_deadline_extended")


def test_cheaper_concessions_bring_more_deals(paired, scaled, more, issues):
    """Half the cost at home of giving without getting, on the main issue and on all of them."""
    more(paired(scaled("issues.fentanyl_tariff.own_cost", 0.5)), "deal")
    everything = {}
    for issue in issues:
        everything |= scaled(f"issues.{issue}.own_cost", 0.5)
    more(paired(everything), "deal")


@pytest.mark.parametrize(("side", "number"), SIDES)
def test_a_lower_reservation_brings_more_deals_on_worse_own_terms(
    paired, scaled, more, moves, side, number
):
    """A larger win-set: more agreements, and of those reached either way the other gains."""
    pair = paired(scaled(f"{side}.reservation", shift=-3.0))
    more(pair, "deal")
    moves(pair, "yearly_gain", number, -1)
    moves(pair, "yearly_gain", 1 - number, +1)


@pytest.mark.parametrize(("side", "number"), SIDES)
def test_an_easier_ratification_brings_more_deals(paired, scaled, more, side, number):
    """A larger win-set: a home front that asks for less support blocks fewer packages (Putnam)."""
    more(paired(scaled(f"{side}.ratification", shift=-0.1)), "deal")


@pytest.mark.parametrize("side", ["us", "china"])
def test_leaders_with_more_authority_sign_more(paired, scaled, more, side):
    """A larger win-set of the leader: more summit deals."""
    more(paired(scaled(f"{side}.authority", shift=3.0)), "summit_deal")


@pytest.mark.parametrize(("side", "number"), SIDES)
def test_more_patience_brings_better_own_terms(paired, moves, side, number):
    """Who discounts the wait less holds out for more, and gets it."""
    pair = paired({f"{side}.patience": 1.0}, {f"{side}.patience": 0.05})
    moves(pair, "yearly_gain", number, +1)


def test_more_credible_purchases_bring_more_deals(paired, more):
    """A China that is likelier to deliver, or delivers more, is worth a deal more often."""
    more(paired({"china.types.trait_prior": 0.8}, {"china.types.trait_prior": 0.2}), "deal")
    more(paired({"china.types.trait.0": 0.5, "china.types.trait.1": 1.0}), "deal")


def test_faster_alternatives_leave_less_leverage(paired, moves):
    """Alternatives that grow five times as fast: China gets less for its licences."""
    pair = paired({"rare_earths.ramp": 0.03, "rare_earths.ramp_cut": 0.06})
    moves(pair, "yearly_gain", 1, -1)


def test_a_larger_price_of_yielding_brings_fewer_extensions(paired, more):
    """What holding out can extract is what makes the extension a question (model.md 15)."""
    more(paired({"deadline.price": 1.0}, {"deadline.price": 8.0}), "first_deadline_extended")


def test_a_firm_deadline_brings_a_spike_of_deals_and_an_extendable_one_an_extension(paired, more):
    """Agreements crowd before a deadline after which nothing is left, and not before another.

    The talks end on 30 November with the truce, or the truce may then be extended and talks go on
    to the end of February (Roth, Murnighan and Schoumaker 1988, "The deadline effect in
    bargaining"). There is no summit and delegations have full powers. Of the firm deadline's
    deals more than four in five fall in the last four weeks; with the extendable one fewer than
    one run in twenty has its deal there, and extension takes their place.
    """
    last = 125.0  # days from the start to the deadline
    firm = {
        "calendar.truce_expires": "2025-11-30", "calendar.summit_from": None,
        "calendar.summit_to": None, "talks.full_powers": 1.0,
    }  # fmt: skip
    pair = paired({**firm, "calendar.horizon": "2026-02-28"}, firm)
    before, after = ((p["deal_day"] > last - 28) & (p["deal_day"] <= last) for p in pair)
    deals = pair.before["deal_day"] >= 0
    assert deals.mean() > 0.3 and before.sum() > 0.8 * deals.sum()
    assert after.mean() < 0.05
    more(pair, "first_deadline_extended")


def test_tension_stands_in_the_way_of_the_summit(paired, scaled, more):
    """Incidents ten times as rare: more summits are held."""
    more(paired(scaled("news.incident_rate", 0.1)), "summit_held")


def test_a_longer_shadow_of_the_future_makes_for_better_compliance(paired):
    """A patient China delivers more of its pledges, so fewer deals are reopened (Fearon 1998)."""
    pair = paired({"china.patience": 1.0}, {"china.patience": 0.05})
    assert pair.p_fewer("reopened") < 1e-4, pair.share("reopened")


PATIENT, IMPATIENT = ({f"{side}.patience": x for side, _ in SIDES} for x in (1.0, 0.3))


def test_a_longer_shadow_of_the_future_slows_agreement(paired):
    """Two patient sides have more worth holding out for, and take longer to end an escalation.

    Fearon 1998, whose bargaining is a war of attrition, as an escalation is here.
    """
    pair = paired(PATIENT, IMPATIENT)
    fought = (pair.before["wars"] > 0) & (pair.after["wars"] > 0)
    longer = (pair.after["war_days"] - pair.before["war_days"])[fought]
    assert longer.mean() / longer.std() * len(longer) ** 0.5 > stats.norm.isf(1e-4)


@pytest.mark.xfail(
    strict=True,
    reason="most deals wait for the summit's date whatever the patience: with it from 0.3 to 1 on "
    "both sides the mean day of a deal moves by -0.07 days (z = -3.1) in stockholm-2025 and by "
    "-0.01 (z = -0.5) with three issues; the escalations do last longer, 31.0 days after 29.2",
)
def test_a_longer_shadow_of_the_future_delays_deals(paired, moves):
    """Two patient sides sign later, too (Fearon 1998, said of the deal and not the escalation)."""
    moves(paired(PATIENT, IMPATIENT), "deal_day", None, +1)


def test_an_easier_ratification_costs_china_s_own_terms(paired, scaled, moves):
    """Schelling: a side that can sign more at home gets less of the leaders' package."""
    moves(paired(scaled("china.ratification", shift=-0.1)), "yearly_gain", 1, -1)


@pytest.mark.xfail(
    strict=True,
    reason="leaders move along the frontier only as far as the home fronts require: for the US the "
    "effect is lost in 12,000 runs (in 40,000, from a threshold of 0.5 to 0.35, own terms fall by "
    "$0.001bn a year, z = 0.8, in stockholm-2025 and by 0.003, z = 3.0, with three issues)",
)
def test_an_easier_ratification_costs_us_own_terms(paired, scaled, moves):
    """The same for the US."""
    moves(paired(scaled("us.ratification", shift=-0.1)), "yearly_gain", 0, -1)

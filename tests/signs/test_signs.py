"""What must move which way: comparative statics on paired runs (model.md 14).

Each test plays 4,000 runs before and after one change, or up to 40,000 where it moves little, on
the same random numbers and the same worlds, and asks McNemar's exact test (or the paired mean) for
the sign. Each raises a false alarm with probability below 1 in 10,000; at these sizes every p-value
is below 1 in a million, so that another seed finds the sign in at least five of six tries where it
is weakest. What the changes do in size is no promise.
"""

from __future__ import annotations

import pytest
from scipy import stats

from negotiation.randomness import SUMMIT_DATE

SIDES = (("us", 0), ("china", 1))
SOME, MANY = 12_000, 24_000  # runs, where a change moves little, and where it moves very little


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
    pair = paired(scaled(f"{side}.reservation", factor=0.1))
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


def test_more_patience_brings_china_better_own_terms(paired, moves):
    """Who discounts the wait less holds out for more, and gets it.

    $0.6bn a year (0.3 with three issues); nearly all of it because a patient China delivers more,
    so that fewer deals are reopened. Without reviews $0.02bn and 0.01 are left.
    """
    pair = paired({"china.patience": 1.0}, {"china.patience": 0.05})
    moves(pair, "yearly_gain", 1, +1)


@pytest.mark.xfail(
    strict=True,
    reason="on average a patient US gets $0.03bn a year less, in both scenarios. Where only "
    "leaders can sign its patience changes nothing, since taking an offer waits for their date "
    "too. Where delegations always can, its doves gain and its hawks lose, because a refusal "
    "that means a wait points to a hawk, and a patient side refuses either way; the average is "
    "near zero",
)
def test_more_patience_brings_the_us_better_own_terms(paired, moves):
    """The same sign for the US."""
    pair = paired({"us.patience": 1.0}, {"us.patience": 0.05}, runs=MANY)
    moves(pair, "yearly_gain", 0, +1)


def test_patience_hides_the_type(paired):
    """The refusals of a patient US say less of its taste: its doves gain terms, its hawks lose.

    Delay that costs is what tells types apart (Admati and Perry 1987, "Strategic delay in
    bargaining", memory). Delegations have full powers. In 40,000 runs doves get $0.29bn a year
    more (0.10 with three issues), hawks $0.22bn less (0.11).
    """
    powers = {"talks.full_powers": 1.0}
    pair = paired(powers | {"us.patience": 1.0}, powers | {"us.patience": 0.05}, runs=MANY)
    stance = pair.after["types"][:, 0] // 4
    change = (pair.after["yearly_gain"] - pair.before["yearly_gain"])[:, 0]
    for taste, sign in ((0, +1), (2, -1)):
        moved = change[pair.both() & (stance == taste)]
        z = moved.mean() / moved.std() * len(moved) ** 0.5
        assert sign * z > stats.norm.isf(1e-4), (taste, moved.mean(), z)


def test_more_credible_purchases_bring_more_deals(paired, more):
    """A China that is likelier to deliver, or delivers more, is worth a deal more often."""
    more(paired({"china.types.trait_prior": 0.8}, {"china.types.trait_prior": 0.2}), "deal")
    more(paired({"china.types.trait.0": 0.5, "china.types.trait.1": 1.0}), "deal")


def test_faster_alternatives_leave_less_leverage(paired, moves):
    """Alternatives that grow five times as fast: China gets less for its licences."""
    pair = paired({"rare_earths.ramp": 0.03, "rare_earths.ramp_cut": 0.06}, runs=SOME)
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


def test_a_stochastic_deadline_makes_the_spike_collapse(paired):
    """Where nobody knows the last moment, agreements do not crowd before it.

    Simsek and Yildiz 2016 ("Durability, deadlines, and election effects in bargaining", memory):
    a firm deadline brings agreement just before it, one that comes at random does not. The summit
    is the deadline here: on 30 November, or on any day of four months around it. Of 12,000 runs 33%
    (24% with three issues) have their deal in the last four weeks before the known date, and 18%
    (14%) before the drawn one, in which delegations with full powers are as free to sign. That is
    53% (47%) and 29% (27%) of what delegations sign. Others leave it to the leaders' date itself.
    """
    without_end = {
        "calendar.truce_expires": "2026-03-31", "calendar.horizon": "2026-02-28",
        "talks.full_powers": 1.0,
    }  # fmt: skip
    firm = {"calendar.summit_from": "2025-11-30", "calendar.summit_to": "2025-11-30"}
    drawn = {"calendar.summit_from": "2025-10-01", "calendar.summit_to": "2026-01-29"}
    pair = paired(without_end | drawn, without_end | firm, runs=SOME)
    known, unknown = (
        (working & (rows["deal_day"] < last) & (rows["deal_day"] > last - 28)).mean()
        for rows, working, last in zip(
            pair,
            pair.happened("working_deal"),
            (125.0, 65.0 + 120.0 * pair.draws(SUMMIT_DATE)),
            strict=True,
        )
    )
    assert known > 0.2
    assert unknown < 0.67 * known


def test_tension_stands_in_the_way_of_the_summit(paired, scaled, more):
    """Incidents ten times as rare: more summits are held."""
    more(paired(scaled("news.incident_rate", 0.1)), "summit_held")


def test_a_longer_shadow_of_the_future_makes_for_better_compliance(paired):
    """A patient China delivers more of its pledges, so fewer deals are reopened (Fearon 1998)."""
    pair = paired({"china.patience": 1.0}, {"china.patience": 0.05})
    assert pair.p_fewer("reopened") < 1e-4, pair.share("reopened")


PATIENT, IMPATIENT = ({f"{side}.patience": x for side, _ in SIDES} for x in (1.0, 0.3))
# Delivery that does not depend on patience, and nothing reopened: what is left is the bargaining.
BARGAINING = {"compliance.detection": 0.0, "compliance.review_rate": 0.0}


def test_a_longer_shadow_of_the_future_slows_agreement(paired):
    """Two patient sides have more worth holding out for, and take longer to end an escalation.

    Fearon 1998, whose bargaining is a war of attrition, as an escalation is here.
    """
    pair = paired(PATIENT, IMPATIENT, runs=MANY)
    fought = (pair.before["wars"] > 0) & (pair.after["wars"] > 0)
    longer = (pair.after["war_days"] - pair.before["war_days"])[fought]
    assert longer.mean() / longer.std() * len(longer) ** 0.5 > stats.norm.isf(1e-4)


@pytest.mark.parametrize(
    "powers", [{}, {"talks.full_powers": 1.0}], ids=["as shipped", "full powers"]
)
def test_a_longer_shadow_of_the_future_delays_deals(paired, powers):
    """Two patient sides sign later, too: Fearon 1998, said of the bargaining and not what follows.

    Compliance works the other way and is left out: a patient China delivers more, so that its
    pledges are worth more, and fewer deals are reopened and signed a second time. Most deals wait
    for the summit's date whatever the patience. Of those that move the sign test asks whether
    more move back than forth: in 40,000 runs of stockholm-2025 85 later and 1 earlier (82 and 2
    with three issues), and where every offer can be signed at once 1,351 and 20 (922 and 27).
    """
    fixed = powers | BARGAINING
    pair = paired(PATIENT | fixed, IMPATIENT | fixed, runs=MANY)
    moved = (pair.after["deal_day"] - pair.before["deal_day"])[pair.both()]
    later, earlier = int((moved > 0).sum()), int((moved < 0).sum())
    p = stats.binomtest(later, later + earlier, alternative="greater").pvalue
    assert p < 1e-4, (later, earlier)
    assert moved.mean() > 0


def test_patience_leaves_the_signing_to_the_leaders(paired, more):
    """Who can wait refuses more of what delegations could sign, for the summit's sake.

    Where every offer can be signed at once: 49% instead of 50% of 40,000 runs are signed by
    delegations (41 and 42 with three issues).
    """
    fixed = {"talks.full_powers": 1.0} | BARGAINING
    more(paired(IMPATIENT | fixed, PATIENT | fixed, runs=MANY), "working_deal")


def test_patience_leaves_fewer_deals_to_be_signed_again(paired):
    """With reviews the last signature comes earlier: deals that hold are not signed twice.

    That is in the runs in which the impatient pair's deal was reopened: better compliance, and not
    faster bargaining.
    """
    pair = paired(PATIENT, IMPATIENT, runs=MANY)
    assert pair.p_fewer("reopened") < 1e-4
    before, _ = pair.happened("reopened")
    moved = pair.after["deal_day"] - pair.before["deal_day"]
    signed_again = moved[pair.both() & before]
    assert signed_again.mean() / signed_again.std() * len(signed_again) ** 0.5 < -stats.norm.isf(
        1e-4
    )


def test_what_patience_delivers_outweighs_what_it_delays(paired, more):
    """As shipped patient sides sign more, and sooner: what China delivers is worth more.

    Both signs of Fearon 1998 at once; the one on compliance is the stronger here. Of the deals
    that move in 40,000 runs, more than four in five move forward.
    """
    pair = paired(PATIENT, IMPATIENT, runs=MANY)
    more(pair, "deal")
    moved = (pair.after["deal_day"] - pair.before["deal_day"])[pair.both()]
    earlier, later = int((moved < 0).sum()), int((moved > 0).sum())
    p = stats.binomtest(earlier, later + earlier, alternative="greater").pvalue
    assert p < 1e-4, (later, earlier)


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
    more(pair.reversed(), "deal")


@pytest.mark.parametrize(("side", "number"), SIDES)
def test_an_easier_ratification_costs_own_terms(paired, scaled, moves, side, number):
    """The other way round: a side that can sign more at home gets less of the leaders' package.

    At the shipped thresholds home seldom stands in the way, for the US least, so there is little
    to lose: $0.01bn a year for the US and 0.03 to 0.06 for China, in 40,000 runs.
    """
    pair = paired(scaled(f"{side}.ratification", shift=-0.1), runs=40_000)
    moves(pair, "yearly_gain", number, -1)

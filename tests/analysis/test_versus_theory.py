"""Simulation beside theory: the table, and that play comes to what the textbook says."""

from __future__ import annotations

import json

import numpy as np
import pytest

import negotiation as ng
from negotiation.analysis.decision_date import decision_date
from negotiation.analysis.theory_table import theory_table
from negotiation.analysis.versus_theory import versus_theory
from negotiation.ensemble import Ensemble
from negotiation.errors import InputError
from negotiation.estimates import Estimate, share
from negotiation.plots.benchmarks import inside
from negotiation.plots.tables import columns
from negotiation.rules import dispute
from negotiation.sweep import grid
from negotiation.sweep import sweep as run_sweep
from negotiation.table import Table, open_run

PIE = {
    "us.precision": 1e5, "china.precision": 1e5, "us.patience": 0.2, "china.patience": 0.6,
    "calendar.talks_every_days": 30.0,
}  # fmt: skip


def test_rows_in_theorys_order_for_names_that_both_have():
    """Names that only one side has are left out; the picture's columns are there."""
    seen = {"b": (2.0, 1.0, 3.0), "a": Estimate(0.5, 0.4, 0.6), "c": (0.0, 0.0, 0.0)}
    table = versus_theory(seen, {"a": 0.45, "b": 4.0, "d": 1.0})
    assert table.column_names == ["name", "theory", "simulated", "low", "high"]
    assert table["name"].to_pylist() == ["a", "b"]
    assert inside(columns(table)).tolist() == [True, False]


def test_values_of_runs_become_a_mean_with_its_interval():
    """The mean of n runs is known to 1.96 standard deviations / sqrt(n)."""
    values = np.random.default_rng(1).normal(3.0, 2.0, 10_000)
    row = versus_theory({"x": values}, {"x": 3.0}).to_pylist()[0]
    assert row["simulated"] == pytest.approx(values.mean())
    assert row["high"] - row["low"] == pytest.approx(2 * 1.96 * 0.02, rel=0.05)


def test_resolution_widens_every_interval():
    """A grid of offers of step h cannot tell apart what lies within h."""
    row = versus_theory({"x": (1.0, 0.9, 1.1)}, {"x": 1.15}, resolution=0.1).to_pylist()[0]
    assert (row["low"], row["high"]) == pytest.approx((0.8, 1.2))


def test_intervals_cover_as_often_as_they_say():
    """Of 400 samples of a known mean, 95% intervals hold it in 92 to 98% (false alarm 1e-2)."""
    rng = np.random.default_rng(7)
    tables = [versus_theory({"x": rng.normal(0, 1, 200)}, {"x": 0.0}) for _ in range(400)]
    assert 0.92 <= np.mean([inside(columns(table))[0] for table in tables]) <= 0.98


def play_deadline(scenario: ng.Scenario, *, runs: int, seed: int) -> dict[str, Estimate]:
    """Play the first deadline at central values, and nothing else; count what it comes to.

    In a whole negotiation the days before the deadline shift what it is worth, and the odds.
    """
    records = Table(scenario).first_day()
    talks, world, stakes = records.talks[0], records.world[0], records.stakes[0]
    counts = dict.fromkeys(
        ("first_extension_mutual", "first_extension_from_us", "first_extension_from_china",
         "first_deadline_lapsed"), 0
    )  # fmt: skip
    for run in range(runs):
        open_run(records, seed, run)
        dispute.prepare(talks, world, stakes)
        first, asker = dispute.first_speaker(talks, stakes), -1
        for second, side in enumerate((first, 1 - first)):
            talks["scratch"]["second"] = second
            if asker < 0 and not dispute.offers_even(talks, side):
                asker = side
        came = "first_extension_mutual"
        if asker >= 0:
            giver = ("us", "china")[1 - asker]
            yes = dispute.gives_in(talks, 1 - asker)
            came = f"first_extension_from_{giver}" if yes else "first_deadline_lapsed"
        counts[came] += 1
    return {name: share(n, runs) for name, n in counts.items()}


def test_the_deadline_comes_to_what_is_computed_without_playing():
    """5,000 deadlines: even, paid for by either side, and no agreement as said (4 sigma)."""
    scenario = ng.Scenario.load("stockholm-2025")
    played = play_deadline(scenario, runs=5_000, seed=5)
    table = versus_theory(played, decision_date(scenario))
    assert set(table["name"].to_pylist()) == set(played)
    for row in table.to_pylist():
        sigma = (row["theory"] * (1 - row["theory"]) / 5_000) ** 0.5
        assert abs(row["simulated"] - row["theory"]) < 4 * sigma, row


def test_rubinsteins_offer_divides_the_pie_as_the_closed_form():
    """Among runs that sign the first offer, the shares are (1 - d2) / (1 - d1 d2) and the rest.

    Discount factors of a round of 30 days; offers are found to 1e-3 of the pie.
    """
    pie = ng.Scenario.load("split-the-pie").replace(
        PIE | {"us.strategy": "rubinstein", "china.strategy": "rubinstein"}
    )
    rows = Ensemble(pie).rows(seed=1, first=0, count=400)
    shares = ng.theory.alternating_offers(us=0.2 ** (30 / 365), china=0.6 ** (30 / 365))
    table = versus_theory(rows[rows["deal_day"] == 0], shares, resolution=1e-3)
    assert table["name"].to_pylist() == ["us", "china"]
    assert inside(columns(table)).all(), table.to_pylist()


def test_fair_offers_divide_the_pie_at_the_nash_solution():
    """Two sides alike that offer the Nash point sign it: half each."""
    pie = ng.Scenario.load("split-the-pie").replace(
        {
            "us.strategy": "nash-fair",
            "china.strategy": "nash-fair",
            "us.precision": 1e5,
            "china.precision": 1e5,
        }
    )
    rows = Ensemble(pie).rows(seed=1, first=0, count=400)
    table = versus_theory(rows, ng.theory.nash_solution(pie), resolution=1e-3)
    assert table["name"].to_pylist() == ["us", "china"]
    assert inside(columns(table)).all(), table.to_pylist()


def test_list_of_negotiations():
    """Negotiations played one by one offer the same names as rows, and the same numbers."""
    pie = ng.Scenario.load("split-the-pie")
    played = [ng.run(pie, seed=1, run=run) for run in range(5)]
    rows = Ensemble(pie).rows(seed=1, first=0, count=5)
    said = {"us": 0.5, "china": 0.5, "agreement": 1.0}
    assert versus_theory(played, said).to_pylist() == versus_theory(rows, said).to_pylist()


def test_odds_against_the_deadline():
    """The date as seen on the first day says how the truce ends if nobody signs before."""
    scenario = ng.Scenario.load("stockholm-three-issues")
    said = decision_date(scenario)
    table = versus_theory(ng.odds(scenario, runs=200, seed=1, worlds=0), said)
    assert table["name"].to_pylist() == [
        "first_deadline_extended", "first_deadline_lapsed", "first_extension_mutual",
        "first_extension_from_us", "first_extension_from_china",
    ]  # fmt: skip
    extended, lapsed, *kinds = table["theory"].to_pylist()
    assert lapsed == said.outcomes["no_agreement"]
    assert extended == pytest.approx(1.0 - lapsed) == pytest.approx(sum(kinds))


def test_odds_and_rows_against_the_table_of_all_theory():
    """What `negotiation theory --json` prints: the deadline's odds, and Nash's gains."""
    scenario = ng.Scenario.load("stockholm-three-issues")
    table = json.loads(json.dumps(theory_table(scenario)))
    odds = ng.odds(scenario, runs=200, seed=1, worlds=0)
    assert (
        versus_theory(odds, table).to_pylist()
        == versus_theory(odds, decision_date(scenario)).to_pylist()
    )
    rows = Ensemble(scenario).rows(seed=1, first=0, count=500)
    solution = ng.theory.nash_solution(scenario)
    assert versus_theory(rows, table).to_pylist() == versus_theory(rows, solution).to_pylist()


def test_odds_hold_no_gains():
    """A solution speaks of gains: the refusal says where to find simulated ones."""
    pie = ng.Scenario.load("split-the-pie")
    with pytest.raises(InputError, match=r"for gains give Ensemble\(scenario\)\.rows"):
        versus_theory(ng.odds(pie, runs=50, seed=1, worlds=0), ng.theory.nash_solution(pie))


def test_odds_by_event_and_by_state():
    """Odds are compared under the names of their events and of the states at the horizon."""
    odds = ng.odds(ng.Scenario.load("split-the-pie"), runs=50, seed=1, worlds=0)
    table = versus_theory(
        odds, {"deal": 1.0, "at_horizon.working_deal": 1.0, "at_horizon.truce": 0.0}
    )
    assert table["simulated"].to_pylist() == [1.0, 1.0, 0.0]


def test_a_sweep_of_one_cell_and_no_more():
    """A sweep offers the same names as odds when it has one cell; several would share names."""
    pie = ng.Scenario.load("split-the-pie")
    one = run_sweep(grid(pie, {"us.patience": [0.9]}, replicates=20), seed=1)
    table = versus_theory(one, {"at_horizon.working_deal": 1.0, "yearly_gain.us": 0.5})
    assert table["name"].to_pylist() == ["at_horizon.working_deal", "yearly_gain.us"]
    two = run_sweep(grid(pie, {"us.patience": [0.9, 0.95]}, replicates=20), seed=1)
    with pytest.raises(InputError, match="2 cells; allowed: one"):
        versus_theory(two, {"deal": 1.0})


def test_its_picture():
    """The picture of a comparison says in words how many cases agree."""
    table = versus_theory({"x": share(50, 100), "y": share(90, 100)}, {"x": 0.5, "y": 0.5})
    ax = ng.plots.versus_theory(table, label="share")
    assert "1 of 2 cases" in ax.alt_text


@pytest.mark.parametrize(
    ("simulated", "theory", "words"),
    [
        ({"x": (1, 0, 2)}, {"y": 1.0}, "simulated has x, theory has y"),
        ({"x": (1, 2, 3)}, {"x": 1.0}, "1 lies outside its interval 2 to 3"),
        ({"x": 1.0}, {"x": 1.0}, "x: allowed: an estimate"),
        (3.0, {"x": 1.0}, "a float is nothing simulated"),
        ({"x": (1, 0, 2)}, 3.0, "a float is no theory"),
        ({"x": (1, 0, 2)}, {"x": "much"}, "x = 'much' is not allowed"),
        ({"x": (1, 0, 2)}, {"x": float("nan")}, "x = nan is not allowed"),
        ({"us": (1, 0, 2)}, ng.Scenario.load("split-the-pie"), "a Scenario is no theory"),
        ({"x": "much"}, {"x": 1.0}, "x: allowed: an estimate"),
        ({"x": [1.0, float("inf")]}, {"x": 1.0}, "x: a value is not finite"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_sentence(simulated, theory, words):
    """No common name, no interval, no quantity: one sentence each."""
    with pytest.raises(InputError, match=words):
        versus_theory(simulated, theory)

"""What a sweep reports is what its runs were."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.analysis.odds import odds
from negotiation.ensemble import Ensemble
from negotiation.errors import InputError
from negotiation.scenario import Scenario
from negotiation.sweep import Design, Results, grid, sweep
from negotiation.sweep.executors import Inline
from negotiation.tally import OUTCOMES, Tally


@pytest.fixture(scope="module")
def results(design: Design) -> Results:
    """The six cells, played."""
    return sweep(design, seed=7, executor=Inline())


def test_the_odds_of_a_cell_are_those_of_its_scenario_alone(
    design: Design, results: Results
) -> None:
    """A sweep adds nothing to and takes nothing from ``negotiation odds``."""
    alone = odds(design.scenario_of(3), runs=design.replicates, seed=7, worlds=0)
    table = {r["outcome"]: r for r in results.odds().to_pylist() if r["cell"] == 3}
    for name, estimate in alone.events.items():
        assert table[name]["share"] == estimate.p
        assert table[name]["low"] == pytest.approx(estimate.low, abs=1e-12)
        assert table[name]["high"] == pytest.approx(estimate.high, abs=1e-12)
    for name, estimate in alone.at_horizon.items():
        assert table[f"at_horizon.{name}"]["share"] == estimate.p


def test_states_at_the_horizon_sum_to_one_in_every_cell(results: Results) -> None:
    """A run ends in exactly one of five states."""
    frame = results.to_pandas()
    states = frame[frame["outcome"].astype(str).str.startswith("at_horizon.")]
    assert np.allclose(states.groupby("cell")["share"].sum(), 1.0)


def test_an_average_over_cells_counts_the_runs_of_one_cell(
    design: Design, results: Results
) -> None:
    """Cells share their luck, so three of them are no more certain than one."""
    table = results.odds(by="deadline.accident", outcomes="lapse").to_pylist()
    assert [r["deadline.accident"] for r in table] == [0.0, 0.2]
    cells = results.odds(outcomes="lapse").to_pandas()
    for row in table:
        of = cells[cells["deadline.accident"] == row["deadline.accident"]]
        assert row["share"] == pytest.approx(of["share"].mean())
        assert (row["n"], row["cells"]) == (design.replicates, 3)


def test_the_interval_of_an_average_covers_at_least_as_often_as_it_says(scenario: Scenario) -> None:
    """Over 20 seeds the 90% interval of an average of cells covers the long-run average.

    The count is binomial if coverage is exact; at least 14 of 20 has a false-alarm rate of 0.24%.
    """
    many = grid(scenario, {"deadline.ultimatum": [0.5, 3.0, 8.0]}, replicates=8_000)
    truth = np.mean([r["share"] for r in sweep(many, seed=1000).odds(outcomes="deal").to_pylist()])
    small = grid(scenario, {"deadline.ultimatum": [0.5, 3.0, 8.0]}, replicates=200)
    covered = 0
    for seed in range(20):
        found = sweep(small, seed=seed, executor=Inline())
        table = found.odds(outcomes="deal").to_pylist()[:3]
        share = np.mean([r["share"] for r in table])
        from negotiation.estimates import wilson

        low, high = wilson(share, 200, 0.9)
        covered += bool(low <= truth <= high)
    assert covered >= 14


def test_paired_differences_are_those_of_the_runs_themselves(
    design: Design, results: Results
) -> None:
    """Counted from the rows of both cells, run by run."""
    runs = [Ensemble(design.scenario_of(c)).rows(seed=7, first=0, count=300) for c in (0, 5)]
    base, cell = (Tally.empty().count(rows) for rows in runs)
    table = {r["outcome"]: r for r in results.differences().to_pylist() if r["cell"] == 5}
    for i, name in enumerate(OUTCOMES):
        d = cell[:, i] - base[:, i]
        row = table[name]
        assert row["difference"] == pytest.approx(d.mean())
        assert row["low"] <= row["difference"] <= row["high"]
        if d.var() > 0:
            unpaired = cell[:, i].var() + base[:, i].var()
            assert row["gain"] == pytest.approx(unpaired / d.var())


def test_pairing_pays(results: Results) -> None:
    """No difference needs more runs in pairs, and most need a quarter or less.

    Sides that expect what a setting does change their play all along, so pairs part early.
    """
    table = results.differences(outcomes=["lapse", "deal", "summit_held", "provocation"])
    gains = [r["gain"] for r in table.to_pylist() if r["deadline.accident"] == 0.0]
    gains = [g for g in gains if not np.isnan(g)]
    assert min(gains) > 1.0 and np.median(gains) > 4.0


def test_the_means_are_those_of_the_rows(design: Design, results: Results) -> None:
    """To the $10 million in which they are summed."""
    rows = Ensemble(design.scenario_of(2)).rows(seed=7, first=0, count=300)
    table = {r["quantity"]: r for r in results.means().to_pylist() if r["cell"] == 2}
    account = rows["account"][:, 0]
    assert table["account.us"]["mean"] == pytest.approx(account.mean(), abs=0.005)
    half = (table["account.us"]["high"] - table["account.us"]["low"]) / 2
    assert half == pytest.approx(1.96 * account.std(ddof=1) / np.sqrt(300), rel=0.01)


def test_worlds_tell_ignorance_from_chance(scenario: Scenario) -> None:
    """With the numbers pinned the spread over worlds is nought; with them drawn it is not.

    The Monte-Carlo interval is wider than that of as many independent runs, because runs of a
    world share its numbers.
    """
    base = scenario.replace({"deadline.ultimatum": 3.0})
    levers = {"deadline.grace": [0.1]}
    drawn = sweep(grid(base, levers, replicates=20_000, runs_per_world=40), seed=3)
    pinned = sweep(grid(base.central(), levers, replicates=20_000, runs_per_world=40), seed=3)
    spread = {
        name: r.parameter_intervals(outcomes="deal").to_pylist()[0]
        for name, r in (("drawn", drawn), ("pinned", pinned))
    }
    # Where nothing varies the estimate is below 0.035 (three standard errors of 500 worlds of 40).
    assert spread["pinned"]["sd"] < 0.035 < 0.05 < spread["drawn"]["sd"]
    assert spread["drawn"]["low"] < spread["drawn"]["share"] < spread["drawn"]["high"]
    counted = [r.odds(outcomes="deal", count=True).to_pylist()[0]["n"] for r in (drawn, pinned)]
    assert 500 <= counted[0] < 10_000 < counted[1] <= 20_000
    scored = [r.odds(outcomes="deal").to_pylist()[0]["n"] for r in (drawn, pinned)]
    assert scored[0] > 1.2 * counted[0] and scored[1] > 20_000


def test_one_run_per_world_cannot_tell_ignorance_from_chance(results: Results) -> None:
    """Said in a sentence rather than answered wrongly."""
    with pytest.raises(InputError, match="runs_per_world"):
        results.parameter_intervals()


def test_the_tables_can_be_had_in_every_form(results: Results, tmp_path: Path) -> None:
    """Arrow, pandas, Polars and CSV hold the same rows."""
    arrow, pandas, polars = results.to_arrow(), results.to_pandas(), results.to_polars()
    results.to_csv(tmp_path / "odds.csv")
    lines = (tmp_path / "odds.csv").read_text().splitlines()
    assert len(arrow) == len(pandas) == len(polars) == len(lines) - 1 == 6 * len(OUTCOMES)
    assert polars["share"].to_list() == arrow["share"].to_pylist() == pandas["share"].tolist()


def test_a_store_reads_back_as_what_was_returned(design: Design, tmp_path: Path) -> None:
    """The results of a sweep and of its folder are the same tables."""
    returned = sweep(design, seed=7, store=tmp_path, executor=Inline())
    read = Results.load(tmp_path)
    assert read.odds().equals(returned.odds())
    assert read.differences().to_pandas().equals(returned.differences().to_pandas())
    assert read.baseline == returned.baseline and read.factors == returned.factors


def test_an_unknown_setting_to_tell_apart_is_refused(results: Results) -> None:
    """With a hint."""
    with pytest.raises(InputError, match=r"Did you mean 'deadline\.accident'"):
        results.odds(by="deadline.accidents")


@given(
    st.integers(1, 9),
    st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=9, max_size=9),
)
def test_counting_in_chunks_is_counting_at_once(cut: int, drawn: list[tuple[int, bool]]) -> None:
    """The sums are whole numbers, so they add up the same however the runs are cut."""
    from negotiation.outcome import ROW

    rows = np.zeros(9, ROW)
    rows["state"] = [state for state, _ in drawn]
    rows["events"][:, 3] = [happened for _, happened in drawn]
    rows["account"][:, 0] = [0.1 * state for state, _ in drawn]
    at_once, parts = Tally.empty(), Tally.empty()
    base = Tally.empty().count(rows[::-1].copy())
    at_once.count(rows, base=base)
    for i in range(0, 9, cut):
        parts.count(rows[i : i + cut], base=base[i : i + cut])
    for name in (
        "runs", "paired", "unsettled", "hits", "squares", "cross", "base_hits", "totals", "terms",
    ):  # fmt: skip
        assert np.array_equal(getattr(at_once, name), getattr(parts, name))

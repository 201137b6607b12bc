"""Scores of worlds: unbiased, worth more than counted runs, and as sure as they say."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from negotiation.analysis.odds_result import HEADLINES
from negotiation.ensemble import Ensemble
from negotiation.rules.state import INNOVATIONS
from negotiation.scenario import Scenario
from negotiation.sweep import Design, Results, grid, sweep
from negotiation.sweep.executors import Inline, processes
from negotiation.sweep.scores import ENDINGS, STEP, Scored, scores_of
from negotiation.tally import OUTCOMES, Tally
from negotiation.variates import SEEN

FALSE_ALARM = 1e-4  # of a statistical test here
Content = Callable[[Path], dict[str, str]]


@pytest.fixture(scope="module")
def pair(scenario: Scenario) -> Design:
    """Two cells that differ in what a demand costs who makes it."""
    return grid(scenario, {"deadline.ultimatum": [3.0, 8.0]}, replicates=4_000)


@pytest.fixture(scope="module")
def swept(pair: Design) -> Results:
    """Both, played."""
    return sweep(pair, seed=11, executor=Inline())


def test_a_run_of_a_cell_is_worth_more_than_a_counted_one(swept: Results) -> None:
    """For both headlines at least half as much again, and so is a pair of a difference."""
    for row in swept.odds(outcomes=HEADLINES).to_pylist():
        assert row["n"] > 1.5 * 4_000, row
    for scored, counted in zip(
        swept.differences(outcomes=HEADLINES).to_pylist(),
        swept.differences(outcomes=HEADLINES, count=True).to_pylist(),
        strict=True,
    ):
        narrower = (counted["high"] - counted["low"]) / (scored["high"] - scored["low"])
        assert narrower**2 > 1.3, scored["outcome"]


def test_a_difference_is_that_of_the_odds(swept: Results) -> None:
    """Of the same scores."""
    odds = swept.odds(outcomes=HEADLINES).to_pandas().pivot(index="outcome", columns="cell")
    for row in swept.differences(outcomes=HEADLINES).to_pylist():
        shares = odds["share"].loc[row["outcome"]]
        assert row["difference"] == pytest.approx(shares[1] - shares[0], abs=1e-9)


def test_endings_add_up_to_one(swept: Results) -> None:
    """Though each is told as closely as it can be; so they do where all is counted."""
    for count in (False, True):
        shares, _ = swept.estimated(count=count)
        assert shares[:, ENDINGS].sum(axis=1) == pytest.approx(1.0, abs=1e-11)
        assert (shares >= 0.0).all()


def test_scored_is_counted_on_average(pair: Design, swept: Results) -> None:
    """Other runs, another estimate, one number: a z-test of all odds and differences."""
    other = sweep(pair, seed=12, executor=Inline())
    limit = stats.norm.isf(FALSE_ALARM / (2 * 3 * len(OUTCOMES)))
    for table, value in (("odds", "share"), ("differences", "difference")):
        scored = getattr(swept, table)().to_pylist()
        for one, two in zip(scored, getattr(other, table)(count=True).to_pylist(), strict=True):
            apart = np.hypot(one["high"] - one["low"], two["high"] - two["low"])
            assert abs(one[value] - two[value]) <= limit * apart / 3.92 + 1e-12, one["outcome"]


def test_few_runs_are_counted(scenario: Scenario) -> None:
    """Of a chunk with too few runs for a fit the score is the share."""
    innovations = np.zeros((2 * SEEN - 2, INNOVATIONS))
    rows = Ensemble(scenario).rows(
        seed=3, first=0, count=len(innovations), runs_per_world=2, innovations=innovations
    )
    hits = Tally.empty().count(rows, 2)
    assert np.allclose(STEP * scores_of(rows, innovations, 2), hits / 2, atol=STEP)


def test_sums_of_scores_do_not_depend_on_their_order() -> None:
    """They are whole numbers."""
    drawn = np.random.default_rng(1).normal(0.3 / STEP, 0.2 / STEP, (600, len(OUTCOMES)))
    scores = np.rint(drawn).astype(np.int32)
    one, other = Scored.empty(), Scored.empty()
    parts = [(scores[i : i + 200], scores[i : i + 200][::-1]) for i in (0, 200, 400)]
    for part, base in parts:
        one.score(part, base)
    for part, base in parts[::-1]:
        other.score(part, base)
    for name, summed in vars(one).items():
        assert np.array_equal(summed, getattr(other, name)), name
    assert np.allclose(STEP * one.scores, drawn.sum(0) * STEP, atol=600 * STEP)


@pytest.mark.parametrize("runs_per_world", [1, 4])
def test_whoever_plays_the_scores_are_the_same_bytes(
    scenario: Scenario, tmp_path: Path, content: Content, runs_per_world: int
) -> None:
    """One thread, three threads, or two processes; and a sweep that was grown on the way."""
    levers = {"deadline.ultimatum": [0.5, 3.0, 8.0]}
    design = grid(scenario, levers, replicates=800, runs_per_world=runs_per_world)
    sweep(design, seed=5, store=tmp_path / "one", executor=Inline())
    expected = content(tmp_path / "one")
    with ThreadPoolExecutor(3) as threads, processes(2) as apart:
        for name, executor in (("threads", threads), ("processes", apart)):
            sweep(design, seed=5, store=tmp_path / name, executor=executor)
            assert content(tmp_path / name) == expected
    grown = tmp_path / "grown"
    sweep(replace(design, replicates=400), seed=5, store=grown, executor=Inline())
    found = sweep(design, seed=5, store=grown, executor=Inline())
    assert found.odds().equals(Results.load(grown).odds())
    assert (found.runs == 800).all()


def coverage(design: Design, seeds: int) -> dict[str, dict[str, float]]:
    """Return how often 95% intervals hold the mean over all seeds, by table and outcome."""
    played = [sweep(design, seed=1_000 + seed, executor=Inline()) for seed in range(seeds)]
    held: dict[str, dict[str, float]] = {}
    for table, value in (("odds", "share"), ("differences", "difference")):
        counted = np.mean([getattr(r, table)(count=True)[value].to_numpy() for r in played], 0)
        found = [getattr(r, table)() for r in played]
        low, high = (np.array([t[end].to_numpy() for t in found]) for end in ("low", "high"))
        inside = ((low <= counted + 1e-9) & (counted - 1e-9 <= high)).mean(0)
        names = found[0]["outcome"].to_pylist()
        held[table] = {f"{name}.{i}": float(inside[i]) for i, name in enumerate(names)}
    return held


def test_intervals_of_cells_hold_the_truth(scenario: Scenario) -> None:
    """40 sweeps of two cells of 600 runs; the truth is their common mean.

    An interval of 95% that held only 80% would fail once in a hundred such tests or more often;
    one that holds 95% fails for one of all 72 outcomes less than once in a hundred.
    """
    levers = {"deadline.ultimatum": [3.0, 8.0]}
    found = coverage(grid(scenario, levers, replicates=600, runs_per_world=4), 40)
    limit = stats.binom.ppf(FALSE_ALARM, 40, 0.95) / 40
    for table, by_outcome in found.items():
        assert np.mean(list(by_outcome.values())) > 0.92, table
        for name, held in by_outcome.items():
            assert held >= limit, (table, name)


@pytest.mark.long
@pytest.mark.parametrize("runs_per_world", [1, 16])
def test_coverage_over_400_sweeps(scenario: Scenario, runs_per_world: int) -> None:
    """94% at least of all outcomes on average; of each no less than chance explains at 94%."""
    levers = {"deadline.ultimatum": [3.0, 8.0]}
    runs = 1_024 * (1 if runs_per_world == 1 else 4)
    found = coverage(grid(scenario, levers, replicates=runs, runs_per_world=runs_per_world), 400)
    limit = stats.binom.ppf(FALSE_ALARM, 400, 0.94) / 400
    for table, by_outcome in found.items():
        assert np.mean(list(by_outcome.values())) >= 0.94, table
        assert min(by_outcome.values()) >= limit, table

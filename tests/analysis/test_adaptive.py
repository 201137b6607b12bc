"""Stopping by precision keeps the coverage of the interval, exactly computed.

``sweep(..., until_halfwidth=h)`` looks after ever more runs and stops once Wilson's 95% interval is
at most h to either side. An interval looked at more than once can lose coverage, because one stops
when it looks good. Here it hardly does: the rule looks at the width, which depends on the share
only through p (1 - p), and never at where the interval lies (Chow and Robbins 1965,
doi:10.1214/aoms/1177700156).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from scipy.signal import fftconvolve
from scipy.stats import binom

from negotiation.errors import InputError
from negotiation.estimates import LEVEL, wilson
from negotiation.scenario import Scenario
from negotiation.sweep import grid, sweep
from negotiation.sweep.run import looks


class Stopping(NamedTuple):
    """What a stopping rule gives: coverage of the interval, and runs it takes on average."""

    coverage: float
    mean_runs: float


def coverage(
    p: float, *, halfwidth: float, first: int, most_runs: int, level: float = LEVEL
) -> Stopping:
    """Return the exact coverage of Wilson's interval under the stopping rule.

    Notes
    -----
    The hits at a look, given that the rule has not stopped, are those at the look before plus a
    binomial number; the distribution is carried from look to look by convolution.
    """
    going, before, covered, runs = np.ones(1), 0, 0.0, 0.0
    steps = looks(first, most_runs)
    for n in steps:
        new = binom.pmf(np.arange(n - before + 1), n - before, p)
        going = np.maximum(fftconvolve(going, new), 0.0)
        low, high = wilson(np.arange(n + 1) / n, n, level)
        stops = (high - low) / 2 <= halfwidth if n < steps[-1] else np.ones(n + 1, bool)
        covered += float(going[stops & (low <= p) & (p <= high)].sum())
        runs += n * float(going[stops].sum())
        going, before = np.where(stops, 0.0, going), n
    return Stopping(covered, runs)


@pytest.mark.parametrize(("halfwidth", "first"), [(0.02, 500), (0.01, 2_000)])
@pytest.mark.parametrize("p", [0.02, 0.1, 0.3, 0.5, 0.8, 0.97])
def test_coverage_stays_within_a_point_of_95_percent(
    p: float, halfwidth: float, first: int
) -> None:
    """Exact, for odds from 2% to 98%; a rule that stopped on the value would lose far more."""
    found = coverage(p, halfwidth=halfwidth, first=first, most_runs=100_000)
    assert found.coverage > 0.94


@pytest.mark.parametrize("p", [0.003, 0.01])
def test_small_odds_lose_no_more_than_wilsons_interval_does_without_looking(p: float) -> None:
    """Near zero Wilson's own coverage wavers with n; repeated looks add at most half a point."""
    stopped = coverage(p, halfwidth=0.002, first=10_000, most_runs=200_000).coverage
    fixed = min(
        coverage(p, halfwidth=0.49, first=n, most_runs=n).coverage for n in looks(10_000, 60_000)
    )
    assert stopped > fixed - 0.005


def test_the_exact_coverage_is_that_of_simulation() -> None:
    """20,000 simulated uses of the rule; standard error 0.15 points."""
    rng = np.random.default_rng(3)
    p, h, first, most = 0.3, 0.02, 500, 10_000
    found = coverage(p, halfwidth=h, first=first, most_runs=most)
    hits, n = np.zeros(20_000, int), 0
    covered, runs, going = np.zeros(20_000, bool), np.zeros(20_000, int), np.ones(20_000, bool)
    for look in looks(first, most):
        hits += rng.binomial(look - n, p, 20_000)
        n = look
        low, high = wilson(hits / n, n)
        stops = going & (((high - low) / 2 <= h) | (n == most))
        covered[stops], runs[stops] = ((low <= p) & (p <= high))[stops], n
        going &= ~stops
    assert found.coverage == pytest.approx(covered.mean(), abs=0.006)
    assert found.mean_runs == pytest.approx(runs.mean(), rel=0.01)


def test_a_sweep_goes_on_until_every_interval_is_narrow_enough() -> None:
    """Cells stop at different numbers of runs, all of them precise, none with needless looks."""
    scenario = Scenario.load("stockholm-three-issues")
    design = grid(scenario, {"deadline.accident": [0.0, 0.3]}, replicates=500)
    results = sweep(design, seed=2, until_halfwidth=0.02, outcomes=["lapse"])
    table = results.odds(outcomes="lapse").to_pylist()
    assert all((r["high"] - r["low"]) / 2 <= 0.02 for r in table)
    assert set(results.runs) <= set(looks(500, 100_000))
    assert results.runs[1] < results.runs[0]  # what is rarer is counted
    before = looks(500, 100_000)[looks(500, 100_000).index(int(results.runs[0])) - 1]
    stopped = sweep(design, seed=2, until_halfwidth=0.02, outcomes=["lapse"], most_runs=before)
    assert stopped.runs[0] == before
    earlier = stopped.odds(outcomes="lapse").to_pylist()[0]
    assert (earlier["high"] - earlier["low"]) / 2 > 0.02


def test_a_resumed_adaptive_sweep_ends_with_the_same_bytes(tmp_path) -> None:
    """Rounds are decided from sums, so an interrupt between them changes nothing."""
    scenario = Scenario.load("stockholm-three-issues")
    design = grid(scenario, {"deadline.accident": [0.0, 0.3]}, replicates=400)
    seen: list[int] = []

    def stop(runs: int) -> None:
        seen.append(runs)
        if len(seen) == 2:
            raise KeyboardInterrupt

    options = {"seed": 2, "until_halfwidth": 0.02, "outcomes": "lapse"}
    sweep(design, store=tmp_path / "a", **options)
    with pytest.raises(KeyboardInterrupt):
        sweep(design, store=tmp_path / "b", progress=stop, **options)
    sweep(design, store=tmp_path / "b", **options)
    for file in sorted((tmp_path / "a").rglob("*.parquet")):
        assert file.read_bytes() == (tmp_path / "b" / file.relative_to(tmp_path / "a")).read_bytes()


def test_a_limit_of_runs_ends_a_sweep_that_cannot_be_precise_enough() -> None:
    """The last look is at the limit."""
    design = grid(
        Scenario.load("stockholm-three-issues"), {"deadline.accident": [0.3]}, replicates=100
    )
    results = sweep(design, seed=2, until_halfwidth=0.001, outcomes="lapse", most_runs=1_000)
    assert results.runs.tolist() == [1_000]


@pytest.mark.parametrize("halfwidth", [0.0, 0.5, -1])
def test_an_impossible_width_is_refused(halfwidth: float) -> None:
    """From above 0 to below a half."""
    design = grid(Scenario.load("split-the-pie"), {"us.patience": [0.9]}, replicates=10)
    with pytest.raises(InputError, match="until_halfwidth"):
        sweep(design, seed=1, until_halfwidth=halfwidth)

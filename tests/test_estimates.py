"""Intervals: equal to published ones, and with the coverage that they state."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

import negotiation as ng
from negotiation.estimates import (
    effective_runs,
    mean_of,
    paired_difference,
    pairing_gain,
    wilson,
)
from negotiation.ignorance import central, ends_error, over_worlds, powers


def sums(k: np.ndarray) -> list[float]:
    """Return the sums of hits, their squares and their cubes over worlds."""
    return [float((k.astype(float) ** power).sum()) for power in (1, 2, 3)]


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (18, 20, 0.698966355, 0.972133519),
        (4, 20, 0.080657663, 0.416017432),
        (4, 200, 0.007804426, 0.050287087),
        (190, 200, 0.910421852, 0.972617354),
        (1, 30, 0.00590859, 0.16670391),
        (0, 30, 0.0, 0.11351339),
        (30, 30, 0.8864866, 1.0),
    ],
)
def test_wilsons_interval_is_that_of_r(hits: int, n: int, low: float, high: float) -> None:
    """Values of R (binom.confint, method "wilson") as shipped with statsmodels' tests."""
    found = wilson(hits / n, n)
    assert found[0] == pytest.approx(low, abs=1e-7)
    assert found[1] == pytest.approx(high, abs=1e-7)


@given(st.integers(1, 10_000), st.floats(0, 1), st.sampled_from([0.8, 0.95, 0.99]))
def test_wilsons_interval_is_that_of_scipy(n: int, share: float, level: float) -> None:
    """Whole arrays at once, the same numbers as scipy's one at a time."""
    hits = round(share * n)
    expected = binomtest(hits, n).proportion_ci(level, method="wilson")
    low, high = wilson(hits / n, n, level)
    assert (low, high) == (
        pytest.approx(expected.low, abs=1e-12),
        pytest.approx(expected.high, abs=1e-12),
    )


@pytest.mark.parametrize("rho", [0.0, 0.6, 0.95])
@pytest.mark.parametrize(("p", "q"), [(0.5, 0.45), (0.05, 0.03), (0.9, 0.9)])
def test_the_paired_interval_covers_what_it_says(p: float, q: float, rho: float) -> None:
    """Bonett and Price (2012): 95% for correlated pairs, common odds or small ones.

    Where fewer than ten pairs differ it is too wide rather than too narrow. 4,000 simulated
    comparisons of 400 pairs; the standard error of the coverage is 0.35 points.
    """
    rng = np.random.default_rng(5)
    shared = rng.random((4000, 400))
    own = rng.random((4000, 400))
    mixed = np.where(rng.random((4000, 400)) < rho, shared, own)
    a, b = shared < p, mixed < q
    _, low, high = paired_difference(a.sum(1), b.sum(1), (a != b).sum(1), 400)
    covered = ((low <= p - q) & (p - q <= high)).mean()
    few = (a != b).sum(1).mean() < 10
    assert 0.94 < covered < (1.0 if few else 0.97)


def test_pairs_in_worlds_cover_what_they_say() -> None:
    """Runs that share a world are not independent: the interval counts worlds."""
    rng = np.random.default_rng(6)
    sims, worlds, m = 2000, 100, 20
    odds_a = rng.beta(2, 3, (sims, worlds))
    odds_b = np.clip(odds_a + rng.normal(0, 0.1, (sims, worlds)), 0, 1)
    truth = 0.4 - np.clip(rng.beta(2, 3, 4_000_000) + rng.normal(0, 0.1, 4_000_000), 0, 1).mean()
    a, b = rng.binomial(m, odds_a), rng.binomial(m, odds_b)
    _, low, high = paired_difference(a.sum(1), b.sum(1), ((a - b) ** 2).sum(1), worlds * m, m)
    assert ((low <= truth) & (truth <= high)).mean() == pytest.approx(0.95, abs=0.02)


def test_wilson_over_effective_runs_covers_where_plain_wilson_does_not() -> None:
    """Odds that differ by world: counting runs covers 50 to 70%, counting effective runs 95%."""
    rng = np.random.default_rng(7)
    sims, worlds, m = 4000, 200, 25
    k = rng.binomial(m, rng.beta(1, 2, (sims, worlds)))
    hits, squares, n = k.sum(1), (k * k).sum(1), worlds * m
    effective = effective_runs(hits, squares, n, m)
    covered = {}
    for name, runs in (("plain", n), ("effective", effective)):
        low, high = wilson(hits / n, runs)
        covered[name] = ((low <= 1 / 3) & (high >= 1 / 3)).mean()
    assert covered["plain"] < 0.75
    assert covered["effective"] == pytest.approx(0.95, abs=0.02)


@pytest.mark.parametrize("worlds", [10, 25])
@pytest.mark.parametrize("law", [(1, 2), (2, 6), (8, 0.8), (30, 20), (0.5, 0.5)])
def test_few_worlds_cover_what_they_say(law: tuple[float, float], worlds: int) -> None:
    """Odds of a cell with few worlds of 40 runs, by law of the odds: 95%, give or take two points.

    8,000 simulated cells, so that the count errs by a quarter of a point. Without a correction for
    the degrees of freedom ten worlds cover 90 to 94%.
    """
    rng = np.random.default_rng(17)
    m, truth = 40, law[0] / sum(law)
    k = rng.binomial(m, rng.beta(*law, (8000, worlds)))
    hits, n = k.sum(1), worlds * m
    low, high = wilson(hits / n, effective_runs(hits, (k * k).sum(1), n, m))
    assert ((low <= truth) & (truth <= high)).mean() == pytest.approx(0.955, abs=0.025)


def test_one_world_tells_next_to_nothing() -> None:
    """However many runs it has: its odds may be those of no other world."""
    low, high = wilson(0.5, effective_runs(500, 250_000, 1000, 1000))
    assert low < 0.01 and high > 0.99
    assert np.isnan(over_worlds(sums(np.array([500])), 1000, 1000)[1:]).all()
    _, low, high = paired_difference(500, 400, 100**2, 1000, 1000)
    assert low < 0 < high


@pytest.mark.parametrize("worlds", [5, 25, 100])
def test_worlds_that_all_differ_alike_leave_room(worlds: int) -> None:
    """No world changed, or each by as much: an interval of width zero would claim certainty.

    With no change seen, the chance that a world changes may still be some 3 / W.
    """
    d, low, high = paired_difference(200, 200, 0, worlds * 40, 40)
    assert d == 0.0 and high == -low and 1.5 / worlds < high < 4.5 / worlds
    d, low, high = paired_difference(10 * worlds, 0, 100 * worlds, worlds * 40, 40)
    assert low < d == 0.25 < high


def test_the_mean_of_few_covers_what_it_says() -> None:
    """Student's: 20,000 samples of four, 95% to within half a point; one draw has no interval."""
    rng = np.random.default_rng(18)
    found = np.array([mean_of(row)[1:] for row in rng.normal(size=(20_000, 4))])
    covered = ((found[:, 0] <= 0) & (found[:, 1] >= 0)).mean()
    assert covered == pytest.approx(0.95, abs=0.006)
    assert mean_of(np.array([3.0])).to_dict() == {"p": 3.0, "low": None, "high": None}


@pytest.mark.parametrize(("worlds", "m"), [(2048, 50), (200, 50), (2048, 4)])
@pytest.mark.parametrize("law", [(2, 6), (1, 1), (30, 20), (8, 0.8)])
def test_the_ends_are_known_as_well_as_is_said(
    law: tuple[float, float], worlds: int, m: int
) -> None:
    """The stated errors against the scatter of the ends over 300 simulations of known laws.

    Their median is 1.96 standard deviations of the ends within 30%: the scatter of 300 is known to
    4%, the rest is that the ends do not follow from the moments in a straight line.
    """
    rng = np.random.default_rng(19)
    k = rng.binomial(m, rng.beta(*law, (300, worlds))).astype(float)
    powers_of = [(k**power).sum(1) for power in (1, 2, 3)]
    _, *ends = over_worlds(powers_of, worlds * m, m)
    for end, error in zip(ends, ends_error(powers_of, worlds * m, m), strict=True):
        if end.std() > 1e-3:  # an end at 0 or 1 hardly moves
            assert np.median(error) == pytest.approx(1.96 * end.std(), rel=0.3)


def test_ends_that_no_run_tells_are_uncertain_too() -> None:
    """No hit in 100 worlds: a world may have odds of 3.7%; no worlds: nothing is known."""
    assert ends_error((0, 0, 0), 5000, 50) == pytest.approx((0.037, 0.037), abs=1e-3)
    assert ends_error(sums(np.full(100, 50)), 5000, 50) == pytest.approx((0.037, 0.037), abs=1e-3)
    assert (
        min(ends_error(sums(np.array([0, 50])), 100, 50)) > 0.5
    )  # two worlds, as unlike as can be


def test_what_was_not_looked_at_is_not_known() -> None:
    """Without worlds the second interval is no number, and null in JSON; without numbers to be
    unsure of it is a point.
    """
    unsure, sure = ng.Scenario.load("stockholm-three-issues"), ng.Scenario.load("split-the-pie")
    found = ng.odds(unsure, runs=50, worlds=0)
    assert np.isnan(found.parameter_interval["summit_deal"]).all()
    assert np.isnan(found.horizon_interval["truce"]).all()
    told = found.to_dict()["parameter_interval"]["summit_deal"]
    assert told == dict.fromkeys(("low", "high", "low_error", "high_error"))
    assert ng.odds(sure, runs=50, worlds=0).parameter_interval["deal"] == (1.0, 1.0)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_wide_interval_holds_the_odds_that_it_is_about(seed: int) -> None:
    """Also with few worlds, whose average is not that of the runs; told that they are few."""
    found = ng.odds("stockholm-three-issues", runs=300, worlds=20, seed=seed)
    assert found.few_worlds
    pairs = [(found.events, found.parameter_interval), (found.at_horizon, found.horizon_interval)]
    for estimates, intervals in pairs:
        for name, estimate in estimates.items():
            low, high = intervals[name]
            assert low <= estimate.p <= high, name


def test_an_interval_over_worlds_holds_their_own_average() -> None:
    """One world in a hundred has all the hits: the central 95% of the others end below 1%."""
    k = np.zeros(100)
    k[0] = 50
    _, low, high = over_worlds(sums(k), 5000, 50)
    assert low <= 0.01 <= high


def test_the_spread_over_worlds_is_the_distribution_of_their_odds() -> None:
    """Odds drawn from a beta distribution: its central 95% is found through binomial noise."""
    from scipy.stats import beta

    rng = np.random.default_rng(8)
    worlds, m = 20_000, 10
    k = rng.binomial(m, rng.beta(2, 6, worlds))
    sd, low, high = over_worlds(sums(k), worlds * m, m)
    assert sd == pytest.approx(beta(2, 6).std(), rel=0.05)
    assert low == pytest.approx(beta(2, 6).ppf(0.025), abs=0.01)
    assert high == pytest.approx(beta(2, 6).ppf(0.975), abs=0.01)


def test_pairing_gains_nothing_between_strangers_and_everything_between_twins() -> None:
    """Gain 1 for independent runs; infinite where all runs end the same."""
    rng = np.random.default_rng(9)
    a, b = rng.random(100_000) < 0.3, rng.random(100_000) < 0.3
    n = len(a)
    assert pairing_gain(a.sum(), a.sum(), b.sum(), b.sum(), (a != b).sum(), n) == pytest.approx(
        1, abs=0.02
    )
    assert pairing_gain(a.sum(), a.sum(), a.sum(), a.sum(), 0, n) == np.inf


@pytest.mark.parametrize("m", [4, 50, 400])
@pytest.mark.parametrize(("a", "b"), [(2, 6), (8, 0.8), (0.5, 0.5), (30, 20)])
def test_a_known_law_of_the_odds_is_found_whatever_the_runs_per_world(
    a: float, b: float, m: int
) -> None:
    """Odds drawn from beta(a, b), then m runs in each of many worlds: the ends are the law's.

    Within 0.03 (with 50 or more runs, 0.015): six standard errors, measured over 40 seeds.
    """
    from scipy.stats import beta

    rng = np.random.default_rng(12)
    worlds = 100_000 if m == 4 else 20_000
    k = rng.binomial(m, rng.beta(a, b, worlds))
    _, low, high = over_worlds(sums(k), worlds * m, m)
    within = 0.03 if m == 4 else 0.015
    assert (low, high) == pytest.approx(beta(a, b).ppf([0.025, 0.975]), abs=within)


def test_a_law_that_is_no_beta_law_is_found_through_its_skewness() -> None:
    """Seven worlds in ten have odds near 0.6, the rest lower ones: the beta law misses by 0.03."""
    rng = np.random.default_rng(13)
    worlds, m = 40_000, 50
    odds = np.where(rng.random(worlds) < 0.7, rng.beta(30, 20, worlds), rng.beta(12, 15, worlds))
    low, high = np.quantile(odds, [0.025, 0.975])
    k = rng.binomial(m, odds)
    _, own_low, own_high = over_worlds(sums(k), worlds * m, m)
    assert (own_low, own_high) == pytest.approx((low, high), abs=0.01)
    _, *beta = central(odds.mean(), odds.var())
    assert abs(beta - np.array([low, high])).min() > 0.025


def test_powers_are_unbiased() -> None:
    """The mean over worlds of the estimated square and cube is that of the odds themselves."""
    rng = np.random.default_rng(14)
    odds = rng.beta(2, 3, 200_000)
    found = powers(rng.binomial(5, odds) / 5, 5)
    for power, estimated in zip((1, 2, 3), found, strict=True):
        assert estimated.mean() == pytest.approx((odds**power).mean(), abs=0.003)


def test_two_runs_a_world_tell_the_spread_but_not_the_skewness() -> None:
    """With the skewness of the beta law instead; the ends are those of the law within 0.02."""
    from scipy.stats import beta

    rng = np.random.default_rng(16)
    k = rng.binomial(2, rng.beta(3, 2, 200_000))
    _, low, high = over_worlds(sums(k), 2 * len(k), 2)
    assert (low, high) == pytest.approx(beta(3, 2).ppf([0.025, 0.975]), abs=0.02)


def test_where_worlds_do_not_differ_the_interval_is_a_point() -> None:
    """Exactly so for certain outcomes, and when the variance comes out below nought."""
    assert [float(x) for x in over_worlds((0, 0, 0), 1000, 10)] == [0.0, 0.0, 0.0]
    assert [float(x) for x in central(0.4, -0.001, 0.0)] == [0.0, 0.4, 0.4]


@pytest.mark.parametrize("p", [0.02, 0.3, 0.5])
def test_wilson_covers_as_often_as_it_says(p: float) -> None:
    """On average over sample sizes: Wilson's coverage swings about 95% with the size."""
    rng = np.random.default_rng(15)
    n = rng.integers(100, 400, 40_000)
    low, high = wilson(rng.binomial(n, p) / n, n)
    assert ((low <= p) & (p <= high)).mean() == pytest.approx(0.95, abs=0.015)


def test_same_runs_same_interval_from_odds_sweep_and_report(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Odds over 64 worlds, a sweep of one cell that plays those, and the report of a plain sweep.

    One interval, to the last bit, for every event.
    """
    from negotiation.analysis.odds import RUNS_PER_WORLD, WORLDS
    from negotiation.cli import options
    from negotiation.report.cells import cells_of, odds_of

    scenario = ng.Scenario.load("stockholm-three-issues")
    worlds, m = 64, RUNS_PER_WORLD
    alone = ng.odds(scenario, runs=500, seed=9, worlds=worlds)
    assert any(low < high for low, high in alone.parameter_interval.values())
    one = ng.sweep.grid(scenario, {}, replicates=worlds * m, runs_per_world=m)
    swept = ng.sweep(one, seed=9, store=tmp_path / "sweep")
    rows = swept.parameter_intervals(outcomes=tuple(alone.parameter_interval)).to_pylist()
    found = {r["outcome"]: (r["low"], r["high"]) for r in rows}
    again = ng.Results.load(tmp_path / "sweep")
    reported = odds_of(again, cells_of(again)[0], scenario).parameter_interval
    for name, (low, high) in alone.parameter_interval.items():
        # where worlds do not differ by more than chance, the interval is the share of its own runs
        assert low == high or found[name] == reported[name] == (low, high)
    plain = ng.sweep(ng.sweep.grid(scenario, {}, replicates=500), seed=9)
    cell = cells_of(plain)[0]
    told = odds_of(plain, cell, scenario, worlds=worlds)
    assert told.parameter_interval == alone.parameter_interval
    assert told.horizon_interval == alone.horizon_interval
    assert {name: cell.shares[name] for name in alone.events} == {
        name: estimate.p for name, estimate in alone.events.items()
    }
    for name, estimate in told.events.items():  # the same, or told more closely
        own = alone.events[name]
        assert estimate == own or estimate.high - estimate.low < own.high - own.low
        assert own.low < estimate.p < own.high
    assert told.ends_error == alone.ends_error
    assert all(0 < error < 0.5 for error in alone.ends_error["summit_deal"])
    assert options.WORLDS == WORLDS

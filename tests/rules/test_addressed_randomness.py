"""Random numbers by address: uniform, independent, and none shifts another."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from negotiation import randomness as rnd
from negotiation.model import NegotiationModel
from negotiation.randomness import GOLDEN, key_of
from negotiation.scenario import Scenario

FALSE_ALARM = 1e-3  # of each test below, by Bonferroni over its comparisons
SEEDS, RUNS, SLOTS = 4, 150, 60


@pytest.fixture(scope="module")
def draws():
    """36,000 draws by (seed, run, slot), slots neighbours within two kinds."""
    slots = [int(rnd.NEWS) + s for s in range(SLOTS // 2)]
    slots += [int(rnd.CONCEDE) + s for s in range(SLOTS // 2)]
    u = [
        [
            [rnd.uniform(np.uint64(key_of(seed, run)), np.uint64(slot)) for slot in slots]
            for run in range(RUNS)
        ]
        for seed in range(1, SEEDS + 1)
    ]
    return np.array(u)


def test_draws_are_uniform(draws):
    """Kolmogorov-Smirnov over all draws and for each seed, and chi-square over 64 cells."""
    p = [stats.kstest(draws.ravel(), "uniform").pvalue]
    p += [stats.kstest(seed.ravel(), "uniform").pvalue for seed in draws]
    p.append(stats.chisquare(np.histogram(draws, 64, (0, 1))[0]).pvalue)
    assert min(p) > FALSE_ALARM / len(p)


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_neighbours_are_independent(draws, axis):
    """Neighbouring seeds, runs and slots are uncorrelated: in level, and in distance from 1/2."""
    first = np.moveaxis(draws, axis, 0)[:-1].ravel()
    second = np.moveaxis(draws, axis, 0)[1:].ravel()
    p = [
        stats.pearsonr(first, second).pvalue,
        stats.pearsonr(np.abs(first - 0.5), np.abs(second - 0.5)).pvalue,
    ]
    pairs = np.histogram2d(first, second, 8, ((0, 1), (0, 1)))[0]
    p.append(stats.chisquare(pairs.ravel()).pvalue)
    assert min(p) > FALSE_ALARM / len(p)


def test_shocks_have_the_distributions_that_they_are_named_after():
    """8,000 logistic and normal draws against their distributions, Kolmogorov-Smirnov."""
    keys = [np.uint64(key_of(11, run)) for run in range(8000)]
    logistic = [rnd.logistic(key, rnd.ACCEPT) for key in keys]
    normal = [rnd.normal(key, rnd.READING) for key in keys]
    p = stats.kstest(logistic, "logistic").pvalue, stats.kstest(normal, "norm").pvalue
    assert min(p) > FALSE_ALARM / 2


def unmixed(z: int) -> int:
    """The bits that ``mix`` scrambles into ``z``: the finaliser is a bijection."""
    mask = (1 << 64) - 1

    def unshift(x: int, by: int) -> int:
        y = x
        for _ in range(64 // by + 1):
            y = x ^ (y >> by)
        return y

    z = unshift(z, 31) * pow(0x94D049BB133111EB, -1, 1 << 64) & mask
    z = unshift(z, 27) * pow(0xBF58476D1CE4E5B9, -1, 1 << 64) & mask
    return unshift(z, 30)


@pytest.mark.parametrize("bits", [0, 1 << 11, (1 << 64) - 1, (1 << 64) - (1 << 12), 1 << 63])
def test_the_interval_is_open(bits):
    """Even the extreme 64 bits give a number strictly between 0 and 1: no shock is infinite."""
    key = np.uint64(unmixed(bits))
    assert int(rnd.mix(key)) == bits
    assert 0.0 < rnd.uniform(key, np.uint64(0)) < 1.0


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**40), st.integers(0, 2**20 - 1))
def test_a_draw_is_a_function_of_its_address(seed, run, slot):
    """The same address gives the same number, and the kinds of draws do not overlap."""
    key = np.uint64(key_of(seed, run))
    u = rnd.uniform(key, np.uint64(slot))
    assert u == rnd.uniform(np.uint64(key_of(seed, run)), np.uint64(slot))
    assert u != rnd.uniform(key, np.uint64(slot) + rnd.NEWS)


def test_kinds_of_draws_have_their_own_slots():
    """All kinds are different multiples of 2^20; no run's stream starts at another's next."""
    kinds = [
        int(v)
        for k, v in vars(rnd).items()
        if k.isupper() and k not in ("KIND", "GOLDEN", "RUN_STEP", "ONE_WAY")
    ]
    assert len(set(kinds)) == len(kinds) >= 17
    assert all(kind % 2**20 == 0 for kind in kinds)
    assert int(key_of(1, 1)) - int(key_of(1, 0)) != int(GOLDEN)


OFTEN = {"value": 20.0, "low": 15.0, "high": 30.0}
SHOCKS = ("stance", "trait", "resolve", "accept_shock", "attend_shock", "sign_shock", "home_shock")


@pytest.mark.parametrize(
    "changes",
    [
        {"us.provocation_rate": OFTEN, "china.provocation_rate": OFTEN},
        {"provocation.answer": {"value": 10.0, "low": 9.0, "high": 11.0}},
        {"news.incident_rate": {"value": 50.0, "low": 40.0, "high": 60.0}},
        {"us.strategy": "conceder"},
    ],
)  # fmt: skip
def test_one_decision_shifts_no_other_draw(changes):
    """More steps, news or concessions leave types, shocks and the summit's date alone."""
    base = Scenario.load("stockholm-2025")
    other = base.replace(changes)
    for run in range(20):
        a = NegotiationModel(base, seed=2, run=run).scene.talks
        b = NegotiationModel(other, seed=2, run=run).scene.talks
        assert a.summit_day == b.summit_day
        for name in SHOCKS:
            assert (a[name] == b[name]).all(), name


def test_pinning_one_number_leaves_the_others_where_they_were():
    """Fixing one uncertain number is a change of that number alone in every world.

    Two scenarios are compared run by run on common random numbers (model.md 14), which needs
    the other numbers of a world to be drawn alike in both.
    """
    base = Scenario.load("stockholm-2025")
    pinned = base.replace({"tariffs.peak_weight": 0.2})
    for run in range(10):
        a = NegotiationModel(base, seed=2, run=run).scene.world
        b = NegotiationModel(pinned, seed=2, run=run).scene.world
        assert b.tariffs_peak_weight == 0.2
        assert (a.reservation == b.reservation).all()
        assert a.deadline_ultimatum == b.deadline_ultimatum
        assert (a.reach == b.reach).all()

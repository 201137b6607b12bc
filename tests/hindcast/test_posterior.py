"""Weights instead of new runs: what they must equal, and what must not reach them."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from negotiation.hindcast import posterior as post
from negotiation.hindcast import predictive
from negotiation.hindcast.folds import Folds
from negotiation.hindcast.priors import NAMES, from_cube
from negotiation.hindcast.reading import shipped

RUNS = 1000


def table(n: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    """Draws of the prior, and made-up shares of the codes for every shipped episode."""
    rng = np.random.default_rng(0)
    values = from_cube(rng.random((n, len(NAMES))))
    return values, rng.dirichlet([1, 1, 1, 1], size=(n, len(shipped())))


def test_weights_are_the_conjugate_posterior() -> None:
    """A chance with a uniform prior that came true 3 times of 4 has posterior mean 4/6; at half the
    power 2.5/4.
    """
    p = (np.arange(20_000) + 0.5) / 20_000
    likelihood = np.log(np.stack([p, p, p, 1 - p], axis=1))
    for power, mean in ((1.0, 4 / 6), (0.5, 2.5 / 4)):
        assert post.weights(likelihood, power) @ p == pytest.approx(mean, abs=1e-6)


def test_leaving_one_out_is_dividing_it_out() -> None:
    """Weights on all episodes, divided by one's likelihood, are the weights without that one."""
    rng = np.random.default_rng(3)
    likelihood = np.log(rng.uniform(0.05, 1, (500, 6)))
    every, without = post.weights(likelihood, 0.35), post.weights(likelihood[:, 1:], 0.35)
    divided = every * np.exp(-0.35 * likelihood[:, 0])
    np.testing.assert_allclose(divided / divided.sum(), without)


@pytest.mark.parametrize("which", ["without", "before"])
def test_an_outcome_does_not_reach_its_own_forecast(which: str) -> None:
    """Another outcome of an episode leaves its own forecasts as they are, the rivals' too."""
    rows, (values, shares) = shipped(), table()
    first = getattr(Folds(rows, values, shares, RUNS), which)
    for k in (5, 12, 19):
        other = "truce_or_extension" if rows[k].outcome == "escalation" else "escalation"
        changed = [*rows]
        changed[k] = dataclasses.replace(rows[k], outcome=other)
        given = getattr(Folds(changed, values, shares, RUNS), which)[k]
        for name in ("model", "low", "high", "base_rates", "logit"):
            np.testing.assert_allclose(given[name], first[k][name], atol=1e-12)


def test_the_future_does_not_reach_a_forecast_from_the_past() -> None:
    """Other outcomes of later episodes change nothing in the forward forecasts; earlier ones do."""
    rows, (values, shares) = shipped(), table()
    first = Folds(rows, values, shares, RUNS).before
    later = [
        dataclasses.replace(c, outcome="lapse_or_no_deal") if c.episode.date.year == 2025 else c
        for c in rows
    ]
    second = Folds(later, values, shares, RUNS).before
    by_year = [c.episode.date.year for c in rows]
    for k, year in enumerate(by_year):
        if year < 2025:
            np.testing.assert_array_equal(first[k]["model"], second[k]["model"])
    assert not np.array_equal(first[-1]["model"], second[-1]["model"])


def test_resampling_keeps_the_mean() -> None:
    """256 draws picked by their weights have the weighted mean, up to the spacing of 1/256."""
    rng = np.random.default_rng(5)
    x, weight = rng.normal(size=3000), rng.random(3000) ** 4
    weight /= weight.sum()
    order = np.argsort(x)
    kept = x[order][post.resample(weight[order], 256)]
    assert kept.mean() == pytest.approx(weight @ x, abs=0.02)


def test_noise_of_few_runs_does_not_widen_the_interval() -> None:
    """Shares of 100 runs that differ by luck alone get an interval near their mean; shares that
    truly differ keep theirs.
    """
    rng = np.random.default_rng(7)
    flat, never, rates = np.full(2000, 1 / 2000), np.zeros(2000), np.full(4, 0.25)
    alike = rng.multinomial(100, [0.4, 0.1, 0.4, 0.1], size=2000) / 100
    _, low, high = post.spread(alike, never, rates, flat, 100)
    assert (high - low).max() < 0.06  # three standard errors of the variance left over
    truth = rng.uniform(0.1, 0.9, 2000)
    apart = np.stack([rng.binomial(100, truth) / 100] * 4, axis=1)
    _, low, high = post.spread(apart, never, rates, flat, 100)
    # A law with sharp edges at 0.1 and 0.9 is told by three moments to 0.04.
    assert low[0] == pytest.approx(0.12, abs=0.04) and high[0] == pytest.approx(0.88, abs=0.04)


def test_histories_that_the_posterior_makes_fit_it() -> None:
    """Of histories drawn from known probabilities 95% or a little more lie within the central 95%
    of each number (whole numbers make it more); one that never happens there lies outside. 200
    histories: a right program is blamed with probability below 1 in 10,000 for each number.
    """
    rng = np.random.default_rng(11)
    episodes = [c.episode for c in shipped()]
    shares = np.tile(rng.dirichlet([1, 1, 1, 1], size=len(episodes)), (2, 1, 1))
    flat = np.full(2, 0.5)
    inside: dict[str, int] = {}
    for _ in range(200):
        truth = np.array([rng.choice(4, p=p) for p in shares[0]])
        for name, e in predictive.checks(episodes, shares, flat, truth, 1000).items():
            inside[name] = inside.get(name, 0) + (e["low"] <= e["observed"] <= e["high"])
    assert min(inside.values()) >= 176, inside
    sure = np.tile([0.0, 0.0, 1.0, 0.0], (2, len(episodes), 1))
    found = predictive.checks(episodes, sure, flat, np.zeros(len(episodes), np.int64))
    assert {"escalation", "truce or extension"} <= set(predictive.misfits(found))
    assert found["escalation"]["below"] == 1.0 and found["escalation"]["high"] == 0

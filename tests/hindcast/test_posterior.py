"""Weighted draws: what few runs of each tell of the spread over them."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.hindcast import posterior as post


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

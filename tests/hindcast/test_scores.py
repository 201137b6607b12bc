"""Scores and rivals against worked examples."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.hindcast import rivals, scoring
from negotiation.hindcast.rivals import Logit

ROWS = np.array([[0.2, 0.7, 0.1, 0.0], [0.6, 0.2, 0.2, 0.0], [0.6, 0.1, 0.3, 0.0]])
TRUTH = np.array([1, 0, 2])


def test_scores_of_a_worked_example() -> None:
    """Brier summed over classes 0.41333, log loss 0.69049, as scikit-learn's suite has them."""
    assert scoring.brier(ROWS, TRUTH).mean() == pytest.approx(0.41333333)
    assert scoring.log_score(ROWS, TRUTH).mean() == pytest.approx(0.6904911, abs=1e-7)


def test_a_forecast_of_nought_is_infinitely_wrong() -> None:
    """Who is sure and wrong gets no finite log score, and no interval is made up for it."""
    scores = scoring.log_score(ROWS, np.array([3, 0, 2]))
    assert np.isinf(scores[0])
    assert scoring.mean(scores) == (None, None, None)


def test_bootstrap_of_episodes_and_of_years() -> None:
    """The interval holds the mean, narrows as 1/sqrt(n), and is wider when episodes of a year are
    one story.
    """
    rng = np.random.default_rng(0)
    few, many = rng.normal(size=20), rng.normal(size=2000)
    a, b = scoring.mean(few), scoring.mean(many)
    assert a.low < a.value < a.high
    assert (a.high - a.low) / (b.high - b.low) == pytest.approx(10, rel=0.3)
    clumped = np.repeat(rng.normal(size=5), 4)
    years = np.repeat(np.arange(5), 4).tolist()
    one, other = scoring.mean(clumped), scoring.mean(clumped, years)
    assert other.high - other.low > 1.5 * (one.high - one.low)
    assert scoring.mean(few) == a  # the same scores, the same interval


def test_interval_covers_as_it_says() -> None:
    """Of 400 samples of 30 the 95% interval covers the true mean in at least 90%."""
    rng = np.random.default_rng(2)
    found = [scoring.mean(rng.exponential(size=30)) for _ in range(400)]
    assert np.mean([m.low < 1.0 < m.high for m in found]) > 0.88


def test_reliability_points() -> None:
    """A bin's point is its mean forecast against how often the codes in it came true."""
    points = scoring.reliability(ROWS[:2], TRUTH[:2], np.array([0.0, 0.5, 1.0]))
    assert [p["cases"] for p in points] == [6, 2]
    assert points[1]["forecast"] == pytest.approx(0.65) and points[1]["came_true"] == 1.0
    assert points[0]["came_true"] == 0.0 and points[0]["low"] == 0.0 < points[0]["high"]


def test_the_logit_is_at_its_maximum() -> None:
    """At the fitted slopes no small change lowers the penalised loss: checked by brute force."""
    rng = np.random.default_rng(1)
    x, truth = rng.normal(size=(40, 3)), rng.integers(4, size=40)
    x[:, 2] = 1.0  # a constant covariate must not break it
    fitted = Logit(x, truth)

    def loss(model: Logit) -> float:
        p = model.forecast(x)[np.arange(40), truth]
        centre = model.forecast(x.mean(axis=0)[None])[0]
        penalty = 0.5 * rivals.RIDGE * (model.slopes[1:] ** 2).sum()
        return float(-np.log(p).sum() - rivals.HALF * np.log(centre).sum() + penalty)

    best, slopes = loss(fitted), fitted.slopes.copy()
    for _ in range(200):
        fitted.slopes = slopes + 0.01 * rng.normal(size=slopes.shape)
        assert loss(fitted) > best - 1e-6


def test_without_information_the_logit_is_the_base_rate() -> None:
    """Covariates that are the same everywhere leave the smoothed shares of the codes."""
    truth = np.array([0, 0, 0, 2, 2, 3])
    given = Logit(np.ones((6, 2)), truth).forecast(np.ones((1, 2)))[0]
    np.testing.assert_allclose(given, rivals.base_rates(truth), atol=1e-4)

"""Scores and rivals against worked examples."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import ttest_1samp

from negotiation.hindcast import scoring

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


def test_intervals_over_episodes_and_over_years() -> None:
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


def test_the_interval_over_episodes_is_students() -> None:
    """The textbook one, as scipy has it; between the ends that a score can have."""
    values = np.random.default_rng(4).exponential(size=9)
    expected = ttest_1samp(values, 0.0).confidence_interval(0.95)
    assert scoring.mean(values)[1:] == pytest.approx(tuple(expected))
    years = list(range(9))
    assert scoring.mean(values, years) == pytest.approx(scoring.mean(values))
    assert scoring.mean(np.array([0.0, 2.0]), within=(0.0, 2.0)) == (1.0, 0.0, 2.0)


@pytest.mark.parametrize(
    ("values", "years"),
    [([0.3], None), ([0.3], [2018]), ([0.3, 0.9], [2018, 2018]), ([0.3, 0.3, 0.3], None)],
)
def test_one_unit_or_units_all_alike_tell_no_spread(values: list[float], years: Any) -> None:
    """An interval of width zero would claim that the mean is certain."""
    assert scoring.mean(np.array(values), years) == (pytest.approx(values[0], abs=0.31), None, None)


@pytest.mark.parametrize("sizes", [(3,) * 7, (1, 2, 2, 3, 3, 4, 5), (2, 2, 2, 2)])
def test_the_interval_over_years_covers_as_it_says(sizes: tuple[int, ...]) -> None:
    """Years of one story each, half of the variance shared within a year, of unlike sizes too.

    2,000 histories: 93 to 97% hold the truth (four standard errors of the count are two points);
    resampling seven years holds it in 84 to 87%.
    """
    rng = np.random.default_rng(3)
    years = np.repeat(np.arange(len(sizes)), sizes)
    shared = rng.normal(size=(2000, len(sizes)))[:, years]
    scores = 0.2 + shared + rng.normal(size=(2000, len(years)))
    found = [scoring.mean(row, years.tolist()) for row in scores]
    covered = np.mean([m.low <= 0.2 <= m.high for m in found])
    assert 0.93 < covered < 0.97


def test_interval_covers_as_it_says() -> None:
    """Of 400 samples of 30 the 95% interval covers the true mean in at least 90%."""
    rng = np.random.default_rng(2)
    found = [scoring.mean(rng.exponential(size=30)) for _ in range(400)]
    assert np.mean([m.low < 1.0 < m.high for m in found]) > 0.88


def test_base_rates_have_half_an_observation_of_each_more() -> None:
    """Two of the first and one of the third of four: 2.5, 0.5, 1.5 and 0.5 of five."""
    given = scoring.base_rates(np.array([0, 0, 2]), 4)
    np.testing.assert_allclose(given, [0.5, 0.1, 0.3, 0.1])

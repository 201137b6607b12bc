"""Learning from disputes of many governments at once: what is shared, what is not."""

from __future__ import annotations

import numpy as np
from scipy import stats

from negotiation.hindcast import pooled

DRAWS, DECISIONS, PAIRS = 256, 40, 8
NAMES = [f"p{k % PAIRS}" for k in range(DECISIONS)]
ALONE = [f"d{k}" for k in range(DECISIONS)]


def chances(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return draws of two numbers, and what each says of three outcomes of each decision."""
    rng = np.random.default_rng(seed)
    values = rng.random((DRAWS, 2))
    lean = rng.normal(size=DECISIONS)
    u = np.zeros((DRAWS, DECISIONS, 3))
    u[..., 0] = 4.0 * (values[:, 0, None] - 0.5) * (1.0 + lean)
    p = np.exp(u)
    return values, p / p.sum(axis=-1, keepdims=True)


def test_the_truth_lies_anywhere_in_the_posterior() -> None:
    """Simulation-based calibration: uniform ranks, false alarms one in two thousand a number."""
    values, p = chances(1)
    found = pooled.ranks(p, values, NAMES, ALONE, sets=400, seed=2)
    for column in found.T:
        assert stats.kstest(column, "uniform").pvalue > 5e-4


def test_a_number_that_moves_no_outcome_is_not_learned() -> None:
    """And one that does is: its posterior is narrower than its prior."""
    values, p = chances(3)
    truth = int(np.argmax(values[:, 0]))
    outcome = p[truth].argmax(axis=1)
    likelihood = np.log(p[:, np.arange(DECISIONS), outcome])
    weight = pooled.learned(likelihood, NAMES, ALONE).common
    sd = [float(np.sqrt(np.cov(x, aweights=weight, ddof=0))) / float(x.std()) for x in values.T]
    assert sd[0] < 0.7
    assert sd[1] > 0.85


def test_a_pair_that_differs_is_forecast_by_its_own_past() -> None:
    """Seven pairs say one thing and the eighth another; a stranger is like the seven."""
    table = np.log(np.array([[0.95, 0.05], [0.05, 0.95]]))
    pairs = [f"p{k}" for k in range(7)] + ["other"] * 6
    likelihood = np.stack([table[:, 0]] * 7 + [table[:, 1]] * 6, axis=1)
    found = pooled.learned(likelihood, pairs, [f"d{k}" for k in range(13)])
    assert found.weights("stranger")[0] > 0.7
    assert found.weights("other")[1] > 0.9


def test_with_nothing_learned_all_draws_weigh_the_same() -> None:
    """The prior comes back."""
    found = pooled.learned(np.zeros((5, 0)), [], [])
    assert np.allclose(found.weights("any"), 0.2)


def test_decisions_of_one_dispute_count_for_less_than_as_many_disputes() -> None:
    """Ten moves of one quarrel say less than ten quarrels do."""
    likelihood = np.log(np.tile([[0.6], [0.4]], (1, 10)))
    one = pooled.learned(likelihood, ["p"] * 10, ["d"] * 10).weights("p")
    ten = pooled.learned(likelihood, ["p"] * 10, [f"d{k}" for k in range(10)]).weights("p")
    assert 0.5 < one[0] < ten[0]

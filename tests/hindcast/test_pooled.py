"""Learning from disputes of many governments at once: what is shared, what is not."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from negotiation.hindcast import pooled
from negotiation.hindcast.pooled import ALONE, SHARES, WITHIN, Unit

DRAWS, DECISIONS, PAIRS = 256, 40, 8
NAMES = [Unit(f"p{k % PAIRS}", f"a{k // 16}") for k in range(DECISIONS)]
APART = [f"d{k}" for k in range(DECISIONS)]


def chances(seed: int, draws: int = DRAWS) -> tuple[np.ndarray, np.ndarray]:
    """Return draws of two numbers, and what each says of three outcomes of each decision."""
    rng = np.random.default_rng(seed)
    values = rng.random((draws, 2))
    lean = rng.normal(size=DECISIONS)
    u = np.zeros((draws, DECISIONS, 3))
    u[..., 0] = 4.0 * (values[:, 0, None] - 0.5) * (1.0 + lean)
    p = np.exp(u)
    return values, p / p.sum(axis=-1, keepdims=True)


def happened(seed: int, draws: int = DRAWS) -> np.ndarray:
    """Return log likelihoods of some outcomes, shape (draws, decisions)."""
    p = chances(seed, draws)[1]
    outcome = np.random.default_rng(seed + 1).integers(3, size=DECISIONS)
    return np.asarray(np.log(p[:, np.arange(DECISIONS), outcome]))


def learning(p: np.ndarray) -> Callable[[np.ndarray, np.random.Generator], pooled.Posterior]:
    """Return what makes up outcomes of the decisions' draws and learns from them."""

    def learn(at: np.ndarray, rng: np.random.Generator) -> pooled.Posterior:
        steps = p[at, np.arange(DECISIONS)].cumsum(axis=1)
        outcome = (rng.random((DECISIONS, 1)) * steps[:, -1:] > steps).sum(axis=1)
        return pooled.learned(np.log(p[:, np.arange(DECISIONS), outcome]), NAMES, APART)

    return learn


@pytest.mark.parametrize(
    "of",
    [None, Unit("p3", "a1"), Unit("p3", "new"), Unit("stranger", "a1")],
    ids=["the common draw", "a unit", "a new administration of a pair", "a stranger"],
)
def test_the_truth_lies_anywhere_in_the_posterior(of: Unit | None) -> None:
    """Simulation-based calibration: uniform ranks, false alarms one in two thousand a number."""
    values, p = chances(1)
    found = pooled.ranks(learning(p), values, NAMES, sets=400, seed=2, of=of)
    for column in found.T:
        assert stats.kstest(column, "uniform").pvalue > 5e-4


def test_ranks_show_where_a_level_is_left_out() -> None:
    """If each unit's draw is taken for the common one the truth does not lie anywhere."""
    values, p = chances(1)
    rng = np.random.default_rng(7)
    found = []
    for _ in range(300):
        common, drawn = pooled.made_up(NAMES, DRAWS, WITHIN, rng)
        at = np.array([drawn[unit] for unit in NAMES])
        steps = p[at, np.arange(DECISIONS)].cumsum(axis=1)
        outcome = (rng.random((DECISIONS, 1)) > steps).sum(axis=1)
        table = np.log(p[:, np.arange(DECISIONS), outcome])
        whole = pooled.learned(table, NAMES, APART, shares=ALONE, withins=ALONE)
        found.append(whole.common @ (values[:, 0] < values[common, 0]))
    assert stats.kstest(found, "uniform").pvalue < 1e-6


def test_every_sum_is_what_the_rule_says() -> None:
    """By enumeration: five draws, two pairs, three units, every way to share or not."""
    draws, rng = 5, np.random.default_rng(3)
    each = {unit: rng.random(draws) for unit in (Unit("p", "a"), Unit("p", "b"), Unit("q", "a"))}
    expected = np.zeros((draws, 4, draws))  # the common draw; the three units and one more; theirs
    asked = [*each, Unit("p", "c")]
    units = [*each]
    for s1, s2 in itertools.product(SHARES, WITHIN):
        for c, p, q in itertools.product(range(draws), repeat=3):
            of_pairs = 1.0
            for e in (p, q):
                of_pairs *= s1 * (e == c) + (1.0 - s1) / draws
            rules = [
                np.array([s2 * (x == e) + (1.0 - s2) / draws for x in range(draws)])
                for e in (p, p, q, p)
            ]
            like = [rule * each.get(unit, np.ones(draws))
                    for rule, unit in zip(rules, asked, strict=True)]  # fmt: skip
            whole = of_pairs * np.prod([x.sum() for x in like])
            for k, x in enumerate(like):
                expected[c, k] += whole * x / x.sum()
    expected /= expected[:, 0].sum()
    table = np.log(np.array([each[unit] for unit in units]).T)
    found = pooled.learned(table, units, ["d", "e", "f"])
    assert found.common == pytest.approx(expected[:, 0].sum(axis=1))
    for k, unit in enumerate(asked):
        assert found.weights(unit) == pytest.approx(expected[:, k].sum(axis=0)), unit
    common, drawn = found.histories(asked, 40_000, rng)
    for k, unit in enumerate(asked):  # each draw's share of 40,000, to five standard errors
        both = np.zeros((draws, draws))
        np.add.at(both, (common, drawn[unit]), 1.0 / 40_000)
        error = np.sqrt(expected[:, k] / 40_000)
        assert (np.abs(both - expected[:, k]) < 5.0 * error + 1e-4).all(), unit


def test_administrations_that_are_all_alike_are_pairs_alone() -> None:
    """With chance 1 that a unit shares its pair's draw, units of a pair are forecast alike."""
    table = happened(5)
    one = pooled.learned(table, NAMES, APART, withins=ALONE)
    none = pooled.learned(table, [Unit(u.pair) for u in NAMES], APART, withins=ALONE)
    assert one.common == pytest.approx(none.common, rel=1e-9)
    assert one.share == pytest.approx(none.share, rel=1e-9)
    for unit in [*NAMES[:9], Unit("p1", "new"), Unit("stranger", "a1")]:
        assert one.weights(unit) == pytest.approx(none.weights(Unit(unit.pair)), rel=1e-9)
    # and pairs alone are the old sums: by each value of the chance, over pairs
    total = np.zeros((len(SHARES), DRAWS))
    for pair in {u.pair for u in NAMES}:
        own = np.exp(table[:, [u.pair == pair for u in NAMES]].sum(axis=1))
        total += np.log(SHARES[:, None] * own + (1.0 - SHARES[:, None]) * own.mean())
    raised = np.exp(total - total.max())
    assert one.common == pytest.approx(raised.sum(axis=0) / raised.sum(), rel=1e-9)


def test_all_alike_is_complete_pooling() -> None:
    """With both chances 1 the draws weigh what all decisions together say of them."""
    table = happened(6)
    found = pooled.learned(table, NAMES, APART, shares=ALONE, withins=ALONE)
    whole = np.exp(table.sum(axis=1) - table.sum(axis=1).max())
    for weight in (found.common, found.weights(NAMES[0]), found.weights(Unit("stranger"))):
        assert weight == pytest.approx(whole / whole.sum(), rel=1e-9)


def test_a_new_administration_lies_between_its_pair_and_the_others() -> None:
    """Where a pair differs, its next administration is like it, less surely; strangers are not."""
    table = np.log(np.array([[0.95, 0.05], [0.05, 0.95]]))
    units = [Unit(f"p{k}", "a") for k in range(7)]
    units += [Unit("other", x) for x in "aaabbb"]
    likelihood = np.stack([table[:, 0]] * 7 + [table[:, 1]] * 6, axis=1)
    found = pooled.learned(likelihood, units, APART[:13])
    old, new, stranger = (
        found.weights(Unit(*of))[1] for of in (("other", "a"), ("other", "new"), ("x", "new"))
    )
    assert old > 0.9
    assert old - 0.05 > new > stranger + 0.2


def test_the_order_of_the_rows_does_not_matter() -> None:
    """Nor do names of pairs and administrations."""
    table = happened(8)
    order = np.random.default_rng(9).permutation(DECISIONS)
    names = {x: f"other-{x}" for u in NAMES for x in u}

    def renamed(unit: Unit) -> Unit:
        return Unit(*(names.get(x, x) for x in unit))

    one = pooled.learned(table, NAMES, APART)
    other = pooled.learned(
        table[:, order], [renamed(NAMES[k]) for k in order], [APART[k] for k in order]
    )
    assert one.joint == pytest.approx(other.joint, rel=1e-9)
    for unit in (NAMES[0], Unit("p1", "new"), Unit("stranger", "a1")):
        assert one.weights(unit) == pytest.approx(other.weights(renamed(unit)), rel=1e-9)


def test_much_that_was_seen_of_a_unit_does_not_break_the_sums() -> None:
    """A thousand decisions of each unit: the weights are numbers that sum to 1."""
    table = happened(10) * 1000.0
    found = pooled.learned(table, NAMES, APART)
    for unit in (NAMES[0], Unit("p1", "new"), Unit("stranger")):
        weight = found.weights(unit)
        assert np.isfinite(weight).all() and weight.min() >= 0.0
        assert weight.sum() == pytest.approx(1.0)


def test_a_number_that_moves_no_outcome_is_not_learned() -> None:
    """And one that does is: its posterior is narrower than its prior."""
    values, p = chances(3)
    truth = int(np.argmax(values[:, 0]))
    outcome = p[truth].argmax(axis=1)
    likelihood = np.log(p[:, np.arange(DECISIONS), outcome])
    weight = pooled.learned(likelihood, NAMES, APART).common
    sd = [float(np.sqrt(np.cov(x, aweights=weight, ddof=0))) / float(x.std()) for x in values.T]
    assert sd[0] < 0.7
    assert sd[1] > 0.85


def test_a_pair_that_differs_is_forecast_by_its_own_past() -> None:
    """Seven pairs say one thing and the eighth another; a stranger is like the seven."""
    table = np.log(np.array([[0.95, 0.05], [0.05, 0.95]]))
    units = [Unit(f"p{k}") for k in range(7)] + [Unit("other")] * 6
    likelihood = np.stack([table[:, 0]] * 7 + [table[:, 1]] * 6, axis=1)
    for withins, stranger in ((ALONE, 0.7), (WITHIN, 0.6)):
        found = pooled.learned(likelihood, units, APART[:13], withins=withins)
        assert found.weights(Unit("stranger"))[0] > stranger
        assert found.weights(Unit("other"))[1] > 0.9


def test_with_nothing_learned_all_draws_weigh_the_same() -> None:
    """The prior comes back."""
    found = pooled.learned(np.zeros((5, 0)), [], [])
    assert np.allclose(found.weights(Unit("any")), 0.2)


def test_decisions_of_one_dispute_count_for_less_than_as_many_disputes() -> None:
    """Ten moves of one quarrel say less than ten quarrels do."""
    likelihood = np.log(np.tile([[0.6], [0.4]], (1, 10)))
    p = Unit("p", "a")
    one = pooled.learned(likelihood, [p] * 10, ["d"] * 10).weights(p)
    ten = pooled.learned(likelihood, [p] * 10, [f"d{k}" for k in range(10)]).weights(p)
    assert 0.5 < one[0] < ten[0]

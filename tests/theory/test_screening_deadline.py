"""A seller's offers against a deadline (Sobel and Takahashi 1983)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.errors import InputError
from negotiation.theory.screening_deadline import screening_with_deadline

rounds = st.integers(1, 30)
discounts = st.floats(0.0, 0.99)


@pytest.mark.parametrize(
    ("T", "last", "none"), [(2, 0.927, 0.481), (5, 0.745, 0.427), (20, 0.270, 0.212)]
)
def test_published_shares(T, last, none):
    """Discount .98: fraction of deals in the last round, and of no deal, for T = 2, 5, 20."""
    plan = screening_with_deadline(rounds=T, discount=0.98)
    assert plan.last_round_share == pytest.approx(last, abs=5e-4)
    assert plan.no_deal == pytest.approx(none, abs=5e-4)


def test_a_single_offer():
    """With one offer the seller asks 1/2, half of the buyers agree, and it earns 1/4."""
    plan = screening_with_deadline(rounds=1, discount=0.9)
    assert (plan.prices, plan.cutoffs, plan.profit) == ((0.5,), (0.5,), 0.25)
    assert plan.last_round_share == 1.0


@given(T=rounds, d=discounts)
def test_the_marginal_buyer_does_not_mind_waiting(T, d):
    """The buyer at each cutoff gets as much now as a round later; at the last cutoff, nothing."""
    plan = screening_with_deadline(rounds=T, discount=d)
    later = [d * (v - p) for v, p in zip(plan.cutoffs, plan.prices[1:], strict=False)] + [0.0]
    now = [v - p for v, p in zip(plan.cutoffs, plan.prices, strict=True)]
    assert now == pytest.approx(later, abs=1e-12)


@given(T=rounds, d=discounts)
def test_prices_come_down_and_the_odds_add_up(T, d):
    """Each price is below the one before, and deals and no deal exhaust the cases."""
    plan = screening_with_deadline(rounds=T, discount=d)
    assert all(a > b for a, b in zip(plan.prices, plan.prices[1:], strict=False))
    assert sum(plan.agreements) + plan.no_deal == pytest.approx(1.0)
    assert min(plan.agreements) > 0.0


@given(T=rounds, d=discounts)
def test_profit_is_what_the_offers_bring(T, d):
    """The profit of the recursion is the discounted sum of price times agreements."""
    plan = screening_with_deadline(rounds=T, discount=d)
    earned = np.array(plan.prices) @ (np.array(plan.agreements) * d ** np.arange(T))
    assert plan.profit == pytest.approx(float(earned))


@pytest.mark.parametrize("d", [0.3, 0.7, 0.98])
def test_no_first_price_does_better(d):
    """T = 2 by brute force: the second price is half of what is left; no first one does better."""
    cutoff = np.linspace(0.01, 1.0, 100_000)
    price = cutoff - d * (cutoff - cutoff / 2)  # buyers above the cutoff take it
    profit = price * (1 - cutoff) + d * cutoff**2 / 4
    plan = screening_with_deadline(rounds=2, discount=d)
    assert profit.max() == pytest.approx(plan.profit, abs=1e-9)
    assert cutoff[profit.argmax()] == pytest.approx(plan.cutoffs[0], abs=1e-4)


def test_no_deviation_at_any_round_pays():
    """T = 6: at every stage, another cutoff than the plan's earns the seller less from there on."""
    d, T = 0.9, 6
    for left in range(1, T + 1):
        plan = screening_with_deadline(rounds=left, discount=d)
        rest = screening_with_deadline(rounds=left - 1, discount=d) if left > 1 else None
        k = np.linspace(0.01, 1.0, 50_000)
        ask = k * (1 - d * (1 - rest.prices[0])) if rest else k
        profit = (1 - k) * ask + (d * rest.profit * k**2 if rest else 0.0)
        assert profit.max() == pytest.approx(plan.profit, abs=1e-8)


@pytest.mark.parametrize("wrong", [{"rounds": 0, "discount": 0.9}, {"rounds": 2, "discount": 1.0}])
def test_bad_input(wrong):
    """At least one offer; a discount factor below 1."""
    with pytest.raises(InputError):
        screening_with_deadline(**wrong)

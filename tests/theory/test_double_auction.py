"""The linear equilibrium of the double auction (Chatterjee-Samuelson, Myerson-Satterthwaite)."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.errors import OutOfRange
from negotiation.theory.double_auction import ask, bid, linear_equilibrium

GRID = (np.arange(2000) + 0.5) / 2000


def test_textbook_numbers():
    """P(trade) 9/32, gains 9/64 of a possible 1/6, that is 84.4% (retrieved, verified)."""
    found = linear_equilibrium()
    assert found == pytest.approx((9 / 32, 9 / 64, (9 / 64) / (1 / 6)))
    assert found.efficiency == pytest.approx(0.844, abs=5e-4)
    assert linear_equilibrium(margin=0.0) == pytest.approx((1 / 2, 1 / 6, 1.0))


def test_the_two_prices_say_who_trades():
    """They trade exactly if the value exceeds the cost by 1/4, and the averages follow from it."""
    costs = (np.arange(2001) + 0.5) / 2001  # another spacing, so that no pair lies on the margin
    bids, asks = np.array([bid(v) for v in GRID]), np.array([ask(c) for c in costs])
    trade = bids[:, None] >= asks[None, :]
    gain = GRID[:, None] - costs[None, :]
    assert np.array_equal(trade, gain >= 0.25)
    assert trade.mean() == pytest.approx(9 / 32, abs=1e-3)
    assert (gain * trade).mean() == pytest.approx(9 / 64, abs=1e-3)


@pytest.mark.parametrize("value", [0.3, 0.6, 0.9, 1.0])
def test_bid_is_a_best_reply(value):
    """Against a seller who asks 2c/3 + 1/4 no other bid gives a buyer more."""
    asks = 2 * GRID / 3 + 1 / 4
    prices = np.linspace(0, 1, 401)
    profit = [((value - (b + asks) / 2) * (asks <= b)).mean() for b in prices]
    assert prices[int(np.argmax(profit))] == pytest.approx(bid(value), abs=0.005)


@pytest.mark.parametrize("cost", [0.0, 0.2, 0.5, 0.7])
def test_ask_is_a_best_reply(cost):
    """Against a buyer who bids 2v/3 + 1/12 no other ask gives a seller more."""
    bids = 2 * GRID / 3 + 1 / 12
    prices = np.linspace(0, 1, 401)
    profit = [(((s + bids) / 2 - cost) * (bids >= s)).mean() for s in prices]
    assert prices[int(np.argmax(profit))] == pytest.approx(ask(cost), abs=0.005)


def test_values_lie_between_0_and_1():
    """A value outside the distribution is refused by name."""
    with pytest.raises(OutOfRange, match=r"value = 1\.5"):
        bid(1.5)

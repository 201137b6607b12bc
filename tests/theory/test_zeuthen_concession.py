"""Zeuthen's concessions end at the Nash bargaining solution (Harsanyi 1956)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.errors import InputError
from negotiation.theory.bargaining_solutions import nash_solution
from negotiation.theory.zeuthen_concession import conflict_risk, monotonic_concession

PARABOLA = [(n, (100 - n * n) / 10) for n in range(11)]
whole = st.integers(0, 12)


def test_parabola():
    """Z1: deals (n, (100 - n^2)/10): opening risks (1, 1), end n = 6, (6, 6.4), product 38.4."""
    found = monotonic_concession(PARABOLA)
    assert found.offers[0] == (10, 0)
    opening = [(10, 0), (10, 0)]  # own and other: the US's 10 and 0, China's (100 - 0)/10 and 0
    assert [conflict_risk(own=own, other=other) for own, other in opening] == [1.0, 1.0]
    assert (found.deals, found.utilities) == ((6,), (6.0, 6.4))
    assert found.utilities[0] * found.utilities[1] == pytest.approx(38.4)


def test_risk():
    """Z2: own 10, other 4, disagreement 2 give .75; with nothing to lose 1 (retrieved)."""
    assert conflict_risk(own=10, other=4, disagreement=2) == 0.75
    assert conflict_risk(own=2, other=1, disagreement=2) == 1.0


def test_random_frontiers_end_at_the_largest_product():
    """Z3: on 400 random efficient sets of 12 deals the end has the largest product every time."""
    rng = np.random.default_rng(400)
    for _ in range(400):
        us, china = np.sort(rng.random(12)), np.sort(rng.random(12))[::-1]
        deals = np.column_stack([us, china])
        found = monotonic_concession(deals)
        assert found.deals == (int(np.argmax(us * china)),)


@given(deals=st.lists(st.tuples(whole, whole), min_size=1, max_size=10), d=st.tuples(whole, whole))
def test_ends_at_a_nash_solution_with_ties(deals, d):
    """On any deals, ties and dominated ones included, the end has the largest product of gains."""
    if not any(a >= d[0] and c >= d[1] for a, c in deals):
        with pytest.raises(InputError, match="no deal"):
            monotonic_concession(deals, disagreement=d)
        return
    found = monotonic_concession(deals, disagreement=d)
    best = nash_solution(deals, disagreement=d)
    product = best.gains[0] * best.gains[1]
    for deal in found.deals:
        assert (deals[deal][0] - d[0]) * (deals[deal][1] - d[1]) == pytest.approx(product)


@given(deals=st.lists(st.tuples(whole, whole), min_size=1, max_size=10))
def test_nobody_takes_an_offer_back(deals):
    """Each step gives the other side at least as much, and somebody more until they meet."""
    found = monotonic_concession(deals)
    for (us, china), (next_us, next_china) in zip(found.offers, found.offers[1:], strict=False):
        gave = deals[next_us][1] - deals[us][1], deals[next_china][0] - deals[china][0]
        assert min(gave) >= 0 and max(gave) > 0


def test_two_equal_products_stay_open():
    """Where two deals give the same largest product neither side need give way."""
    found = monotonic_concession([(2.0, 3.0), (3.0, 2.0)])
    assert set(found.deals) == {0, 1}
    assert found.utilities == (3.0, 2.0)

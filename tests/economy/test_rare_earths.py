"""The rare-earth block: harmless, then lethal, then obsolete."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from negotiation.economy.rare_earths import (
    RareEarths,
    exporter_loss,
    loss_from,
    path_loss,
    step,
)

P = RareEarths.of_2025()
CUT = st.floats(0.0, 1.0)


def losses(cuts, dt=1.0, p=P):
    """Return the loss in each month of a path of cuts, $bn, and the first month of shortage."""
    stock, alternatives, thrift = p.stock_months, p.alternatives, 1.0
    by_month, first = np.zeros(len(cuts)), None
    for month, cut in enumerate(cuts):
        for _ in range(round(1 / dt)):
            stock, alternatives, thrift, loss, served = step(
                stock, alternatives, thrift, cut, dt, p
            )
            by_month[month] += loss
            if served < 1.0 and first is None:
                first = month
    return by_month, first


def held(cut, months=36):
    """Return a path with a cut held for some months of three years."""
    return [cut] * months + [0.0] * (36 - months)


@pytest.mark.parametrize(
    ("cuts", "first", "years"),
    [
        ([0.92, 0.92, 0.35] + [0.0] * 33, None, (0, 0, 0)),
        (held(0.90, 6), 3, (80, 0, 0)),
        (held(0.50), 5, (21, 13, 1)),
        (held(0.55, 18), 5, (32, 14, 0)),
        (held(0.80), 3, (129, 78, 23)),
        (held(1.00), 2, (273, 164, 59)),
    ],
    ids=["Apr-Jun 2025", "90% 6 months", "50%", "55% 18 months", "80%", "100%"],
)
def test_the_table_of_losses_comes_out(cuts, first, years):
    """All rows of rare_earths_and_purchases.md section 1.4 with a step of one month.

    Months count from zero, and a month's loss already carries that month's redesign.
    """
    by_month, shortage = losses(cuts)
    assert shortage == first
    assert_allclose(by_month.reshape(3, 12).sum(axis=1), years, atol=0.55)


@pytest.mark.parametrize(("x", "share"), [(0.8, 0.0149), (0.55, 0.0058), (1.0, 0.026)])
def test_the_curve_passes_through_the_published_estimates(x, share):
    """Unserved .8 costs 1.49 percent of GDP (IMF 1.5), .55 costs .58 (ECB .3-.6), 1 costs 2.6."""
    bare = P._replace(alternatives=0.0, thrift_half_life=1e12)
    year = 12 * step(0.0, 0.0, 1.0, x, 1.0, bare)[3] / P.gdp
    assert year == pytest.approx(share, abs=1e-4)


@pytest.mark.parametrize(("stock", "share"), [(2.5, 0.0029), (1.0, 0.0041)])
def test_buffers_soften_the_first_year(stock, share):
    """A 70 percent cut costs .29 percent of GDP with 2.5 months of stock, .41 with one."""
    p = P._replace(stock_months=stock)
    assert path_loss(0.7, 12.0, p, 1.0) / p.gdp == pytest.approx(share, abs=5e-5)


@pytest.mark.parametrize("cut", [0.5, 0.8, 1.0])
def test_the_step_does_not_matter_in_the_limit(cut):
    """The loss is within 5 percent of its limit times the step in months (first order)."""
    limit = path_loss(cut, 24.0, P, 2.0**-12)
    for k in range(9):
        assert abs(path_loss(cut, 24.0, P, 2.0**-k) / limit - 1.0) < 0.05 * 2.0**-k


def test_a_cut_shorter_than_the_stock_is_free():
    """Harmless: two months of a total cut cost nothing, six months cost much."""
    assert path_loss(1.0, 2.0, P) == 0.0
    assert path_loss(1.0, 6.0, P) > 50.0


def test_the_threat_is_lethal_then_obsolete():
    """The third year of a held cut costs a small fraction of the first."""
    by_month, _ = losses(held(1.0))
    first, second, third = by_month.reshape(3, 12).sum(axis=1)
    assert first > second > third
    assert third < 0.25 * first


@given(CUT, st.floats(0.01, 0.3))
def test_a_deeper_cut_never_costs_less(cut, more):
    """The loss rises with the cut, at a fixed state and over a year."""
    deeper = min(1.0, cut + more)
    assert path_loss(deeper, 12.0, P) >= path_loss(cut, 12.0, P) - 1e-12 or cut <= P.alarm < deeper


@given(CUT, CUT)
def test_losses_are_convex_in_what_is_missing(a, b):
    """Without stocks, spreading a cut evenly over two months costs less than bunching it."""

    def month(cut):
        return step(0.0, P.alternatives, 1.0, cut, 1.0, P._replace(thrift_half_life=1e12))[3]

    assert month(0.5 * (a + b)) <= 0.5 * (month(a) + month(b)) + 1e-12


@given(CUT, st.floats(0.0, 2.5), st.floats(0.08, 0.9), st.floats(0.1, 1.0), st.floats(0.01, 1.0))
def test_states_stay_where_they_belong(cut, stock, alternatives, thrift, dt):
    """Stock within its cap, alternatives only rise, thrift only falls, served share in [0, 1]."""
    s, a, k, loss, served = step(stock, alternatives, thrift, cut, dt, P)
    assert 0.0 <= s <= P.stock_months
    assert a > alternatives
    assert 0.0 < k <= thrift
    assert loss >= 0.0
    assert -1e-12 <= served <= 1.0
    assert (loss > 0.0) == (served < 1.0)


@given(CUT, st.floats(0.1, 12.0))
def test_what_is_drawn_was_needed(cut, months):
    """Conservation: the stock falls by exactly what need exceeds supply and is still served."""
    dt = 0.125
    s, a, k = P.stock_months, P.alternatives, 1.0
    for _ in range(int(months / dt)):
        supply = min(1.0, (1.0 - P.alternatives) * (1.0 - cut) + a)
        s_next, a, k, _, served = step(s, a, k, cut, dt, P)
        assert s - s_next <= (served - supply) * dt + 1e-9
        s = s_next


def test_using_the_threat_wears_it_out():
    """After a year's cut alternatives are further, so a second cut frightens less."""
    s, a, k = P.stock_months, P.alternatives, 1.0
    calm = P.alternatives
    for _ in range(12):
        s, a, k, _, _ = step(s, a, k, 0.8, 1.0, P)
        _, calm, _, _, _ = step(P.stock_months, calm, 1.0, 0.0, 1.0, P)
    assert a - P.alternatives == pytest.approx(2 * (calm - P.alternatives))
    again = loss_from(P.stock_months, a, k, 1.0, 12.0, P)
    rested = loss_from(P.stock_months, calm, 1.0, 1.0, 12.0, P)
    assert again < rested < path_loss(1.0, 12.0, P)


def test_faster_alternatives_mean_less_leverage():
    """Signs of model.md section 14: the same cut costs less where alternatives grow faster."""
    fast = P._replace(ramp_calm=0.02, ramp_alarm=0.04)
    assert path_loss(0.9, 24.0, fast) < path_loss(0.9, 24.0, P)


def test_stocks_refill_once_supply_is_back():
    """Spare supply goes to the store and stops at its cap."""
    s, a, k = 0.0, P.alternatives, 1.0
    for _ in range(60):
        s, a, k, loss, _ = step(s, a, k, 0.0, 1.0, P)
        assert loss == 0.0
    assert s == P.stock_months


def test_the_seller_loses_next_to_nothing():
    """A full cut costs China $3bn a year directly (section 1.5)."""
    assert exporter_loss(1.0, P) == 3.0
    assert exporter_loss(0.5, P) == 1.5

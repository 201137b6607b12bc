"""Purchase pledges: values per dollar from the trade model, and their reduced forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.economy.parameters import value
from negotiation.economy.purchases import cn_cost, cost_curve, import_wedge, realised, us_value
from negotiation.errors import OutOfRange, UnknownName

FARM, FARM_ENERGY = ("agrifood",), ("agrifood", "energy_mining")
ALL = (*FARM_ENERGY, "materials", "electronics", "machinery_transport", "textile_misc")
AMOUNTS = (10.0, 25.0, 50.0, 100.0)


@pytest.mark.parametrize(
    ("sectors", "eps", "us", "cn"),
    [
        (FARM, 2.0, 0.21, (-0.11, -0.16, -0.23, -0.30)),
        (FARM, 4.0, 0.16, (-0.05, -0.09, -0.13, -0.19)),
        (FARM_ENERGY, 2.0, 0.21, (-0.08, None, None, -0.24)),
        (FARM_ENERGY, 4.0, 0.16, (-0.03, None, None, -0.14)),
        (ALL, 2.0, 0.21, (-0.07, None, None, -0.16)),
        (ALL, 4.0, 0.16, (-0.02, None, None, -0.08)),
    ],
    ids=["farm 2", "farm 4", "farm+energy 2", "farm+energy 4", "all 2", "all 4"],
)
def test_the_table_of_values_per_dollar_comes_out(sectors, eps, us, cn):
    """All cells of rare_earths_and_purchases.md section 2.3, to the printed digit."""
    for amount, cost in zip(AMOUNTS, cn, strict=True):
        if cost is None:
            continue
        got = import_wedge(amount, sectors=sectors, eps_goods=eps)
        assert got.us_income == pytest.approx(us, abs=0.0065)
        assert got.cn_income == pytest.approx(cost, abs=0.0065)


def test_small_purchases_undo_a_tariff_and_large_ones_need_a_subsidy():
    """$10bn of all goods lowers China's 10 points; $100bn of farm goods needs a subsidy."""
    assert 0.0 < import_wedge(10.0, sectors=ALL).wedge < 0.10
    assert import_wedge(100.0).wedge < 0.0


def test_the_sum_is_positive_while_china_taxes_us_goods():
    """$25bn over all goods leaves a joint gain; large farm quotas do not (section 2.3)."""
    broad, narrow = import_wedge(25.0, sectors=ALL), import_wedge(100.0)
    assert broad.us_income + broad.cn_income > 0.0
    assert narrow.us_income + narrow.cn_income < 0.0


@pytest.mark.parametrize("goods", ["farm", "all_goods"])
def test_the_parabola_stays_close_to_its_anchors(goods):
    """The fitted average cost is within a cent a dollar of the anchors at 10, 25, 50bn."""
    linear, quadratic = cost_curve(goods)
    for bought, average in zip(AMOUNTS, value("purchases", f"cn_cost_{goods}"), strict=False):
        assert cn_cost(bought, linear, quadratic) / bought == pytest.approx(average, abs=0.0151)


@given(st.floats(0.0, 200.0), st.floats(0.0, 1.0))
def test_only_what_arrives_counts(pledge, integrity):
    """An empty pledge is worth nothing to either side."""
    bought = realised(pledge, integrity)
    assert 0.0 <= bought <= pledge
    assert us_value(bought, 0.19, 0.5) == pytest.approx(0.69 * bought)
    assert us_value(realised(pledge, 0.0), 0.19, 0.5) == 0.0


@given(st.floats(1.0, 100.0), st.floats(1.01, 3.0))
def test_each_further_dollar_costs_china_more(bought, factor):
    """The average cost rises with the amount."""
    linear, quadratic = cost_curve("farm")
    more = factor * bought
    assert cn_cost(more, linear, quadratic) / more > cn_cost(bought, linear, quadratic) / bought


def test_bad_requests_are_refused():
    """Services, misspelt sectors and amounts that nothing can bring about."""
    with pytest.raises(UnknownName, match="agrifood"):
        import_wedge(10.0, sectors=("agrifod",))
    with pytest.raises(UnknownName, match="services"):
        import_wedge(10.0, sectors=("services",))
    for amount in (0.0, -5.0, 1e6):
        with pytest.raises(OutOfRange, match="extra"):
            import_wedge(amount)
    with pytest.raises(UnknownName, match="Did you mean 'farm'"):
        cost_curve("farms")

"""Purchase pledges: values per dollar from the trade model, and their reduced forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.economy.purchases import GOODS, cn_cost, fitted, import_wedge, us_value
from negotiation.errors import OutOfRange, UnknownName
from negotiation.scenario import Scenario
from negotiation.table import Table

FARM, FARM_ENERGY = ("agrifood",), ("agrifood", "energy_mining")
ALL = GOODS
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


@pytest.mark.parametrize(("goods", "sectors"), [("farm", FARM), ("all_goods", ALL)])
def test_the_fit_stays_close_to_the_trade_model(goods, sectors):
    """The fitted values are within 0.6 cents a dollar of the solved ones at 10, 25, 50bn."""
    income, per_dollar, slope = fitted(goods)
    for bought in AMOUNTS[:3]:
        low, high = (import_wedge(bought, sectors=sectors, eps_goods=eps) for eps in (2.0, 4.0))
        assert us_value(1.0, income, 0.0) == pytest.approx(
            0.5 * (low.us_income + high.us_income), abs=0.006
        )
        assert -cn_cost(bought, per_dollar, slope) / bought == pytest.approx(
            0.5 * (low.cn_income + high.cn_income), abs=0.006
        )


@given(st.floats(1.0, 100.0), st.floats(1.01, 3.0))
def test_each_further_dollar_costs_china_more(bought, factor):
    """The average cost rises with the amount."""
    _, per_dollar, slope = fitted("farm")
    more = factor * bought
    assert cn_cost(more, per_dollar, slope) / more > cn_cost(bought, per_dollar, slope) / bought


@pytest.mark.parametrize("name", ["stockholm-2025", "stockholm-three-issues"])
def test_a_pledge_costs_china_in_a_run_what_the_economy_says(name):
    """$50bn kept in full cost $9.0bn, 18 cents a dollar; half of it costs less than half."""
    table = Table(Scenario.load(name))
    k = list(table.scenario.issues).index("purchase_commitments")
    world, stakes = (r[0] for r in (table.first_day().world, table.first_day().stakes))
    for z in (0.2, 0.5, 1.0):
        in_a_run = stakes["tau"][1, k] * z + 0.5 * stakes["bend_tau"][1, k] * z * z
        pledged = 50.0 * z
        rates = world["purchases_china_cost"], world["purchases_china_cost_slope"]
        assert -in_a_run == pytest.approx(cn_cost(pledged, *rates), rel=1e-12)
    assert -in_a_run == pytest.approx(9.0, abs=0.01)


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
        fitted("farms")

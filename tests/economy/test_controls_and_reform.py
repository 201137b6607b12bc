"""Technology controls and structural reform: flow forms and their signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.economy import reform, technology
from negotiation.economy.parameters import entry

T = technology.Technology.of_2025()
R = reform.Reform.of_2025()


def test_one_control_step_has_the_reference_flows():
    """-10 profit, +15 security for the US, -20 for China (payoffs.md section 7)."""
    assert technology.us_value(1.0, T) == pytest.approx(15.0 - 10.0)
    assert technology.us_value(1.0, T._replace(us_security=0.0)) == pytest.approx(-10.0)
    assert technology.cn_loss(1.0, T.cn_value) == pytest.approx(20.0)
    assert technology.us_value(0.0, T) == technology.cn_loss(0.0, T.cn_value) == 0.0


def test_the_security_value_decides_whether_the_us_wants_controls():
    """Over the range 0-40 of the hidden type the sign of a step changes."""
    low, high = (
        entry("technology", "us_security")["low"],
        entry("technology", "us_security")["high"],
    )
    assert technology.us_value(1.0, T._replace(us_security=low)) < 0.0
    assert technology.us_value(1.0, T._replace(us_security=high)) > 0.0


@given(st.floats(0.0, 3.0), st.floats(0.1, 1.0))
def test_the_us_value_is_concave_in_the_level(level, width):
    """With an exponent below one each further step denies less; with one it is a line."""
    for p, curved in ((T, False), (T._replace(concavity=0.8), True)):
        middle = technology.us_value(level + 0.5 * width, p)
        ends = technology.us_value(level, p) + technology.us_value(level + width, p)
        assert middle >= 0.5 * ends - 1e-12
        assert (middle > 0.5 * ends + 1e-7) is curved


@given(st.integers(1, 48), st.integers(1, 8))
def test_learning_takes_one_percent_a_month_whatever_the_step(months, parts):
    """China's loss per step falls by 1 percent a month of tight control, and never recovers."""
    cost = 20.0
    for _ in range(months * parts):
        cost = technology.learn(cost, 3.0, 1.0 / parts, T)
    assert cost == pytest.approx(20.0 * 0.99**months)
    assert technology.learn(cost, 0.0, 1.0, T) == cost


def test_reform_pays_in_income_and_costs_more_in_politics():
    """Full reform: +225 income, -300 politics, +50 x .3 for the US (section 4)."""
    assert reform.cn_income(1.0, R) == pytest.approx(225.0, abs=0.5)
    assert reform.cn_politics(1.0, R) == 300.0
    assert reform.us_gain(1.0, R) == pytest.approx(15.0)
    assert reform.cn_politics(0.1, R) > reform.cn_income(0.1, R)

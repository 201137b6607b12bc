"""The base year 2024 and the file of parameters."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from negotiation.economy import one_sector, seven_sectors
from negotiation.economy.calibration import CN, RW, US
from negotiation.economy.parameters import entry, table
from negotiation.errors import UnknownName

MARKS = ("article", "retrieved", "memory", "derived", "guess")


def test_the_one_sector_table_has_the_home_shares_of_the_reference():
    """Home shares .8925, .856, .921; goods deficits +1202, -926, -276 (payoffs.md section 2)."""
    flows = one_sector().flows[:, :, 0]
    assert_allclose(np.diag(flows) / flows.sum(axis=0), [0.8925, 0.856, 0.921], atol=5e-4)
    deficit = flows.sum(axis=0) - flows.sum(axis=1)
    # the reference prints the US deficit as 1,202; its own table sums to 1,202.4
    assert_allclose(deficit, [1202.4, -926.4, -276.0], atol=0.1)


def test_the_seven_sector_table_meets_customs_and_growth():
    """US-China goods blocks are 143.5 and 438.9; home blocks grew with nominal GDP."""
    world = seven_sectors()
    assert world.flows[US, CN, world.goods].sum() == pytest.approx(143.5)
    assert world.flows[CN, US, world.goods].sum() == pytest.approx(438.9)
    raw = np.array(table("flows")["flows_2022"]["value"])
    assert_allclose(world.flows[RW, US], raw[RW, US])
    assert_allclose(world.flows[US, CN, ~world.goods], raw[US, CN, ~world.goods])
    growth = world.flows[US, US] / raw[US, US]
    assert_allclose(growth, world.gdp[US] / 26007.0)


def test_tariffs_fall_on_goods_between_the_two_only():
    """A pair of increments taxes Chinese goods in the US and US goods in China, no more."""
    world = seven_sectors()
    t = world.tariffs(0.3, 0.1)
    assert_allclose(t[CN, US], [0.3] * 6 + [0.0])
    assert_allclose(t[US, CN], [0.1] * 6 + [0.0])
    t[CN, US] = t[US, CN] = 0.0
    assert not t.any()


def test_the_base_year_cannot_be_changed_by_accident():
    """Calibrations are shared between callers, so their arrays are read-only."""
    with pytest.raises(ValueError, match="read-only"):
        seven_sectors().flows[0, 0, 0] = 0.0


def test_every_number_has_a_unit_a_mark_and_a_source():
    """No number enters the economy without saying what it is and where it comes from."""
    entries = [
        (section, name, found)
        for section, group in table("parameters").items()
        if section != "about"
        for name, found in group.items()
    ] + [
        ("flows", name, found) for name, found in table("flows").items() if isinstance(found, dict)
    ]
    assert len(entries) > 40
    for section, name, found in entries:
        where = f"{section}.{name}"
        assert found["unit"] and found["source"], where
        assert any(mark in found["mark"] for mark in MARKS), where
        if "low" in found:
            assert found["low"] <= found["value"] <= found["high"], where


def test_a_misspelt_parameter_is_answered_with_the_likely_one():
    """An unknown name gets a suggestion."""
    with pytest.raises(UnknownName, match="Did you mean 'stock_months'"):
        entry("rare_earths", "stock_month")
    with pytest.raises(UnknownName, match="Did you mean 'rare_earths'"):
        entry("rare_earth", "stock_months")

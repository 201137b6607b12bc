"""The rigid-price block of the first months."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from negotiation.economy import seven_sectors, short_run
from negotiation.economy.calibration import CN, US
from negotiation.economy.parameters import value
from negotiation.economy.short_run import IMPORTS, importer_parts

TRUCE, PEAK = (0.511, 0.326), (1.265, 1.476)
TARIFF = st.floats(0.25, 3.0)
SIGMA = st.floats(0.5, 5.0)


def trade_change(world, total, *, sigma):
    """The relative change of US goods imports from China at rigid prices."""
    before = value("tariffs", "pre_2025_total")[US]
    lost = importer_parts(world, US, before, total, sigma)[IMPORTS]
    return float(lost / world.flows[CN, US, world.goods].sum())


@pytest.mark.parametrize(
    ("sigma", "truce", "peak", "trade"),
    [
        (0.8, (-35, -39), (-158, -136), (-0.17, -0.41)),
        (1.5, (-42, -61), (-184, -176), (-0.28, -0.60)),
        (2.53, (-50, -89), (-197, -210), (-0.41, -0.78)),
    ],
)
def test_the_short_run_table_comes_out(sigma, truce, peak, trade):
    """All twelve payoffs and six trade changes of payoffs.md section 5, to the printed digit."""
    world = seven_sectors()
    assert_allclose(short_run(world, *TRUCE, sigma=sigma).welfare, truce, atol=0.52)
    assert_allclose(short_run(world, *PEAK, sigma=sigma).welfare, peak, atol=0.52)
    for total, change in zip((TRUCE[0], PEAK[0]), trade, strict=True):
        assert trade_change(world, total, sigma=sigma) == pytest.approx(change, abs=0.0051)


@pytest.mark.parametrize(("total", "predicted"), [(1.265, -0.380), (0.511, -0.157)])
def test_the_impact_elasticity_explains_the_fall_of_trade(total, predicted):
    """Sigma .76 at the PIIE averages predicts -38.0 and -15.7 percent (checks B3).

    Those figures hold the price index fixed, the limit of a small import share. With the index
    of each sector, as in the payoffs, the falls are -39.4 and -16.3 percent.
    """
    sigma = value("short_run", "sigma_impact")
    before = value("tariffs", "pre_2025_total")[US]
    small = ((1 + total) / (1 + before)) ** -sigma - 1
    assert small == pytest.approx(predicted, abs=5e-4)
    assert trade_change(seven_sectors(), total, sigma=sigma) == pytest.approx(small, abs=0.014)


@given(t_us=TARIFF, t_cn=TARIFF, sigma=SIGMA)
def test_the_parts_add_up_and_buyers_pay(t_us, t_cn, sigma):
    """W is consumers plus revenue plus activity, and a rise of the tariff hurts its buyers."""
    got = short_run(seven_sectors(), t_us, t_cn, sigma=sigma)
    assert_allclose(got.consumers + got.revenue + got.activity, got.welfare, atol=1e-9)
    assert (got.consumers < 0).all()


def test_no_change_of_tariffs_changes_nothing():
    """At the tariffs before 2025 every part is zero."""
    got = short_run(seven_sectors(), *value("tariffs", "pre_2025_total"), sigma=1.5)
    assert_allclose(np.concatenate(got), 0.0, atol=1e-9)


def test_unit_elasticity_is_the_limit_of_its_neighbours():
    """Sigma = 1 is Cobb-Douglas, approached from both sides."""
    world = seven_sectors()
    at, below, above = (importer_parts(world, US, 0.2, 1.2, s) for s in (1.0, 1 - 1e-6, 1 + 1e-6))
    assert_allclose(0.5 * (below + above), at, atol=1e-4)


@given(sigma=st.floats(0.5, 4.0), slack=st.floats(0.4, 0.9))
def test_more_slack_makes_lost_exports_costlier(sigma, slack):
    """China loses exports at the peak, so its payoff falls with the share left idle."""
    world = seven_sectors()
    less = short_run(world, *PEAK, sigma=sigma, slack=slack).welfare[CN]
    more = short_run(world, *PEAK, sigma=sigma, slack=slack + 0.1).welfare[CN]
    assert more < less


def test_only_lost_exports_depend_on_the_other_sides_tariff():
    """A side's consumers and treasury do not feel what the other side charges."""
    world = seven_sectors()
    low = short_run(world, 0.511, 0.3, sigma=1.5)
    high = short_run(world, 0.511, 1.3, sigma=1.5)
    assert low.consumers[US] == high.consumers[US]
    assert low.revenue[US] == high.revenue[US]
    assert high.activity[US] < low.activity[US]

"""The tabulated payoffs against fresh solutions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from negotiation.economy import (
    long_run,
    seven_sectors,
    short_run,
    tabulate,
)
from negotiation.economy.interpolate import (
    HOME_CN,
    HOME_US,
    IMPORTS_CN,
    IMPORTS_US,
    PRICE_CN,
    PRICE_US,
    long_run_node,
    long_run_sheet,
    short_run_gain,
    short_run_node,
    short_run_sheet,
)
from negotiation.economy.parameters import value
from negotiation.economy.surface import coefficients
from negotiation.errors import UnknownName

BEFORE = value("tariffs", "pre_2025_total")


def at(t_us, t_cn, eps, surface=None):
    """Read the long-run surface at one point."""
    table, sheet = surface or tabulate(), np.empty(6)
    first, weights = long_run_node(table.axes, eps, table.long_run.shape[0] - 3)
    total = np.zeros(6)
    for node, weight in enumerate(weights, first):
        long_run_sheet(table.long_run, table.axes, t_us, t_cn, node, sheet)
        total += weight * sheet
    return total


def in_the_short_run(t_us, t_cn, sigma, activity, pull):
    """Read both sides' short-run payoffs at one point."""
    table, sheet, total = tabulate(), np.empty(6), np.zeros(6)
    first, weights = short_run_node(table.axes, sigma, table.short_run.shape[0] - 3)
    for node, weight in enumerate(weights, first):
        short_run_sheet(table.short_run, table.axes, t_us, t_cn, node, sheet)
        total += weight * sheet
    us = total[PRICE_US], total[IMPORTS_CN], total[HOME_US]
    china = total[PRICE_CN], total[IMPORTS_US], total[HOME_CN]
    return [short_run_gain(*parts, a, pull) for parts, a in zip((us, china), activity, strict=True)]


def interpolation_error(surface, *, eps, seed, points=200):
    """Return the largest error of each output, $bn, at tariffs drawn on [0, 1.5]^2."""
    pairs = np.random.default_rng(seed).uniform(0.0, 1.5, (points, 2))
    exact = np.concatenate(
        long_run(
            seven_sectors(), pairs[:, 0], pairs[:, 1], eps_goods=eps, deficits=surface.deficits
        ),
        axis=-1,
    )
    read = np.array([at(*pair, eps, surface) for pair in pairs])
    return np.abs(read - exact).max(axis=0)


@pytest.mark.parametrize(
    ("deficits", "eps", "bound"),
    [
        ("zero", 1.0, 1e-3),
        ("zero", 2.0, 1e-3),
        ("zero", 4.0, 1e-3),  # nodes
        ("zero", 0.75, 0.005),
        ("zero", 1.3, 0.005),
        ("zero", 1.5, 0.005),
        ("zero", 3.0, 0.005),
        ("zero", 3.4, 0.005),
        ("zero", 5.2, 0.01),  # between nodes
        ("share", 2.0, 1e-3),
        ("share", 1.3, 0.01),
        ("share", 3.4, 0.01),
    ],
)
def test_reading_the_table_costs_less_than_five_million_dollars(deficits, eps, bound):
    """On [0, 1.5]^2 all six outputs are within $0.001bn on nodes of eps, 0.005 between them.

    With fixed deficits, or an elasticity above 4, the bound between nodes is 0.01.
    """
    error = interpolation_error(tabulate(deficits=deficits), eps=eps, seed=20250728)
    assert error.max() < bound


def test_the_measure_of_the_error_can_fail():
    """Asked beyond the last elasticity, where the table stays at its edge, it reports dollars."""
    assert interpolation_error(tabulate(), eps=8.0, seed=1, points=20).max() > 1.0


def test_no_new_tariffs_are_the_zero():
    """All payoffs are relative to increments (0, 0), which is a node of the grid."""
    for eps in (1.0, 1.7, 2.0, 3.9):
        assert_allclose(at(0.0, 0.0, eps), 0.0, atol=1e-9)
    assert_allclose(in_the_short_run(0.0, 0.0, 1.5, (0.54, 0.48), 0.5), 0.0, atol=1e-9)


def test_the_truce_reads_as_the_reference():
    """W (-5.5, -24.7), US dVA 25, US revenue 55 at (30,10), eps 2 (payoffs.md)."""
    got = at(0.30, 0.10, 2.0)
    assert_allclose(got[[0, 1, 2, 4]], [-5.5, -24.7, 25, 55], atol=0.2)


@pytest.mark.parametrize("sigma", [0.6, 0.76, 1.0, 1.5, 2.53, 4.5])
def test_the_short_run_table_reads_as_the_formula(sigma):
    """Rigid-price payoffs are within $0.01bn of the formula, at any slack and pull."""
    world = seven_sectors()
    rng = np.random.default_rng(7)
    for _ in range(25):
        t_us, t_cn = rng.uniform(0.0, 1.5, 2)
        slack, pull = rng.uniform(0.4, 0.9, 2), rng.uniform()
        out = in_the_short_run(t_us, t_cn, sigma, slack * (0.9, 0.8), pull)
        exact = short_run(
            world, BEFORE[0] + t_us, BEFORE[1] + t_cn, sigma=sigma, slack=slack, domestic_pull=pull
        )
        assert_allclose(out, exact.welfare, atol=0.01)


@given(st.floats(-0.06, 1.79), st.floats(-0.06, 1.79), st.floats(0.72, 5.6))
def test_the_surface_has_no_steps(t_us, t_cn, eps):
    """A move of a millionth changes payoffs by far less than a million dollars."""
    near = at(t_us + 1e-6, t_cn - 1e-6, eps * (1 + 1e-6))
    assert np.abs(near - at(t_us, t_cn, eps)).max() < 5e-3


def test_outside_the_table_payoffs_stay_at_its_edge():
    """Nothing is extrapolated: beyond the last node the payoff is the last node's."""
    table = tabulate()
    assert_allclose(at(5.0, 5.0, 2.0), at(table.tariff_nodes[-1], table.tariff_nodes[-1], 2.0))
    assert_allclose(
        at(-0.5, -0.5, 2.0), at(table.tariff_nodes[0], table.tariff_nodes[0], 2.0), atol=1e-9
    )
    assert_allclose(at(0.3, 0.1, 50.0), at(0.3, 0.1, table.eps_nodes[-1]), atol=1e-9)


def test_the_compiled_reader_is_the_readable_one():
    """The Python source of the reader, stepped through without compiling, gives the same bits."""
    table, plain, read = tabulate(), np.empty(6), np.empty(6)
    where = table.long_run, table.axes, 0.3, 0.1, 4
    long_run_sheet.py_func(*where, plain)
    long_run_sheet(*where, read)
    assert_allclose(plain, read, rtol=1e-12)


def test_a_spline_reproduces_cubics_and_meets_its_nodes():
    """Not-a-knot ends make cubics exact between the nodes too (de Boor, chapter IV)."""
    x = np.arange(9.0)
    cubic = np.polynomial.Polynomial([1.0, -2.0, 0.5, 0.1])
    c = coefficients(cubic(x), 0)
    middle = (c[:-3] + 23 * c[1:-2] + 23 * c[2:-1] + c[3:]) / 48
    assert_allclose(middle, cubic(x[:-1] + 0.5), atol=1e-10)


def test_an_unknown_rule_is_refused():
    """The table exists for the two rules of the trade model only."""
    with pytest.raises(UnknownName, match="deficit rule"):
        tabulate(deficits="none")

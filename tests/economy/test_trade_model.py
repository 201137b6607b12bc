"""The trade model against closed forms and its own symmetries; its input."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from negotiation.economy import autarky_loss, one_sector, seven_sectors, solve, welfare_change
from negotiation.errors import InputError, UnknownName


def closed(n: int, sectors: int, level: float) -> np.ndarray:
    """Tariffs of one level between all different regions."""
    tariffs = np.full((n, n, sectors), level)
    tariffs[np.diag_indices(n)] = 0.0
    return tariffs


@st.composite
def economies(draw):
    """A random world: 2 to 5 regions, 1 to 4 sectors, tariffs of up to 100 percent."""
    n, s = draw(st.integers(2, 5)), draw(st.integers(1, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    flows = rng.lognormal(3.0, 1.0, (n, n, s)) + 200.0 * np.eye(n)[:, :, None]
    old, new = (
        np.where(np.eye(n)[:, :, None] > 0, 0.0, rng.uniform(0, 1, (n, n, s))) for _ in range(2)
    )
    eps = rng.uniform(0.8, 8.0, s)
    return flows, old, new, eps, float(rng.uniform(0.3, 1.0))


@pytest.mark.parametrize("level", [1e5, np.inf])
def test_closing_every_route_costs_the_acr_loss(level):
    """Autarky costs 1 - lam^(1/eps): 2.33425, 4.23702, 2.05970 percent (payoffs.md section 3)."""
    world = one_sector()
    loss = -welfare_change(world.flows, world.free, closed(3, 1, level), [4.0])
    base = solve(world.flows, world.free, world.free, [4.0]).base_flows[:, :, 0]
    home = np.diag(base) / base.sum(axis=0)
    assert_allclose(loss, [autarky_loss(share, 4.0) for share in home], atol=1e-8)
    assert_allclose(100 * loss, [2.33425, 4.23702, 2.05970], atol=5e-6)


def test_closing_one_region_costs_it_the_same_as_closing_all():
    """A region that nobody trades with has its autarky income, whatever the others do."""
    world = one_sector()
    alone = np.zeros_like(world.flows)
    alone[0, 1:] = alone[1:, 0] = np.inf
    all_closed = welfare_change(world.flows, world.free, closed(3, 1, np.inf), [4.0])
    one_closed = welfare_change(world.flows, world.free, alone, [4.0])
    assert_allclose(one_closed[0], all_closed[0], atol=1e-12)
    assert one_closed[1] > all_closed[1]


@pytest.mark.parametrize("deficits", ["zero", "share"])
@given(world=economies())
def test_no_new_tariffs_change_nothing(deficits, world):
    """T' = t0 gives real income 1 exactly, to rounding (payoffs.md section 3)."""
    flows, old, _, eps, beta = world
    change = welfare_change(flows, old, old, eps, value_added_share=beta, deficits=deficits)
    assert_allclose(change, 0.0, atol=1e-11)


@pytest.mark.parametrize("deficits", ["zero", "share"])
@given(world=economies(), k=st.floats(1e-3, 1e3))
def test_the_unit_of_money_does_not_matter(deficits, world, k):
    """Scaling all flows by k leaves every hat where it was (payoffs.md section 3)."""
    flows, old, new, eps, beta = world
    small = 0.1 * new  # fixed deficits need trade to be paid with
    options = {"value_added_share": beta, "deficits": deficits}
    assert_allclose(
        welfare_change(flows, old, small, eps, **options),
        welfare_change(k * flows, old, small, eps, **options),
        atol=1e-10,
    )


@given(world=economies())
def test_the_order_of_the_regions_does_not_matter(world):
    """Relabelling regions relabels results; the last one's wage is only a unit."""
    flows, old, new, eps, beta = world
    order = np.random.default_rng(0).permutation(len(flows))
    swap = np.ix_(order, order)
    there = welfare_change(flows[swap], old[swap], new[swap], eps, value_added_share=beta)
    assert_allclose(
        there, welfare_change(flows, old, new, eps, value_added_share=beta)[order], atol=1e-10
    )


@given(world=economies())
def test_what_is_spent_is_earned(world):
    """In balance every region's final spending is its wages plus its tariff revenue."""
    flows, old, new, eps, beta = world
    after = solve(flows, old, new, eps, value_added_share=beta)
    sold = after.flows.sum(axis=(1, 2))
    bought = (after.flows * (1.0 + new)).sum(axis=(0, 2))
    revenue = (after.flows * new).sum(axis=(0, 2))
    assert_allclose(after.tariff_revenue, revenue, rtol=1e-9, atol=1e-9)
    assert_allclose(bought, sold + revenue, rtol=1e-9)


@given(world=economies())
def test_the_world_as_a_whole_loses_from_tariffs_on_free_trade(world):
    """From free trade, tariffs cannot raise every region's real income (first welfare theorem)."""
    flows, _, new, eps, beta = world
    change = welfare_change(flows, np.zeros_like(flows), new, eps, value_added_share=beta)
    assert change.min() < 1e-12


def test_a_batch_is_its_cases_one_by_one():
    """Solving many tariffs at once gives what solving each alone gives."""
    world = seven_sectors()
    tariffs = world.tariffs([0.3, 0.55, 1.45], [0.1, 0.32, 1.25])
    eps = world.elasticities(2.0)
    batch = solve(world.flows, world.free, tariffs, eps, value_added_share=0.5)
    for k, case in enumerate(tariffs):
        alone = solve(world.flows, world.free, case, eps, value_added_share=0.5)
        for whole, part in zip(batch, alone, strict=True):
            assert_allclose(whole[k], part, rtol=1e-10, atol=1e-12)
    assert batch.residual.max() < 1e-11


def test_the_shipped_table_is_the_reference_table(recorded):
    """The flows of 2022 and the parameters are the recorded ones, number by number."""
    from negotiation.economy.parameters import table, value

    theirs = json.loads((recorded / "trade_model.json").read_text())
    for name in ("flows_2022", "gdp_2024", "goods_flows_2024"):
        assert table("flows")[name]["value"] == theirs[name]
    assert value("rare_earths", "full_loss") == theirs["full_loss"]
    assert value("short_run", "sigma_impact") == theirs["sigma_impact"]


def change_of(name, index, bad):
    """Return the four arrays of a small valid case with one number replaced."""
    arrays = {
        "flows": np.array([[[80.0], [20.0]], [[20.0], [80.0]]]),
        "base_tariffs": np.zeros((2, 2, 1)),
        "new_tariffs": np.zeros((2, 2, 1)),
        "elasticities": np.array([4.0]),
    }
    arrays[name][index] = bad
    return arrays.values()


@pytest.mark.parametrize(
    ("name", "index", "bad"),
    [
        ("flows", (0, 1, 0), -1.0),
        ("flows", (0, 1, 0), np.nan),
        ("flows", (0, 1, 0), np.inf),
        ("flows", (0,), 0.0),
        ("base_tariffs", (0, 1, 0), -1.0),
        ("base_tariffs", (0, 1, 0), np.inf),
        ("new_tariffs", (0, 1, 0), -1.5),
        ("new_tariffs", (1, 0, 0), np.nan),
        ("elasticities", 0, 0.0),
        ("elasticities", 0, -2.0),
        ("elasticities", 0, np.nan),
    ],
)
def test_a_number_that_is_not_allowed_is_named(name, index, bad):
    """Negative flows, NaN, tariffs of -100 percent and less, elasticities of 0 are refused."""
    with pytest.raises(InputError, match=f"{name}.*allowed") as caught:
        welfare_change(*change_of(name, index, bad))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("position", "shape"), [(0, (2, 3, 1)), (0, (2, 2)), (1, (2, 2, 2)), (2, (3, 3, 1)), (3, (2,))]
)
def test_a_wrong_shape_is_named(position, shape):
    """Every array must fit the flows, which are region x region x sector."""
    arrays = list(change_of("elasticities", 0, 4.0))
    arrays[position] = np.ones(shape)
    with pytest.raises(InputError, match="shape"):
        welfare_change(*arrays)


def test_an_unknown_deficit_rule_is_answered_with_the_likely_one():
    """A misspelt rule is met with the allowed names and a suggestion."""
    with pytest.raises(UnknownName, match="Did you mean 'share'"):
        welfare_change(*change_of("elasticities", 0, 4.0), deficits="shares")


@pytest.mark.parametrize("share", [0.0, -0.5, 1.5, np.nan])
def test_a_value_added_share_outside_its_range_is_refused(share):
    """The share of labour in unit cost is positive and at most one."""
    with pytest.raises(InputError, match="value_added_share"):
        welfare_change(*change_of("elasticities", 0, 4.0), value_added_share=share)


def test_a_deficit_cannot_be_kept_when_all_trade_is_closed():
    """A transfer that no goods can carry has no equilibrium, and the message says what to do."""
    world = one_sector()
    with pytest.raises(InputError, match='deficits="zero"'):
        welfare_change(world.flows, world.free, closed(3, 1, np.inf), [4.0], deficits="share")


def test_a_sector_that_a_region_does_not_buy_is_no_obstacle():
    """Zeros in the table are data: an absent sector changes nothing."""
    flows = np.array([[[80.0], [20.0]], [[20.0], [80.0]]])
    empty = np.concatenate((flows, np.zeros_like(flows)), axis=2)
    war = closed(2, 1, 0.25)
    assert_allclose(
        welfare_change(empty, np.zeros((2, 2, 2)), closed(2, 2, 0.25), [4.0, 2.0]),
        welfare_change(flows, np.zeros((2, 2, 1)), war, [4.0]),
        atol=1e-12,
    )

"""The trade model against the equilibrium system solved by another method, on random worlds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.optimize import root

from negotiation.economy import seven_sectors, solve, welfare_change


def independent(flows, old, new, eps, beta, deficits):
    """Return real incomes after over before, by MINPACK's hybrid method on plainly written markets.

    The unknowns are log wages and log price indices; nothing of the package is used. NaN where
    the method gave up.
    """
    if deficits == "zero":
        flows = markets(flows, old, old, eps, beta, keep=0.0)[1]
    return markets(flows, old, new, eps, beta, keep=1.0)[0]


def markets(flows, old, new, eps, beta, keep):
    """Return real incomes and flows with the share ``keep`` of every transfer kept."""
    n = len(flows)
    paid = (1 + old) * flows
    spending, output = paid.sum(axis=(0, 2)), flows.sum(axis=(1, 2))
    origin, sector = paid / paid.sum(axis=0), paid.sum(axis=0) / spending[:, None]
    transfer = keep * (spending - output - (old * flows).sum(axis=(0, 2))) / output.sum()
    rise = (1 + new) / (1 + old)

    def state(unknown):
        wage, price = np.append(np.exp(unknown[: n - 1]), 1.0), np.exp(unknown[n - 1 :])
        cost = wage**beta * price ** (1 - beta)
        attraction = origin * (cost[:, None, None] * rise) ** -eps
        index = attraction.sum(axis=0)
        use = attraction / index * sector
        implied = np.prod(index ** (-sector / eps), axis=1)
        collected = (use * new / (1 + new)).sum(axis=(0, 2))
        expenditure = (wage * output + transfer * (wage @ output)) / (1 - collected)
        sold = use * expenditure[:, None] / (1 + new)
        return wage, price, implied, expenditure, sold

    def gaps(unknown):
        wage, price, implied, _, sold = state(unknown)
        excess = sold.sum(axis=(1, 2)) / (wage * output) - 1
        return np.append(excess[:-1], np.log(implied / price))

    with np.errstate(all="ignore"):
        found = root(gaps, np.zeros(2 * n - 1), tol=1e-14)
    wage, price, _, expenditure, sold = state(found.x)
    final = expenditure - (1 - beta) * wage * output
    trusted = 1.0 if np.abs(found.fun).max() < 1e-10 else np.nan
    return trusted * final / (spending - (1 - beta) * output) / price, trusted * sold


@st.composite
def worlds(draw):
    """2 to 6 regions, 1 to 6 sectors, tariffs up to 200 percent, some routes without trade."""
    n, s = draw(st.integers(2, 6)), draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    abroad = ~np.eye(n, dtype=bool)[:, :, None]
    home = draw(st.sampled_from([0.0, 50.0, 500.0]))
    flows = rng.lognormal(3.0, 1.0, (n, n, s)) + home * ~abroad
    flows[abroad[..., 0]] *= rng.random((n * (n - 1), s)) > 0.15
    old, new = (np.where(abroad, rng.uniform(0, top, flows.shape), 0.0) for top in (0.5, 2.0))
    return flows, old, new, rng.uniform(0.6, 9.0, s), draw(st.sampled_from([1.0, 0.5, 0.3]))


@pytest.mark.parametrize("deficits", ["zero", "share"])
@given(world=worlds())
def test_random_worlds_have_the_same_equilibrium_by_another_method(deficits, world):
    """Real incomes agree to 1e-8 on any trade table, with and without tariffs at the start."""
    flows, old, new, eps, beta = world
    abroad = flows.sum(axis=2) * ~np.eye(len(flows), dtype=bool)
    assume((abroad.sum(axis=0) > 0).all() and (abroad.sum(axis=1) > 0).all())  # none cut off
    theirs = independent(flows, old, new, eps, beta, deficits)
    assume(np.isfinite(theirs).all())
    options = {"value_added_share": beta, "deficits": deficits}
    ours = welfare_change(flows, old, new, eps, **options)
    assert_allclose(ours, theirs - 1, rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("deficits", ["zero", "share"])
def test_the_world_of_2024_has_the_same_equilibrium_by_another_method(deficits):
    """At the peak of the tariffs, seven sectors and input-output links, to 1e-10."""
    world, eps = seven_sectors(), seven_sectors().elasticities(2.0)
    new = world.tariffs(1.45, 1.25)
    ours = solve(world.flows, world.free, new, eps, value_added_share=0.5, deficits=deficits)
    theirs = independent(world.flows, world.free, new, eps, 0.5, deficits)
    assert_allclose(ours.real_income, theirs, atol=1e-10)


def test_large_deficits_are_followed_from_the_old_tariffs():
    """Where Newton's method fails from afar, the equilibrium is reached in small steps.

    The tables have no home bias and tariffs rise up to 300 percent: from afar 9 of 300 fail.
    """
    rng = np.random.default_rng(3)
    found = 0
    for _ in range(300):
        n = int(rng.integers(3, 7))
        flows = rng.lognormal(3.0, 1.2, (n, n, 2))
        new = np.where(np.eye(n)[:, :, None] > 0, 0.0, rng.uniform(0.0, 3.0, flows.shape))
        free, eps = np.zeros_like(flows), rng.uniform(0.5, 9.0, 2)
        theirs = independent(flows, free, new, eps, 1.0, "share")
        if (theirs > 0).all():  # not where the method gave up or a deficit cannot be paid
            ours = welfare_change(flows, free, new, eps, deficits="share")
            assert_allclose(ours, theirs - 1, atol=1e-8)
            found += 1
    assert found >= 250

"""Limit L7: the trade model is the textbooks', by a solver that shares no line with it.

Two countries, one good each, and one wage to be found: the market of that one wage is cleared by
bisection here, and optimal tariffs are searched for with it. The formulas are those of the
sources. Nothing here is random.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from scipy.optimize import brentq, minimize_scalar

from negotiation.economy import autarky_loss, nash_tariffs, solve, welfare_change
from negotiation.economy.optimal_tariff import gros


class After(NamedTuple):
    """A world after a change: real incomes over those before, and who spends how much on whom."""

    income: tuple[float, float]
    shares: tuple[tuple[float, float], tuple[float, float]]  # origin, destination


def armington(flows, first, second, eps) -> After:
    """Solve two countries from free and balanced trade; ``first`` is the tariff of country 0.

    Shares follow from prices, one country's wage from the other's purchases, tariffs go back to
    consumers (Armington 1969).
    """
    rise = np.array([[1.0, 1.0 + second], [1.0 + first, 1.0]])
    spent = flows.sum(axis=0)
    base = flows / spent

    def market(wage):
        cost = np.array([wage, 1.0])[:, None] * rise
        pull = base * cost**-eps
        share = pull / pull.sum(axis=0)
        kept = (share / rise).sum(axis=0)  # of a dollar spent, what is not tariff
        expenditure = np.array([wage, 1.0]) * spent / kept
        sold = share * expenditure / rise
        return share, pull.sum(axis=0) ** (-1 / eps), expenditure, sold

    def excess(log_wage):
        sold = market(np.exp(log_wage))[3]
        return sold[0, 1] - sold[1, 0]

    wage = np.exp(brentq(excess, -6.0, 6.0, xtol=1e-14))
    share, price, expenditure, _ = market(wage)
    income = expenditure / price / spent
    return After(tuple(income), tuple(map(tuple, share)))


def world(size, imports=0.2):
    """Free and balanced trade of a country of some size with one of size 1.

    The smaller one spends the share ``imports`` on the other's goods.
    """
    trade = imports * min(size, 1.0)
    return np.array([[size - trade, trade], [trade, 1.0 - trade]])


def payoffs_of(flows, eps):
    """The payoffs of the tariff game, by the package's own trade model."""
    free = np.zeros((2, 2, 1))

    def payoffs(first, second):
        t = np.zeros((*np.shape(first), 2, 2, 1))
        t[..., 1, 0, 0], t[..., 0, 1, 0] = first, second
        return solve(flows[:, :, None], free, t, [eps]).real_income - 1.0

    return payoffs


def best_reply(flows, eps, side, other):
    """The tariff of greatest real income against the other's, by the solver of this file."""

    def loss(rate):
        rates = (rate, other) if side == 0 else (other, rate)
        return -armington(flows, *rates, eps).income[side]

    return float(minimize_scalar(loss, bounds=(0.0, 3.0), method="bounded",
                                 options={"xatol": 1e-9}).x)  # fmt: skip


def nash_war(flows, eps):
    """The tariffs to which replies to each other lead, and what they bring over free trade."""
    rates = [0.0, 0.0]
    for _ in range(40):
        for side in range(2):
            rates[side] = best_reply(flows, eps, side, rates[1 - side])
    return rates, np.array(armington(flows, *rates, eps).income) - 1.0


@pytest.mark.parametrize("eps", [2.0, 4.0, 6.0])
@pytest.mark.parametrize("rates", [(0.3, 0.0), (0.25, 0.4), (1.45, 1.25)])
def test_l7_the_same_equilibrium(eps, rates):
    """L7: the trade model's real incomes are those of bisection on the one relative wage."""
    flows = world(1.7)
    ours = 1.0 + payoffs_of(flows, eps)(*map(np.array, rates))
    assert ours == pytest.approx(armington(flows, *rates, eps).income, abs=1e-10)


@pytest.mark.parametrize("eps", [2.0, 4.0, 6.0])
def test_l7_autarky_loses_what_arkolakis_costinot_and_rodriguez_clare_say(eps):
    """L7: without trade real income falls by 1 - lambda^(1/eps), lambda the home share before.

    Arkolakis, Costinot and Rodriguez-Clare 2012, doi:10.1257/aer.102.1.94. Tariffs of a million
    on the 20% and 11.76% that are imported.
    """
    flows = world(1.7)
    ended = armington(flows, 1e6, 1e6, eps).income
    home = np.diag(flows) / flows.sum(axis=0)
    for side in range(2):
        closed = autarky_loss(float(home[side]), eps)
        assert closed == pytest.approx(1 - home[side] ** (1 / eps), abs=1e-12)
        assert 1 - ended[side] == pytest.approx(closed, abs=1e-5)


@pytest.mark.parametrize("size", [1.0, 1.7])
@pytest.mark.parametrize("eps", [2.0, 4.0, 6.0])
def test_l7_the_optimum_against_free_trade_is_gros_tariff(eps, size):
    """L7: t* = 1 / (eps lambda_FF), lambda_FF what the other spends on its own goods by then.

    Gros 1987, doi:10.1016/0022-1996(87)90061-1.
    """
    flows = world(size)
    best = best_reply(flows, eps, 0, 0.0)
    home_share = armington(flows, best, 0.0, eps).shares[1][1]
    assert best == pytest.approx(gros(eps, home_share), abs=1e-5)


@pytest.mark.parametrize("eps", [2.0, 4.0, 6.0])
def test_l7_the_war_ends_at_lashkaripour_s_tariffs(eps):
    """L7: replies to each other end at Lashkaripour's Nash tariff, and at the model's own.

    Lashkaripour 2021, "The cost of a global tariff war", equation 13.
    """
    flows = world(1.7)
    rates, _ = nash_war(flows, eps)
    shares = armington(flows, *rates, eps).shares
    for side in range(2):
        other = 1 - side
        kept = rates[other] * shares[other][other] / (1.0 + rates[other] * shares[other][other])
        formula = 1.0 / (eps * (1.0 - (1.0 - kept) * shares[side][other]))
        assert rates[side] == pytest.approx(formula, abs=1e-4)
    assert rates == pytest.approx(nash_tariffs(payoffs_of(flows, eps)), abs=2e-4)


@pytest.mark.parametrize(
    ("eps", "tariff", "loss"),
    [(2.0, 0.5345, 0.02675), (4.0, 0.2690, 0.01387), (6.0, 0.1797, 0.00935)],
)
def test_l7_johnson_s_war_of_equals_is_lost_by_both(eps, tariff, loss):
    """L7: at 20% imports equals end at 53.45, 26.90, 17.97% and lose 2.675, 1.387, .935%.

    To within one unit of the last digit.

    Johnson 1953, doi:10.2307/2296006.
    """
    rates, gains = nash_war(world(1.0), eps)
    assert rates == pytest.approx([tariff, tariff], abs=1.1e-4)
    assert gains == pytest.approx([-loss, -loss], abs=1e-5)


@pytest.mark.parametrize("eps", [2.0, 4.0])
def test_l7_who_needs_the_other_little_may_win_johnson_s_war(eps):
    """L7: ten times as large as one that spends 80% abroad, a country gains by the war.

    Johnson 1953, doi:10.2307/2296006. What it gains is less than what the other loses.
    """
    large, small = nash_war(world(10.0, 0.8), eps)[1]
    assert large > 0 > small
    assert 10.0 * large + small < 0


@pytest.mark.parametrize("k", [1e-3, 1.0, 1e3])
def test_l7_the_unit_of_money_and_standing_still(k):
    """L7: homogeneous of degree zero in flows; t' = t0 changes nothing, whatever t0."""
    flows = k * world(1.7)[:, :, None]
    old, new = np.zeros((2, 2, 1)), np.zeros((2, 2, 1))
    old[1, 0], old[0, 1], new[1, 0], new[0, 1] = 0.3, 0.1, 0.55, 0.32
    assert welfare_change(flows, old, old, [4.0]) == pytest.approx([0.0, 0.0], abs=1e-12)
    one = welfare_change(flows / k, old, new, [4.0])
    assert welfare_change(flows, old, new, [4.0]) == pytest.approx(one, abs=1e-12)

"""Numbers of the shipped scenarios that are marked computed or derived are what computes them.

``WHERE_FROM`` says of each of them by what function or arithmetic it comes about, and to how much
the scenario rounds it. A number so marked that is not in the table fails, and so does an entry for
which there is no number: who guesses says so by the mark ``guess``.
"""

from __future__ import annotations

import pytest
from scipy import stats

from negotiation.economy import best_response, political_payoffs, seven_sectors, tariff_game
from negotiation.economy.calibration import CN, US
from negotiation.economy.game import PRISONERS_DILEMMA
from negotiation.economy.parameters import value
from negotiation.economy.purchases import fitted
from negotiation.scenario import Scenario

SHIPPED = ("stockholm-2025", "stockholm-three-issues", "split-the-pie")
EPS = 2.0  # economy.elasticity, central
TRUCE = (0.30, 0.10)
PLEDGE, ORDERS = value("purchases", "realised_pledge"), value("purchases", "realised_orders")


def want(side, taste):
    """The tariff increment that is a side's best reply in the truce, given its taste."""
    return best_response(payoffs(side, taste), side, TRUCE[1 - side])


def payoffs(side, taste):
    """The payoffs of the tariff game if one side has a taste for protection."""
    tastes = (taste, 0.0) if side == US else (0.0, taste)
    return political_payoffs(seven_sectors(), eps_goods=EPS, b=tastes)


def dilemma(side, taste):
    """Whether the truce's tariffs are a prisoner's dilemma to a side with this taste."""
    return tariff_game(payoffs(side, taste), *TRUCE)[side].order == PRISONERS_DILEMMA


def loss(share, world):
    """The share of US output lost while a share of rare earths is missing."""
    return world.loss_share.value * share**world.curvature.value


WHERE_FROM = {
    # path: (value of the source, tolerance), absolute, or a condition on the scenario
    "economy.short_run_elasticity": lambda s: (value("short_run", "sigma_one_year"), 0.0),
    "tariffs.us_suspended": lambda s: (0.34 + 0.20, 1e-12),
    "tariffs.china_suspended": lambda s: (0.10 + 0.24, 1e-12),
    "tariffs.us_bite": lambda s: ((126.5 - 51.1) / 115.0, 5e-4),
    "tariffs.china_bite": lambda s: ((147.6 - 32.6) / 115.0, 5e-4),
    # 1.5% of output at a cut of 80%, 0.3 to 0.6% at 55%
    "rare_earths.loss_share": lambda s: (0.015 / 0.8**s.rare_earths.curvature.value, 5e-4),
    "rare_earths.curvature": lambda s: 0.003 <= loss(0.55, s.rare_earths) <= 0.006,
    # months of supply withheld in May, June and July; a little was missing in April too
    "rare_earths.depleted": lambda s: (0.92 + 0.40 + 0.0, 0.2),
    "purchases.us_income": lambda s: (fitted().us_income, 0.005),
    "purchases.china_cost": lambda s: (fitted().cn_cost, 0.005),
    "purchases.china_cost_slope": lambda s: (fitted().cn_cost_slope, 5e-5),
    "us.types.stance.0": lambda s: dilemma(US, s.us.types.stance[0].value),
    "us.types.stance.1": lambda s: abs(want(US, s.us.types.stance[1].value) - 0.20) <= 0.01,
    "us.types.stance.2": lambda s: abs(want(US, s.us.types.stance[2].value) - 0.30) <= 0.01,
    "china.types.stance.0": lambda s: want(CN, s.china.types.stance[0].value) >= TRUCE[CN],
    "china.types.trait.0": lambda s: (stats.beta(*PLEDGE).mean(), 1e-12),
    "china.types.trait.1": lambda s: (stats.beta(*ORDERS).mean(), 1e-12),
    "issues.technology_controls.us_gain": lambda s: (value("technology", "us_profit"), 1e-12),
    "issues.technology_controls.china_gain": lambda s: (value("technology", "cn_value"), 1e-12),
    "issues.oil_imports.china_gain": lambda s: (-3e6 * 6.0 * 365.0 / 1e9, 0.1),
}


def marked(name):
    """The numbers of a shipped scenario that claim to be computed or derived, by path."""
    return {
        path: q.value
        for path, q in Scenario.load(name).numbers()
        if q.mark in ("computed", "derived")
    }


@pytest.mark.parametrize("name", SHIPPED)
def test_what_claims_to_be_computed_is(name):
    """Each number so marked is in the table and within the tolerance that stands there."""
    scenario, wrong = Scenario.load(name), {}
    for path, number in marked(name).items():
        source = WHERE_FROM[path](scenario)
        fine = abs(number - source[0]) <= source[1] if isinstance(source, tuple) else source
        if not fine:
            wrong[path] = (number, source)
    assert wrong == {}


def test_the_table_has_no_entry_without_a_number():
    """What is no longer in any shipped scenario goes from the table too."""
    assert set(WHERE_FROM) == {path for name in SHIPPED for path in marked(name)}

"""War of attrition with full information.

Random tests draw with fixed seeds; the bound says how often a fresh seed would fail a correct
program (4.5 standard errors: once in 150,000 times).
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.errors import InputError
from negotiation.theory.attrition import war_of_attrition

SIGMAS = 4.5
positive = st.floats(0.01, 100.0)


def test_symmetric_hazards_and_mean():
    """Each side leaves at rate k/V, after V/(2k) on average: k = .2, V = 1 gives .2 and 2.5."""
    war = war_of_attrition(prizes=(1.0, 1.0), costs=(0.2, 0.2))
    assert war.hazards == pytest.approx((0.2, 0.2))
    assert war.mean_duration == pytest.approx(2.5)


def test_simulated_mean_duration():
    """100,000 wars at the two rates last as long as it says; false alarm once in 75,000."""
    rng, n = np.random.default_rng(1), 100_000
    for costs in ((0.2, 0.2), (0.1, 0.4)):
        war = war_of_attrition(prizes=(1.0, 1.0), costs=costs)
        lasted = np.minimum(*(rng.exponential(1.0 / rate, n) for rate in war.hazards))
        mean = war.mean_duration
        assert abs(lasted.mean() - mean) < SIGMAS * mean / math.sqrt(n)


@given(prizes=st.tuples(positive, positive), costs=st.tuples(positive, positive))
def test_waiting_is_worth_nothing(prizes, costs):
    """Staying until any time pays 0 in expectation: what is won is what is burnt."""
    war = war_of_attrition(prizes=prizes, costs=costs)
    for own, other in ((0, 1), (1, 0)):
        h, t = war.hazards[other], 3.0 / war.hazards[other]
        won = prizes[own] * (1 - math.exp(-h * t))
        paid = (
            costs[own] * (1 - math.exp(-h * t)) / h
        )  # mean time until the other leaves, at most t
        assert won == pytest.approx(paid)


@pytest.mark.parametrize(
    ("costs", "years", "days"), [((11.0, 20.0), 0.65, None), ((290.0, 97.0), None, 19)]
)
def test_a_prize_of_20_billion(costs, years, days):
    """$20bn: .65 year at truce costs (11, 20), 19 days at snapback costs (290, 97) (derived)."""
    mean = war_of_attrition(prizes=(20.0, 20.0), costs=costs).mean_duration
    assert mean == pytest.approx(20.0 / sum(costs))
    if years:
        assert round(mean, 2) == years
    else:
        assert round(365 * mean) == days


def test_the_costlier_waiter_outlasts():
    """Rates are set by the other side's cost: who pays less to wait leaves more often."""
    war = war_of_attrition(prizes=(1.0, 1.0), costs=(0.1, 0.4))
    assert war.hazards[0] / sum(war.hazards) == pytest.approx(0.8)


@pytest.mark.parametrize(
    "wrong",
    [{"prizes": (0, 1), "costs": (1, 1)}, {"prizes": (1, 1), "costs": (1, -1)},
     {"prizes": 1, "costs": (1, 1)}],
)  # fmt: skip
def test_bad_input(wrong):
    """Prizes and costs are positive pairs."""
    with pytest.raises(InputError):
        war_of_attrition(**wrong)

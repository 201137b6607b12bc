"""Breakdown risk and fixed costs of delay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.errors import InputError
from negotiation.theory.delay_costs import breakdown_risk, fixed_delay_costs
from negotiation.theory.offers_in_turn import alternating_offers


@given(risk=st.floats(0.001, 1.0))
def test_risk_acts_as_impatience(risk):
    """A breakdown risk p per round is a discount factor 1 - p for both."""
    same = alternating_offers(us=1 - risk, china=1 - risk)
    assert breakdown_risk(risk=risk) == pytest.approx(same)


@given(a=st.floats(-5, 0.5), c=st.floats(-5, 0.5))
def test_small_risk_is_the_nash_bargaining_solution(a, c):
    """As the risk vanishes each side gets d_i + (S - d_1 - d_2) / 2: the Nash solution."""
    found = breakdown_risk(risk=1e-9, disagreement=(a, c), pie=2.0)
    assert found.us == pytest.approx(a + (2 - a - c) / 2, abs=1e-7)
    assert sum(found) == pytest.approx(2.0)


def test_no_offer_beats_its_refusal():
    """China is offered exactly what refusing gives: breakdown with p, else its own proposal."""
    p, (a, c), pie = 0.2, (0.1, 0.3), 1.5
    opening = breakdown_risk(risk=p, disagreement=(a, c), pie=pie)
    mirrored = breakdown_risk(risk=p, disagreement=(c, a), pie=pie)  # China proposes
    assert opening.china == pytest.approx(p * c + (1 - p) * mirrored.us)


@pytest.mark.parametrize(
    ("us", "china", "share"), [(0.1, 0.2, 1.0), (0.2, 0.1, 0.1), (0.05, 0.06, 1.0)]
)
def test_fixed_costs(us, china, share):
    """R5: the cheaper waiter takes all; if that is the responder the proposer gets c2 (memory)."""
    assert fixed_delay_costs(us=us, china=china) == pytest.approx((share, 1 - share))


@pytest.mark.parametrize(("us", "china"), [(0.1, 0.3), (0.3, 0.1), (0.02, 0.03)])
def test_fixed_costs_from_the_last_round_back(us, china):
    """R5 by backward induction: many rounds from the end the division has stopped moving."""
    costs, mine = (us, china), 0.0
    for turn in range(2001, 0, -1):
        responder = turn % 2
        mine = 1.0 - max(mine - costs[responder], 0.0)
    assert fixed_delay_costs(us=us, china=china).us == pytest.approx(mine)


def test_equal_costs_are_refused():
    """R5: with equal costs the outcome is not unique."""
    with pytest.raises(InputError, match="not unique"):
        fixed_delay_costs(us=0.1, china=0.1)


def test_nothing_to_share_is_refused():
    """A pie below what both have apart is no bargaining problem."""
    with pytest.raises(InputError, match="apart"):
        breakdown_risk(risk=0.1, disagreement=(0.6, 0.6))

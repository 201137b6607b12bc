"""Why tariffs are bargained over: terms of trade and politics (Johnson; Bagwell and Staiger).

The trade model at elasticities 2 and 4, deficits purged; bargaining.md section 1.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq

from negotiation.economy import best_response, nash_tariffs, political_payoffs, seven_sectors
from negotiation.economy.calibration import CN, US
from negotiation.economy.trade_model import solve


@pytest.mark.parametrize(("eps", "china"), [(2.0, -6.0), (4.0, -5.0)])
def test_without_politics_agreements_would_come_close_to_free_trade(eps, china):
    """With b = (0, .15) the joint optimum is about (2%, -4 to -6%), on a grid of half points.

    Measured 2.5 and -6 at elasticity 2, 2.5 and -5 at 4 (Bagwell and Staiger 1999,
    doi:10.1257/aer.89.1.215: talks undo the terms-of-trade motive, not the political one).
    """
    payoffs = political_payoffs(seven_sectors(), eps_goods=eps, b=(0.0, 0.15))
    axis = np.arange(-12.0, 12.1, 0.5) / 100
    joint = payoffs(*np.meshgrid(axis, axis, indexing="ij")).sum(axis=-1)
    us, cn = (100 * axis[k] for k in np.unravel_index(joint.argmax(), joint.shape))
    assert us == pytest.approx(2.0, abs=0.6)
    assert -6.01 <= cn <= -4.0
    assert cn == pytest.approx(china, abs=0.26)


@pytest.mark.parametrize(("eps", "low", "high"), [(2.0, 16.0, 0.0), (4.0, 20.0, 8.0)])
def test_the_political_motive_survives_cooperation(eps, low, high):
    """With b_US = 1.4 the joint optimum is about (16 to 20%, 0 to 8%), far from free trade."""
    payoffs = political_payoffs(seven_sectors(), eps_goods=eps, b=(1.4, 0.15))
    axis = np.arange(-2.0, 30.1, 1.0) / 100
    joint = payoffs(*np.meshgrid(axis, axis, indexing="ij")).sum(axis=-1)
    found = [100 * axis[k] for k in np.unravel_index(joint.argmax(), joint.shape)]
    assert found == pytest.approx((low, high), abs=1.1)


@pytest.mark.parametrize(("eps", "reply"), [(4.0, 0.115), (2.0, 0.172)])
def test_chinas_best_reply_hardly_depends_on_the_us_tariff(eps, reply):
    """China's best tariff for income is some .115 (.175 at elasticity 2) whatever the US lays."""
    payoffs = political_payoffs(seven_sectors(), eps_goods=eps)
    replies = [best_response(payoffs, CN, t) for t in (0.0, 0.3, 0.55, 1.45)]
    assert replies == pytest.approx([reply] * 4, abs=0.0035)


def test_the_best_reply_rises_with_the_taste_for_protection():
    """A larger b makes a higher tariff the best reply."""
    replies = [
        best_response(political_payoffs(seven_sectors(), eps_goods=2.0, b=(b, 0.0)), US, 0.1)
        for b in (0.0, 0.5, 1.0, 1.5)
    ]
    assert (np.diff(replies) > 0.02).all()


def relative_wage(world, t_us, t_cn, eps):
    """Return the wage of the US over that of China, relative to the base year."""
    after = solve(
        world.flows, world.free, world.tariffs(t_us, t_cn).reshape(world.flows.shape),
        world.elasticities(eps), value_added_share=world.value_added_share,
    )  # fmt: skip
    return float(after.wages[US] / after.wages[CN])


@pytest.mark.parametrize("eps", [2.0, 4.0])
def test_reciprocal_cuts_from_the_nash_tariffs_help_both(eps):
    """Cuts that keep w_US / w_CN, and with it the terms of trade, raise both sides' income.

    At the Nash point the own tariff no longer matters to first order, the other's still does.
    """
    world = seven_sectors()
    payoffs = political_payoffs(world, eps_goods=eps)
    us, cn = nash_tariffs(payoffs)
    start, wage = payoffs(np.array(us), np.array(cn)), relative_wage(world, us, cn, eps)
    for cut in (0.01, 0.02):
        answer = brentq(
            lambda t, cut=cut: relative_wage(world, us - cut, t, eps) - wage, cn - 0.1, cn
        )
        assert answer < cn
        assert (payoffs(np.array(us - cut), np.array(answer)) > start).all()

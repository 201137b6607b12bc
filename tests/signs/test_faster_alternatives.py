"""Faster alternatives to Chinese rare earths: less leverage later, so earlier use.

Asked of the economy with the numbers of the shipped scenario, over the whole range that it gives
to the speed of alternatives; nothing here is drawn.
"""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from negotiation.economy.rare_earths import RareEarths, loss_from, step

P = RareEarths.of_2025()
WAIT = (0.0, 6.0, 12.0, 24.0, 36.0)  # months until the threat is carried out
YEAR = 12.0
SPEED = st.floats(0.5, 5.0)  # times the central ramp


def faster(times):
    """The central numbers with alternatives that grow so many times as fast."""
    return P._replace(ramp_calm=times * P.ramp_calm, ramp_alarm=times * P.ramp_alarm)


def threat_after(months, p):
    """What a total cut of a year costs the buyer if it begins after some months of calm, $bn."""
    covered = min(p.alternatives + p.ramp_calm * months, 1.0)
    return loss_from(p.stock_months, covered, 1.0, 1.0, YEAR, p)


@given(SPEED, SPEED)
def test_faster_alternatives_leave_less_leverage_later(one, other):
    """The later the threat is carried out the more a faster alternative has taken from it."""
    slow, fast = (faster(times) for times in sorted((one, other)))
    for months in WAIT:
        assert threat_after(months, fast) <= threat_after(months, slow) + 1e-9
    kept = [[threat_after(m, p) / threat_after(0.0, p) for m in WAIT] for p in (slow, fast)]
    assert (np.array(kept[1]) <= np.array(kept[0]) + 1e-9).all()


@given(SPEED, SPEED)
def test_faster_alternatives_bring_earlier_use(one, other):
    """Of what a cut held for three years costs, more falls in its first year.

    So whoever has the threat and may choose when to use it has more to lose by waiting.
    """
    slow, fast = (faster(times) for times in sorted((one, other)))
    early = []
    for p in (slow, fast):
        first, whole = (loss_from(p.stock_months, p.alternatives, 1.0, 1.0, m, p)
                        for m in (YEAR, 3 * YEAR))  # fmt: skip
        early.append(first / whole)
    assert early[1] >= early[0] - 1e-9


def test_in_a_long_escalation_the_shortage_ends_sooner():
    """Held for as long as it bites, a cut of 90% bites for ever fewer months."""

    def last_felt(p):
        stock, covered, thrift, last = p.stock_months, p.alternatives, 1.0, 0
        for month in range(240):
            stock, covered, thrift, loss, _ = step(stock, covered, thrift, 0.9, 1.0, p)
            last = month if loss > 0.1 else last
        return last

    ends = [last_felt(faster(times)) for times in (0.5, 1.0, 2.0, 4.0)]
    assert (np.diff(ends) < 0).all()

"""The US deficit before and after, and how low trade falls: counted from the rows themselves."""

from __future__ import annotations

import numpy as np
import pytest

import negotiation as ng
from negotiation.analysis.trade_balance import deficit_in_truce, trade_balance, trade_of
from negotiation.ensemble import Ensemble
from negotiation.estimates import mean_of
from negotiation.outcome import EVENTS
from negotiation.tally import DEALS

THREE = ng.Scenario.load("stockholm-three-issues")
ROWS = Ensemble(THREE).rows(seed=3, first=0, count=3_000)


def test_each_number_is_a_mean_of_rows():
    """Levels are the truce's plus the change, to the steps in which they are summed."""
    before = deficit_in_truce(THREE)
    found = trade_balance([trade_of(ROWS)], before)
    war = ROWS["events"][:, EVENTS.index("escalation")] > 0
    for level, values in (
        (found.deficit, before + ROWS["deficit"]),
        (found.with_deal, before + ROWS["deficit"][ROWS["state"] < DEALS]),
        (found.lowest, ROWS["trade_low"][war]),
    ):
        assert level == pytest.approx(mean_of(values), abs=2e-4)


def test_parts_may_come_in_any_order():
    """Sums are whole numbers, so the answer is the same to the last bit."""
    parts = [trade_of(ROWS[first : first + 700]) for first in range(0, 3_000, 700)]
    assert trade_balance(parts, 1.0) == trade_balance(parts[::-1], 1.0)
    assert trade_balance(parts, 1.0) == trade_balance([trade_of(ROWS)], 1.0)


def test_where_no_run_counts_nothing_is_said():
    """No deal, no penalties: None, in JSON null."""
    quiet = ROWS[(ROWS["state"] >= DEALS) & (ROWS["trade_low"] == 1.0)]
    quiet = quiet[quiet["events"][:, EVENTS.index("escalation")] == 0]
    found = trade_balance([trade_of(quiet)], 5.0)
    assert (found.with_deal, found.lowest) == (None, None)
    assert found.to_dict()["lowest"] is None
    assert ng.odds(ng.Scenario.load("split-the-pie"), runs=50, seed=1).trade.deficit_before is None


def test_trade_is_lower_where_penalties_bite_more():
    """The full peak takes more trade away than the suspended points."""
    low, high = (
        ng.odds(THREE.replace({"tariffs.peak_weight": w}), runs=2_000, worlds=0).trade.lowest
        for w in (0.0, 1.0)
    )
    assert high.high < low.low


def test_a_run_tells_of_both():
    """The run's own record, in JSON and in its last lines."""
    war = int(np.flatnonzero(ROWS["trade_low"] < 0.9)[0])
    talks = ng.run(THREE, seed=3, run=war)
    row = ROWS[war]
    assert talks.trade == {"deficit": row["deficit"], "lowest": row["trade_low"]}
    assert talks.to_dict()["trade"] == talks.trade
    assert "At its lowest, trade between the two was" in " ".join(talks.transcript.split())

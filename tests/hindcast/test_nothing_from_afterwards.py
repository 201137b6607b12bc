"""A forecast uses what was known before the decision, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from negotiation.hindcast import coming, disputes, record
from negotiation.hindcast.situation import setting
from negotiation.history import codes
from negotiation.history.reading import shipped
from negotiation.history.rows import Decision

ROWS = {row.id: row for row in shipped().decisions}
AFTERWARDS: dict[str, Any] = {
    "what": "changed",
    "us_tariff_after": 99.0,
    "target_retaliation_after": 99.0,
    "concession": "changed",
    "issues_in_deal": 9,
    "deal_term_days": 99,
    "spell_days": 99,
    "spell_censored": True,
    "known_on": None,
    "sources": "changed",
    "mark": "guess",
    "confidence": codes.Confidence.LOW,
    "outcome": codes.Outcome.DROPPED,
    "second_reading": codes.Outcome.DEAL,
    "mutual": codes.GaveWay.NONE,
}
BEFORE: dict[str, Any] = {
    "sender": "EU",
    "target": "EU",
    "binding": codes.Binding.SOFT,
    "regime_before": codes.Regime.PENALTIES,
    "us_tariff_before": 11.0,
    "us_tariff_threatened": 66.0,
    "target_retaliation_before": 7.0,
    "target_retaliation_threatened": 44.0,
    "trade_at_stake": 9.0,
    "leaders": codes.Leaders.HELD,
    "lead_days": 3,
}


def changed(row: Decision, cells: dict[str, Any]) -> Decision:
    """Return a row with other cells."""
    return row.model_copy(update=cells)


def test_what_is_known_afterwards_changes_no_scenario() -> None:
    """Other outcomes, levels afterwards, concessions, names and notes: the same situation."""
    for row in record.counted_rows()[::11]:
        one, other = (disputes.episode_of(x) for x in (row, changed(row, AFTERWARDS)))
        assert one == other, row.id
        assert setting(one).fingerprint == setting(other).fingerprint


def test_what_is_known_afterwards_changes_no_forecast() -> None:
    """Nor a probability, or the end of an interval; it is scored by another outcome."""
    row = ROWS["T191"]
    one, other = (
        coming.forecast([x], runs=2)["decisions"][0] for x in (row, changed(row, AFTERWARDS))
    )
    for key in ("probabilities", "intervals", "base_rates"):
        assert one[key] == other[key]
    assert one["outcome"] != other["outcome"]


@pytest.mark.parametrize("column", BEFORE)
def test_what_was_known_does_count(column: str) -> None:
    """The tests above could fail: each covariate changes what is played."""
    row = ROWS["T199"]
    pair = [disputes.episode_of(x) for x in (row, changed(row, {column: BEFORE[column]}))]
    assert setting(pair[0]).fingerprint != setting(pair[1]).fingerprint

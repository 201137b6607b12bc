"""How long penalties last, the record's beside the model's, each seen as long as the other."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.analysis.penalty_spells import Spells
from negotiation.hindcast.survival_checks import begun, histories, spells_of, survival
from negotiation.history.reading import shipped
from negotiation.history.tables import AFTER, main_set, regime_and_notice, tables

RECORD = shipped()
BEGINS = begun(RECORD.spells, RECORD.decisions)


def spells(days: list[float], ended: list[bool], of_run: list[int], runs: int = 40) -> Spells:
    """Return made-up spells."""
    return Spells(runs, np.array(days), np.array(ended, bool), np.array(of_run))


def test_survival_is_that_of_the_tables_of_history() -> None:
    """All spells of the record: the same shares that `negotiation history` prints."""
    days = np.array([spell.days for spell in RECORD.spells], float)
    ended = np.array([not spell.censored for spell in RECORD.spells])
    told = tables(RECORD)["survival"].line("all").values
    for share, day in zip(survival(days, ended), AFTER, strict=True):
        assert share == pytest.approx(told[str(day)].value, abs=1e-9)


def test_each_spell_begins_with_a_decision_that_brought_penalties() -> None:
    """Thirty-odd spells have one, on the day they began, give or take a month of phasing in."""
    assert len(BEGINS) > 30
    for begin in BEGINS:
        assert begin.decision.outcome in ("penalty_in_full", "penalty_in_part")
        assert abs((begin.decision.date - begin.spell.start).days) <= 31
        assert begin.followed >= begin.spell.days


def test_a_history_is_censored_where_the_record_would_be() -> None:
    """Spells of 700 days that end are seen to go on where the record stops before."""
    short = [b for b in BEGINS if b.followed < 365]
    assert short
    made = [spells([700.0], [True], [3]) for _ in short]
    found = histories(short, made, each=20, count=3)
    last = max(b.followed for b in short)
    for row in found:
        for share, day in zip(row, AFTER, strict=True):
            assert share == 1.0 if day <= last else np.isnan(share)


def test_spells_that_end_within_a_week_leave_nothing_in_force() -> None:
    """And where half the worlds have such spells and half have none that end, histories differ."""
    begins = BEGINS[:10]
    gone = [spells([5.0, 5.0], [True, True], [0, 30]) for _ in begins]
    assert (histories(begins, gone, each=20, count=5) == 0.0).all()
    mixed = [spells([5.0, 730.0], [True, False], [0, 30]) for _ in begins]
    found = histories(begins, mixed, each=20, count=50)
    assert set(np.unique(found)) == {0.0, 1.0}  # all spells of a history are of one world


def test_a_decision_is_played_on_until_its_penalties_end() -> None:
    """Runs of a decision last beyond the week after it, two years at most."""
    found = spells_of(BEGINS[0].decision, worlds=4, each=10)
    assert found.runs == 40
    assert found.days.size and 7.0 < found.days.max() <= 737.0
    assert set(found.of_run.tolist()) <= set(range(40))


def test_hard_dates_by_regime_and_notice_are_apart_and_of_the_hard_ones() -> None:
    """No decision is in two cells, none is soft, and no cell has fewer than five."""
    parts = dict(regime_and_notice(main_set(RECORD.decisions)))
    every = [row.id for part in parts.values() for row in part]
    assert len(every) == len(set(every)) and len(parts) == 6
    for name, part in parts.items():
        assert len(part) >= 5 and all(row.binding == "hard" for row in part)
        regime = name.partition(",")[0].replace(" ", "_")
        assert {row.regime_before for row in part} == {regime}

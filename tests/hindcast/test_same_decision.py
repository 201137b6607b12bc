"""A decision is left out of what was learned under any date that a file may give it."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from negotiation.hindcast import record


@pytest.mark.parametrize("days", [-7, -1, 1, 7])
def test_a_date_some_days_off_is_the_same_decision(days: int) -> None:
    """Its own dispute is left out, whatever the file calls it."""
    played = record.shipped()
    for row in record.between("US-China")[::4]:
        moved = {"date": row.date + dt.timedelta(days), "cluster": "", "id": "mine"}
        assert row.cluster in record.known(row.model_copy(update=moved), played.rows)


def test_the_same_posterior_and_base_rates_under_another_name() -> None:
    """What is learned for the row of a user is what is learned for the record's."""
    played = record.shipped()
    row = record.between("US-Japan")[-1]
    mine = row.model_copy(update={"cluster": "", "id": "mine"})
    (one, rates), (other, others) = (played.without(x) for x in (row, mine))
    assert np.array_equal(one.common, other.common)
    assert np.array_equal(rates, others)


def test_a_decision_a_year_after_the_last_is_another() -> None:
    """What was learned from all of them serves for it."""
    last = record.between("US-China")[-1]
    later = {"date": last.date + dt.timedelta(days=600), "cluster": "", "id": "mine"}
    assert record.known(last.model_copy(update=later), record.shipped().rows) == set()

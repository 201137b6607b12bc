"""Under which administration a decision was made: by the row, or by its day."""

from __future__ import annotations

import datetime as dt

import pytest

from negotiation.hindcast import disputes
from negotiation.history.administrations import administration, in_office, terms
from negotiation.history.reading import shipped
from negotiation.history.rows import Decision

ROW = {
    "id": "N1", "date": "2025-03-01", "sender": "US", "target": "India", "binding": "hard",
    "regime_before": "calm", "leaders": "none", "outcome": "deal", "mutual": "none",
    "cluster": "mine",
}  # fmt: skip


def row(**cells: str) -> Decision:
    """Return a decision of one's own."""
    return Decision(**{**ROW, **cells})


def test_the_record_says_who_was_in_office_on_the_day() -> None:
    """All 202 rows: what the coder wrote is what the table of first days gives."""
    for decision in shipped().decisions:
        assert decision.administration == in_office(decision.date), decision.id


def test_the_table_is_in_order_and_ends_with_the_term() -> None:
    """First days rise; after the last term nobody is known."""
    days = [first for first, _ in terms()]
    assert days == sorted(set(days))
    assert in_office(dt.date(2029, 1, 19)) == "Trump2"
    assert in_office(dt.date(2029, 1, 20)) == in_office(dt.date(1960, 1, 1)) == ""


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, "Trump2"),
        ({"date": "2024-11-20"}, "Biden"),
        ({"date": "2024-11-20", "administration": "trump 2"}, "Trump2"),
        ({"administration": "Von der Leyen 2"}, "Von der Leyen 2"),
        ({"sender": "India", "target": "US"}, "Trump2"),
        ({"sender": "EU", "target": "China"}, ""),
        ({"sender": "EU", "target": "China", "administration": "first"}, "first"),
    ],
)
def test_what_a_row_says_goes_before_its_day(cells: dict[str, str], expected: str) -> None:
    """Blank cells are filled in where the United States are a party, whoever threatens."""
    decision = row(**cells)
    unit = disputes.unit_of(decision)
    assert unit.administration == expected
    assert unit.pair == disputes.pair_of(decision)


def test_one_dispute_under_two_administrations_is_two_units() -> None:
    """The steel tariffs of 2018 were settled by the next administration."""
    steel = [d for d in shipped().decisions if d.cluster == "steel232" and d.between("EU")]
    assert {administration(d) for d in steel} == {"Trump1", "Biden"}
    assert len({disputes.unit_of(d) for d in steel}) == 2

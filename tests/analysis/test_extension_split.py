"""How the first deadline ended: counted from rows."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.analysis.extension_split import ENDS, extension_split
from negotiation.errors import InputError
from negotiation.outcome import EVENTS, ROW
from negotiation.scenario import Scenario

SCENARIO = Scenario.load("stockholm-three-issues")
ISSUES = list(SCENARIO.issues)


def rows_of(*ends: tuple[str, str | None, float]) -> np.ndarray:
    """Rows of runs whose first deadline ended so, against which issue, for how many days."""
    rows = np.zeros(len(ends), ROW)
    for row, (end, issue, days) in zip(rows, ends, strict=True):
        row["events"][EVENTS.index(ENDS[end])] = 1
        row["first_demand"] = -1 if issue is None else ISSUES.index(issue)
        row["first_term"] = days
    return rows


def test_each_run_counts_once_and_each_concession_with_the_side_that_makes_it() -> None:
    """Three even, two paid for by the US, one by China, one deal, one lapse."""
    rows = rows_of(
        *3 * [("even", None, 90.0)], *2 * [("us_pays", "fentanyl_tariff", 180.0)],
        ("china_pays", "purchase_commitments", 90.0), ("deal", None, 0.0), ("lapse", None, 0.0),
    )  # fmt: skip
    split = extension_split(rows, SCENARIO)
    shares = {name: end.p for name, end in split.ends.items()}
    assert shares == {
        "deal": 1 / 8, "even": 3 / 8, "us_pays": 2 / 8, "china_pays": 1 / 8, "lapse": 1 / 8,
    }  # fmt: skip
    assert split.paid_with["us"]["fentanyl_tariff"].p == 2 / 8
    assert split.paid_with["china"]["purchase_commitments"].p == 1 / 8
    assert split.paid_with["china"]["rare_earth_licences"].p == 0.0
    assert "fentanyl_tariff" not in split.paid_with["china"]
    assert {days: length.p for days, length in split.lengths.items()} == {90.0: 4 / 6, 180.0: 2 / 6}
    assert all(end.low < end.p < end.high for end in split.ends.values())


def test_without_a_deadline_there_is_nothing_to_count() -> None:
    """Nor without runs."""
    with pytest.raises(InputError, match="a truce runs out"):
        extension_split(rows_of(("even", None, 90.0)), Scenario.load("split-the-pie"))
    with pytest.raises(InputError, match="0 runs"):
        extension_split(np.zeros(0, ROW), SCENARIO)

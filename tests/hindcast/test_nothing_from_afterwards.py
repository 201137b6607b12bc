"""A forecast uses what was known before the decision, and nothing else."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from negotiation.hindcast import forecast, reading
from negotiation.hindcast.reading import EpisodeRow
from negotiation.hindcast.situation import setting

from .conftest import as_csv

BEFORE = {*EpisodeRow.model_fields} - {
    "id",
    "name",
    "outcome",
    "alternative_code",
    "ex_ante_scheduled",
}
CODES = ("escalation", "partial_or_summit_deal")


def changed(recorded: Path | None = None) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The rows of a table, and the same with everything changed that is known only afterwards."""
    path = Path(reading.__file__).parent / "data" / "episodes.csv"
    path = path if recorded is None else recorded / "episodes.csv"
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    other = [dict(row) for row in rows]
    for k, row in enumerate(other):
        for column in row:
            if column not in BEFORE and column != "id":
                row[column] = "99" if column.endswith("_after") else "changed"
        row["outcome"], row["alternative_code"] = CODES[k % 2], CODES[(k + 1) % 2]
        row["ex_ante_scheduled"] = str(k % 2)
    return rows, other


def test_outcomes_levels_after_and_notes_change_no_probability() -> None:
    """Other outcomes, levels afterwards, kinds, names and notes change no probability."""
    before, after = changed()
    assert set(before[0]) - BEFORE >= {"us_avg_after", "cn_avg_after", "kind", "outcome", "sources"}
    told = [
        forecast.forecast(reading.coded_rows(as_csv(rows), "x.csv"), runs=2)["episodes"]
        for rows in (before, after)
    ]
    for one, other in zip(*told, strict=True):
        assert one["probabilities"] == other["probabilities"], one["id"]
        assert one["intervals"] == other["intervals"], one["id"]
    assert [e["outcome"] for e in told[0]] != [e["outcome"] for e in told[1]]


def test_the_same_for_the_reference_format(recorded: Path) -> None:
    """In a file with the reference's columns role, known_on and notes change no scenario either."""
    before, after = changed(recorded)
    pair = [reading.coded_rows(as_csv(rows), "x.csv") for rows in (before, after)]
    for one, other in zip(*pair, strict=True):
        assert one.episode == other.episode
        assert setting(one.episode).fingerprint == setting(other.episode).fingerprint


@pytest.mark.parametrize("column", sorted(BEFORE - {"deadline_date"}))
def test_what_was_known_does_count(column: str) -> None:
    """The test above could fail: each covariate changes what is read."""
    before, _ = changed()
    other = {
        "date": "2018-01-01", "deadline_binding": "soft", "leaders_meeting": "held_prior",
        "rare_earth_or_tech": "0", "purchases_in_play": "0", "truce_running": "0",
    }.get(column, "33")  # fmt: skip
    row = before[9]
    pair = [
        reading.coded_rows(as_csv([r]), "x.csv")[0].episode for r in (row, {**row, column: other})
    ]
    assert setting(pair[0]).fingerprint != setting(pair[1]).fingerprint

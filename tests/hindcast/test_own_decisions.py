"""Past decisions of one's own are played as the record's were, and learned from beside these."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from negotiation.cli.app import app
from negotiation.errors import FileProblems
from negotiation.hindcast import disputes, own, record
from negotiation.history.codes import Outcome
from negotiation.scenario import Scenario

from .conftest import ROW, as_csv

PAST = {**ROW, "date": "2025-09-01", "outcome": "deal", "mutual": "target_concedes"}


@pytest.fixture(scope="module")
def added() -> record.Record:
    """Return the record in which a decision of the record's is given as one's own."""
    row = record.between("US-Japan")[-1]
    mine = {"id": "mine", "cluster": "", "outcome": Outcome.DROPPED, "mutual": None}
    return own.learned_from([row.model_copy(update=mine)])


def test_a_decision_of_the_records_is_not_counted_twice(added: record.Record) -> None:
    """Its place is taken; it is played to chances that are the record's on average, within five
    points, and taught by its new outcome.
    """
    shipped = record.shipped()
    row = record.between("US-Japan")[-1]
    assert len(added.rows) == len(shipped.rows)
    assert row.id not in [one.id for one in added.rows]
    k = [one.id for one in shipped.rows].index(row.id)
    expected = shipped.shares[:, k].mean(axis=0)
    assert added.shares[:, -1].mean(axis=0) == pytest.approx(expected, abs=0.05)
    one, other = (
        each.posterior(tuple(range(len(each.rows))))[0].common for each in (shipped, added)
    )
    assert not np.allclose(one, other)


def test_who_gave_way_may_be_unknown(added: record.Record) -> None:
    """Then nothing is learned of it."""
    assert (added.who_gave_way[:, -1] == 1.0).all()


def test_a_blank_dispute_is_one_of_its_own(added: record.Record) -> None:
    """Two such rows are not moves of one quarrel."""
    assert added.rows[-1].cluster == "mine"
    assert disputes.pair_of(added.rows[-1]) == "Japan-US"


def test_what_is_not_past_is_not_learned_from(tmp_path: Path) -> None:
    """A row without an outcome is named."""
    (tmp_path / "x.csv").write_bytes(as_csv([PAST, {**PAST, "id": "B", "outcome": ""}]))
    with pytest.raises(FileProblems, match="B: its outcome is blank"):
        own.read(tmp_path / "x.csv").whole()


def test_from_a_file_to_a_table_and_to_a_scenario(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``calibrate FILE`` tells what both teach; a scenario takes its draws from both."""
    monkeypatch.chdir(tmp_path)
    Path("past.csv").write_bytes(as_csv([{**PAST, "id": x} for x in "AB"]))
    Path("coming.csv").write_bytes(as_csv([{**ROW, "id": "N"}]))

    def asked(*words: str) -> str:
        result = CliRunner().invoke(app(), list(words))
        assert result.exit_code == 0, result.output
        return result.stdout

    told = json.loads(asked("calibrate", "past.csv", "--pair", "US-India", "--json", "--quiet"))
    assert told["decisions"] == len(record.shipped().rows) + 2
    assert told["of"] == ["India-US", "Trump2"]
    common = ("scenario", "from-decision", "N", "--rows", "coming.csv", "--quiet", "--out")
    asked(*common, "with.toml", "--learn", "past.csv")
    asked(*common, "without.toml")
    assert Scenario.load("with.toml").record != Scenario.load("without.toml").record


def test_one_bad_row_and_the_others_are_learned_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``calibrate`` tells what the sound rows teach, names the other, and ends with 2; a scenario
    is made of a sound row whatever stands beside it.
    """
    monkeypatch.chdir(tmp_path)
    bad = {**PAST, "id": "B", "target": "Norwy"}
    Path("past.csv").write_bytes(as_csv([{**PAST, "target": "Norway"}, bad]))
    result = CliRunner().invoke(app(), ["calibrate", "past.csv", "--json", "--quiet"])
    assert result.exit_code == 2
    assert json.loads(result.stdout)["decisions"] == len(record.shipped().rows) + 1
    assert "Did you mean 'Norway'" in result.stderr and "learned from" in result.stderr
    common = ("scenario", "from-decision", "--rows", "past.csv", "--quiet", "--out")
    made = CliRunner().invoke(app(), [*common, "a.toml", "A"])
    assert made.exit_code == 0 and "plays with the trade of Switzerland" in made.stdout
    refused = CliRunner().invoke(app(), [*common, "b.toml", "B"])
    assert refused.exit_code == 2 and "Norwy" in refused.stderr

"""``negotiation forecast --register`` and ``negotiation ledger`` as commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from negotiation.cli.app import app

from .conftest import ROW, as_csv


@pytest.fixture
def negotiation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return a function that runs ``negotiation`` with its arguments in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app(), list(arguments))


def test_from_a_row_to_a_score(negotiation: Callable[..., Result], tmp_path: Path) -> None:
    """Registered, shown, checked, resolved, scored; the same once more is refused."""
    rows = [{**ROW, "id": x, "date": "2090-03-01", "cluster": x} for x in "AB"]
    (tmp_path / "rows.csv").write_bytes(as_csv(rows))
    common = ("forecast", "rows.csv", "--register", "--runs", "2", "--quiet")
    assert "lines 1 to 2" in negotiation(*common).stdout
    assert negotiation(*common).exit_code == 2
    assert "lines 3 to 4" in negotiation(*common, "--again").stdout
    assert "knowledge ends 2025-07-28" in negotiation("ledger", "show").stdout
    told = json.loads(negotiation("ledger", "show", "--json").stdout)
    assert [x["dispute"] for x in told] == ["A", "B", "A", "B"]
    assert "4 lines" in negotiation("ledger", "check").stdout
    words = ("ledger", "resolve", "A", "extended_or_paused", "--source", "x", "--on")
    assert negotiation(*words, "2090-03-01").exit_code == 2  # not come yet
    assert negotiation(*words, "2026-01-01").exit_code == 0
    text = negotiation("ledger", "score").stdout
    assert "after the fact" in text and "too few" in text and "Waiting for an outcome: B." in text


def test_one_bad_row_and_the_others_are_registered(
    negotiation: Callable[..., Result], tmp_path: Path
) -> None:
    """A row of the past among good ones: exit code 2, its id, and a line for the other."""
    good = {**ROW, "id": "A", "date": "2090-03-01"}
    (tmp_path / "rows.csv").write_bytes(as_csv([good, {**ROW, "id": "B", "date": "2019-03-03"}]))
    result = negotiation("forecast", "rows.csv", "--register", "--runs", "2")
    assert result.exit_code == 2 and "B: its day" in result.stderr
    assert "All else was forecast and registered." in result.stderr
    assert "1 line, each chained" in negotiation("ledger", "check").stdout
    assert [x["id"] for x in json.loads(negotiation("ledger", "show", "--json").stdout)] == ["A"]


def test_a_ledger_of_an_older_version_stays_as_it_is(
    negotiation: Callable[..., Result], tmp_path: Path
) -> None:
    """It is shown, checked and scored by its four outcomes; forecasts of five go elsewhere."""
    old = Path(__file__).parents[2] / "results" / "ledger-four-outcomes.csv"
    (tmp_path / "old.csv").write_bytes(old.read_bytes())
    head = negotiation("ledger", "show", "--ledger", "old.csv").stdout.splitlines()[0]
    assert "escalation" in head and "truce" in head
    words = (
        "ledger",
        "resolve",
        "C1",
        "--ledger",
        "old.csv",
        "--source",
        "x",
        "--on",
        "2025-08-11",
    )
    assert negotiation(*words, "truce_or_extension").exit_code == 0
    assert "n = 1 in 1 dispute" in negotiation("ledger", "score", "--ledger", "old.csv").stdout
    before = (tmp_path / "old.csv").read_bytes()
    (tmp_path / "rows.csv").write_bytes(as_csv([{**ROW, "date": "2090-03-01"}]))
    mixed = negotiation("forecast", "rows.csv", "--register", "--runs", "2", "--ledger", "old.csv")
    assert mixed.exit_code == 2
    assert "the four outcomes of an older version" in mixed.stderr
    assert (tmp_path / "old.csv").read_bytes() == before

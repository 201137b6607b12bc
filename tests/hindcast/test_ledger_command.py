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
    rows = [{**ROW, "id": x, "date": "2090-03-01", "dispute": x} for x in "AB"]
    (tmp_path / "rows.csv").write_bytes(as_csv(rows))
    common = ("forecast", "rows.csv", "--register", "--runs", "2", "--quiet")
    assert "lines 1 to 2" in negotiation(*common).stdout
    assert negotiation(*common).exit_code == 2
    assert "lines 3 to 4" in negotiation(*common, "--again").stdout
    assert "knowledge ends 2025-07-28" in negotiation("ledger", "show").stdout
    told = json.loads(negotiation("ledger", "show", "--json").stdout)
    assert [x["dispute"] for x in told] == ["A", "B", "A", "B"]
    assert "4 lines" in negotiation("ledger", "check").stdout
    words = ("ledger", "resolve", "A", "truce_or_extension", "--source", "x", "--on")
    assert negotiation(*words, "2090-03-01").exit_code == 2  # not come yet
    assert negotiation(*words, "2026-01-01").exit_code == 0
    text = negotiation("ledger", "score").stdout
    assert "after the fact" in text and "too few" in text and "Waiting for an outcome: B." in text


def test_one_bad_row_and_nothing_is_registered(
    negotiation: Callable[..., Result], tmp_path: Path
) -> None:
    """A row of the past among good ones: exit code 2, its id, no ledger."""
    good = {**ROW, "id": "A", "date": "2090-03-01"}
    (tmp_path / "rows.csv").write_bytes(as_csv([good, {**ROW, "id": "B", "date": "2019-03-03"}]))
    result = negotiation("forecast", "rows.csv", "--register", "--runs", "2")
    assert result.exit_code == 2 and "B: its day" in result.stderr
    assert not (tmp_path / "results").exists()
    assert negotiation("ledger", "check").exit_code == 2


OF_RECORD = (
    "id,date,what,sender,target,binding,regime_before,us_tariff_before,us_tariff_threatened\n"
    "N1,2090-03-01,26% on India,US,India,hard,calm,10,26\n"
)


def test_decisions_between_any_two_have_a_ledger_of_their_own(
    negotiation: Callable[..., Result], tmp_path: Path
) -> None:
    """Of the record's five outcomes; the two kinds do not mix in a file."""
    (tmp_path / "rows.csv").write_text(OF_RECORD, "utf-8")
    common = ("forecast", "rows.csv", "--register", "--runs", "2", "--quiet")
    result = negotiation(*common)
    assert result.exit_code == 0, result.output
    place = str(Path("results", "ledger-any-two.csv"))
    assert f"Registered in {place}: lines 1 to 1" in result.stdout
    assert negotiation(*common).exit_code == 2
    told = json.loads(negotiation("ledger", "show", "--ledger", place, "--json").stdout)[0]
    assert (told["dispute"], told["question"]) == ("India-US", "26% on India")
    assert float(told["dropped.p"]) > 0.0 and "escalation.p" not in told
    head = negotiation("ledger", "show", "--ledger", place).stdout.splitlines()[0]
    assert "in full" in head and "dropped" in head
    words = ("ledger", "resolve", "N1", "--ledger", place, "--source", "x", "--on", "2026-01-01")
    refused = negotiation(*words, "truce_or_extension")
    assert refused.exit_code == 2 and "penalty_in_full" in refused.stderr
    assert negotiation(*words, "deal").exit_code == 0
    assert "n = 1 in 1 dispute" in negotiation("ledger", "score", "--ledger", place).stdout
    (tmp_path / "episodes.csv").write_bytes(as_csv([{**ROW, "id": "A", "date": "2090-03-01"}]))
    mixed = negotiation("forecast", "episodes.csv", "--register", "--runs", "2", "--ledger", place)
    assert mixed.exit_code == 2
    assert "decisions between any two sides, and these are of decisions of the US" in mixed.stderr
    assert "2 lines" in negotiation("ledger", "check", "--ledger", place).stdout

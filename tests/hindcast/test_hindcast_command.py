"""``negotiation hindcast`` and ``calibrate`` as commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from negotiation.cli.app import app
from negotiation.cli.record_text import past_report
from negotiation.hindcast import disputes, record
from negotiation.hindcast.as_recorded import FIVE
from negotiation.hindcast.priors import NAMES
from negotiation.skill import past

from .conftest import ROW, as_csv

SIDES = "US-Brazil"


@pytest.fixture
def negotiation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return a function that runs ``negotiation`` with its arguments in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app(), list(arguments))


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """Return what is told of the decisions of two sides."""
    result = CliRunner().invoke(app(), ["hindcast", "--pair", SIDES, "--json", "--quiet"])
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_decisions_of_the_record_out_of_sample(told: dict[str, Any]) -> None:
    """Every decision between the two: five probabilities in their intervals, and what happened."""
    rows = record.between(SIDES)
    assert [entry["id"] for entry in told["decisions"]] == [row.id for row in rows]
    for entry, row in zip(told["decisions"], rows, strict=True):
        assert list(entry["probabilities"]) == list(FIVE)
        assert sum(entry["probabilities"].values()) == pytest.approx(1.0)
        for code, p in entry["probabilities"].items():
            ends = entry["intervals"][code]
            assert 0.0 <= ends["low"] <= p <= ends["high"] <= 1.0
        assert entry["outcome"] == row.outcome.value
        assert entry["second_reading"] == row.read(True).value
    assert told["n"] == len(rows)


def test_the_scores_are_those_of_skill(told: dict[str, Any]) -> None:
    """Both readings, forward in time too, each with intervals over disputes."""
    assert {reading: [*splits] for reading, splits in told["scores"].items()} == {
        "first": ["dispute", "forward"], "second": ["dispute"],
    }  # fmt: skip
    for splits in told["scores"].values():
        for part in splits.values():
            assert {"model", "base_rates", "logit", "always_extend"} <= set(part["scores"])
            gain = part["model_better"]["base_rates"]["brier"]["over_disputes"]
            if part["disputes"] < 3:
                assert gain["low"] is None
            else:
                assert gain["low"] < gain["value"] < gain["high"]
    first, second = (told["scores"][x]["dispute"]["scores"] for x in ("first", "second"))
    assert first["always_extend"] != second["always_extend"]


def test_as_a_page(told: dict[str, Any]) -> None:
    """Forecasts, scores and the doubt that has to be told with them."""
    text = past_report(told)
    for part in ("each is forecast from all other disputes", "base rates", "ridge logit",
                 "always extend", "Forward in time", "read the other way", "not independent",
                 "coded by people who knew these outcomes"):  # fmt: skip
        assert part in text


def test_a_pair_that_is_none(negotiation: Callable[..., Result]) -> None:
    """One sentence with the pairs that there are; either order of the two is one pair."""
    result = negotiation("hindcast", "--pair", "US-Chna")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "US-EU" in result.stderr and "Did you mean 'US-China'?" in result.stderr
    assert record.between("china-us") == record.between("US-China")
    assert record.between("PRC-United States") == record.between("US-China")
    assert len(record.between("all")) == len(record.counted_rows())


def test_every_pair_of_the_record_can_be_asked() -> None:
    """Each is scored by both readings; forward in time where it has a past to learn from."""
    for pair in {disputes.pair_of(row) for row in record.counted_rows()}:
        ids = [row.id for row in record.between(pair)]
        asked = past.scorable(past.taught(ids), ids)
        assert {("first", "dispute"), ("second", "dispute")} <= {*asked}


def test_what_came_too_early_is_not_scored_forward(negotiation: Callable[..., Result]) -> None:
    """Decisions before twenty others are forecast all the same, and the page says it."""
    told = negotiation("hindcast", "--pair", "US-Taiwan", "--quiet")
    assert told.exit_code == 0 and "none of them can be scored" in told.stdout


def test_a_decision_by_its_id(negotiation: Callable[..., Result]) -> None:
    """It is played anew; an id that is none is one sentence."""
    data = json.loads(negotiation("hindcast", "T199", "--runs", "2", "--json").stdout)
    assert [entry["id"] for entry in data["decisions"]] == ["T199"]
    assert data["decisions"][0]["learned_from"]
    refused = negotiation("hindcast", "T1999")
    assert refused.exit_code == 2 and "Did you mean 'T199'?" in refused.stderr
    assert negotiation("hindcast", "T199", "--pair", "US-EU").exit_code == 2


def test_any_file_of_decisions(negotiation: Callable[..., Result], tmp_path: Path) -> None:
    """Probabilities that sum to one, their intervals, scores where an outcome is."""
    known = {**ROW, "id": "Y", "outcome": "deal", "mutual": "target_concedes"}
    (tmp_path / "mine.csv").write_bytes(as_csv([{**ROW, "id": "Z"}, known]))
    data = json.loads(negotiation("hindcast", "mine.csv", "--json", "--runs", "4").stdout)
    assert [entry["id"] for entry in data["decisions"]] == ["Z", "Y"]
    for entry in data["decisions"]:
        assert sum(entry["probabilities"].values()) == pytest.approx(1.0)
        assert all(0.0 < p < 1.0 for p in entry["probabilities"].values())
        for code in FIVE:
            low, high = (entry["intervals"][code][x] for x in ("low", "high"))
            assert 0 <= low <= high <= 1
    assert [entry["outcome"] for entry in data["decisions"]] == [None, "deal"]
    for reading in ("first", "second"):
        split = data["scores"][reading]["dispute"]
        assert split["n"] == 1
        gain = split["model_better"]["base_rates"]["brier"]["over_disputes"]
        assert (gain["low"], gain["high"]) == (None, None)


def test_no_outcome_no_scores(negotiation: Callable[..., Result], tmp_path: Path) -> None:
    """Where no outcome is given there are probabilities and no scores; a folder is read too."""
    (tmp_path / "decisions.csv").write_bytes(as_csv([ROW]))
    data = json.loads(negotiation("hindcast", ".", "--json", "--runs", "2").stdout)
    assert data["scores"] == {"first": {}, "second": {}}
    assert "Brier" not in negotiation("hindcast", ".", "--runs", "2").stdout


def test_seed_and_workers(negotiation: Callable[..., Result], tmp_path: Path) -> None:
    """The same seed gives the same bytes on one thread and on three; another seed does not."""
    (tmp_path / "x.csv").write_bytes(as_csv([ROW]))
    common = ("hindcast", "x.csv", "--json", "--runs", "3")
    one, three, other = (
        negotiation(*common, *extra).stdout
        for extra in (("--workers", "1"), ("--workers", "3"), ("--seed", "9"))
    )
    assert one == three != other


def test_mistakes_end_with_2_and_sentences(
    negotiation: Callable[..., Result], tmp_path: Path
) -> None:
    """Wrong files: exit code 2, one sentence each on standard error, nothing on standard output."""
    (tmp_path / "bad.csv").write_bytes(as_csv([{**ROW, "date": "soon", "outcome": "peace"}]))
    result = negotiation("hindcast", "bad.csv", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "bad.csv: 2 problems" in result.stderr
    assert negotiation("hindcast", "none.csv").exit_code == 2
    (tmp_path / "empty.csv").write_bytes(b"")
    assert "it is empty" in negotiation("hindcast", "empty.csv").stderr


@pytest.mark.parametrize("verb", ["hindcast", "forecast"])
def test_columns_that_are_gone(
    negotiation: Callable[..., Result], tmp_path: Path, verb: str
) -> None:
    """One sentence that names the command which prints the new ones; it prints those needed."""
    old = {"id": "N1", "date": "2026-03-01", "us_avg_before": "47.5", "deadline_binding": "hard"}
    (tmp_path / "old.csv").write_bytes(as_csv([old]))
    refused = negotiation(verb, "old.csv")
    assert refused.exit_code == 2 and refused.stderr.count("\n") == 1
    assert "columns of episodes, which are gone" in refused.stderr
    assert "negotiation hindcast --columns" in refused.stderr
    told = json.loads(negotiation("hindcast", "--columns", "--json").stdout)
    needed = [each["column"] for each in told if each["needed"]]
    assert needed == ["id", "date", "sender", "target", "binding", "regime_before"]
    assert "hard, soft, none" in negotiation("hindcast", "--columns").stdout


def test_calibrate_tells_what_is_taught(negotiation: Callable[..., Result]) -> None:
    """Prior, posterior and mark of every number; of a pair what its own decisions add."""
    text = negotiation("calibrate").stdout
    assert "narrower" in text and "told_as_deal" in text
    common, pair = (
        json.loads(negotiation("calibrate", *more, "--json").stdout)
        for more in ((), ("--pair", "US-China"))
    )
    assert [*common["parameters"]] == [*NAMES]
    for entry in common["parameters"].values():
        assert entry["mark"] in ("posterior", "guess")
        assert entry["posterior"]["p5"] < entry["posterior"]["p95"]
    assert common["of"] is None and pair["of"] == ["China-US", "Trump2"]
    assert common["parameters"] != pair["parameters"]
    assert negotiation("calibrate", "--pair", "US-Mars").exit_code == 2

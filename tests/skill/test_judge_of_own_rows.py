"""Whoever judges the model by decisions of their own gets what they would compute themselves."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from negotiation.cli.app import app
from negotiation.cli.record_text import record_report
from negotiation.hindcast import record
from negotiation.history.codes import Outcome
from negotiation.skill import own_rows
from negotiation.skill.cases import CODES, cases_of

COLUMNS = (
    "id", "date", "sender", "target", "binding", "regime_before", "us_tariff_before",
    "us_tariff_threatened", "outcome", "second_reading", "cluster",
)  # fmt: skip
ROWS = [
    ("A", "2025-11-03", "US", "India", "hard", "calm", 10, 25, "penalty_in_full", "", "one"),
    ("B", "2025-12-01", "US", "Brazil", "soft", "truce_or_pause", 10, 40, "deal", "dropped", "two"),
    ("C", "2026-01-05", "US", "EU", "hard", "calm", 15, 30, "extended_or_paused", "deal", "three"),
    ("D", "2026-02-02", "EU", "India", "hard", "calm", 5, 30, "", "", "four"),
]


def asked(*words: str) -> str:
    """Return what a command prints."""
    result = CliRunner().invoke(app(), list(words))
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of decisions that the record does not have."""
    stream = io.StringIO()
    csv.writer(stream).writerows([COLUMNS, *ROWS])
    place = tmp_path_factory.mktemp("judge") / "rows.csv"
    place.write_text(stream.getvalue(), "utf-8")
    return place


@pytest.fixture(scope="module")
def told(file: Path) -> dict[str, Any]:
    """Return what is told of them."""
    found: dict[str, Any] = json.loads(asked("hindcast", str(file), "--runs", "2", "--json", "-q"))
    return found


def by_reading(told: dict[str, Any], reading: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the forecasts of the decided rows by a reading, and what happened by it."""
    decided = [entry for entry in told["decisions"] if entry["outcome"]]
    if reading == "first":
        return decided, [entry["outcome"] for entry in decided]
    return (
        [entry["by_second_reading"] for entry in decided],
        [entry["second_reading"] for entry in decided],
    )


@pytest.mark.parametrize("reading", ["first", "second"])
def test_the_scores_are_those_of_the_forecasts_that_are_printed(
    told: dict[str, Any], reading: str
) -> None:
    """Brier, log and ranked score of the model and of base rates, from their definitions."""
    entries, outcomes = by_reading(told, reading)
    scores = told["scores"][reading]["dispute"]["scores"]
    for name, key in (("model", "probabilities"), ("base_rates", "base_rates")):
        brier, log, ranked = [], [], []
        for entry, outcome in zip(entries, outcomes, strict=True):
            p = entry[key]
            brier.append(sum((p[code] - (code == outcome)) ** 2 for code in CODES))
            log.append(-math.log(p[outcome]))
            sums = [
                sum(p[c] - (c == outcome) for c in CODES[: k + 1]) for k in range(len(CODES) - 1)
            ]
            ranked.append(sum(x * x for x in sums) / 4)
        for kind, each in (("brier", brier), ("log", log), ("ranked", ranked)):
            mean = sum(each) / len(each)
            assert scores[name][kind]["value"] == pytest.approx(mean, abs=2e-4), (name, kind)


@pytest.mark.parametrize("reading", ["first", "second"])
def test_base_rates_are_those_of_the_rows_of_training(told: dict[str, Any], reading: str) -> None:
    """Shares of the outcomes, by that reading, since 2017: half a decision of each added."""
    outcomes = [
        row.read(reading == "second") for row in record.counted_rows() if record.complete(row)
    ]
    entries, _ = by_reading(told, reading)
    for code in Outcome:
        share = (outcomes.count(code) + 0.5) / (len(outcomes) + 2.5)
        assert entries[0]["base_rates"][code.value] == pytest.approx(share, abs=2e-4)
    sizes = told["scores"][reading]["dispute"]["learned_from"]
    assert sizes == [len(outcomes)] * 2


def test_every_rival_and_an_interval_over_disputes(told: dict[str, Any]) -> None:
    """Base rates, also by stratum, and the logit; what the model gains by each score."""
    for reading in told["scores"].values():
        split = reading["dispute"]
        assert {"model", "base_rates", "by_stratum", "logit"} <= {*split["scores"]}
        for kind in ("brier", "log", "ranked"):
            gain = split["model_better"]["logit"][kind]["over_disputes"]
            assert gain["low"] < gain["value"] < gain["high"]
    page = record_report(told, "rows.csv")
    for words in ("First reading. Each dispute left out (3 decisions, 3 disputes", "learned anew",
                  "base rates by stratum, each dispute once", "Nothing is learned from this file",
                  "or deal"):  # fmt: skip
        assert words in page


def test_the_second_reading_is_learned_anew_and_is_a_scenario_too(
    file: Path, told: dict[str, Any], tmp_path: Path
) -> None:
    """Its forecasts are others; ``odds`` of the scenario made by it has its base rates."""
    first, second = told["decisions"][3], told["decisions"][3]["by_second_reading"]
    assert first["base_rates"] != second["base_rates"]
    assert first["probabilities"] != second["probabilities"]
    made = tmp_path / "d.toml"
    common = ("scenario", "from-decision", "D", "--rows", str(file), "--quiet")
    asked(*common, "--second-reading", "--out", str(made))
    asked(*common, "--out", str(tmp_path / "other.toml"))
    odds = json.loads(asked("odds", str(made), "--runs", "10", "--worlds", "0", "--json", "-q"))
    assert odds["record"]["base_rates"] == second["base_rates"]
    again = own_rows.coming.forecast(own_rows.coming.load(file)[3:], second=True)["decisions"][0]
    assert odds["record"]["probabilities"] == again["probabilities"]
    assert made.with_suffix(".csv").read_text() != (tmp_path / "other.csv").read_text()


def test_an_outcome_moves_no_forecast(file: Path, told: dict[str, Any]) -> None:
    """Neither the model's nor a rival's: nothing is learned from the file."""
    rows = own_rows.coming.load(file)
    turned = [row.model_copy(update={"outcome": Outcome.DROPPED}) for row in rows]
    found = own_rows.forecast(turned, runs=2)
    keys = ("probabilities", "base_rates", "rivals")
    for before, after in zip(told["decisions"], found["decisions"], strict=True):
        for key in keys:
            assert before[key] == after[key]
            assert before["by_second_reading"][key] == after["by_second_reading"][key]


def test_a_government_is_one_by_any_name() -> None:
    """Rivals read China under its other names too."""
    row = record.between("US-China")[-1]
    other = row.model_copy(update={"sender": "United States", "target": "PRC"})
    one, two = cases_of([row]), cases_of([other])
    assert np.array_equal(one.x, two.x, equal_nan=True)
    assert two.partners[0] == "PRC"


def test_what_cannot_be_scored_is_said(file: Path, tmp_path: Path) -> None:
    """A second reading without an outcome."""
    lines = file.read_text("utf-8").splitlines()
    (tmp_path / "x.csv").write_text(
        "\n".join([lines[0], lines[4].replace(",,,four", ",,deal,four")]), "utf-8"
    )
    told = asked("hindcast", str(tmp_path / "x.csv"), "--runs", "2", "-q")
    assert "D: it has a second reading and no outcome, so it is not scored." in told

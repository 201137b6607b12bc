"""``--csv`` and ``--xlsx``: what a verb prints, as a table."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Command = Callable[..., Result]
PIE = "split-the-pie"
VERBS = {
    "odds": ("odds", PIE, "--runs", "50", "--worlds", "0"),
    "compare": ("compare", PIE, "--set", "us.patience=0.5", "--runs", "50"),
    "sensitivity": (
        "sensitivity", "stockholm-three-issues", "--method", "morris", "--samples", "4",
        "--runs", "20", "--number", "us.precision", "--number", "china.precision",
    ),
    "tournament": (
        "tournament", PIE, "--runs", "4", "--strategy", "linear", "--strategy", "conceder",
    ),
    "hindcast": ("hindcast", "--pair", "US-Turkey"),
    "sweep": ("sweep", "design.toml"),
}  # fmt: skip
DESIGN = f"""
scenario = "{PIE}"
replicates = 20
[[levers]]
over = {{ "us.patience" = [0.5, 0.9] }}
"""


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the lines of a CSV file by their columns."""
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def design(negotiation: Command) -> None:
    """A design of two cells, in the folder of the test."""
    Path("design.toml").write_text(DESIGN)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.usefixtures("design")
def test_a_verb_writes_its_table(negotiation: Command, tmp_path: Path, verb: str) -> None:
    """As CSV and as a workbook, beside what it prints as JSON."""
    done = negotiation(*VERBS[verb], "--json", "--quiet", "--csv", "new/t.csv", "--xlsx", "t.xlsx")
    assert done.exit_code == 0, done.output
    told, rows = json.loads(done.stdout), rows_of(Path("new/t.csv"))
    assert Path("t.xlsx").read_bytes().startswith(b"PK")
    if verb == "odds":
        (deal,) = (row for row in rows if (row["kind"], row["name"]) == ("events", "deal"))
        assert float(deal["p"]) == told["events"]["deal"]["p"]
        assert float(deal["over.high"]) == told["parameter_interval"]["deal"]["high"]
    elif verb == "compare":
        assert len(rows) == len(told["events"]) + len(told["at_horizon"])
        assert float(rows[0]["after"]) == next(iter(told["events"].values()))["after"]
        assert json.loads(rows[0]["settings"]) == [{}, {"us.patience": 0.5}]
    elif verb == "sensitivity":
        assert [row["factor"] for row in rows] == [row["factor"] for row in told["rows"]]
    elif verb == "tournament":
        assert [(r["us"], r["china"]) for r in rows][1] == ("linear", "conceder")
    elif verb == "hindcast":
        name = next(iter(told["decisions"][0]["probabilities"]))
        given = told["decisions"][0]["probabilities"][name]
        assert float(rows[0][f"probabilities.{name}"]) == given
    else:
        assert {float(row["us.patience"]) for row in rows} == {0.5, 0.9}


@pytest.mark.usefixtures("design")
def test_a_report_writes_the_tables_of_its_outcomes(negotiation: Command) -> None:
    """Only those that were asked for."""
    negotiation("sweep", "design.toml", "--quiet", "--out", "here")
    done = negotiation("report", "here", "--outcome", "deal", "--worlds", "0", "--csv", "t.csv")
    assert done.exit_code == 0
    assert {row["outcome"] for row in rows_of(Path("t.csv"))} == {"deal"}


def test_the_runs_of_the_odds_are_written_day_by_day(negotiation: Command) -> None:
    """With one option, as CSV or Parquet; another name is refused before anything is played."""
    asked = ("odds", PIE, "--runs", "20", "--worlds", "0", "--json", "--quiet", "--days")
    told = json.loads(negotiation(*asked, "days.csv").stdout)
    last = {row["run"]: row["state"] for row in rows_of(Path("days.csv"))}
    assert len(last) == 20 and told["at_horizon"]["working_deal"]["p"] == 1.0
    assert set(last.values()) == {"working_deal"}
    refused = negotiation(*asked, "days.xls")
    assert refused.exit_code == 2 and "days.xls: name it .parquet or .csv" in refused.stderr


def test_where_no_table_can_be_written_nothing_is_played(negotiation: Command) -> None:
    """The place is tried first."""
    Path("file").write_text("x")
    for option, place in (("--csv", "file/t.csv"), ("--xlsx", ".")):
        refused = negotiation("odds", PIE, "--json", option, place)
        assert refused.exit_code == 2 and place in refused.stderr

"""``negotiation hindcast``, ``calibrate`` and ``adopt`` as commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from negotiation.cli.app import app
from negotiation.hindcast.decisions import CODES

from .conftest import ROW, as_csv


@pytest.fixture
def negotiation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return a function that runs ``negotiation`` with its arguments in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app(), list(arguments))


def test_shipped_episodes_out_of_sample(negotiation: Callable[..., Result]) -> None:
    """Without a file it tells the shipped episodes, each without itself, against base rates."""
    text = negotiation("hindcast").stdout
    for part in (
        "each forecast after leaving it out of the calibration",
        "base rates",
        "always extend",
        "E24",
        "one continuing",
    ):
        assert part in text
    data = json.loads(negotiation("hindcast", "--json").stdout)
    assert len(data["episodes"]) == 24
    assert {"leave_one_out", "forward"} <= set(data["scores"])


def test_any_file_of_episodes(negotiation: Callable[..., Result], tmp_path: Path) -> None:
    """One object: probabilities that sum to one, their intervals, scores where an outcome is."""
    later = {**ROW, "id": "Z", "date": "2026-03-01", "us_avg_before": "47.5", "outcome": ""}
    known = {**ROW, "id": "Y", "date": "2018-01-01", "outcome": "escalation"}
    (tmp_path / "mine.csv").write_bytes(as_csv([later, known]))
    data = json.loads(negotiation("hindcast", "mine.csv", "--json", "--runs", "4").stdout)
    assert [e["id"] for e in data["episodes"]] == ["Z", "Y"]
    for entry in data["episodes"]:
        assert list(entry["probabilities"]) == list(CODES)
        assert sum(entry["probabilities"].values()) == pytest.approx(1.0)
        for code in CODES:
            low, high = (entry["intervals"][code][x] for x in ("low", "high"))
            assert 0 <= low <= high <= 1
    assert [e["outcome"] for e in data["episodes"]] == [None, "escalation"]
    assert data["scores"]["all"]["n"] == 1


def test_one_forecast_and_one_year_tell_no_spread(
    negotiation: Callable[..., Result], tmp_path: Path
) -> None:
    """No interval of width zero: it says why there is none, and JSON has null."""
    rows = [
        {**ROW, "id": name, "date": f"2018-0{month}-01", "outcome": outcome}
        for name, month, outcome in (("Y", 1, "escalation"), ("Z", 5, "truce_or_extension"))
    ]
    (tmp_path / "one.csv").write_bytes(as_csv(rows[:1]))
    (tmp_path / "two.csv").write_bytes(as_csv(rows))
    one, two = (
        negotiation("hindcast", file, "--runs", "4").stdout for file in ("one.csv", "two.csv")
    )
    assert "in 1 year:" in one and "(none: one forecast; with whole years as units none" in one
    assert "with whole years as units none: one year)" in two and "alike" in two
    data = json.loads(negotiation("hindcast", "one.csv", "--json", "--runs", "4").stdout)
    brier = data["scores"]["all"]["base_rates"]["better"]["brier"]
    assert (brier["low"], brier["high"], brier["by_years"]["low"]) == (None, None, None)


def test_a_new_row_with_the_columns_of_the_reference_alone(
    negotiation: Callable[..., Result], tmp_path: Path, recorded: Path
) -> None:
    """Rows with the reference's columns and nothing else, before, within and after its years: each
    probability is above 0 and below 1, and the same again.
    """
    header = (recorded / "episodes.csv").read_text("utf-8").splitlines()[0]
    rows = (
        'N1,2016-11-09,"Before, all of it",talks,3.1,,8.0,,memory,none,,none,0,0,1,1,1,test,,,,,,',
        "N2,2022-10-07,Chip rules,escalation,19.3,19.3,21.1,21.1,memory,none,,mooted,1,0,0,1,1,"
        "test,escalation,,high,memory,,",
        "N3,2025-10-30,Busan,summit,57.6,47.5,32.6,31.9,memory,hard,2025-11-01,held,1,1,1,1,0,test,"
        "partial_or_summit_deal,truce_or_extension,high,memory,,",
        "N4,2027-01-01,Coming,deadline,140,,150,,guess,soft,2027-01,call_held,0,0,1,1,0,test,,,,,,",
    )
    (tmp_path / "new.csv").write_text("\n".join((header, *rows)), "utf-8")
    told = [negotiation("hindcast", "new.csv", "--json", "--runs", "5").stdout for _ in range(2)]
    assert told[0] == told[1]
    data = json.loads(told[0])
    assert [e["id"] for e in data["episodes"]] == ["N1", "N2", "N3", "N4"]
    for entry in data["episodes"]:
        assert sum(entry["probabilities"].values()) == pytest.approx(1.0)
        assert all(0.0 < p < 1.0 for p in entry["probabilities"].values())
    assert data["scores"]["all"]["n"] == 2 and data["scores"]["scheduled"]["n"] == 1


def test_no_outcome_no_scores(negotiation: Callable[..., Result], tmp_path: Path) -> None:
    """Where no outcome is given there are probabilities and no scores."""
    (tmp_path / "episodes.csv").write_bytes(as_csv([ROW]))
    data = json.loads(negotiation("hindcast", ".", "--json", "--runs", "2").stdout)
    assert data["scores"] == {"all": None, "scheduled": None, "alternative_code": None}
    assert "Brier" not in negotiation("hindcast", ".", "--runs", "2").stdout


def test_an_episode_that_was_learned_from_is_forecast_without_itself(
    negotiation: Callable[..., Result], tmp_path: Path
) -> None:
    """A row on the day of a learned-from episode says so, and its draws are weighted."""
    (tmp_path / "x.csv").write_bytes(as_csv([ROW, {**ROW, "id": "B", "date": "2019-03-25"}]))
    data = json.loads(negotiation("hindcast", "x.csv", "--json", "--runs", "2").stdout)
    assert [e["learned_from"] for e in data["episodes"]] == [True, False]
    assert data["episodes"][0]["effective_draws"] < data["episodes"][1]["effective_draws"]


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


def test_calibrate_writes_one_file(negotiation: Callable[..., Result], tmp_path: Path) -> None:
    """The command leaves a file with draws, scores and where it came from, and tells what moved."""
    result = negotiation(
        "calibrate", "--draws", "64", "--runs", "20", "--out", "a/b.json", "--quiet"
    )
    assert "narrower" in result.stdout and "base rates" in result.stdout
    data = json.loads((tmp_path / "a" / "b.json").read_text())
    assert data["provenance"]["command"] == "negotiation calibrate --draws 64 --runs 20 --seed 1"
    assert negotiation("calibrate", "--draws", "100").exit_code == 2


def test_adopt_rewrites_a_copy(negotiation: Callable[..., Result], tmp_path: Path) -> None:
    """A scenario file takes the calibrated numbers and stays a scenario; a folder is refused."""
    toml = negotiation("scenario", "show", "stockholm-2025", "--toml").stdout
    (tmp_path / "mine.toml").write_text(toml)
    result = negotiation("adopt", "mine.toml")
    assert result.exit_code == 0 and "16 numbers rewritten" in result.stdout
    assert "posterior" in (tmp_path / "mine.toml").read_text()
    assert negotiation("scenario", "check", "mine.toml").exit_code == 0
    (tmp_path / "pie.toml").write_text(
        negotiation("scenario", "show", "split-the-pie", "--toml").stdout
    )
    refused = negotiation("adopt", "pie.toml")
    assert refused.exit_code == 2 and "does not state" in refused.stderr

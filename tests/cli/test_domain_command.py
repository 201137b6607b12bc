"""``negotiation domain`` and ``scenario from-domain``: problems from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from negotiation.interop.domain import DiscreteIssue, Domain, Profile
from negotiation.interop.evaluators import Ratings
from negotiation.interop.genius import analyse, table, write_problem
from negotiation.scenario import Scenario


@pytest.fixture
def problem(tmp_path: Path) -> list[str]:
    """The paths of a pie in three slices, which the two parties value alike."""
    domain = Domain("pie", (DiscreteIssue(1, "share", ("0", "1/2", "1")),))
    first = Profile((1.0,), (Ratings((0.0, 1.0, 2.0)),))
    second = Profile((1.0,), (Ratings((2.0, 1.0, 0.0)),))
    return [str(path) for path in write_problem(tmp_path / "pie", domain, (first, second))]


def test_json_is_the_analysis(negotiation: Callable[..., Result], problem: list[str]) -> None:
    """With --json the command prints what the library finds: Nash's half of the pie."""
    data = json.loads(negotiation("domain", *problem, "--json").stdout)
    assert data == json.loads(json.dumps(analyse(*problem)))
    assert data["nash"] == [[0.5, 0.5]]


def test_text_is_the_table(negotiation: Callable[..., Result], problem: list[str]) -> None:
    """Without it, the same as a table."""
    assert negotiation("domain", *problem).stdout == f"{table(analyse(*problem))}\n"


def test_a_folder_is_as_good_as_its_files(
    negotiation: Callable[..., Result], problem: list[str]
) -> None:
    """The folder that holds the domain and the profiles, alone."""
    folder = str(Path(problem[0]).parent)
    assert negotiation("domain", folder).stdout == negotiation("domain", *problem).stdout


def test_a_domain_becomes_a_scenario_in_a_new_file(
    negotiation: Callable[..., Result], problem: list[str], tmp_path: Path
) -> None:
    """Printed, or written where nothing stands; the name is the file's."""
    out = tmp_path / "My pie.toml"
    said = negotiation("scenario", "from-domain", *problem, "--out", str(out), "--rounds", "40")
    assert said.exit_code == 0 and "share: 1 to 0  -1.0000  +1.0000" in said.stdout
    scenario = Scenario.load(out)
    assert (scenario.name, scenario.calendar.talks_every_days) == ("my-pie", 1.0)
    assert (scenario.calendar.horizon - scenario.calendar.start).days == 40
    odds = negotiation("odds", str(out), "--runs", "50", "--worlds", "0").stdout
    told = negotiation("run", str(out)).stdout
    assert "Gains against no agreement, utility points" in odds and "utility points" in told
    assert "$" not in odds + told
    theory = negotiation("theory", str(out)).stdout
    played = ("--strategy", "linear", "--strategy", "boulware", "--runs", "4")
    tournament = negotiation("tournament", str(out), *played).stdout
    words = " ".join(path.read_text() for path in (tmp_path / "out").rglob("*.txt"))
    for text in (odds, told, theory, tournament, words):  # a domain has rounds, and no years
        assert "a year" not in text and "per year" not in text
    assert "United States, what is signed (or 0)" in odds and "Gains by 10 February" not in words
    assert "Against no agreement, what was signed" in told
    printed = negotiation("scenario", "from-domain", *problem).stdout
    assert 'name = "pie"' in printed
    before = out.read_bytes()
    again = negotiation("scenario", "from-domain", *problem, "--out", str(out))
    assert again.exit_code == 2 and "it is there already" in again.output
    assert out.read_bytes() == before


def test_what_cannot_be_a_scenario_ends_in_a_sentence(
    negotiation: Callable[..., Result], problem: list[str], tmp_path: Path
) -> None:
    """Two parties of one mind, too few rounds, no such folder."""
    for arguments, said in (
        ([problem[0], problem[1], problem[1]], "there is nothing to negotiate"),
        ([*problem, "--rounds", "1"], "--rounds = 1 is out of range"),
        ([*problem, "--out", str(tmp_path / "none" / "x.toml")], "it cannot be written"),
        ([str(tmp_path / "none")], "cannot be read as a folder"),
    ):
        result = negotiation("scenario", "from-domain", *arguments)
        assert result.exit_code == 2 and said in result.output

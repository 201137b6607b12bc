"""``negotiation game``: a game of two players, and the files of Gambit."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Command = Callable[..., Result]

CHICKEN = """NFG 1 R "Chicken" { "Ann" "Bob" }

{ { "swerve" "drive on" }
{ "swerve" "drive on" }
}
"Aumann 1974"

6 6 7 2
2 7 0 0
"""
ENTRY = """EFG 2 R "entry" { "Ann" "Bob" }
""

p "" 1 1 "door" { "out" "in" } 0
t "" 1 "" { 0, 2 }
p "" 2 1 "market" { "fight" "share" } 0
t "" 2 "" { -1, -1 }
t "" 3 "" { 1, 1 }
"""


@pytest.fixture
def files(tmp_path: Path, negotiation: Command) -> Command:
    """The command, in a folder with two games."""
    (tmp_path / "chicken.nfg").write_text(CHICKEN, "utf-8")
    (tmp_path / "entry.efg").write_text(ENTRY, "utf-8")
    return negotiation


def test_a_file_is_analysed(files: Command) -> None:
    """Equilibria, what each can secure, and what a mediator does, in words and as data."""
    text = files("game", "chicken.nfg").stdout
    assert "drive on / swerve: 7, 2" in text and "best for both together: 5.25, 5.25" in text
    assert "The game is Chicken." in text and "Ann: 2, by swerve" in text
    data = json.loads(files("game", "chicken.nfg", "--json").stdout)
    assert data["equilibria"]["all"] and len(data["equilibria"]["found"]) == 3
    assert data["correlated"]["Bob"]["payoffs"] == [2.0, 7.0]
    assert data["minimax"]["Ann"] == {"value": 2.0, "own": [1.0, 0.0]}
    assert data["tree"] is None


def test_a_tree_is_looked_through(files: Command) -> None:
    """The empty threat to fight is an equilibrium of the strategies, not of the tree."""
    text = files("game", "entry.efg").stdout
    assert "Looking ahead: in, share: 1, 1" in text and "out / fight: 0, 2" in text
    data = json.loads(files("game", "entry.efg", "--json").stdout)
    assert [e["payoffs"] for e in data["tree"]["subgame_perfect"]["found"]] == [[1.0, 1.0]]


@pytest.mark.parametrize(("name", "text"), [("chicken.nfg", CHICKEN), ("entry.efg", ENTRY)])
def test_what_is_read_is_written_to_the_byte(
    name: str, text: str, files: Command, tmp_path: Path
) -> None:
    """A file in the layout of Gambit comes back as it was."""
    copy = f"copy{Path(name).suffix}"
    assert files("game", name, "--write", copy).exit_code == 0
    assert (tmp_path / copy).read_text("utf-8") == text


def test_a_tree_is_written_as_its_normal_form(files: Command) -> None:
    """An ``.efg`` file becomes an ``.nfg`` file with the same strategies and title."""
    files("game", "entry.efg", "--write", "entry.nfg")
    data = json.loads(files("game", "entry.nfg", "--json").stdout)
    assert data["title"] == "entry" and data["actions"]["Ann"] == ["out", "in"]


def test_a_scenario_is_its_first_deadline(negotiation: Command, tmp_path: Path) -> None:
    """The shipped scenario's first deadline is a tree, which Gambit can read too, in both forms."""
    shown = json.loads(negotiation("game", "--json").stdout)
    assert shown["players"] == ["us", "china"] and shown["title"].endswith("The first deadline.")
    assert shown["tree"]["subgame_perfect"]["found"]
    for name in ("deadline.efg", "deadline.nfg"):
        assert negotiation("game", "--write", name).exit_code == 0
        again = json.loads(negotiation("game", name, "--json").stdout)
        assert again["equilibria"]["all"] == shown["equilibria"]["all"]
        assert again["minimax"]["us"]["value"] == pytest.approx(shown["minimax"]["us"]["value"])


@pytest.mark.parametrize(
    "arguments",
    [
        ("none.nfg",),
        ("stockholm",),
        ("split-the-pie",),
        ("chicken.nfg", "--write", "copy.efg"),
        ("chicken.nfg", "--write", "copy.txt"),
        ("entry.efg", "--write", "no/folder.efg"),
    ],
)
def test_what_cannot_be_read_or_written_is_one_sentence(
    arguments: tuple[str, ...], files: Command
) -> None:
    """Exit code 2, a sentence, and nothing on standard output."""
    result = files("game", *arguments)
    assert result.exit_code == 2 and result.stdout == ""
    assert len(result.stderr.splitlines()) == 1

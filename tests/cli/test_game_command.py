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
    assert "which rest on no empty threat" in text


def test_private_types_leave_empty_threats(files: Command) -> None:
    """Who does not know whom it meets begins no game of its own: perfection rules little out."""
    text = files("game", "stockholm-three-issues").stdout
    assert "elsewhere none is ruled out" in text and "rest on no empty threat" not in text


def test_many_actions_of_one_side_are_no_trouble(files: Command, tmp_path: Path) -> None:
    """2 by 200: all equilibria, and a list of what is never played that fits a line."""
    payoffs = " ".join(f"{1 + k % 2} {-((k // 2 - 75) ** 2)}" for k in range(400))
    (tmp_path / "wide.nfg").write_text(f'NFG 1 R "wide" {{ "a" "b" }} {{ 2 200 }} {payoffs}')
    text = files("game", "wide.nfg").stdout
    assert text.startswith("wide\n\n2 actions of a, 200 of b\n") and "Equilibria\n" in text
    assert "2 / 76: 2, 0\n" in text and "19, 20 and 179 more of 199\n" in text
    payoffs = " ".join("1 2" for _ in range(61 * 61))
    (tmp_path / "large.nfg").write_text(f'NFG 1 R "large" {{ "a" "b" }} {{ 61 61 }} {payoffs}')
    refused = files("game", "large.nfg")
    assert refused.exit_code == 2
    assert refused.stderr.strip() == "game: 61 by 61 actions make 3,721 cells; allowed: 3,600."


def test_a_deep_tree_is_looked_through(files: Command, tmp_path: Path) -> None:
    """Too many strategies for a table, but whoever looks ahead goes on to the end."""
    moves = "".join(f'p "" {k % 2 + 1} {k // 2 + 1} "" {{ "go" "stop" }} 0\n' for k in range(1_200))
    ends = "".join(f't "" {k + 1} "" {{ {-k}, {-k} }}\n' for k in range(1_201))
    (tmp_path / "deep.efg").write_text(f'EFG 2 R "deep" {{ "a" "b" }}\n{moves}{ends}')
    text = files("game", "deep.efg").stdout
    assert "a or b has too many strategies for a table of payoffs." in text
    assert "go, go and 1,180 more of 1,200: 0, 0\n" in text and "too many to list" in text
    data = json.loads(files("game", "deep.efg", "--json").stdout)
    assert data["payoffs"] is None and len(data["tree"]["look_ahead"]["path"]) == 1_200
    hidden = moves.replace('p "" 2 2 ', 'p "" 2 1 ')  # now one does not know where it is
    (tmp_path / "hidden.efg").write_text(f'EFG 2 R "hidden" {{ "a" "b" }}\n{hidden}{ends}')
    refused = files("game", "hidden.efg")
    assert refused.exit_code == 2
    assert refused.stderr == "game: too many plays of too many actions; allowed: a smaller tree.\n"


def test_a_tie_in_the_last_digit_is_told(files: Command, tmp_path: Path) -> None:
    """Of the table, of looking ahead and of the equilibria on the tree."""
    (tmp_path / "tie.efg").write_text(
        'EFG 2 R "tie" { "a" "b" }\np "" 1 1 "" { "x" "y" } 0\n'
        't "" 1 "" { 0.30000000000000004, 1 }\nt "" 2 "" { 0.3, 1 }\n'
    )
    text = files("game", "tie.efg").stdout
    assert text.count("  Some payoffs or mixtures differ in their last digits only") == 3
    assert text.count("  and mixtures of these\n") == 2


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

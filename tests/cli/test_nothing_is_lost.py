"""The answer to one question never takes the place of another's, nor of somebody else's file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import negotiation as ng

Command = Callable[..., Result]
PIE = "split-the-pie"
SMALL = ("--runs", "40", "--worlds", "0")
PAIR = ("--strategy", "linear", "--strategy", "boulware")
MORRIS = (
    "sensitivity", "stockholm-three-issues", "--method", "morris", "--samples", "4", "--runs",
    "20", "--number", "us.precision",
)  # fmt: skip
DESIGN = f"""
scenario = "{PIE}"
replicates = 20
[[levers]]
over = {{ "us.patience" = [0.5, 0.9] }}
"""


def content(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    "changes",
    [{"--seed": "2"}, {"--runs": "41"}, {"--worlds": "2"}, {"--seed": "2", "--runs": "41"}],
)
def test_another_seed_or_number_of_runs_has_another_folder(
    negotiation: Command, tmp_path: Path, changes: dict[str, str]
) -> None:
    """The first answer stays; the same question again gives the same files."""
    first = {"--runs": "40", "--worlds": "0", "--seed": "1"}
    for asked in (first, first | changes, first | changes):
        done = negotiation("odds", PIE, *(word for pair in asked.items() for word in pair))
        assert done.exit_code == 0, done.stderr
        if asked == first:
            before = content(tmp_path / "out")
    after = content(tmp_path / "out")
    assert len(before) == 4 and len(after) == 8
    assert {name: after[name] for name in before} == before


def test_the_usual_question_has_the_folder_of_the_scenario(
    negotiation: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No number in its name; a tournament's likewise."""
    monkeypatch.setattr("negotiation.cli.verbs.tournament.RUNS", 4)
    assert negotiation("odds", PIE).exit_code == 0
    assert negotiation("tournament", PIE, *PAIR, "--runs", "4").exit_code == 0
    assert (tmp_path / "out" / PIE / "odds.json").is_file()
    assert (tmp_path / "out" / PIE / "among_linear_boulware" / "tournament.json").is_file()


@pytest.mark.parametrize(
    ("asked", "other", "differs"),
    [
        (("odds", PIE, *SMALL), ("--seed", "2"), "seed 1, not 2"),
        (("odds", PIE, *SMALL), ("--set", "us.patience=0.8"), "scenario "),
        (("tournament", PIE, *PAIR, "--runs", "4"), ("--strategy", "conceder"), "strategies "),
        (MORRIS, ("--number", "china.precision"), "numbers "),
        (MORRIS, ("--outcome", "deal"), "outcome summit_deal, not deal"),
    ],
)
def test_a_folder_that_was_named_holds_one_answer(
    negotiation: Command, tmp_path: Path, asked: tuple[str, ...], other: tuple[str, ...],
    differs: str,
) -> None:  # fmt: skip
    """Another question is refused in a sentence that says how it differs; the same is not."""
    asked = (*asked, "--out", "here")
    for _ in range(2):
        assert negotiation(*asked).exit_code == 0
    before = content(tmp_path)
    refused = negotiation(*asked, *other)
    assert refused.exit_code == 2 and refused.stdout == ""
    assert f"answers another question ({differs}" in refused.stderr
    assert content(tmp_path) == before


@pytest.fixture
def swept(negotiation: Command) -> None:
    """A sweep in the folder ``swept``."""
    Path("design.toml").write_text(DESIGN)
    assert negotiation("sweep", "design.toml", "--quiet", "--out", "swept").exit_code == 0


PLACES = {
    "odds --out": (("odds", PIE, *SMALL, "--out", "."), "odds.png"),
    "odds --json --out": (("odds", PIE, *SMALL, "--json", "--out", "."), "odds.json"),
    "odds --csv": (("odds", PIE, *SMALL, "--json", "--csv", "t.csv"), "t.csv"),
    "odds --csv any name": (("odds", PIE, *SMALL, "--json", "--csv", "t.dat"), "t.dat"),
    "odds --xlsx": (("odds", PIE, *SMALL, "--json", "--xlsx", "t.xlsx"), "t.xlsx"),
    "odds --days": (("odds", PIE, *SMALL, "--json", "--days", "t.csv"), "t.csv"),
    "odds --days parquet": (("odds", PIE, *SMALL, "--json", "--days", "t.parquet"), "t.parquet"),
    "tournament --out": (
        ("tournament", PIE, *PAIR, "--runs", "4", "--out", "."), "tournament-china.txt",
    ),
    "sensitivity --out": ((*MORRIS, "--out", "."), "sensitivity-morris.svg"),
    "report": (("report", "swept", "--worlds", "0"), "swept/report.html"),
    "report --cell": (
        ("report", "swept", "--worlds", "0", "--cell", "1"), "swept/report-cell-1.html",
    ),
    "report --out": (("report", "swept", "--worlds", "0", "--out", "my.html"), "my.html"),
    "report --out any name": (("report", "swept", "--worlds", "0", "--out", "my"), "my"),
    "report --explorable": (("report", "swept", "--explorable"), "swept/explorable.html"),
    "report --csv": (("report", "swept", "--worlds", "0", "--csv", "t.csv"), "t.csv"),
    "sweep --csv": (("sweep", "design.toml", "--out", "b", "--csv", "t.csv"), "t.csv"),
    "plot": (("plot", "swept", "--worlds", "0"), "swept/figures/odds.svg"),
    "plot --out": (("plot", "swept", "--worlds", "0", "--out", "."), "odds.txt"),
    "hindcast --csv": (("hindcast", "--pair", "US-Turkey", "--csv", "t.csv"), "t.csv"),
    "compare --xlsx": (
        ("compare", PIE, "--set", "us.patience=0.5", *SMALL, "--xlsx", "t.xlsx"), "t.xlsx",
    ),
    "game --write": (("game", "mine.nfg", "--write", "t.nfg"), "t.nfg"),
    "calibrate --csv": (("calibrate", "--csv", "t.csv"), "t.csv"),
}  # fmt: skip
NEW = ("game --write",)  # takes the name of a new file only


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.usefixtures("swept")
def test_a_file_of_somebody_else_is_not_replaced(
    negotiation: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Refused in a sentence before anything is written; once it is away the command works.

    Then it works again over what it has written itself.
    """
    asked, name = PLACES[place]
    ng.interop.write_nfg(ng.theory.Game([[1, 0], [0, 1]]), tmp_path / "mine.nfg")
    theirs = tmp_path / name
    theirs.parent.mkdir(exist_ok=True)
    theirs.write_text("kind,name\nmine,1\n")
    before = content(tmp_path)
    refused = negotiation(*asked)
    assert refused.exit_code == 2 and refused.stdout == "", refused.output
    assert name in refused.stderr and refused.stderr.count("\n") == 1
    assert content(tmp_path) == before
    theirs.unlink()
    for again in range(1 if place in NEW else 2):
        if again and place == "sweep --csv":
            asked = (*asked, "--resume")
        done = negotiation(*asked)
        assert done.exit_code == 0, done.output
        assert theirs.read_bytes()[:9] != b"kind,name"


def test_a_file_that_was_changed_since_is_somebody_elses(negotiation: Command) -> None:
    """A workbook that was edited keeps the date at which it was made, not that of its change."""
    asked = ("odds", PIE, *SMALL, "--json", "--xlsx", "t.xlsx", "--csv", "t.csv")
    assert negotiation(*asked).exit_code == 0
    text = Path("t.csv").read_text()
    Path("t.csv").write_text(text.replace('"kind","name"', '"kind","note","name"'))
    refused = negotiation(*asked)
    assert refused.exit_code == 2 and "t.csv: not written" in refused.stderr
    Path("t.csv").write_text("")  # as `mktemp` makes one
    assert negotiation(*asked).exit_code == 0

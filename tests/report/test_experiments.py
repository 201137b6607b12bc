"""The experiments: each says before its results what would change our mind, and is answered."""

from __future__ import annotations

import csv
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from negotiation.cli.app import app
from negotiation.sweep import Results, load_design

EXPERIMENTS = Path(__file__).parents[2] / "experiments"
SWEEPS = sorted(path.parent for path in EXPERIMENTS.glob("*/sweep.toml"))


def words(text: str) -> str:
    """Return a text's letters only, so that line breaks and quotes do not matter."""
    return re.sub(r"[^a-z]+", "", text.lower())


@pytest.mark.parametrize("folder", SWEEPS, ids=lambda folder: folder.name)
def test_what_would_change_our_mind_is_stated_and_answered(folder: Path) -> None:
    """Every statement in the question has its verdict in the figures, and none comes unasked."""
    question = (folder / "question.md").read_text("utf-8")
    title = question.splitlines()[0].removeprefix("# ")
    assert load_design(folder / "sweep.toml").question == title
    part = question.partition("## What would change our mind")[2].partition("## How to read it")
    claims = re.findall(r"^\* \*\*(That .*?)\.\*\*", part[0], re.MULTILINE)
    assert len(claims) >= 3 and part[2].strip()
    program = (folder / "figures.py").read_text("utf-8")
    for claim in claims:
        assert words(claim) in words(program), claim
    assert program.count("found.mind(") == len(claims)


def test_the_index_names_every_experiment() -> None:
    """The list has each of them, at the size at which it is played."""
    index = (EXPERIMENTS / "README.md").read_text("utf-8")
    for path in EXPERIMENTS.glob("*/question.md"):
        assert f"({path.parent.name}/question.md)" in index
    for folder in SWEEPS:
        design = load_design(folder / "sweep.toml")
        (row,) = (line for line in index.splitlines() if f"({folder.name}/question.md)" in line)
        assert f"{len(design)} x {design.replicates:,}" in row
        assert f"[{design.question}]" in row


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Call the program that plays the experiments."""
    command = [sys.executable, str(EXPERIMENTS / "run.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def in_this_process(command: list[str]) -> int:
    """Run a command of the program, or a program of an experiment, without a process of its own."""
    if Path(command[0]).name == "negotiation":
        return CliRunner().invoke(app(), command[1:]).exit_code
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(EXPERIMENTS.parent)
        patch.setattr(sys, "argv", command[1:])
        patch.syspath_prepend(str(Path(command[1]).parent))
        runpy.run_path(command[1], run_name="__main__")
    return 0


def test_an_experiment_is_played_told_and_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Few runs of one experiment: report, findings and pictures are there; a failure is named.

    It is played in processes, as by its reader, and gone on with in this one, which has imported
    everything.
    """
    asked = ("april-peak", "--replicates", "40", "--out", str(tmp_path))
    done = run(*asked)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "april-peak"
    page = (folder / "findings.md").read_text("utf-8")
    assert "8 cells of 40 runs" in page and page.count("\n* *That ") == 4
    assert page.count("](findings.png)") == 1 and "`endings.png`, drawn by" in page
    made = ("report.html", "findings.png", "findings.svg", "endings.png", "summary.parquet")
    for name in made:
        assert (folder / name).stat().st_size > 0
    with (folder / "summary.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["settings"] for row in rows][:2] == [
        "tariffs.peak_weight = 0.0",
        "tariffs.peak_weight = 0.05",
    ]
    shares = Results.load(folder).odds(outcomes="summit_deal")
    assert [float(row["summit_deal"]) for row in rows] == pytest.approx(
        shares["share"].to_pylist(), abs=5e-5
    )
    part = next((folder / "runs" / "parts").iterdir())
    written = part.stat().st_mtime_ns
    (folder / "findings.md").unlink()
    program = runpy.run_path(str(EXPERIMENTS / "run.py"))
    monkeypatch.setitem(program["played"].__globals__, "called", in_this_process)
    assert program["played"]("april-peak", tmp_path, 40) == 0
    assert part.stat().st_mtime_ns == written  # the runs were kept
    assert (folder / "findings.md").read_text("utf-8") == page
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    (blocked / "april-peak").write_text("in the way")
    monkeypatch.setattr(sys, "argv", ["run.py", *asked[:3], "--out", str(blocked)])
    assert program["main"]() == 1
    assert "failed: april-peak" in capsys.readouterr().err

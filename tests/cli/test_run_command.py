"""``negotiation run``: the transcript, and the same as data."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import negotiation as ng


def test_prints_the_transcript(negotiation: Callable[..., Result]) -> None:
    """The text is that of the library, with nothing else on standard output."""
    result = negotiation("run", "split-the-pie", "--seed", "7")
    talks = ng.run(ng.Scenario.load("split-the-pie"), seed=7)
    assert result.stdout == f"{talks.transcript}\n"


def test_json_tells_the_same_story(negotiation: Callable[..., Result]) -> None:
    """The data hold outcome, package, gains, types and every event with its date, in order."""
    data = json.loads(negotiation("run", "--json", "--seed", "2").stdout)
    assert (data["scenario"], data["seed"], data["run"]) == ("stockholm-2025", 2, 0)
    dates = [dt.date.fromisoformat(entry["date"]) for entry in data["transcript"]]
    assert dates and min(dates) >= dt.date(2025, 7, 28)
    assert max(dates) <= dt.date(2025, 11, 30)
    assert {"date", "phase", "kind", "side", "text", "detail"} == set(data["transcript"][0])
    assert set(data["types"]) == {"us", "china"}


def test_number_of_the_run_is_its_address(negotiation: Callable[..., Result]) -> None:
    """Run 3 of a seed is told the same way twice and differs from run 4."""
    third, again, fourth = (negotiation("run", "--seed", "1", "--run", n).stdout for n in "334")
    assert third == again != fourth


def test_suggests_the_next_run_beside_the_text(negotiation: Callable[..., Result]) -> None:
    """The suggestion stands on standard error, so a pipe gets the transcript alone."""
    result = negotiation("run", "split-the-pie", "--seed", "1")
    assert "Next: negotiation run split-the-pie --seed 1 --run 1" in result.stderr
    assert "Next" not in result.stdout
    assert "Next" not in negotiation("run", "split-the-pie", "--quiet").stderr


def test_a_strategy_in_the_working_folder_is_found(
    negotiation: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A user's own class needs no package: its file lies where the command is typed."""
    monkeypatch.setattr(sys, "path", [place for place in sys.path if place])
    code = "import negotiation as ng\n\n\nclass Half(ng.Strategy):\n    def share(self, view):\n"
    Path("lies_in_the_working_folder.py").write_text(f"{code}        return 0.5\n", "utf-8")
    result = negotiation("run", "split-the-pie", "--us", "lies_in_the_working_folder:Half")
    assert result.exit_code == 0
    assert "lies_in_the_working_folder" in sys.modules


def test_without_the_compiler_it_is_the_same_run(negotiation, tmp_path):
    """The rules can be stepped through as plain Python, and play the very same negotiation."""
    arguments = ("run", "stockholm-three-issues", "--seed", "2", "--quiet")
    command = [sys.executable, "-m", "negotiation", *arguments]
    slow = os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONIOENCODING": "utf-8"}
    told = subprocess.run(command, capture_output=True, text=True, env=slow, cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    assert told.stdout == negotiation(*arguments).stdout

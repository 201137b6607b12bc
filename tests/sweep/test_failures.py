"""A cell that fails is a finding of the sweep, not its end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from negotiation.ensemble import Ensemble
from negotiation.scenario import Scenario
from negotiation.sweep import Design, grid, sweep
from negotiation.sweep.executors import Inline

pytestmark = pytest.mark.usefixtures("small_blocks")
BAD_RUN = 137


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run 137 raises where a demand costs 8."""
    play = Ensemble.rows

    def play_or_fail(self: Ensemble, *, first: int, count: int, **rest: Any) -> Any:
        if self.scenario.deadline.ultimatum.value == 8.0 and first <= BAD_RUN < first + count:
            raise FloatingPointError("the price is wrong")
        return play(self, first=first, count=count, **rest)

    monkeypatch.setattr(Ensemble, "rows", play_or_fail)


@pytest.mark.usefixtures("failing")
def test_a_failure_says_which_run_of_which_cell_and_why(design: Design, tmp_path: Path) -> None:
    """Stage, type, message, traceback, and the address that replays it; the other cells go on."""
    results = sweep(design, seed=7, store=tmp_path, executor=Inline())
    failures = results.failures.to_pylist()
    assert [f["cell"] for f in failures] == [4, 5]
    for failure in failures:
        assert failure["stage"] == "play" and failure["type"] == "FloatingPointError"
        assert failure["message"] == "the price is wrong"
        assert (failure["seed"], failure["run"]) == (7, BAD_RUN)
        assert "play_or_fail" in failure["traceback"] and "/" not in failure["traceback"]
        ensemble = Ensemble(design.scenario_of(failure["cell"]))
        with pytest.raises(FloatingPointError):
            ensemble.tally(seed=failure["seed"], first=failure["run"], count=1)
    assert (results.runs[:4] == design.replicates).all()
    assert (results.runs[4:] < design.replicates).all()


@pytest.mark.usefixtures("failing")
def test_the_odds_of_a_failed_cell_count_only_the_runs_that_were_played(design: Design) -> None:
    """The number of runs behind the odds is reported; a pair needs both of its runs."""
    results = sweep(design, seed=7, executor=Inline())
    n = {row["cell"]: row["n"] for row in results.odds(outcomes="deal").to_pylist()}
    assert n[0] == design.replicates > n[4] == results.runs[4] > 0


def test_failures_can_be_played_again_once_the_cause_is_gone(
    design: Design, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: Any
) -> None:
    """A plain resume keeps a failure (it is deterministic); retrying gives the bytes without it."""
    with monkeypatch.context() as patch:
        patch.setattr(Ensemble, "rows", lambda *a, **k: (_ for _ in ()).throw(OSError("full")))
        broken = sweep(design, seed=7, store=tmp_path / "s", executor=Inline())
        assert broken.runs.sum() == 0 and len(broken.failures) > 0
        assert np.isnan(broken.odds()["share"].to_numpy()).all()
    assert sweep(design, seed=7, store=tmp_path / "s", executor=Inline()).runs.sum() == 0
    sweep(design, seed=7, store=tmp_path / "s", executor=Inline(), retry_failures=True)
    sweep(design, seed=7, store=tmp_path / "whole", executor=Inline())
    assert content(tmp_path / "s") == content(tmp_path / "whole")


def test_settings_that_contradict_one_another_fail_as_a_cell(scenario: Scenario) -> None:
    """Each value is allowed alone, their combination is not: the cell fails, the others count."""
    window = {
        "calendar.summit_from": ["2025-10-25", "2025-11-04"],
        "calendar.summit_to": ["2025-11-05", "2025-11-01"],
    }
    results = sweep(grid(scenario, window, replicates=50), seed=1, executor=Inline())
    assert results.runs.tolist() == [50, 50, 50, 0]
    (failure,) = results.failures.to_pylist()
    assert failure["cell"] == 3 and failure["stage"] == "scenario"
    assert "summit_to" in failure["message"]


def test_a_failed_baseline_leaves_the_odds_and_takes_only_the_pairs(
    design: Design, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its partner a cell has odds but no paired difference."""
    play = Ensemble.rows

    def fails_at_baseline(self: Ensemble, **rest: Any) -> Any:
        if (self.scenario.deadline.ultimatum.value, self.scenario.deadline.accident.value) == (
            0.5,
            0.0,
        ):
            raise ValueError("no")
        return play(self, **rest)

    monkeypatch.setattr(Ensemble, "rows", fails_at_baseline)
    results = sweep(design, seed=99, executor=Inline())
    assert results.runs.tolist() == [0] + [300] * 5
    assert np.isnan(results.differences()["difference"].to_numpy()).all()
    assert not np.isnan(results.odds().to_pandas().query("cell > 0")["share"]).any()

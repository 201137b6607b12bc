"""The exchange of offers that the benchmarks write in NumPy is the one that the rules play."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from runpy import run_path

import numpy as np

import negotiation as ng
from negotiation.ensemble import Ensemble

RUNS, SEED = 2_000, 7


def test_runs_side_by_side_in_arrays_are_those_of_the_ensemble(root: Path) -> None:
    """Each has the same day, stance and division; days, stances and divisions do differ."""
    in_numpy = run_path(str(root / "benchmarks" / "against" / "in_numpy.py"))
    ensemble = Ensemble(ng.Scenario.load("split-the-pie").replace(in_numpy["PARTING"]))
    rows = ensemble.rows(seed=SEED, first=100, count=RUNS)
    found = in_numpy["play"](in_numpy["pie_of"](ensemble), SEED, 100, RUNS)
    assert len(np.unique(found.day)) > 10 and set(found.stance) == {0, 1, 2}
    assert len(np.unique(found.z.round(9))) > 20
    np.testing.assert_array_equal(found.day, rows["deal_day"])
    np.testing.assert_array_equal(4 * found.stance, rows["types"][:, 0])
    np.testing.assert_allclose(found.z, rows["package"][:, 0], rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.gain, rows["yearly_gain"].T, rtol=0, atol=1e-12)


def test_runs_without_an_agreement_are_the_same_too(root: Path) -> None:
    """Moods that differ more than the pie is worth, and hawks that withdraw what they offer."""
    in_numpy = run_path(str(root / "benchmarks" / "against" / "in_numpy.py"))
    moody = {"us.precision": 1.0, "china.precision": 1.0, "us.types.stance": [0.0, 0.5, 40.0]}
    ensemble = Ensemble(ng.Scenario.load("split-the-pie").replace(in_numpy["PARTING"] | moody))
    rows = ensemble.rows(seed=SEED, first=0, count=RUNS)
    found = in_numpy["play"](in_numpy["pie_of"](ensemble), SEED, 0, RUNS)
    assert 0 < (found.day < 0).sum() < RUNS
    np.testing.assert_array_equal(found.day, rows["deal_day"])
    np.testing.assert_allclose(found.z, rows["package"][:, 0], rtol=0, atol=1e-12)


def test_a_last_tick_that_begins_on_the_last_day_has_no_length(root: Path) -> None:
    """Nothing is divided by it: as plain Python the rules reach the horizon of any scenario."""
    command = [sys.executable, str(root / "benchmarks" / "count_draws.py"), "split-the-pie", "2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) > 100

"""The searches of the solvers settle, and where one does not it moves no odds."""

from __future__ import annotations

import json

import numpy as np
import pytest

import negotiation as ng
from negotiation.ensemble import Ensemble

WORLDS, EACH = 1_000, 10
SHIPPED = ("stockholm-2025", "stockholm-three-issues")


@pytest.fixture(scope="module", params=SHIPPED)
def rows(request):
    """Ten runs of each of a thousand worlds."""
    ensemble = Ensemble(ng.Scenario.load(request.param))
    return ensemble.rows(seed=41, first=0, count=WORLDS * EACH, runs_per_world=EACH)


def test_under_one_world_in_500_leaves_a_search_open(rows):
    """A world counts if in any of its runs a search did not settle."""
    open_in = (rows["unsettled"].reshape(WORLDS, EACH) > 0).any(axis=1)
    assert open_in.sum() < WORLDS / 500


def test_without_those_runs_the_odds_are_the_same(rows):
    """Within the error of chance of so many runs, for every event."""
    settled = rows[rows["unsettled"] == 0]
    for name in ("events", "state"):
        found = rows[name].reshape(len(rows), -1), settled[name].reshape(len(settled), -1)
        every, without = (table.mean(axis=0) for table in found)
        error = np.maximum(found[0].std(axis=0), 1e-9) / len(rows) ** 0.5
        assert (np.abs(every - without) <= error).all()


def test_the_manifest_says_in_how_many_runs(tmp_path):
    """Of all cells together."""
    scenario = ng.Scenario.load("stockholm-three-issues")
    design = ng.grid(scenario, {"us.patience": [0.8, 0.9]}, replicates=200)
    ng.sweep(design, seed=1, store=tmp_path / "s")
    told = json.loads((tmp_path / "s" / "manifest.json").read_text("utf-8"))
    cells = [Ensemble(design.scenario_of(c)).rows(seed=1, first=0, count=200) for c in range(2)]
    assert told["unsettled"] == sum(np.count_nonzero(cell["unsettled"]) for cell in cells)

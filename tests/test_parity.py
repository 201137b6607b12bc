"""One model, two drivers: the Mesa model and the compiled ensemble play one run (limit L10)."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
import pytest

from negotiation.analysis.odds import odds
from negotiation.ensemble import Ensemble, chunks, tally_runs
from negotiation.model import NegotiationModel
from negotiation.outcome import AT_HORIZON
from negotiation.scenario import Scenario
from negotiation.tactics.registry import BUILT_IN

SCENARIOS = ("stockholm-2025", "stockholm-three-issues", "split-the-pie")
PAIRS = list(itertools.product(range(len(BUILT_IN)), repeat=2))


@cache
def ensemble_of(name: str) -> Ensemble:
    """A shipped scenario made ready, once."""
    return Ensemble(Scenario.load(name))


def different(scenario: Scenario, seed: int, run: int) -> bool:
    """Whether the Mesa model and the ensemble differ in any bit of a run."""
    row = Ensemble(scenario).rows(seed=seed, first=run, count=1)
    return NegotiationModel(scenario, seed=seed, run=run).play().row().tobytes() != row.tobytes()


@pytest.mark.parametrize("other", [False, pytest.param(True, marks=pytest.mark.long)])
@pytest.mark.parametrize("tick", [3.5, 10.0])
def test_every_pair_of_strategies_is_the_same_run_in_every_driver(tick, other):
    """One run of every pair over the three issues, several rounds to a tick or ticks to a round.

    Every other pair at one tick, the rest at the other, so that each strategy meets half of all at
    either; the long tests play the other half. There is one order of play, so this holds by
    construction; what it tests is that a run stopped at some decisions, and played on by Mesa's
    loop, is not disturbed by that.
    """
    base = ensemble_of(SCENARIOS[1]).scenario.replace({"clock.tick_days": tick})
    names = list(BUILT_IN)
    wrong = [
        (names[us], names[china])
        for run, (us, china) in enumerate(PAIRS)
        if (us + china) % 2 == ((tick > 7.0) ^ other)
        and different(
            base.replace({"us.strategy": names[us], "china.strategy": names[china]}), 8, run
        )
    ]
    assert wrong == []


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_where_the_range_is_cut_does_not_matter(size):
    """Rows of 200 runs are the same in chunks of 1, 7, 64 and 1000, and from any first run."""
    ensemble = ensemble_of(SCENARIOS[0])
    whole = ensemble.rows(seed=6, first=11, count=200)
    parts = [ensemble.rows(seed=6, first=a, count=n) for a, n in chunks(11, 200, size)]
    assert np.concatenate(parts).tobytes() == whole.tobytes()
    assert (whole["run"] == np.arange(11, 211)).all()


@pytest.mark.parametrize("runs_per_world", [1, 40])
def test_workers_change_nothing(monkeypatch, runs_per_world):
    """The tally on one and on three threads, in five tasks, is the tally in this one."""
    monkeypatch.setattr("negotiation.ensemble.CHUNK", 1000)
    ensemble = ensemble_of(SCENARIOS[0])
    tasks = []

    def tally(executor=None):
        tasks.clear()
        return tally_runs(
            ensemble, seed=5, runs=5000, first=17, runs_per_world=runs_per_world,
            executor=executor, progress=tasks.append,
        )  # fmt: skip

    here = tally()
    assert tasks == [1000] * 5
    for workers in (1, 3):
        with ThreadPoolExecutor(workers) as executor:
            there = tally(executor)
        assert there.runs == here.runs == 5000
        assert (there.at_horizon == here.at_horizon).all()
        assert (there.events == here.events).all()
        assert (there.terms == here.terms).all()


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_tally_counts_the_rows(name):
    """States and events of a tally are the sums over the rows; states exclude one another."""
    ensemble = ensemble_of(name)
    rows = ensemble.rows(seed=7, first=3, count=500)
    tally = ensemble.tally(seed=7, first=3, count=500)
    counts = np.bincount(rows["state"], minlength=len(AT_HORIZON))
    assert (tally.at_horizon == counts).all()
    assert (tally.events == rows["events"].sum(axis=0)).all()
    assert tally.at_horizon.sum() == 500
    signed = rows[rows["state"] < 2]  # by leaders, or by delegations
    assert tally.deals == len(signed)
    packages = np.stack([signed["package"], signed["package"] ** 2], axis=-1)
    assert (tally.terms == np.rint(packages * 1e6).sum(axis=0)).all()


def test_odds_are_the_tally_divided_by_the_runs():
    """What the user is shown is the count of the ensemble, on any executor."""
    scenario = ensemble_of(SCENARIOS[1]).scenario
    rows = ensemble_of(SCENARIOS[1]).rows(seed=1, first=0, count=400)
    with ThreadPoolExecutor(2) as executor:
        spread = odds(scenario, runs=400, seed=1, worlds=3, executor=executor)
    assert spread == odds(scenario, runs=400, seed=1, worlds=3)
    for i, state in enumerate(AT_HORIZON):
        assert spread.at_horizon[state].p == (rows["state"] == i).mean()


def test_a_run_alone_is_the_run_of_the_batch():
    """Run 123 played alone is run 123 of a batch: nothing of a run is left over for the next."""
    ensemble = ensemble_of(SCENARIOS[0])
    batch = ensemble.rows(seed=1, first=100, count=50)
    for i in range(0, 50, 7):
        alone = ensemble.rows(seed=1, first=100 + i, count=1)
        assert alone.tobytes() == batch[i : i + 1].tobytes()


REPLAY = """
from negotiation.model import NegotiationModel
from negotiation.scenario import Scenario
model = NegotiationModel(Scenario.load("stockholm-2025"), seed=42, run=9).play()
print(model.row().tobytes().hex())
print([(e.day, e.phase, e.kind, e.side) for e in model.events])
"""


def test_a_run_is_the_same_in_a_fresh_process():
    """The address (scenario, seed, run) is all there is to a run: no clock, no hash seed."""
    model = NegotiationModel(ensemble_of(SCENARIOS[0]).scenario, seed=42, run=9).play()
    told = [(e.day, e.phase, e.kind, e.side) for e in model.events]
    fresh = subprocess.run(
        [sys.executable, "-c", REPLAY],
        env={**os.environ, "PYTHONHASHSEED": "77"},
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    row, events = fresh.stdout.splitlines()
    assert row == model.row().tobytes().hex()
    assert events == str(told)

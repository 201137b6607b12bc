"""Every day of many negotiations: the same runs as anywhere else, in pieces."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as pq
import pytest

import negotiation as ng
from negotiation.errors import InputError
from negotiation.scenario import Scenario
from negotiation.sweep import days as module
from negotiation.sweep.days import days, write_days

RUNS = 60


@pytest.fixture(scope="module")
def table() -> pa.Table:
    """Sixty runs of the three issues, in pieces of a few runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "ROWS_AT_ONCE", 200)
        pieces = list(days("stockholm-three-issues", runs=RUNS, seed=3))
    assert 5 < len(pieces) < RUNS
    return pa.Table.from_batches(pieces)


def test_a_run_day_by_day_is_the_run_that_is_played_alone(table: pa.Table) -> None:
    """State, tension and expiry at the start of every tick, and at the horizon."""
    frame = table.to_pandas()
    for run in (0, 7, RUNS - 1):
        mine = frame[(frame["run"] == run) & (frame["side"] == "china")].reset_index()
        talks = ng.run("stockholm-three-issues", seed=3, run=run)
        alone = talks.to_pandas()
        assert mine["state"].tolist() == alone["regime"].tolist()
        for name in ("day", "tension", "expiry"):
            assert mine[name].tolist() == alone[name].tolist()
        assert mine["account"].iloc[-1] == talks.account["china"]
        assert mine["date"][0] == talks.scenario.calendar.start


def test_the_last_days_are_the_rows_of_the_ensemble(table: pa.Table) -> None:
    """What the odds count is what the table ends with, run by run."""
    from negotiation.ensemble import Ensemble

    rows = Ensemble("stockholm-three-issues").rows(seed=3, first=0, count=RUNS)
    last = table.to_pandas().groupby(["run", "side"], observed=True).last()
    for i, side in enumerate(("us", "china")):
        own = last.xs(side, level="side")
        assert np.array_equal(own["account"], rows["account"][:, i])
        assert np.array_equal(own["steps"], rows["provocations"][:, i])
    deals = last.xs("us", level="side")["deals"] > 0
    assert np.array_equal(deals, rows["deal_day"] >= 0) and deals.any() and not deals.all()


def test_runs_share_worlds_as_elsewhere(scenario: Scenario) -> None:
    """Run 5 of worlds of three runs is that run, whichever the first one is."""
    late = next(days(scenario, runs=1, seed=2, first=5, runs_per_world=3))
    whole = pa.Table.from_batches(days(scenario, runs=6, seed=2, runs_per_world=3)).to_pandas()
    assert late.to_pandas().equals(whole[whole["run"] == 5].reset_index(drop=True))


@pytest.mark.parametrize("name", ["days.parquet", "days.csv"])
def test_the_table_is_written_piece_by_piece(table: pa.Table, tmp_path: Path, name: str) -> None:
    """As one file, with the same content."""
    rows = write_days(iter(table.to_batches()), tmp_path / name)
    read = (pq.read_table if name.endswith("parquet") else csv.read_csv)(tmp_path / name)
    assert rows == len(table) == len(read) and read.column_names == table.column_names
    assert read["side"][:2].to_pylist() == ["us", "china"]
    assert read["tension"].to_pylist() == table["tension"].to_pylist()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_too_many_rows_or_another_format_are_refused(tmp_path: Path) -> None:
    """Before a run is played."""
    with pytest.raises(InputError, match="runs = 1000000000 is out of range"):
        days("split-the-pie", runs=10**9)
    with pytest.raises(InputError, match="days.txt: name it .parquet or .csv"):
        write_days(iter(()), tmp_path / "days.txt")

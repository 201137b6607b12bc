"""The store: killed anywhere, torn anywhere, extended, split: the same bytes in the end."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from needing import needed

from negotiation.errors import FileProblems, InputError, MissingFile
from negotiation.scenario import Scenario
from negotiation.sweep import Design, Results, atomic, grid, merge, sweep
from negotiation.sweep.executors import Inline
from negotiation.sweep.failure import LostWorkers, SweepInterrupted
from negotiation.sweep.merging import shard_folder
from negotiation.sweep.scores import SCORES

Content = Callable[[Path], dict[str, str]]

pytestmark = pytest.mark.usefixtures("small_blocks")


class Stop(Exception):
    """Raised in the middle of a sweep, as a power cut would."""


def stopping_after(blocks: int, error: type[BaseException] = Stop) -> Callable[[int], None]:
    """Return a progress function that raises after so many blocks."""
    seen = []

    def progress(runs: int) -> None:
        seen.append(runs)
        if len(seen) >= blocks:
            raise error

    return progress


@pytest.fixture
def whole(design: Design, tmp_path: Path, content: Content) -> dict[str, str]:
    """The content of the store of an uninterrupted sweep."""
    sweep(design, seed=7, store=tmp_path / "whole", executor=Inline())
    return content(tmp_path / "whole")


@pytest.mark.parametrize("blocks", [1, 2, 3])
def test_a_sweep_stopped_anywhere_and_resumed_ends_with_the_same_bytes(
    design: Design, tmp_path: Path, content: Content, whole: dict[str, str], blocks: int
) -> None:
    """Every data file, the status log included, equals that of an uninterrupted sweep."""
    with pytest.raises(Stop):
        sweep(
            design, seed=7, store=tmp_path / "s", executor=Inline(), progress=stopping_after(blocks)
        )
    assert content(tmp_path / "s") != whole
    sweep(design, seed=7, store=tmp_path / "s", executor=Inline())
    assert content(tmp_path / "s") == whole


def test_resuming_plays_only_what_is_missing(design: Design, tmp_path: Path) -> None:
    """Parts that are there are read, not played again: their files are not touched."""
    with pytest.raises(Stop):
        sweep(design, seed=7, store=tmp_path, executor=Inline(), progress=stopping_after(2))
    before = {f: f.stat().st_mtime_ns for f in (tmp_path / "parts").iterdir()}
    sweep(design, seed=7, store=tmp_path, executor=Inline())
    assert len(before) == 2
    assert {f: f.stat().st_mtime_ns for f in before} == before


def damage_tail(file: Path) -> None:
    """Cut a file short."""
    file.write_bytes(file.read_bytes()[:-100])


def damage_middle(file: Path) -> None:
    """Change one byte."""
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))


@pytest.mark.parametrize("damage", [damage_tail, damage_middle, Path.unlink])
@pytest.mark.parametrize("name", ["parts/part-000-000001.parquet", "summary.parquet"])
def test_a_torn_changed_or_missing_file_is_found_and_written_again(
    design: Design,
    tmp_path: Path,
    content: Content,
    whole: dict[str, str],
    name: str,
    damage: Callable[[Path], None],
) -> None:
    """The log knows the checksum of every part."""
    damage(tmp_path / "whole" / name)
    sweep(design, seed=7, store=tmp_path / "whole", executor=Inline())
    assert content(tmp_path / "whole") == whole


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_torn_last_line_of_the_log_is_as_if_it_had_not_been_written(
    design: Design, tmp_path: Path, content: Content, whole: dict[str, str], cut: int
) -> None:
    """A crash while the log is written costs one block, and the next line starts afresh."""
    log = tmp_path / "whole" / "status.jsonl"
    log.write_bytes(log.read_bytes()[:-cut])
    sweep(design, seed=7, store=tmp_path / "whole", executor=Inline())
    assert content(tmp_path / "whole") == whole


def test_a_complete_store_whose_summary_was_changed_is_not_believed(
    design: Design, tmp_path: Path, whole: dict[str, str]
) -> None:
    """Reading checks what was written, and says what to do."""
    damage_middle(tmp_path / "whole" / "summary.parquet")
    with pytest.raises(FileProblems, match="--resume"):
        Results.load(tmp_path / "whole")


def test_an_unfinished_store_can_be_read(design: Design, tmp_path: Path) -> None:
    """What is there so far has the odds of the runs that are there so far."""
    with pytest.raises(Stop):
        sweep(design, seed=7, store=tmp_path, executor=Inline(), progress=stopping_after(2))
    runs = Results.load(tmp_path).runs
    assert 0 < runs.sum() < design.runs


def test_ctrl_c_is_an_ending_that_says_how_to_go_on(design: Design, tmp_path: Path) -> None:
    """The exception is a KeyboardInterrupt too, and names the store."""
    with pytest.raises(SweepInterrupted, match="--resume") as caught:
        sweep(
            design,
            seed=7,
            store=tmp_path,
            executor=Inline(),
            progress=stopping_after(2, KeyboardInterrupt),
        )
    assert isinstance(caught.value, KeyboardInterrupt)
    assert 0 < caught.value.done < caught.value.total == design.runs
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["complete"] is False and manifest["sessions"][0]["stop"] is not None


def test_more_runs_and_more_cells_keep_what_is_there(
    design: Design, scenario: Scenario, tmp_path: Path, content: Content
) -> None:
    """An extended sweep has the old files unchanged, and the odds of one asked for at once."""
    sweep(design, seed=7, store=tmp_path / "s", executor=Inline())
    before = content(tmp_path / "s")
    larger = grid(
        scenario,
        {"deadline.ultimatum": [0.5, 2.0, 3.0, 8.0], "deadline.accident": [0.0, 0.2]},
        replicates=500,
    )
    extended = sweep(larger, seed=7, store=tmp_path / "s", executor=Inline())
    after = content(tmp_path / "s")
    parts = [name for name in before if name.startswith("parts/")]
    assert parts and all(after[name] == before[name] for name in parts)
    at_once = sweep(larger, seed=7, executor=Inline())
    rows = {
        (r["deadline.ultimatum"], r["deadline.accident"], r["outcome"]): (
            r["share"],
            r["low"],
            r["n"],
        )
        for r in extended.odds().to_pylist()
    }
    for r in at_once.odds().to_pylist():
        key = (r["deadline.ultimatum"], r["deadline.accident"], r["outcome"])
        assert rows[key] == (r["share"], r["low"], r["n"])
    assert extended.design["cell"].to_pylist() == list(range(8))
    assert [c["deadline.ultimatum"] for c in extended.design.to_pylist()[:6]] == [
        0.5,
        0.5,
        3,
        3,
        8,
        8,
    ]


def test_an_extension_that_was_interrupted_ends_with_the_same_bytes(
    design: Design, tmp_path: Path, content: Content
) -> None:
    """Growing is as safe as beginning."""
    longer = replace(design, replicates=450)
    for name in ("a", "b"):
        sweep(design, seed=7, store=tmp_path / name, executor=Inline())
    sweep(longer, seed=7, store=tmp_path / "a", executor=Inline())
    with pytest.raises(Stop):
        sweep(longer, seed=7, store=tmp_path / "b", executor=Inline(), progress=stopping_after(7))
    sweep(longer, seed=7, store=tmp_path / "b", executor=Inline())
    assert content(tmp_path / "a") == content(tmp_path / "b")


def test_shards_merge_into_the_bytes_of_one_sweep(
    design: Design, tmp_path: Path, content: Content, whole: dict[str, str]
) -> None:
    """An array of jobs, each with its own folder, then one merge."""
    for i in (1, 2, 3):
        folder = shard_folder(tmp_path / "m", (i, 3))
        sweep(design, seed=7, store=folder, shard=(i, 3), executor=Inline())
    merged = merge(tmp_path / "m")
    assert content(tmp_path / "m") == whole
    assert (merged.runs == design.replicates).all()


def test_a_merge_names_the_shards_that_are_missing_or_torn(design: Design, tmp_path: Path) -> None:
    """The sentence is enough to send the right jobs again."""
    for i in (1, 3):
        sweep(design, seed=7, store=shard_folder(tmp_path, (i, 3)), shard=(i, 3), executor=Inline())
    with pytest.raises(InputError, match="once more: 2/3"):
        merge(tmp_path)
    sweep(design, seed=7, store=shard_folder(tmp_path, (2, 3)), shard=(2, 3), executor=Inline())
    damage_tail(next((shard_folder(tmp_path, (3, 3)) / "parts").iterdir()))
    with pytest.raises(InputError, match="once more: 3/3"):
        merge(tmp_path)


def test_shards_of_different_sweeps_do_not_merge(design: Design, tmp_path: Path) -> None:
    """Other seed, other sweep."""
    for i, seed in ((1, 7), (2, 8)):
        sweep(
            design, seed=seed, store=shard_folder(tmp_path, (i, 2)), shard=(i, 2), executor=Inline()
        )
    with pytest.raises(InputError, match="seed differ"):
        merge(tmp_path)


@pytest.mark.parametrize(
    ("change", "word"),
    [({"seed": 8}, "seed"), ({"keep_rows": True}, "keep rows"), ({"shard": (1, 2)}, "shard")],
)
def test_a_store_refuses_another_sweep(
    design: Design, tmp_path: Path, change: dict, word: str
) -> None:
    """Mixing two sweeps would be worse than stopping."""
    options = {"seed": 7, "store": tmp_path, "executor": Inline()}
    sweep(design, **options)
    with pytest.raises(InputError, match=f"its {word} is"):
        sweep(design, **{**options, **change})


def test_a_store_refuses_another_scenario(design: Design, tmp_path: Path) -> None:
    """The base scenario's fingerprint is part of what a sweep is."""
    sweep(design, seed=7, store=tmp_path, executor=Inline())
    other = replace(design, scenario=design.scenario.replace({"us.patience": 0.5}))
    with pytest.raises(InputError, match="its scenario is"):
        sweep(other, seed=7, store=tmp_path, executor=Inline())


def test_the_manifest_says_where_it_all_comes_from(design: Design, tmp_path: Path) -> None:
    """Schema, scenario and design by fingerprint, seed, versions, command, times, checksums."""
    sweep(design, seed=7, store=tmp_path, executor=Inline(), command="negotiation sweep x.toml")
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["schema"] == 3 and manifest["seed"] == 7 and manifest["complete"]
    assert manifest["scenario"]["fingerprint"] == design.scenario.fingerprint
    assert manifest["design"]["fingerprint"] == design.fingerprint
    session = manifest["sessions"][0]
    assert session["command"] == "negotiation sweep x.toml"
    assert session["start"] <= session["stop"]
    assert {"python", "numpy", "numba", "pyarrow"} <= set(session["versions"])
    assert set(session["git"] or {"commit": 1, "dirty": 1}) == {"commit", "dirty"}
    assert Scenario.load(tmp_path / "scenario.toml").fingerprint == design.scenario.fingerprint


@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize("schema", [1, 2])
def test_a_store_of_an_earlier_schema_is_read_but_not_gone_on_with(
    design: Design, tmp_path: Path, complete: bool, schema: int
) -> None:
    """Without the later sums its odds are counted; a sentence says where they are needed."""
    design = replace(design, runs_per_world=10)
    written = sweep(design, seed=7, store=tmp_path, executor=Inline())
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    manifest |= {"schema": schema, "complete": complete}
    log = (tmp_path / "status.jsonl").read_text()
    for path in (tmp_path / "summary.parquet", *(tmp_path / "parts").iterdir()):
        old, table = atomic.digest_of(path), pq.read_table(path)
        later = {1: {"cubes", "terms", *SCORES}, 2: {*SCORES}}[schema]
        pq.write_table(table.drop(sorted(later & {*table.column_names})), path)
        log = log.replace(str(old), str(atomic.digest_of(path)))
        if path.name in manifest["files"]:
            manifest["files"][path.name] = atomic.digest_of(path)
    (tmp_path / "status.jsonl").write_text(log)
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    read = Results.load(tmp_path)
    assert read.odds().equals(written.odds(count=True))
    columns, counted = ["difference", "low", "high"], written.differences(count=True)
    assert read.differences().select(columns).equals(counted.select(columns))
    if schema == 1:
        with pytest.raises(InputError, match="written by an earlier version"):
            read.parameter_intervals()
    else:
        assert read.parameter_intervals().num_rows == written.parameter_intervals().num_rows
    with pytest.raises(InputError, match="can be read, but not gone on with"):
        sweep(design, seed=7, store=tmp_path, executor=Inline())


def test_a_folder_without_a_store_is_named(tmp_path: Path) -> None:
    """Reading what is not there is a user's error."""
    with pytest.raises(MissingFile, match="manifest of a sweep"):
        Results.load(tmp_path / "nothing")


def test_kept_rows_have_the_counts_of_the_summary(design: Design, tmp_path: Path) -> None:
    """Rows and sums are two views of the same runs; each cell has every run once."""
    results = sweep(design, seed=7, store=tmp_path, executor=Inline(), keep_rows=True)
    rows = results.rows().to_table().to_pandas()
    assert (rows.groupby("cell")["run"].nunique() == design.replicates).all()
    summary = results.summary.to_pandas().set_index(["cell", "outcome"])["hits"]
    for event in ("deal", "lapse", "escalation"):
        assert (rows.groupby("cell")[event].sum() == summary.xs(event, level="outcome")).all()
    truce = rows["at_horizon"].eq("truce").groupby(rows["cell"]).sum()
    assert (truce == summary.xs("at_horizon.truce", level="outcome")).all()


def test_files_are_compressed_and_dictionary_encoded(design: Design, tmp_path: Path) -> None:
    """Parquet with zstd; names as dictionaries."""
    sweep(design, seed=7, store=tmp_path, executor=Inline(), keep_rows=True)
    for name in ("summary.parquet", "runs/part-000-000000.parquet"):
        file = pq.ParquetFile(tmp_path / name)
        column = file.metadata.row_group(0).column(1)
        assert column.compression == "ZSTD"
        assert "dictionary" in str(file.schema_arrow)


@pytest.mark.parametrize("executor", ["own threads", "default"])
def test_threads_give_the_bytes_of_one_thread(
    design: Design, tmp_path: Path, content: Content, whole: dict[str, str], executor: str
) -> None:
    """Who plays a block changes nothing."""
    with ThreadPoolExecutor(2) if executor == "own threads" else nullcontext() as pool:
        sweep(design, seed=7, store=tmp_path / "t", executor=pool)
    assert content(tmp_path / "t") == whole


def test_a_store_can_be_read_with_sql_alone(design: Design, tmp_path: Path) -> None:
    """The line in the documentation of the store works in DuckDB."""
    duckdb = needed("duckdb", "DuckDB is not installed")
    results = sweep(design, seed=7, store=tmp_path, executor=Inline())
    found = duckdb.sql(
        f"SELECT d.*, s.outcome, s.hits / s.runs AS share FROM '{tmp_path}/summary.parquet' s "
        f"JOIN '{tmp_path}/design.parquet' d USING (cell) ORDER BY cell, outcome"
    ).fetchall()
    shares = {(r["cell"], r["outcome"]): r["share"] for r in results.odds().to_pylist()}
    assert len(found) == len(shares)
    assert all(shares[row[0], row[-2]] == row[-1] for row in found)


@pytest.mark.long
def test_a_process_killed_at_any_moment_leaves_a_store_that_resumes_to_the_same_bytes(
    design: Design, tmp_path: Path, content: Content, whole: dict[str, str]
) -> None:
    """SIGKILL at growing delays, again and again on the same store, then one quiet resume."""
    script = tmp_path / "play.py"
    script.write_text(
        textwrap.dedent(
            f"""
            from negotiation.scenario import Scenario
            from negotiation.sweep import blocks, grid, sweep
            blocks.LEAST_RUNS, blocks.LEAST_LENGTH, blocks.BLOCK_RUNS = 256, 100, 512
            levers = {{"deadline.ultimatum": [0.5, 3.0, 8.0], "deadline.accident": [0.0, 0.2]}}
            design = grid(Scenario.load("stockholm-three-issues"), levers, replicates=300)
            print("ready", flush=True)
            sweep(design, seed=7, store={str(tmp_path / "k")!r})
            """
        )
    )
    killed = 0
    for attempt in range(8):
        process = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        time.sleep(0.15 * attempt)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        process.stdout.close()
    assert killed > 0
    sweep(design, seed=7, store=tmp_path / "k", executor=Inline())
    assert content(tmp_path / "k") == whole


def test_workers_that_die_leave_a_store_that_resumes(
    design: Design, tmp_path: Path, content: Content, whole: dict[str, str]
) -> None:
    """A broken pool is not a failure of a cell: nothing is recorded but what was finished."""
    from concurrent.futures.process import BrokenProcessPool

    with pytest.raises(LostWorkers, match="--resume"):
        sweep(
            design,
            seed=7,
            store=tmp_path / "s",
            executor=Inline(),
            progress=stopping_after(2, BrokenProcessPool),
        )
    sweep(design, seed=7, store=tmp_path / "s", executor=Inline())
    assert content(tmp_path / "s") == whole


def test_the_settings_keep_their_order_on_disk(design: Design, tmp_path: Path) -> None:
    """The columns of the design table are in the order of the design, before and after resuming."""
    for _ in range(2):
        sweep(design, seed=7, store=tmp_path, executor=Inline())
        assert Results.load(tmp_path).factors == ("deadline.ultimatum", "deadline.accident")

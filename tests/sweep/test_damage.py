"""A store that was damaged, or is not ours: one sentence or the right answer, no file elsewhere.

Each way of damaging is tried on a finished store, an unfinished one or a shard, in turn (on all
three in the long tests); then the store is read, gone on with and merged by the real command.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from negotiation.cli.app import app
from negotiation.sweep import blocks

DESIGN = """
question = "Does patience pay?"
scenario = "split-the-pie"
replicates = 400
runs_per_world = 2
seed = 7
keep_rows = true
[[levers]]
over = { "us.patience" = [0.8, 0.9], "china.patience" = [0.8, 0.9] }
"""
SMALL = {"LEAST_RUNS": 256, "LEAST_LENGTH": 100, "BLOCK_RUNS": 256}
PART = "parts/part-000-000000.parquet"
SOURCE = Path(__file__).parents[2] / "negotiation" / "scenarios" / "stockholm-2025.toml"
Damage = Callable[[Path], object]


def command(*arguments: object) -> Result:
    """Return how ``negotiation`` answers."""
    return CliRunner().invoke(app(), [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the design, a whole store, an unfinished one and two shards."""
    place = tmp_path_factory.mktemp("stores")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SMALL.items():
            patch.setattr(blocks, name, value)
        (place / "d.toml").write_text(DESIGN)
        assert command("sweep", place / "d.toml", "--out", place / "whole").exit_code == 0
        for shard in ("1/2", "2/2"):
            options = ("--out", place / "split", "--shard", shard)
            assert command("sweep", place / "d.toml", *options).exit_code == 0
        shutil.copytree(place / "whole", place / "unfinished")
        change(lambda m: m.update(complete=False))(place / "unfinished")
        for name in ("summary", "amounts", "failures"):
            (place / "unfinished" / f"{name}.parquet").unlink()
        yield place


def tree(folder: Path) -> dict[str, str]:
    """Return every file below a folder with its checksum, and where its links lead."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_symlink() or path.is_file()]
    return {
        str(path.relative_to(folder)): os.readlink(path)
        if path.is_symlink()
        else hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def change(edit: Callable[[dict], object]) -> Damage:
    """Return a change of the manifest."""

    def damage(store: Path) -> None:
        path = store / "manifest.json"
        data = json.loads(path.read_text())
        edit(data)
        path.write_text(json.dumps(data))

    return damage


def replace(name: str, content: bytes) -> Damage:
    """Return another content of a file."""
    return lambda store: (store / name).write_bytes(content)


def cut(name: str, share: float = 0.5) -> Damage:
    """Return the loss of the end of a file."""

    def damage(store: Path) -> None:
        if (store / name).exists():
            data = (store / name).read_bytes()
            (store / name).write_bytes(data[: int(len(data) * share)])

    return damage


def gone(name: str) -> Damage:
    """Return the loss of a file or a folder."""

    def damage(store: Path) -> None:
        path = store / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    return damage


def folder_at(name: str) -> Damage:
    """Return a folder in the place of a file."""
    return lambda store: (gone(name)(store), (store / name).mkdir())


def file_at(name: str) -> Damage:
    """Return a file in the place of a folder."""
    return lambda store: (gone(name)(store), (store / name).write_text("mine"))


def link_at(name: str) -> Damage:
    """Return a link that leads to somebody's file or folder."""

    def damage(store: Path) -> None:
        theirs = store.parent / "theirs"
        folder = (store / name).is_dir()
        gone(name)(store)
        (store / name).symlink_to(theirs if folder else theirs / "file", target_is_directory=folder)

    return damage


def signed(edit: Callable[[pa.Table], pa.Table], name: str = PART) -> Damage:
    """Return another table with the checksum that the log or the manifest asks for."""

    def damage(store: Path) -> None:
        path = store / name
        if not path.exists():
            return
        old = hashlib.sha256(path.read_bytes()).hexdigest()
        pq.write_table(edit(pq.read_table(path)), path)
        new = hashlib.sha256(path.read_bytes()).hexdigest()
        for about in ("status.jsonl", "manifest.json"):
            text = (store / about).read_text()
            (store / about).write_text(text.replace(old, new))

    return damage


def swapped(store: Path) -> None:
    """Exchange two parts, with their checksums."""
    first, second, *_ = sorted((store / "parts").iterdir())
    a, b = first.read_bytes(), second.read_bytes()
    first.write_bytes(b), second.write_bytes(a)
    one, two = (hashlib.sha256(data).hexdigest() for data in (a, b))
    text = (store / "status.jsonl").read_text()
    text = text.replace(one, "x").replace(two, one).replace("x", two)
    (store / "status.jsonl").write_text(text)


def log(edit: Callable[[dict], object]) -> Damage:
    """Return a change of every line of the log."""

    def damage(store: Path) -> None:
        path = store / "status.jsonl"
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        for line in lines:
            edit(line)
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))

    return damage


def column(name: str, value: object) -> Callable[[pa.Table], pa.Table]:
    """Return a change of a whole column."""

    def edit(table: pa.Table) -> pa.Table:
        values = pa.array([value] * len(table))
        return table.set_column(table.column_names.index(name), name, values)

    return edit


DAMAGES: dict[str, Damage] = {
    "manifest gone": gone("manifest.json"),
    "manifest cut": cut("manifest.json"),
    "manifest empty": replace("manifest.json", b""),
    "manifest not text": replace("manifest.json", b"\xff\xfe\x00"),
    "manifest a list": replace("manifest.json", b"[1, 2]"),
    "manifest a number": replace("manifest.json", b"3"),
    "manifest nested without end": replace("manifest.json", b"[" * 100_000),
    "manifest of a web page": replace("manifest.json", b'{"name": "app", "icons": []}'),
    "manifest a folder": folder_at("manifest.json"),
    "manifest a link": link_at("manifest.json"),
    "schema of the future": change(lambda m: m.update(schema=99)),
    "schema a text": change(lambda m: m.update(schema="2")),
    "schema a list": change(lambda m: m.update(schema=[])),
    "schema an object": change(lambda m: m.update(schema={})),
    "no design": change(lambda m: m.pop("design")),
    "no sessions": change(lambda m: m.pop("sessions")),
    "sessions empty": change(lambda m: m.update(sessions=[])),
    "sessions of numbers": change(lambda m: m.update(sessions=[1])),
    "session without versions": change(lambda m: m["sessions"][0].pop("versions")),
    "no generations": change(lambda m: m.pop("generations")),
    "generations empty": change(lambda m: m.update(generations=[])),
    "generations beyond the design": change(
        lambda m: m["generations"][0].update(cells=[[0, 10**12]])
    ),
    "generations without end": change(lambda m: m["generations"][0].update(replicates=10**30)),
    "replicates a text": change(lambda m: m["generations"][0].update(replicates="many")),
    "worlds torn": change(lambda m: m.update(runs_per_world=3)),
    "worlds of other runs": change(lambda m: m.update(runs_per_world=4)),
    "no runs a world": change(lambda m: m.update(runs_per_world=0)),
    "seed a text": change(lambda m: m.update(seed="seven")),
    "seed negative": change(lambda m: m.update(seed=-1)),
    "another seed": change(lambda m: m.update(seed=8)),
    "baseline beyond the cells": change(lambda m: m["design"].update(baseline=99)),
    "another baseline": change(lambda m: m["design"].update(baseline=1)),
    "cells a text": change(lambda m: m["design"].update(cells="four")),
    "fewer cells": change(lambda m: m["design"].update(cells=2)),
    "other factors": change(lambda m: m["design"].update(factors={"us.slack": "lever"})),
    "factors a list": change(lambda m: m["design"].update(factors=["us.patience"])),
    "scenario a text": change(lambda m: m.update(scenario="stockholm")),
    "shard of nothing": change(lambda m: m.update(shard=[])),
    "files a list": change(lambda m: m.update(files=[])),
    "constants a number": change(lambda m: m.update(constants=1)),
    "question a number": change(lambda m: m.update(question=1)),
    "not complete": change(lambda m: m.update(complete=False)),
    "said to be complete": change(lambda m: m.update(complete=True)),
    "complete a text": change(lambda m: m.update(complete="yes")),
    "another version": change(lambda m: m["sessions"][0]["versions"].update(negotiation="0.0.1")),
    "other rules": change(lambda m: m.update(rules=["0123456789ab"])),
    "design gone": gone("design.parquet"),
    "design cut": cut("design.parquet"),
    "design not a table": replace("design.parquet", b"PAR1" + b"\0" * 100 + b"PAR1"),
    "design a folder": folder_at("design.parquet"),
    "design a link": link_at("design.parquet"),
    "design of other cells": signed(column("settings", '{"us.patience": 0.5}'), "design.parquet"),
    "design without settings": signed(lambda t: t.drop(["settings"]), "design.parquet"),
    "design of no JSON": signed(column("settings", "{"), "design.parquet"),
    "design of lists": signed(column("settings", "[1]"), "design.parquet"),
    "scenario gone": gone("scenario.toml"),
    "scenario cut": cut("scenario.toml"),
    "scenario of somebody else": replace("scenario.toml", SOURCE.read_bytes()),
    "summary gone": gone("summary.parquet"),
    "summary cut": cut("summary.parquet"),
    "summary of other columns": signed(lambda t: t.select(["cell"]), "summary.parquet"),
    "summary shorter": signed(lambda t: t.slice(0, 3), "summary.parquet"),
    "summary of texts": signed(column("hits", "many"), "summary.parquet"),
    "amounts gone": gone("amounts.parquet"),
    "failures a folder": folder_at("failures.parquet"),
    "log gone": gone("status.jsonl"),
    "log cut": cut("status.jsonl"),
    "log not text": replace("status.jsonl", b"\xff\xfe\n\x00"),
    "log of numbers": replace("status.jsonl", b"1\n[2]\nnull\n" + b"[" * 100_000),
    "log a folder": folder_at("status.jsonl"),
    "log a link": link_at("status.jsonl"),
    "log without checksums": log(lambda line: line.update(sha256={})),
    "log of checksums that are none": log(lambda line: line.update(sha256=[1])),
    "log of files outside": log(lambda line: line["sha256"].update({"../theirs/file": "0"})),
    "log of parts outside": log(lambda line: line.update(part="../theirs/file")),
    "log of endless runs": log(lambda line: line.update(runs=1e999)),
    "parts gone": gone("parts"),
    "parts a file": file_at("parts"),
    "parts a link": link_at("parts"),
    "rows gone": gone("runs"),
    "rows a link": link_at("runs"),
    "part cut": cut(PART),
    "part a folder": folder_at(PART),
    "part a link": link_at(PART),
    "part not a table": replace(PART, b"not a table"),
    "part of no sums": signed(lambda t: t.drop(["hits"])),
    "part of texts": signed(column("runs", "many")),
    "part of other runs": signed(column("runs", 1)),
    "part of other cells": signed(column("cell", 9)),
    "part of no rows": signed(lambda t: t.slice(0, 0)),
    "parts swapped": swapped,
}


KINDS = ("whole", "unfinished", "split")
CASES = [
    pytest.param(name, kind, marks=() if j == i % len(KINDS) else pytest.mark.long)
    for i, name in enumerate(DAMAGES)
    for j, kind in enumerate(KINDS)
]


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_a_damaged_store_is_a_sentence_or_the_right_answer(
    stores: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: str
) -> None:
    """Exit code 0 with the same odds or 2 with a sentence; what is beside the store stays."""
    for constant, value in SMALL.items():
        monkeypatch.setattr(blocks, constant, value)
    # The pictures are made from what was read; to draw them takes half the time and reads nothing.
    monkeypatch.setattr("negotiation.report.inline_svg.inline_svg", lambda *_, **__: "")
    place = tmp_path / "place"
    shutil.copytree(stores / kind, place / "store")
    broken = place / "store" / ("shard-001-of-002" if kind == "split" else "")
    theirs = broken.parent / "theirs"
    theirs.mkdir()
    (theirs / "file").write_text("theirs")
    DAMAGES[name](broken)
    beside = tree(theirs)
    asked = [("merge", place / "store")] if kind == "split" else []
    if kind != "split":
        asked += [("report", broken, "--worlds", 0, "--out", tmp_path / "page.html")]
    shard = ("--shard", "1/2") if kind == "split" else ()
    asked += [("sweep", stores / "d.toml", "--out", place / "store", *shard, "--resume", "--json")]
    for arguments in asked:
        answer = command(*arguments)
        said = f"{arguments[0]}: {answer.output} {answer.exception!r}"
        assert answer.exit_code in (0, 2), said
        if answer.exit_code == 2:
            assert answer.stdout == "" and answer.stderr.strip().count("\n") == 0, said
            assert answer.stderr.strip().endswith("."), said
        assert tree(theirs) == beside
    if answer.exit_code == 0:
        right = stores / "whole" if kind != "split" else stores / "split" / "shard-001-of-002"
        there = place / "store" if kind != "split" else broken
        found, wanted = tree(there), tree(right)
        assert [k for k, v in wanted.items() if found.get(k) != v and k != "manifest.json"] == []


@pytest.mark.parametrize(
    "name",
    [
        "design.parquet",
        "scenario.toml",
        "summary.parquet",
        "amounts.parquet",
        "failures.parquet",
        "status.jsonl",
        "parts",
        "runs",
        PART,
        "design.toml",
        ".lock",
    ],
)
def test_what_stands_in_the_way_is_named_and_once_it_is_away_the_sweep_goes_on(
    stores: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:  # fmt: skip
    """A folder for a file, or a file for a folder: every command says that it is to be moved."""
    for constant, value in SMALL.items():
        monkeypatch.setattr(blocks, constant, value)
    store, resume = tmp_path / "store", ("sweep", stores / "d.toml", "--resume", "--json", "--out")
    shutil.copytree(stores / "whole", store)
    (file_at if (store / name).is_dir() else folder_at)(name)(store)
    refused = [command(*resume, store)]
    if name in ("design.parquet", "scenario.toml", "summary.parquet"):  # which a report reads
        refused += [command("report", store), command("plot", store)]
    for answer in refused:
        assert answer.exit_code == 2 and answer.stderr.count("\n") == 1, answer.output
        assert str(store / name) in answer.stderr and "move it away" in answer.stderr
    (store / name).rename(tmp_path / "away")
    assert command(*resume, store).exit_code == 0
    found, wanted = tree(store), tree(stores / "whole")
    assert {k: v for k, v in found.items() if k != "manifest.json"} == {
        k: v for k, v in wanted.items() if k != "manifest.json"
    }


def test_what_is_there_of_a_sweep_along_one_setting_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cells that have not been played, or failed, have no odds and are left out of pictures."""
    for constant, value in SMALL.items():
        monkeypatch.setattr(blocks, constant, value)
    lever = '[[levers]]\nover = { "us.patience" = [0.7, 0.8, 0.9] }\n'
    head = 'scenario = "split-the-pie"\nreplicates = 256\nseed = 7\n'
    (tmp_path / "d.toml").write_text(head + lever)
    store = tmp_path / "store"
    assert command("sweep", tmp_path / "d.toml", "--out", store).exit_code == 0
    change(lambda m: m.update(complete=False))(store)
    lines = (store / "status.jsonl").read_text().splitlines(keepends=True)
    (store / "status.jsonl").write_text(lines[0])
    for verb in ("report", "plot"):
        assert command(verb, store, "--worlds", 0).exit_code == 0
    words = (store / "figures" / "along.txt").read_text()
    assert "0.7" in words and "0.9" not in words


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
def test_a_pipe_in_the_place_of_the_manifest_is_not_waited_for(tmp_path: Path) -> None:
    """Nobody may ever write into it."""
    os.mkfifo(tmp_path / "manifest.json")
    refused = command("plot", tmp_path)
    assert refused.exit_code == 2 and "it is no file; expected the manifest" in refused.output

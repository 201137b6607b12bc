"""A sweep writes and removes only its own files: by one process at a time, under one version."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from negotiation.errors import InputError
from negotiation.scenario import Scenario
from negotiation.sweep import Design, Results, grid, manifest, merge, sweep
from negotiation.sweep.atomic import write
from negotiation.sweep.executors import Inline
from negotiation.sweep.in_use import by_us_alone
from negotiation.sweep.merging import shard_folder

Content = Callable[[Path], dict[str, str]]

pytestmark = pytest.mark.usefixtures("small_blocks")


@pytest.fixture
def pie() -> Design:
    """Two cells of 50 runs."""
    return grid(Scenario.load("split-the-pie"), {"us.patience": [0.8, 0.9]}, replicates=50)


def shards(design: Design, folder: Path, seed: int = 7) -> None:
    """Play both halves of a sweep."""
    for i in (1, 2):
        store = shard_folder(folder, (i, 2))
        sweep(design, seed=seed, store=store, shard=(i, 2), executor=Inline())


def test_temporary_files_of_other_programs_stay(pie: Design, tmp_path: Path) -> None:
    """Wherever they lie and whatever they are called; those of a killed sweep go."""
    theirs = [
        tmp_path / name
        for name in (
            ".config/app/.draft.tmp", ".notes.tmp", "parts/.draft.tmp", ".manifest.json.12.tmp",
            ".theirs.0123456789abcdef.tmp", "runs/.part-000-000000.parquet.0123456789abcdef.tmp",
        )
    ]  # fmt: skip
    sweep(pie, seed=7, store=tmp_path, executor=Inline())
    ours = [
        tmp_path / ".manifest.json.0123456789abcdef.tmp",
        tmp_path / "parts" / ".part-000-000000.parquet.0123456789abcdef.tmp",
    ]
    for path in theirs + ours:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine")
    sweep(pie, seed=7, store=tmp_path, executor=Inline())
    assert [path.read_text() for path in theirs] == ["mine"] * len(theirs)
    assert not any(path.exists() for path in ours)


@pytest.mark.parametrize("name", ["scenario.toml", "design.parquet", "parts", "status.jsonl"])
def test_a_folder_with_files_of_these_names_is_no_store(
    pie: Design, tmp_path: Path, name: str
) -> None:
    """Without a manifest they are somebody else's, and neither a sweep nor a merge writes there."""
    shards(pie, tmp_path / "s")
    place = tmp_path / "theirs"
    place.mkdir()
    (place / name).write_text("mine")
    asked = (
        lambda: sweep(pie, seed=7, store=place, executor=Inline()),
        lambda: merge(place, sorted((tmp_path / "s").iterdir())),
    )
    for ask in asked:
        with pytest.raises(InputError, match=f"holds {name} but no manifest.json"):
            ask()
    assert os.listdir(place) == [name] and (place / name).read_text() == "mine"


def test_a_merge_leaves_another_sweep_alone(pie: Design, tmp_path: Path, content: Content) -> None:
    """As a sweep does; a folder that holds the same sweep, or its beginning, is merged into."""
    shards(pie, tmp_path / "s")
    parts = sorted((tmp_path / "s").iterdir())
    other = replace(pie, cells=({"us.patience": 0.7}, {"us.patience": 0.75}))
    for name, design, seed in (("cells", other, 7), ("seed", pie, 8)):
        sweep(design, seed=seed, store=tmp_path / name, executor=Inline())
        before = content(tmp_path / name)
        with pytest.raises(InputError, match="holds another sweep"):
            merge(tmp_path / name, parts)
        assert content(tmp_path / name) == before
    merge(tmp_path / "merged", parts)
    merge(tmp_path / "merged", parts)
    shards(replace(pie, replicates=80), tmp_path / "s")
    assert merge(tmp_path / "merged", parts).runs.tolist() == [80, 80]
    with pytest.raises(InputError, match="holds another sweep"):
        merge(parts[0], parts)


def test_a_merge_that_is_refused_writes_nothing(pie: Design, tmp_path: Path) -> None:
    """The missing shard is known before the folder is made."""
    shards(replace(pie, replicates=400), tmp_path / "s")
    with pytest.raises(InputError, match="missing or torn"):
        merge(tmp_path / "new", [tmp_path / "s" / "shard-001-of-002"])
    assert not (tmp_path / "new").exists()


def test_a_shard_cannot_name_files_outside(pie: Design, tmp_path: Path) -> None:
    """A log that names them is a log without that line."""
    shards(pie, tmp_path / "dl")
    log = tmp_path / "dl" / "shard-001-of-002" / "status.jsonl"
    victim = tmp_path / "dl" / "victim"
    (tmp_path / "safe" / "victim").mkdir(parents=True)
    digest = write(victim, b"theirs")
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    lines[0]["sha256"]["../victim"] = digest
    log.write_text("".join(json.dumps(line) + "\n" for line in lines))
    with pytest.raises(InputError, match="missing or torn"):
        merge(tmp_path / "safe" / "y" / "z", sorted((tmp_path / "dl").glob("shard-*")))
    assert [p.name for p in (tmp_path / "safe").rglob("*")] == ["victim"]


def test_a_link_or_a_device_is_not_replaced(tmp_path: Path) -> None:
    """Whatever is written takes the place of a plain file or of nothing."""
    (tmp_path / "file").write_text("theirs")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    for name, kind in (("link", "a link"), ("broken", "a link"), ("pipe", "a device or a pipe")):
        with pytest.raises(InputError, match=kind):
            write(tmp_path / name, b"ours")
    assert (tmp_path / "file").read_text() == "theirs"
    assert sorted(os.listdir(tmp_path)) == ["broken", "file", "link", "pipe"]


def test_a_second_process_is_told_who_is_there(pie: Design, tmp_path: Path) -> None:
    """One sentence with the first one's command; when that ends, however, the folder is free."""
    sweep(pie, seed=7, store=tmp_path, executor=Inline(), command="negotiation sweep x.toml")
    code = f"""
from pathlib import Path
from negotiation.sweep.in_use import by_us_alone
with by_us_alone(Path({str(tmp_path)!r})):
    print("ready", flush=True)
    input()
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    with pytest.raises(InputError, match="in use by another process .*sweep x.toml, begun"):
        sweep(pie, seed=7, store=tmp_path, executor=Inline())
    with pytest.raises(InputError, match="in use"):
        merge(tmp_path, [tmp_path])
    process.kill()
    process.communicate()
    sweep(pie, seed=7, store=tmp_path, executor=Inline())


def test_the_lock_is_released_when_a_sweep_fails(pie: Design, tmp_path: Path) -> None:
    """Also inside one process."""
    sweep(pie, seed=7, store=tmp_path, executor=Inline())
    with pytest.raises(InputError, match="its seed is"):
        sweep(pie, seed=8, store=tmp_path, executor=Inline())
    with by_us_alone(tmp_path):
        pass


def other_rules(about: dict) -> None:
    """Make a manifest say that other sources were at work."""
    about["rules"] = ["0123456789ab"]


def no_rules(about: dict) -> None:
    """Make a manifest one of before they were recorded."""
    del about["rules"]


def older(about: dict) -> None:
    """Make a manifest say that another version began the sweep."""
    about["sessions"][0]["versions"]["negotiation"] = "0.0.1"


@pytest.mark.parametrize("edit", [other_rules, no_rules, older])
def test_two_versions_of_the_rules_are_not_mixed(
    pie: Design, tmp_path: Path, edit: Callable[[dict], None]
) -> None:
    """Neither gone on with nor merged, unless told to; read they can be."""
    shards(pie, tmp_path)
    for i in (1, 2):
        path = shard_folder(tmp_path, (i, 2)) / "manifest.json"
        about = json.loads(path.read_text())
        edit(about)
        path.write_text(json.dumps(about))
    place = shard_folder(tmp_path, (1, 2))
    options = {"seed": 7, "store": place, "shard": (1, 2), "executor": Inline()}
    with pytest.raises(InputError, match="another version of the rules"):
        sweep(pie, **options)
    with pytest.raises(InputError, match="another version of the rules"):
        merge(tmp_path / "m", sorted(tmp_path.glob("shard-*")))
    Results.load(place)
    sweep(pie, **options, across_versions=True)
    assert manifest.rules() in json.loads((place / "manifest.json").read_text())["rules"]
    merge(tmp_path / "m", sorted(tmp_path.glob("shard-*")), across_versions=True)


def test_the_rules_are_known_by_their_sources() -> None:
    """Twelve digits, the same for the same sources; everything that the ensemble imports counts."""
    code = "import sys, negotiation.ensemble; print(*(m for m in sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    ours = {m.split(".")[1] for m in found.stdout.split() if m.startswith("negotiation.")}
    counted = {place.removesuffix(".py") for place in manifest.PLACES}
    assert ours - counted <= {
        "compiling", "door", "early", "errors", "folders", "head_start", "lazy", "machine_code",
        "object_files", "patience", "printable", "seats", "shipped", "sources", "theory", "words",
    }  # fmt: skip
    assert len(manifest.rules()) == 12


def test_the_manifest_of_a_web_page_is_not_ours(pie: Design, tmp_path: Path) -> None:
    """A file of that name is common; it is left alone."""
    (tmp_path / "manifest.json").write_text('{"name": "app", "icons": []}')
    with pytest.raises(InputError, match="not the manifest of a sweep"):
        sweep(pie, seed=7, store=tmp_path, executor=Inline())
    assert "icons" in (tmp_path / "manifest.json").read_text()

"""``negotiation sweep`` and ``merge``: what is kept, what is said, how it ends."""

from __future__ import annotations

import json
import os
import resource
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from negotiation.sweep import blocks, run

Command = Callable[..., Result]
DESIGN = """
question = "Does a dearer deadline hold the truce?"
scenario = "stockholm-three-issues"
replicates = {replicates}
seed = 5

[[levers]]
over = {{ "deadline.ultimatum" = [1, 3, 8] }}

[baseline]
"deadline.ultimatum" = 3
"""


@pytest.fixture
def design(tmp_path: Path) -> Path:
    """A design of three cells of 200 runs."""
    path = tmp_path / "price.toml"
    path.write_text(DESIGN.format(replicates=200))
    return path


def data_files(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files but the manifest, which holds times."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json" and "shard-" not in str(path)
    }


def test_says_odds_where_and_what_next(negotiation: Command, design: Path, tmp_path: Path) -> None:
    """Each cell's odds come with an interval and 'in this model'; the next command is named."""
    text = negotiation("sweep", str(design)).stdout
    assert "3 cells, 600 runs, seed 5. In this model" in text
    assert "deadline.ultimatum = 3  (baseline)" in text
    assert "times the runs (median)" in text
    follow = shlex.split(text.split("Next: ")[1])
    assert follow == ["negotiation", "report", "out/price"]
    assert (tmp_path / "out/price/summary.parquet").is_file()


def test_the_question_is_kept_beside_the_answer(negotiation: Command, design: Path) -> None:
    """The design and the question.md beside it travel with the results."""
    design.with_name("question.md").write_text("# Why?\n")
    negotiation("sweep", str(design), "--out", "here")
    assert Path("here/question.md").read_text() == "# Why?\n"
    assert Path("here/design.toml").read_text() == design.read_text()


def test_dry_run_writes_nothing(negotiation: Command, design: Path, tmp_path: Path) -> None:
    """--dry-run says cells, runs, time and disk, in words or as one JSON object."""
    before = set(tmp_path.iterdir())
    text = negotiation("sweep", str(design), "--dry-run").stdout
    assert text.startswith("3 cells of 200 runs: 600 runs in 1 part.")
    assert "MB on disk" in text
    plan = json.loads(negotiation("sweep", str(design), "--dry-run", "--json").stdout)
    assert (plan["cells"], plan["runs"], plan["factors"]) == (3, 600, ["deadline.ultimatum"])
    assert plan["minutes"] > 0
    assert set(tmp_path.iterdir()) == before


def test_json_is_one_object_in_the_form_of_odds(negotiation: Command, design: Path) -> None:
    """Every cell has events and states with p, low and high; states sum to one; no NaN."""
    result = negotiation("sweep", str(design), "--json")
    data = json.loads(result.stdout, parse_constant=pytest.fail)
    assert (data["seed"], data["runs"], data["baseline"], data["complete"]) == (5, 600, 1, True)
    assert [cell["settings"] for cell in data["cells"]] == [
        {"deadline.ultimatum": price} for price in (1.0, 3.0, 8.0)
    ]
    for cell in data["cells"]:
        states = cell["at_horizon"].values()
        assert sum(state["p"] for state in states) == pytest.approx(1.0)
        for entry in [*states, *cell["events"].values()]:
            assert 0 <= entry["low"] <= entry["p"] <= entry["high"] <= 1
    assert data["cells"][1]["differences"] == {}
    first, base = (data["cells"][k]["events"]["deal"]["p"] for k in (0, 1))
    change = data["cells"][0]["differences"]["deal"]
    assert change["difference"] == pytest.approx(first - base)
    assert change["low"] <= change["difference"] <= change["high"]


def test_a_store_is_not_touched_without_resume(negotiation: Command, design: Path) -> None:
    """A second sweep into the same folder is refused in one sentence, and allowed with --resume."""
    negotiation("sweep", str(design))
    again = negotiation("sweep", str(design))
    assert again.exit_code == 2
    assert "go on with it with --resume" in again.stderr
    assert negotiation("sweep", str(design), "--resume").exit_code == 0


def test_shards_merge_to_the_bytes_of_one_sweep(
    negotiation: Command, design: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two shards, merged by naming them or their folder, are the sweep that one machine plays."""
    monkeypatch.setattr(blocks, "BLOCK_RUNS", 128)
    monkeypatch.setattr(blocks, "LEAST_RUNS", 64)
    monkeypatch.setattr(blocks, "LEAST_LENGTH", 32)
    design.with_name("question.md").write_text("Why?\n")
    negotiation("sweep", str(design), "--out", "whole")
    for shard in ("1/2", "2/2"):
        part = json.loads(
            negotiation("sweep", str(design), "--out", "x", "--shard", shard, "--json").stdout
        )
        assert not part["complete"]
        assert part["runs"] < 600
    merged = negotiation("merge", "x/shard-001-of-002", "x/shard-002-of-002", "--json")
    assert json.loads(merged.stdout)["complete"]
    assert data_files(Path("x")) == data_files(Path("whole"))
    assert negotiation("merge", "x", "--out", "y").exit_code == 0
    assert data_files(Path("y")) == data_files(Path("whole"))


def test_a_missing_shard_is_named(negotiation: Command, design: Path) -> None:
    """Merging half of the shards says which one to play."""
    negotiation("sweep", str(design), "--out", "x", "--shard", "2/2")
    refused = negotiation("merge", "x")
    assert refused.exit_code == 2
    assert "1/2" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sweep", "nowhere.toml"), "nowhere.toml: there is no such file"),
        (("sweep", "price.toml", "--shard", "3/2"), "write i/n with i from 1 to n"),
        (("sweep", "price.toml", "--workers", "0"), "--workers = 0 is out of range"),
        (("sweep", "price.toml", "--until-halfwidth", "2"), "above 0 and below 0.5"),
        (("sweep", "price.toml", "--cluster", "here"), "tcp://HOST:PORT"),
        (("merge", "price.toml"), "no shards there"),
        (("merge", "a/shard-1", "b/shard-2"), "--out"),
        (("merge", "nowhere", "--out", "x"), "there is no such file"),
    ],
)
def test_wrong_input_is_one_sentence(
    negotiation: Command, design: Path, arguments: tuple[str, ...], words: str
) -> None:
    """What is wrong is said in one line on standard error, with exit code 2 and no results."""
    refused = negotiation(*arguments)
    assert refused.exit_code == 2, refused.stderr
    sentence = refused.stderr.strip().splitlines()[-1]
    assert words in sentence
    assert "Traceback" not in refused.stderr
    assert refused.stdout == ""
    assert not Path("out").exists()


def test_until_halfwidth_goes_on(negotiation: Command, design: Path) -> None:
    """With a precision asked for, every interval of every cell is at most that wide."""
    data = json.loads(
        negotiation("sweep", str(design), "--until-halfwidth", "0.03", "--json").stdout
    )
    assert data["runs"] > 600
    for cell in data["cells"]:
        for entry in [*cell["events"].values(), *cell["at_horizon"].values()]:
            assert (entry["high"] - entry["low"]) / 2 <= 0.03


def test_an_interrupt_ends_with_three_and_the_command_that_goes_on(
    negotiation: Command, design: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C between two blocks: exit code 3, what is kept, and a command that finishes the job."""
    monkeypatch.setattr(blocks, "BLOCK_RUNS", 128)
    monkeypatch.setattr(blocks, "LEAST_RUNS", 64)
    monkeypatch.setattr(blocks, "LEAST_LENGTH", 32)
    negotiation("sweep", str(design), "--out", "whole")

    def stop_after_two(self: run.Sweeping, block: blocks.Block, pieces: object) -> None:
        if len(self.added) == 2:
            raise KeyboardInterrupt
        add(self, block, pieces)

    add = run.Sweeping._add
    monkeypatch.setattr(run.Sweeping, "_add", stop_after_two)
    stopped = negotiation("sweep", str(design), "--out", "cut")
    monkeypatch.setattr(run.Sweeping, "_add", add)
    assert stopped.exit_code == 3
    assert "of 600 runs are kept in cut" in stopped.stderr
    command = shlex.split(stopped.stderr.splitlines()[-1])
    assert command[-1] == "--resume"
    assert negotiation(*command[1:]).exit_code == 0
    assert data_files(Path("cut")) == data_files(Path("whole"))


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGTERM])
def test_a_real_signal_ends_cleanly(tmp_path: Path, blow: signal.Signals) -> None:
    """Ctrl-C and a scheduler's SIGTERM end a process with 3, its parts kept, its manifest whole.

    Of the pie, as a part of it takes a second: the process waits for the parts that are played.
    """
    pie = DESIGN.replace("stockholm-three-issues", "split-the-pie")
    (tmp_path / "long.toml").write_text(pie.format(replicates=1_000_000))
    process = subprocess.Popen(
        [sys.executable, "-m", "negotiation", "sweep", "long.toml", "--out", "cut"],
        cwd=tmp_path, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    # it may have to compile the rules first
    status, patience = tmp_path / "cut" / "status.jsonl", time.monotonic() + 400
    while not status.exists() and process.poll() is None and time.monotonic() < patience:
        time.sleep(0.05)
    process.send_signal(blow)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 3, said
    assert "Go on with:\n  negotiation sweep long.toml --out cut --resume" in said
    assert "Traceback" not in said
    manifest = json.loads((tmp_path / "cut" / "manifest.json").read_text())
    assert manifest["complete"] is False
    assert manifest["sessions"][-1]["stop"] is not None


VALUES = [0.5 + 0.001 * i for i in range(400)]
CROSSED = ("us.patience", "china.patience", "deadline.ultimatum")
ENDLESS = {
    "grid": "over = { " + ", ".join(f'"{name}" = {VALUES}' for name in CROSSED) + " }",
    "samples": 'design = "latin-hypercube"\nsamples = 100_000_000\nover = ["us.precision"]',
    "sobol": 'design = "sobol"\nsamples = 134_217_728\nover = ["us.precision"]',
    "wide": 'design = "latin-hypercube"\nsamples = 1_000_000',
}


@pytest.mark.parametrize("block", ENDLESS.values(), ids=ENDLESS)
@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_a_design_of_too_many_cells_is_refused_before_they_are_made(
    negotiation: Command, tmp_path: Path, block: str, dry: tuple[str, ...]
) -> None:
    """The cells are counted, not made: memory and time stay those of a small design."""
    head = 'scenario = "stockholm-three-issues"\nreplicates = 10\n[[levers]]\n'
    (tmp_path / "big.toml").write_text(head + block)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    refused = negotiation("sweep", "big.toml", *dry)
    assert refused.exit_code == 2 and "out of range; allowed:" in refused.stderr
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB
    assert not Path("out").exists()


def test_a_sweep_without_end_is_refused(negotiation: Command, tmp_path: Path) -> None:
    """Of more runs than anybody can play."""
    (tmp_path / "long.toml").write_text(DESIGN.format(replicates=10**18))
    refused = negotiation("sweep", "long.toml", "--dry-run")
    assert refused.exit_code == 2 and "runs." in refused.stderr

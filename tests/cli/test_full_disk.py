"""Where no file can be written any more, the answer is told, and what was finished is kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from needing import needed

resource = needed("resource", "this system limits no sizes of files")

PIE = "split-the-pie"
MORRIS = (
    "sensitivity", "stockholm-three-issues", "--method", "morris", "--samples", "4", "--runs",
    "20", "--number", "us.precision", "--outcome", "deal",
)  # fmt: skip
DESIGN = f"""
scenario = "{PIE}"
replicates = 20000
keep_rows = true
[[levers]]
over = {{ "us.patience" = [0.5, 0.9] }}
"""


def limited(folder: Path, most: int, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a verb that can write no file of more than so many bytes."""
    return subprocess.run(
        [sys.executable, "-m", "negotiation", *words], cwd=folder, capture_output=True, text=True,
        check=False, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("odds", PIE, "--runs", "50", "--worlds", "0"), "50 runs"),
        (
            ("compare", PIE, "--set", "us.patience=0.8", "--runs", "50", "--worlds", "0"),
            "Before: split-the-pie",
        ),
        (("tournament", PIE, "--strategy", "linear", "--runs", "4", "--json"), '"ranking"'),
        (MORRIS, "us.precision"),
        (("calibrate",), "draws of the prior"),
    ],
)
def test_an_answer_that_cannot_be_written_is_printed(
    tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    """It took its time; standard error says which file could not be written, and why."""
    done = limited(tmp_path, 16, *words, "--csv", "told.csv", "--quiet")
    assert done.returncode == 2, done.stderr
    assert told in done.stdout
    assert "cannot be written (file too large)" in done.stderr
    assert len(done.stderr.splitlines()) == 1 and not list(tmp_path.rglob("*.csv"))


def test_a_sweep_that_meets_a_full_disk_goes_on_from_there(tmp_path: Path) -> None:
    """The sentence names the file and the command, and the command finishes the sweep."""
    (tmp_path / "d.toml").write_text(DESIGN)
    done = limited(tmp_path, 30_000, "sweep", "d.toml", "--out", "s", "--quiet")
    assert done.returncode == 2 and "cannot be written (file too large)" in done.stderr
    assert "negotiation sweep d.toml --out s --resume" in done.stderr
    assert limited(
        tmp_path, 10**9, "sweep", "d.toml", "--out", "s", "--resume", "-q"
    ).returncode == 0  # fmt: skip


def test_a_sweep_that_could_not_begin_can_begin_in_the_same_folder(tmp_path: Path) -> None:
    """The folders of its parts are there and empty: nothing of anybody's is in them."""
    (tmp_path / "d.toml").write_text(DESIGN)
    assert limited(tmp_path, 16, "sweep", "d.toml", "--out", "s", "--quiet").returncode == 2
    assert (tmp_path / "s" / "parts").is_dir() and not (tmp_path / "s" / "manifest.json").exists()
    assert limited(tmp_path, 10**9, "sweep", "d.toml", "--out", "s", "-q").returncode == 0

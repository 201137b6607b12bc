"""The page on clusters: its job scripts run here, shard by shard, as a scheduler would run them."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from needing import needed
from typer.testing import CliRunner

from negotiation.cli.app import app
from negotiation.sweep.results import Results

PAGE = (Path(__file__).parents[2] / "docs/how-to/sweep-on-a-cluster.md").read_text("utf-8")
SHARDS = 4
REPLICATES = "replicates = 2000"


def block(language: str, name: str) -> str:
    """Return a file that the page shows."""
    found = re.search(rf"^```{language}\n(.*?# {re.escape(name)}\n.*?)^```$", PAGE, re.M | re.S)
    assert found, name
    return found[1]


def shell(script: str, folder: Path, **variables: str) -> None:
    """Run a script with the package's command in the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        ["bash", "-ec", script], cwd=folder, check=True, timeout=300,
        env={**os.environ, **variables, "PATH": path},
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the page's design, of which each cell is played a tenth as often."""
    design = block("toml", "leverage.toml")
    assert design.count(REPLICATES) == 1
    (tmp_path / "leverage.toml").write_text(design.replace(REPLICATES, "replicates = 200"))
    return tmp_path


def test_an_array_of_jobs_is_the_sweep(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each job of the array plays a shard of its own; merged, nothing is missing.

    One job plays in its shell. Of the others the shell writes down what it would call, and that is
    called here, where nothing has to be imported again.
    """
    script = block("bash", "leverage.sbatch")
    assert f"#SBATCH --array=1-{SHARDS}\n" in script
    shell(script, folder, SLURM_ARRAY_TASK_ID="1")
    noting = 'negotiation() { printf "%q " "$@" >>called; echo >>called; }\n'
    for task in range(2, SHARDS + 1):
        shell(noting + script, folder, SLURM_ARRAY_TASK_ID=str(task))
    monkeypatch.chdir(folder)
    for line in [*(folder / "called").read_text().splitlines(), "merge out/leverage"]:
        assert CliRunner().invoke(app(), shlex.split(line)).exit_code == 0, line
    results = Results.load(folder / "out/leverage")
    assert results.runs.tolist() == [200] * 9


def test_an_indexed_job_plays_every_shard_once() -> None:
    """Kubernetes counts from 0 and a shard from 1; every index has its shard."""
    yaml = needed("yaml", "PyYAML, which Dask brings along, is not installed")
    job = yaml.safe_load(block("yaml", "leverage.yaml"))
    assert (job["apiVersion"], job["kind"]) == ("batch/v1", "Job")
    spec = job["spec"]
    assert (spec["completionMode"], spec["completions"]) == ("Indexed", SHARDS)
    (container,) = spec["template"]["spec"]["containers"]
    assert container["command"] == ["sh", "-c"]
    (line,) = container["args"]
    said = [
        subprocess.run(
            ["sh", "-c", f"echo {line}"], capture_output=True, text=True, check=True,
            env={"JOB_COMPLETION_INDEX": str(index)},
        ).stdout
        for index in range(SHARDS)
    ]  # fmt: skip
    assert [re.search(r"--shard (\S+)", words)[1] for words in said] == [
        f"{i}/{SHARDS}" for i in range(1, SHARDS + 1)
    ]


def test_what_cannot_be_run_here_can_be_read() -> None:
    """Programs that need a scheduler or a cluster are at least Python, two of them."""
    programs = re.findall(r"^```py\n(.*?)^```$", PAGE, re.M | re.S)
    assert len(programs) == 2
    for program in programs:
        ast.parse(program)

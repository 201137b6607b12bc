"""Ctrl-C and SIGTERM while the command is still being imported end it with 3, and no traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STOPS = [signal.SIGINT, signal.SIGTERM]
# As pip writes the script, but that it sends itself a signal when a module is first looked for.
SCRIPT = """
import os, sys


class Sends:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), {number})
        return None


sys.meta_path.insert(0, Sends)
from negotiation.cli import main
sys.exit(main())
"""


def environment() -> dict[str, str]:
    """Return that of a user who has this checkout."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.mark.parametrize("number", STOPS)
@pytest.mark.parametrize(
    "module",
    ["negotiation.lazy", "signal", "negotiation.cli", "typer", "negotiation.cli.app", "pydantic"],
)
def test_a_stop_during_an_import_ends_the_script_with_three(
    tmp_path: Path, number: int, module: str
) -> None:
    """Whatever is being imported, from the package's first line to the verb's own modules."""
    script = tmp_path / "negotiation"
    script.write_text(SCRIPT.format(module=module, number=int(number)), "utf-8")
    done = subprocess.run(
        [sys.executable, script, "scenario", "show", "split-the-pie"],
        cwd=tmp_path, env=environment() | {"NEGOTIATION_CACHE": str(tmp_path / "nothing told yet")},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert done.stdout == ""
    assert done.stderr in ("", "\nInterrupted: nothing more was written.\n")


@pytest.mark.parametrize("number", STOPS)
def test_as_a_module_it_listens_from_its_first_line_on(tmp_path: Path, number: int) -> None:
    """``python -m negotiation``, stopped as soon as Python says that the listener is there."""
    command = [sys.executable, "-X", "importtime", "-m", "negotiation", "scenario", "list"]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment(), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    for line in process.stderr:
        if line.rstrip().endswith("negotiation.early"):
            process.send_signal(number)
            break
    _, said = process.communicate(timeout=120)
    assert process.returncode == 3
    assert "Traceback" not in said


def test_as_a_library_it_leaves_signals_alone(tmp_path: Path) -> None:
    """A program that imports the package is interrupted as it always was."""
    code = (
        "import signal, negotiation as ng; ng.Scenario\n"
        "assert signal.getsignal(signal.SIGINT) is signal.default_int_handler\n"
        "assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL\n"
    )
    (tmp_path / "mine.py").write_text(code, "utf-8")
    for command in (["-c", code], ["mine.py"], ["-m", "mine"]):
        subprocess.run(
            [sys.executable, *command], cwd=tmp_path, env=environment(), check=True, timeout=120
        )

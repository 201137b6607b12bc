"""What a command leaves undone, so that its answer is there at once."""

from __future__ import annotations

import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from negotiation.cli import verbs
from negotiation.cli.app import app

ROOT = Path(__file__).parents[2]

COMMAND = """
import atexit, gc, sys


def tell():  # first registered, so called last
    print(gc.get_threshold()[0] > 10_000, gc.get_freeze_count() > 1000, file=sys.stderr)


atexit.register(tell)
from negotiation.cli import main
assert gc.get_freeze_count() == 0
sys.argv[1:] = {arguments!r}
main()
"""


def test_garbage_is_hardly_sought_by_a_command_and_not_at_its_end() -> None:
    """What a command has made is not gone through and freed before its process ends."""
    program = COMMAND.format(arguments=["scenario", "list"])
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stderr.split() == ["True", "True"]


def test_a_picture_is_drawn_without_what_nobody_reads(tmp_path: Path) -> None:
    """`odds` imports neither what shows figures in windows nor lists of what can be set of each."""
    program = (
        "import sys\nfrom negotiation.cli.app import app\n"
        "try: app()(['odds', 'split-the-pie', '--runs', '10', '--worlds', '0'])\n"
        "except SystemExit: pass\n"
        "from matplotlib import artist, lines\n"
        "listed = [lines.Line2D.set.__doc__, artist.kwdoc(lines.Line2D)]\n"
        "told = ['matplotlib.pyplot' in sys.modules, *('marker:' in text for text in listed)]\n"
        "print(*told, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stderr.splitlines()[-1].split() == ["False", "False", "True"]
    assert list(tmp_path.rglob("odds.svg"))


def test_matplotlib_is_whole_for_others() -> None:
    """Who draws from Python has the documentation of Matplotlib as it is."""
    program = "from negotiation.plots import style; style.canvas(None, 2.0)\n"
    program += "from matplotlib import lines; print('marker:' in lines.Line2D.set.__doc__)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "True"


VERBS = sorted(module.name for module in pkgutil.iter_modules(verbs.__path__))


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_alone_is_the_verb_among_all(verb: str) -> None:
    """A command reads only the verb that is typed; it is the same as in the whole command."""
    one, whole = (typer.main.get_command(app(*asked)) for asked in ([verb], []))
    assert list(one.commands) == [verb]
    told = [CliRunner().invoke(app(*asked), [verb, "--help"]).stdout for asked in ([verb], [])]
    assert told[0] == told[1] != ""
    assert set(whole.commands) == set(VERBS)


def test_what_is_no_verb_is_answered_by_all() -> None:
    """A misspelt verb is told what is near, and an option may stand first."""
    for typed in ("od", "--help", "--version", "odds.py", "", "../odds"):
        assert len(typer.main.get_command(app(typed)).commands) == len(VERBS)  # type: ignore[attr-defined]


LIGHT = ["scenario", "show", "split-the-pie"]
HEAVY = {
    "pydantic", "numpy", "numba", "rich", "matplotlib", "tomllib", "logging",
    *(f"negotiation.cli.verbs.{verb}" for verb in VERBS if verb != "scenario"),
}  # fmt: skip


def test_what_was_told_before_is_told_without_the_model(tmp_path: Path) -> None:
    """The second time, neither a scenario nor another verb is read."""
    program = (
        f"import sys\nfrom negotiation.cli import main\nsys.argv[1:] = {LIGHT}\n"
        f"try: main()\nfinally: print(sorted({HEAVY} & sys.modules.keys()), file=sys.stderr)"
    )
    for known in (False, True):
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True,
            env=os.environ | {"NEGOTIATION_CACHE": str(tmp_path), "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert (done.stderr.strip() == "[]") == known

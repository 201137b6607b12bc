"""What somebody sees who types the name of the command and little else."""

from __future__ import annotations

import importlib.metadata
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import typer
from typer.testing import Result

from negotiation.cli.app import FIRST_SCREEN, app

HEAVY = {"mesa", "matplotlib", "numba", "numpy", "pandas", "pyarrow", "scipy"}


def test_no_argument_shows_three_commands(negotiation: Callable[..., Result]) -> None:
    """Without an argument the command answers with three examples, and that is no error."""
    result = negotiation()
    assert result.exit_code == 0
    examples = [line for line in result.stdout.splitlines() if line.startswith("  negotiation ")]
    assert len(examples) == 3


def test_the_three_commands_work(negotiation: Callable[..., Result]) -> None:
    """Each example of the first screen runs as it is printed (odds with fewer runs)."""
    for line in FIRST_SCREEN.splitlines():
        if line.startswith("  negotiation "):
            words = line.strip().split("  ")[0].split()[1:]
            fewer = ["--runs", "20", "--worlds", "0"] if words[0] == "odds" else []
            assert negotiation(*words, *fewer).exit_code == 0, line


def test_version(negotiation: Callable[..., Result]) -> None:
    """The version is that of the installed package."""
    version = importlib.metadata.version("negotiation")
    assert negotiation("--version").stdout == f"negotiation {version}\n"


def test_help_advertises_only_what_is_there(negotiation: Callable[..., Result]) -> None:
    """Every verb in the help, under whatever heading, has a help of its own."""
    text = negotiation("--help").stdout.partition("--help ")[2]
    verbs = re.findall(r"^  (\w+)  +\S", text, re.MULTILINE)
    assert {"odds", "run", "scenario", "theory", "domain"} <= set(verbs)
    assert len(re.findall(r"^\S.*:$", text, re.MULTILINE)) >= 4
    for verb in verbs:
        assert negotiation(verb, "--help").exit_code == 0


def every_verb(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every verb as it is typed, those of a verb's own included."""
    for name, verb in command.commands.items():
        if hasattr(verb, "commands"):
            yield from every_verb(verb, (*path, name))
        else:
            yield (*path, name), verb


def test_a_verb_is_told_in_whole_sentences_with_an_example() -> None:
    """No sentence is cut off, and the example is read by the verb as it stands."""
    command = typer.main.get_command(app())
    verbs = list(every_verb(command))
    assert len(verbs) > 15
    for path, verb in verbs:
        first, _, rest = verb.help.partition("\n\n")
        assert first.endswith((".", "?")), path
        assert " ".join(first.split()).startswith(verb.get_short_help_str(1000)[:-1]), path
        example = re.fullmatch(r"Example: negotiation (.*)", rest.strip())
        assert example is not None, path
        words = tuple(shlex.split(example[1]))
        assert words[: len(path)] == path
        verb.make_context(path[-1], list(words[len(path) :]))
    listed = command.get_help(command.make_context("negotiation", [], resilient_parsing=True))
    assert "..." not in listed.partition("--help ")[2]


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], [], ["odds", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    """Help answers at once because no library of the model is loaded for it."""
    program = (
        "import sys; from negotiation.cli.app import app\n"
        f"try: app()({arguments!r})\nexcept SystemExit: pass\n"
        f"print(sorted({HEAVY!r} & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"


def test_module_is_the_command() -> None:
    """``python -m negotiation`` is the same command, and says so in its usage line."""
    command = [sys.executable, "-m", "negotiation", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: negotiation [OPTIONS] COMMAND")

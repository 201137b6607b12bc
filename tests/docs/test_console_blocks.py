"""What the documents show in a terminal is what the command prints.

In a ```console block a line ``$ command`` is followed by its output. Every ``negotiation``
command is run, page by page, in an empty folder; ``| head -N``, ``| tail -N`` and ``| grep TEXT``
work as in a shell. A ```toml or ```python block whose first line is ``# name.toml`` or
``# name.py``, or a ```xml block that begins with ``<!-- name.xml -->``, is the file of that name.
Where output changed for a good reason, ``python tests/docs/regenerate.py`` writes the documents
anew.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from negotiation.cli.app import app

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FREELY = "<!-- not run -->\n"  # before a block that a test of its own looks after
NUMBER = re.compile(r"\d+(?:\.\d+)?")
POINTS = 1.0  # percentage points by which odds may differ on another machine


class Command(NamedTuple):
    """A command of a page and the output shown below it."""

    line: str
    output: str


def fenced(text: str, language: str) -> Iterator[re.Match[str]]:
    """Yield the blocks of a language, but for those that another test looks after."""
    for match in FENCE.finditer(text):
        if match[1] == language and not text[: match.start()].endswith(FREELY):
            yield match


def commands(block: str) -> list[Command]:
    """Return the commands of a console block."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)[1:]
    return [Command(*pair) for pair in zip(parts[::2], parts[1::2], strict=True)]


def output_of(line: str) -> str:
    """Return what a ``negotiation`` command prints, or complains of where it fails."""
    command, *filters = line.split(" | ")
    result = CliRunner().invoke(app(), shlex.split(command)[1:])
    lines = (result.stdout if result.exit_code == 0 else result.stderr).splitlines()
    for step in filters:
        name, argument = shlex.split(step)
        if name == "grep":
            lines = [text for text in lines if argument in text]
        else:
            count = int(argument.removeprefix("-"))
            lines = {"head": lines[:count], "tail": lines[-count:]}[name]
    assert lines, f"{line}: prints nothing"
    return "".join(f"{text.rstrip()}\n" for text in lines)


def write_files(text: str, folder: Path) -> None:
    """Write the files that a page shows."""
    for language in ("toml", "xml", "python"):
        for block in fenced(text, language):
            name = re.match(r"(?:# |<!-- )([\w-]+\.(?:toml|xml|py))\b", block[2])
            if name:
                (folder / name[1]).write_text(block[2], "utf-8")


def same(line: str, shown: str, printed: str) -> bool:
    """Return whether what is shown is what is printed; odds may differ in the last digits."""
    if shown == printed:
        return True
    if not line.startswith("negotiation odds") or squeezed(shown) != squeezed(printed):
        return False
    pairs = zip(NUMBER.findall(shown), NUMBER.findall(printed), strict=True)
    return all(abs(float(a) - float(b)) <= POINTS for a, b in pairs)


def squeezed(text: str) -> str:
    """Return a text without its numbers and without its spaces."""
    return re.sub(r"\s+", " ", NUMBER.sub("#", text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_shows_what_is_printed(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command of the page, typed in order in an empty folder, prints what the page shows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    text = page.read_text("utf-8")
    write_files(text, tmp_path)
    for block in fenced(text, "console"):
        for command in commands(block[2]):
            if not command.line.startswith("negotiation "):
                assert not command.output.strip(), f"{command.line}: its output is not checked"
                continue
            printed = output_of(command.line)
            if command.output.strip() and not same(command.line, command.output, printed):
                assert command.output == printed, command.line


def test_there_are_commands() -> None:
    """The pages hold commands with output, so the test above proves something."""
    found = [
        command
        for page in PAGES
        for block in fenced(page.read_text("utf-8"), "console")
        for command in commands(block[2])
        if command.line.startswith("negotiation ") and command.output.strip()
    ]
    assert len(found) >= 15


def test_a_stale_page_is_noticed() -> None:
    """A changed word, or odds two points off, do not pass as the same."""
    shown = "they sign: 50.1%\n"
    assert same("negotiation odds", shown, "they sign: 50.6%\n")
    assert not same("negotiation odds", shown, "they sign: 52.6%\n")
    assert not same("negotiation odds", shown, "they meet: 50.1%\n")
    assert not same("negotiation run", shown, "they sign: 50.6%\n")

"""The Python of the documents runs.

Blocks with ``>>>`` are doctests and run as such. The others are run here, page by page, in an empty
folder and in one namespace, as a reader would who types the page from top to bottom. A block whose
first line is ``# name.py`` is the file of that name. A page with ``<!-- needs name -->``
uses an extra of the project, and is skipped, with its reason, where that is not installed.
On a page with ``<!-- commands first -->`` the commands are run before: the Python reads their work.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from needing import needed
from typer.testing import CliRunner

from negotiation.cli.app import app

ROOT = Path(__file__).parents[2]
COMMANDS_FIRST = "<!-- commands first -->\n"
NEEDS = re.compile(r"^<!-- needs (\w+) -->$", re.MULTILINE)
TOML = re.compile(r"^```toml\n(# ([\w-]+\.toml)\n.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ negotiation (.*)$", re.MULTILINE)
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def scripts(page: Path) -> list[str]:
    """Return the Python blocks of a page that are no doctests."""
    return [code for code in BLOCK.findall(page.read_text("utf-8")) if ">>>" not in code]


EVERY = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
PAGES = [page for page in EVERY if scripts(page)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_runs_from_top_to_bottom(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing on the page raises."""
    for extra in NEEDS.findall(page.read_text("utf-8")):
        reason = f"{extra} is not installed, and this page needs it"
        needed(extra, reason)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    names: dict[str, object] = {"__name__": "__main__"}
    if COMMANDS_FIRST in (text := page.read_text("utf-8")):
        for code, name in TOML.findall(text):
            (tmp_path / name).write_text(code, "utf-8")
        for line in COMMAND.findall(text):
            assert CliRunner().invoke(app(), shlex.split(line)).exit_code == 0, line
    for code in scripts(page):
        if file := re.match(r"# (\w+\.py)\n", code):
            (tmp_path / file[1]).write_text(code, "utf-8")
            continue
        exec(compile(code, page.name, "exec"), names)
        plt.close("all")  # a page may draw more than are to be open at once


def test_there_is_python() -> None:
    """At least one page has such a block, so the test above proves something."""
    assert PAGES


@pytest.mark.parametrize("page", EVERY, ids=lambda page: str(page.relative_to(ROOT)))
def test_doctests_end_before_the_fence(page: Path) -> None:
    """An empty line stands between a doctest's output and the closing fence, or it would fail."""
    for code in BLOCK.findall(page.read_text("utf-8")):
        if ">>>" in code and not code.rstrip("\n").splitlines()[-1].startswith(">>>"):
            assert code.endswith("\n\n"), code

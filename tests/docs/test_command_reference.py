"""The reference of the command line has a part for every verb that the command has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import typer

from negotiation.cli.app import app

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "command-line.md"


def verbs(command: Any = None, path: str = "negotiation") -> list[str]:
    """Return every verb as it is typed, with the verbs below it."""
    command = command or typer.main.get_command(app())
    found = []
    for name, inner in getattr(command, "commands", {}).items():
        if hasattr(inner, "commands"):
            found += verbs(inner, f"{path} {name}")
        else:
            found.append(f"{path} {name}")
    return found


def described(text: str) -> list[str]:
    """Return the verbs that have a part on the page."""
    return re.findall(r"^## `(negotiation .+)`$", text, re.MULTILINE)


def test_every_verb_has_its_part() -> None:
    """No verb is missing, and none is described that is not there; the help itself is run."""
    text = PAGE.read_text("utf-8")
    assert sorted(described(text)) == sorted(verbs())
    for verb in verbs():
        assert f"\n$ {verb} --help\n" in text, f"{verb}: its help is not shown"

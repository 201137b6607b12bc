"""The objects that --json prints are described: an example of each, with exactly its keys.

An example shows the first entry of each list, three digits of each number and the beginning of
long texts. ``python tests/docs/regenerate.py`` writes the examples anew.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from negotiation.cli.app import app
from negotiation.interop.genius import Analysis

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "json.md"
BLOCK = re.compile(r"^<!-- printed by: (negotiation [^\n]*) -->\n```json\n(.*?)^```$", re.M | re.S)
EXAMPLES = BLOCK.findall(PAGE.read_text("utf-8"))


def shortened(data: Any) -> Any:
    """Return an answer as the page shows it."""
    if isinstance(data, dict):
        return {name: shortened(value) for name, value in data.items()}
    if isinstance(data, list):
        return [shortened(data[0])] if data and isinstance(data[0], dict) else shortened_list(data)
    if isinstance(data, float):
        return float(f"{data:.3g}")
    return f"{data[:60]}..." if isinstance(data, str) and len(data) > 60 else data


def shortened_list(data: list[Any]) -> list[Any]:
    """Return a list of numbers, names or lists as the page shows it."""
    return [shortened(value) for value in data]


def answer(line: str) -> Any:
    """Return what a command prints, as data."""
    result = CliRunner().invoke(app(), shlex.split(line)[1:])
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def keys(data: Any, path: str = "") -> Iterator[str]:
    """Yield the dotted paths of an object; names that differ from case to case are left out."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield f"{path}.{name}"
            yield from keys(value, f"{path}.{name}")
    elif isinstance(data, list) and data and isinstance(data[0], dict):
        yield from keys(data[0], f"{path}[]")


@pytest.mark.parametrize(("line", "shown"), EXAMPLES, ids=[line for line, _ in EXAMPLES])
def test_the_example_has_the_keys_of_the_answer(
    line: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither more keys nor fewer, and in the same order."""
    monkeypatch.chdir(tmp_path)
    assert list(keys(json.loads(shown))) == list(keys(answer(line)))


def test_the_analysis_of_a_domain_is_described() -> None:
    """Each key of the answer of ``negotiation domain`` stands on the page."""
    text = PAGE.read_text("utf-8")
    assert {key for key in Analysis.__annotations__ if f"`{key}`" not in text} == set()


def test_there_are_examples() -> None:
    """The page describes the answers of the verbs that have --json."""
    assert {line.split()[1] for line, _ in EXAMPLES} >= {"odds", "run", "theory"}

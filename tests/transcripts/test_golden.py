"""Whole transcripts as texts: a change of the model shows here as a change of the story.

A difference is not an error in itself. Read it; where the new story is right, write the files
anew with ``python tests/transcripts/regenerate.py``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import negotiation as ng

FILES = sorted((Path(__file__).parent / "golden").glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_story_is_unchanged(file: Path) -> None:
    """The run whose address stands in the file is told as the file tells it."""
    text = file.read_text("utf-8")
    address = re.search(r"^Run (\d+) under seed (\d+)", text, re.MULTILINE)
    assert address
    scenario = ng.Scenario.load(file.stem.split("--")[0])
    talks = ng.run(scenario, run=int(address[1]), seed=int(address[2]))
    assert talks.transcript.splitlines() == text.splitlines()


def test_there_are_stories() -> None:
    """There are two dozen stories at least, so the test above proves something."""
    assert len(FILES) >= 24

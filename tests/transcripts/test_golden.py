"""Whole transcripts as texts: a change of the model shows here as a change of the story.

A difference is not an error in itself. Read it; where the new story is right, write the files
anew with ``python tests/transcripts/regenerate.py``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

import negotiation as ng

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
from worlds import load  # noqa: E402

RUN = re.compile(r"^Run (\d+) under seed (\d+)", re.MULTILINE)
FILES = sorted((HERE / "golden").glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_story_is_unchanged(file: Path) -> None:
    """The run whose address stands in the file is told as the file tells it."""
    text = file.read_text("utf-8")
    address = RUN.search(text)
    assert address
    scenario = load(file.stem.split("--")[0])
    talks = ng.run(scenario, run=int(address[1]), seed=int(address[2]))
    assert talks.transcript.splitlines() == text.splitlines()


def test_there_are_stories() -> None:
    """There are thirty stories at least, no run is told twice: the test above proves something."""
    runs = {(f.stem.split("--")[0], RUN.search(f.read_text("utf-8"))[0]) for f in FILES}
    assert len(runs) == len(FILES) >= 30

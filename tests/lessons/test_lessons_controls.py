"""Every lesson with every slider and every choice at either end: nothing breaks."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from needing import needed

needed("marimo", "marimo is not installed: the lessons are not tested")

import marimo as mo

from negotiation.lessons import pages

FOLDER = Path(__file__).parents[2] / "lessons"
NOTEBOOKS = sorted(FOLDER.glob("[0-9][0-9]_*.py"))
FIRST, LAST = 0, -1


def moved(real: Any, end: int, seen: list[str]) -> Callable[..., Any]:
    """An input that stands at one of its ends instead of where the lesson puts it."""

    def made(*args: Any, **options: Any) -> Any:
        given = inspect.signature(real).bind(*args, **options)
        at = given.arguments
        if "start" in at:
            at["value"] = (at["start"], at["stop"])[end]
        elif at.get("value") is not None:  # without one it waits for an answer
            at["value"] = list(at["options"])[end]
        else:
            return real(*args, **options)
        seen.append(str(at.get("label")))
        return real(*given.args, **given.kwargs)

    return made


# each lesson at one of the ends; at the other in the long tests
CASES = [
    pytest.param(
        path, end, id=f"{path.stem}-{'first' if end == FIRST else 'last'}",
        marks=[pytest.mark.long] * ((n + end) % 2),
    )
    for n, path in enumerate(NOTEBOOKS)
    for end in (FIRST, LAST)
]  # fmt: skip


@pytest.mark.parametrize(("notebook", "end"), CASES)
def test_no_control_breaks_a_lesson(
    notebook: Path, end: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All cells are computed, and none shows a number that is none."""
    seen: list[str] = []
    for kind in ("slider", "dropdown", "radio"):
        monkeypatch.setattr(mo.ui, kind, moved(getattr(mo.ui, kind), end, seen))
    whole = pages.plain("".join(pages.run(notebook).cells))
    assert len(seen) >= 2, "a lesson has controls"
    for broken in ("nan", "NaN", "inf", "None", "Traceback"):
        assert not re.search(rf"(?<![\w.]){broken}(?!\w)", whole), broken

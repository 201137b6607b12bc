"""The lessons as pages that need no server, in a browser, and for Jupyter."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from browsing import DESK, PHONE, violations
from needing import needed

needed("marimo", "marimo is not installed: the lessons are not tested")

from classroom import opened

from negotiation.lessons import pages

FOLDER = Path(__file__).parents[2] / "lessons"
NOTEBOOKS = sorted(FOLDER.glob("[0-9][0-9]_*.py"))
SIZES = pytest.mark.parametrize(
    ("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"]
)


@pytest.fixture(scope="module")
def first_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of pages with the first lesson in it, as `make lessons-pages` writes it."""
    folder = tmp_path_factory.mktemp("lessons")
    (folder / NOTEBOOKS[0].name).write_bytes(NOTEBOOKS[0].read_bytes())
    pages.write(folder, folder / "pages")
    return folder / "pages"


@SIZES
def test_an_exported_lesson_needs_no_server(
    chromium: Any, first_page: Path, axe: Path, size: tuple[int, int], scheme: str
) -> None:
    """From the list to the lesson, as files: all is computed, folds open, axe is quiet."""
    with opened(chromium, (first_page / "index.html").as_uri(), size, scheme) as page:
        assert violations(page, axe) == []
        page.get_by_role("link", name="The one-shot tariff game").click()
        page.locator("#simulation").wait_for()
        assert page.locator("script").count() == 0
        page.get_by_text("Derivation:").click()
        page.get_by_text("a very large one does not").wait_for()
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.locator("details.answer").count() == 7
        assert violations(page, axe) == []


def test_the_notebook_for_jupyter_holds_what_was_computed(first_page: Path) -> None:
    """Every cell that shows something in the open lesson has an output; none is an error."""
    book = json.loads((first_page / f"{NOTEBOOKS[0].stem}.ipynb").read_text("utf-8"))
    outputs = [one for cell in book["cells"] for one in cell.get("outputs", [])]
    told = json.dumps(outputs)
    assert not any(one["output_type"] == "error" for one in outputs)
    assert "It goes on once you have committed" not in told
    assert all(part in told for part in ("A tariff is dominant", "For the teacher"))
    assert "of 60 worlds" in told
    assert "the tariff is better for each whatever the other does</li>" in told, "the choices"
    assert "marimo-ui-element" not in told
    assert (first_page / f"{NOTEBOOKS[0].stem}.html").stat().st_size < 200_000


def test_two_folders_are_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without a lesson, or one folder alone, is a sentence and exit code 2."""
    assert pages.main([str(tmp_path), str(tmp_path / "pages")]) == 2
    assert "holds no lesson" in capsys.readouterr().err
    assert pages.main([]) == 2
    assert capsys.readouterr().err.startswith("Name two folders")

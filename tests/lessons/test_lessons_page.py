"""The lessons in a browser: opened as a class does, and as pages that need no server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from browsing import DESK, PHONE, WAIT, looked_at, violations
from needing import needed

needed("marimo", "marimo is not installed: the lessons are not tested")

from negotiation.lessons import pages

FOLDER = Path(__file__).parents[2] / "lessons"
NOTEBOOKS = sorted(FOLDER.glob("[0-9][0-9]_*.py"))
# the frame around a lesson is marimo's: its menu has no name, and there is no landmark
LESSON = "{include: [['.lesson'], ['marimo-ui-element']]}", "{rules: {region: {enabled: false}}}"
SIZES = pytest.mark.parametrize(
    ("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"]
)


@contextmanager
def opened(
    chromium: Any, address: str, size: tuple[int, int], scheme: str = "light"
) -> Iterator[Any]:
    """A page of the lessons; at the end nothing failed, and nothing was asked for elsewhere."""
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme
    )
    page, wrong = context.new_page(), []
    page.set_default_timeout(WAIT)
    home = urlsplit(address).netloc
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request",
        lambda r: None if urlsplit(r.url).netloc in (home, "") else wrong.append(r.url),
    )
    page.goto(address)
    yield page
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    context.close()
    assert wrong == []
    assert wide <= 1, "the page is wider than the window"


@SIZES
def test_a_class_goes_through_the_first_lesson(
    chromium: Any, served: str, axe: Path, tries: Any, size: tuple[int, int], scheme: str
) -> None:
    """Commit, play, answer an exercise wrongly and rightly, answer the quiz, open every fold."""
    address = f"{served}?file={NOTEBOOKS[0].name}"
    with opened(chromium, address, size, scheme) as page:
        page.get_by_text("It goes on once you have committed").wait_for()
        for part in ("play", "theory", "simulation", "exercises", "quiz", "teacher"):
            assert page.locator(f"#{part}").count() == 0, "shown before the prediction"
        page.get_by_label("Both lay their tariffs").click()
        page.get_by_role("button", name="I commit to this").click()
        page.get_by_text("You predict: Both lay their tariffs").wait_for()
        page.get_by_text("of 60 worlds").wait_for()
        before = page.locator(".matrix").first.inner_text()
        slider = page.get_by_role("slider").first
        slider.focus()
        for _ in range(6):
            slider.press("ArrowRight")
        page.wait_for_function(
            "old => document.querySelector('.matrix').innerText !== old", arg=before
        )
        answers = [("a lot", "is not a number"), ("28", "Not yet."), ("5,1", "Right.")]
        tries(page, "Your answer, $bn a year:", answers)
        page.get_by_label("the tariff is better for each whatever the other does").click()
        page.get_by_text("1 of 4 right.").wait_for()
        page.evaluate("document.querySelectorAll('.lesson details').forEach(d => d.open = true)")
        page.get_by_role("heading", name="Common misconceptions").wait_for()
        assert violations(page, axe, *LESSON) == []


@pytest.mark.parametrize("notebook", NOTEBOOKS[1:], ids=[path.stem for path in NOTEBOOKS[1:]])
def test_a_class_opens_every_other_lesson(
    chromium: Any, served: str, axe: Path, notebook: Path
) -> None:
    """Commit to the first prediction, and all parts come, none with an error.

    Axe finds nothing, in light and in dark, and on a phone nothing lies beyond the window.
    """
    with opened(chromium, f"{served}?file={notebook.name}", DESK) as page:
        page.get_by_role("radio").first.click(timeout=4 * WAIT)  # lesson 8 computes before it asks
        page.get_by_role("button", name="I commit to this").click()
        page.get_by_text("What came of the prediction").wait_for(timeout=2 * WAIT)
        # shown as long as anything is being computed
        page.get_by_test_id("loading-indicator").wait_for(state="detached", timeout=4 * WAIT)
        assert page.locator(".lesson h2").count() == 8
        assert page.get_by_text("An internal error occurred").count() == 0
        assert page.get_by_text("Traceback").count() == 0
        page.evaluate("document.querySelectorAll('.lesson details').forEach(d => d.open = true)")
        looked_at(page, axe, *LESSON, columns=".lesson")


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

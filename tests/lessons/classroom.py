"""A lesson in a browser, and what a student does with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from browsing import WAIT, heard

from negotiation.lessons import Exercise, Lesson, Question
from negotiation.lessons.parts import PARTS

# the frame around a lesson is marimo's: its menu has no name, and there is no landmark
LESSON = "{include: [['.lesson'], ['marimo-ui-element']]}", "{rules: {region: {enabled: false}}}"
WAITS = "It goes on once you have committed to a prediction."
SAID = """[...document.querySelectorAll('.lesson')].map(part => part.textContent + [
  ...part.querySelectorAll('svg')].map(one => one.outerHTML)).join(' ')"""
BEFORE = """([kind, id]) => [...document.querySelectorAll(kind)].filter(one =>
  one.compareDocumentPosition(document.getElementById(id)) & 4).length"""


@contextmanager
def opened(
    chromium: Any, address: str, size: tuple[int, int], scheme: str = "light"
) -> Iterator[Any]:
    """A page of the lessons; at the end nothing failed, and nothing was asked for elsewhere."""
    with heard(chromium, address, size, scheme) as (page, _):
        page.goto(address)
        yield page
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 1, "the page is wider than the window"


def idle(page: Any) -> None:
    """Nothing is being computed any more."""
    page.get_by_test_id("loading-indicator").wait_for(state="detached", timeout=4 * WAIT)


def commits(page: Any, lesson: Lesson, choice: str, sure: int) -> None:
    """Choose an answer, say how sure (so many steps above a guess), commit; all opens, for good.

    Without an answer the page says what is lacking, and stays closed.
    """
    page.get_by_text(WAITS).wait_for(timeout=4 * WAIT)  # lesson 8 computes before it asks
    page.get_by_role("button", name="I commit to this").click()
    page.get_by_text("Choose one of the answers first.").wait_for()
    assert page.locator(".lesson h2").count() == 2, "shown before the prediction"
    page.get_by_label(lesson.prediction.choices[choice], exact=True).click()
    slider = page.get_by_role("slider").first
    slider.focus()
    for _ in range(sure):
        slider.press("ArrowRight")
    page.get_by_role("button", name="I commit to this").click()
    page.locator(".committed").filter(has_text=lesson.prediction.choices[choice]).wait_for()
    assert page.get_by_role("button", name="I commit to this").count() == 0, "it can be changed"
    page.locator("div.found").wait_for(timeout=2 * WAIT)
    page.locator(".lesson h2").nth(len(PARTS)).wait_for(
        timeout=2 * WAIT
    )  # the teacher's is one more
    idle(page)


def changes(page: Any, act: Callable[[], object], what: str) -> None:
    """What a student does changes what the lesson says or draws."""
    before = page.evaluate(SAID)
    act()
    try:
        page.wait_for_function(f"old => {SAID} !== old", arg=before)
    except Exception as error:
        raise AssertionError(f"nothing changes with {what}") from error
    idle(page)


def moves_everything(page: Any) -> int:
    """Move each control of a lesson, those of choices first; return how many there are."""
    radios, lists, sliders = (
        page.locator(f"marimo-{kind}") for kind in ("radio", "dropdown", "slider")
    )
    choices = page.evaluate(BEFORE, ["marimo-radio", "exercises"])
    for k in range(choices):
        last, first = (
            radios.nth(k).get_by_role("radio").last,
            radios.nth(k).get_by_role("radio").first,
        )
        changes(page, (first if last.is_checked() else last).click, f"choice {k + 1}")
    for k in range(lists.count()):
        select = lists.nth(k).locator("select")
        at = select.evaluate("one => one.selectedIndex")
        many = select.locator("option").count()
        changes(page, lambda s=select, i=(at + 1) % many: s.select_option(index=i), f"list {k + 1}")
    for k in range(sliders.count()):
        slider = sliders.nth(k).get_by_role("slider")
        full = slider.get_attribute("aria-valuenow") == slider.get_attribute("aria-valuemax")
        key = "ArrowLeft" if full else "ArrowRight"
        changes(page, lambda s=slider, pressed=key: s.press(pressed), f"slider {k + 1}")
    return int(choices + lists.count() + sliders.count())


def answers(page: Any, lesson: Lesson) -> None:
    """Answer all wrongly, then rightly; the page says which it is, and at the end the score."""
    boxes, radios = page.locator("marimo-text input"), page.locator("marimo-radio")
    box, radio = 0, page.evaluate(BEFORE, ["marimo-radio", "exercises"])
    for parts, place in ((lesson.exercises, 0), (lesson.quiz, -1)):
        for number, part in enumerate(parts, 1):
            where = radios.nth(radio) if part.choices else boxes.nth(box)
            radio, box = (radio + 1, box) if part.choices else (radio, box + 1)
            for given, said in ((wrong(part), ("Not yet.", "No.")[place]), (right(part), "Right.")):
                if part.choices:
                    where.get_by_label(part.choices[given], exact=True).click()
                else:
                    where.fill(given)
                    where.press("Enter")
                verdict = page.locator(".verdict").nth(place)
                verdict.get_by_text(f"{number}. {said}").wait_for()
        page.locator(".verdict").nth(place).get_by_text(
            f"{len(parts)} of {len(parts)} right."
        ).wait_for()


def right(part: Exercise | Question) -> str:
    """The right answer as a student gives it."""
    if isinstance(part.right, str):
        return part.right
    return "; ".join(f"{number:.6g}" for number in part.numbers)


def wrong(part: Exercise | Question) -> str:
    """An answer that students give, and that is wrong."""
    if isinstance(part, Question):
        return next(one for one in part.choices if one != part.right)
    return part.mistakes[0]

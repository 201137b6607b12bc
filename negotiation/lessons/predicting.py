"""What a student commits to in the open notebook: asked once, locked, and set beside what came.

The first answer counts. It is written into the address of the page, so that it is still there after
the page was loaded again; the form is taken off the page as soon as it was sent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

import marimo as mo

from negotiation.lessons.parts import Lesson, Prediction
from negotiation.lessons.showing import details, heading_of, html, inline, shown
from negotiation.words.language import tr
from negotiation.words.numbers import percent

LIVE = ("run", "edit")  # where somebody sits in front of the page
COMPUTED = "computed"  # said to a notebook whose cells shall all be computed, whoever looks on
PREDICTED, GUESSED = "predicted", "guessed"  # in the address of the page
T = TypeVar("T")
STEP = 5  # percentage points between two answers to how sure somebody is


class Committed(NamedTuple):
    """What a student committed to: the key of a choice, and how likely it was said to be."""

    choice: str
    sure: float


@dataclass(frozen=True)
class Opened(Generic[T]):
    """What is shown of what a student committed to; cells that come after it take it, and wait."""

    html: str
    given: T | None

    def _display_(self) -> mo.Html:
        return mo.Html(self.html)


def watched() -> bool:
    """Return whether somebody sits in front of the notebook: not in a test, nor in an export."""
    return mo.app_meta().mode in LIVE and COMPUTED not in mo.cli_args()


def _percents(said: str, many: int) -> tuple[int, ...] | None:
    """Return whole per cents as they stand in the address of a page, None where it is no such."""
    found = said.split("_")
    if len(found) != many or not all(one.isdecimal() and int(one) <= 100 for one in found):
        return None
    return tuple(map(int, found))


def _kept(name: str, now: str | None, read: Callable[[str], T | None]) -> T | None:
    """Return what was committed to first under a name, as it is read; else what is given now.

    What the address holds and cannot be read counts as nothing.
    """
    if watched():
        address = mo.query_params()
        first = read(str(address.get(name) or ""))
        if first is not None:
            return first
        if now is not None:
            address.set(name, now)
    return None if now is None else read(now)


def commitment(prediction: Prediction) -> Any:
    """Return the form of a prediction: one of the choices, and how sure the student is of it.

    It has to be a name of the notebook, and shown by another cell, :func:`predict`.
    """
    least = STEP * -(-100 // (len(prediction.choices) * STEP))
    asked = {words: key for key, words in prediction.choices.items()}
    sure = tr("How sure are you, %? A mere guess is {least}.", least=least)
    parts = mo.Html("<div>{choice}</div><div>{sure}</div>").batch(
        choice=mo.ui.radio(asked, label=tr("I predict:")),
        sure=mo.ui.slider(least, 100, STEP, least, label=sure, show_value=True),
    )

    def lacks(value: Any) -> str | None:
        return None if (value or {}).get("choice") else tr("Choose one of the answers first.")

    return parts.form(submit_button_label=tr("I commit to this"), validate=lacks)


def predict(lesson: Lesson, given: Any) -> Opened[Committed]:
    """Return the prediction as it is asked for or, once given, as it stands and stays.

    Until there is one, this cell and what needs it stay closed. Where nobody sits in front of the
    page nothing is closed.
    """
    prediction = lesson.prediction
    head = f'{heading_of(lesson, "prediction")}<p class="asked">{inline(prediction.question)}</p>'
    now = given.value

    def read(said: str) -> Committed | None:
        choice, _, sure = said.rpartition("_")
        percents = _percents(sure, 1)
        known = percents is not None and choice in prediction.choices
        return Committed(choice, percents[0] / 100) if known and percents else None

    kept = _kept(PREDICTED, None if now is None else f"{now['choice']}_{now['sure']}", read)
    if kept is None:
        if watched():
            told = tr("It goes on once you have committed to a prediction.")
            mo.stop(True, mo.vstack([shown(head), given, shown(f"<p><em>{told}</em></p>")]))
        note = tr("Write down your answer, and how sure you are of it, before you read on.")
        return Opened(
            f"{shown(head).text}{given.text}{shown(f'<p><em>{note}</em></p>').text}", None
        )
    told = tr(
        "You predict: {choice}. You are {sure} sure of it.",
        choice=f"<strong>{inline(prediction.choices[kept.choice])}</strong>",
        sure=percent(kept.sure),
    )
    return Opened(shown(head, _locked(told)).text, kept)


def _locked(told: str) -> str:
    lock, stays = tr("Committed"), tr("It stays as it is, also after the page is loaded again.")
    return (
        f'<div class="committed" role="status"><p><b class="lock">{lock}</b> {told}</p>'
        f'<p class="note">{stays}</p></div>'
    )


def found(lesson: Lesson, opened: Opened[Committed]) -> mo.Html:
    """Return what came of the prediction, beside what was predicted; the simulation ends with it.

    Where nobody committed to anything, as on an exported page, it is folded.
    """
    prediction, given = lesson.prediction, opened.given
    title = tr("What came of the prediction")
    came = f"<p><strong>{inline(prediction.choices[prediction.came])}</strong></p>"
    if given is None:
        return shown(details(title, f"{came}{html(prediction.found)}", "found"))
    right = given.choice == prediction.came
    score, even = prediction.score(given.choice, given.sure), prediction.score()
    head = (tr("you predicted"), tr("how sure you were"), tr("what came"), tr("your Brier score"))
    cells = (
        inline(prediction.choices[given.choice]), percent(given.sure),
        inline(prediction.choices[prediction.came]), f"{score:.2f}",
    )  # fmt: skip
    table = (
        f'<div class="over" tabindex="0" role="group" aria-label="{title}"><table class="came"><tr>'
        + "".join(f'<th scope="col">{one}</th>' for one in head)
        + "</tr><tr>"
        + "".join(f"<td>{one}</td>" for one in cells)
        + "</tr></table></div>"
    )
    verdict = (
        tr("It came as you predicted.") if right else tr("It came otherwise than you predicted.")
    )
    note = tr(
        "The Brier score sums, over the answers, the squared difference between what you gave to "
        "each and what came (1 for the answer that came, 0 for the others). Your answer got "
        "{sure}, the others share the rest evenly. 0 is perfect; the same for every answer scores "
        "{even}.",
        sure=percent(given.sure), even=f"{even:.2f}",
    )  # fmt: skip
    return shown(
        f'<div class="found"><h3>{title}</h3><p><strong>{verdict}</strong></p>{table}'
        f'{html(prediction.found)}<p class="note">{note}</p></div>'
    )


def guesses(labels: Sequence[str], start: int) -> Any:
    """Return the form of several chances in per cent, from 0 to 100, by their labels.

    Like a prediction it is a name of the notebook, and shown by another cell, :func:`guessed`.
    """
    sliders = mo.ui.array([
        mo.ui.slider(0, 100, STEP, start, label=label, show_value=True) for label in labels
    ])  # fmt: skip
    return sliders.form(submit_button_label=tr("I commit to these"))


def guessed(form: Any, letters: Sequence[str]) -> Opened[tuple[float, ...]]:
    """Return the chances as they are asked for or, once given, as they stand and stay: from 0 to 1.

    Until they are given, the rest of this cell and what needs it stay closed, as with a prediction.
    """
    said = None if form.value is None else "_".join(map(str, form.value))
    found = _kept(GUESSED, said, lambda text: _percents(text, len(letters)))
    if found is None:
        if watched():
            mo.stop(True, form)
        return Opened("".join(one.text for one in form.element.elements), None)
    pairs = zip(letters, found, strict=True)
    told = "; ".join(f"{letter}: <strong>{one}%</strong>" for letter, one in pairs)
    return Opened(shown(_locked(f"{told}.")).text, tuple(one / 100 for one in found))

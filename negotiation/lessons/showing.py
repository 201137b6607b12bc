"""A lesson's parts in the open notebook: asked with marimo's inputs, answered where asked for.

What is folded is a ``<details>`` of HTML, so that it opens in every form of a lesson: in marimo, on
the exported page without a script, and in Jupyter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any

import marimo as mo

from negotiation.errors import InputError
from negotiation.lessons.parts import (
    PARTS,
    TEACHER,
    Exercise,
    Lesson,
    Question,
    Source,
)
from negotiation.seats import SEATS
from negotiation.words import language
from negotiation.words.language import in_list, joined, spoken, tr, trn

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from negotiation.theory.games import Game

Part = Exercise | Question
ORDER = ("first", "second")  # how curves are drawn of which none is a side's
SHAPES = "osdx+*"  # of spots, in their order


@cache
def _markdown() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def html(words: str) -> str:
    """Return Markdown as HTML.

    Examples
    --------
    >>> html("*Held* for `90` days.")
    '<p><em>Held</em> for <code>90</code> days.</p>'
    """
    wide = '<div class="over" tabindex="0" role="group" aria-label="{table}"><table>'
    told = str(_markdown().render(words)).strip().replace("<th>", '<th scope="col">')
    wide = wide.format(table=escape(tr("Table")))
    return told.replace("<table>", wide).replace("</table>", "</table></div>")


def inline(words: str) -> str:
    """Return a line of Markdown as HTML without a paragraph around it."""
    return str(_markdown().renderInline(words)).strip()


def tag() -> str:
    """Return the language that is spoken as HTML names it.

    Examples
    --------
    >>> tag()
    'en'
    """
    return {"zh_CN": "zh-Hans"}.get(spoken(), spoken().replace("_", "-"))


def shown(*parts: str) -> mo.Html:
    """Return HTML as a part of a lesson, in the look of the lessons."""
    return mo.Html(f'<div class="lesson" lang="{tag()}">{"".join(parts)}</div>')


def say(words: str) -> mo.Html:
    """Return prose in Markdown; formulas stand in code, so that no font has to be fetched."""
    return shown(html(words))


def folded(summary: str, words: str, kind: str = "derivation") -> mo.Html:
    """Return Markdown that is folded until somebody opens it."""
    return shown(details(summary, html(words), kind))


def details(summary: str, inner: str, kind: str) -> str:
    """Return HTML that is folded until somebody opens it."""
    return f'<details class="{kind}"><summary>{inline(summary)}</summary>{inner}</details>'


def _cited(source: Source) -> str:
    return f'<a href="{source.link}">{inline(source.cited)}</a>'


def heading(lesson: Lesson, part: str, opened: object = None) -> mo.Html:
    """Return the heading of a part with its minutes; ``opened`` keeps it closed until then."""
    del opened  # named, so that marimo computes the cell after the one that opens it
    return shown(heading_of(lesson, part))


def heading_of(lesson: Lesson, part: str) -> str:
    """Return the heading of a part with its minutes, as HTML."""
    minutes = lesson.minutes[part]
    told = trn("{n} minute", "{n} minutes", minutes)
    return f'<h2 id="{part}">{tr(PARTS[part])} <small>{told}</small></h2>'


def begin(lesson: Lesson) -> mo.Html:
    """Return the head of a lesson: title, the look of the page, the question from the news."""
    look = resources.files("negotiation.lessons").joinpath("lessons.css").read_text("utf-8")
    sources = tr("Sources: {sources}.", sources=in_list(map(_cited, lesson.news.sources)))
    return shown(
        f"<style>{look}</style>",
        f"<h1>{lesson.number}. {inline(lesson.title)}</h1>",
        unreviewed(),
        heading_of(lesson, "question"),
        f'<p class="asked">{inline(lesson.news.question)}</p>',
        html(lesson.news.facts),
        f'<p class="source">{sources}</p>',
    )


def unreviewed() -> str:
    """Return that no native reader has looked at a translation; nothing where it is English."""
    told = language.unreviewed()
    return told and f'<p class="note" role="note">{told}</p>'


def choose(options: dict[str, str], start: str | None, label: str) -> Any:
    """Return buttons of which one is pressed; the value is the key, whatever the language.

    Parameters
    ----------
    options : dict of str to str
        By key the words that stand beside each button.
    start : str or None
        The key of the button that is pressed at first.
    """
    asked = {words: key for key, words in options.items()}
    return mo.ui.radio(asked, None if start is None else options[start], label=label)


def ask(part: Part | tuple[Part, ...]) -> Any:
    """Return the input for an exercise or a question, or the inputs for several.

    It has to be a name of the notebook, so that what depends on it is computed when it is answered.
    """
    if isinstance(part, tuple):
        return mo.ui.array([ask(one) for one in part])
    if part.choices:
        return choose(dict(part.choices), None, tr("Your answer:"))
    unit = part.unit if isinstance(part, Exercise) else ""
    label = tr("Your answer, {unit}:", unit=unit) if unit else tr("Your answer:")
    several = isinstance(part, Exercise) and len(part.numbers) > 1
    shape = tr("several, as 1; 2.5") if several else tr("0.25, 1/4 or 25%")
    return mo.ui.text(label=label, placeholder=shape)


def exercises(lesson: Lesson, given: Any, opened: object) -> mo.Html:
    """Return the exercises, each with its input, and its hint and answer folded."""
    cells = [heading(lesson, "exercises", opened)]
    for number, (one, box) in enumerate(zip(lesson.exercises, given, strict=True), 1):
        title, hint, answer = (
            tr("Exercise {number}", number=number),
            html(one.hint),
            html(one.answer),
        )
        cells += [
            shown(f"<h3>{title}</h3>", html(one.task)),
            box,
            shown(details(tr("Hint"), hint, "hint"), details(tr("Answer"), answer, "answer")),
        ]
    return mo.vstack(cells)


def quiz(lesson: Lesson, given: Any, opened: object) -> mo.Html:
    """Return the questions of the quiz, each with its choices, and its answer folded."""
    cells = [heading(lesson, "quiz", opened)]
    for number, (one, box) in enumerate(zip(lesson.quiz, given, strict=True), 1):
        title = tr("Question {number}", number=number)
        why = f"<p><strong>{inline(one.choices[one.right])}</strong></p>{html(one.why)}"
        cells += [
            shown(f"<h3>{title}</h3>", html(one.asked)),
            box,
            shown(details(tr("Answer"), why, "answer")),
        ]
    return mo.vstack(cells)


def verdict(part: Exercise | Question, given: str | None) -> str:
    """Return what to say about an answer, nothing where there is none yet.

    Examples
    --------
    >>> one = Exercise("Half of a half?", "Halve twice.", "1/4.", 0.25)
    >>> verdict(one, "0.25"), verdict(one, "0.5"), verdict(one, "x"), verdict(one, "")
    ('Right.', 'Not yet. Halve twice.', "'x' is not a number: write 0.25, 1/4 or 25%.", '')
    """
    if given is None or not given.strip():
        return ""
    try:
        right = part.check(given)
    except InputError as error:
        return str(error)
    if isinstance(part, Question):
        return joined(tr("Right.") if right else tr("No."), part.why)
    return tr("Right.") if right else joined(tr("Not yet."), part.hint)


def _right(part: Exercise | Question, given: str | None) -> bool:
    try:
        return bool(given and given.strip()) and part.check(str(given))
    except InputError:
        return False


def marks(parts: tuple[Exercise, ...] | tuple[Question, ...], given: Any) -> mo.Html:
    """Return what to say about the answers given so far, and how many of them are right."""
    asked: Iterable[Exercise | Question] = parts
    said = [verdict(part, answer) for part, answer in zip(asked, given.value, strict=True)]
    if not any(said):
        return shown("")
    right = sum(_right(part, answer) for part, answer in zip(asked, given.value, strict=True))
    lines = [
        f"<p><b>{number}.</b> {inline(words)}</p>" for number, words in enumerate(said, 1) if words
    ]
    total = tr("{right} of {all} right.", right=right, all=len(parts))
    return shown(f'<div class="verdict" role="status">{"".join(lines)}<p>{total}</p></div>')


def matrix(game: Game, *, marked: bool = True) -> mo.Html:
    """Return a game of two players as a table, best responses underlined and equilibria boxed."""
    from negotiation.lab.game_view import matrix_html

    return shown(matrix_html(game, ("best", "equilibria") if marked else (), "$bn"))


def lines(
    curves: dict[str, Iterable[Sequence[float]]], *, label: str, x: str, y: str,
    spots: dict[str, Sequence[float]] | None = None,
    cloud: tuple[str, Iterable[Sequence[float]]] | None = None,
    sides: tuple[str, str] | None = None,
) -> mo.Html:  # fmt: skip
    """Return curves through points as a small picture with its key.

    Parameters
    ----------
    curves : dict of str to points
        By name; the first is drawn whole and the second dashed, others dotted.
    label : str
        What the picture shows, in words and numbers, for those who cannot see it.
    x, y : str
        What the axes count.
    spots : dict of str to (float, float), optional
        Up to six points that are marked, by name.
    cloud : (str, points), optional
        Many points of one kind, and what they are.
    sides : (str, str), optional
        The names of the curves that are drawn in the colours of the United States and of China.
    """
    from negotiation.lab.markup import Axes, key

    drawn = {name: [tuple(map(float, p)) for p in points] for name, points in curves.items()}
    marked = {name: tuple(map(float, p)) for name, p in (spots or {}).items()}
    many = [tuple(map(float, p)) for p in cloud[1]] if cloud else []
    held = [*(p for points in drawn.values() for p in points), *marked.values(), *many]
    axes = Axes.around(held)
    order = dict(zip(sides or drawn, SEATS if sides else ORDER, strict=False))
    looks = {name: f"track {order.get(name, 'other')}" for name in drawn}
    shapes = dict(zip(marked, SHAPES, strict=False))
    inner = [axes.dot(point, "fleck", "o", 2.5) for point in many]
    inner += [axes.line(points, looks[name]) for name, points in drawn.items()]
    inner += [axes.dot(point, "spot", shapes[name], 7.0) for name, point in marked.items()]
    entries = [(looks[name], "-", name) for name in drawn]
    entries += [("spot", shapes[name], name) for name in marked]
    entries += [("fleck", "o", cloud[0])] if cloud else []
    return shown(axes.drawn(*inner, label=label, x=x, y=y), key(*entries))


def picture(ax: Axes, words: str) -> mo.Html:
    """Return a picture that says in words what it shows, for those who cannot see it."""
    import hashlib

    from negotiation.report.inline_svg import inline_svg

    name = "p" + hashlib.sha256(words.encode()).hexdigest()[:8]
    return shown(
        f"<figure>{inline_svg(ax, name, words)}<figcaption>{inline(words)}</figcaption></figure>"
    )


def end(lesson: Lesson, opened: object) -> mo.Html:
    """Return the teacher's page, folded."""
    del opened  # named, as in `heading`
    page = lesson.teacher
    rows = "".join(
        f'<tr><th scope="row">{tr(PARTS[part])}</th><td>{lesson.minutes[part]}</td>'
        f"<td>{inline(what)}</td></tr>"
        for part, what in page.steps.items()
    )
    head = "".join(
        f'<th scope="col">{name}</th>' for name in (tr("part"), tr("minutes"), tr("what you do"))
    )
    parts = {
        tr("Timing"): f'<div class="over" tabindex="0" role="group" aria-label="{tr("Timing")}">'
        f'<table class="steps"><tr>{head}</tr>{rows}</table></div>',
        tr("What people do in experiments"): _list(
            tr("{finding} {source}.", finding=inline(finding), source=_cited(source))
            for finding, source in page.behaviour
        ),
        tr("Common misconceptions"): _list(
            tr("“{belief}” <em>Answer:</em> {answer}", belief=inline(belief), answer=inline(answer))
            for belief, answer in page.misconceptions
        ),
        tr("What to project"): _list(map(inline, page.project)),
        tr("How to grade"): html(page.grading),
        tr("Reading"): _list(map(_cited, lesson.reading)),
    }
    inner = "".join(f"<h3>{name}</h3>{told}" for name, told in parts.items())
    summary = tr("Timing, experiments, misconceptions, what to project, grading")
    return shown(
        f'<h2 id="teacher">{tr(TEACHER)}</h2>',
        details(summary, f"<p>{inline(page.aim)}</p>{inner}", "teacher"),
    )


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"

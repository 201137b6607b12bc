"""Every lesson: all cells run, all parts are there, and a class goes through it in a browser."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import pytest
from browsing import DESK, PHONE, looked_at
from needing import needed

needed("marimo", "marimo is not installed: the lessons are not tested")

import classroom

from negotiation.errors import InputError
from negotiation.lessons import Exercise, Question, pages, parts, showing

FOLDER = Path(__file__).parents[2] / "lessons"
NOTEBOOKS = sorted(FOLDER.glob("[0-9][0-9]_*.py"))
EACH = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])


@functools.cache
def ran(notebook: Path) -> pages.Ran:
    """A lesson that was run once for all tests of this file."""
    return pages.run(notebook)


def first(text: str, limit: int = 60) -> str:
    """The beginning of what is asked, to name it in a failure."""
    return text[:limit]


@EACH
def test_every_cell_runs_and_shows_itself(notebook: Path) -> None:
    """No cell raises; what it shows holds no number that is none, and no formatting left open."""
    found = ran(notebook)
    whole = "".join(found.cells)
    assert len(found.cells) > 12
    for broken in ("nan", "NaN", "inf,", "None", "{lesson", "**", "Traceback"):
        assert not re.search(rf"(?<![\w.]){re.escape(broken)}(?!\w)", pages.plain(whole)), broken


@EACH
def test_its_parts_are_there_in_their_order(notebook: Path) -> None:
    """Question, prediction, play, theory with a folded derivation, simulation, exercises, quiz."""
    found = ran(notebook)
    whole = pages.page(found)
    order = re.findall(r'<h2 id="(\w+)"', whole)
    assert order == [*parts.PARTS, "teacher"]
    play = whole[whole.index('id="play"') : whole.index('id="theory"')]
    theory = whole[whole.index('id="theory"') : whole.index('id="simulation"')]
    simulation = whole[whole.index('id="simulation"') : whole.index('id="exercises"')]
    assert play.count('class="control"') >= 2, "a student moves or chooses something"
    assert '<details class="derivation"><summary>' in theory
    assert re.search(r"\d", re.sub(r"<[^>]+>", "", simulation))
    assert whole.count('<details class="answer">') == 3 + len(found.lesson.quiz)
    assert simulation.count('<details class="found">') == 1
    assert whole.count('<details class="teacher">') == 1
    assert notebook.stem[:2] == f"{found.lesson.number:02}"


@EACH
def test_it_fits_fifty_minutes(notebook: Path) -> None:
    """The parts add up to 50 minutes and the quiz takes two."""
    minutes = ran(notebook).lesson.minutes
    assert sum(minutes.values()) == 50
    assert minutes["quiz"] == 2
    assert min(minutes.values()) >= 2


@EACH
def test_facts_and_findings_have_sources(notebook: Path) -> None:
    """The news and every finding of an experiment are cited, by an address that is whole."""
    lesson = ran(notebook).lesson
    cited = [*lesson.news.sources, *(source for _, source in lesson.teacher.behaviour)]
    assert len(lesson.news.sources) >= 1
    assert len(lesson.teacher.behaviour) >= 2
    assert len(lesson.teacher.misconceptions) >= 3
    assert len(lesson.teacher.project) >= 2
    assert len(lesson.reading) >= 1
    for source in [*cited, *lesson.reading]:
        assert re.fullmatch(r"https://[\w.-]+/\S+", source.link), source
        if "doi.org" in source.link:
            assert re.fullmatch(r"https://doi\.org/10\.\d{4,9}/\S+", source.link), source
        assert re.search(r"\d{4}", source.cited), f"{source.cited} has no year"


def cases() -> list[Any]:
    """Every exercise of every lesson by its number, for a name in the report."""
    return [
        pytest.param(notebook, k, id=f"{notebook.stem[:2]}-{k + 1}")
        for notebook in NOTEBOOKS
        for k in range(parts.EXERCISES)
    ]


@pytest.mark.parametrize(("notebook", "k"), cases())
def test_right_answers_pass_and_mistakes_do_not(notebook: Path, k: int) -> None:
    """The right answer as a student writes it is right; the mistakes that students make are not."""
    exercise = ran(notebook).lesson.exercises[k]
    if isinstance(exercise.right, str):
        right = exercise.right
        wrong = [choice for choice in exercise.choices if choice != right]
        assert sorted(exercise.mistakes) == sorted(set(exercise.mistakes) & set(wrong))
    else:
        right = "; ".join(f"{number:.6g}" for number in exercise.numbers)
        wrong = list(exercise.mistakes)
        assert len(wrong) >= 2, "name the mistakes that students make"
    assert exercise.check(right), first(exercise.task)
    assert showing.verdict(exercise, right) == "Right."
    for given in wrong:
        assert not exercise.check(given), f"{first(exercise.task)}: {given} passes"
        assert showing.verdict(exercise, given).startswith("Not yet.")


@pytest.mark.parametrize(("notebook", "k"), cases())
def test_answers_are_told_as_checked(notebook: Path, k: int) -> None:
    """The folded answer says the right answer, to two digits at least."""
    exercise = ran(notebook).lesson.exercises[k]
    if isinstance(exercise.right, str):
        assert exercise.choices[exercise.right].lower() in exercise.answer.lower()
        return
    told = exercise.answer.replace("\N{MINUS SIGN}", "-").replace(",", "")
    written = [float(x) for x in re.findall(r"-?\d+(?:\.\d+)?", told)]
    written += [x / 100 for x in written]
    written += [float(a) / float(b) for a, b in re.findall(r"(\d+)/(\d+)", told) if float(b)]
    for number in exercise.numbers:
        close = max(exercise.within, abs(number) * 0.011)
        assert any(abs(x - number) <= close for x in written), f"{number} is not in the answer"


@EACH
def test_the_quiz_has_one_right_choice_each(notebook: Path) -> None:
    """The right choice passes, every other fails, and the right one is not always in one place."""
    quiz = ran(notebook).lesson.quiz
    for question in quiz:
        assert [one for one in question.choices if question.check(one)] == [question.right]
        assert showing.verdict(question, question.right).startswith("Right.")
        assert question.why
    assert len({list(question.choices).index(question.right) for question in quiz}) > 1


# all at a desk, where the look on a phone is taken too; one that computes little wholly on a phone
IN_CLASS = [
    pytest.param(notebook, size, id=f"{notebook.stem[:2]}-{name}")
    for size, name, taken in (
        (DESK, "desk", NOTEBOOKS),
        (PHONE, "phone", NOTEBOOKS[5:6]),
    )
    for notebook in taken
]


@pytest.mark.parametrize(("notebook", "size"), IN_CLASS)
def test_a_class_goes_through_it(
    chromium: Any, served: str, axe: Path, notebook: Path, size: tuple[int, int]
) -> None:
    """Commit, move every control, answer wrongly and rightly, take the quiz; then open every fold.

    The prediction stands beside what came, cannot be changed, and is still there after the page is
    loaded again. Axe finds nothing, in light and dark; on a phone nothing lies beyond the window.
    """
    lesson = ran(notebook).lesson
    asked = lesson.prediction
    choice = list(asked.choices)[lesson.number % len(asked.choices)]
    nonsense = f"{served}?file={notebook.name}&predicted=nonsense_50"  # is nothing committed to
    with classroom.opened(chromium, nonsense, size) as page:
        classroom.commits(page, lesson, choice, sure=5)
        told = page.locator("div.found").inner_text()
        as_said = "as you predicted" if choice == asked.came else "otherwise than you predicted"
        assert as_said in told and f"{asked.score(choice, 0.5):.2f}" in told
        assert told.count(asked.choices[choice]) == 1 + (choice == asked.came)
        assert asked.choices[asked.came] in told
        if page.get_by_role("button", name="I commit to these").count():
            assert page.get_by_text("What happened: open it").count() == 0
            page.get_by_role("button", name="I commit to these").click()
            page.get_by_text("What happened: open it").wait_for()
            assert page.get_by_role("button", name="I commit to these").count() == 0
        assert page.locator(".lesson h2").count() == len(parts.PARTS) + 1
        assert classroom.moves_everything(page) >= 2
        classroom.answers(page, lesson)
        for broken in ("An internal error occurred", "Traceback"):
            assert page.get_by_text(broken).count() == 0
        page.evaluate("document.querySelectorAll('.lesson details').forEach(d => d.open = true)")
        if size == DESK:
            looked_at(page, axe, *classroom.LESSON, columns=".lesson")
        else:
            page.reload()
            page.locator(".committed").filter(has_text=asked.choices[choice]).wait_for()
            assert page.get_by_role("button", name="I commit to this").count() == 0


def test_there_are_the_lessons_by_number() -> None:
    """Numbers go from one up without a gap, one file each."""
    numbers = [int(path.stem[:2]) for path in NOTEBOOKS]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_teachers_page_lists_them(root: Path) -> None:
    """Each lesson stands in the documentation's table under its number and title."""
    told = (root / "docs" / "how-to" / "teach-with-the-lessons.md").read_text("utf-8")
    listed = re.findall(r"^\| (\d+\. [^|]+?) \|", told, re.MULTILINE)
    assert listed == [f"{one.number}. {one.title}" for one in (ran(n).lesson for n in NOTEBOOKS)]


def test_an_answer_that_is_no_number_is_said() -> None:
    """What cannot be read, or too many numbers, is a sentence and not a failure."""
    one = Exercise("Half?", "Halve.", "0.5.", 0.5, mistakes=("2", "1"))
    assert "is not a number" in showing.verdict(one, "a half")
    assert "holds 2 numbers, and 1 is asked for" in showing.verdict(one, "1; 2")
    assert showing.verdict(one, "1/0").endswith("write 0.25, 1/4 or 25%.")
    assert showing.verdict(one, "  ") == ""


def test_a_picture_says_in_words_what_it_shows() -> None:
    """A picture of the package stands in a lesson as SVG, named and told for who cannot see it."""
    from negotiation import plots
    from negotiation.theory import folk_theorem

    ax = plots.folk_theorem(folk_theorem([[3, 0], [5, 1]], [[3, 5], [0, 1]]), unit="points")
    told = showing.picture(ax, "Patient players sustain <all> of it.").text
    assert 'role="img" aria-label="Patient players sustain &lt;all&gt; of it."' in told
    assert "<figcaption>Patient players sustain &lt;all&gt; of it.</figcaption>" in told


def test_a_part_that_cannot_be_right_is_refused() -> None:
    """A right answer that is no choice, and a lesson of another length, are errors."""
    with pytest.raises(InputError, match="choice"):
        Question("Which?", {"a": "one", "b": "two"}, "c", "Because.")
    with pytest.raises(InputError, match="different choices"):
        Exercise("Which?", "h", "a", "a", choices={"a": "one", "b": "one"})
    lesson = ran(NOTEBOOKS[0]).lesson
    with pytest.raises(InputError, match="takes 51 minutes"):
        parts.Lesson(**{**vars(lesson), "minutes": {**lesson.minutes, "play": 14}})

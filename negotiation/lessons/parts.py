"""What a lesson consists of: the parts in their order, exercises, quiz and the teacher's page.

Nothing here knows marimo: a lesson can be checked, and written as a page, without a browser.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from negotiation.errors import InputError, UnknownName
from negotiation.hindcast.scoring import brier
from negotiation.lessons.numbers import near, read_numbers
from negotiation.words.language import marked, tr, trn

LENGTH = 50  # minutes of a lesson
QUIZ = 2  # minutes of the quiz
PARTS = {
    "question": marked("A question from the news"),
    "prediction": marked("Your prediction"),
    "play": marked("Play the game"),
    "theory": marked("Theory"),
    "simulation": marked("Simulation"),
    "exercises": marked("Exercises"),
    "quiz": marked("Two-minute quiz"),
}
TEACHER = marked("For the teacher")
EXERCISES = 3


@dataclass(frozen=True)
class Source:
    """Where a statement is from: how it is cited, and its address (a DOI where it has one).

    Examples
    --------
    >>> Source("Nash 1950, Econometrica 18", "https://doi.org/10.2307/1907266").link
    'https://doi.org/10.2307/1907266'
    """

    cited: str
    link: str

    def __post_init__(self) -> None:
        if not self.cited.strip() or not self.link.startswith("https://"):
            raise InputError(
                f"A source is cited in words and by an address that begins with https://, not "
                f"{self.cited!r} and {self.link!r}."
            )


@dataclass(frozen=True)
class News:
    """The question that a lesson begins with, the facts that raise it, and their sources."""

    question: str
    facts: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Prediction:
    """What a student commits to before the play, and what comes of it.

    Parameters
    ----------
    question : str
        What is asked.
    choices : dict of str to str
        The words of the answers by their keys.
    came : str
        The key of the answer that came, computed by the lesson.
    found : str
        Why it came so, in Markdown.

    Examples
    --------
    >>> coin = Prediction("Heads?", {"y": "yes", "n": "no"}, "n", "It fell on tails.")
    >>> coin.score("y", 0.5), coin.score("n", 1.0), coin.score("y", 1.0), coin.score()
    (0.5, 0.0, 2.0, 0.5)
    """

    question: str
    choices: Mapping[str, str]
    came: str
    found: str

    def __post_init__(self) -> None:
        _several(self.choices.values(), "A prediction")
        if self.came not in self.choices:
            raise UnknownName("choice", self.came, self.choices, where=self.question)

    def score(self, choice: str = "", sure: float | None = None) -> float:
        """Return the Brier score of an answer that was called so likely, the rest spread evenly.

        Without an answer all are called equally likely.
        """
        even = 1 / len(self.choices)
        rest = even if sure is None else (1 - sure) / (len(self.choices) - 1)
        called = [sure if sure is not None and key == choice else rest for key in self.choices]
        return float(brier(np.array([called]), np.array([list(self.choices).index(self.came)]))[0])


@dataclass(frozen=True)
class Question:
    """A question of the quiz: its choices by key, the key of the right one, and why.

    What is compared is the key, so that an answer is right in any language.

    Examples
    --------
    >>> one = Question("Half of a half?", {"a": "1/4", "b": "1/3"}, "a", "Halve twice.")
    >>> one.check("a"), one.check("b")
    (True, False)
    """

    asked: str
    choices: Mapping[str, str]
    right: str
    why: str

    def __post_init__(self) -> None:
        _several(self.choices.values(), "A question of the quiz")
        if self.right not in self.choices:
            raise UnknownName("choice", self.right, self.choices, where=self.asked)

    def check(self, given: str) -> bool:
        """Return whether the key of a choice is that of the right one."""
        return given == self.right


@dataclass(frozen=True)
class Exercise:
    """An exercise whose answer code checks.

    Parameters
    ----------
    task : str
        What is asked, in Markdown.
    hint : str
        What helps; shown after a wrong answer, and on request.
    answer : str
        The worked answer, in Markdown; folded until asked for.
    right : float, tuple of float, or str
        The right answer, computed by the lesson: a number, several in their order, or the key of a
        choice.
    choices : dict of str to str
        The words of the choices by their keys, where the answer is one of them. Keys are compared,
        so that an answer is right in any language.
    within : float
        How far a number may be off.
    unit : str
        In what the answer is given, as in ``"$bn"``.
    mistakes : tuple
        Answers that students give and that are wrong. A test holds the check against each.
    accepts : callable, optional
        Whether an answer will do, where several are right: from the numbers given to true or false.
        ``right`` is then one of them.

    Examples
    --------
    >>> one = Exercise("Half of a half?", "Halve twice.", "1/4.", 0.25, mistakes=("1/2",))
    >>> one.check("25%"), one.check("1/2")
    (True, False)
    """

    task: str
    hint: str
    answer: str
    right: float | tuple[float, ...] | str
    choices: Mapping[str, str] = field(default_factory=dict)
    within: float = 0.01
    unit: str = ""
    mistakes: tuple[str, ...] = ()
    accepts: Callable[[tuple[float, ...]], bool] | None = None

    def __post_init__(self) -> None:
        if isinstance(self.right, str):
            _several(self.choices.values(), "An exercise")
            if self.right not in self.choices:
                raise UnknownName("choice", self.right, self.choices, where=self.task)
        elif self.choices:
            raise InputError(f"{self.task!r} has choices, so its right answer is one of them.")

    @property
    def numbers(self) -> tuple[float, ...]:
        """The numbers of the right answer, none where it is a choice."""
        if isinstance(self.right, str):
            return ()
        return self.right if isinstance(self.right, tuple) else (float(self.right),)

    def check(self, given: str) -> bool:
        """Return whether what a student gave is right; what is no number is an error that says so.

        Raises
        ------
        negotiation.errors.InputError
            Where numbers are asked for and something else, or another count of them, was given.
        """
        if isinstance(self.right, str):
            return given == self.right
        found = read_numbers(given)
        if len(found) != len(self.numbers):
            raise InputError(
                tr(
                    "{given} holds {numbers}, and {asked}: write several as 1; 2.5.",
                    given=repr(given.strip()),
                    numbers=trn("{n} number", "{n} numbers", len(found)),
                    asked=trn("{n} is asked for", "{n} are asked for", len(self.numbers)),
                )
            )
        if self.accepts is not None:
            return bool(self.accepts(found))
        return all(near(a, b, self.within) for a, b in zip(found, self.numbers, strict=True))


@dataclass(frozen=True)
class Teacher:
    """The page for whoever teaches.

    Parameters
    ----------
    aim : str
        What students can do after the lesson.
    steps : dict of str to str
        By part, what the teacher does in it.
    behaviour : tuple of (str, Source)
        What people did in published experiments, each with its source.
    misconceptions : tuple of (str, str)
        What students believe, and what to answer.
    project : tuple of str
        What to put on the wall, and when.
    grading : str
        How to grade the exercises and the discussion.
    """

    aim: str
    steps: dict[str, str]
    behaviour: tuple[tuple[str, Source], ...]
    misconceptions: tuple[tuple[str, str], ...]
    project: tuple[str, ...]
    grading: str


@dataclass(frozen=True)
class Lesson:
    """One lesson: what it asks, what a student does, and what the teacher needs.

    ``minutes`` gives every part its time; together they are 50, the quiz takes two.
    """

    number: int
    title: str
    minutes: dict[str, int]
    news: News
    prediction: Prediction
    exercises: tuple[Exercise, ...]
    quiz: tuple[Question, ...]
    teacher: Teacher
    reading: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        for told, table in (("minutes", self.minutes), ("teacher.steps", self.teacher.steps)):
            if list(table) != list(PARTS):
                raise InputError(
                    f"Lesson {self.number}: {told} names {', '.join(table)}; it needs "
                    f"{', '.join(PARTS)}, in this order."
                )
        if sum(self.minutes.values()) != LENGTH or self.minutes["quiz"] != QUIZ:
            raise InputError(
                f"Lesson {self.number} takes {sum(self.minutes.values())} minutes, the quiz "
                f"{self.minutes['quiz']}; a lesson takes {LENGTH}, its quiz {QUIZ}."
            )
        if len(self.exercises) != EXERCISES or len(self.quiz) < EXERCISES:
            raise InputError(
                f"Lesson {self.number} has {len(self.exercises)} exercises and a quiz of "
                f"{len(self.quiz)}; it needs {EXERCISES} of each, and may have more questions."
            )


def _several(choices: Collection[str], what: str) -> None:
    if len(choices) < 2 or len(set(choices)) < len(choices):
        told = ", ".join(map(repr, choices))
        raise InputError(f"{what} needs two or more different choices, not {told}.")

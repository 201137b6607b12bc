"""Name that strategy: watch the offers of one that is not named, and say which it is.

The talks of a practice table (:mod:`negotiation.strategies.practice`): one pie, rounds in turn,
nothing else happens. No two strategies are put on one list whose offers could not be told apart at
this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from negotiation.errors import InputError, did_you_mean, shortened, whole_number, written
from negotiation.scenario import SIDES, Scenario
from negotiation.strategies.practice import Practice, Turn
from negotiation.tactics.registry import BUILT_IN, describe, find
from negotiation.words.language import tr

ROUNDS = 5
LISTED = 4
FLOOR = 0.2  # of the pie: what each side can walk away from
DAYS = 21  # from one offer to the next
APART = 0.03  # of the pie, in some round: what an eye can tell
AGAINST = ("linear", "tit-for-tat", "boulware", "conceder")
LEFT_OUT = ("learned", "random-tit-for-tat")  # one is trained elsewhere, one differs by luck


@dataclass(frozen=True)
class Round:
    """One question of the quiz.

    Attributes
    ----------
    side : str
        The seat of the strategy that is to be named.
    against : str
        The strategy on the other side, which is told.
    demands : tuple of (bool, float)
        Offer by offer: whether it is of the unnamed strategy, and which part of the pie whoever
        made it asks for.
    accepted : bool
        Whether the last offer was taken.
    options : tuple of str
    answer : str
    """

    side: str
    against: str
    demands: tuple[tuple[bool, float], ...]
    accepted: bool
    options: tuple[str, ...]
    answer: str

    @property
    def summary(self) -> str:
        """What the strategy does, in a sentence."""
        return describe(self.answer).summary

    @property
    def source(self) -> str:
        """Where the strategy comes from."""
        return describe(self.answer).source

    def named(self, typed: str) -> str:
        """Return the strategy on the list that was typed: its number, its name or its beginning.

        Raises
        ------
        InputError
            With the list.
        """
        said = "-".join(typed.casefold().split())
        if (place := written(said, 1, len(self.options))) is not None:
            return self.options[place - 1]
        found = [said] if said in self.options else []
        found = found or [name for name in self.options if said and name.startswith(said)]
        if len(found) == 1:
            return found[0]
        allowed = ", ".join(f"{n} ({name})" for n, name in enumerate(self.options, 1))
        hint = did_you_mean(said, self.options)
        raise InputError(
            tr(
                "{given} is not on the list; allowed: {allowed}.{hint}",
                given=shortened(typed), allowed=allowed, hint=hint,
            )
        )  # fmt: skip


def quiz(seed: int, rounds: int = ROUNDS) -> tuple[Round, ...]:
    """Return the questions of a quiz, no strategy asked for twice.

    Parameters
    ----------
    seed : int
        The same seed asks the same.
    rounds : int
        At most as many as there are strategies.

    Examples
    --------
    >>> asked = quiz(1, rounds=2)
    >>> [question.answer in question.options for question in asked]
    [True, True]
    """
    names = [name for name in BUILT_IN if name not in LEFT_OUT]
    whole_number("rounds", rounds, 1, len(names))
    rng = np.random.default_rng([seed, 0x71])
    found: list[Round] = []
    for answer in rng.permutation(names):
        side, against = SIDES[int(rng.integers(2))], AGAINST[int(rng.integers(len(AGAINST)))]
        course = _course(side, against, str(answer))
        others = [
            name for name in rng.permutation(names)
            if name != answer and apart(_asked(course), _asked(_course(side, against, str(name))))
        ]  # fmt: skip
        if len(others) < LISTED - 1:
            continue
        options = [str(name) for name in rng.permutation([answer, *others[: LISTED - 1]])]
        accepted = _turns(side, against, str(answer))[-1].accepted
        found.append(Round(side, against, course, accepted, tuple(options), str(answer)))
        if len(found) == rounds:
            break
    return tuple(found)


def apart(one: list[float], other: list[float]) -> bool:
    """Return whether two courses of demands can be told apart by eye.

    Examples
    --------
    >>> apart([1.0, 0.9, 0.8], [1.0, 0.9, 0.81]), apart([1.0, 0.9], [1.0, 0.5])
    (False, True)
    """
    return any(abs(a - b) > APART for a, b in zip(one, other, strict=False))


@lru_cache(maxsize=128)
def _turns(side: str, against: str, name: str) -> tuple[Turn, ...]:
    return tuple(Practice(_pie(), side, against).play(find(name)()))


@lru_cache(maxsize=1)
def _pie() -> Scenario:
    """Return the pie of the quiz: both can walk away from a fifth, and time is short."""
    floors = {f"{side}.reservation": FLOOR for side in SIDES}
    pie = Scenario.load("split-the-pie")
    return pie.replace(floors | {"calendar.talks_every_days": DAYS})


def _course(side: str, against: str, name: str) -> tuple[tuple[bool, float], ...]:
    """Return who asks for which part of the pie, offer by offer."""
    own = SIDES.index(side)
    giver = SIDES.index(next(iter(_pie().issues.values())).conceded_by)
    return tuple(
        (turn.side == own, 1.0 - turn.package[0] if turn.side == giver else turn.package[0])
        for turn in _turns(side, against, name)
    )


def _asked(course: tuple[tuple[bool, float], ...]) -> list[float]:
    return [part for own, part in course if own]

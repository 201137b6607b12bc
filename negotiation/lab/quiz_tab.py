"""The quiz of the Play tab: five rounds of offers, and which strategy made them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from secrets import randbelow
from typing import Any

import solara

from negotiation.lab import play_words as words
from negotiation.lab.controls import button, controls, panel
from negotiation.lab.link import State
from negotiation.lab.markup import tag, text
from negotiation.lab.play_link import Play
from negotiation.lab.play_view import answer_html, round_html
from negotiation.seat.quiz import Round, quiz
from negotiation.words.language import tr, trc

Put = Callable[[Play], None]
NUMBERS = 10_000  # of quizzes


def new_quiz() -> Play:
    """Return the beginning of a quiz that nobody has chosen."""
    return Play(quiz=1 + randbelow(NUMBERS))


@lru_cache(maxsize=64)
def known(seed: int) -> tuple[Round, ...]:
    """Return the rounds of a quiz: a class that opens one link asks for the same."""
    return quiz(seed)


@solara.component
def Quiz(state: State, put: Put) -> None:
    """Show the round that is asked, below the answer to the last one."""
    play = state.play
    rounds = solara.use_memo(lambda: known(play.quiz), [play.quiz])
    given = [name for name, one in zip(play.named, rounds, strict=False) if name in one.options]
    done = len(given)

    def act(key: str, _: Any) -> None:
        if key == "leave":
            put(Play())
        elif key == "again":
            put(new_quiz())
        elif done < len(rounds) and key in rounds[done].options:
            put(replace(play, named=(*given, key)))

    panel(tag("h2", text(tr(words.QUIZ))))
    if done:
        panel(answer_html(rounds[done - 1], given[-1]), look="asked", live=True)
    if done < len(rounds):
        asked = rounds[done]
        panel(round_html(done + 1, len(rounds), asked), take=True)
        items = [button(name, trc("strategy", name), main=True) for name in asked.options]
        controls(items, act, label=tr(words.QUIZ), look="lane large")
    else:
        right = sum(name == one.answer for name, one in zip(given, rounds, strict=True))
        told = tr(words.QUIZ_SCORE, right=right, total=len(rounds))
        panel(tag("p", text(told), class_="big-line"), live=True, take=True)
    items = [button("leave", tr(words.LEAVE))]
    if done == len(rounds):
        items.insert(0, button("again", tr(words.QUIZ_AGAIN), main=True))
    controls(items, act, label=tr(words.LEAVE), look="lane")

"""The Play tab: take a side against the rules or against another person, or name a strategy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from secrets import randbelow
from typing import Any

import solara

from negotiation.errors import InputError, written
from negotiation.lab import play_words as words
from negotiation.lab.controls import button, controls, panel
from negotiation.lab.latest import use_latest
from negotiation.lab.link import Change, State, scenario_of
from negotiation.lab.markup import tag, text
from negotiation.lab.play_link import MOST_HAND, Play
from negotiation.lab.playing import Chair, name_of, place_of, seated
from negotiation.lab.quiz_tab import Quiz, new_quiz
from negotiation.lab.sitting import Sitting
from negotiation.lab.subject import Subject
from negotiation.lab.table_tab import AtATable, Opening
from negotiation.scenario import SIDES
from negotiation.seats import opposite
from negotiation.words.language import tr
from negotiation.words.scene import capital


@solara.component
def PlayTab(subject: Subject, state: State, change: Change) -> None:
    """Show the game that is played, or what can be begun."""
    left, set_left = solara.use_state(Play())  # the game that one may go back to

    def put(play: Play) -> None:
        begins = not (play.at or play.table or play.undone)
        if begins and (state.play.at or state.play.table):
            set_left(state.play)
        change(lambda now: replace(now, play=play))

    if state.play.table:
        AtATable(state, put).key(state.play.table)
    elif state.play.quiz:
        Quiz(state, put)
    elif state.play.side:
        Alone(subject, state, put)
    else:
        Begin(subject, state, put)
    begun = state.play.at or state.play.table or state.play.quiz
    if left != Play() and not begun:
        items = [button("back", tr(words.RETURN))]
        controls(items, lambda *_: put(left), label=tr(words.RETURN), look="lane")


@solara.component
def Begin(subject: Subject, state: State, put: Callable[[Play], None]) -> None:
    """Show what can be begun."""
    dealt = solara.use_memo(lambda: 1 + randbelow(99_999), [])
    hand, put_hand = use_latest(dealt)

    def act(key: str, value: Any) -> None:
        if key in SIDES:
            put(Play(side=key, hand=hand.current))
        elif key == "hand" and (typed := written(str(value), 0, MOST_HAND)) is not None:
            put_hand(typed or dealt)

    panel(tag("h2", text(tr(words.BEGIN))) + tag("p", text(tr(words.BEGIN_NOTE))))
    seats = [
        button(side, tr(words.SEAT, name=name_of(subject.scenario, side)), main=True)
        for side in SIDES
    ]
    field = {"kind": "number", "key": "hand", "label": tr(words.HAND), "value": hand.current,
             "min": 0, "step": 1}  # fmt: skip
    controls([*seats, field], act, label=tr(words.BEGIN), look="lane large")
    panel(tag("p", text(tr(words.HAND_HELP)), class_="note"))
    Opening(subject, state, put)
    panel(tag("h2", text(tr(words.QUIZ))) + tag("p", text(tr(words.QUIZ_NOTE))))
    items = [button("quiz", tr(words.QUIZ_BEGIN))]
    controls(items, lambda *_: put(new_quiz()), label=tr(words.QUIZ), look="lane large")


@solara.component
def Alone(subject: Subject, state: State, put: Callable[[Play], None]) -> None:
    """Show a game against the rules."""
    play = state.play
    kept = solara.use_ref(None)  # the seat as it was left, so that it need not be found again

    def find() -> Chair | str:
        key = state.levers, play
        if kept.current is not None and kept.current[0] == key:
            found: Chair = kept.current[1]
            return found
        try:
            return seated(scenario_of(subject.scenario, state.levers), play)
        except InputError as error:
            return str(error)

    chair = solara.use_memo(find, [state.levers, play])

    def again(key: str, _: Any) -> None:
        if key == "same":
            put(Play(side=play.side, hand=play.hand))
        elif key == "other":
            put(Play(side=play.side, hand=1 + randbelow(99_999)))
        else:
            put(Play())

    items = [
        button("same", tr(words.SAME)), button("other", tr(words.AGAIN)),
        button("leave", tr(words.LEAVE)),
    ]  # fmt: skip
    if isinstance(chair, str):
        panel(tag("p", text(chair), class_="wrong", role="alert"))
        controls(items, again, label=tr(words.LEAVE), look="lane")
        return

    def went_on() -> None:
        with chair.held() as seat:
            place = place_of(seat, play)
        kept.current = (state.levers, place), chair
        put(place)

    scenario = chair.seat.scenario
    other = opposite(play.side)
    by = tr(
        words.BY_RULE,
        other=capital(name_of(scenario, other)),
        strategy=getattr(scenario, other).strategy.words,
    )
    Sitting(chair, (state.levers, play), by, went_on, together=False)
    controls(items, again, label=tr(words.LEAVE), look="lane")

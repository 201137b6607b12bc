"""A person at the table: what their side sees, what it is asked, and the debrief in the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from negotiation.errors import InputError
from negotiation.game import Kind
from negotiation.lab import play_view as view
from negotiation.lab import play_words as words
from negotiation.lab.controls import button, controls, panel
from negotiation.lab.hinting import Hints
from negotiation.lab.latest import use_latest
from negotiation.lab.markup import tag, text
from negotiation.lab.offering import Offering
from negotiation.lab.playing import Chair, Look, end_of, look
from negotiation.words.language import tr
from negotiation.words.scene import capital


@solara.component
def Sitting(
    chair: Chair,
    place: Any,
    by: str,
    went_on: Callable[[], None],
    *,
    together: bool,
    alone: bool = False,
) -> None:
    """Show a seat; ``place`` differs whenever there is something new to see.

    ``together`` says that a person plays the other side, ``alone`` that none sits there yet.

    ``went_on`` is called once the person has decided something.
    """
    seen = solara.use_memo(lambda: look(chair, may_go_back=not together), [chair, place])
    panel(view.seat_html(seen, by))
    with solara.Div(classes=["sides", "watch", "play"]):
        with solara.Div(classes=["levers"]):
            if seen.over:
                Over(chair, together)
            else:
                Asked(chair, seen, went_on, alone)
        with solara.Div(classes=["results"]):
            panel(view.knows_html(seen))
            panel(view.table_html(seen))
            panel(tag("h2", text(tr(words.NEWS))))
            panel(view.news_html(seen), look="transcript", follow=True, label=tr(words.NEWS))


@solara.component
def Asked(chair: Chair, seen: Look, went_on: Callable[[], None], alone: bool) -> None:
    """Show the decision at hand, or who is waited for."""
    keep, put_keep = use_latest(False)
    wrong, set_wrong = solara.use_state("")
    if seen.kind is None:
        head = tr(words.WAITING, other=seen.other)
        said = tr(words.NOBODY) if alone else tr(words.WAITING_NOTE, other=seen.other)
        panel(tag("h2", text(head)) + tag("p", text(said)), look="asked", live=True, take=True)
        return

    def decide(choice: Any) -> None:
        try:
            with chair.held() as seat:
                if seat.game.taken != seen.number or seat.point is None:
                    return  # a second press, while the first was being answered
                seat.decide(choice, keep=keep.current and choice is not None)
            set_wrong("")
        except InputError as error:
            set_wrong(str(error))
            return
        went_on()

    def act(key: str, _: Any) -> None:
        if key == "keep":
            put_keep(not keep.current)
        elif key == "rule":
            decide(None)
        elif key == "back" and seen.may_go_back:
            with chair.held() as seat:
                seat.take_back()
            went_on()
        elif any(answer.choice == key for answer in seen.answers):
            decide(key)

    panel(view.question_html(seen), look="asked", live=True, take=True)
    if wrong:
        panel(tag("p", text(wrong), class_="wrong", role="alert"))
    if seen.kind is Kind.OFFER:
        Offering(chair, seen, decide, went_on).key(f"offer {seen.number}")
    else:
        answers = [button(a.choice, capital(a.label), main=True) for a in seen.answers]
        controls(answers, act, label=tr(words.YOURS), look="lane large")
        Hints(chair, seen, went_on).key(f"hints {seen.number}")
    more = [
        button("back", tr(words.BACK), disabled=not seen.may_go_back),
        button("rule", tr(words.LEFT)),
    ]  # fmt: skip
    if seen.kind is not Kind.OFFER:
        more.insert(0, button("keep", tr(words.KEEP), pressed=keep.current))
    controls(more, act, label=tr(words.BACK), look="lane")


@solara.component
def Over(chair: Chair, together: bool) -> None:
    """Show the debrief, which takes some seconds to be played."""
    html, set_html = solara.use_state("")

    def play(cancel: Any) -> None:
        parts, scene = end_of(chair)
        told = view.debrief_html(parts, together=together) + view.path_html(scene)
        if not cancel.is_set():
            set_html(told)

    solara.use_thread(play, [chair], intrusive_cancel=False)
    panel(html or tag("p", text(tr(words.DEBRIEF_WAIT))), live=True, take=True)

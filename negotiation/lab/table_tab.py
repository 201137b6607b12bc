"""A game of two people in the Play tab: open a table, take the other seat, wait for each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from negotiation.errors import InputError
from negotiation.lab import play_words as words
from negotiation.lab.controls import button, controls, panel
from negotiation.lab.link import State, query, scenario_of
from negotiation.lab.markup import tag, text
from negotiation.lab.play_link import Play
from negotiation.lab.playing import name_of
from negotiation.lab.sitting import Sitting
from negotiation.lab.subject import Subject
from negotiation.lab.tables import Place, tables
from negotiation.scenario import SIDES
from negotiation.seats import opposite
from negotiation.words.language import data, tr
from negotiation.words.scene import capital

Put = Callable[[Play], None]


def browser() -> str:
    """Return by what the browser of a visitor is known again: the cookie of the server."""
    from solara.server import kernel_context

    return str(solara.get_session_id()) if kernel_context.has_current_context() else "here"


@solara.component
def Opening(subject: Subject, state: State, put: Put) -> None:
    """Show buttons that open a table."""
    wrong, set_wrong = solara.use_state("")

    def act(side: str, _: Any) -> None:
        if side not in SIDES:
            return
        try:
            scenario = scenario_of(subject.scenario, state.levers)
            put(Play(table=tables.open(scenario, side, browser())))
        except InputError as error:
            set_wrong(str(error))

    panel(tag("h2", text(tr(words.TOGETHER))) + tag("p", text(tr(words.TOGETHER_NOTE))))
    items = [button(side, tr(words.TABLE, name=name_of(subject.scenario, side))) for side in SIDES]
    controls(items, act, label=tr(words.TOGETHER), look="lane large")
    if wrong:
        panel(tag("p", text(wrong), class_="wrong", role="alert"))


@solara.component
def AtATable(state: State, put: Put) -> None:
    """Show the seat to which a token leads, or the free seat that it invites to."""
    token = state.play.table

    def find() -> Place | str:
        try:
            return tables.at(token)
        except InputError as error:
            return str(error)

    place = solara.use_memo(find, [token])
    if isinstance(place, str):
        panel(tag("p", text(place), class_="wrong", role="alert"))
        Leaving(put)
    elif place.side is None:
        Joining(place, token, put)
    else:
        Sat(place, place.side, put)


@solara.component
def Leaving(put: Put) -> None:
    """Show a button that leads back to what can be begun."""
    items = [button("leave", tr(words.LEAVE))]
    controls(items, lambda *_: put(Play()), label=tr(words.LEAVE), look="lane")


@solara.component
def Joining(place: Place, token: str, put: Put) -> None:
    """Show an invitation: whoever has taken the seat already is led back to it."""
    wrong, set_wrong = solara.use_state("")
    table = place.table
    scenario = table.together.game.scenario
    own, other = (name_of(scenario, side) for side in (table.invited, opposite(table.invited)))

    def sit() -> None:
        try:
            put(Play(table=tables.join(token, browser())))
        except InputError as error:
            set_wrong(str(error))

    def back() -> None:
        if table.full:
            sit()

    solara.use_effect(back, [])
    if wrong:
        panel(tag("p", text(wrong), class_="wrong", role="alert"))
    else:
        said = tr(words.JOIN_NOTE, other=other, name=own, title=data(scenario.title))
        panel(tag("h2", text(tr(words.TOGETHER))) + tag("p", text(said)))
        items = [button("join", tr(words.JOIN, name=own), main=True)]
        controls(items, lambda *_: sit(), label=tr(words.TOGETHER), look="lane large")
    Leaving(put)


@solara.component
def Sat(place: Place, side: str, put: Put) -> None:
    """Show a seat; it is drawn again whenever somebody at the table has decided."""
    table = place.table
    version, set_version = solara.use_state(table.version)
    chair = solara.use_memo(lambda: table.chair(side), [])
    scenario = table.together.game.scenario
    other = name_of(scenario, opposite(side))

    def watch(cancel: Any) -> None:
        known = -1
        while not cancel.is_set():
            now = table.wait(known)
            if now != known and not cancel.is_set():
                known = now
                set_version(now)

    solara.use_thread(watch, [], intrusive_cancel=False)

    def went_on() -> None:
        table.tell(tables.clock())
        set_version(table.version)

    if not table.full:
        Inviting(table.invitation, other)
    by = tr(words.BY_PERSON, other=capital(other))
    Sitting(chair, version, by, went_on, together=True, alone=not table.full)
    Leaving(put)


@solara.component
def Inviting(invitation: str, other: str) -> None:
    """Show the link for the other side."""
    panel(tag("p", text(tr(words.INVITE_NOTE, other=other))))
    item = {
        "kind": "link", "key": "link", "label": tr(words.INVITE), "copy": tr(words.COPY),
        "done": tr(words.COPIED), "query": query(State(tab="play", play=Play(table=invitation))),
    }  # fmt: skip
    controls([item], lambda *_: None, label=tr(words.INVITE), look="lane")

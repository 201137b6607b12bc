"""The page of the lab: a heading, five tabs, and the state that they share."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import solara

from negotiation.lab.about_link import about, about_parts
from negotiation.lab.controls import button, controls, panel
from negotiation.lab.game_tab import GameTab
from negotiation.lab.latest import use_latest
from negotiation.lab.link import TABS, State, parse, plain, query
from negotiation.lab.markup import tag, text
from negotiation.lab.odds_tab import OddsTab
from negotiation.lab.play_tab import PlayTab
from negotiation.lab.play_words import OWN_FOOT
from negotiation.lab.replay_tab import ReplayTab
from negotiation.lab.subject import Subject, subject
from negotiation.lab.watch_tab import WatchTab
from negotiation.words.language import data, joined, tr, unreviewed

SHOWN = {"watch": WatchTab, "game": GameTab, "play": PlayTab, "replay": ReplayTab}


def read(text: str) -> tuple[Subject, State, list[str]]:
    """Return what the page is about and where its visitor is, and what the link has wrong."""
    found, missing = about(text, subject())
    state, wrong = parse(text, found.scenario)
    return found, state, missing + wrong


@solara.component
def Layout(children: Any = ()) -> Any:
    """Put nothing around the page."""
    return solara.Div(children=list(children))


@solara.component
def Page() -> None:
    """Show the lab."""
    router = solara.use_router()
    topic, first, wrong = solara.use_memo(lambda: read(router.search or ""), [])
    asks = solara.use_memo(lambda: plain(router.search or ""), [])
    place, change = use_latest(first)
    state: State = place.current

    def turn(key: str, _: Any) -> None:
        if key in TABS:
            change(lambda now: replace(now, tab=key))

    solara.Title(tr("Negotiation lab"))
    with solara.v.Html(tag="main", class_="lab"):
        panel(
            tag("h1", text(data(topic.scenario.title))),
            look="head",
            query=query(state, about_parts(topic)),
        )
        tabs = [
            button(key, tr(told), current=state.tab == key, pressed=None)
            for key, told in TABS.items()
        ]
        controls(tabs, turn, label=tr("Tabs"), look="tabs")
        if wrong:
            panel("".join(tag("p", text(one), class_="wrong") for one in wrong), live=True)
        if state.tab == "odds":
            OddsTab(topic, state, change, asks and not state.asked)
        else:
            SHOWN[state.tab](topic, state, change)
        shared = tr("The address of this page holds what you see: copy it to share it.")
        if state.tab == "play" and state.play.table:
            shared = tr(OWN_FOOT)
        told = tr("Odds are those of a model with named guesses, not a forecast.")
        panel(tag("p", joined(told, shared, unreviewed())), look="foot note")

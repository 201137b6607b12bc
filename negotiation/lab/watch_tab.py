"""The Watch tab: one negotiation, a decision at a time, which anybody may take otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import solara

from negotiation.errors import InputError, written
from negotiation.lab.controls import button, controls, panel
from negotiation.lab.fork_view import both_html, changed_html, marks
from negotiation.lab.forking import Beside, beside
from negotiation.lab.latest import use_latest
from negotiation.lab.link import MOST_RUN, Change, State, scenario_of
from negotiation.lab.markup import tag, text
from negotiation.lab.subject import Subject
from negotiation.lab.watch_view import (
    asked_html,
    chosen,
    minds_html,
    now_html,
    picture_html,
    transcript_html,
)
from negotiation.lab.watching import (
    Scene,
    after_a_decision,
    after_a_week,
    after_it_all,
    watched,
)
from negotiation.words.language import tr

PACE = 900  # milliseconds between the weeks of a negotiation that plays


@solara.component
def WatchTab(subject: Subject, state: State, change: Change) -> None:
    """Show a negotiation and the buttons that move it on."""
    playing, set_playing = solara.use_state(False)
    place = state.levers, state.run, state.taken, state.orders

    def look() -> tuple[Scene, Beside | None] | str:
        try:
            scenario = scenario_of(subject.scenario, state.levers)
            scene = watched(scenario, subject.seed, state.run, state.taken, state.orders)
            return scene, beside(scene)
        except InputError as error:
            return str(error)

    seen = solara.use_memo(look, [place, subject.seed])
    if isinstance(seen, str):
        panel(tag("p", text(seen), class_="wrong", role="alert"))
        controls(
            [button("reset", tr("Begin again"), main=True)],
            lambda *_: change(lambda now: replace(now, taken=0, orders=())),
            label=tr("Begin again"),
        )  # fmt: skip
        return
    scene, rules = seen
    forks = rules.forks if rules is not None else ()

    def go(to: tuple[int, tuple[str, ...]]) -> None:
        change(lambda now: replace(now, taken=to[0], orders=to[1]))

    def act(key: str, value: Any) -> None:
        if key == "play":
            set_playing(not playing)
        elif key == "run":
            run = written(str(value), 0, MOST_RUN)
            if run is not None:
                set_playing(False)
                change(lambda now: replace(now, run=run, taken=0, orders=()))
        elif key == "reset":
            set_playing(False)
            go((0, ()))
        elif key == "end":
            go(after_it_all(scene))
        elif key == "next":
            set_playing(False)
            go(after_a_decision(scene))
        elif not scene.over and (key == "step" or playing):
            go(after_a_week(scene))
        elif key == "tick":
            set_playing(False)

    items = [
        button("play", tr("Pause") if playing else tr("Play"), main=True, disabled=scene.over),
        button("step", tr("Step a week"), disabled=scene.over),
        button("next", tr("Next decision"), disabled=scene.over),
        button("end", tr("To the end"), disabled=scene.over),
        button("reset", tr("Reset"), disabled=not (state.taken or state.orders)),
        {"kind": "number", "key": "run", "label": tr("Negotiation number"), "value": state.run,
         "min": 0, "step": 1},
    ]  # fmt: skip
    controls(items, act, label=tr("Playing"), look="lane", every=PACE if playing else 0)
    panel(now_html(scene, [fork.day for fork in forks]), live=not playing)
    if rules is not None:
        panel(changed_html(scene, rules), live=not playing)
    with solara.Div(classes=["sides", "watch"]):
        with solara.Div(classes=["results"]):
            panel(picture_html(scene))
            panel(minds_html(scene))
        with solara.Div(classes=["levers"]):
            panel(asked_html(scene), look="asked", live=not playing)
            Otherwise(scene, go)
            panel(tag("h2", text(tr("What happened"))))
            told = transcript_html(scene, marks(forks, scene.scenario))
            panel(f"<ol>{told}</ol>", look="transcript", follow=True, label=tr("What happened"))
    if rules is not None:
        panel(both_html(scene, rules))


@solara.component
def Otherwise(scene: Scene, go: Callable[[tuple[int, tuple[str, ...]]], None]) -> None:
    """Show the choices at the decision at hand: another one than the rule's forks the run."""
    share, put_share = use_latest(0.5)
    if scene.asked is None:
        return
    if scene.asked.share is None:
        items = [
            button(word, tr("Decide: {choice}", choice=chosen(word)))
            for word in scene.asked.chances
        ]

        def choose(word: str, _: Any) -> None:
            if scene.asked is not None and word in scene.asked.chances:
                go(after_a_decision(scene, word))

        controls(items, choose, label=tr("Decide otherwise"), look="lane")
        return

    def offer(key: str, value: Any) -> None:
        if key == "offer":
            go(after_a_decision(scene, float(share.current)))
        elif key == "share" and value is not None:
            put_share(min(max(float(value), 0.0), 1.0))

    sentence = tr(
        "Nothing is what it would get if it walked away, all is the best deal it could hope for."
    )
    items = [
        {"kind": "slider", "key": "share", "label": tr("Ask for this share"), "unit": "",
         "min": 0.0, "max": 1.0, "step": 0.01, "value": share.current, "percent": True,
         "help": sentence},
        button("offer", tr("Decide: make this offer")),
    ]  # fmt: skip
    controls(items, offer, label=tr("Decide otherwise"), look="lane")

"""The Odds tab: levers at the left, the odds that go with them at the right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import solara

from negotiation.errors import InputError
from negotiation.lab.asking import Answered, Question
from negotiation.lab.controls import button, controls, panel
from negotiation.lab.latest import current
from negotiation.lab.levers import SHOWN, Lever, levers
from negotiation.lab.link import Change, State, scenario_of
from negotiation.lab.markup import tag, text
from negotiation.lab.odds_view import details_html, drivers_html, headlines_html
from negotiation.lab.study import answers, drivers
from negotiation.lab.subject import Subject
from negotiation.words.language import ENGLISH, spoken, tr
from negotiation.words.outcomes import headlines
from negotiation.words.scene import capital


@solara.component
def OddsTab(subject: Subject, state: State, change: Change, asking: bool = False) -> None:
    """Show levers and odds; while ``asking`` a question in place of the odds."""
    known = solara.use_memo(lambda: levers(subject.scenario), [subject.scenario.fingerprint])
    drawer, set_drawer = solara.use_state("")
    html, set_html = solara.use_state(
        (tag("p", tr("The first negotiations are being played.")), "")
    )

    def play(cancel: Any) -> None:
        try:
            scenario = scenario_of(subject.scenario, state.levers)
            pinned = state.baseline
            before = None if pinned is None else scenario_of(subject.scenario, pinned)
            for answer in answers(scenario, subject.seed, before, lambda: not cancel.is_set()):
                set_html((headlines_html(answer, state.guess), details_html(answer, scenario)))
        except InputError as error:
            set_html((tag("p", text(str(error)), class_="wrong", role="alert"), ""))

    asked = [state.levers, state.baseline, state.guess, subject.seed]
    solara.use_thread(play, asked, intrusive_cancel=False)
    with solara.Div(classes=["sides", "odds"]):
        with solara.Div(classes=["heads", "asking"] if asking else ["heads"]):
            if asking:
                Question(subject, change)
            else:
                panel(html[0])
        with solara.Div(classes=["levers"]):
            if state.guess:
                Answered(subject, state, change)
            Levers(known[:SHOWN], state, change, tr("Levers"))
            Baseline(state, change)
            sections = sorted({one.section for one in known[SHOWN:]})
            choices = [("", tr("no others")), *((name, name) for name in sections)]
            controls(
                [{"kind": "select", "key": "drawer", "label": tr("All {n} numbers", n=len(known)),
                  "value": drawer, "options": choices}],
                lambda _, value: set_drawer(str(value)), label=tr("Other levers"),
            )  # fmt: skip
            if drawer:
                rest = tuple(one for one in known[SHOWN:] if one.section == drawer)
                panel("".join(tag("p", text(said), class_="note") for said in abouts(rest)))
                Levers(rest, state, change, drawer)
        with solara.Div(classes=["details"]):
            if not asking:
                panel(html[1])
                Drivers(subject, state, change)


def abouts(some: tuple[Lever, ...]) -> list[str]:
    """Return what the numbers of a section of the drawer do, once, and what is left out here."""
    said = list(dict.fromkeys(one.about for one in some if one.about))
    if spoken() != ENGLISH:  # as `reason` has it
        said.append(
            tr(
                "Who states these numbers, or why they are guessed, stands in English only, in "
                "the file of the scenario, and is left out here."
            )
        )
    return said


@solara.component
def Levers(some: tuple[Lever, ...], state: State, change: Change, label: str) -> None:
    """Show sliders of some numbers."""
    where = dict(state.levers)

    def moved(key: str, value: Any) -> None:
        told = None if value is None else float(value)
        if any(one.path == key for one in some):
            change(lambda now: now.moved(key, told))

    controls([one.slider(where.get(one.path)) for one in some], moved, label=label)


@solara.component
def Baseline(state: State, change: Change) -> None:
    """Show buttons that pin what is on the page, and put everything back."""

    def act(key: str, _: Any) -> None:
        if key == "pin":
            change(lambda now: replace(now, baseline=now.levers))
        elif key == "unpin":
            change(lambda now: replace(now, baseline=None))
        else:
            change(lambda now: replace(now, levers=()))

    items = [
        button("pin", tr("Pin as baseline"), main=True),
        button("unpin", tr("Unpin"), disabled=state.baseline is None),
        button("reset", tr("Put all levers back"), disabled=not state.levers),
    ]
    controls(items, act, label=tr("Baseline"), look="lane")


@solara.component
def Drivers(subject: Subject, state: State, change: Change) -> None:
    """Show a button for each headline, and what drives it once it is asked for."""
    wanted, set_wanted = solara.use_state(("", ()))
    html, set_html = solara.use_state("")
    asked = headlines(subject.scenario)

    def find(cancel: Any) -> None:
        outcome, moved = wanted
        if not outcome:
            return
        said = tr("Drawing all uncertain numbers at once; this takes some seconds.")
        set_html(tag("p", said))
        try:
            scenario = scenario_of(subject.scenario, moved)
            found, runs = drivers(scenario, outcome, subject.seed)
            told = drivers_html(found, runs, outcome, scenario)
        except InputError as error:
            told = tag("p", text(capital(str(error))), class_="wrong")
        if not cancel.is_set():
            set_html(told)

    solara.use_thread(find, [wanted], intrusive_cancel=False)
    items = [
        button(
            name,
            tr("What drives it? {statement}", statement=sentence),
            pressed=wanted == (name, state.levers),
        )
        for name, sentence in asked.items()
    ]

    def ask(key: str, _: Any) -> None:
        set_wanted((key, current(change).levers))

    controls(items, ask, label=tr("What drives this number"), look="lane")
    panel(html if wanted and wanted[1] == state.levers else "", live=True)

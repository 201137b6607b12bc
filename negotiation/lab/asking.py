"""The question of the first screen: a class commits to odds before it is shown those of the model.

It stands where the odds will, so that nobody sees them first; they are computed meanwhile. A link
that says anything of a place in the lab skips it, and so does ``ask=no``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import solara

from negotiation.errors import InputError
from negotiation.lab.controls import button, controls, panel
from negotiation.lab.latest import current, use_latest
from negotiation.lab.link import Change, State, scenario_of
from negotiation.lab.markup import tag, text
from negotiation.lab.replaying import census, without_deal
from negotiation.lab.subject import Subject
from negotiation.words.language import tr
from negotiation.words.outcomes import headlines

AT_FIRST = 0.5


@solara.component
def Question(subject: Subject, change: Change) -> None:
    """Show the question, a slider for each headline, and two ways on."""
    asked = headlines(subject.scenario)
    guess, put = use_latest(dict.fromkeys(asked, AT_FIRST))

    def act(key: str, value: Any) -> None:
        if key in asked and value is not None:
            put({**guess.current, key: min(max(float(value), 0.0), 1.0)})
        elif key == "commit":
            said = tuple(guess.current[name] for name in asked)
            change(lambda now: replace(now, asked=True, guess=said))
        elif key == "skip":
            change(lambda now: replace(now, asked=True))

    told = tr(
        "Argue about it, vote, and set a chance for each. The odds of the model come afterwards, "
        "beside yours."
    )
    head = tag("h2", text(tr("Before you look: what do you think?")))
    panel(head + tag("p", text(told)), look="ask")
    items: list[dict[str, Any]] = [
        {"kind": "slider", "key": name, "label": sentence, "unit": "", "percent": True, "min": 0.0,
         "max": 1.0, "step": 0.01, "value": guess.current[name], "help": ""}
        for name, sentence in asked.items()
    ]  # fmt: skip
    items += [
        button("commit", tr("This is our answer: show the odds"), main=True),
        button("skip", tr("Skip the question")),
    ]
    controls(items, act, label=tr("What do you think?"), look="lane ask")


@solara.component
def Answered(subject: Subject, state: State, change: Change) -> None:
    """Show what a class can do once its answer stands beside the odds."""
    wanted, set_wanted = solara.use_state(())  # the levers for which it was asked
    told, set_told = solara.use_state("")

    asked = wanted == (state.levers,)

    def find(cancel: Any) -> None:
        if not asked:
            return
        set_told(tr("The typical negotiation without a deal is being looked for."))
        try:
            one = without_deal(census(scenario_of(subject.scenario, state.levers), subject.seed))
        except InputError as error:
            set_told(str(error))
            return
        if cancel.is_set():
            return
        if one is None:
            set_told(tr("In all of the negotiations looked at something was signed."))
        else:
            change(lambda now: replace(now, tab="watch", run=one.run, taken=0, orders=()))

    solara.use_thread(find, [asked, state.levers], intrusive_cancel=False)

    def act(key: str, _: Any) -> None:
        if key == "why":
            set_wanted((current(change).levers,))
        elif key == "away":
            change(lambda now: replace(now, guess=()))

    panel(tag("p", text(tr("Now argue about the difference."))), look="ask", take=True)
    items = [
        button("why", tr("Show why nobody signs"), main=True),
        button("away", tr("Put our answer away")),
    ]
    controls(items, act, label=tr("Your answer"), look="lane ask")
    panel(tag("p", text(told), class_="note") if asked and told else "", live=True)

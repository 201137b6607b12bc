"""The Replay tab: any run by its number, and the runs that stand out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import solara

from negotiation.errors import InputError, written
from negotiation.lab.controls import button, controls, panel
from negotiation.lab.link import MOST_RUN, Change, State
from negotiation.lab.markup import tag, text
from negotiation.lab.replaying import Census, Chosen, beyond, census, chosen, looked_at, replayed
from negotiation.lab.subject import Subject
from negotiation.lab.watch_view import now_html, picture_html, transcript_html
from negotiation.lab.watching import Scene
from negotiation.words.language import tr, trc, trn
from negotiation.words.outcomes import ending_label
from negotiation.words.scene import capital
from negotiation.words.settings import value as worded


@solara.component
def ReplayTab(subject: Subject, state: State, change: Change) -> None:
    """Show a run, and those worth a look."""

    def look() -> Scene | str:
        try:
            return replayed(subject, state)
        except InputError as error:
            return str(error)

    scene = solara.use_memo(look, [state.replayed, state.cell, state.levers])
    stored = subject.stored

    def act(key: str, told: Any) -> None:
        typed = written(str(told), -1, MOST_RUN)
        if key == "replayed" and typed is not None and typed >= 0:
            change(lambda now: replace(now, replayed=typed))
        elif key == "cell" and stored is not None and typed is not None:
            change(lambda now: replace(now, cell=typed))
        elif key == "watch":
            change(lambda now: replace(now, tab="watch", run=now.replayed, taken=0, orders=()))

    items: list[dict[str, Any]] = [
        {"kind": "number", "key": "replayed", "label": tr("Run number"), "value": state.replayed,
         "min": 0, "step": 1},
        button("watch", tr("Watch it step by step"), disabled=state.cell >= 0),
    ]  # fmt: skip
    if stored is not None:
        cells = [("-1", tr("the scenario of the Odds tab"))]
        for number, settings in enumerate(stored.cells):
            told = ", ".join(f"{path} = {worded(x)}" for path, x in settings.items())
            runs = trn("{n} run", "{n} runs", stored.runs[number])
            filled = {"n": number, "settings": told or tr("as it is"), "runs": runs}
            cells.append((str(number), trc("a cell", "{n}: {settings} ({runs})", **filled)))
        items.insert(0, {"kind": "select", "key": "cell", "label": tr("Cell of the sweep"),
                         "value": str(state.cell), "options": cells})  # fmt: skip
    controls(items, act, label=tr("Which run"), look="lane")
    with solara.Div(classes=["sides", "replay"]):
        with solara.Div(classes=["levers"]):
            StandOut(subject, state, change)
        with solara.Div(classes=["results"]):
            if isinstance(scene, str):
                panel(tag("p", text(scene), class_="wrong", role="alert"))
                return
            head = tr("Run {run} of seed {seed}", run=state.replayed, seed=scene.seed)
            new = beyond(subject, state)
            note = tag("p", text(new), class_="note") if new else ""
            panel(tag("h2", text(head)) + note + now_html(scene))
            panel(picture_html(scene))
            panel(
                f"<ol>{transcript_html(scene)}</ol>",
                look="transcript whole",
                label=tr("What happened"),
            )


@solara.component
def StandOut(subject: Subject, state: State, change: Change) -> None:
    """Show the typical run of each ending, and the strangest runs."""
    found, set_found = solara.use_state(())
    wrong, set_wrong = solara.use_state("")

    def pick() -> Chosen | str:
        try:
            return chosen(subject, state)
        except InputError as error:
            return str(error)

    of = solara.use_memo(pick, [state.cell, state.levers])

    def count(cancel: Any) -> None:
        set_found(())  # those of before are not of these settings
        set_wrong("")
        if isinstance(of, str):
            return
        try:
            known = census(of.scenario, of.seed, of.runs_per_world, of.looked_at)
        except InputError as error:
            set_wrong(str(error))
            return
        if not cancel.is_set():
            set_found((known,))

    solara.use_thread(count, [state.cell, state.levers], intrusive_cancel=False)
    if isinstance(of, str) or wrong:
        panel(tag("p", text(of if isinstance(of, str) else wrong), class_="wrong", role="alert"))
        return
    if not found:
        n = of.looked_at
        said = trn("{n} run is being looked at.", "{n} runs are being looked at.", n)
        panel(tag("p", text(said)))
        return
    known: Census = found[0]
    panel(tag("p", text(looked_at(of)), class_="note"))

    def act(key: str, _: Any) -> None:
        change(lambda now: replace(now, replayed=int(key)))

    for title, some in (
        (tr("Typical runs"), known.typical), (tr("Strangest runs"), known.strange),
    ):  # fmt: skip
        panel(tag("h2", text(title)))
        items = [
            button(
                str(one.run),
                tr(
                    "{ending}: {why} (run {run})",
                    ending=capital(ending_label(one.ending, of.scenario)),
                    why=one.why,
                    run=one.run,
                ),
                pressed=one.run == state.replayed,
            )
            for one in some
        ]
        controls(items, act, label=title, look="list")

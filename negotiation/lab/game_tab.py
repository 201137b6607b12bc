"""The Game tab: a matrix whose answers stay hidden until they are asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import solara

from negotiation.errors import InputError
from negotiation.lab.controls import button, controls, panel
from negotiation.lab.game_view import (
    STEPS,
    action,
    fair_html,
    findings_html,
    logit_html,
    matrix_html,
    mixture_html,
    quoted,
)
from negotiation.lab.link import GAMES, Change, State, number, scenario_of
from negotiation.lab.markup import tag, text
from negotiation.lab.subject import Subject
from negotiation.lab.two_by_two import games, logit, problem
from negotiation.words.language import marked, tr, trc
from negotiation.words.parties import player
from negotiation.words.scene import capital

CELLS = (
    marked("first / first"), marked("first / second"), marked("second / first"),
    marked("second / second"),
)  # fmt: skip


def toggled(shown: tuple[str, ...], key: str) -> tuple[str, ...]:
    """Return what is shown once something is asked for, or hidden again.

    Examples
    --------
    >>> toggled(("best",), "logit"), toggled(("best",), "best")
    (('best', 'logit'), ())
    """
    return tuple(one for one in shown if one != key) if key in shown else (*shown, key)


def put(numbers: tuple[float, ...], place: int, number: float) -> Any:
    """Return numbers with another one at a place.

    Examples
    --------
    >>> put((1.0, 2.0), 1, 5.0)
    (1.0, 5.0)
    """
    return (*numbers[:place], number, *numbers[place + 1 :])


@solara.component
def GameTab(subject: Subject, state: State, change: Change) -> None:
    """Show a game of two by two, mixtures, logit response, and what would be fair."""

    def find() -> Any:
        return games(scenario_of(subject.scenario, state.levers), state.payoffs)

    known = solara.use_memo(find, [state.levers, state.payoffs])
    there = [name for name in GAMES if known[name] is not None]
    name = state.game if state.game in there else there[0]
    game = known[name]
    first, second = (player(one).name for one in game.players)

    drawn = solara.use_memo(
        lambda: logit_html(logit(game), game) if "logit" in state.shown else "",
        [name, known, "logit" in state.shown],
    )

    def act(key: str, value: Any) -> None:
        if key == "game" and value in there:
            change(lambda now: replace(now, game=str(value), shown=()))
        elif key in STEPS:
            change(lambda now: replace(now, shown=toggled(now.shown, key)))
        elif key in ("p", "q"):
            chance, place = min(max(float(value or 0.0), 0.0), 1.0), "pq".index(key)
            change(lambda now: replace(now, mix=put(now.mix, place, chance)))
        elif key.startswith("payoff"):
            try:
                cell, told = int(key[6:]), number(str(value))
            except (InputError, ValueError):
                return
            change(lambda now: replace(now, payoffs=put(now.payoffs, cell, told)))

    choices = [(key, tr(GAMES[key])) for key in there]
    with solara.Div(classes=["columns", "game"]):
        with solara.Div():
            controls(
                [{"kind": "select", "key": "game", "label": tr("Game"), "value": name,
                  "options": choices}], act, label=tr("Which game"), look="lane",
            )  # fmt: skip
            if name != "own":
                said = tr(
                    "At the levers of the Odds tab: move them, and it may become another game."
                )
                panel(tag("p", text(said), class_="note"))
            panel(matrix_html(game, state.shown, "" if name == "own" else subject.scenario.unit))
            if name == "own":
                Payoffs(state, act, (first, second))
            steps = [
                button(key, tr(told), pressed=key in state.shown) for key, told in STEPS.items()
            ]
            controls(steps, act, label=tr("Show"), look="lane")
            panel(findings_html(game, state.shown), live=True)
            panel(drawn)
        with solara.Div():
            panel(tag("h2", text(tr("Mix the actions"))))
            sliders = [
                {"kind": "slider", "key": key,
                 "label": trc("a lever", "{side}: {action}", side=capital(who),
                              action=action(actions[1])),
                 "unit": "", "min": 0, "max": 1, "step": 0.01, "value": chance, "percent": True,
                 "help": tr("The chance of {action}; else {other}.", action=quoted(actions[1]),
                            other=quoted(actions[0]))}
                for key, who, actions, chance in (
                    ("p", first, game.rows, state.mix[0]),
                    ("q", second, game.columns, state.mix[1]),
                )
            ]  # fmt: skip
            controls(sliders, act, label=tr("Mixtures"))
            panel(mixture_html(game, state.mix), live=True)
            Fair(subject, state)


@solara.component
def Payoffs(state: State, act: Any, names: tuple[str, str]) -> None:
    """Show fields to type a game in."""
    items = [
        {"kind": "number", "key": f"payoff{4 * side + cell}",
         "label": trc("a field", "{side}, {cell}", side=capital(who), cell=tr(told)),
         "value": state.payoffs[4 * side + cell]}
        for side, who in enumerate(names)
        for cell, told in enumerate(CELLS)
    ]  # fmt: skip
    controls(items, act, label=tr("Payoffs"), look="payoffs")


@solara.component
def Fair(subject: Subject, state: State) -> None:
    """Show the bargaining problem of the agenda, which takes a second to solve."""
    html, set_html = solara.use_state("")

    def solve(cancel: Any) -> None:
        try:
            scenario = scenario_of(subject.scenario, state.levers)
            told = fair_html(problem(scenario), scenario)
        except InputError as error:
            told = tag("p", text(str(error)), class_="wrong")
        if not cancel.is_set():
            set_html(told)

    solara.use_thread(solve, [state.levers], intrusive_cancel=False)
    panel(html or tag("p", text(tr("The Pareto picture is being computed."))))

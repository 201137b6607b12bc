"""The state of the page, and the link that restores it.

A link is read as anything that a stranger wrote: what is not understood is left out, and said.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from negotiation.errors import InputError, written
from negotiation.lab.about_link import NAMES as ABOUT_NAMES
from negotiation.lab.about_link import fields
from negotiation.lab.play_link import NAMES as PLAY_NAMES
from negotiation.lab.play_link import Play, order, with_part
from negotiation.lab.play_link import parts as play_parts
from negotiation.scenario import Scenario
from negotiation.words.language import marked, tr, trn
from negotiation.words.outcomes import headlines

TABS = {
    "odds": marked("Odds"), "watch": marked("Watch"), "game": marked("Game"),
    "play": marked("Take a side"), "replay": marked("Replay"),
}  # fmt: skip
GAMES = {
    "deadline": marked("The first deadline"),
    "ordinary": marked("The deadline, if nobody is stubborn"),
    "tariffs": marked("Tariffs"),
    "provocation": marked("New sanctions"),
    "own": marked("One of your own"),
}
MOST_ORDERS, MOST_RUN = 400, 10**9
ASK, NOT = "ask", "no"  # part of a link that leaves the question of the first screen out
Levers = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class State:
    """Where somebody is on the page.

    Attributes
    ----------
    tab : str
    levers : tuple of (str, float)
        Settings that were moved, by path, in the order in which they were.
    baseline : tuple of (str, float) or None
        Settings of the pinned baseline; None where nothing is pinned.
    run : int
        The negotiation that is watched.
    taken : int
        How many of its decisions were taken.
    orders : tuple of str
        Those taken otherwise than by rule, each as JSON of an entry of ``Game.address``.
    game : str
        A key of ``GAMES``.
    payoffs : tuple of float
        Of the game typed in: the row player's two rows, then the column player's.
    mix : tuple of float
        Chance of the second action of either player.
    shown : tuple of str
        Which answers about the game have been asked for.
    replayed : int
        The run that is replayed.
    cell : int
        Its cell of the stored sweep; -1 for the scenario of the Odds tab.
    play : Play
        Where a game stands in which somebody takes a side.
    asked : bool
        Whether the question of the first screen has been answered, or is not wanted.
    guess : tuple of float
        What a class answered: the odds of each headline, in order; empty if it did not.
    """

    tab: str = "odds"
    levers: Levers = ()
    baseline: Levers | None = None
    run: int = 0
    taken: int = 0
    orders: tuple[str, ...] = ()
    game: str = "deadline"
    payoffs: tuple[float, ...] = (0.0, -5.0, 5.0, -90.0, 0.0, 5.0, -5.0, -30.0)
    mix: tuple[float, float] = (0.5, 0.5)
    shown: tuple[str, ...] = ()
    replayed: int = 0
    cell: int = -1
    play: Play = field(default_factory=Play)
    asked: bool = False
    guess: tuple[float, ...] = ()

    def moved(self, path: str, value: float | None) -> State:
        """Return the state with a lever moved, or put back for None."""
        kept = tuple((p, v) for p, v in self.levers if p != path)
        return replace(self, levers=kept if value is None else (*kept, (path, value)))


Change = Callable[[Callable[[State], State]], State]  # of the state of the page, as it is then


def scenario_of(base: Scenario, levers: Levers) -> Scenario:
    """Return a scenario with levers moved, each number then certain."""
    return base.replace(dict(levers)) if levers else base


def query(state: State, about: Iterable[tuple[str, str]] = ()) -> str:
    """Return a state as the query of an address, without what is as at first.

    ``about`` are parts that say what the page is about: they stand first.

    Examples
    --------
    >>> query(State())
    ''
    >>> query(State(tab="watch", levers=(("deadline.grace", 0.25),), run=7))
    'tab=watch&deadline.grace=0.25&run=7'
    """
    first, parts = State(), list(about)
    if state.asked:
        parts.append((ASK, NOT))
    if state.tab != first.tab:
        parts.append(("tab", state.tab))
    parts += [(path, f"{value:.9g}") for path, value in state.levers]
    if state.baseline is not None:
        told = ",".join(f"{path}:{value:.9g}" for path, value in state.baseline)
        parts.append(("baseline", told))
    for name in ("run", "taken", "game", "replayed", "cell"):
        if getattr(state, name) != getattr(first, name):
            parts.append((name, str(getattr(state, name))))
    parts += [("order", order) for order in state.orders]
    for name in ("payoffs", "mix", "guess"):
        if getattr(state, name) != getattr(first, name):
            parts.append((name, ",".join(f"{x:.9g}" for x in getattr(state, name))))
    if state.shown:
        parts.append(("shown", ",".join(state.shown)))
    parts += play_parts(state.play)
    return urlencode(parts, safe=":,")


def plain(text: str) -> bool:
    """Return whether a link says nothing but what the page is about: then it opens with a question.

    Examples
    --------
    >>> plain(""), plain("scenario=stockholm-2025&seed=1"), plain("tab=odds"), plain("ask=no")
    (True, True, False, False)
    """
    names = {part.partition("=")[0] for part in text.split("&") if part}
    return names <= set(ABOUT_NAMES)


def parse(text: str, base: Scenario) -> tuple[State, list[str]]:
    """Return the state that a query tells of, and a sentence for each part that was left out.

    Examples
    --------
    >>> pie = Scenario.load("split-the-pie")
    >>> state, wrong = parse("tab=game&us.patience=0.8&us.patiense=1&run=-4", pie)
    >>> state.tab, state.levers, state.run
    ('game', (('us.patience', 0.8),), 0)
    >>> for sentence in wrong:
    ...     print(sentence)
    The link's us.patiense is left out: ...
    The link's run is left out: expected a whole number from 0 to 1000000000.
    """
    state, wrong = State(), []
    try:
        parts = fields(text)
    except ValueError:
        return state, [tr("The link is not understood: it is too long.")]
    for name, value in parts:
        try:
            state = _with(state, name, value, base)
        except InputError as error:
            part = tr("The link's {name} is left out: {why}", name=name[:40], why=error)
            wrong.append(part)
    if len(wrong) > 3:
        n = len(wrong) - 3
        wrong = [*wrong[:3], trn("{n} further part of it too.", "{n} further parts of it too.", n)]
    return state, wrong


def _with(state: State, name: str, value: str, base: Scenario) -> State:
    """Return a state with one part of a query."""
    if name in ("tab", "game"):
        allowed = TABS if name == "tab" else GAMES
        if value not in allowed:
            raise InputError(tr("expected {names}.", names=", ".join(allowed)))
        return _put(state, name, value)
    if name in ("run", "taken", "replayed", "cell"):
        low, high = (-1 if name == "cell" else 0), MOST_ORDERS if name == "taken" else MOST_RUN
        whole = written(value, low, high)
        if whole is None:
            raise InputError(
                tr("expected a whole number from {low} to {high}.", low=low, high=high)
            )
        return _put(state, name, whole)
    if name == ASK:
        if value not in (NOT, "yes"):
            raise InputError(tr("expected {names}.", names=f"yes, {NOT}"))
        return replace(state, asked=value == NOT)
    if name == "guess":
        guess = tuple(number(x) for x in value.split(",")[:20])
        if len(guess) != len(headlines(base)) or not all(0.0 <= x <= 1.0 for x in guess):
            raise InputError(tr("expected chances from 0 to 1."))
        return replace(state, guess=guess)
    if name in PLAY_NAMES:
        return replace(state, play=with_part(state.play, name, value))
    if name == "order":
        return replace(state, orders=(*state.orders, order(value))[:MOST_ORDERS])
    if name in ("payoffs", "mix"):
        numbers = tuple(number(x) for x in value.split(","))
        if len(numbers) != len(getattr(state, name)):
            raise InputError(tr("expected {n} numbers.", n=len(getattr(state, name))))
        if name == "mix" and not all(0.0 <= x <= 1.0 for x in numbers):
            raise InputError(tr("expected chances from 0 to 1."))
        return _put(state, name, numbers)
    if name == "shown":
        return replace(state, shown=tuple(dict.fromkeys(value.split(",")))[:20])
    if name == "baseline":
        pairs = [part.rpartition(":") for part in value.split(",") if part]
        levers = tuple((path, number(x)) for path, _, x in pairs)
        scenario_of(base, levers)
        return replace(state, baseline=levers)
    if "." not in name:
        return state  # something that others add to links, such as who sent it
    moved = state.moved(name, number(value))
    scenario_of(base, moved.levers)
    return moved


def _put(state: State, name: str, value: Any) -> State:
    changed: dict[str, Any] = {name: value}
    return replace(state, **changed)


def number(text: str) -> float:
    """Return a finite number, or raise InputError."""
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found) or abs(found) > 1e12:
        given = repr(text[:20])
        raise InputError(tr("{given} is no finite number.", given=given))
    return found

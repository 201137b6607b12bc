"""What a decision that was taken otherwise changed: the run beside the one that the rules play.

Both have the same types and the same random events ahead, so they are alike up to the first
decision that was not left to its rule. They are held against each other as far as has been played.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, NamedTuple

from negotiation.game.choices import Kind
from negotiation.game.game import Game
from negotiation.lab.remembering import Remembered
from negotiation.lab.watching import Scene, game_at, share_of
from negotiation.scenario import SIDES, Scenario
from negotiation.talks import Talks
from negotiation.words.scene import flows


class Fork(NamedTuple):
    """A decision that was not left to the rule of its side.

    Attributes
    ----------
    side : str
    kind : Kind
    day : float
        First day of its week.
    events : int
        How much had happened before it.
    chosen, by_rule : str or float
        A word of the decision's; of an offer which share of its room the side asks for.
    same : bool
        Whether the rule would have decided so too.
    luck : bool
        Whether other random events come after it.
    """

    side: str
    kind: Kind
    day: float
    events: int
    chosen: str | float
    by_rule: str | float
    same: bool
    luck: bool


class Beside(NamedTuple):
    """A run in which something was decided otherwise, and the run of the rules beside it.

    Attributes
    ----------
    forks : tuple of Fork
        In order, at least one.
    talks : Talks
        What happened by the rules alone, up to the end of the week in which the run stands.
    regime : int
    expiry : float or None
        What was in force there at the start of that week, and on which day it runs out.
    gains : dict of str to tuple of float, or None
        What each side has gained by the start of that week as decided, and by the rules alone, in
        the scenario's unit. None before the end where what counts is what is signed.
    """

    forks: tuple[Fork, ...]
    talks: Talks
    regime: int
    expiry: float | None
    gains: dict[str, tuple[float, float]] | None


def _left_to_rules(scenario: Scenario, seed: int, run: int) -> tuple[Talks, Any]:
    game = Game(scenario, seed=seed, run=run).play()
    return game.talks, game.history()


left_to_rules = Remembered(_left_to_rules, most=64)  # every step after a fork asks for it again


def beside(scene: Scene) -> Beside | None:
    """Return what a run is held against, or None where all was left to the rules.

    Examples
    --------
    >>> from negotiation.lab.watching import watched
    >>> pie = Scenario.load("split-the-pie")
    >>> found = beside(watched(pie, 1, 0, 2, ('{"at":1,"answer":"yes"}',)))
    >>> found.forks[0].side, found.forks[0].chosen, found.forks[0].by_rule
    ('china', 'accept', 'refuse')
    """
    if not scene.orders:
        return None
    game = game_at(scene.scenario, scene.seed, scene.run, scene.taken, scene.orders)
    decisions = game.decisions
    forks = tuple(
        _fork(scene, k, order, decisions)
        for k, order in enumerate(map(json.loads, scene.orders))
        if order["at"] < game.taken
    )
    talks, history = left_to_rules(scene.scenario, scene.seed, scene.run)
    unit = scene.scenario.unit
    if scene.over:
        mine, theirs = (
            (scene.talks.account, talks.account)
            if flows(unit)
            else (scene.talks.gains, talks.gains)
        )
        gains = {side: (mine[side], theirs[side]) for side in SIDES}
        last = history[-1]
        return Beside(forks, talks, int(last["regime"]), None, gains)
    week = float(scene.scenario.clock.tick_days.value)
    talks = replace(talks, events=tuple(e for e in talks.events if e.day < scene.day + week))
    then = history[min(game.tick, len(history) - 1)]
    now = game.fork().play().history()[game.tick]  # at the start of the week, as the other is
    expiry = float(then["expiry"])
    dated = 0.0 <= expiry < 1e6 and scene.scenario.calendar.truce_expires is not None
    accounts = {
        side: (float(now["account"][i]), float(then["account"][i])) for i, side in enumerate(SIDES)
    }
    return Beside(
        forks, talks, int(then["regime"]), expiry if dated else None,
        accounts if flows(unit) else None,
    )  # fmt: skip


def _fork(scene: Scene, k: int, order: Any, decisions: tuple[Any, ...]) -> Fork:
    """Return a decision that was not left to the rules, and what its rule would have chosen."""
    at = order["at"]
    here = game_at(scene.scenario, scene.seed, scene.run, at, scene.orders[:k])
    point = here.point
    assert point is not None
    ruled = here.fork()
    ruled.decide()
    _ = ruled.point
    made: list[str | float] = []
    for choice in (decisions[at].choice, ruled.decisions[at].choice):
        made.append(choice if isinstance(choice, str) else share_of(point.view, choice))
    return Fork(
        point.side, point.kind, point.day, len(here.events), made[0], made[1],
        decisions[at].choice == ruled.decisions[at].choice,
        order.get("luck") is not None,
    )  # fmt: skip

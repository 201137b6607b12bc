"""One negotiation as the Watch tab sees it: where it stands, and how it goes on.

A place in a negotiation is how many decisions have been taken, and those that were not left to the
rules: what :attr:`negotiation.Game.address` holds, so a link can hold it too.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
from typing import Any, NamedTuple

import numpy as np

from negotiation.errors import InputError
from negotiation.game.choices import Kind
from negotiation.game.game import Game
from negotiation.lab.remembering import Remembered
from negotiation.payoffs.types import resolve_of
from negotiation.plots.pareto import Ground, ground_of
from negotiation.rules.beliefs import of_stance
from negotiation.rules.home import support
from negotiation.scenario import SIDES, Scenario
from negotiation.strategies.view import View
from negotiation.tactics.moves import Package, Share
from negotiation.talks import Talks

Orders = tuple[str, ...]
POINTS = 81  # of a frontier


class Asked(NamedTuple):
    """The decision that the negotiation waits for.

    ``chances`` are those of each choice under the side's own rule; empty for an offer, of which
    ``share`` is where the side's next offer lies between its walk-away point and its best deal.
    """

    side: str
    kind: Kind
    sentence: str
    chances: dict[str, float]
    share: float | None


class Side(NamedTuple):
    """What is to be seen of a side.

    Attributes
    ----------
    believed : tuple of float
        What the other side thinks it is: chance of a dove, of a middle type, of a hawk.
    resolute : float
        What the other side thinks the chance is that it never gives in.
    standing : tuple of float or None
        What its last offer is worth to (US, China), nothing hidden.
    home : float or None
        Weighted support at home for the other side's last offer; None without one.
    needed : float
        What a package needs there.
    account : float
        What it has gained so far, $bn.
    """

    believed: tuple[float, float, float]
    resolute: float
    standing: tuple[float, float] | None
    home: float | None
    needed: float
    account: float


class Scene(NamedTuple):
    """Where a negotiation stands.

    Attributes
    ----------
    scenario : Scenario
    seed, run, taken : int
    orders : tuple of str
    date : datetime.date
    day, last : float
        Days since the first, and how many there are.
    expiry : float or None
        Day on which what is in force runs out.
    regime : int
        What is in force.
    over : bool
    asked : Asked or None
        None at the horizon.
    talks : Talks
        What has happened so far.
    ground : Ground
        What both could reach.
    offers : tuple of (str, tuple of float)
        By whom, and worth to (US, China).
    sides : dict of str to Side
    tension, stock : float
        In incidents, and in months of normal need.
    paths : dict of str to ndarray
        ``day``, ``tension`` and ``stock`` at the start of every tick.
    """

    scenario: Scenario
    seed: int
    run: int
    taken: int
    orders: Orders
    date: dt.date
    day: float
    last: float
    expiry: float | None
    regime: int
    over: bool
    asked: Asked | None
    talks: Talks
    ground: Ground
    offers: tuple[tuple[str, tuple[float, float]], ...]
    sides: dict[str, Side]
    tension: float
    stock: float
    paths: dict[str, np.ndarray]


def game_at(scenario: Scenario, seed: int, run: int, taken: int, orders: Orders) -> Game:
    """Return the game that stands at a place; where the run has fewer decisions, at its end.

    Raises
    ------
    InputError
        If an order is no answer to the decision that it is meant for.
    """
    told = [json.loads(order) for order in orders]
    game = Game(scenario, seed=seed, run=run)
    address = {**game.address, "taken": taken, "decisions": told}
    end = max([taken, *(order["at"] + 1 for order in told)])
    if end != taken:
        address["decisions"] = [order for order in told if order["at"] < taken]
    try:
        return Game.at(scenario, address)
    except InputError:
        whole = Game.at(scenario, {**address, "taken": 0, "decisions": []})
        whole.play()
        if told or taken <= whole.taken:
            raise
        return whole


def watched(scenario: Scenario, seed: int, run: int, taken: int, orders: Orders) -> Scene:
    """Return where a negotiation stands once so many decisions have been taken.

    Examples
    --------
    >>> scene = watched(Scenario.load("split-the-pie"), 1, 0, 1, ())
    >>> scene.asked.side, scene.asked.kind.value, len(scene.offers)
    ('china', 'answer', 0)
    """
    return scene_of(game_at(scenario, seed, run, taken, orders))


def scene_of(game: Game) -> Scene:
    """Return a game as it is shown."""
    point, scenario = game.point, game.scenario
    talks, world, _ = game.records
    told = game.talks
    ground = known_ground(scenario, game.seed, game.run)
    offers = tuple(
        (SIDES[event.side], ground.worth(event.detail["package"]))
        for event in told.events
        if event.kind == "offer" and event.side is not None
    )
    standing = dict(offers)
    expiry = float(talks.expiry)
    last = float((scenario.calendar.horizon - scenario.calendar.start).days)
    history = game.history()
    paths = {name: history[name].astype(float) for name in ("day", "tension", "stock")}
    return Scene(
        scenario, game.seed, game.run, game.taken,
        tuple(json.dumps(order, separators=(",", ":")) for order in game.address["decisions"]),
        game.date if point is not None else scenario.calendar.horizon,
        float(talks.day) if point is not None else last, last,
        expiry if 0.0 <= expiry < 1e6 and scenario.calendar.truce_expires else None,
        int(talks.regime), point is None, None if point is None else asked(point),
        told, ground, offers,
        {side: _side(talks, world, i, standing) for i, side in enumerate(SIDES)},
        float(talks.tension), float(talks.stock), paths,
    )  # fmt: skip


def _side(talks: Any, world: Any, i: int, standing: dict[str, tuple[float, float]]) -> Side:
    beliefs = talks.beliefs[i]
    believed = tuple(float(of_stance(beliefs, stance)) for stance in range(3))
    resolute = sum(float(b) for n, b in enumerate(beliefs) if resolve_of(n))
    home = None
    if SIDES[1 - i] in standing and world.n_groups[i] > 0:
        home = float(support(world, i, talks.offer[1 - i], 0.0))
    return Side(
        (believed[0], believed[1], believed[2]), resolute, standing.get(SIDES[i]), home,
        float(world.ratification[i]), float(talks.account[i]),
    )  # fmt: skip


def asked(point: Any) -> Asked:
    """Return a decision as it is shown."""
    sentence = point.kind.sentence_of(point.game.scenario)
    if point.kind is not Kind.OFFER:
        return Asked(point.side, point.kind, sentence, dict(point.chances), None)
    share = share_of(point.view, next(iter(point.chances)))
    return Asked(point.side, point.kind, sentence, {}, share)


def share_of(view: View, package: Package) -> float:
    """Return how far a package brings its side from walking away to the best it could hope for."""
    room = view.ideal - view.walk_away
    share = (view.worth(package) - view.walk_away) / room if room > 0.0 else 0.5
    return min(max(float(share), 0.0), 1.0)


def _ground(scenario: Scenario, seed: int, run: int) -> Ground:
    ground, lock = ground_of(scenario, seed, run, points=POINTS), threading.Lock()

    def worth(package: Any) -> tuple[float, float]:
        with lock:  # visitors share the records that it works on
            return ground.worth(package)

    return ground._replace(worth=worth)


known_ground = Remembered(_ground, most=64)  # what both sides of a run could reach


def after_a_decision(scene: Scene, choice: Any = None) -> tuple[int, Orders]:
    """Return the place after the decision at hand, by the side's own rule or as it is told.

    Parameters
    ----------
    scene : Scene
    choice : str or float, optional
        A word of the decision's; for an offer the share of its room that the side asks for.

    Examples
    --------
    >>> pie = Scenario.load("split-the-pie")
    >>> after_a_decision(watched(pie, 1, 0, 1, ()), "accept")
    (2, ('{"at":1,"answer":"yes"}',))
    """
    game = _game(scene)
    if game.point is None:
        return scene.taken, scene.orders
    game.decide(Share(choice) if isinstance(choice, float) else choice)
    return _place(game)


def after_a_week(scene: Scene) -> tuple[int, Orders]:
    """Return the place at the first decision of a later tick; the rules decide until then."""
    game = _game(scene)
    tick = game.tick
    while game.point is not None and game.tick == tick:
        game.decide()
    return _place(game)


def after_it_all(scene: Scene) -> tuple[int, Orders]:
    """Return the place at the horizon."""
    return _place(_game(scene).play())


def _game(scene: Scene) -> Game:
    return game_at(scene.scenario, scene.seed, scene.run, scene.taken, scene.orders)


def _place(game: Game) -> tuple[int, Orders]:
    _ = game.point  # plays up to it: at the end the number of decisions taken is known then
    orders = game.address["decisions"]
    return game.taken, tuple(json.dumps(order, separators=(",", ":")) for order in orders)

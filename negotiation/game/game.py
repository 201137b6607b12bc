"""One negotiation that stops wherever somebody has to decide.

The compiled rules play from the first day up to the first decision that has not been taken, and
are played again from there once it has been: a run takes some ten microseconds, so what a game
remembers is only its address and the decisions that were not left to the rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import cached_property, partial
from typing import Any

import numpy as np

from negotiation.compiling import compiled
from negotiation.errors import InputError, UnknownName, counted, shortened, whole_number
from negotiation.events import Event, event_of
from negotiation.game.choices import (
    BY_CODE,
    Decision,
    Kind,
    PackageSpace,
    data_of,
    decision_of,
    fits,
    order_of,
    orders_of_data,
)
from negotiation.game.persons import in_person, in_place_of_rules
from negotiation.game.point import Point
from negotiation.game.weighing import weighed_in
from negotiation.outcome import ROW, STATE_OF_REGIME, write_row
from negotiation.payoffs.seats import sit_down
from negotiation.randomness import key_of
from negotiation.rules import journal, script
from negotiation.rules.addresses import record_at
from negotiation.rules.play import play
from negotiation.rules.script import ORDER_BYTES, Order, Waits
from negotiation.scenario import SIDES, Given, Scenario
from negotiation.strategies.table import decide
from negotiation.strategies.view import agenda
from negotiation.table import Records, Table, blank, by_name, open_run
from negotiation.tactics.base import Offer, Strategy
from negotiation.tactics.moves import Share as Share
from negotiation.talks import Talks, talks_of

MOST_RUNS = 10**7  # from a decision: a row of each is kept
ENTRIES = 1024  # journal entries that there is room for at first
EVERY = (1 << 2 * len(Kind)) - 1
OWN = (Kind.OFFER, Kind.ANSWER)  # what a class of a user's own decides


@compiled
def play_again(records: Records, seed: int, run: int) -> None:
    """Play from the first day to where the script stops."""
    open_run(records, seed, run)
    play(records.talks[0], records.world[0], records.stakes[0], records.watch[0])


@compiled
def play_on(
    records: Records, seed: int, run: int, first: int, state_of_regime: np.ndarray, rows: np.ndarray
) -> None:
    """Play what the script decides, each time with other random events after its last decision."""
    watch = records.watch[0]
    last = record_at(watch.orders + (watch.n_orders - 1) * ORDER_BYTES, watch.order)
    for i in range(rows.shape[0]):
        last.key = key_of(first + i, run)
        watch.met = watch.next = watch.noted = 0
        play_again(records, seed, run)
        write_row(records.talks[0], first + i, rows[i], state_of_regime)


class Game:
    """One negotiation that stops wherever somebody has to decide.

    Parameters
    ----------
    scenario : Scenario
        Or the name or path of one.
    seed : int
        Master seed of the study.
    run : int
        Number of the run under that seed.
    runs_per_world : int
        How many runs share one draw of the uncertain numbers.
    strategies : mapping of str to Strategy, optional
        An instance to play for a side, "us" or "china", in place of the class that its strategy
        names.

    Examples
    --------
    Left to the rules it is the run that an ensemble plays:

    >>> game = Game(Scenario.load("split-the-pie"), seed=1)
    >>> while (point := game.point) is not None:
    ...     game.decide()
    >>> game.talks.outcome
    <Outcome.WORKING_DEAL: 'working_deal'>

    Somebody else may decide, and two courses be compared:

    >>> game = Game(Scenario.load("split-the-pie"), seed=1)
    >>> print(game.play_to(Kind.ANSWER))
    2025-01-06, china: Take the other side's offer, or refuse it.
    >>> twin = game.fork()
    >>> twin.decide("accept")
    >>> twin.play().talks.package != game.play().talks.package
    True
    """

    def __init__(
        self,
        scenario: Given,
        *,
        seed: int = 1,
        run: int = 0,
        runs_per_world: int = 1,
        strategies: Mapping[str, Any] | None = None,
    ) -> None:
        whole_number("seed", seed, 0)
        whole_number("run", run, 0)
        whole_number("runs_per_world", runs_per_world, 1)
        scenario = Scenario.of(scenario)
        in_place = in_place_of_rules(strategies or {})
        self.scenario, self.seed, self.run = scenario, seed, run
        self.runs_per_world = runs_per_world
        self.orders: list[Order] = []
        self.taken = 0  # decisions, by rule or otherwise
        self._records = self._opened()
        self.strategies = in_person(scenario, self._records.world) | in_place
        self._seat()
        self._room = ENTRIES
        self._forget()

    def __getstate__(self) -> dict[str, Any]:
        """Return what is kept of the game: its address, its strategies, and where it stands.

        What the rules have written holds addresses in memory, so it is played again instead.
        """
        kept = ("scenario", "seed", "run", "runs_per_world", "orders", "strategies", "_room")
        state = {name: vars(self)[name] for name in kept}
        return state | {"taken": self.taken, "stands": self._stands if self._looked else None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Open the run again and play it to where it stood."""
        vars(self).update(state)
        stands = vars(self).pop("stands")
        self._records = self._opened()
        self._seat()
        self._forget()
        if stands is not None:
            self._look(*stands)

    def _opened(self) -> Records:
        """Return the records of the first day of the run."""
        table = Table(self.scenario)
        return table.opened(seed=self.seed, run=self.run, runs_per_world=self.runs_per_world)

    def _seat(self) -> None:
        """Write into the records who decides in person."""
        for side, strategy in self.strategies.items():
            sit_down(self._records.world, SIDES.index(side), strategy)
        self._records.world["asks_conceded"] = 1.0  # whoever looks may ask

    @property
    def point(self) -> Point | None:
        """The decision that the negotiation waits for; None once the horizon is reached."""
        if not self._looked or (self._point is None and not self._over):
            self._look(EVERY)
        return self._point

    @property
    def talks(self) -> Talks:
        """What has happened so far, as a record; at the horizon what `negotiation.run` returns."""
        row, kept = self.row()[0], (self.records, self.history, partial(weighed_in, self))
        return talks_of(self.scenario, self.seed, row, self.events, *kept)

    @property
    def horizon_reached(self) -> bool:
        """Whether the horizon is reached, as far as has been played."""
        return self._over

    @property
    def tick(self) -> int:
        """The number of the tick that is being played, from 0."""
        return int(self.state["tick"])

    @property
    def day(self) -> float:
        """Days from the scenario's first day to the start of the tick."""
        return float(self.state["day"])

    @property
    def date(self) -> dt.date:
        """The date of that day."""
        return self.scenario.calendar.start + dt.timedelta(days=self.day)

    @property
    def state(self) -> Any:
        """The record of the negotiation as it stands, hidden things included: for onlookers."""
        if not self._looked:
            self._look(EVERY)
        return self._played.talks.copy()[0]

    @property
    def records(self) -> tuple[Any, Any, Any]:
        """The records (talks, world, stakes) as they stand; nothing done to them changes a run."""
        self.state  # noqa: B018 (plays up to the next decision)
        names = ("talks", "world", "stakes")
        own = {name: getattr(self._played, name).copy() for name in names}
        return self._played._replace(**own).each

    @property
    def events(self) -> tuple[Event, ...]:
        """What has happened so far, in order."""
        self.state  # noqa: B018 (plays up to the next decision)
        talks, world, _ = self._played.each
        happened = self._journal[self._journal["what"] != journal.DECIDED]
        return tuple(event_of(entry, self.scenario, talks, world) for entry in happened)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions taken so far, in order, whoever took them."""
        self.state  # noqa: B018 (plays up to the next decision)
        taken = self._journal[self._journal["what"] == journal.DECIDED]
        return tuple(decision_of(entry, len(self.scenario.issues)) for entry in taken)

    @cached_property
    def space(self) -> PackageSpace:
        """The packages that may be offered."""
        return PackageSpace(agenda(self.scenario, self._records.each[1]))

    def decide(self, choice: Any = None) -> None:
        """Take the decision that the negotiation waits for.

        Parameters
        ----------
        choice : optional
            One of ``point.choices``, or True for yes and False for no; at an offer a package (how
            far each issue is conceded, in order or by name), an :class:`Offer` or a
            :class:`Share`; at an answer a :class:`Share` too. Without it the side's own rule or
            strategy decides.

        Raises
        ------
        InputError
            If the horizon is reached, or this cannot be chosen.
        """
        point = self.point
        if point is None:
            raise InputError("decide: the horizon is reached, so there is nothing to decide.")
        if choice is None:
            order = self._own_order(point)
        else:
            if isinstance(choice, Offer) and choice.target is not None:
                choice = point.view.package_worth(choice.target)
            order = order_of(point.number, point.kind, choice, self.space)
        self._take(order)

    def play(self) -> Game:
        """Leave everything that is still to be decided to the rules; returns the game itself."""
        while not self._over:
            self._look(self._own_decisions())
            if self._point is not None:
                self._take(self._own_order(self._point))
        return self

    def play_to(
        self, *kinds: Kind | str, side: str | None = None, tick: int | None = None
    ) -> Point | None:
        """Leave decisions to the rules up to the next of these kinds, to be taken by ``side``.

        Parameters
        ----------
        *kinds : Kind
            Or its name, such as "extend"; none given: of any kind.
        side : str, optional
            "us" or "china"; by default either.
        tick : int, optional
            Play no further than to the start of this tick.

        Returns
        -------
        Point or None
            None at the horizon, or at the start of the tick.
        """
        wanted = mask_of([Kind(kind) for kind in kinds] or Kind, side)
        if tick is not None:
            whole_number("tick", tick, 0)
        while not self._over:
            self._look(wanted | self._own_decisions(), tick)
            point = self._point
            if point is None or wanted >> (2 * point.kind.code + SIDES.index(point.side)) & 1:
                return point
            self._take(self._own_order(point))
        return None

    def fork(self, seed: int | None = None) -> Game:
        """Return a game in the same state, free to go another way.

        Parameters
        ----------
        seed : int, optional
            Master seed of the luck from here on; by default both have the same luck ahead. What
            was drawn on the first day stays: types, moods, the uncertain numbers, the day of the
            summit.
        """
        twin = object.__new__(type(self))
        vars(twin).update(vars(self))
        twin.orders, twin.strategies = list(self.orders), deepcopy(self.strategies)
        twin._forget()
        if seed is not None:
            whole_number("seed", seed, 0)
            twin._put(Order(self.taken, luck=seed))
        return twin

    @property
    def address(self) -> dict[str, Any]:
        """Where the negotiation stands, as plain data that :meth:`at` finds again.

        The scenario's fingerprint, the address of the run, how many decisions were taken, and
        those that were not left to the rules.
        """
        return {
            "scenario": self.scenario.fingerprint,
            "seed": self.seed,
            "run": self.run,
            "runs_per_world": self.runs_per_world,
            "taken": self.taken,
            "decisions": [data_of(order) for order in self.orders],
        }

    @classmethod
    def at(
        cls,
        scenario: Given,
        address: Mapping[str, Any],
        strategies: Mapping[str, Any] | None = None,
    ) -> Game:
        """Return the game that stands at an address.

        A class of a user's own that plays for a side begins again: what it has decided so far is
        on the table, and what it noted in its own attributes is lost.

        Raises
        ------
        InputError
            If the address is of another scenario, or is none.

        Examples
        --------
        >>> scenario = Scenario.load("split-the-pie")
        >>> game = Game(scenario, seed=1)
        >>> game.decide(Share(0.6))
        >>> again = Game.at(scenario, game.address)
        >>> again.point == game.point
        True
        """
        scenario = Scenario.of(scenario)
        names = ("scenario", "seed", "run", "runs_per_world", "taken", "decisions")
        missing = [name for name in names if name not in address]
        if missing:
            raise InputError(f"address: {missing[0]} is missing; expected {', '.join(names)}.")
        if str(address["scenario"]) != scenario.fingerprint:
            raise InputError(
                f"address: it is of a scenario with fingerprint {shortened(address['scenario'])}; "
                f"{scenario.name} has {scenario.fingerprint!r}."
            )
        whole_number("address: taken", address["taken"], 0)
        game = cls(
            scenario,
            seed=address["seed"],
            run=address["run"],
            runs_per_world=address["runs_per_world"],
            strategies=strategies,
        )
        game.orders = orders_of_data(address["decisions"], game.space, address["taken"])
        game.taken = address["taken"]
        game._look(EVERY)
        if game.taken != address["taken"]:
            raise InputError(
                f"address: {counted(address['taken'], 'decision')} taken; "
                f"the negotiation has only {game.taken}."
            )
        decisions = game.decisions
        for order in game.orders:
            if order.at < game.taken:
                fits(order, decisions[order.at].kind)
        return game

    def history(self) -> np.ndarray:
        """Return the state at the start of every tick so far, and as it stands.

        Returns
        -------
        ndarray of ``rules.state.TALKS``
        """
        ticks, seen = self.tick, []
        twin = self.fork()
        for tick in range(ticks):
            twin._look(0, tick)
            seen.append(twin._played.talks)
        return np.concatenate([*seen, np.array([self.state])])

    def continued(self, choice: Any, *, runs: int, first: int = 0) -> np.ndarray:
        """Return the outcomes of taking the decision at hand so, over other random events after it.

        Parameters
        ----------
        choice : optional
            As :meth:`decide` takes it.
        runs, first : int
            Luck ``first`` to ``first + runs - 1``: each is that of a fork with this seed.

        Returns
        -------
        ndarray of ``outcome.ROW``, shape (runs,)
            ``run`` holds the seed of the luck.
        """
        whole_number("runs", runs, 1, MOST_RUNS)
        rows, twin = by_name(np.zeros(runs, ROW)), self.fork(seed=first)
        twin.decide(choice)
        if self.strategies:  # somebody else's code decides: one at a time
            for i in range(runs):
                twin = self.fork(seed=first + i)
                twin.decide(choice)
                rows[i] = twin.play().row()[0]
                rows[i]["run"] = first + i
        else:
            orders = script.orders_of(twin.orders, self.run)
            records = self._records.with_room(script.watched(orders))
            play_on(records, self.seed, self.run, first, STATE_OF_REGIME, rows)
        return rows

    def row(self) -> np.ndarray:
        """Return the outcome so far as a row of ``outcome.ROW``, as an ensemble would."""
        rows = blank(ROW)
        write_row(self.state, self.run, rows[0], STATE_OF_REGIME)
        return rows

    def own_strategy(self, side: str) -> Strategy | None:
        """Return the instance of a user's own class that plays for a side, if there is one."""
        return self.strategies.get(side)

    def offer_by_rule(self) -> tuple[float, ...]:
        """Return the package that the side would offer here, left to its rule or strategy."""
        ahead = self.fork()
        assert ahead.point is not None
        side = SIDES.index(ahead.point.side)
        ahead.decide()
        return tuple(ahead.state["offer"][side, : len(self.scenario.issues)].tolist())

    def decisions_elsewhere(
        self, side: str, kind: Kind, number: int, runs: range
    ) -> list[tuple[Decision, tuple[float, ...] | None]]:
        """Return a decision of a side in other runs, in which the rules decide everything.

        Both sides are of other types there, in other moods and with other luck; the uncertain
        numbers are those of here.

        Parameters
        ----------
        side : str
            "us" or "china".
        kind, number : Kind, int
            Which of its decisions: 0 is its first of this kind.
        runs : range

        Returns
        -------
        list of (Decision, tuple of float or None)
            Of each run that comes to it; with the other side's last offer before it, if any.

        Examples
        --------
        >>> game = Game(Scenario.load("stockholm-three-issues"), seed=1)
        >>> len(game.decisions_elsewhere("china", Kind.OFFER, 0, range(1, 6)))
        5
        """
        twin, found, own = self.fork(), [], SIDES.index(side)
        for run in runs:
            twin.run, twin.orders, twin.taken = run, [], 0
            twin._forget()
            twin.play()
            taken = twin._journal[twin._journal["what"] == journal.DECIDED]
            kinds, mine = taken["facts"][:, 0], taken["side"] == own
            places = np.flatnonzero((kinds == kind.code) & mine)
            if len(places) > number:
                at, issues = places[number], len(self.scenario.issues)
                heard = taken[:at][(kinds[:at] == Kind.OFFER.code) & ~mine[:at]]
                facing = tuple(heard["package"][-1, :issues].tolist()) if len(heard) else None
                found.append((decision_of(taken[at], issues), facing))
        return found

    def answer_by_rule(self) -> bool:
        """Return what the side would answer here, left to its rule or strategy."""
        ahead = self.fork()
        assert ahead.point is not None
        return ahead._own_order(ahead.point).answer == script.YES

    # What follows moves play on.

    def _forget(self) -> None:
        """Drop the state reached: the run is played again when it is asked for."""
        self._looked, self._over = False, False
        self._point: Point | None = None

    def _own_decisions(self) -> int:
        """Return the decisions that classes of users' own take."""
        return sum(mask_of(OWN, side) for side in self.strategies)

    def _own_order(self, point: Point) -> Order:
        strategy = self.strategies.get(point.side)
        if strategy is None or point.kind not in OWN:
            return Order(point.number)
        choice = decide(strategy, point.view, int(point.records[0].key))
        return order_of(point.number, point.kind, choice, self.space)

    def _put(self, order: Order) -> None:
        """Add an order; the luck of one at the same decision stays."""
        if self.orders and self.orders[-1].at == order.at:
            before = self.orders.pop()
            order = order._replace(luck=order.luck if order.luck is not None else before.luck)
        if order.answer != script.BY_RULE or order.luck is not None:
            self.orders.append(order)

    def _take(self, order: Order) -> None:
        self._put(order)
        self.taken += 1
        self._forget()

    def _look(self, stop_at: int, tick: int | None = None) -> None:
        """Play to the first decision not taken that is to be stopped at, or to the tick."""
        self._stands = stop_at, tick
        while True:
            entries = journal.room_for(self._room)
            orders = script.orders_of(self.orders, self.run)
            played = self._records.with_room(script.watched(orders))
            watch = played.watch
            watch["stop_from"], watch["stop_at"] = self.taken, stop_at
            watch["entries"], watch["room"] = entries.ctypes.data, len(entries)
            if tick is not None:
                watch["until"] = tick
            try:
                play_again(played, self.seed, self.run)
                waits = False
            except Waits:
                waits = True
            noted = int(watch["noted"][0])
            if noted <= self._room:
                break
            self._room = 2 * noted
        self._looked = True
        self._played, self.taken = played, int(watch["met"][0])
        talks, world, _ = played.each
        self._journal = entries[:noted]
        self._over = not waits and bool(talks.day > world.day_horizon)
        self._point = self._point_of(watch[0]) if waits else None

    def _point_of(self, watch: Any) -> Point:
        kind, side = BY_CODE[int(watch["kind"])], SIDES[int(watch["side"])]
        talks = self._played.talks[0]
        day = float(talks["day"])
        date = self.scenario.calendar.start + dt.timedelta(days=day)
        return Point(kind, side, day, date, self.taken, self, self._played.each)


def mask_of(kinds: Iterable[Kind], side: str | None) -> int:
    """Return decisions as bits: ``2 code + side`` of each."""
    if side is not None and side not in SIDES:
        raise UnknownName("side", side, SIDES)
    sides = range(2) if side is None else (SIDES.index(side),)
    return sum(1 << 2 * kind.code + i for kind in set(kinds) for i in sides)


def run(scenario: Given, *, seed: int, run: int = 0) -> Talks:
    """Play one negotiation.

    Parameters
    ----------
    scenario : Scenario
        Or the name or path of one.
    seed : int
        Master seed.
    run : int
        Number of the run: the same run as number ``run`` of ``odds(scenario, seed=seed)``.

    Examples
    --------
    >>> talks = run(Scenario.load("split-the-pie"), seed=1)
    >>> talks.outcome
    <Outcome.WORKING_DEAL: 'working_deal'>
    """
    return Game(scenario, seed=seed, run=run).play().talks

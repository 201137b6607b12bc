"""A side of one negotiation, played by a person.

The rules decide for the other side, and for one's own home front unless it is asked for. What a
person sees is what a delegation may see. A decision may be taken back, which is kept in mind and
told once the game is over.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from copy import copy
from functools import cached_property
from typing import Any

from negotiation.door import unlike
from negotiation.errors import InputError, UnknownName, shortened
from negotiation.game import Game, Kind, Point
from negotiation.rules.beliefs import marginal
from negotiation.scenario import SIDES, STANCES, Given, Scenario
from negotiation.seat import news, words
from negotiation.seat.draft import Draft
from negotiation.strategies.view import View, look
from negotiation.transcript.telling import hidden_of
from negotiation.words.language import tr
from negotiation.words.own_names import own_name

WHAT = "a seat in a negotiation"
QUIET = ("offer", "ready")  # what may happen without a standing answer being asked for again


class Seat:
    """The place of a person at the table.

    Parameters
    ----------
    scenario : Scenario
        Or the name or path of one.
    side : str
        "us" or "china", or what the scenario calls its sides.
    seed, run : int
        The address of the run: the luck, and what both sides hide.
    home : bool
        Whether the person also decides for the own home front, which votes by its rule else.

    Attributes
    ----------
    game : Game
    taken_back : list of dict
        The decisions that were taken back: date, kind and choice.
    looked_ahead : int
        How often the futures of this very negotiation were looked at.

    Examples
    --------
    >>> seat = Seat("split-the-pie", "china", seed=1)
    >>> seat.point.kind
    <Kind.ANSWER: 'answer'>
    >>> seat.decide("refuse")
    >>> seat.decide(seat.draft().for_them().package)
    >>> seat.take_back()
    >>> seat.point.kind, len(seat.taken_back)
    (<Kind.OFFER: 'offer'>, 1)
    """

    def __init__(
        self, scenario: Given, side: str, *, seed: int, run: int = 0, home: bool = False
    ) -> None:
        scenario = Scenario.of(scenario)
        self.side = seat_of(side, scenario)
        self.home = home
        self.game = Game(scenario, seed=seed, run=run)
        self.told = 0
        self.before: list[int] = []  # how many decisions had been taken at each of the own ones
        self.taken_back: list[dict[str, Any]] = []
        self.looked_ahead = 0
        self.standing: dict[str, Any] = {}  # answers that are given again
        self.since = 0  # the event up to which they hold

    @property
    def scenario(self) -> Scenario:
        """What is played."""
        return self.game.scenario

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The decisions that are put to the person."""
        return tuple(kind for kind in Kind if self.home or kind is not Kind.RATIFY)

    @property
    def point(self) -> Point | None:
        """The decision that waits for the person; None once the game is over."""
        while (point := self.game.play_to(*self.kinds, side=self.side)) is not None:
            if not self.standing:
                break
            if any(event.kind not in QUIET for event in self.game.events[self.since :]):
                self.standing = {}
            if point.kind.value not in self.standing:
                break
            self._take(self.standing[point.kind.value])
        return point

    @cached_property
    def _text(self) -> str:
        return self.scenario.to_toml(whole=True)

    @property
    def over(self) -> bool:
        """Whether there is nothing left to decide."""
        return self.point is None

    def news(self) -> list[str]:
        """Return what has happened since this was last asked, as the side hears of it."""
        _ = self.point
        talks = self.game.talks
        found = [news.heard(talks, event, self.side) for event in talks.events[self.told :]]
        self.told = len(talks.events)
        return found

    def draft(self) -> Draft:
        """Return an offer to begin with: the own last one, or before it what is best for oneself.

        Raises
        ------
        InputError
            If the game is over.
        """
        point = self.waiting()
        return Draft(self.scenario, point.view, point.view.my_last_offer)

    def waiting(self) -> Point:
        """Return the decision that waits for the person, or say that there is none."""
        point = self.point
        if point is None:
            raise InputError(tr("The game is over: there is nothing left to decide."))
        return point

    def decide(self, choice: Any, *, keep: bool = False) -> None:
        """Take the decision that waits.

        Parameters
        ----------
        choice : optional
            As :meth:`negotiation.Game.decide` takes it; None leaves it to the side's own rule.
        keep : bool
            Answer the same whenever the same is asked, until something happens other than that
            offers are made and texts become ready.
        """
        kind = self.waiting().kind.value
        self._take(choice)
        if keep:
            self.standing[kind], self.since = choice, len(self.game.events)

    def _take(self, choice: Any) -> None:
        at = self.game.taken
        self.game.decide(choice)
        self.before.append(at)

    def take_back(self) -> None:
        """Go back to before the own last decision; it is told in the end that this was done.

        Raises
        ------
        InputError
            If there is none.
        """
        if not self.before:
            raise InputError(tr("back: you have not decided anything yet."))
        _ = self.point
        at = self.before.pop()
        was = self.game.decisions[at]
        choice = was.choice if isinstance(was.choice, str) else list(was.choice)
        date = self.scenario.calendar.start.toordinal() + int(was.day)
        self.taken_back.append(
            {"date": type(self.scenario.calendar.start).fromordinal(date).isoformat(),
             "kind": was.kind.value, "choice": choice}
        )  # fmt: skip
        self.game = self.at(at)
        self.standing = {}
        self.told = min(self.told, len(self.game.events))

    def at(self, taken: int) -> Game:
        """Return the game as it stood when so many decisions had been taken."""
        address = self.game.address
        kept = [order for order in address["decisions"] if order["at"] < taken]
        return Game.at(self.scenario, address | {"taken": taken, "decisions": kept})

    def aside(self) -> Seat:
        """Return the seat with a game of its own in the same state, to try things with."""
        twin = copy(self)
        twin.game = self.game.fork()
        return twin

    def own_type(self) -> str:
        """Return what one hides oneself, in words; nothing where there is nothing to hide."""
        return hidden_of(self.game.talks, SIDES.index(self.side))

    @property
    def view(self) -> View:
        """What the side may see now, whether it has to decide or waits for the other."""
        point = self.point
        if point is not None:
            return point.view
        return look(self.game.records, self.scenario, SIDES.index(self.side), answering=False)

    def beliefs(self) -> dict[str, float]:
        """Return what one believes of the other side: each stance, and that it is resolute.

        Examples
        --------
        >>> beliefs = Seat("stockholm-2025", "china", seed=5).beliefs()
        >>> list(beliefs)
        ['dove', 'middle', 'hawk', 'resolute']
        """
        records = self.view.records
        other = 1 - SIDES.index(self.side)
        found = {name: float(marginal(records[0], other, 0, n)) for n, name in enumerate(STANCES)}
        return found | {"resolute": float(marginal(records[0], other, 2, 1))}

    def to_dict(self) -> dict[str, Any]:
        """Return the position as plain data that :meth:`from_dict` finds again."""
        _ = self.point
        return {
            "what": WHAT,
            "side": own_name(self.side, self.scenario),
            "home": self.home,
            "address": self.game.address,
            "own_decisions": list(self.before),
            "taken_back": self.taken_back,
            "looked_ahead": self.looked_ahead,
            "told": self.told,
            "scenario": self._text,
        }

    @classmethod
    def from_dict(cls, saved: Any, where: str = "saved game") -> Seat:
        """Return the position that was saved.

        Raises
        ------
        InputError
            If it is none.

        Examples
        --------
        >>> seat = Seat("split-the-pie", "china", seed=1)
        >>> seat.decide("refuse")
        >>> again = Seat.from_dict(seat.to_dict())
        >>> again.point == seat.point
        True
        """
        if not isinstance(saved, Mapping) or saved.get("what") != WHAT:
            raise InputError(
                tr("{path}: this is no game that negotiation play has kept.", path=where)
            )
        kinds: dict[str, Any] = {
            "side": str, "home": bool, "address": dict, "own_decisions": list, "taken_back": list,
            "looked_ahead": int, "told": int, "scenario": str,
        }  # fmt: skip
        for name, kind in kinds.items():
            if name not in saved or not isinstance(saved[name], kind):
                given = shortened(saved.get(name)) if name in saved else "missing"
                raise InputError(f"{where}: {name} is {given}; expected {kind.__name__}.")
        scenario = Scenario.of_text(saved["scenario"], f"{where}: scenario")
        game = Game.at(scenario, saved["address"])
        seat = cls(scenario, saved["side"], seed=game.seed, run=game.run, home=saved["home"])
        seat.game = game
        own, last = saved["own_decisions"], -1
        made_by = [decision.side for decision in game.decisions]
        for at in own:
            if unlike(int, at) or not last < at < game.taken or made_by[at] != seat.side:
                raise InputError(f"{where}: own_decisions has {shortened(at)}, which is none.")
            last = at
        for entry in saved["taken_back"]:
            if not is_taken_back(entry):
                raise InputError(f"{where}: taken_back has {shortened(entry)}, which is none.")
        seat.before, seat.taken_back = list(own), list(saved["taken_back"])
        seat.looked_ahead = max(saved["looked_ahead"], 0)
        seat.told = min(max(saved["told"], 0), len(game.events))
        return seat

    def question(self) -> str:
        """Return what is asked, in plain words."""
        return words.question(self.waiting())

    def answers(self) -> tuple[words.Answer, ...]:
        """Return what may be answered; nothing where an offer is to be made."""
        return words.answers(self.waiting())


def is_taken_back(entry: Any) -> bool:
    """Return whether something is what a seat keeps of a decision that was taken back.

    Examples
    --------
    >>> is_taken_back({"date": "2025-08-04", "kind": "offer", "choice": ""}), is_taken_back([1])
    (True, False)
    """
    try:
        dt.date.fromisoformat(entry["date"])
        Kind(entry["kind"])
        json.dumps(entry, allow_nan=False)
    except (KeyError, TypeError, ValueError):
        return False
    return True


def seat_of(side: str, scenario: Scenario) -> str:
    """Return the seat that a side's name stands for.

    Examples
    --------
    >>> seat_of("China", Scenario.load("stockholm-2025"))
    'china'
    """
    names = dict(zip(scenario.sides, SIDES, strict=True))
    found = names.get(side.casefold())
    if found is None:
        raise UnknownName("side", side, names, "--as")
    return found

"""A person's seat as the Play tab has it: found again from a link, and what there is to see.

What is shown is gathered here in one go, under the lock of the game, from what a delegation may
see: nothing of it depends on what the other side is.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from negotiation.game import Game, Kind
from negotiation.lab.play_link import Play, undone
from negotiation.lab.watching import Scene, game_at, scene_of
from negotiation.scenario import SIDES, Scenario
from negotiation.seat import hints, news
from negotiation.seat.debriefing import debrief
from negotiation.seat.draft import Draft
from negotiation.seat.seat import Seat
from negotiation.seat.telling import Section, believed, sections, sides_of, so_far
from negotiation.seat.words import Answer, calendar_line, worth_in
from negotiation.seats import opposite
from negotiation.tactics.moves import Package
from negotiation.talks import Talks
from negotiation.words.packages import exchange
from negotiation.words.parties import by_seat

ROOM = threading.BoundedSemaphore(2)  # for what takes seconds: a class ends its games together
DIGITS = 4  # of how far a term is conceded: what a slider can set, and a link can hold


@dataclass
class Chair:
    """A seat with the lock that whoever uses it holds.

    Attributes
    ----------
    seat : Seat
    lock : threading.RLock
        That of the game: two seats at one table share it.
    """

    seat: Seat
    lock: Any = field(default_factory=threading.RLock, repr=False)

    @contextmanager
    def held(self) -> Iterator[Seat]:
        """Give the seat to one user at a time."""
        with self.lock:
            yield self.seat

    def aside(self) -> Seat:
        """Return the seat with a game of its own in the same state, to compute with."""
        with self.lock:
            return self.seat.aside()


class Moment(NamedTuple):
    """What the calendar strip shows: see :class:`negotiation.lab.watching.Scene`."""

    scenario: Scenario
    date: dt.date
    day: float
    last: float
    expiry: float | None
    regime: int
    over: bool
    talks: Talks


class Look(NamedTuple):
    """What there is to be seen from a seat.

    Attributes
    ----------
    scenario : Scenario
    side : str
    own, other : str
        What the sides are called.
    moment : Moment
    calendar : str
        The week, and how long there is until the dates that matter; nothing in the end.
    hides : str
        What only this side knows of itself.
    believes : str
        Of the other side, while it decides as well as while it waits.
    so_far : str
        What the path has brought it, and the tension.
    news : tuple of str
    kind : Kind or None
        Of the decision that waits for this side; None where it waits for the other, or is over.
    number : int
        How many decisions both have taken.
    question : str
    answers : tuple of Answer
    paper : str
        The package that is asked about, in words.
    standing : dict of str to tuple of str
        The last offer of each side, in words, and what it is worth to the own side.
    floor : str
        What walking away is worth to the own side.
    draft : Draft or None
        What an offer begins with, where one is to be made.
    over : bool
    may_go_back : bool
    """

    scenario: Scenario
    side: str
    own: str
    other: str
    moment: Moment
    calendar: str
    hides: str
    believes: str
    so_far: str
    news: tuple[str, ...]
    kind: Kind | None
    number: int
    question: str
    answers: tuple[Answer, ...]
    paper: str
    standing: dict[str, tuple[str, str]]
    floor: str
    draft: Draft | None
    over: bool
    may_go_back: bool


def seated(scenario: Scenario, play: Play) -> Chair:
    """Return the seat of a game of one person that stands at a place.

    Raises
    ------
    InputError
        If a decision of the link is no answer to what was asked.

    Examples
    --------
    >>> pie = Scenario.load("split-the-pie")
    >>> chair = seated(pie, Play(side="china", hand=1))
    >>> chair.seat.decide("refuse")
    >>> again = seated(pie, place_of(chair.seat, Play()))
    >>> again.seat.point == chair.seat.point, again.seat.before
    (True, [1])
    """
    seat = Seat(scenario, scenario.sides[SIDES.index(play.side)], seed=play.hand)
    seat.game = game_at(scenario, play.hand, 0, play.at, play.move)
    _ = seat.point
    seat.before = own_decisions(seat)
    seat.taken_back = [undone(told) for told in play.undone]
    seat.looked_ahead = play.looked
    return Chair(seat)


def own_decisions(seat: Seat) -> list[int]:
    """Return how many decisions had been taken at each that was the person's."""
    return [
        at
        for at, was in enumerate(seat.game.decisions)
        if was.side == seat.side and was.kind in seat.kinds
    ]


def place_of(seat: Seat, play: Play) -> Play:
    """Return the place at which a game of one person stands."""
    _ = seat.point  # plays up to it
    address = seat.game.address
    return replace(
        play,
        side=seat.side,
        hand=seat.game.seed,
        at=seat.game.taken,
        move=tuple(json.dumps(told, separators=(",", ":")) for told in address["decisions"]),
        undone=tuple(f"{told['date']}:{told['kind']}" for told in seat.taken_back),
        looked=seat.looked_ahead,
    )


def rounded(draft: Draft) -> Draft:
    """Return a draft whose terms have few digits, as a link can hold them.

    Examples
    --------
    >>> seat = Seat("split-the-pie", "us", seed=1)
    >>> rounded(seat.draft().for_them()).package
    (0.05,)
    """
    package = tuple(
        min(round(z, DIGITS), item.reach)
        for z, item in zip(draft.package, draft.view.issues, strict=True)
    )
    return draft.holding(package)


def look(chair: Chair, *, may_go_back: bool = True) -> Look:
    """Return what there is to be seen from a seat.

    Examples
    --------
    >>> seen = look(seated(Scenario.load("split-the-pie"), Play(side="china", hand=1)))
    >>> seen.kind.value, [answer.choice for answer in seen.answers], len(seen.news)
    ('answer', ['refuse', 'accept'], 0)
    """
    with chair.held() as seat:
        point = seat.point
        game, scenario = seat.game, seat.scenario
        own, other = sides_of(seat)
        talks = game.talks
        heard = tuple(news.heard(talks, event, seat.side) for event in talks.events)
        paper, draft, question, believes, brought, view = "", None, "", "", "", seat.view
        if game.point is not None:
            believes, brought = believed(seat), so_far(seat)
        if point is not None:
            draft = rounded(seat.draft()) if point.kind is Kind.OFFER else None
            question = seat.question()
            if point.package is not None:
                paper = exchange(scenario, point.package)
        waits = game.point
        offers = {
            name: (exchange(scenario, package), worth_in(scenario, view.worth(package)))
            for name, package in standing(game).items()
        }
        return Look(
            scenario, seat.side, own, other, moment_of(game, talks),
            "" if waits is None else calendar_line(waits), seat.own_type(), believes, brought,
            heard, None if point is None else point.kind, game.taken, question,
            seat.answers() if point is not None else (), paper, offers,
            worth_in(scenario, view.walk_away), draft, seat.over, may_go_back and bool(seat.before),
        )  # fmt: skip


def moment_of(game: Game, talks: Talks) -> Moment:
    """Return where a game stands in the calendar, which both sides see."""
    scenario, records = game.scenario, game.records[0]
    expiry = float(records.expiry)
    last = float((scenario.calendar.horizon - scenario.calendar.start).days)
    over = game.point is None
    return Moment(
        scenario,
        scenario.calendar.horizon if over else game.date,
        last if over else float(records.day),
        last,
        expiry if 0.0 <= expiry < 1e6 and scenario.calendar.truce_expires else None,
        int(records.regime),
        over,
        talks,
    )


def standing(game: Game) -> dict[str, Package]:
    """Return the last offer of each side: what is on the table is known to both."""
    found: dict[str, Package] = {}
    for event in game.events:
        if event.kind == "offer" and event.side is not None:
            found[SIDES[event.side]] = tuple(event.detail["package"])
    waits = game.point
    if waits is not None and waits.kind is Kind.ANSWER and waits.package is not None:
        made = opposite(waits.side)  # it is told as news once it is answered
        found[made] = waits.package
    return found


def hinted(chair: Chair, what: str, package: Any = None, runs: int = hints.FUTURES) -> Any:
    """Return a hint: "theory" or "rule" as sentences, "futures" as a list of futures.

    Examples
    --------
    >>> chair = seated(Scenario.load("split-the-pie"), Play(side="china", hand=1))
    >>> len(hinted(chair, "theory")), len(hinted(chair, "rule"))
    (2, 2)
    """
    if what == "futures":
        with ROOM:
            found = hints.futures(chair.aside(), package, runs=runs)
        with chair.held() as seat:
            seat.looked_ahead += 1
        return found
    seat = chair.aside()
    offering = seat.waiting().kind is Kind.OFFER
    if what == "rule":
        with ROOM:
            return hints.simulated(seat) if offering else hints.by_rule(seat)
    return hints.theoretical(seat) if offering else hints.theorems(seat)


def name_of(scenario: Scenario, side: str) -> str:
    """Return what a side is called."""
    return by_seat(scenario)[side].name


def end_of(chair: Chair) -> tuple[list[Section], Scene]:
    """Return the debrief of a game that is over, and its scene, in which nothing is hidden."""
    seat = chair.aside()
    with ROOM:
        return sections(debrief(seat), seat), scene_of(seat.game)

"""Two people at one table: each has a seat, and the game waits for whoever is to decide."""

from __future__ import annotations

from copy import copy

from negotiation.errors import InputError
from negotiation.game import Game, Kind, Point
from negotiation.scenario import SIDES, Given, Scenario
from negotiation.seat.seat import QUIET, Seat
from negotiation.seats import opposite
from negotiation.words.language import tr
from negotiation.words.parties import by_seat


class Together:
    """One game with a seat for each side.

    Parameters
    ----------
    scenario : Scenario
        Or the name or path of one.
    seed, run : int
        The address of the run: the luck, and what both sides hide.

    Attributes
    ----------
    game : Game
    seats : dict of str to Seat
        By "us" and "china".

    Examples
    --------
    >>> table = Together("split-the-pie", seed=1)
    >>> us, china = table.seats["us"], table.seats["china"]
    >>> us.point.kind.value, china.point
    ('offer', None)
    >>> us.decide(us.draft().package)
    >>> us.point, china.point.kind.value
    (None, 'answer')
    >>> china.decide("accept")
    >>> us.question()[:41]
    'China has said yes to your last offer, wh'
    >>> us.decide("stand_by")
    >>> us.over, china.over
    (True, True)
    """

    def __init__(self, scenario: Given, *, seed: int, run: int = 0) -> None:
        scenario = Scenario.of(scenario)
        self.game = Game(scenario, seed=seed, run=run)
        self.seats: dict[str, Seat] = {
            side: _Seat(self, name)
            for side, name in zip(SIDES, scenario.sides, strict=True)
        }  # fmt: skip

    @property
    def point(self) -> Point | None:
        """The decision that waits for either person; None once the game is over."""
        kinds = tuple(kind for kind in Kind if kind is not Kind.RATIFY)
        while (point := self.game.play_to(*kinds)) is not None:
            seat = self.seats[point.side]
            if any(event.kind not in QUIET for event in self.game.events[seat.since :]):
                seat.standing = {}
            if point.kind.value not in seat.standing:
                break
            seat._take(seat.standing[point.kind.value])
        return point


class _Seat(Seat):
    """A seat at a table where a person sits opposite."""

    def __init__(self, table: Together, side: str) -> None:
        super().__init__(table.game.scenario, side, seed=table.game.seed, run=table.game.run)
        self.table, self.game = table, table.game

    @property
    def point(self) -> Point | None:
        """The decision that waits for this person; None while the other's does."""
        point = self.table.point
        return point if point is not None and point.side == self.side else None

    @property
    def over(self) -> bool:
        """Whether there is nothing left to decide for either."""
        return self.table.point is None

    def waiting(self) -> Point:
        """Return the decision that waits for this person, or say that there is none."""
        point = self.point
        if point is None and not self.over:
            other = by_seat(self.scenario)[opposite(self.side)].name
            raise InputError(tr("It is for {other} to decide.", other=other))
        return super().waiting()

    def aside(self) -> Seat:
        """Return the seat at a table of its own in the same state."""
        twin, table = copy(self), copy(self.table)
        twin.game = table.game = self.game.fork()
        twin.table, table.seats = table, {**self.table.seats, self.side: twin}
        return twin

    def take_back(self) -> None:
        """Refuse: the other person has seen the decision."""
        raise InputError(tr("back: what another person has seen cannot be taken back."))

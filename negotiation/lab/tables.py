"""Games of two people, which the lab keeps while it is open.

Three tokens lead to a table, each too long to be guessed. One is the invitation: whoever opens it
first, and sits down, gets the free seat. The other two are the seats: each leads its owner back,
from any browser. Tables are bounded in number. One at which nobody has moved for hours makes room
for another, and sooner if its game is over.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from negotiation.errors import InputError
from negotiation.lab import play_words as words
from negotiation.lab.playing import Chair
from negotiation.scenario import SIDES, Scenario
from negotiation.seat.together import Together
from negotiation.seats import opposite
from negotiation.words.language import tr

MOST = 60
HOURS = 3.0
AFTERWARDS = 1 / 6  # of the hours: how long a game that is over is kept
BYTES = 15  # of a token


class Table:
    """One game of two.

    Attributes
    ----------
    together : Together
    invited : str
        The side whose seat the invitation opens.
    invitation : str
        Its token.
    tokens : dict of str to str
        Of the seats that are taken, by side.
    version : int
        Changes whenever somebody decides or sits down.
    used : float
        When that was last.
    over : bool
    """

    def __init__(self, scenario: Scenario, side: str, now: float) -> None:
        # the hand is drawn here and told to nobody: from its number anybody could deal it again
        self.together = Together(scenario, seed=secrets.randbits(31))
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.invited = opposite(side)
        self.invitation = secrets.token_urlsafe(BYTES)
        self.tokens = {side: secrets.token_urlsafe(BYTES)}
        self.browsers: dict[str, str] = {}
        self.version, self.used, self.over = 0, now, False

    def chair(self, side: str) -> Chair:
        """Return a seat with the lock of the table."""
        return Chair(self.together.seats[side], self.lock)

    @property
    def full(self) -> bool:
        """Whether both seats are taken."""
        return len(self.tokens) == len(SIDES)

    def tell(self, now: float) -> None:
        """Let everybody who waits know that there is something new."""
        with self.changed:
            self.version, self.used = self.version + 1, now
            self.over = self.together.point is None
            self.changed.notify_all()

    def wait(self, version: int, seconds: float = 1.0) -> int:
        """Return the version, once it is another one or some time has passed."""
        with self.changed:
            self.changed.wait_for(lambda: self.version != version, seconds)
            return self.version


class Place(NamedTuple):
    """Where a token leads: a table, and the side of its seat; None for the invitation."""

    table: Table
    side: str | None


class Tables:
    """The tables of a lab.

    Parameters
    ----------
    most : int
        How many there are at a time.
    hours : float
        How long one is kept at which nobody moves.
    clock : callable
        Seconds.

    Examples
    --------
    >>> tables = Tables()
    >>> mine = tables.open(Scenario.load("split-the-pie"), "us", "a browser")
    >>> table = tables.at(mine).table
    >>> theirs = tables.join(table.invitation, "another browser")
    >>> tables.at(mine).side, tables.at(theirs).side
    ('us', 'china')
    >>> tables.join(table.invitation, "a third browser")
    Traceback (most recent call last):
        ...
    negotiation.errors.InputError: Both seats at this table are taken.
    """

    def __init__(
        self, most: int = MOST, hours: float = HOURS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.most, self.hours, self.clock = most, hours, clock
        self.lock = threading.Lock()
        self.places: dict[str, Place] = {}

    def _tidied(self) -> int:
        """Close the tables at which nobody has moved for long; return how many are left."""
        now, kept = self.clock(), 3600.0 * self.hours

        def stays(table: Table) -> bool:
            return now - table.used <= (AFTERWARDS * kept if table.over else kept)

        self.places = {token: place for token, place in self.places.items() if stays(place.table)}
        return sum(place.side is None for place in self.places.values())

    def open(self, scenario: Scenario, side: str, browser: str) -> str:
        """Open a table, take a seat there, and return its token.

        Raises
        ------
        InputError
            If there are as many as there may be.
        """
        with self.lock:
            if self._tidied() >= self.most:
                hours = f"{self.hours:g}"
                raise InputError(tr(words.FULL, most=self.most, hours=hours))
            table = Table(scenario, side, self.clock())
            table.browsers[side] = browser
            self.places[table.invitation] = Place(table, None)
            token = table.tokens[side]
            self.places[token] = Place(table, side)
            return token

    def at(self, token: str) -> Place:
        """Return where a token leads.

        Raises
        ------
        InputError
            If it leads nowhere, or no longer.
        """
        with self.lock:
            self._tidied()
            if token not in self.places:
                raise InputError(tr(words.GONE))
            return self.places[token]

    def join(self, invitation: str, browser: str) -> str:
        """Take the free seat by an invitation and return its token.

        The browser that has taken it already gets the same seat again.

        Raises
        ------
        InputError
            If there is no such table, or both seats are taken.
        """
        table, side = self.at(invitation)
        if side is not None:
            return invitation
        with self.lock:
            seat = table.invited
            if not table.full:
                table.tokens[seat] = secrets.token_urlsafe(BYTES)
                table.browsers[seat] = browser
                self.places[table.tokens[seat]] = Place(table, seat)
            elif browser not in table.browsers.values():
                raise InputError(tr(words.TAKEN))
            elif table.browsers[seat] != browser:
                seat = opposite(seat)
        table.tell(self.clock())
        return table.tokens[seat]


tables = Tables()  # of this process: the pages of all visitors share them

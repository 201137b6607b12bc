"""Where somebody is in the Play tab, as part of the link that restores it.

A game of one person is in the link whole: the side, the hand that was dealt, and every decision.
Of a game of two the link holds a token alone: the game stays in the lab, so that neither can read
the other's decisions from an address.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, replace
from typing import Any

from negotiation.errors import InputError, written
from negotiation.game.choices import Kind, order_of_data
from negotiation.scenario import SIDES
from negotiation.words.language import tr

MOST_HAND = 10**9
MOST_MOVES = 400
TOKEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
NAMES = ("side", "hand", "at", "move", "undone", "looked", "table", "quiz", "named")


@dataclass(frozen=True)
class Play:
    """A place in the Play tab.

    Attributes
    ----------
    side : str
        The seat that is taken, "us" or "china"; nothing where none is.
    hand : int
        Seed of the game: the same number deals the same types and the same luck.
    at : int
        How many decisions of both sides have been taken.
    move : tuple of str
        The person's decisions, each as JSON of an entry of ``Game.address``.
    undone : tuple of str
        Decisions that were taken back, as ``date:kind``.
    looked : int
        How often the futures of this game were looked at.
    table : str
        The token of a game of two.
    quiz : int
        Seed of the quiz that is under way, from 1; 0 for none.
    named : tuple of str
        What was answered in it so far.
    """

    side: str = ""
    hand: int = 0
    at: int = 0
    move: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    looked: int = 0
    table: str = ""
    quiz: int = 0
    named: tuple[str, ...] = ()


def parts(play: Play) -> list[tuple[str, str]]:
    """Return a place as parts of a query, without what is as at first.

    Examples
    --------
    >>> parts(Play(side="china", hand=5, at=2, move=('{"at":0,"answer":"no"}',)))
    [('side', 'china'), ('hand', '5'), ('at', '2'), ('move', '{"at":0,"answer":"no"}')]
    """
    found, first = [], Play()
    for name in NAMES:
        value = getattr(play, name)
        if isinstance(value, tuple):
            found += [(name, one) for one in value]
        elif value != getattr(first, name):
            found.append((name, str(value)))
    return found


def with_part(play: Play, name: str, value: str) -> Play:
    """Return a place with one part of a query.

    Raises
    ------
    InputError
        If it cannot be that.

    Examples
    --------
    >>> with_part(Play(), "hand", "7").hand
    7
    >>> with_part(Play(), "side", "them")
    Traceback (most recent call last):
        ...
    negotiation.errors.InputError: expected us, china.
    """
    if name == "side":
        if value not in SIDES:
            raise InputError(tr("expected {names}.", names=", ".join(SIDES)))
        return replace(play, side=value)
    if name in ("hand", "at", "looked", "quiz"):
        most = MOST_MOVES * 10 if name == "at" else MOST_HAND
        number = written(value, 0, most)
        if number is None:
            raise InputError(tr("expected a whole number from {low} to {high}.", low=0, high=most))
        changed: dict[str, Any] = {name: number}
        return replace(play, **changed)
    if name == "table":
        if not TOKEN.fullmatch(value):
            raise InputError(tr("it is no table."))
        return replace(play, table=value)
    if name == "move":
        return replace(play, move=(*play.move, order(value))[:MOST_MOVES])
    if name == "undone":
        undone(value)
        return replace(play, undone=(*play.undone, value)[:MOST_MOVES])
    return replace(play, named=(*play.named, value[:40])[:20])


def undone(told: str) -> dict[str, Any]:
    """Return a decision that was taken back, as the seat has it.

    Examples
    --------
    >>> undone("2025-08-04:offer")
    {'date': '2025-08-04', 'kind': 'offer', 'choice': ''}
    """
    date, _, kind = told.partition(":")
    try:
        day, what = dt.date.fromisoformat(date), Kind(kind)
    except ValueError:
        raise InputError(tr("it is no decision.")) from None
    return {"date": day.isoformat(), "kind": what.value, "choice": ""}


def order(text: str) -> str:
    """Return a decision as it is kept in the state, or raise InputError if it is none."""
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise InputError(tr("it is no decision.")) from None
    order_of_data(found)
    return json.dumps(found, separators=(",", ":"))

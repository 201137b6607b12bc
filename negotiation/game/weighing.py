"""What each delegation and each leader weighed when a paper lay before it, for onlookers.

The rules keep of a signature only whether it was given. Play is taken again to where the paper was
asked about, and what hung on the signature is read there: see
:mod:`negotiation.solvers.draft_problem` and :mod:`negotiation.rules.drafting`, whose sum this is.
"""

from __future__ import annotations

from typing import Any, Protocol

from negotiation.game.choices import Decision, Kind
from negotiation.payoffs.types import six_of, type_of
from negotiation.rules.script import Order
from negotiation.transcript.record import Weighed

ASKED = (Kind.INITIAL, Kind.SIGN)


class Replayed(Protocol):
    """A game, as far as it is needed to take play again."""

    orders: list[Order]
    taken: int

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions taken so far."""

    @property
    def records(self) -> tuple[Any, Any, Any]:
        """The records as they stand."""

    def fork(self) -> Replayed:
        """Return a game in the same state."""


def weighed_in(game: Replayed) -> list[tuple[Weighed, Weighed]]:
    """Return what both sides weighed over each paper so far, in order: drafts, and leaders' texts.

    Examples
    --------
    >>> from negotiation import Game
    >>> game = Game("stockholm-2025", seed=13).play()
    >>> for weighed in weighed_in(game)[:1]:
    ...     print([one.for_it >= 0.0 for one in weighed])
    [False, True]
    """
    found, asked = [], [n for n, d in enumerate(game.decisions) if d.kind in ASKED]
    for number in asked[::2]:  # both are asked about a paper, one after the other
        records = at_decision(game, number)
        leaders = game.decisions[number].kind is Kind.SIGN
        found.append((weighed_by(records, 0, leaders), weighed_by(records, 1, leaders)))
    return found


def at_decision(game: Replayed, number: int) -> tuple[Any, Any, Any]:
    """Return the records as they stood when a game waited for one of its decisions."""
    twin = game.fork()
    twin.orders = [order for order in game.orders if order.at < number]
    twin.taken = number
    return twin.records


def weighed_by(records: tuple[Any, Any, Any], side: int, leaders: bool) -> Weighed:
    """Return what a side of its true type weighs over the paper on the table.

    Parameters
    ----------
    records : tuple
        (talks, world, stakes) while the paper is asked about.
    side : int
    leaders : bool
        Whether a leader is asked, or a delegation.
    """
    talks, world, stakes = records
    m = six_of(type_of(int(talks.stance[side]), int(talks.trait[side]), 0))
    precision, aside = float(world.precision[side]), float(talks.problem.aside[side, m])
    in_all = float(talks.drafting.log_odds[side, m]) / precision
    paper = float(world.reservation[side])
    shock = talks.sign_shock if leaders else talks.accept_shock
    tension = picture = 0.0
    if leaders:
        tension = float(world.summit_tension_cost * talks.tension)
        picture = float(world.summit_value[side])
    # beside these hang on a signature the deadlines that it spares, and the meeting it draws on
    ahead = aside + paper + tension - picture
    return Weighed(
        text=in_all - aside, picture=picture, ahead=ahead, paper=-paper, tension=-tension,
        mood=float(shock[side]) / precision,
    )  # fmt: skip

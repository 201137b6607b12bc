"""A plug-in at the table: its moves turned into the state of the talks.

What a class leaves to the rules is done by the rules. A class that decides for itself is held
to the agenda and to its walk-away value: a move beyond them is its author's mistake, and is
reported, not mended.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from negotiation.errors import NegotiationError
from negotiation.rules import acceptance, offers
from negotiation.rules.aspirations import public_ideal
from negotiation.rules.frontier import expected_value
from negotiation.rules.worth import refresh_expectations
from negotiation.scenario import Scenario
from negotiation.strategies.base import Accept, Move, Offer, Package, Strategy
from negotiation.strategies.view import View, look

CLOSE = 1e-9  # rounding that is no offence
MOVES = np.uint64(0x6D6F766573)  # sets a plug-in's generators apart from the run's other draws

Records = tuple[Any, Any, Any]


class BadMove(NegotiationError, ValueError):
    """A strategy did something that nobody may do at the table."""


def generator(records: Records, side: int, *, answering: bool) -> np.random.Generator:
    """Return the generator of one decision, addressed by run, side and round."""
    talks = records[0]
    address = [int(talks.key), int(MOVES), side, int(talks.turn), int(answering)]
    return np.random.default_rng(address)


def propose(strategy: Strategy, records: Records, scenario: Scenario, side: int) -> None:
    """Put the strategy's offer on the table, and let the other side read it."""
    talks, world, stakes = records
    view = look(records, scenario, side, answering=False)
    if not strategy.decides_itself():
        talks.held[side] = valid_share(strategy, "share", strategy.share(view), view)
        offers.propose(talks, world, stakes, side)
        return
    move = strategy.move(view, generator(records, side, answering=False))
    package = package_of(strategy, move, view)
    talks.offer[side] = 0.0
    talks.offer[side, : len(package)] = package
    talks.held[side] = share_of(records, side)
    offers.count_offer(talks, side)
    offers.read_offer(talks, world, stakes, side)


def accepts(strategy: Strategy, records: Records, scenario: Scenario, side: int) -> bool:
    """Return the strategy's answer to the other side's standing offer.

    An answer by the logit rule teaches the other side about the type, as always. The answer of
    a class that decides for itself does not: nobody knows the odds with which it is given.
    """
    talks = records[0]
    view = look(records, scenario, side, answering=True)
    if strategy.decides_itself():
        move = strategy.move(view, generator(records, side, answering=True))
        taken = isinstance(valid_move(strategy, move, view), Accept)
        brings = view.worth(view.last_offer)
        if taken and brings < view.walk_away - CLOSE:
            raise BadMove(
                f"{name(strategy)}.move: accepted an offer worth {brings:.6g}, "
                f"below its walk-away value {view.walk_away:.6g}, {place(view)}."
            )
        return taken
    held = float(talks.held[side])
    talks.held[side] = valid_share(strategy, "share_next", strategy.share_next(view), view)
    taken = bool(acceptance.accepts(*records, side))
    talks.held[side] = held
    return taken


def share_of(records: Records, side: int) -> float:
    """Return the share that the offer on the table holds out for, as the other side expects."""
    talks, world, stakes = records
    refresh_expectations(talks, world, stakes)
    way = public_ideal(talks, world, side)
    own = expected_value(talks, world, side, talks.offer[side]) - world.reservation[side]
    return min(max(float(own / way), 0.0), 1.0) if way > 0.0 else 0.0


def package_of(strategy: Strategy, move: Move, view: View) -> Package:
    """Return the package that a move at the own turn puts on the table, or say what is wrong."""
    valid_move(strategy, move, view)
    if isinstance(move, Accept):
        return view.last_offer if view.last_offer is not None else view.my_last_offer
    if move.package is None:
        return view.package_worth(float(move.target))  # type: ignore[arg-type]
    for z, item in zip(move.package, view.issues, strict=True):
        if not -CLOSE <= z <= item.reach + CLOSE:
            raise BadMove(
                f"{name(strategy)}.move: offered {z:.6g} of {item.key}, {place(view)}; "
                f"allowed: 0 to {item.reach:.6g}."
            )
    pairs = zip(move.package, view.issues, strict=True)
    return tuple(min(max(float(z), 0.0), item.reach) for z, item in pairs)


def valid_move(strategy: Strategy, move: Any, view: View) -> Move:
    """Return ``move``, or say that it is none."""
    if isinstance(move, Accept):
        return move
    if not isinstance(move, Offer):
        raise BadMove(
            f"{name(strategy)}.move: returned {move!r}, {place(view)}; allowed: Offer or Accept."
        )
    numbers = [move.target] if move.package is None else list(move.package)
    short = move.package is not None and len(move.package) != len(view.issues)
    if short or not all(isinstance(x, int | float) and np.isfinite(x) for x in numbers):
        raise BadMove(
            f"{name(strategy)}.move: offered {move!r}, {place(view)}; allowed: a finite number for "
            f"each of {len(view.issues)} issues, or a finite target."
        )
    return move


def valid_share(strategy: Strategy, method: str, share: Any, view: View) -> float:
    """Return ``share``, or say that it is none."""
    number = isinstance(share, int | float | np.floating) and not isinstance(share, bool)
    if not (number and 0.0 <= share <= 1.0):
        raise BadMove(
            f"{name(strategy)}.{method}: returned {share!r}, {place(view)}; "
            "allowed: a number from 0 to 1."
        )
    return float(share)


def name(strategy: Strategy) -> str:
    """Return the strategy's class name."""
    return type(strategy).__name__


def place(view: View) -> str:
    """Return where at the table a view is from, in words."""
    doing = "answering" if view.answering else "offering"
    label = {"us": "the US", "china": "China"}[view.side]
    return f"{doing} for {label} in round {view.round + 1}"

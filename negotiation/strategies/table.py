"""A plug-in at the table: its moves turned into decisions of the game.

What a class leaves to the rules is done by the rules. A class that decides for itself is held
to the agenda and to its walk-away value: a move beyond them is its author's mistake, and is
reported, not mended.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from negotiation.errors import InputError, counted
from negotiation.rules import choices, rounds, script
from negotiation.scenario import Scenario
from negotiation.strategies.view import View, hashed, look
from negotiation.tactics.base import Strategy
from negotiation.tactics.mistakes import theirs
from negotiation.tactics.moves import Accept, Move, Offer, Package, Share
from negotiation.words.parties import party

CLOSE = 1e-9  # rounding that is no offence


Records = tuple[Any, Any, Any]


class BadMove(InputError):
    """A strategy did something that nobody may do at the table."""


def decide(strategy: Strategy, view: View, key: int) -> Share | Offer | bool:
    """Return what a strategy does: an offer or, answering, whether it accepts.

    A class that leaves it to the rules says what it holds out for, and they do the rest.

    Parameters
    ----------
    strategy : Strategy
    view : View
    key : int
        Of the run. The generator that the strategy gets is hashed from it, by side and round.
    """
    if not strategy.decides_itself():
        method = "share_next" if view.answering else "share"
        share = asked_share(strategy, method, view)
        if view.early_end > 0.0:
            sooner = asked_share(strategy, method, replace(view, time=view.time_to_expiry))
            share += view.early_end * (sooner - share)
        return Share(share)
    address = hashed(key, view.index, view.round, int(view.answering), 1)
    with theirs(f"{name(strategy)}.move, {place(view)}"):
        move = strategy.move(view, np.random.default_rng(list(address)))
    if not view.answering:
        return Offer(package_of(strategy, move, view))
    taken = isinstance(valid_move(strategy, move, view), Accept)
    brings = view.worth(view.last_offer)
    if taken and brings < view.walk_away - CLOSE:
        raise BadMove(
            f"{name(strategy)}.move: accepted an offer worth {brings:.6g}, "
            f"below its walk-away value {view.walk_away:.6g}, {place(view)}."
        )
    return taken


def asked_share(strategy: Strategy, method: str, view: View) -> float:
    """Return the share that a strategy says it holds out for, seen from a view."""
    with theirs(f"{name(strategy)}.{method}, {place(view)}"):
        share = getattr(strategy, method)(view)
    return valid_share(strategy, method, share, view)


def begin_round(records: Records, turn: int) -> bool:
    """Set talks that stand alone to round ``turn``, on its day; False if the talks are over then.

    They meet at regular dates.
    """
    talks, world, _ = records
    talks.turn, talks.day = turn, 0.0
    talks.day = talks.clock = rounds.round_day(talks, world)
    return bool(rounds.talks_due(talks, world))


def propose(strategy: Strategy | None, records: Records, scenario: Scenario, side: int) -> None:
    """Let a strategy, or the side's rule, put an offer on the table at talks that stand alone."""
    orders = _orders(strategy, records, scenario, side, answering=False)
    choices.decide_offer(*records, script.watched(orders)[0], side)


def put(package: Package, records: Records, side: int) -> None:
    """Put a package on the table as the offer of a side that somebody else plays."""
    orders = script.orders_of([script.Order(0, script.PACKAGE, package=package)])
    choices.decide_offer(*records, script.watched(orders)[0], side)


def accepts(strategy: Strategy | None, records: Records, scenario: Scenario, side: int) -> bool:
    """Return the answer of a strategy, or of the side's rule, to the standing offer."""
    orders = _orders(strategy, records, scenario, side, answering=True)
    return bool(choices.decide_answer(*records, script.watched(orders)[0], side))


def _orders(
    strategy: Strategy | None, records: Records, scenario: Scenario, side: int, *, answering: bool
) -> np.ndarray:
    """Return what the strategy decides as the only order; none if the rule is to decide."""
    if strategy is None:
        return script.orders_of([])
    view = look(records, scenario, side, answering=answering)
    return script.orders_of([order_of(0, decide(strategy, view, int(records[0].key)))])


def order_of(at: int, choice: Share | Offer | bool) -> script.Order:
    """Return a choice of offer or answer as an order for decision number ``at``."""
    if isinstance(choice, Share):
        return script.Order(at, script.SHARE, share=choice.share)
    if isinstance(choice, Offer):
        assert choice.package is not None
        return script.Order(at, script.PACKAGE, package=choice.package)
    return script.Order(at, script.YES if choice else script.NO)


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
            f"each of {counted(len(view.issues), 'issue')}, or a finite target."
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
    label = view.party or party(view.side).brief
    return f"{doing} for {label} in round {view.round + 1}"

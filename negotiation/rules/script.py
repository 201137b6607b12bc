"""Where a negotiation waits for somebody to decide, and how a decision from elsewhere gets in.

At each decision the order of play asks :func:`ask` how the side decides. As a rule the answer is
``BY_RULE``: the side does what its rule says in this run. A *script* may say otherwise: it lists
what was decided from outside, by the number of the decision, and where play is to wait for the
next one. Play that waits stops there, with the state as the side that has to decide finds it, and
is played again from the first day once the decision is known: a whole run takes microseconds.

In an ensemble nobody watches, and a decision costs one test of one number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NamedTuple

import numpy as np

from negotiation.compiling import compiled, inlined
from negotiation.payoffs.types import SLOTS
from negotiation.randomness import key_of
from negotiation.records import Array, Bits, Real, Whole, layout
from negotiation.rules.addresses import record_at
from negotiation.rules.state import ByIssue, State
from negotiation.scenario import MAX_ISSUES

# The kinds of decisions, in the order in which a tick may bring them.
(
    STEP, RETALIATE, REOPEN, OFFER, ANSWER, STAND, INITIAL, RATIFY, PROPOSE, YIELD, CUT, ATTEND,
    SIGN,
) = range(13)  # fmt: skip

# How one was decided.
BY_RULE, NO, YES, PACKAGE, SHARE = range(-1, 4)

NEVER = 2**62

FourWhole = Annotated[Array, "i8", (4,)]
FourReal = Annotated[Array, "f8", (4,)]


class Ordered:
    """One decision from outside."""

    at: Whole  # number of the decision, from 0
    answer: Whole
    share: Real  # held out for, if the answer is SHARE
    package: ByIssue  # if it is PACKAGE
    other_luck: Whole  # 1 if the run goes on under ``key`` from here
    key: Bits


class Entry:
    """One thing noted for the transcript."""

    day: Real  # at the start of the tick
    what: Whole
    side: Whole  # -1 where it was nobody's in particular
    facts: FourWhole
    numbers: FourReal
    package: ByIssue


class Script:
    """What was decided from outside, where play is to wait, and what is noted."""

    watched: Whole  # 0: all follow their rules, and the rest of this record is not read
    until: Whole  # tick before which play stops
    met: Whole  # decisions met so far
    stop_from: Whole  # number of the first decision that play may wait at
    stop_at: Whole  # bit ``2 kind + side`` for each decision that it waits at
    kind: Whole  # the decision that it waits at
    side: Whole
    orders: Whole  # address of the decisions from outside, in order
    n_orders: Whole
    next: Whole  # the first of them that has not come up
    order: Ordered  # the one that came up last
    entries: Whole  # address of what is noted for the transcript, see rules/journal.py
    room: Whole  # how much of it there is room for
    noted: Whole  # how much there was to note
    entry: Entry  # where what there is no room for goes


ORDER, ENTRY, SCRIPT = layout(Ordered), layout(Entry), layout(Script)
ORDER_BYTES, ENTRY_BYTES = ORDER.itemsize, ENTRY.itemsize


class Waits(Exception):  # noqa: N818 (play is not in error)
    """Play has come to a decision that it is to wait at."""


def unwatched() -> np.ndarray:
    """Return the script of a negotiation that nobody watches, as an array of one record."""
    script = np.zeros(1, SCRIPT)
    script["until"] = script["stop_from"] = NEVER
    return script


class Order(NamedTuple):
    """What a decision was from outside, and under which luck the run goes on from it.

    Attributes
    ----------
    at : int
        Number of the decision, from 0.
    answer : int
        ``BY_RULE``, ``NO``, ``YES``, ``PACKAGE`` or ``SHARE``.
    share : float
    package : tuple of float
    luck : int or None
        Master seed of the luck from here on; None goes on as before.
    """

    at: int
    answer: int = BY_RULE
    share: float = 0.0
    package: tuple[float, ...] = ()
    luck: int | None = None


def orders_of(orders: Sequence[Order], run: int = 0) -> np.ndarray:
    """Return orders as an array of ``ORDER``; a luck is that of run ``run`` under its seed."""
    rows = np.zeros(len(orders), ORDER)
    for row, order in zip(rows, orders, strict=True):
        row["at"], row["answer"], row["share"] = order.at, order.answer, order.share
        row["package"][: len(order.package)] = order.package
        if order.luck is not None:
            row["other_luck"], row["key"] = 1, key_of(order.luck, run)
    return rows


def watched(orders: np.ndarray) -> np.ndarray:
    """Return the script of a negotiation with these decisions, which the caller keeps alive."""
    watch = unwatched()
    watch["watched"], watch["orders"], watch["n_orders"] = 1, orders.ctypes.data, len(orders)
    return watch


@inlined
def ask(talks: State, script: Script, kind: int, side: int) -> int:
    """Return how ``side`` decides, one of ``BY_RULE``, ``NO``, ``YES``, ``PACKAGE`` and ``SHARE``.

    Raises
    ------
    Waits
        If play is to wait here.
    """
    if script.watched == 0:
        return BY_RULE
    return look_up(talks, script, kind, side)


@compiled
def look_up(talks: State, script: Script, kind: int, side: int) -> int:
    """Return what the script says of the decision that has come up, and count it."""
    number = script.met
    if number >= script.stop_from and (script.stop_at >> (2 * kind + side)) & 1:
        script.kind, script.side = kind, side
        raise Waits
    # also where the rule decides: after acts from outside even that may be what nobody expected
    remember_beliefs(talks)
    script.met += 1
    if script.next < script.n_orders:
        order = record_at(script.orders + script.next * ORDER_BYTES, script.order)
        if order.at == number:
            script.next += 1
            script.order.answer, script.order.share = order.answer, order.share
            for k in range(MAX_ISSUES):
                script.order.package[k] = order.package[k]
            if order.other_luck:
                talks.key = order.key
            return order.answer
    return BY_RULE


@compiled
def remember_beliefs(talks: State) -> None:
    """Keep the beliefs, lest an act that no type would choose empty them."""
    for side in range(2):
        for n in range(SLOTS):
            talks.scratch.believed[side, n] = talks.beliefs[side, n]

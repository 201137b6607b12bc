"""Several shares that draw on one room, past which every point costs.

The worth of issue k is ``slope z + bend z^2 / 2``; conceding it takes ``points z`` of the room.
Points past it cost ``rate`` each, less within the first (:func:`past`, whose slope runs from 0 to
1). A package is best where the slope ``s`` of that cost is the one that its own points make:
``s = past'(points(s) - room)``. The points fall in ``s``, so there is one such slope, and between
two changes of corner the equation is linear: Newton's method ends at once where it meets none.
"""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np

from negotiation.compiling import compiled, inlined
from negotiation.records import Array, Real, Whole, layout
from negotiation.solvers.best_share import best_given
from negotiation.solvers.draft_problem import past

STEPS = 60  # of the search for the slope, which mostly ends after one or two
CLOSE = 1e-9  # of a point
MOST = 16

ByShare = Annotated[Array, "f8", (MOST,)]


class Shares:
    """Shares that draw on one room; the last field is scratch."""

    count: Whole
    room: Real  # points that cost nothing
    rate: Real  # cost of each point past them
    points: ByShare  # what each takes of the room if conceded whole; one with 0 stays
    slope: ByShare  # worth of each share apart from that cost
    bend: ByShare
    reach: ByShare  # how far each can be conceded
    z: ByShare  # the shares
    inverse: ByShare  # of the bend


SHARES = layout(Shares)


def new_shares(**numbers: Any) -> Any:
    """Return a record of SHARES.

    Parameters
    ----------
    **numbers : number or array
        Fields of :class:`Shares`; arrays may be shorter than there is room for.

    Examples
    --------
    >>> new_shares(count=2, points=[3.0, 1.0])["points"][:3].tolist()
    [3.0, 1.0, 0.0]
    """
    shares = np.zeros(1, SHARES)[0]
    for name, value in numbers.items():
        given = np.asarray(value)
        if given.ndim == 0:
            shares[name] = given
        else:
            shares[name][: len(given)] = given
    return shares


@compiled
def cost_past(rate: float, over: float, room: float) -> float:
    """Return what going ``over`` the room costs, beside what nothing at all costs."""
    return rate * (past(over) - past(-room))


@compiled
def share_room(q: Shares) -> None:
    """Move the shares that take room to where they are best together.

    Parameters
    ----------
    q : record of SHARES
        ``z`` is written over.

    Examples
    --------
    >>> q = new_shares(count=1, room=5.0, rate=9.0, points=[10], slope=[1], bend=[-1], reach=[1])
    >>> share_room(q)
    >>> 5.0 < 10.0 * q["z"][0] < 5.2
    np.True_
    """
    for k in range(q.count):
        q.inverse[k] = 1.0 / q.bend[k]
    over, falls = at_price(q, 0.0)
    if over <= 0.0:
        return
    # where no share changes corner in between, this is the slope of the cost
    low, high, s = 0.0, 1.0, over / (1.0 - q.rate * falls)
    if s >= 1.0:
        s = 1.0
    for _ in range(STEPS):
        over, falls = at_price(q, q.rate * s)
        off = over - s
        if abs(off) < CLOSE or (s == 1.0 and off >= 0.0):
            return
        if off > 0.0:
            low = s
        else:
            high = s
        s += off / (1.0 - q.rate * falls)
        # a step that leaves what is known to hold the slope is replaced by a halving
        s = s if low < s < high else 0.5 * (low + high)
    # the points jump here, and any mixture of the shares at both ends of the jump is as good
    most, _ = at_price(q, q.rate * low)
    least, _ = at_price(q, q.rate * high)
    share = (low - least) / (most - least) if most > least else 0.0
    share = min(max(share, 0.0), 1.0)
    for k in range(q.count):
        if q.points[k] > 0.0:
            q.z[k] += share * (best_at(q, k, q.rate * low) - q.z[k])


@inlined
def at_price(q: Shares, price: float) -> tuple[float, float]:
    """Write into ``z`` the best shares if a point costs ``price``.

    Returns the points past the room, and how they change with the price; not at all through a share
    in a corner.
    """
    taken = change = 0.0
    for k in range(q.count):
        points = q.points[k]
        if points > 0.0:
            q.z[k] = best_at(q, k, price)
            inside = q.bend[k] < 0.0 and 0.0 < q.z[k] < q.reach[k]
            change += points * points * q.inverse[k] if inside else 0.0
        taken += points * q.z[k]
    return taken - q.room, change


@inlined
def best_at(q: Shares, k: int, price: float) -> float:
    """Return how far share ``k`` is best conceded if a point costs ``price``."""
    return best_given(q.slope[k] - price * q.points[k], q.bend[k], q.inverse[k], q.reach[k])

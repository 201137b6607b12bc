"""Several shares that draw on one room, past which every point costs.

The worth of issue k is ``slope z + bend z^2 / 2``; conceding it takes ``points z`` of the room.
Points past it cost ``rate`` each, less within the first (:func:`past`, whose slope runs from 0 to
1). A package is best where the slope ``s`` of that cost is the one that its own points make:
``s = past'(points(s) - room)``. The points fall in ``s``, so there is one such slope, and between
two changes of corner the equation is linear.
"""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np

from negotiation.compiling import compiled, inlined
from negotiation.records import Array, Real, Whole, layout
from negotiation.solvers.best_share import best_given
from negotiation.solvers.draft_problem import past

STEPS = 60  # of the search for the slope, which mostly ends after ten
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
    over = at_price(q, 0.0)
    if over <= 0.0:
        return
    under = at_price(q, q.rate)
    if under >= 1.0:
        return
    low, high = 0.0, 1.0
    above, below = min(over, 1.0), max(under, 0.0) - 1.0
    for step in range(STEPS):
        # false position is exact where the points are linear; halving where they jump
        share = above / (above - below) if step % 3 < 2 else 0.5
        s = low + (high - low) * share
        now = at_price(q, q.rate * s)
        off = min(max(now, 0.0), 1.0) - s
        if abs(off) < CLOSE:
            return
        if off > 0.0:
            low, above = s, off
        else:
            high, below = s, off
    # the points jump here, and any mixture of the shares at both ends of the jump is as good
    most = at_price(q, q.rate * low)
    least = at_price(q, q.rate * high)
    share = (low - least) / (most - least) if most > least else 0.0
    share = min(max(share, 0.0), 1.0)
    for k in range(q.count):
        if q.points[k] > 0.0:
            q.z[k] += share * (best_at(q, k, q.rate * low) - q.z[k])


@inlined
def at_price(q: Shares, price: float) -> float:
    """Write into ``z`` the best shares if a point costs ``price``; return the points past."""
    taken = 0.0
    for k in range(q.count):
        if q.points[k] > 0.0:
            q.z[k] = best_at(q, k, price)
        taken += q.points[k] * q.z[k]
    return taken - q.room


@inlined
def best_at(q: Shares, k: int, price: float) -> float:
    """Return how far share ``k`` is best conceded if a point costs ``price``."""
    return best_given(q.slope[k] - price * q.points[k], q.bend[k], q.inverse[k], q.reach[k])

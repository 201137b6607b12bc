"""Several shares that draw on one room, past which every point costs.

The worth of issue k is ``slope z + bend z^2 / 2``; conceding it takes ``points z`` of the room.
Points past it cost ``rate`` each, less within the first (:func:`past`, whose slope runs from 0 to
1). A package is best where the slope ``s`` of that cost is the one that its own points make:
``s = past'(points(s) - room)``. The points fall in ``s``, so there is one such slope, and between
two changes of corner the equation is linear.
"""

from __future__ import annotations

from negotiation.compiling import compiled
from negotiation.records import Array
from negotiation.solvers.best_share import best_z
from negotiation.solvers.draft_problem import past

STEPS = 60  # of the search for the slope, which mostly ends after three
CLOSE = 1e-9  # of a point


@compiled
def points_past(count: int, points: Array, room: float, z: Array) -> float:
    """Return by how many points the shares ``z`` go past the room."""
    taken = 0.0
    for k in range(count):
        taken += points[k] * z[k]
    return taken - room


@compiled
def cost_past(rate: float, over: float, room: float) -> float:
    """Return what going ``over`` the room costs, beside what nothing at all costs."""
    return rate * (past(over) - past(-room))


@compiled
def share_room(
    count: int, points: Array, room: float, rate: float, slope: Array, bend: Array, reach: Array,
    z: Array,
) -> None:  # fmt: skip
    """Move the shares that take room to where they are best together.

    Parameters
    ----------
    count : int
        Number of issues.
    points : array
        What each takes of the room if conceded whole; 0 for others, whose share stays.
    room, rate : float
        Points that cost nothing; cost of each point past them.
    slope, bend : array
        Worth of each share apart from that cost.
    reach : array
        How far each can be conceded.
    z : array
        Written over.
    """
    over = at_price(count, points, room, 0.0, slope, bend, reach, z)
    if over <= 0.0:
        return
    under = at_price(count, points, room, rate, slope, bend, reach, z)
    if under >= 1.0:
        return
    low, high = 0.0, 1.0
    above, below = min(over, 1.0), max(under, 0.0) - 1.0
    for step in range(STEPS):
        # false position is exact where the points are linear; halving where they jump
        share = above / (above - below) if step % 3 < 2 else 0.5
        s = low + (high - low) * share
        now = at_price(count, points, room, rate * s, slope, bend, reach, z)
        off = min(max(now, 0.0), 1.0) - s
        if abs(off) < CLOSE:
            return
        if off > 0.0:
            low, above = s, off
        else:
            high, below = s, off
    # the points jump here, and any mixture of the shares at both ends of the jump is as good
    most = at_price(count, points, room, rate * low, slope, bend, reach, z)
    least = at_price(count, points, room, rate * high, slope, bend, reach, z)
    share = (low - least) / (most - least) if most > least else 0.0
    share = min(max(share, 0.0), 1.0)
    for k in range(count):
        if points[k] > 0.0:
            top = best_z(slope[k] - rate * low * points[k], bend[k], reach[k])
            z[k] += share * (top - z[k])


@compiled
def at_price(
    count: int, points: Array, room: float, price: float, slope: Array, bend: Array, reach: Array,
    z: Array,
) -> float:  # fmt: skip
    """Write into ``z`` the best shares if a point costs ``price``; return the points past."""
    for k in range(count):
        if points[k] > 0.0:
            z[k] = best_z(slope[k] - price * points[k], bend[k], reach[k])
    return points_past(count, points, room, z)

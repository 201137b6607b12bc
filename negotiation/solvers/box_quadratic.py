"""The largest value of a concave quadratic in a box: the step that a Newton method takes there.

Maximise g d - d A d / 2 over low <= d <= high, with A positive definite. A primal active-set method
(Nocedal and Wright 2006, doi:10.1007/978-0-387-40065-5, section 16.5): solve on the variables that
are free, stop at the bounds in the way and keep those variables there; where nothing is in the
way, let go of the variable whose bound holds it back most. The value rises from one such place to
the next, so no set of bounds comes twice, and the answer is exact, which variables are on their
bounds included.
"""

from __future__ import annotations

import math
from typing import Annotated

from negotiation.compiling import compiled
from negotiation.records import Array, Whole, layout

MOST = 16
ROUNDS = 8 * MOST
LAST_DIGITS = 1e-15
FLAT = 1e-12  # share of a diagonal entry below which what is left of it is rounding
TIED = 1e-13  # of the largest slope: a bound holds back nothing less

Vector = Annotated[Array, "f8", (MOST,)]
Square = Annotated[Array, "f8", (MOST, MOST)]


class BoxQuadratic:
    """A quadratic, its box and the answer; what follows that is scratch."""

    count: Whole
    gradient: Vector
    curvature: Square  # A
    low: Vector  # not above 0
    high: Vector  # not below 0
    at: Annotated[Array, "i8", (MOST,)]  # -1 on the lower bound, 1 on the upper, 0 between; a guess
    step: Vector  # the answer
    free: Annotated[Array, "i8", (MOST,)]
    rest: Vector
    solved: Vector
    before: Vector
    factor: Square
    inverse: Vector  # of the factor's diagonal: to multiply takes a quarter of the time


@compiled
def factorise(q: BoxQuadratic, free: int) -> bool:
    """Write the Cholesky factor of A on the first of ``q.free``, without its diagonal, and that.

    Returns False if there is none.
    """
    for a in range(free):
        k = q.free[a]
        for b in range(a + 1):
            rest = q.curvature[k, q.free[b]]
            for c in range(b):
                rest -= q.factor[a, c] * q.factor[b, c]
            if a == b:
                # asked this way round, a nan fails too
                if not rest > FLAT * abs(q.curvature[k, k]):
                    return False
                q.inverse[a] = 1.0 / math.sqrt(rest)
            else:
                q.factor[a, b] = rest * q.inverse[b]
    return True


@compiled
def solve(q: BoxQuadratic, free: int) -> None:
    """Write the solution of A p = rest on the free variables into ``q.solved``."""
    for a in range(free):
        value = q.rest[q.free[a]]
        for b in range(a):
            value -= q.factor[a, b] * q.solved[b]
        q.solved[a] = value * q.inverse[a]
    for a in range(free - 1, -1, -1):
        value = q.solved[a]
        for b in range(a + 1, free):
            value -= q.factor[b, a] * q.solved[b]
        q.solved[a] = value * q.inverse[a]


@compiled
def residual(q: BoxQuadratic) -> None:
    """Write the slope at the present step, g - A d, into ``q.rest``."""
    for k in range(q.count):
        q.rest[k] = q.gradient[k]
    for m in range(q.count):
        d = q.step[m]
        if d != 0.0:
            # by columns, A being symmetric: a row at a time would be a sum in sequence
            for k in range(q.count):
                q.rest[k] -= q.curvature[m, k] * d


@compiled
def worth(q: BoxQuadratic) -> float:
    """Return the value of the quadratic at the present step, from its slope there."""
    total = 0.0
    for k in range(q.count):
        total += q.step[k] * (q.gradient[k] + q.rest[k])
    return 0.5 * total


@compiled
def stop_at_bounds(q: BoxQuadratic, free: int, part: float) -> bool:
    """Go ``part`` of the way to the best point of the face; True if no bound was met."""
    inside = True
    for a in range(free):
        k = q.free[a]
        step = q.before[k] + part * q.solved[a]
        q.at[k] = -1 if step <= q.low[k] else (1 if step >= q.high[k] else 0)
        q.step[k] = q.low[k] if q.at[k] < 0 else (q.high[k] if q.at[k] > 0 else step)
        inside = inside and q.at[k] == 0
    residual(q)
    return inside


@compiled
def move(q: BoxQuadratic, free: int) -> bool:
    """Go to the best point of the face as far as the bounds allow; True if that is all the way."""
    before, part = worth(q), 1.0
    for a in range(free):
        k, p = q.free[a], q.solved[a]
        q.before[k] = q.step[k]
        room = (q.high[k] if p > 0.0 else q.low[k]) - q.step[k]
        if abs(p) * part > abs(room):
            # up by some last digits, so that the bound in the way is met
            part = room / p * (1.0 + LAST_DIGITS)
    # each variable to its own bound: many at a time, if it helps
    inside = stop_at_bounds(q, free, 1.0)
    if not inside and worth(q) < before:
        # all stop where the first has to: on a straight line towards the best point the value rises
        stop_at_bounds(q, free, part)
    return inside


@compiled
def let_go(q: BoxQuadratic) -> bool:
    """Free the variable that its bound holds back most; False if none is held back."""
    largest, worst, which = 0.0, 0.0, -1
    for k in range(q.count):
        largest = max(largest, abs(q.gradient[k]))
        gain = -q.at[k] * q.rest[k]
        if gain > worst:
            worst, which = gain, k
    if which < 0 or worst <= TIED * largest:
        return False
    q.at[which] = 0
    return True


@compiled
def maximise(q: BoxQuadratic) -> bool:
    """Write the best step into ``q.step``; False where A is not positive definite on a face met.

    Parameters
    ----------
    q : record of BOX_QUADRATIC
        ``at`` may hold a guess of the bounds that the answer is on; zeros will do.

    Examples
    --------
    >>> import numpy as np
    >>> q = np.zeros(1, BOX_QUADRATIC)
    >>> q["count"], q["high"] = 2, 1.0
    >>> q["gradient"][0, :2], q["curvature"][0, :2, :2] = (3.0, 2.0), ((2.0, 1.0), (1.0, 2.0))
    >>> maximise(q[0]), q["step"][0, :2].tolist(), q["at"][0, :2].tolist()
    (True, [1.0, 0.5], [1, 0])
    """
    for k in range(q.count):
        q.step[k] = q.low[k] if q.at[k] < 0 else (q.high[k] if q.at[k] > 0 else 0.0)
    residual(q)
    for _ in range(ROUNDS):
        free = 0
        for k in range(q.count):
            if q.at[k] == 0:
                q.free[free] = k
                free += 1
        if free > 0:
            if not factorise(q, free):
                return False
            solve(q, free)
            if not move(q, free):
                continue
        if not let_go(q):
            break
    return True


BOX_QUADRATIC = layout(BoxQuadratic)

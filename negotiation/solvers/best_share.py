"""How far one issue is best conceded: the maximum of a parabola on an interval."""

from __future__ import annotations

from negotiation.compiling import compiled


@compiled
def best_z(slope: float, bend: float, reach: float) -> float:
    """Return the z in [0, reach] that maximises ``slope z + bend z^2 / 2``.

    Examples
    --------
    >>> best_z(1.0, -2.0, 1.0), best_z(1.0, 0.0, 1.0), best_z(-1.0, -1.0, 1.0)
    (0.5, 1.0, 0.0)
    """
    # 1 / 0 is infinite here, and not used: without a bend one of the corners is best
    return best_given(slope, bend, 1.0 / bend, reach)


@compiled
def best_given(slope: float, bend: float, inverse: float, reach: float) -> float:
    """Return the same where ``inverse``, which is ``1 / bend``, is known."""
    # selections instead of branches, so that a loop runs in vector registers
    inside = -slope * inverse
    inside = inside if inside > 0.0 else 0.0
    inside = inside if inside < reach else reach
    corner = reach if slope + 0.5 * bend * reach > 0.0 else 0.0
    return inside if bend < 0.0 else corner

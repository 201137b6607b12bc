"""What the payoff surface says at the tariffs that a negotiation can come to.

There are few of them: the truce, the two branches of a snapback, and each tariff issue conceded
by half and in full. Where a scenario's tariffs are certain they are the same in every world,
and only the elasticities differ. So the sums over the tariffs are kept, point by point and node
by node of the elasticity, and a world costs four terms a point. A point that has moved is
summed anew; nothing of the result depends on what was kept.
"""

from __future__ import annotations

import numpy as np

from negotiation.compiling import compiled
from negotiation.economy.interpolate import (
    long_run_node,
    long_run_sheet,
    short_run_gains,
    short_run_node,
    short_run_sheet,
)
from negotiation.economy.surface import EPS_POWERS, SIGMA_POWERS
from negotiation.scenario import MAX_ISSUES

TRUCE, SNAPBACK = 0, 1  # SNAPBACK and the one after it: the two branches
HALF, FULL = 3, 3 + MAX_ISSUES  # the first issue's points; those of the others follow
POINTS = 3 + 2 * MAX_ISSUES
LONG_RUN_NODES = EPS_POWERS[1] - EPS_POWERS[0] + 3
SHORT_RUN_NODES = SIGMA_POWERS[1] - SIGMA_POWERS[0] + 3
FOUR = np.uint64(0b1111)

FIELDS = [
    ("tariffs", "f8", (POINTS, 4)),  # of the US and China at each point: at the border, biting
    ("long_run", "f8", (POINTS, LONG_RUN_NODES, 6)),
    ("short_run", "f8", (POINTS, SHORT_RUN_NODES, 6)),
    ("long_run_known", "u8", (POINTS,)),  # bit e: node e has been summed over these tariffs
    ("short_run_known", "u8", (POINTS,)),
    ("node", "i8", (2,)),  # first node around this world's elasticities, long run and short
    ("node_weight", "f8", (2, 4)),
    ("sums", "f8", (6,)),  # over the nodes, of the short-run entries
]


@compiled
def place_elasticities(surface, world, stakes):  # type: ignore[no-untyped-def]
    """Find the nodes around the two elasticities of this world."""
    long_run, short_run, axes = surface
    e, weights = long_run_node(axes, world.economy_elasticity, long_run.shape[0] - 3)
    k, short = short_run_node(axes, world.economy_short_run_elasticity, short_run.shape[0] - 3)
    stakes.node[0], stakes.node[1] = e, k
    for p in range(4):
        stakes.node_weight[0, p], stakes.node_weight[1, p] = weights[p], short[p]


@compiled
def move_point(stakes, point, t_us, t_china, bite_us, bite_china):  # type: ignore[no-untyped-def]
    """Put a point at a pair of tariffs, and forget what was kept for it if it was elsewhere."""
    at = stakes.tariffs[point]
    if at[0] == t_us and at[1] == t_china and at[2] == bite_us and at[3] == bite_china:
        return
    at[0], at[1], at[2], at[3] = t_us, t_china, bite_us, bite_china
    stakes.long_run_known[point] = stakes.short_run_known[point] = 0


@compiled
def read_point(surface, world, stakes, point, out):  # type: ignore[no-untyped-def]
    """Write the long-run payoffs at a point into ``out[:6]``, its short-run gains behind them.

    In the order and units of :func:`negotiation.economy.interpolate.long_run_at` and
    ``short_run_at``. The elasticities must have been placed.
    """
    e, k, total = stakes.node[0], stakes.node[1], stakes.sums
    if not (knows(stakes.long_run_known[point], e) and knows(stakes.short_run_known[point], k)):
        sum_nodes(surface, stakes, point)
    for m in range(6):
        out[m] = over_nodes(stakes.node_weight[0], stakes.long_run[point], e, m)
        total[m] = over_nodes(stakes.node_weight[1], stakes.short_run[point], k, m)
    out[6], out[7] = short_run_gains(
        total,
        world.slack[0] * world.value_added[0],
        world.slack[1] * world.value_added[1],
        world.economy_domestic_pull,
    )


@compiled
def knows(known, first):  # type: ignore[no-untyped-def]
    """Return whether the bits of all four nodes from ``first`` on are set in ``known``."""
    return (known >> np.uint64(first)) & FOUR == FOUR


@compiled
def sum_nodes(surface, stakes, point):  # type: ignore[no-untyped-def]
    """Sum over the tariffs of a point at the four nodes around each elasticity of this world."""
    long_run, short_run, axes = surface
    at, e, k = stakes.tariffs[point], stakes.node[0], stakes.node[1]
    for p in range(4):
        long_run_sheet(long_run, axes, at[0], at[1], e + p, stakes.long_run[point, e + p])
        short_run_sheet(short_run, axes, at[2], at[3], k + p, stakes.short_run[point, k + p])
    stakes.long_run_known[point] |= FOUR << np.uint64(e)
    stakes.short_run_known[point] |= FOUR << np.uint64(k)


@compiled
def over_nodes(weight, sheets, first, m):  # type: ignore[no-untyped-def]
    """Return the weighted sum of entry ``m`` over the four nodes from ``first`` on.

    In one expression: kept in a register, not in an array that each term would wait for.
    """
    return (
        weight[0] * sheets[first, m]
        + weight[1] * sheets[first + 1, m]
        + weight[2] * sheets[first + 2, m]
        + weight[3] * sheets[first + 3, m]
    )

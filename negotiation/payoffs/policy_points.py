"""What the payoff surface says at the tariffs that a negotiation can come to.

There are few of them: the truce, the two branches of a snapback, and each tariff issue conceded
by half and in full. Where a scenario's tariffs are certain they are the same in every world,
and only the elasticities differ. So the sums over the tariffs are kept, node by node of the
elasticity and point by point, and a world costs four terms a point. A point that has moved is
summed again; nothing of the result depends on what was kept.

Points lie next to each other in memory, in blocks of ``WIDTH``, and are read a block at a time
in vector registers, used or not.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from negotiation.compiling import compiled
from negotiation.economy.interpolate import (
    DVA_CN,
    DVA_US,
    HOME_CN,
    HOME_US,
    IMPORTS_CN,
    IMPORTS_US,
    PRICE_CN,
    PRICE_US,
    REV_CN,
    REV_US,
    W_CN,
    W_US,
    long_run_node,
    long_run_sheet,
    short_run_gain,
    short_run_node,
    short_run_sheet,
)
from negotiation.economy.surface import EPS_POWERS, SIGMA_POWERS
from negotiation.payoffs.world import DRAFTS, Numbers
from negotiation.records import Array, Surface, WholeBySide
from negotiation.scenario import MAX_ISSUES

TRUCE, SNAPBACK = 0, 1  # SNAPBACK and the one after it: the two branches
CONCEDED = 3  # the first tariff issue by half, then in full; those of the others follow
WIDTH = 16
BLOCKS = -(-(CONCEDED + 2 * MAX_ISSUES) // WIDTH)
POINTS = BLOCKS * WIDTH
LONG_RUN_NODES = EPS_POWERS[1] - EPS_POWERS[0] + 3
SHORT_RUN_NODES = SIGMA_POWERS[1] - SIGMA_POWERS[0] + 3
ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
FOUR = np.uint64(0b1111)

BothSides = Annotated[Array, "f8", (2, POINTS)]
Known = Annotated[Array, "u8", (POINTS,)]
Sums = Annotated[Array, "f8", (6 * WIDTH,)]


class PolicyPoints:
    """What is kept of the surface, and what it says in this world."""

    tariffs: Annotated[Array, "f8", (4, POINTS)]  # of the US, China at each: at the border, biting
    # entry m of point j of a block at m * WIDTH + j
    long_run: Annotated[Array, "f8", (BLOCKS, LONG_RUN_NODES, 6 * WIDTH)]
    short_run: Annotated[Array, "f8", (BLOCKS, SHORT_RUN_NODES, 6 * WIDTH)]
    long_run_known: Known  # bit e: node e has been summed over these tariffs
    short_run_known: Known
    node: WholeBySide  # first node around this world's elasticities, long run and short
    node_weight: Annotated[Array, "f8", (2, 4)]
    sheet: Annotated[Array, "f8", (6,)]  # one node's sums, before they go to their places
    long_run_sums: Sums  # over the nodes around the elasticity
    short_run_sums: Sums
    # at each point: income plus weighted revenue and protected value added, $bn per year
    income: BothSides
    value_added: BothSides
    imports: BothSides  # of the other side's goods over those before 2025, within the first year


@compiled
def place_elasticities(surface: Surface, world: Numbers, stakes: PolicyPoints) -> None:
    """Find the nodes around the two elasticities of this world."""
    long_run, short_run, axes = surface
    e, weights = long_run_node(axes, world.economy_elasticity, long_run.shape[0] - 3)
    k, short = short_run_node(axes, world.economy_short_run_elasticity, short_run.shape[0] - 3)
    stakes.node[0], stakes.node[1] = e, k
    for p in range(4):
        stakes.node_weight[0, p], stakes.node_weight[1, p] = weights[p], short[p]


@compiled
def move_point(
    stakes: PolicyPoints, point: int, t_us: float, t_china: float, bite_us: float, bite_china: float
) -> None:
    """Put a point at a pair of tariffs, and forget what was kept for it if it was elsewhere."""
    at = stakes.tariffs
    if (
        at[0, point] == t_us
        and at[1, point] == t_china
        and at[2, point] == bite_us
        and at[3, point] == bite_china
    ):
        return
    at[0, point], at[1, point], at[2, point], at[3, point] = t_us, t_china, bite_us, bite_china
    stakes.long_run_known[point] = stakes.short_run_known[point] = 0


@compiled
def read_points(surface: Surface, world: Numbers, stakes: PolicyPoints, points: int) -> None:
    """Fill the payoffs at the first ``points`` points; the elasticities must have been placed."""
    know_points(surface, stakes, points)
    e, k = stakes.node[0], stakes.node[1]
    for block in range((points + WIDTH - 1) // WIDTH):
        near = stakes.long_run[block, e : e + 4]
        sum_over_nodes(stakes.node_weight[0], near, stakes.long_run_sums)
        near = stakes.short_run[block, k : k + 4]
        sum_over_nodes(stakes.node_weight[1], near, stakes.short_run_sums)
        fill_payoffs(world, stakes, block * WIDTH)


@compiled
def know_points(surface: Surface, stakes: PolicyPoints, points: int) -> None:
    """Sum again over the tariffs wherever the nodes around this world's elasticities are new."""
    long_run = short_run = ALL
    for point in range(points):
        # all points in one test first: nearly always everything is known
        long_run &= stakes.long_run_known[point]
        short_run &= stakes.short_run_known[point]
    e, k = stakes.node[0], stakes.node[1]
    if knows(long_run, e) and knows(short_run, k):
        return
    for point in range(points):
        if not (knows(stakes.long_run_known[point], e) and knows(stakes.short_run_known[point], k)):
            sum_nodes(surface, stakes, point)


@compiled
def knows(known: np.uint64, first: int) -> bool:
    """Return whether the bits of all four nodes from ``first`` on are set in ``known``."""
    return (known >> np.uint64(first)) & FOUR == FOUR


@compiled
def sum_nodes(surface: Surface, stakes: PolicyPoints, point: int) -> None:
    """Sum over the tariffs of a point at the four nodes around each elasticity of this world."""
    long_run, short_run, axes = surface
    at, e, k, sheet = stakes.tariffs, stakes.node[0], stakes.node[1], stakes.sheet
    block, place = point // WIDTH, point % WIDTH
    for p in range(4):
        long_run_sheet(long_run, axes, at[0, point], at[1, point], e + p, sheet)
        for m in range(6):
            stakes.long_run[block, e + p, m * WIDTH + place] = sheet[m]
        short_run_sheet(short_run, axes, at[2, point], at[3, point], k + p, sheet)
        for m in range(6):
            stakes.short_run[block, k + p, m * WIDTH + place] = sheet[m]
    stakes.long_run_known[point] |= FOUR << np.uint64(e)
    stakes.short_run_known[point] |= FOUR << np.uint64(k)


@compiled
def sum_over_nodes(weight: Array, near: Array, total: Array) -> None:
    """Write the weighted sums over the four nodes in ``near`` into ``total``."""
    first, second, third, fourth = weight[0], weight[1], weight[2], weight[3]
    for n in range(6 * WIDTH):
        total[n] = (
            first * near[0, n] + second * near[1, n] + third * near[2, n] + fourth * near[3, n]
        )


@compiled
def fill_payoffs(world: Numbers, stakes: PolicyPoints, start: int) -> None:
    """Fill the payoffs at a block of points, the first of which is ``start``."""
    long_run, short_run = stakes.long_run_sums, stakes.short_run_sums
    share, weight, pull = (
        world.economy_short_run_share,
        world.economy_weight,
        world.economy_domestic_pull,
    )
    us_activity = world.slack[0] * world.value_added[0]
    china_activity = world.slack[1] * world.value_added[1]
    deficit = world.economy_deficit_weight
    us_revenue, china_revenue = world.revenue_weight[0], world.revenue_weight[1]
    reference, loss = world.tariffs_us_reference, 100.0 * world.tariffs_us_reference_loss
    if world.talks_contract == DRAFTS:  # there it is counted for all tariffs together
        loss = 0.0
    for j in range(WIDTH):
        us = short_run_gain(
            short_run[PRICE_US * WIDTH + j], short_run[IMPORTS_CN * WIDTH + j],
            short_run[HOME_US * WIDTH + j], us_activity, pull,
        )  # fmt: skip
        china = short_run_gain(
            short_run[PRICE_CN * WIDTH + j], short_run[IMPORTS_US * WIDTH + j],
            short_run[HOME_CN * WIDTH + j], china_activity, pull,
        )  # fmt: skip
        us = (1.0 - share) * long_run[W_US * WIDTH + j] + share * us
        china = (1.0 - share) * long_run[W_CN * WIDTH + j] + share * china
        us += us_revenue * long_run[REV_US * WIDTH + j]
        china += china_revenue * long_run[REV_CN * WIDTH + j]
        us_imports, china_imports = (
            short_run[IMPORTS_US * WIDTH + j],
            short_run[IMPORTS_CN * WIDTH + j],
        )
        us -= deficit * (us_imports - china_imports)
        stakes.imports[0, start + j], stakes.imports[1, start + j] = us_imports, china_imports
        # only a cut below the reference counts: a tariff above it earns no credit at home
        shortfall = max(reference - stakes.tariffs[0, start + j], 0.0)
        stakes.income[0, start + j] = weight * us - loss * shortfall
        stakes.income[1, start + j] = weight * china
        stakes.value_added[0, start + j] = weight * long_run[DVA_US * WIDTH + j]
        stakes.value_added[1, start + j] = weight * long_run[DVA_CN * WIDTH + j]

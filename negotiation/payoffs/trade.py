"""Bilateral trade in goods: its volume while penalties are in force, and the US deficit.

Both come from the short-run block of the trade model, whose imports respond within the first year;
a figure is against the truce as it runs. Penalties on part of the trade move it in proportion.
"""

from __future__ import annotations

from negotiation.compiling import compiled
from negotiation.payoffs import policy_points as points
from negotiation.payoffs.world import PURCHASES, Numbers
from negotiation.records import Array
from negotiation.scenario import MAX_ISSUES
from negotiation.solvers.dispute_problem import PART, PEAK, RUNGS

US, CHINA = 0, 1
SUSPENDED_POINT, PEAK_POINT = points.SNAPBACK, points.SNAPBACK + 1


@compiled
def volume_at(world: Numbers, imports: Array, point: int) -> float:
    """Return the bilateral trade at a policy point, $bn a year."""
    before: float = world.imports_before[US] + world.imports_before[CHINA]
    return before + imports[US, point] + imports[CHINA, point]


@compiled
def deficit_at(imports: Array, point: int) -> float:
    """Return by how much the US deficit at a policy point exceeds the truce's, $bn a year."""
    here: float = imports[US, point] - imports[CHINA, point]
    return here - (imports[US, points.TRUCE] - imports[CHINA, points.TRUCE])


@compiled
def fill_trade(world: Numbers, imports: Array, volume: Array, deficit: Array) -> None:
    """Fill trade as a share of the truce's, and the change of the US deficit, rung by rung."""
    truce = volume_at(world, imports, points.TRUCE)
    for rung in range(RUNGS):
        point = PEAK_POINT if rung == PEAK else SUSPENDED_POINT
        part = world.escalation_partial_flow if rung == PART else 1.0
        lost = 1.0 - volume_at(world, imports, point) / truce if truce > 0.0 else 0.0
        volume[rung] = 1.0 - part * lost
        deficit[rung] = part * deficit_at(imports, point)


@compiled
def deficit_of(world: Numbers, slope: Array, bend: Array, delivered: float, z: Array) -> float:
    """Return by how much package ``z`` moves the US deficit, $bn a year.

    ``slope`` and ``bend`` are those of the tariff issues; of purchases a share is delivered.
    """
    change = 0.0
    for k in range(MAX_ISSUES):
        change += slope[k] * z[k] + 0.5 * bend[k] * z[k] * z[k]
        if k < int(world.n_issues) and int(world.kind[k]) == PURCHASES:
            change -= (world.full[k] - world.status_quo[k]) * z[k] * delivered
    return change

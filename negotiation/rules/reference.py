"""What tariff cuts below those of other deals cost the US at home.

Who pays 15% under a deal of its own minds that China pays less. All tariffs of the agenda share
the room above that reference: :mod:`negotiation.solvers.shared_room`.
"""

from __future__ import annotations

from negotiation.compiling import compiled
from negotiation.payoffs.world import DRAFTS, US_TARIFF, Numbers
from negotiation.records import Array
from negotiation.rules.state import State
from negotiation.solvers.shared_room import cost_past, share_room


@compiled
def reference_loss_rate(world: Numbers) -> float:
    """Return what each point of the US tariff below the reference costs the US, $bn a year.

    Where drafts are signed. Elsewhere it is part of each tariff's own payoff, as if the other
    tariffs stayed where they are.
    """
    return world.tariffs_us_reference_loss if world.talks_contract == DRAFTS else 0.0


@compiled
def tariff_points(world: Numbers, k: int) -> float:
    """Return by how many points the US tariff falls if issue ``k`` is conceded whole."""
    return world.status_quo[k] - world.full[k] if world.kind[k] == US_TARIFF else 0.0


@compiled
def list_tariffs(talks: State, world: Numbers) -> None:
    """Note which issues are US tariffs, and by how many points each may fall."""
    talks.tariffs = 0
    for k in range(int(world.n_issues)):
        if world.kind[k] == US_TARIFF:
            talks.tariff[talks.tariffs], talks.falls[talks.tariffs] = k, tariff_points(world, k)
            talks.tariffs += 1


@compiled
def below(talks: State, world: Numbers, z: Array) -> float:
    """Return by how many points the tariff cuts of ``z`` go below the reference."""
    points = 0.0
    for a in range(talks.tariffs):
        points += talks.falls[a] * z[talks.tariff[a]]
    return points - talks.room


@compiled
def below_reference(talks: State, world: Numbers, z: Array) -> float:
    """Return what the US loses at home if the tariff cuts of ``z`` go below its other deals."""
    rate = reference_loss_rate(world)
    return cost_past(rate, below(talks, world, z), talks.room) if rate > 0.0 else 0.0


@compiled
def take_back(talks: State, world: Numbers, weight: float, reach: Array, again: bool) -> None:
    """Move the tariff cuts of ``scratch.kept`` to where they are best with that loss.

    ``weight`` is that of the US in ``scratch.slope`` and ``scratch.bend``, which say what each
    share is worth apart from it. Called ``again``, with nothing else changed than these, it has
    something to work out only if those of a tariff have.
    """
    found, cuts, changed = talks.scratch, talks.scratch.cuts, not again
    for a in range(talks.tariffs):
        k = talks.tariff[a]
        changed = changed or found.slope[k] != cuts.slope[a] or found.bend[k] != cuts.bend[a]
    if changed:
        cuts.count, cuts.room = talks.tariffs, talks.room
        cuts.rate = weight * reference_loss_rate(world)
        for a in range(talks.tariffs):
            k = talks.tariff[a]
            cuts.points[a], cuts.reach[a] = talks.falls[a], reach[k]
            cuts.slope[a], cuts.bend[a], cuts.z[a] = found.slope[k], found.bend[k], found.kept[k]
        share_room(cuts)
    for a in range(talks.tariffs):
        if cuts.points[a] > 0.0:
            found.kept[talks.tariff[a]] = cuts.z[a]

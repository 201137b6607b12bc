"""What a package is worth to a side, for every type at once.

A package's worth is linear in a few functions of the type, so five sums over the issues
give it for all twelve types (see :mod:`negotiation.payoffs.stakes`). What the other side is
expected to deliver is the same for all of them and goes into the first sum.
"""

from __future__ import annotations

from negotiation.compiling import compiled
from negotiation.payoffs.stakes import Stakes
from negotiation.payoffs.types import TYPES, stance_of, trait_of, type_of
from negotiation.payoffs.world import Numbers
from negotiation.records import Array
from negotiation.rules.frontier import link_value
from negotiation.rules.reference import (
    below,
    below_reference,
    reference_loss_rate,
    take_back,
)
from negotiation.rules.state import US, State
from negotiation.scenario import MAX_ISSUES
from negotiation.solvers.best_share import best_z
from negotiation.solvers.sums import total


@compiled
def split(talks: State, world: Numbers, stakes: Stakes, side: int, z: Array) -> None:
    """Write the components of the worth of package ``z`` to ``side`` into ``scratch.parts``."""
    split_into(talks, world, stakes, side, z, talks.scratch.parts[side])


@compiled
def split_into(
    talks: State, world: Numbers, stakes: Stakes, side: int, z: Array, parts: Array
) -> None:
    """Write the components of the worth of package ``z`` to ``side`` into ``parts``."""
    fixed = stance = trait = trait2 = other = 0.0
    for k in range(int(world.n_issues)):
        x = z[k]
        half = 0.5 * x * x
        # kept apart by what multiplies them (stance, trait, trait squared, the other's trait), so
        # that the worth to all types follows without another pass over the issues
        fixed += stakes.alpha[side, k] * x + stakes.bend_alpha[side, k] * half
        stance += stakes.beta[side, k] * x + stakes.bend_beta[side, k] * half
        trait += stakes.tau[side, k] * x
        trait2 += stakes.bend_tau[side, k] * half
        other += stakes.cross[side, k] * x
    if talks.settled > 0:
        for k in range(int(world.n_issues)):
            fixed += talks.pull[k] * z[k]
    fixed += other * expected_trait(talks, 1 - side)
    parts[0] = fixed + link_value(world, z) + talks.agreement[side]
    if side == US:
        parts[0] -= below_reference(talks, world, z)
    parts[1], parts[2], parts[3], parts[4] = stance, trait, trait2, other


@compiled
def worth_to_type(talks: State, side: int, stance: int, trait: int) -> float:
    """Return the worth, $bn per year, of the package last split, to one type of ``side``."""
    return worth_of_parts(talks, side, talks.scratch.parts[side], stance, trait)


@compiled
def worth_of_parts(talks: State, side: int, parts: Array, stance: int, trait: int) -> float:
    """Return the worth, $bn per year, of the package split into ``parts``, to one type."""
    n = type_of(stance, trait, 0)
    b, t = talks.type_stance[side, n], talks.type_trait[side, n]
    return put_together(parts[0], parts[1], parts[2], parts[3], b, t)


@compiled
def put_together(
    fixed: float, per_stance: float, per_trait: float, per_trait2: float, b: float, t: float
) -> float:
    """Return the worth, $bn per year, of a package's parts to a type of stance b and trait t."""
    return fixed + b * per_stance + t * (per_trait + t * per_trait2)


@compiled
def worth(talks: State, world: Numbers, stakes: Stakes, side: int, z: Array) -> float:
    """Return what package ``z`` is worth to ``side`` of its true type, $bn per year."""
    split(talks, world, stakes, side, z)
    return worth_to_type(talks, side, talks.stance[side], talks.trait[side])


@compiled
def levels(talks: State, side: int) -> tuple[float, float]:
    """Return what either trait of ``side`` comes to: the low one and the high one."""
    return talks.type_trait[side, type_of(0, 0, 0)], talks.type_trait[side, type_of(0, 1, 0)]


@compiled
def expected_trait(talks: State, side: int) -> float:
    """Return what the other side expects the trait of ``side`` to come to."""
    high = 0.0
    for n in range(TYPES):
        if trait_of(n):
            high += talks.beliefs[side, n]
    at_low, at_high = levels(talks, side)
    return at_low + high * (at_high - at_low)


@compiled
def refresh_expectations(talks: State, world: Numbers, stakes: Stakes) -> None:
    """Recompute both sides' payoffs per issue under the beliefs, before looking for a package."""
    for side in range(2):
        weight0 = weight1 = weight2 = trait_high = 0.0
        for n in range(TYPES):
            p = talks.beliefs[side, n]
            stance = stance_of(n)
            if stance == 0:
                weight0 += p
            elif stance == 1:
                weight1 += p
            else:
                weight2 += p
            if trait_of(n):
                trait_high += p
        mean_b = (
            weight0 * world.stance[side, 0]
            + weight1 * world.stance[side, 1]
            + weight2 * world.stance[side, 2]
        )
        low, high = levels(talks, side)
        mean_t = low + trait_high * (high - low)
        # the mean of the square, not the square of the mean
        mean_t2 = low * low + trait_high * (high * high - low * low)
        other = expected_trait(talks, 1 - side)
        for k in range(MAX_ISSUES):
            # the pull of what is settled is 0 before anything is: a branch would be in the way of
            # the vector registers
            shared = stakes.alpha[side, k] + other * stakes.cross[side, k] + talks.pull[k]
            talks.expected_gain[side, k] = (
                shared + mean_b * stakes.beta[side, k] + mean_t * stakes.tau[side, k]
            )
            talks.expected_bend[side, k] = (
                stakes.bend_alpha[side, k]
                + mean_b * stakes.bend_beta[side, k]
                + mean_t2 * stakes.bend_tau[side, k]
            )


@compiled
def ideal_gains(talks: State, world: Numbers, stakes: Stakes) -> None:
    """Fill ``talks.ideal``: the most that each (stance, trait) could get, $bn per year."""
    again = False
    for side in range(2):
        other = expected_trait(talks, 1 - side)
        for s in range(3):
            for r in range(2):
                n = type_of(s, r, 0)
                b, t = talks.type_stance[side, n], talks.type_trait[side, n]
                slope, bends, z = talks.scratch.slope, talks.scratch.bend, talks.scratch.kept
                for k in range(MAX_ISSUES):
                    gain = (
                        stakes.alpha[side, k] + b * stakes.beta[side, k] + t * stakes.tau[side, k]
                    )
                    gain += talks.pull[k] + other * stakes.cross[side, k]
                    bend = (
                        stakes.bend_alpha[side, k]
                        + b * stakes.bend_beta[side, k]
                        + t * t * stakes.bend_tau[side, k]
                    )
                    slope[k], bends[k] = gain, bend
                    z[k] = best_z(gain, bend, talks.reach[k])
                lost = 0.0
                if side == US and reference_loss_rate(world) > 0.0:
                    if below(talks, world, z) > 0.0:
                        take_back(talks, world, 1.0, talks.reach, again)
                        again = True
                    lost = below_reference(talks, world, z)
                for k in range(MAX_ISSUES):
                    talks.scratch.tried[k] = z[k] * (slope[k] + 0.5 * bends[k] * z[k])
                ideal = talks.agreement[side] + total(talks.scratch.tried) - lost
                talks.ideal[side, type_of(s, r, 0)] = talks.ideal[side, type_of(s, r, 1)] = ideal

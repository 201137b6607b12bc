"""Packages on the perceived Pareto frontier.

With payoffs that are separable and concave by issue, every frontier package maximises
``(1 - w) own + w other`` for one weight w in [0, 1] (Raiffa, *The Art and Science of
Negotiation*, 1982, ch. 11), so finding an offer is a search for one scalar. "Perceived": both
sides' payoffs are what the common beliefs expect. A delegation drafts on what is known of
both sides, so that the composition of its offers does not give its private type away.
"""

from __future__ import annotations

from negotiation.compiling import compiled
from negotiation.scenario import MAX_ISSUES

STEPS = 12
CLOSE = 1e-6  # $bn per year
NARROW = 0.03  # weights this close bound packages whose mixture is as good as on the frontier
LINK_SWEEPS = 2


@compiled
def package_at(talks, world, side, weight, z):  # type: ignore[no-untyped-def]
    """Write into ``z`` the package that is best for ``side`` at ``weight`` on the other side."""
    other = 1 - side
    blend(
        talks,
        world,
        weight,
        z,
        talks.expected_gain[side],
        talks.expected_bend[side],
        talks.expected_gain[other],
        talks.expected_bend[other],
    )


@compiled
def blend(talks, world, weight, z, gain, bend, other_gain, other_bend):  # type: ignore[no-untyped-def]
    """Write into ``z`` the maximiser of ``(1 - weight) own + weight other``, issue by issue.

    Also leaves the inverse curvatures in ``talks.inverse``, for the slope along the frontier.
    The loop runs over all slots, used or not, so that it has a fixed length for the compiler.
    """
    own_weight = 1.0 - weight
    for k in range(MAX_ISSUES):
        slope = own_weight * gain[k] + weight * other_gain[k]
        curve = own_weight * bend[k] + weight * other_bend[k]
        inverse = 1.0 / curve
        inside = -slope * inverse
        inside = inside if inside > 0.0 else 0.0
        inside = inside if inside < world.reach[k] else world.reach[k]
        corner = world.reach[k] if slope + 0.5 * curve * world.reach[k] > 0.0 else 0.0
        z[k] = inside if curve < 0.0 else corner
        talks.inverse[k] = inverse
    if world.n_links > 0.0:
        for _ in range(LINK_SWEEPS):
            for m in range(2 * int(world.n_links)):
                k = int(world.link_first[m // 2] if m % 2 == 0 else world.link_second[m // 2])
                slope = own_weight * gain[k] + weight * other_gain[k] + link_slope(world, z, k)
                z[k] = best_z(slope, own_weight * bend[k] + weight * other_bend[k], world.reach[k])


@compiled
def link_slope(world, z, k):  # type: ignore[no-untyped-def]
    """Return what conceding issue ``k`` further adds through the issues it is linked to."""
    slope = 0.0
    for m in range(int(world.n_links)):
        if world.link_first[m] == k:
            slope += world.link_value[m] * z[int(world.link_second[m])]
        elif world.link_second[m] == k:
            slope += world.link_value[m] * z[int(world.link_first[m])]
    return slope


@compiled
def link_value(world, z):  # type: ignore[no-untyped-def]
    """Return what either side gains from linked issues conceded together, $bn per year."""
    total = 0.0
    for m in range(int(world.n_links)):
        total += world.link_value[m] * z[int(world.link_first[m])] * z[int(world.link_second[m])]
    return total


@compiled
def best_z(slope, bend, reach):  # type: ignore[no-untyped-def]
    """Return the z in [0, reach] that maximises ``slope z + bend z^2 / 2``.

    Examples
    --------
    >>> best_z(1.0, -2.0, 1.0), best_z(1.0, 0.0, 1.0), best_z(-1.0, -1.0, 1.0)
    (0.5, 1.0, 0.0)
    """
    # selections instead of branches, so that a loop over issues runs in vector registers
    inside = -slope / bend
    inside = inside if inside > 0.0 else 0.0
    inside = inside if inside < reach else reach
    corner = reach if slope + 0.5 * bend * reach > 0.0 else 0.0
    return inside if bend < 0.0 else corner


@compiled
def expected_value(talks, world, side, z):  # type: ignore[no-untyped-def]
    """Return what ``z`` is expected to be worth to ``side`` under the beliefs, $bn per year."""
    total = world.agreement_value[side]
    for k in range(MAX_ISSUES):
        total += z[k] * (talks.expected_gain[side, k] + 0.5 * talks.expected_bend[side, k] * z[k])
    return total + link_value(world, z)


@compiled
def value_and_slope(talks, world, side, z):  # type: ignore[no-untyped-def]
    """Return what the frontier package ``z`` just written is worth to its proposer, and the
    derivative of that in the weight.
    """
    other = 1 - side
    value, slope = world.agreement_value[side], 0.0
    for k in range(MAX_ISSUES):
        gain, bend = talks.expected_gain[side, k], talks.expected_bend[side, k]
        x = z[k]
        value += x * (gain + 0.5 * bend * x)
        d_gain = talks.expected_gain[other, k] - gain
        d_bend = talks.expected_bend[other, k] - bend
        moves = (gain + bend * x) * (d_gain + x * d_bend) * talks.inverse[k]
        slope -= moves if 0.0 < x < world.reach[k] else 0.0
    return value + link_value(world, z), slope


@compiled
def offer_worth(talks, world, side, target, z):  # type: ignore[no-untyped-def]
    """Write into ``z`` the frontier package that is expected to be worth ``target`` to ``side``.

    The most generous frontier package is taken when even that is worth more, the own ideal
    when nothing is worth as much. Returns what the package is worth, $bn per year. Newton's
    method inside a bracket, started from the weight of the side's last offer.
    """
    low, high = 0.0, 1.0
    low_seen = high_seen = False
    weight = talks.weight[side]
    value = 0.0
    for step in range(STEPS):
        package_at(talks, world, side, weight, z)
        value, slope = value_and_slope(talks, world, side, z)
        gap = value - target
        if abs(gap) <= CLOSE:
            talks.weight[side] = weight
            return value
        if gap > 0.0:
            if weight >= 1.0:
                return value  # even the most generous package is worth more
            low, low_seen = weight, True
            for k in range(MAX_ISSUES):
                talks.low_end[k] = z[k]
        else:
            if weight <= 0.0:
                return value  # nothing is worth as much
            high, high_seen = weight, True
            for k in range(MAX_ISSUES):
                talks.high_end[k] = z[k]
        if low_seen and high_seen and high - low < NARROW:
            break
        weight = weight - gap / slope if slope < 0.0 else -1.0
        if not low < weight < high or step % 4 == 3:
            # outside the bracket: look at an end that was not seen, else halve
            if gap > 0.0 and not high_seen:
                weight = 1.0
            elif gap < 0.0 and not low_seen:
                weight = 0.0
            else:
                weight = 0.5 * (low + high)
    if low_seen and high_seen:
        # a corner flips inside the bracket: the frontier between its ends is their mixture
        low_gap = expected_value(talks, world, side, talks.low_end) - target
        high_gap = expected_value(talks, world, side, talks.high_end) - target
        share = low_gap / (low_gap - high_gap)
        for k in range(MAX_ISSUES):
            z[k] = talks.low_end[k] + share * (talks.high_end[k] - talks.low_end[k])
        value = expected_value(talks, world, side, z)
    talks.weight[side] = min(max(weight, 0.0), 1.0)
    return value

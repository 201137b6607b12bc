"""Packages on the perceived Pareto frontier.

With payoffs that are separable and concave by issue, every frontier package maximises
``(1 - w) own + w other`` for one weight w in [0, 1] (Raiffa, *The Art and Science of
Negotiation*, 1982, ch. 11), so finding an offer is a search for one scalar. "Perceived": both
sides' payoffs are what the common beliefs expect. A delegation drafts on what is known of
both sides, so that the composition of its offers does not give its private type away.
"""

from __future__ import annotations

from negotiation.compiling import compiled
from negotiation.rules.state import CHINA, US
from negotiation.scenario import MAX_ISSUES

STEPS = 12
CLOSE = 1e-6  # $bn per year
NARROW = 0.03  # weights this close bound packages whose mixture is as good as on the frontier
LINK_SWEEPS = 2


@compiled
def package_at(talks, world, side, weight, z):  # type: ignore[no-untyped-def]
    """Write into ``z`` the package that is best for ``side`` at ``weight`` on the other side.

    The maximiser of ``(1 - weight) own + weight other``, issue by issue. Also leaves the inverse
    curvatures in ``talks.inverse``, for the slope along the frontier. The loop over the issues
    runs over all slots, used or not, and writes nowhere but at fixed places of ``talks``: so it
    has a fixed length for the compiler, which sees that no store changes what is read, and runs
    in vector registers.
    """
    us, china = (1.0 - weight, weight) if side == US else (weight, 1.0 - weight)
    for k in range(MAX_ISSUES):
        slope = us * talks.expected_gain[US, k] + china * talks.expected_gain[CHINA, k]
        curve = us * talks.expected_bend[US, k] + china * talks.expected_bend[CHINA, k]
        reach = world.reach[k]
        inverse = 1.0 / curve
        inside = -slope * inverse
        inside = inside if inside > 0.0 else 0.0
        inside = inside if inside < reach else reach
        corner = reach if slope + 0.5 * curve * reach > 0.0 else 0.0
        talks.tried[k] = inside if curve < 0.0 else corner
        talks.inverse[k] = inverse
    for k in range(MAX_ISSUES):
        z[k] = talks.tried[k]
    if world.n_links > 0.0:
        heed_links(talks, world, us, china, z)


@compiled
def heed_links(talks, world, us, china, z):  # type: ignore[no-untyped-def]
    """Move the linked issues of ``z`` to where each is best given the others, a few times over."""
    for _ in range(LINK_SWEEPS):
        still = True
        for m in range(2 * int(world.n_links)):
            k = int(world.link_first[m // 2] if m % 2 == 0 else world.link_second[m // 2])
            slope = us * talks.expected_gain[US, k] + china * talks.expected_gain[CHINA, k]
            curve = us * talks.expected_bend[US, k] + china * talks.expected_bend[CHINA, k]
            better = best_z(slope + link_slope(world, z, k), curve, world.reach[k])
            still = still and better == z[k]
            z[k] = better
        if still:
            break


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
    even, odd = world.agreement_value[side], 0.0  # two sums side by side, as processors like it
    for k in range(0, int(world.n_issues), 2):
        j = k + 1
        even += z[k] * (talks.expected_gain[side, k] + 0.5 * talks.expected_bend[side, k] * z[k])
        odd += z[j] * (talks.expected_gain[side, j] + 0.5 * talks.expected_bend[side, j] * z[j])
    return even + odd + link_value(world, z)


@compiled
def value_and_slope(talks, world, side, z):  # type: ignore[no-untyped-def]
    """Return what the frontier package ``z`` just written is worth to its proposer, and the
    derivative of that in the weight.
    """
    other = 1 - side
    even, odd = world.agreement_value[side], 0.0
    even_slope = odd_slope = 0.0
    for k in range(0, int(world.n_issues), 2):
        j = k + 1
        value, moves = value_and_move(talks, world, side, other, k, z[k])
        even += value
        even_slope -= moves
        value, moves = value_and_move(talks, world, side, other, j, z[j])
        odd += value
        odd_slope -= moves
    return even + odd + link_value(world, z), even_slope + odd_slope


@compiled
def value_and_move(talks, world, side, other, k, x):  # type: ignore[no-untyped-def]
    """Return an issue's part of the value, and of its loss as the weight goes up."""
    gain, bend = talks.expected_gain[side, k], talks.expected_bend[side, k]
    d_gain = talks.expected_gain[other, k] - gain
    d_bend = talks.expected_bend[other, k] - bend
    moves = (gain + bend * x) * (d_gain + x * d_bend) * talks.inverse[k]
    return x * (gain + 0.5 * bend * x), moves if 0.0 < x < world.reach[k] else 0.0


@compiled
def offer_worth(talks, world, side, target, z):  # type: ignore[no-untyped-def]
    """Write into ``z`` the frontier package that is expected to be worth ``target`` to ``side``.

    The most generous frontier package is taken when even that is worth more, the own ideal
    when nothing is worth as much. Returns what the package is worth, $bn per year. Newton's
    method inside a bracket, started from the weight of the side's last offer.
    """
    low, high, low_gap, high_gap = 0.0, 1.0, 0.0, 0.0
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
            low, low_gap, low_seen = weight, gap, True
            for k in range(MAX_ISSUES):
                talks.low_end[k] = z[k]
        else:
            if weight <= 0.0:
                return value  # nothing is worth as much
            high, high_gap, high_seen = weight, gap, True
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
        share = low_gap / (low_gap - high_gap)
        value = mix(talks, world, side, share, z)
        gap = value - target
        if abs(gap) > CLOSE:  # the value bends between the ends: one step of Newton's method
            bend = gap / (share * (1.0 - share))
            share -= gap / (high_gap - low_gap + bend * (1.0 - 2.0 * share))
            value = mix(talks, world, side, min(max(share, 0.0), 1.0), z)
    talks.weight[side] = min(max(weight, 0.0), 1.0)
    return value


@compiled
def mix(talks, world, side, share, z):  # type: ignore[no-untyped-def]
    """Write into ``z`` the mixture of both ends of the bracket; returns its worth to ``side``."""
    for k in range(MAX_ISSUES):
        z[k] = talks.low_end[k] + share * (talks.high_end[k] - talks.low_end[k])
    return expected_value(talks, world, side, z)

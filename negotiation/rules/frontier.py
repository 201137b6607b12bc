"""Packages on the perceived Pareto frontier.

With payoffs that are separable and concave by issue, every frontier package maximises
``(1 - w) own + w other`` for one weight w in [0, 1] (Raiffa, *The Art and Science of
Negotiation*, 1982, ch. 11), so finding an offer is a search for one scalar. "Perceived": both
sides' payoffs are what the common beliefs expect. A delegation drafts on what is known of
both sides, so that the composition of its offers does not give its private type away.
"""

from __future__ import annotations

import math

from negotiation.compiling import compiled
from negotiation.rules.state import CHINA, US
from negotiation.scenario import MAX_ISSUES

STEPS = 12
FIRST, GROWTH = 0.1, 0.5  # first weight tried: FIRST + GROWTH sqrt(share given up)
STRIDE, LONGER = 0.05, 2.0  # first stride from there, growth from one to the next
NARROW = 0.03  # weights this close bound packages whose mixture is as good as on the frontier
BEYOND = 0.3 * NARROW
LINK_SWEEPS = 2


@compiled
def package_at(talks, world, side, weight, z):  # type: ignore[no-untyped-def]
    """Write into ``z`` the package that is best for ``side`` at ``weight`` on the other side.

    The maximiser of ``(1 - weight) own + weight other``, issue by issue. Also leaves the inverse
    curvatures in ``talks.inverse``, for the linked issues. The loop over the issues
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
            slope += link_slope(world, z, k)
            inside = min(max(-slope * talks.inverse[k], 0.0), world.reach[k])
            corner = world.reach[k] if slope + 0.5 * curve * world.reach[k] > 0.0 else 0.0
            better = inside if curve < 0.0 else corner
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
def total(parts):  # type: ignore[no-untyped-def]
    """Return the sum of an array over all slots, in four sums side by side."""
    a, b, c, d = parts[0], parts[1], parts[2], parts[3]
    for k in range(4, MAX_ISSUES, 4):
        a += parts[k]
        b += parts[k + 1]
        c += parts[k + 2]
        d += parts[k + 3]
    return (a + b) + (c + d)


@compiled
def expected_value(talks, world, side, z):  # type: ignore[no-untyped-def]
    """Return what ``z`` is expected to be worth to ``side`` under the beliefs, $bn per year."""
    for k in range(MAX_ISSUES):
        x = z[k]
        gain, bend = talks.expected_gain[side, k], talks.expected_bend[side, k]
        talks.tried[k] = x * (gain + 0.5 * bend * x)
    return world.agreement_value[side] + total(talks.tried) + link_value(world, z)


@compiled
def offer_worth(talks, world, side, target, z):  # type: ignore[no-untyped-def]
    """Write into ``z`` the frontier package that is expected to be worth ``target`` to ``side``.

    The most generous frontier package is taken when even that is worth more, the own ideal
    when nothing is worth as much. Returns what the package is worth, $bn per year. A search for
    two weights close to each other with the target in between; the offer is the mixture of their
    packages that is worth the target. Slopes would not help: most of the way is made where an
    issue jumps or runs up a steep ramp.
    """
    low, high, low_gap, high_gap = 0.0, 1.0, 0.0, 0.0
    low_seen = high_seen = False
    # what is given up grows with the square of the weight: a first guess
    weight, stride = FIRST + GROWTH * math.sqrt(max(1.0 - talks.held[side], 0.0)), STRIDE
    for step in range(STEPS):
        package_at(talks, world, side, weight, z)
        gap = expected_value(talks, world, side, z) - target
        if gap >= 0.0:
            if weight >= 1.0:
                talks.weight[side] = 1.0
                return target + gap  # even the most generous package is worth more
            low, low_gap, low_seen = weight, gap, True
            for k in range(MAX_ISSUES):
                talks.low_end[k] = z[k]
        else:
            if weight <= 0.0:
                talks.weight[side] = 0.0
                return target + gap  # nothing is worth as much
            high, high_gap, high_seen = weight, gap, True
            for k in range(MAX_ISSUES):
                talks.high_end[k] = z[k]
        if low_seen and high_seen:
            width = high - low
            if width < NARROW:
                break
            # where a straight line would put it, and a little beyond: to have it in between
            share = low_gap / (low_gap - high_gap)
            weight = low + share * width + (BEYOND if share < 0.5 else -BEYOND)
            if step % 4 == 3 or not low < weight < high:
                weight = 0.5 * (low + high)
        elif low_seen:
            weight = min(low + stride, 1.0)
            stride *= LONGER
        else:
            weight = max(high - stride, 0.0)
            stride *= LONGER
    share = mix(talks, world, side, low_gap, high_gap, z)
    talks.weight[side] = low + share * (high - low)
    return target


@compiled
def mix(talks, world, side, low_gap, high_gap, z):  # type: ignore[no-untyped-def]
    """Write into ``z`` the mixture of both ends of the bracket that is worth the target.

    Along the mixture the worth is quadratic. Returns the share of the high end.
    """
    for k in range(MAX_ISSUES):
        z[k] = talks.high_end[k] - talks.low_end[k]
        talks.tried[k] = 0.5 * talks.expected_bend[side, k] * z[k] * z[k]
    bend = total(talks.tried) + link_value(world, z)
    # low_gap + slope s + bend s^2 = 0, of which the root in [0, 1]
    slope = high_gap - low_gap - bend
    root = math.sqrt(max(slope * slope - 4.0 * bend * low_gap, 0.0))
    share = 2.0 * low_gap / (root - slope) if root > slope else 0.0
    share = min(max(share, 0.0), 1.0)
    for k in range(MAX_ISSUES):
        z[k] = talks.low_end[k] + share * z[k]
    return share

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

FIRST, GROWTH = 0.1, 0.5  # first weight tried: FIRST + GROWTH sqrt(share given up)
ABREAST = 3  # weights tried at a time; ``talks.trial`` has a row for each and two more
# They are COARSE apart at first, then FINE within the interval found: packages at weights less than
# 0.03 apart have a mixture as good as on the frontier. Both are sums of powers of two, so that
# steps of this length from one end of [0, 1] and from the other hit the ends exactly.
COARSE = 15.0 / 128.0
FINE = COARSE / (ABREAST + 1)
MOVES = 10  # more than enough to step from one end to the other
LINK_SWEEPS = 2


@compiled
def package_at(talks, world, side, weight, z):  # type: ignore[no-untyped-def]
    """Write into ``z`` the package that is best for ``side`` at ``weight`` on the other side.

    The maximiser of ``(1 - weight) own + weight other``, issue by issue. The loop over the issues
    runs over all slots, used or not, and writes nowhere but at fixed places of ``talks``: so it
    has a fixed length for the compiler, which sees that no store changes what is read, and runs
    in vector registers.
    """
    us, china = shares(side, weight)
    for k in range(MAX_ISSUES):
        slope = us * talks.expected_gain[US, k] + china * talks.expected_gain[CHINA, k]
        curve = us * talks.expected_bend[US, k] + china * talks.expected_bend[CHINA, k]
        inverse = 1.0 / curve
        talks.slope[1, k], talks.curve[1, k] = slope, curve
        talks.inverse[1, k] = inverse
        talks.trial[1, k] = best_given(slope, curve, inverse, world.reach[k])
    if world.n_links > 0.0:
        heed_links(talks, world, 1)
    for k in range(MAX_ISSUES):
        z[k] = talks.trial[1, k]


@compiled
def shares(side, weight):  # type: ignore[no-untyped-def]
    """Return what the gains of the US and of China count at ``weight`` on the other of ``side``."""
    us = 1.0 - weight if side == US else weight
    return us, 1.0 - us


@compiled
def heed_links(talks, world, rows):  # type: ignore[no-untyped-def]
    """Move both issues of each link to where they are best given the others, a few times over.

    In ``rows`` rows of ``talks.trial`` from row 1 on. ``talks.slope`` comes to hold the pull of the
    links: for a link that has one its own is taken out first. Where there is one link only, its
    own two issues have settled after the first pass.
    """
    links = int(world.n_links)
    for sweep in range(LINK_SWEEPS if links > 1 else 1):
        for m in range(links):
            i, j = int(world.link_first[m]), int(world.link_second[m])
            value, reach_i, reach_j = world.link_value[m], world.reach[i], world.reach[j]
            held = value if sweep > 0 else 0.0
            for n in range(1, 1 + rows):
                x, y = talks.trial[n, i], talks.trial[n, j]
                slope_i, slope_j = talks.slope[n, i] - held * y, talks.slope[n, j] - held * x
                curve_i, curve_j = talks.curve[n, i], talks.curve[n, j]
                inverse_i, inverse_j = talks.inverse[n, i], talks.inverse[n, j]
                for _ in range(LINK_SWEEPS):
                    x = best_given(slope_i + value * y, curve_i, inverse_i, reach_i)
                    y = best_given(slope_j + value * x, curve_j, inverse_j, reach_j)
                talks.trial[n, i], talks.trial[n, j] = x, y
                talks.slope[n, i] = slope_i + value * y
                talks.slope[n, j] = slope_j + value * x


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
    return best_given(slope, bend, 1.0 / bend, reach)


@compiled
def best_given(slope, bend, inverse, reach):  # type: ignore[no-untyped-def]
    """Return the same where ``inverse``, which is ``1 / bend``, is known."""
    # selections instead of branches, so that a loop over issues runs in vector registers
    inside = -slope * inverse
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
def try_weights(talks, world, side, first, apart, target):  # type: ignore[no-untyped-def]
    """Fill rows 1 to ABREAST of ``talks.trial`` with the packages at weights ``apart`` apart.

    And of ``talks.gap`` with what each is expected to be worth to ``side`` beyond ``target``.
    Trying weights together costs little more than trying one: they share what is read and need
    not wait for one another. As in :func:`package_at` the loops run in vector registers.
    """
    for k in range(MAX_ISSUES):
        for n in range(ABREAST):
            us, china = shares(side, first + n * apart)
            slope = us * talks.expected_gain[US, k] + china * talks.expected_gain[CHINA, k]
            curve = us * talks.expected_bend[US, k] + china * talks.expected_bend[CHINA, k]
            inverse = 1.0 / curve
            talks.slope[1 + n, k], talks.curve[1 + n, k] = slope, curve
            talks.inverse[1 + n, k] = inverse
            talks.trial[1 + n, k] = best_given(slope, curve, inverse, world.reach[k])
    if world.n_links > 0.0:
        heed_links(talks, world, ABREAST)
    for k in range(MAX_ISSUES):
        gain, bend = talks.expected_gain[side, k], talks.expected_bend[side, k]
        for n in range(1, 1 + ABREAST):
            x = talks.trial[n, k]
            talks.brings[n, k] = x * (gain + 0.5 * bend * x)
    beyond = world.agreement_value[side] - target
    for n in range(1, 1 + ABREAST):
        talks.gap[n] = beyond + total(talks.brings[n]) + link_value(world, talks.trial[n])


@compiled
def offer_worth(talks, world, side, target, z):  # type: ignore[no-untyped-def]
    """Write into ``z`` the frontier package that is expected to be worth ``target`` to ``side``.

    The most generous frontier package is taken when even that is worth more, the own ideal
    when nothing is worth as much. Returns what the package is worth, $bn per year. A search for
    two weights close to each other with the target in between; the offer is the mixture of their
    packages that is worth the target. Slopes would not help: most of the way is made where an
    issue jumps or runs up a steep ramp.
    """
    trial, gap = talks.trial, talks.gap
    span = (ABREAST - 1) * COARSE
    # what is given up grows with the square of the weight: a first guess
    first = FIRST + GROWTH * math.sqrt(max(1.0 - talks.held[side], 0.0)) - 0.5 * span
    for _ in range(MOVES):
        first = min(max(first, 0.0), 1.0 - span)
        try_weights(talks, world, side, first, COARSE, target)
        if gap[1] < 0.0:
            if first == 0.0:
                return settle(talks, side, 0.0, trial[1], target + gap[1], z)
            first -= span
        elif gap[ABREAST] >= 0.0:
            if first + span == 1.0:
                return settle(talks, side, 1.0, trial[ABREAST], target + gap[ABREAST], z)
            first += span
        else:
            break
    low = last_above(gap, 1, ABREAST)
    # the ends of the interval found go to either side of the weights tried within it
    for k in range(MAX_ISSUES):
        trial[0, k], trial[ABREAST + 1, k] = trial[low, k], trial[low + 1, k]
    gap[0], gap[ABREAST + 1] = gap[low], gap[low + 1]
    start = first + (low - 1) * COARSE
    try_weights(talks, world, side, start + FINE, FINE, target)
    low = last_above(gap, 0, ABREAST + 1)
    share = mix(talks, world, side, low, z)
    talks.weight[side] = start + (low + share) * FINE
    return target


@compiled
def last_above(gap, first, last):  # type: ignore[no-untyped-def]
    """Return the last of the entries from ``first`` on, short of ``last``, that are not below 0."""
    low = first
    while low < last - 1 and gap[low + 1] >= 0.0:
        low += 1
    return low


@compiled
def settle(talks, side, weight, package, value, z):  # type: ignore[no-untyped-def]
    """Offer the package at an end of the frontier; return what it is worth."""
    talks.weight[side] = weight
    for k in range(MAX_ISSUES):
        z[k] = package[k]
    return value


@compiled
def mix(talks, world, side, low, z):  # type: ignore[no-untyped-def]
    """Write into ``z`` the mixture of rows ``low`` and ``low + 1`` that is worth the target.

    Along the mixture the worth is quadratic. Returns the share of the second.
    """
    low_end, high_end = talks.trial[low], talks.trial[low + 1]
    low_gap, high_gap = talks.gap[low], talks.gap[low + 1]
    for k in range(MAX_ISSUES):
        z[k] = high_end[k] - low_end[k]
        talks.tried[k] = 0.5 * talks.expected_bend[side, k] * z[k] * z[k]
    bend = total(talks.tried) + link_value(world, z)
    # low_gap + slope s + bend s^2 = 0, of which the root in [0, 1]
    slope = high_gap - low_gap - bend
    root = math.sqrt(max(slope * slope - 4.0 * bend * low_gap, 0.0))
    share = 2.0 * low_gap / (root - slope) if root > slope else 0.0
    share = min(max(share, 0.0), 1.0)
    for k in range(MAX_ISSUES):
        z[k] = low_end[k] + share * z[k]
    return share

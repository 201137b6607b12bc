"""Packages on the perceived Pareto frontier.

With payoffs that are separable and concave by issue, every frontier package maximises
``(1 - w) own + w other`` for one weight w in [0, 1] (Raiffa, *The Art and Science of
Negotiation*, 1982, ch. 11). "Perceived": both sides' payoffs are what the common beliefs expect.
A delegation drafts on what is known of both sides, so that the composition of its offers does
not give its private type away.
"""

from __future__ import annotations

from negotiation.compiling import compiled, inlined
from negotiation.payoffs.world import US_TARIFF, Numbers
from negotiation.records import Array
from negotiation.rules.reference import (
    below,
    below_reference,
    reference_loss_rate,
    take_back,
)
from negotiation.rules.state import ABREAST, CHINA, US, State
from negotiation.scenario import MAX_ISSUES
from negotiation.solvers.best_share import best_given, best_z
from negotiation.solvers.shared_room import cost_past
from negotiation.solvers.sums import total

LINK_SWEEPS = 2


@compiled
def package_at(talks: State, world: Numbers, side: int, weight: float, z: Array) -> None:
    """Write into ``z`` the package that is best for ``side`` at ``weight`` on the other side.

    The maximiser of ``(1 - weight) own + weight other``, issue by issue.
    """
    packages_beside(talks, world, side, weight, 0.0)
    finish_package(talks, world, side, weight, 0)
    take(talks, 0, z)


@compiled
def packages_beside(talks: State, world: Numbers, side: int, first: float, apart: float) -> None:
    """Fill ``scratch.beside`` with the packages that are best at ABREAST weights, ``apart`` apart.

    But for tariff cuts below the reference, which `finish_package` heeds. Weights are tried
    together because the processor works on several at once in its vector registers. For that the
    inner loop has a fixed length, and reads nothing that it writes.
    """
    # the weight on the US: own + slope w
    own, slope = (1.0, -1.0) if side == US else (0.0, 1.0)
    for k in range(int(world.n_issues)):
        us_gain, china_gain = talks.expected_gain[US, k], talks.expected_gain[CHINA, k]
        us_bend, china_bend = talks.expected_bend[US, k], talks.expected_bend[CHINA, k]
        cap = talks.cap[k]
        for n in range(ABREAST):
            us = own + slope * (first + n * apart)
            china = 1.0 - us
            talks.scratch.beside[k, n] = best_z(
                us * us_gain + china * china_gain, us * us_bend + china * china_bend, cap
            )
    if world.n_links > 0.0:
        heed_links(talks, world, own + slope * first, slope * apart)


@compiled
def heed_links(talks: State, world: Numbers, first: float, apart: float) -> None:
    """Move both issues of each link to where they are best given the others, a few times over.

    In all packages of ``scratch.beside``; ``first`` and ``apart`` are of their weights on the US.
    """
    links = int(world.n_links)
    for _ in range(LINK_SWEEPS if links > 1 else 1):
        for m in range(links):
            i, j, value = int(world.link_first[m]), int(world.link_second[m]), world.link_value[m]
            us_i, china_i = talks.expected_gain[US, i], talks.expected_gain[CHINA, i]
            us_j, china_j = talks.expected_gain[US, j], talks.expected_gain[CHINA, j]
            us_bend_i, china_bend_i = talks.expected_bend[US, i], talks.expected_bend[CHINA, i]
            us_bend_j, china_bend_j = talks.expected_bend[US, j], talks.expected_bend[CHINA, j]
            cap_i, cap_j = talks.cap[i], talks.cap[j]
            if links > 1:  # else there are none, and ``scratch.pull`` stays zero
                add_other_links(talks, world, m, i, talks.scratch.pull[0])
                add_other_links(talks, world, m, j, talks.scratch.pull[1])
            for n in range(ABREAST):
                us = first + n * apart
                china = 1.0 - us
                slope_i = us * us_i + china * china_i + talks.scratch.pull[0, n]
                slope_j = us * us_j + china * china_j + talks.scratch.pull[1, n]
                bend_i = us * us_bend_i + china * china_bend_i
                bend_j = us * us_bend_j + china * china_bend_j
                inverse_i, inverse_j = 1.0 / bend_i, 1.0 / bend_j
                y = talks.scratch.beside[j, n]
                for _ in range(LINK_SWEEPS):
                    x = best_given(slope_i + value * y, bend_i, inverse_i, cap_i)
                    y = best_given(slope_j + value * x, bend_j, inverse_j, cap_j)
                talks.scratch.beside[i, n], talks.scratch.beside[j, n] = x, y


@compiled
def add_other_links(talks: State, world: Numbers, own: int, k: int, pull: Array) -> None:
    """Write into ``pull`` what conceding issue ``k`` further adds through all links but one."""
    for n in range(ABREAST):
        pull[n] = 0.0
    for m in range(int(world.n_links)):
        i, j = int(world.link_first[m]), int(world.link_second[m])
        if m != own and k in (i, j):
            other = j if k == i else i
            for n in range(ABREAST):
                pull[n] += world.link_value[m] * talks.scratch.beside[other, n]


@compiled
def finish_package(talks: State, world: Numbers, side: int, weight: float, n: int) -> None:
    """Write package ``n`` of ``scratch.beside``, at ``weight``, into ``scratch.trial``, finished.

    By itself: that is scalar work, and of the packages beside each other few are asked for.
    """
    for k in range(MAX_ISSUES):
        talks.scratch.trial[n, k] = talks.scratch.beside[k, n]
    if reference_loss_rate(world) > 0.0:
        us = 1.0 - weight if side == US else weight
        heed_reference(talks, world, us, talks.scratch.trial[n])


@compiled
def heed_reference(talks: State, world: Numbers, us: float, z: Array) -> None:
    """Take back tariff cuts that cost more below the reference than they bring.

    In package ``z``, in which the US has weight ``us``.
    """
    if below(talks, world, z) <= 0.0:
        return
    slope, kept, links = talks.scratch.slope, talks.scratch.kept, int(world.n_links)
    for sweep in range(LINK_SWEEPS if links > 0 else 1):
        for a in range(talks.tariffs):
            lay_open(talks, us, talks.tariff[a], z)
        for m in range(links):
            lay_open(talks, us, int(world.link_first[m]), z)
            lay_open(talks, us, int(world.link_second[m]), z)
        for m in range(links):
            i, j = int(world.link_first[m]), int(world.link_second[m])
            slope[i] += world.link_value[m] * kept[j]
            slope[j] += world.link_value[m] * kept[i]
        take_back(talks, world, us, talks.cap, sweep > 0)
        for m in range(links):
            i, j = int(world.link_first[m]), int(world.link_second[m])
            follow(talks, world, m, i, j, z)
            follow(talks, world, m, j, i, z)
        for a in range(talks.tariffs):
            z[talks.tariff[a]] = kept[talks.tariff[a]]
        for m in range(links):
            i, j = int(world.link_first[m]), int(world.link_second[m])
            z[i], z[j] = kept[i], kept[j]


@inlined
def lay_open(talks: State, us: float, k: int, z: Array) -> None:
    """Write into the scratch what issue ``k`` of ``z`` brings at weight ``us`` on the US."""
    found, china = talks.scratch, 1.0 - us
    found.kept[k] = z[k]
    found.slope[k] = us * talks.expected_gain[US, k] + china * talks.expected_gain[CHINA, k]
    found.bend[k] = us * talks.expected_bend[US, k] + china * talks.expected_bend[CHINA, k]


@compiled
def follow(talks: State, world: Numbers, m: int, cut: int, linked: int, z: Array) -> None:
    """Move issue ``linked`` to where it is best once link ``m``'s tariff ``cut`` is taken back."""
    if world.kind[cut] != US_TARIFF or world.kind[linked] == US_TARIFF:
        return
    kept, bend = talks.scratch.kept, talks.scratch.bend[linked]
    moved = kept[cut] - z[cut]
    talks.scratch.slope[linked] += world.link_value[m] * moved
    kept[linked] = best_z(talks.scratch.slope[linked], bend, talks.cap[linked])


@compiled
def weigh_sides(talks: State, us: float, china: float) -> None:
    """Fill ``scratch.sum_gain`` and ``scratch.sum_half_bend`` for the sum ``us U + china C``.

    U and C are what a package is expected to bring the US and China, agreement itself apart; the
    sum is that over the issues of ``gain z + half_bend z^2``, and of what links add.
    """
    for k in range(MAX_ISSUES):
        gain = us * talks.expected_gain[US, k] + china * talks.expected_gain[CHINA, k]
        bend = us * talks.expected_bend[US, k] + china * talks.expected_bend[CHINA, k]
        talks.scratch.sum_gain[k], talks.scratch.sum_half_bend[k] = gain, 0.5 * bend


@compiled
def score_package(
    talks: State, world: Numbers, us: float, china: float, beyond: float, n: int
) -> None:
    """Write into ``scratch.score`` that sum, plus ``beyond``, for package ``n`` of those tried."""
    z, gain, half_bend = talks.scratch.trial[n], talks.scratch.sum_gain, talks.scratch.sum_half_bend
    score = beyond
    # four issues at a time: each sum has to wait for the one before
    for k in range(0, int(world.n_issues), 4):
        z_1, z_2, z_3, z_4 = z[k], z[k + 1], z[k + 2], z[k + 3]
        left = z_1 * (gain[k] + half_bend[k] * z_1)
        left += z_2 * (gain[k + 1] + half_bend[k + 1] * z_2)
        right = z_3 * (gain[k + 2] + half_bend[k + 2] * z_3)
        right += z_4 * (gain[k + 3] + half_bend[k + 3] * z_4)
        score += left + right
    for m in range(int(world.n_links)):
        i, j = int(world.link_first[m]), int(world.link_second[m])
        score += (us + china) * world.link_value[m] * z[i] * z[j]
    rate = us * reference_loss_rate(world)
    if rate != 0.0:
        score -= cost_past(rate, points_of_trial(talks, world, n), talks.room)
    talks.scratch.score[n] = score


@compiled
def points_of_trial(talks: State, world: Numbers, n: int) -> float:
    """Return by how many points package ``n`` of those tried cuts tariffs below the reference."""
    points = -talks.room
    for a in range(talks.tariffs):
        points += talks.falls[a] * talks.scratch.trial[n, talks.tariff[a]]
    return points


@compiled
def take(talks: State, n: int, z: Array) -> None:
    """Write into ``z`` package ``n`` of those tried."""
    for k in range(MAX_ISSUES):
        z[k] = talks.scratch.trial[n, k]


@compiled
def link_value(world: Numbers, z: Array) -> float:
    """Return what either side gains from linked issues conceded together, $bn per year."""
    value = 0.0
    for m in range(int(world.n_links)):
        value += world.link_value[m] * z[int(world.link_first[m])] * z[int(world.link_second[m])]
    return value


@compiled
def expected_value(talks: State, world: Numbers, side: int, z: Array) -> float:
    """Return what ``z`` is expected to be worth to ``side`` under the beliefs, $bn per year."""
    for k in range(MAX_ISSUES):
        x = z[k]
        gain, bend = talks.expected_gain[side, k], talks.expected_bend[side, k]
        talks.scratch.tried[k] = x * (gain + 0.5 * bend * x)
    value = talks.agreement[side] + total(talks.scratch.tried) + link_value(world, z)
    return value - below_reference(talks, world, z) if side == US else value

"""Packages on the perceived Pareto frontier.

With payoffs that are separable and concave by issue, every frontier package maximises
``(1 - w) own + w other`` for one weight w in [0, 1] (Raiffa, *The Art and Science of
Negotiation*, 1982, ch. 11). "Perceived": both sides' payoffs are what the common beliefs expect.
A delegation drafts on what is known of both sides, so that the composition of its offers does
not give its private type away.
"""

from __future__ import annotations

from negotiation.compiling import compiled
from negotiation.payoffs.world import DRAFTS, US_TARIFF, Numbers
from negotiation.records import Array
from negotiation.rules.state import ABREAST, CHINA, US, State
from negotiation.scenario import MAX_ISSUES
from negotiation.solvers.draft_problem import past
from negotiation.solvers.sums import total

LINK_SWEEPS = 2


@compiled
def package_at(talks: State, world: Numbers, side: int, weight: float, z: Array) -> None:
    """Write into ``z`` the package that is best for ``side`` at ``weight`` on the other side.

    The maximiser of ``(1 - weight) own + weight other``, issue by issue.
    """
    packages_at(talks, world, side, weight, 0.0)
    take(talks, 0, z)


@compiled
def packages_at(talks: State, world: Numbers, side: int, first: float, apart: float) -> None:
    """Fill ``scratch.trial`` with the frontier packages at ABREAST weights, ``apart`` apart.

    Weights are tried together because the processor works on several at once in its vector
    registers. For that the inner loop has a fixed length, and reads nothing that it writes.
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
            talks.scratch.trial[k, n] = best_z(
                us * us_gain + china * china_gain, us * us_bend + china * china_bend, cap
            )
    if world.n_links > 0.0:
        heed_links(talks, world, own + slope * first, slope * apart)


@compiled
def heed_links(talks: State, world: Numbers, first: float, apart: float) -> None:
    """Move both issues of each link to where they are best given the others, a few times over.

    In all packages of ``scratch.trial``; ``first`` and ``apart`` are of their weights on the US.
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
                y = talks.scratch.trial[j, n]
                for _ in range(LINK_SWEEPS):
                    x = best_given(slope_i + value * y, bend_i, inverse_i, cap_i)
                    y = best_given(slope_j + value * x, bend_j, inverse_j, cap_j)
                talks.scratch.trial[i, n], talks.scratch.trial[j, n] = x, y


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
                pull[n] += world.link_value[m] * talks.scratch.trial[other, n]


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
def score_packages(talks: State, world: Numbers, both: float, beyond: float) -> None:
    """Write into ``scratch.score`` that sum for each package tried, plus ``beyond``.

    ``both`` is what the two sides count together.
    """
    # four issues at a time: each pass over the scores has to wait for the one before
    for k in range(0, int(world.n_issues), 4):
        gain_1, gain_2 = talks.scratch.sum_gain[k], talks.scratch.sum_gain[k + 1]
        gain_3, gain_4 = talks.scratch.sum_gain[k + 2], talks.scratch.sum_gain[k + 3]
        bend_1, bend_2 = talks.scratch.sum_half_bend[k], talks.scratch.sum_half_bend[k + 1]
        bend_3, bend_4 = talks.scratch.sum_half_bend[k + 2], talks.scratch.sum_half_bend[k + 3]
        for n in range(ABREAST):
            z_1, z_2 = talks.scratch.trial[k, n], talks.scratch.trial[k + 1, n]
            z_3, z_4 = talks.scratch.trial[k + 2, n], talks.scratch.trial[k + 3, n]
            left = z_1 * (gain_1 + bend_1 * z_1) + z_2 * (gain_2 + bend_2 * z_2)
            right = z_3 * (gain_3 + bend_3 * z_3) + z_4 * (gain_4 + bend_4 * z_4)
            talks.scratch.score[n] = (talks.scratch.score[n] if k > 0 else beyond) + (left + right)
    for m in range(int(world.n_links)):
        i, j, value = int(world.link_first[m]), int(world.link_second[m]), world.link_value[m]
        for n in range(ABREAST):
            talks.scratch.score[n] += (
                both * value * talks.scratch.trial[i, n] * talks.scratch.trial[j, n]
            )


@compiled
def take(talks: State, n: int, z: Array) -> None:
    """Write into ``z`` package ``n`` of those tried."""
    for k in range(MAX_ISSUES):
        z[k] = talks.scratch.trial[k, n]


@compiled
def link_value(world: Numbers, z: Array) -> float:
    """Return what either side gains from linked issues conceded together, $bn per year."""
    value = 0.0
    for m in range(int(world.n_links)):
        value += world.link_value[m] * z[int(world.link_first[m])] * z[int(world.link_second[m])]
    return value


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
def below_reference(talks: State, world: Numbers, z: Array) -> float:
    """Return what the US loses at home if the tariff cuts of ``z`` go below its other deals."""
    loss = reference_loss_rate(world)
    if loss == 0.0:
        return 0.0
    cut = 0.0
    for k in range(int(world.n_issues)):
        cut += tariff_points(world, k) * z[k]
    return loss * (past(cut - talks.room) - past(-talks.room))


@compiled
def best_z(slope: float, bend: float, reach: float) -> float:
    """Return the z in [0, reach] that maximises ``slope z + bend z^2 / 2``.

    Examples
    --------
    >>> best_z(1.0, -2.0, 1.0), best_z(1.0, 0.0, 1.0), best_z(-1.0, -1.0, 1.0)
    (0.5, 1.0, 0.0)
    """
    # 1 / 0 is infinite here, and not used: without a bend one of the corners is best
    return best_given(slope, bend, 1.0 / bend, reach)


@compiled
def best_given(slope: float, bend: float, inverse: float, reach: float) -> float:
    """Return the same where ``inverse``, which is ``1 / bend``, is known."""
    # selections instead of branches, so that a loop runs in vector registers
    inside = -slope * inverse
    inside = inside if inside > 0.0 else 0.0
    inside = inside if inside < reach else reach
    corner = reach if slope + 0.5 * bend * reach > 0.0 else 0.0
    return inside if bend < 0.0 else corner


@compiled
def expected_value(talks: State, world: Numbers, side: int, z: Array) -> float:
    """Return what ``z`` is expected to be worth to ``side`` under the beliefs, $bn per year."""
    for k in range(MAX_ISSUES):
        x = z[k]
        gain, bend = talks.expected_gain[side, k], talks.expected_bend[side, k]
        talks.scratch.tried[k] = x * (gain + 0.5 * bend * x)
    value = talks.agreement[side] + total(talks.scratch.tried) + link_value(world, z)
    return value - below_reference(talks, world, z) if side == US else value

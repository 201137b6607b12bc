"""The search along the perceived Pareto frontier: one scalar, the weight on the other side.

The frontier is looked at from own ideal to other's ideal in steps of 1/32 of the weight. Between
two neighbours a mixture of their packages is as good as on the frontier. Slopes would not help:
most of the way is made where an issue jumps or runs up a steep ramp.
"""

from __future__ import annotations

import math

from negotiation.compiling import compiled
from negotiation.payoffs.world import Numbers
from negotiation.records import Array
from negotiation.rules.frontier import (
    finish_package,
    link_value,
    packages_beside,
    points_of_trial,
    score_package,
    take,
    weigh_sides,
)
from negotiation.rules.reference import reference_loss_rate
from negotiation.rules.state import ABREAST, US, State
from negotiation.solvers.draft_problem import past

STEPS = 32  # from one end of the frontier to the other; a power of two, so that weights are exact
SPAN = ABREAST - 1  # steps from the first weight that is tried to the last
MOVES = 2 + STEPS // SPAN
HALVINGS = 40  # of the way between two of them
FIRST, GROWTH = 0.16, 0.5  # weight expected in an offer: FIRST + GROWTH sqrt(share given up)


@compiled
def offer_worth(talks: State, world: Numbers, side: int, target: float, z: Array) -> float:
    """Write into ``z`` the frontier package that is expected to be worth ``target`` to ``side``.

    The most generous frontier package is taken when even that is worth more, the own ideal
    when nothing is worth as much. Returns what the package is worth, $bn per year.
    """
    us, china = (1.0, 0.0) if side == US else (0.0, 1.0)
    # what is given up grows with the square of the weight
    guess = FIRST + GROWTH * math.sqrt(max(1.0 - talks.held[side], 0.0))
    beyond = talks.agreement[side] - target
    talks.weight[side], over = search(talks, world, side, us, china, beyond, guess, z)
    return target + over


@compiled
def search(
    talks: State, world: Numbers, side: int, us: float, china: float, beyond: float, guess: float,
    z: Array,
) -> tuple[float, float]:  # fmt: skip
    """Write into ``z`` the frontier package at which ``us U + china C + beyond`` is zero.

    U and C are what it is expected to bring the US and China, agreement itself apart. The sum is
    to fall in the weight on the side that is not ``side``, which is tried first around ``guess``.
    Where links make it rise here and there, one of its changes of sign is found all the same.
    Returns the weight and the sum: zero, unless it is negative from the start or positive to the
    end, when that end is taken.
    """
    weigh_sides(talks, us, china)
    # a window of ABREAST weights with the guess in its middle
    first = min(max(int(STEPS * guess) - SPAN // 2, 0), STEPS - SPAN)
    above = 0  # packages before the one from which on the sum is negative
    for _ in range(MOVES):
        packages_beside(talks, world, side, first / STEPS, 1.0 / STEPS)
        # by halves, as finishing and scoring a package costs more than making it
        low, above = -1, ABREAST
        while above - low > 1:
            n = (low + above) // 2
            finish_package(talks, world, side, (first + n) / STEPS, n)
            score_package(talks, world, us, china, beyond, n)
            if talks.scratch.score[n] >= 0.0:
                low = n
            else:
                above = n
        # windows share an end, so that a change of sign between two of them is not missed
        if above == 0 and first > 0:
            first = max(first - SPAN, 0)
        elif above == ABREAST and first < STEPS - SPAN:
            first = min(first + SPAN, STEPS - SPAN)
        else:
            break
    if above == 0 or above == ABREAST:
        end = min(above, ABREAST - 1)
        take(talks, end, z)
        return (first + end) / STEPS, talks.scratch.score[end]
    low = above - 1
    share = mix(talks, world, low, us, china, z)
    return (first + low + share) / STEPS, 0.0


@compiled
def mix(talks: State, world: Numbers, low: int, us: float, china: float, z: Array) -> float:
    """Write into ``z`` the mixture of packages ``low`` and ``low + 1`` whose score is zero.

    Along the mixture the score is quadratic, but for tariffs cut below the reference. Returns the
    share of the second.
    """
    bend = 0.0
    n_issues = int(world.n_issues)
    for k in range(n_issues):
        step = talks.scratch.trial[low + 1, k] - talks.scratch.trial[low, k]
        bend += talks.scratch.sum_half_bend[k] * step * step
        z[k] = step
    bend += (us + china) * link_value(world, z)
    start = talks.scratch.score[low]
    rate = us * reference_loss_rate(world)
    points, more = points_of_trial(talks, world, low), points_of_trial(talks, world, low + 1)
    lost, lost_more = rate * past(points), rate * past(more)
    if lost != lost_more:
        smooth = talks.scratch.score[low + 1] + lost_more - start - lost - bend
        share = root_beside_loss(start + lost, smooth, bend, rate, points, more)
    else:
        # start + slope s + bend s^2 = 0, of which the root in [0, 1]
        slope = talks.scratch.score[low + 1] - start - bend
        root = math.sqrt(max(slope * slope - 4.0 * bend * start, 0.0))
        # the form in which nothing cancels: the score falls from start >= 0 to below zero
        share = 2.0 * start / (root - slope) if root > slope else 0.0
    share = min(max(share, 0.0), 1.0)
    for k in range(n_issues):
        z[k] = talks.scratch.trial[low, k] + share * z[k]
    return share


@compiled
def root_beside_loss(
    start: float, slope: float, bend: float, rate: float, points: float, more: float
) -> float:
    """Return the s in [0, 1] at which ``start + slope s + bend s^2`` is what tariff cuts lose.

    The cuts go below the reference by ``points`` at 0 and by ``more`` at 1; each point costs
    ``rate``.
    """
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        s = 0.5 * (low + high)
        lost = rate * past(points + s * (more - points))
        if start + s * (slope + bend * s) - lost >= 0.0:
            low = s
        else:
            high = s
    return 0.5 * (low + high)

"""The slope and the curvature of a draft's log-odds, worked out by hand.

With P the chance to sign and softplus as in `draft_objective`, phi rises and is concave:

    phi'  = (1 - P) + prize P / softplus,
    phi'' = -P (1 - P) + prize P ((1 - P) softplus - P) / softplus^2 < 0.

So is J, as far as payoffs are: bends are negative, no links, support above one half. Tariffs may
bring the receiver more by the piece, links multiply two shares, a group that is against is won over
faster and faster; there J may curve upwards. The slope is a weighted sum of directions u, one for
each type and group, and the second derivatives are weighted squares u u' of these and of each home
front's own direction, plus the bends of the issues.
"""

from __future__ import annotations

from negotiation.compiling import compiled, inlined
from negotiation.records import Array
from negotiation.solvers.draft_objective import LEAST_SHOCK, ROW, SIDE, DraftWork, beyond
from negotiation.solvers.draft_problem import TYPES, DraftProblem

FEW = 3e-7  # softplus below which a series is more exact than the formula
RIDGE = 1e-8  # added to a curvature that is flat in some direction


@compiled
def appeal_slopes(p: float, soft: float, prize: float) -> tuple[float, float]:
    """Return the first two derivatives of phi where the chance to sign is p and softplus ``soft``.

    Examples
    --------
    >>> import math
    >>> appeal_slopes(0.5, math.log(2.0), 0.0), appeal_slopes(0.0, 0.0, 0.5)
    ((0.5, -0.25), (1.5, -0.0))
    """
    inverse = 1.0 / soft
    ratio = p * inverse
    turn = ratio * ((1.0 - p) * soft - p) * inverse
    # the series: in the formula, numbers that agree to all digits would be subtracted
    ratio = ratio if soft > FEW else 1.0 - 0.5 * p
    turn = turn if soft > FEW else -0.5 * p
    return (1.0 - p) + prize * ratio, -p * (1.0 - p) + prize * turn


@compiled
def all_slopes(p: Array, soft: Array, prize: float, first: Array, second: Array) -> None:
    """Write what `appeal_slopes` says for all types of both sides, several at a time."""
    for n in range(ROW):
        first[n], second[n] = appeal_slopes(p[n], soft[n], prize)


@compiled
def derivatives(problem: DraftProblem, work: DraftWork, z: Array) -> None:
    """Write the slope of J at the package last valued, and what its curvature is made of.

    They go into ``work.quadratic``, in the order of ``work.active``, the second derivatives with
    the sign turned. `add_squares` completes these: the end of a search needs the slope alone.
    """
    q = work.quadratic
    q.count, work.rows = work.count, 0
    for a in range(q.count):
        q.gradient[a] = work.lift[a] = work.shared[a] = 0.0
        for b in range(q.count):
            q.curvature[a, b] = 0.0
    for m in range(problem.links):
        one, two = work.place[problem.first[m]], work.place[problem.second[m]]
        if one >= 0 and two >= 0:
            work.shared[one] += problem.link[m] * z[problem.second[m]]
            work.shared[two] += problem.link[m] * z[problem.first[m]]
    all_slopes(work.chance, work.soft, problem.prize, work.first, work.second)
    for i in range(2):
        add_signature(problem, work, i, z)
        if problem.groups[i] > 0:
            add_home(problem, work, i, z)
    add_slopes(work)


@compiled
def add_signature(problem: DraftProblem, work: DraftWork, i: int, z: Array) -> None:
    """Add what the signature of side i contributes: a direction for each type."""
    # what one more $bn to all types counts, and to each type in proportion to a trait of its own
    plain = stance = square = 0.0
    row = work.rows
    for m in range(TYPES):
        p, t = problem.belief[i, m], problem.trait[i, m]
        push = p * problem.precision[i] * work.first[SIDE * i + m]
        work.push[row + m] = push
        second = work.second[SIDE * i + m]
        work.turn[row + m] = p * problem.precision[i] * problem.precision[i] * second
        plain += push
        stance += push * problem.stance[i, m]
        square += push * t * t
    for a in range(work.count):
        k = work.active[a]
        x = z[k]
        common = work.plain[i, k] + problem.bend_alpha[i, k] * x + work.shared[a]
        common -= work.minds[i] * problem.fall[i, k]
        bend = plain * problem.bend_alpha[i, k]
        bend += stance * problem.bend_beta[i, k] + square * problem.bend_tau[i, k]
        if problem.giver[k] == i:
            excess = beyond(problem, work, k, x)
            if excess > 0.0:
                rise = -(work.expected[i, k] + work.bend[i, k] * x)
                common -= excess * rise / problem.authority[i]
                bend -= plain * (rise * rise - excess * work.bend[i, k]) / problem.authority[i]
        by_stance = problem.beta[i, k] + problem.bend_beta[i, k] * x
        by_square = problem.bend_tau[i, k] * x
        for m in range(TYPES):
            t = problem.trait[i, m]
            own = problem.stance[i, m] * by_stance + t * (problem.tau[i, k] + t * by_square)
            work.direction[a, row + m] = common + own
        add_bend(work, a, a, bend)
    add_links(problem, work, plain)
    add_falls(problem, work, i, plain)
    work.rows = row + TYPES


@compiled
def add_home(problem: DraftProblem, work: DraftWork, i: int, z: Array) -> None:
    """Add what the home front of side i contributes: a direction for each group, one for all."""
    groups, row = problem.groups[i], work.rows
    weights = public = 0.0
    for g in range(groups):
        weights += problem.weight[i, g]
    inverse, shock = 1.0 / weights, max(problem.shock[i], LEAST_SHOCK)
    pull = (1.0 - work.passes[i]) / shock  # of one more point of support
    for g in range(groups):
        p = work.swayed[i, g]
        # so many more are won by one more point
        work.won[g] = problem.weight[i, g] * inverse * p * (1.0 - p)
        work.push[row + g] = pull * work.won[g]
        work.turn[row + g] = pull * work.won[g] * (1.0 - 2.0 * p)
        public += pull * work.won[g] * problem.notice
    # log P bends with the support as a whole too; its slope is counted with the groups
    work.push[row + groups] = 0.0
    work.turn[row + groups] = -work.passes[i] * pull / shock
    for a in range(work.count):
        k = work.active[a]
        worth = work.expected[i, k] + work.bend[i, k] * z[k] + work.shared[a]
        worth -= work.minds[i] * problem.fall[i, k]
        whole = 0.0
        for g in range(groups):
            u = problem.points[i, g, k] + problem.notice * worth
            work.direction[a, row + g] = u
            whole += work.won[g] * u
        work.direction[a, row + groups] = whole
        add_bend(work, a, a, public * work.bend[i, k])
    add_links(problem, work, public)
    add_falls(problem, work, i, public)
    work.rows = row + groups + 1


@compiled
def add_bend(work: DraftWork, a: int, b: int, bend: float) -> None:
    """Add a second derivative of J, with the sign turned."""
    work.quadratic.curvature[max(a, b), min(a, b)] -= bend
    if a != b:
        # |bend| on both diagonals outweighs an entry off the diagonal, whatever its sign
        work.lift[a] += abs(bend)
        work.lift[b] += abs(bend)
    elif bend > 0.0:
        work.lift[a] += bend


@compiled
def add_links(problem: DraftProblem, work: DraftWork, weight: float) -> None:
    """Add the second derivatives of the links, of which $1bn counts ``weight``."""
    for m in range(problem.links):
        one, two = work.place[problem.first[m]], work.place[problem.second[m]]
        if one >= 0 and two >= 0:
            add_bend(work, one, two, weight * problem.link[m])


@compiled
def add_falls(problem: DraftProblem, work: DraftWork, i: int, weight: float) -> None:
    """Add the second derivatives of what tariffs cut too far lose side i, $1bn counting so much."""
    if work.minds_more[i] > 0.0:
        for a in range(work.count):
            for b in range(a + 1):
                falls = problem.fall[i, work.active[a]] * problem.fall[i, work.active[b]]
                if falls > 0.0:
                    add_bend(work, a, b, -weight * work.minds_more[i] * falls)


@inlined
def along(weights: Array, row: Array, count: int) -> float:
    """Return the weighted sum of the first ``count`` numbers of a row, a multiple of four.

    In four sums side by side, as each addition has to wait for the one before it.
    """
    one = two = three = four = 0.0
    for r in range(0, count, 4):
        one += weights[r] * row[r]
        two += weights[r + 1] * row[r + 1]
        three += weights[r + 2] * row[r + 2]
        four += weights[r + 3] * row[r + 3]
    return (one + two) + (three + four)


@compiled
def add_slopes(work: DraftWork) -> None:
    """Add push u to the slope for every direction u."""
    while work.rows % 4 > 0:  # directions that count for nothing
        work.push[work.rows] = work.turn[work.rows] = 0.0
        work.rows += 1
    for a in range(work.count):
        work.quadratic.gradient[a] = along(work.push, work.direction[a], work.rows)


@compiled
def add_squares(work: DraftWork) -> None:
    """Add turn u u' to the second derivatives for every direction u: they are complete then."""
    q = work.quadratic
    for a in range(q.count):
        for r in range(work.rows):
            work.turned[r] = work.turn[r] * work.direction[a, r]
        for b in range(a + 1):
            bend = q.curvature[a, b] - along(work.turned, work.direction[b], work.rows)
            q.curvature[a, b] = q.curvature[b, a] = bend


@compiled
def lift_diagonal(work: DraftWork) -> None:
    """Add to the diagonal what makes the curvature positive definite, whatever it is."""
    q = work.quadratic
    for r in range(work.rows):
        if work.turn[r] > 0.0:
            # turn u u' is at most this much of a diagonal matrix (its rows' absolute sums)
            size = 0.0
            for a in range(q.count):
                size += abs(work.direction[a, r])
            for a in range(q.count):
                work.lift[a] += work.turn[r] * abs(work.direction[a, r]) * size
    for a in range(q.count):
        q.curvature[a, a] += work.lift[a] + RIDGE

"""How likely a draft is to survive, and the slope and curvature of that, worked out by hand.

    J(z) = sum over sides i of [ sum over types m of belief_im phi(precision_i U_im(z))
                                 + log P_i(z) ],
    phi(x) = log P(sign) + prize log softplus(x),    P(sign) = 1 / (1 + exp(-x)),
    softplus(x) = log(1 + exp(x)),
    P_i = 1 / (1 + exp(-(support_i - threshold_i) / shock_i)),
    support_i = sum of weight_g / (1 + exp(-points_g)) over the sum of weights.

softplus(precision U) / precision is what a side expects to gain from a signature that it may refuse
(the mean over its taste shock: Small and Rosen 1981, doi:10.2307/1911129), so the second term of
phi is the log surplus but for a constant. Its mean over types is the log of Harsanyi and Selten's
product of gains, for two sides that do not know each other's type (1972,
doi:10.1287/mnsc.18.5.80). phi rises and is concave:

    phi'(x)  = (1 - P) + prize P / softplus,
    phi''(x) = -P (1 - P) + prize P ((1 - P) softplus - P) / softplus^2 < 0.

So is J, as far as payoffs are: bends are negative, no links, support above one half. Tariffs may
bring the receiver more by the piece, links multiply two shares, a group that is against is won over
faster and faster; there J may curve upwards. The slope is a weighted sum of directions u, one for
each type and group, and the second derivatives are weighted squares u u' of these and of each home
front's own direction, plus the bends of the issues.
"""

from __future__ import annotations

import math
from typing import Annotated

from negotiation.compiling import compiled
from negotiation.records import Array, Real, RealBySide, Whole, layout
from negotiation.solvers.box_quadratic import BoxQuadratic
from negotiation.solvers.choice import logit
from negotiation.solvers.draft_problem import (
    GROUPS,
    ISSUES,
    TYPES,
    ByIssue,
    DraftProblem,
    GroupBySide,
    IssueBySide,
    TypeBySide,
)

LEAST_SHOCK = 1e-3  # in support: at home nothing is surer than to a tenth of a per cent
TINY = 1e-300
RIDGE = 1e-8  # added to a curvature that is flat in some direction
FEW = 3e-7  # softplus below which a series is more exact than the formula
DIRECTIONS = 2 * (TYPES + GROUPS + 1)

ByDirection = Annotated[Array, "f8", (DIRECTIONS,)]


class DraftWork:
    """What is known of a draft once it is found; below, the scratch of the search."""

    package: ByIssue  # shares conceded
    value: Real  # J, a log-probability but for the prize
    slope: Real  # what is left of its slope
    steps: Whole
    curved: Whole
    converged: Whole
    log_odds: TypeBySide  # of each type's signature: precision times U
    signs: TypeBySide  # the chance of that
    passes: RealBySide  # chance to pass at home
    public: RealBySide  # worth in public expectation, the agreement included, $bn a year
    # what is the same for every package
    count: Whole
    active: Annotated[Array, "i8", (ISSUES,)]  # issues that a draft may contain
    place: Annotated[Array, "i8", (ISSUES,)]  # of an issue among them, or -1
    cap: ByIssue
    table: ByIssue  # public cost of the share offered, $bn
    plain: IssueBySide  # slope of a type whose stance and trait are 0
    expected: IssueBySide  # slope and bend in public expectation
    bend: IssueBySide
    # of the package last looked at
    soft: TypeBySide  # softplus of the log-odds
    swayed: GroupBySide  # share of each group that is for it
    # of its derivatives
    rows: Whole
    direction: Annotated[Array, "f8", (ISSUES, DIRECTIONS)]
    push: ByDirection
    turn: ByDirection
    turned: ByDirection
    won: Annotated[Array, "f8", (GROUPS,)]
    shared: ByIssue  # slope of the links
    lift: ByIssue  # of what bends upwards on or off the diagonal
    # of the search under way
    here: ByIssue
    trial: ByIssue
    height: Real
    left: Real
    quadratic: BoxQuadratic


WORK = layout(DraftWork)


@compiled
def log1p_exp(x: float) -> float:
    """Return log(1 + exp(x)) without overflow.

    Examples
    --------
    >>> round(log1p_exp(0.0), 6), log1p_exp(800.0), log1p_exp(-800.0)
    (0.693147, 800.0, 0.0)
    """
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


@compiled
def appeal(x: float, prize: float) -> tuple[float, float, float]:
    """Return phi at log-odds ``x``, the chance to sign and softplus there.

    Examples
    --------
    >>> [round(y, 6) for y in appeal(0.0, 0.0)], appeal(-1000.0, 0.5)
    ([-0.693147, 0.5, 0.693147], (-1500.0, 0.0, 0.0))
    """
    e = math.exp(-abs(x))
    soft = max(x, 0.0) + math.log1p(e)
    # far below zero softplus is exp(x), in the end too small for a number with all its digits
    phi = x - soft + prize * (math.log(soft) if soft > TINY else x)
    return phi, (1.0 if x >= 0.0 else e) / (1.0 + e), soft


@compiled
def appeal_slopes(p: float, soft: float, prize: float) -> tuple[float, float]:
    """Return the first two derivatives of phi where the chance to sign is p and softplus ``soft``.

    Examples
    --------
    >>> appeal_slopes(0.5, math.log(2.0), 0.0), appeal_slopes(0.0, 0.0, 0.5)
    ((0.5, -0.25), (1.5, -0.0))
    """
    if soft > FEW:
        ratio = p / soft
        turn = ratio * ((1.0 - p) * soft - p) / soft
    else:
        # the series: in the formula, numbers that agree to all digits would be subtracted
        ratio, turn = 1.0 - 0.5 * p, -0.5 * p
    return (1.0 - p) + prize * ratio, -p * (1.0 - p) + prize * turn


@compiled
def prepare(problem: DraftProblem, work: DraftWork) -> None:
    """Fill what is the same for every package: what may be in it, and public expectations."""
    work.count = 0
    for k in range(problem.issues):
        cap = min(problem.reach[k], problem.mandate[k]) if problem.ready[k] > 0.0 else 0.0
        work.cap[k], work.place[k] = max(cap, 0.0), -1
        if cap > 0.0:
            work.active[work.count], work.place[k] = k, work.count
            work.count += 1
    for i in range(2):
        stance = trait = square = others = 0.0
        for m in range(TYPES):
            p = problem.belief[i, m]
            stance += p * problem.stance[i, m]
            trait += p * problem.trait[i, m]
            square += p * problem.trait[i, m] * problem.trait[i, m]
            others += problem.belief[1 - i, m] * problem.trait[1 - i, m]
        for k in range(problem.issues):
            plain = problem.alpha[i, k] + others * problem.cross[i, k]
            slope = plain + stance * problem.beta[i, k] + trait * problem.tau[i, k]
            bend = (
                problem.bend_alpha[i, k]
                + stance * problem.bend_beta[i, k]
                + square * problem.bend_tau[i, k]
            )
            work.plain[i, k], work.expected[i, k], work.bend[i, k] = plain, slope, bend
            if problem.giver[k] == i:
                z = problem.offered[k]
                # an offer that brings its giver something leaves what costs nothing free, no more
                work.table[k] = max(0.0, -(slope * z + 0.5 * bend * z * z))


@compiled
def beyond(problem: DraftProblem, work: DraftWork, k: int, z: float) -> float:
    """Return by how much conceding ``z`` of issue k costs its giver more than what it offered."""
    i = problem.giver[k]
    cost = -(work.expected[i, k] * z + 0.5 * work.bend[i, k] * z * z)
    # less than was offered is never beyond the offer, even where the first part costs most
    return max(0.0, cost - work.table[k]) if z > problem.offered[k] else 0.0


@compiled
def linked(problem: DraftProblem, z: Array) -> float:
    """Return what the links between issues bring either side, $bn a year."""
    total = 0.0
    for m in range(problem.links):
        total += problem.link[m] * z[problem.first[m]] * z[problem.second[m]]
    return total


@compiled
def value(problem: DraftProblem, work: DraftWork, z: Array) -> float:
    """Return J at ``z``, and write log-odds, public worth and support into ``work``.

    Parameters
    ----------
    problem : record of PROBLEM
    work : record of WORK
        After `prepare`.
    z : array
        Shares conceded; 0 for issues that are not on the table.
    """
    total, links = 0.0, linked(problem, z)
    for i in range(2):
        plain = stance = trait = square = public = 0.0
        for a in range(work.count):
            k = work.active[a]
            x, h = z[k], 0.5 * z[k] * z[k]
            plain += work.plain[i, k] * x + problem.bend_alpha[i, k] * h
            stance += problem.beta[i, k] * x + problem.bend_beta[i, k] * h
            trait += problem.tau[i, k] * x
            square += problem.bend_tau[i, k] * h
            public += work.expected[i, k] * x + work.bend[i, k] * h
            if problem.giver[k] == i:
                excess = beyond(problem, work, k, x)
                plain -= 0.5 * excess * excess / problem.authority[i]
        base = problem.agreement[i] + links
        work.public[i] = base + public
        for m in range(TYPES):
            t = problem.trait[i, m]
            worth = base + plain + problem.stance[i, m] * stance + t * (trait + t * square)
            x = problem.precision[i] * (worth + problem.aside[i, m])
            work.log_odds[i, m] = x
            phi, work.signs[i, m], work.soft[i, m] = appeal(x, problem.prize)
            # a type that is ruled out may lose infinitely much
            if problem.belief[i, m] > 0.0:
                total += problem.belief[i, m] * phi
        total += home(problem, work, i, z)
    return total


@compiled
def home(problem: DraftProblem, work: DraftWork, i: int, z: Array) -> float:
    """Return the log of the chance that ``z`` passes at the home of side i; fill its support."""
    work.passes[i] = 1.0
    if problem.groups[i] == 0:
        return 0.0
    support = weights = 0.0
    for g in range(problem.groups[i]):
        points = problem.notice * work.public[i] - problem.reservation[i, g]
        for a in range(work.count):
            k = work.active[a]
            points += problem.points[i, g, k] * z[k]
        work.swayed[i, g] = logit(points)
        support += problem.weight[i, g] * work.swayed[i, g]
        weights += problem.weight[i, g]
    x = (support / weights - problem.threshold[i]) / max(problem.shock[i], LEAST_SHOCK)
    work.passes[i] = logit(x)
    return -log1p_exp(-x)


@compiled
def derivatives(problem: DraftProblem, work: DraftWork, z: Array) -> None:
    """Write the slope of J at the package last valued, and what its curvature is made of.

    They go into ``work.quadratic``, in the order of ``work.active``, the second derivatives with
    the sign turned. `add_squares` completes these: the end of a search needs the slope alone.
    """
    q = work.quadratic
    q.size, work.rows = work.count, 0
    for a in range(q.size):
        q.gradient[a] = work.lift[a] = work.shared[a] = 0.0
        for b in range(q.size):
            q.curvature[a, b] = 0.0
    for m in range(problem.links):
        one, two = work.place[problem.first[m]], work.place[problem.second[m]]
        if one >= 0 and two >= 0:
            work.shared[one] += problem.link[m] * z[problem.second[m]]
            work.shared[two] += problem.link[m] * z[problem.first[m]]
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
        first, second = appeal_slopes(work.signs[i, m], work.soft[i, m], problem.prize)
        push = p * problem.precision[i] * first
        work.push[row + m] = push
        work.turn[row + m] = p * problem.precision[i] * problem.precision[i] * second
        plain += push
        stance += push * problem.stance[i, m]
        square += push * t * t
    for a in range(work.count):
        k = work.active[a]
        x = z[k]
        common = work.plain[i, k] + problem.bend_alpha[i, k] * x + work.shared[a]
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
    work.rows = row + TYPES


@compiled
def add_home(problem: DraftProblem, work: DraftWork, i: int, z: Array) -> None:
    """Add what the home front of side i contributes: a direction for each group, one for all."""
    groups, row = problem.groups[i], work.rows
    weights = public = 0.0
    for g in range(groups):
        weights += problem.weight[i, g]
    shock = max(problem.shock[i], LEAST_SHOCK)
    pull = (1.0 - work.passes[i]) / shock  # of one more point of support
    for g in range(groups):
        p = work.swayed[i, g]
        # so many more are won by one more point
        work.won[g] = problem.weight[i, g] / weights * p * (1.0 - p)
        work.push[row + g] = pull * work.won[g]
        work.turn[row + g] = pull * work.won[g] * (1.0 - 2.0 * p)
        public += pull * work.won[g] * problem.notice
    # log P bends with the support as a whole too; its slope is counted with the groups
    work.push[row + groups] = 0.0
    work.turn[row + groups] = -work.passes[i] * pull / shock
    for a in range(work.count):
        k = work.active[a]
        worth = work.expected[i, k] + work.bend[i, k] * z[k] + work.shared[a]
        whole = 0.0
        for g in range(groups):
            u = problem.points[i, g, k] + problem.notice * worth
            work.direction[a, row + g] = u
            whole += work.won[g] * u
        work.direction[a, row + groups] = whole
        add_bend(work, a, a, public * work.bend[i, k])
    add_links(problem, work, public)
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
def add_slopes(work: DraftWork) -> None:
    """Add push u to the slope for every direction u."""
    for a in range(work.count):
        slope = 0.0
        for r in range(work.rows):
            slope += work.push[r] * work.direction[a, r]
        work.quadratic.gradient[a] = slope


@compiled
def add_squares(work: DraftWork) -> None:
    """Add turn u u' to the second derivatives for every direction u: they are complete then."""
    q = work.quadratic
    for a in range(q.size):
        for r in range(work.rows):
            work.turned[r] = work.turn[r] * work.direction[a, r]
        for b in range(a + 1):
            bend = q.curvature[a, b]
            for r in range(work.rows):
                bend -= work.turned[r] * work.direction[b, r]
            q.curvature[a, b] = q.curvature[b, a] = bend


@compiled
def lift_diagonal(work: DraftWork) -> None:
    """Add to the diagonal what makes the curvature positive definite, whatever it is."""
    q = work.quadratic
    for r in range(work.rows):
        if work.turn[r] > 0.0:
            # turn u u' is at most this much of a diagonal matrix (its rows' absolute sums)
            size = 0.0
            for a in range(q.size):
                size += abs(work.direction[a, r])
            for a in range(q.size):
                work.lift[a] += work.turn[r] * abs(work.direction[a, r]) * size
    for a in range(q.size):
        q.curvature[a, a] += work.lift[a] + RIDGE

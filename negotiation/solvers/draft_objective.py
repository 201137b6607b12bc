"""How likely a draft is to survive, in logarithms: two signatures and two home fronts.

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
doi:10.1287/mnsc.18.5.80). Slope and curvature are worked out in `draft_slopes`.
"""

from __future__ import annotations

from typing import Annotated

from negotiation.compiling import compiled, inlined
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
    past,
)
from negotiation.solvers.exponential import exp, log, log1p_unit

LEAST_SHOCK = 1e-3  # in support: at home nothing is surer than to a tenth of a per cent
TINY = 1e-300
DIRECTIONS = 2 * (TYPES + GROUPS + 1) + 2  # a multiple of four

# a row for both sides, of which the second begins at ``SIDE``: longer than it need be, as the
# compiler writes a short loop out, and then takes one number at a time
ROW = 16
SIDE = ROW // 2

InARow = Annotated[Array, "f8", (ROW,)]
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
    minds: RealBySide  # what one more point of tariff that falls loses the side, $bn a year
    minds_more: RealBySide  # what a further one loses it more
    swayed: GroupBySide  # share of each group that is for it
    odds: InARow  # of all types of both sides: see `appeals`
    appeal: InARow
    chance: InARow
    soft: InARow  # softplus of the log-odds
    first: InARow  # the derivatives of phi
    second: InARow
    points: InARow  # to all groups of both sides
    share: InARow
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
    return max(x, 0.0) + log1p_unit(exp(-abs(x)))


@inlined
def appeal(x: float, prize: float) -> tuple[float, float, float]:
    """Return phi at log-odds ``x``, the chance to sign and softplus there.

    Examples
    --------
    >>> [round(y, 6) for y in appeal(0.0, 0.0)], appeal(-1000.0, 0.5)
    ([-0.693147, 0.5, 0.693147], (-1500.0, 0.0, 0.0))
    """
    e = exp(-abs(x))
    soft = (x if x > 0.0 else 0.0) + log1p_unit(e)
    # far below zero softplus is exp(x), in the end too small for a number with all its digits
    log_soft = log(soft)
    phi = x - soft + prize * (log_soft if soft > TINY else x)
    return phi, (1.0 if x >= 0.0 else e) / (1.0 + e), soft


@compiled
def appeals(
    x: Array, prize: float, phi: Array, chance: Array, soft: Array, points: Array, share: Array
) -> None:
    """Write what `appeal` says of the log-odds ``x`` of all types of both sides.

    And the share of each group that so many points win. In one go, as the processor takes several
    at a time.
    """
    for n in range(ROW):
        phi[n], chance[n], soft[n] = appeal(x[n], prize)
        share[n] = logit(points[n])


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
        plain = stance = trait = square = public = excesses = 0.0
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
                excesses += excess * excess
        plain -= 0.5 * excesses / problem.authority[i]
        work.minds[i] = work.minds_more[i] = 0.0
        if problem.loss[i] > 0.0:
            lost = lost_below(problem, work, i, z)
            plain, public = plain - lost, public - lost
        base = problem.agreement[i] + links
        work.public[i] = base + public
        for m in range(TYPES):
            t = problem.trait[i, m]
            worth = base + plain + problem.stance[i, m] * stance + t * (trait + t * square)
            x = problem.precision[i] * (worth + problem.aside[i, m])
            work.log_odds[i, m] = work.odds[SIDE * i + m] = x
        add_points(problem, work, i, z)
    appeals(work.odds, problem.prize, work.appeal, work.chance, work.soft, work.points, work.share)
    for i in range(2):
        for m in range(TYPES):
            work.signs[i, m] = work.chance[SIDE * i + m]
            # a type that is ruled out may lose infinitely much
            if problem.belief[i, m] > 0.0:
                total += problem.belief[i, m] * work.appeal[SIDE * i + m]
        total += home(problem, work, i)
    return total


@compiled
def lost_below(problem: DraftProblem, work: DraftWork, i: int, z: Array) -> float:
    """Return what side i loses by tariffs cut too far, and fill the slope and bend of that."""
    points = -problem.room[i]
    for a in range(work.count):
        points += problem.fall[i, work.active[a]] * z[work.active[a]]
    work.minds[i] = problem.loss[i] * min(max(points, 0.0), 1.0)
    work.minds_more[i] = problem.loss[i] if 0.0 < points < 1.0 else 0.0
    return problem.loss[i] * (past(points) - past(-problem.room[i]))


@compiled
def add_points(problem: DraftProblem, work: DraftWork, i: int, z: Array) -> None:
    """Add up what ``z`` is worth to each group of side i, in points beyond what it asks for."""
    for g in range(problem.groups[i]):
        points = problem.notice * work.public[i] - problem.reservation[i, g]
        for a in range(work.count):
            k = work.active[a]
            points += problem.points[i, g, k] * z[k]
        work.points[SIDE * i + g] = points


@compiled
def home(problem: DraftProblem, work: DraftWork, i: int) -> float:
    """Return the log of the chance to pass at the home of side i; fill its support."""
    work.passes[i] = 1.0
    if problem.groups[i] == 0:
        return 0.0
    support = weights = 0.0
    for g in range(problem.groups[i]):
        work.swayed[i, g] = work.share[SIDE * i + g]
        support += problem.weight[i, g] * work.swayed[i, g]
        weights += problem.weight[i, g]
    x = (support / weights - problem.threshold[i]) / max(problem.shock[i], LEAST_SHOCK)
    work.passes[i] = logit(x)
    return -log1p_exp(-x)

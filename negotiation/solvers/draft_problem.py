"""What a draft has to get past, as a record: two signatures and two home fronts.

Issue k is conceded by one of the sides, to a share z_k of what could be asked. To type m of side i
signing a package is worth, in $bn a year more than not signing it,

    U_im(z) = agreement_i + aside_im + sum of (slope z + bend z^2 / 2) + links - cost of authority,
    slope = alpha + stance beta + trait tau + (the other's expected trait) cross,
    bend = bend_alpha + stance bend_beta + trait^2 bend_tau,

the same coefficients as in a run's payoffs. ``aside`` is all that hangs on the signature and not on
what is signed: a prize for signing, what a deadline would have cost, less what a side needs to
sign, tension, and the worth of waiting. Whoever signs may go beyond what the side has put on the
table, but answers for it at home: if the public cost of issue k exceeds that of the share offered
by x, that costs x^2 / (2 authority), so the first $bn hardly matters and at x = authority one more
$bn costs a second one. It is counted issue by issue.

The other side knows the types by beliefs only. A cut of tariffs by more points in all
than there is room for costs ``loss`` for each further point, and less within the first.

At home, groups weigh the package in points and by
what it is worth to their side in public expectation; the more support, the likelier it passes.
"""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np

from negotiation.compiling import compiled
from negotiation.records import Array, Real, RealBySide, Whole, WholeBySide, layout

ISSUES, LINKS, GROUPS, TYPES = 16, 12, 6, 6  # room for so many; types and groups of a side

ByIssue = Annotated[Array, "f8", (ISSUES,)]
IssueBySide = Annotated[Array, "f8", (2, ISSUES)]
TypeBySide = Annotated[Array, "f8", (2, TYPES)]
GroupBySide = Annotated[Array, "f8", (2, GROUPS)]


class DraftProblem:
    """Everything that a draft depends on."""

    issues: Whole
    giver: Annotated[Array, "i8", (ISSUES,)]  # the side that concedes: 0 or 1
    reach: ByIssue  # largest share that the parties can imagine, 0 to 1
    mandate: ByIssue  # largest share that whoever drafts may sign; leaders have 1
    ready: ByIssue  # above 0: the text is ready
    offered: ByIssue  # share that its giver has put on the table, never taken back
    # $bn a year for the whole issue, and per unit of stance or trait (see the module)
    alpha: IssueBySide
    beta: IssueBySide
    tau: IssueBySide
    cross: IssueBySide
    bend_alpha: IssueBySide
    bend_beta: IssueBySide
    bend_tau: IssueBySide
    links: Whole
    first: Annotated[Array, "i8", (LINKS,)]  # the two issues of a link
    second: Annotated[Array, "i8", (LINKS,)]
    link: Annotated[Array, "f8", (LINKS,)]  # what both whole bring either side together, $bn a year
    # types, public beliefs about them, and how they choose
    stance: TypeBySide
    trait: TypeBySide
    belief: TypeBySide  # sums to 1 for a side; 0 where there is no such type
    precision: RealBySide  # of the logit choice, per $bn
    agreement: RealBySide  # worth of any agreement, at home too, $bn a year
    aside: TypeBySide  # what else hangs on the signature, $bn
    fall: IssueBySide  # points of tariff that the whole issue takes away, to a side that minds
    room: RealBySide  # points that it does not mind
    loss: RealBySide  # $bn a year for each further point
    authority: RealBySide  # $bn beyond the offer on one issue at which a further $bn costs two
    # home: weighted support, in shares, against a threshold with a logistic surprise
    groups: WholeBySide  # 0: everything passes
    weight: GroupBySide
    reservation: GroupBySide  # points that a group asks
    points: Annotated[Array, "f8", (2, GROUPS, ISSUES)]  # points of a group for a whole issue
    notice: Real  # points per $bn a year that a package brings the side in public expectation
    threshold: RealBySide  # support needed, 0 to 1
    shock: RealBySide  # scale of the surprise, in support; taken as 0.001 at least
    # what is wanted of a draft that will be signed anyway: weight of the expected log surplus
    prize: Real


PROBLEM = layout(DraftProblem)


@compiled
def past(points: float) -> float:
    """Return how many points count that lie past a mark: half of the first one, then all.

    Examples
    --------
    >>> past(-1.0), past(0.5), past(1.0), past(3.0)
    (0.0, 0.125, 0.5, 2.5)
    """
    x = max(points, 0.0)
    return 0.5 * x * x if x < 1.0 else x - 0.5


def new_problem(**numbers: Any) -> Any:
    """Return a record of PROBLEM with one believed type a side, free hands and no home fronts.

    Parameters
    ----------
    **numbers : number or array
        Fields of :class:`DraftProblem`; arrays may be shorter than there is room for. Without
        ``reach``, ``mandate`` or ``ready`` an issue can be conceded whole.

    Examples
    --------
    >>> problem = new_problem(issues=1, giver=[1], alpha=[[10.0], [-4.0]], precision=[1.0, 1.0])
    >>> problem["reach"][0], problem["alpha"][:, 0].tolist()
    (np.float64(1.0), [10.0, -4.0])
    """
    problem = np.zeros(1, PROBLEM)[0]
    problem["reach"] = problem["mandate"] = problem["ready"] = 1.0
    problem["belief"][:, 0] = 1.0
    problem["authority"], problem["prize"] = np.inf, 0.1
    problem["threshold"], problem["shock"] = 0.5, 1.0
    for name, value in numbers.items():
        given = np.asarray(value)
        if given.ndim == 0:
            problem[name] = given
            continue
        problem[name] = 0
        problem[name][tuple(slice(length) for length in given.shape)] = given
    return problem

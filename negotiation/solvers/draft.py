"""The draft: the package that is most likely to survive two signatures and two home fronts.

Neither side knows the other's type, so the text is written for all of them: z maximises

    sum over sides [ E log P(sign) + prize E log surplus + log P(home) ]    over 0 <= z <= cap

on the issues whose text is ready, where the cap is the reach, or the mandate if that is less (see
`draft_problem` for what signing is worth, `draft_objective` and `draft_slopes` for the formula).
The logarithm of a chance, type by type, keeps the sum concave: nobody is written off, yet however
unwilling a type is, one more $bn to it counts no more than its belief times its precision, and a
tenth on top. The prize, that tenth, decides among drafts that everybody would sign: as the
precision grows the first term vanishes there, and without home fronts what is left is Nash's
product of gains, or with several types Harsanyi and Selten's.

The search is Newton's in a box: go to the top of the quadratic through J that fits at the present
package, exactly, bounds included (`box_quadratic`), shorten that step until J rises by a fair part
of what its slope promised, and repeat until no bound-free slope is left.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from negotiation.compiling import compiled
from negotiation.solvers.box_quadratic import maximise
from negotiation.solvers.draft_objective import WORK, DraftWork, prepare, value
from negotiation.solvers.draft_problem import ISSUES, DraftProblem
from negotiation.solvers.draft_slopes import add_squares, derivatives, lift_diagonal

START = 0.4  # of what each issue allows
CLOSE = 1e-6  # slope of J, per whole range of an issue, that counts as none
STEPS = 200  # of one search; it takes six
RISE = 1e-4  # of what the slope promises, that a step must bring (Armijo's rule)
SHORTEST = 1e-10  # part of a step
ROUNDING = 1e-12  # of J
NEAR = 0.05  # of what each issue allows, to an optimum
BETTER = 1e-9  # of J, by which another optimum must be higher


def new_work() -> Any:
    """Return a record of WORK: one for each thread that drafts."""
    return np.zeros(1, WORK)[0]


@compiled
def draft(problem: DraftProblem, work: DraftWork, warm: bool, thorough: bool) -> bool:
    """Write the draft into ``work.package`` and return whether it was found.

    Parameters
    ----------
    problem : record of PROBLEM
        See `draft_problem`.
    work : record of WORK
        Overwritten. Besides the package: ``value`` is J there; ``slope`` the largest derivative of
        J, per whole range of an issue, that no bound holds back (the norm of the projected
        gradient); ``converged`` whether that is below a millionth; ``steps`` how many were taken,
        ``curved`` at how many J curved upwards; ``log_odds`` and chance (``signs``) of each type's
        signature; ``passes``, the chances at home; ``public``, what either side gains in public
        expectation, in $bn a year.
    warm : bool
        Whether to begin at ``work.package``, the last draft that was written into this record.
        Where J curved upwards on the way to it, or does so now, the search begins as usual.
    thorough : bool
        Whether to look for a second optimum where J curved upwards on the way.

    Returns
    -------
    bool
        ``work.converged``, for the caller to count.

    Notes
    -----
    Where J is concave the optimum is one. It may curve upwards with a receiver whom a tariff cut
    brings more by the piece, with linked issues, with groups that are mostly against. Where the
    search met such a place, a thorough one is repeated from nothing and from everything, and the
    best is taken. Of 600 draws of the shipped scenario, ten starts each, none had a second optimum.
    Of 600 random problems, made to have some, 21 did; the quick search ended lower than the best of
    all starts in 10, the thorough one in none, and neither where J curved nowhere upwards.

    The steps are those of sequential quadratic programming with exact second derivatives (Nocedal
    and Wright 2006, doi:10.1007/978-0-387-40065-5, chapters 3 and 18): the box method of Bertsekas
    (1982, doi:10.1137/0320018) with the bounds chosen by the quadratic instead of by nearness.

    Examples
    --------
    One pie of $10bn, of which the receiver gets z and the giver what is left.

    >>> from negotiation.solvers.draft_problem import new_problem
    >>> pie = new_problem(
    ...     issues=1, giver=[1], alpha=[[10.0], [-10.0]], aside=[[0.0], [10.0]],
    ...     precision=[5.0, 5.0],
    ... )
    >>> work = new_work()
    >>> draft(pie, work, False, False), round(float(work["package"][0]), 6), work["slope"] < 1e-6
    (True, 0.5, np.True_)
    """
    prepare(problem, work)
    for k in range(ISSUES):
        # issues without a cap stay 0: links read them
        work.here[k] = work.trial[k] = 0.0
    for a in range(work.count):
        k = work.active[a]
        work.here[k] = min(max(work.package[k], 0.0), work.cap[k])
    # where there may be a second optimum, the answer must not hang on where the search began
    one, valued = warm and work.curved == 0, False
    work.steps = work.curved = 0
    if one:
        valued = search(problem, work, False)
    if not one or work.curved > 0:
        work.curved = 0
        begin(work, START)
        valued = search(problem, work, False)
    take(work)
    if thorough and work.curved > 0:
        for share in range(2):
            begin(work, float(share))
            search(problem, work, True)
            if work.height > work.value + BETTER * (1.0 + abs(work.value)):
                take(work)
        valued = False
    if not valued:
        value(problem, work, work.package)
    return work.converged == 1


@compiled
def begin(work: DraftWork, share: float) -> None:
    """Go to a share of what each issue allows."""
    for a in range(work.count):
        work.here[work.active[a]] = share * work.cap[work.active[a]]


@compiled
def take(work: DraftWork) -> None:
    """Make the end of the last search the answer."""
    for k in range(ISSUES):
        work.package[k] = work.here[k]
    work.value, work.slope = work.height, work.left
    work.converged = 1 if work.left <= CLOSE else 0


@compiled
def search(problem: DraftProblem, work: DraftWork, again: bool) -> bool:
    """Climb from ``work.here`` to where J has no slope left, or as far as possible.

    A search that is done ``again`` ends where it comes near the answer found before. Returns
    whether its end is what was valued last, not a step that did not rise.
    """
    work.height = value(problem, work, work.here)
    for _ in range(STEPS):
        if again and work.height <= work.value and near(work):
            return True
        derivatives(problem, work, work.here)
        work.left = slope_left(work)
        if work.left <= CLOSE:
            return True
        work.steps += 1
        if not best_step(work):
            return True
        if not climb(problem, work):
            return False
    derivatives(problem, work, work.here)
    work.left = slope_left(work)
    return True


@compiled
def near(work: DraftWork) -> bool:
    """Return whether the search has come so close to the answer that it is on the same hill."""
    for a in range(work.count):
        k = work.active[a]
        if abs(work.here[k] - work.package[k]) > NEAR * work.cap[k]:
            return False
    return True


@compiled
def slope_left(work: DraftWork) -> float:
    """Return the largest slope of J, per whole range of an issue, that no bound holds back."""
    largest = 0.0
    for a in range(work.count):
        k = work.active[a]
        g, x, cap = work.quadratic.gradient[a], work.here[k], work.cap[k]
        if (x > 0.0 or g > 0.0) and (x < cap or g < 0.0):
            largest = max(largest, abs(g) * cap)
    return largest


@compiled
def best_step(work: DraftWork) -> bool:
    """Write the step to the top of the quadratic through J at the present package."""
    q = work.quadratic
    for a in range(work.count):
        k = work.active[a]
        q.low[a], q.high[a] = -work.here[k], work.cap[k] - work.here[k]
        # held back already: J may well curve upwards where no step will go
        q.at[a] = 0
        if q.low[a] == 0.0 and q.gradient[a] <= 0.0:
            q.at[a] = -1
        elif q.high[a] == 0.0 and q.gradient[a] >= 0.0:
            q.at[a] = 1
    add_squares(work)
    if maximise(q):
        return True
    # where J curves upwards the quadratic has no top. Lifted, it has one, and a step to it still
    # goes up, if a shorter one
    work.curved += 1
    for a in range(work.count):
        q.at[a] = 0
    lift_diagonal(work)
    return maximise(q)


@compiled
def climb(problem: DraftProblem, work: DraftWork) -> bool:
    """Take the step, or the part of it on which J rises as it should; False if there is none."""
    q = work.quadratic
    promised = 0.0
    for a in range(work.count):
        promised += q.gradient[a] * q.step[a]
    part = 1.0
    while part > SHORTEST:
        for a in range(work.count):
            k = work.active[a]
            x = work.here[k] + part * q.step[a]
            # on its bound exactly: next to it, an issue would count as free and have a slope
            if part == 1.0 and q.at[a] != 0:
                x = 0.0 if q.at[a] < 0 else work.cap[k]
            work.trial[k] = min(max(x, 0.0), work.cap[k])
        height = value(problem, work, work.trial)
        gain = height - work.height
        # a gain below J's own rounding cannot be seen, but the last step, which promises no more,
        # is the one that makes the slope vanish
        if gain >= RISE * part * promised or promised <= ROUNDING * (1.0 + abs(work.height)):
            for a in range(work.count):
                work.here[work.active[a]] = work.trial[work.active[a]]
            work.height = height
            return True
        # the top of the parabola through the two values and the slope; beyond a kink (a precise
        # side begins to refuse, the offer is left behind) it lies close, so not below a tenth
        part *= min(max(0.5 * part * promised / (part * promised - gain), 0.1), 0.5)
    return False

"""Bargaining solutions: what would be reasonable, given only what each side can get.

============== =============================================== ==========================
solution       picks, among efficient agreements               source
============== =============================================== ==========================
Nash           the largest product of gains                    doi:10.2307/1907266
Kalai-         equal shares of each side's best possible gain  doi:10.2307/1914280
Smorodinsky
egalitarian    equal gains (else the largest smaller gain)     doi:10.2307/1913954
utilitarian    the largest sum of gains                        Harsanyi 1955
============== =============================================== ==========================

Gains count from the disagreement point. Each function takes a problem: an array of outcome
utilities, `Outcomes`, `Lotteries`, `Packages`, `Continuous` (any issues between bounds, any
utilities given as functions), or anything for which :func:`problem_of` has been told how it
becomes one of these.

How far an outcome fell short is its distance to the frontier and to each solution: Euclidean, in
the unit of utility, as in the field's tournaments (Baarslag et al. 2013, "Evaluating practical
negotiating agents", doi:10.1016/j.artint.2012.09.004). Over finitely many outcomes the frontier is
its points; where agreements are divisible or lotteries are allowed it is the curve through them.
"""

from __future__ import annotations

from functools import singledispatch
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from negotiation.errors import InputError
from negotiation.theory.continuous_bargaining import Continuous
from negotiation.theory.finite_bargaining import Outcomes
from negotiation.theory.frontier import distance_to, distance_to_chain, utilities_of
from negotiation.theory.lottery_bargaining import Lotteries
from negotiation.theory.package_bargaining import Packages
from negotiation.theory.solution import Pair, Solution

Problem = Outcomes | Lotteries | Packages | Continuous


@singledispatch
def problem_of(problem: Any, disagreement: Pair | None = None) -> Problem:
    """Return ``problem`` as a bargaining problem.

    A kind of its own joins in with ``problem_of.register``.

    Parameters
    ----------
    problem : array_like (n, 2), Outcomes, Lotteries, Packages, Continuous or a registered kind
        What is bargained over.
    disagreement : tuple of float, optional
        For an array: the utilities without an agreement, by default zero.

    Raises
    ------
    InputError
        If the array has the wrong shape, or ``disagreement`` is given for a problem that
        has its own.
    """
    return Outcomes(problem, disagreement or (0.0, 0.0))


@problem_of.register(Outcomes | Lotteries | Packages | Continuous)
def _(problem: Problem, disagreement: Pair | None = None) -> Problem:
    if disagreement is not None:
        raise InputError("disagreement: this problem already has its own disagreement point.")
    return problem


def nash_solution(
    problem: Any, *, disagreement: Pair | None = None, weights: Pair = (0.5, 0.5)
) -> Solution:
    """Return the Nash bargaining solution.

    Parameters
    ----------
    problem : array_like (n, 2), Outcomes, Lotteries, Packages, Continuous or a registered kind
        What is bargained over.
    disagreement : tuple of float, optional
        For an array of outcomes: the utilities without an agreement, by default zero.
    weights : tuple of float
        Bargaining power of the US and of China; only the ratio matters.

    Returns
    -------
    Solution
        Maximises ``gain_us^weight_us gain_china^weight_china``.

    References
    ----------
    Nash 1950, "The bargaining problem", doi:10.2307/1907266.

    Examples
    --------
    >>> nash_solution([[0, 0], [1, 6], [2, 4], [4, 1]]).utilities
    (2.0, 4.0)
    """
    return problem_of(problem, disagreement).nash(weights)


def kalai_smorodinsky(
    problem: Any, *, disagreement: Pair | None = None, leximin: bool = False
) -> Solution:
    """Return the Kalai-Smorodinsky solution.

    Over finitely many outcomes: the largest smaller share of the ideal gain, where the ideal
    is the most a side can get while the other does not lose; ``leximin`` breaks ties there by
    the larger share.

    References
    ----------
    Kalai and Smorodinsky 1975, "Other solutions to Nash's bargaining problem",
    doi:10.2307/1914280.

    Examples
    --------
    >>> kalai_smorodinsky([[0, 0], [1, 6], [2, 4], [4, 1]]).utilities
    (2.0, 4.0)
    """
    found = problem_of(problem, disagreement)
    if isinstance(found, Outcomes):
        return found.kalai_smorodinsky(leximin=leximin)
    return found.kalai_smorodinsky()


def egalitarian(
    problem: Any, *, disagreement: Pair | None = None, leximin: bool = False
) -> Solution:
    """Return the egalitarian solution; ``leximin`` breaks ties of the smaller gain by the larger.

    References
    ----------
    Kalai 1977, "Proportional solutions to bargaining situations", doi:10.2307/1913954.

    Examples
    --------
    >>> egalitarian([[0, 0], [1, 6], [2, 3], [2, 4]]).utilities
    (2.0, 4.0)
    """
    found = problem_of(problem, disagreement)
    return (
        found.egalitarian(leximin=leximin) if isinstance(found, Outcomes) else found.egalitarian()
    )


def utilitarian(problem: Any, *, disagreement: Pair | None = None) -> Solution:
    """Return the agreement with the largest sum of gains among those that hurt nobody.

    References
    ----------
    Harsanyi 1955, "Cardinal welfare, individualistic ethics", doi:10.1086/257678.

    Examples
    --------
    >>> utilitarian([[0, 0], [1, 6], [2, 4], [4, 1]]).utilities
    (1.0, 6.0)
    """
    return problem_of(problem, disagreement).utilitarian()


def pareto_frontier(problem: Any, *, points: int = 101) -> Any:
    """Return the utilities on the Pareto frontier, shape (m, 2), by rising utility of the US.

    Parameters
    ----------
    problem : array_like (n, 2), Outcomes, Lotteries, Packages, Continuous or a registered kind
        What is bargained over.
    points : int
        How many efficient packages to compute, for packages and continuous issues.

    Examples
    --------
    >>> pareto_frontier([[0, 0], [1, 6], [2, 4], [2, 3]]).tolist()
    [[1.0, 6.0], [2.0, 4.0]]
    """
    found = problem_of(problem)
    if isinstance(found, (Packages, Continuous)):
        return found.frontier(points)[1][::-1]
    return found.utilities[found.frontier]


def distances(
    problem: Any, utilities: ArrayLike, *, disagreement: Pair | None = None, points: int = 201
) -> dict[str, Any]:
    """Return how far outcomes lie from the Pareto frontier and from each bargaining solution.

    Parameters
    ----------
    problem : array_like (n, 2), Outcomes, Lotteries, Packages, Continuous or a registered kind
        What was bargained over.
    utilities : array_like, shape (2,) or (m, 2)
        What both sides got, US first, of one outcome or of many.
    disagreement : tuple of float, optional
        For an array of outcomes: the utilities without an agreement, by default zero.
    points : int
        How many efficient packages draw the frontier where agreements are divisible.

    Returns
    -------
    dict of str to float or ndarray (m,)
        ``frontier``, ``nash``, ``kalai_smorodinsky``, ``egalitarian``, ``utilitarian``; of tied
        solutions the nearest counts. Where no agreement is acceptable to both, a solution is
        the disagreement point.

    Examples
    --------
    >>> distances([[0, 0], [1, 6], [2, 4], [4, 1]], (1, 6))["nash"].round(6)
    np.float64(2.236068)
    >>> distances([[0, 0], [1, 6], [2, 4], [4, 1]], (2, 3))["frontier"]
    np.float64(1.0)
    """
    found = problem_of(problem, disagreement)
    one = np.ndim(utilities) == 1
    at = utilities_of(np.atleast_2d(utilities))
    frontier = pareto_frontier(found, points=points)
    to_frontier = distance_to if isinstance(found, Outcomes) else distance_to_chain
    measured = {"frontier": to_frontier(at, frontier)}
    for name in ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian"):
        measured[name] = distance_to(at, getattr(found, name)().ties)
    return {name: far[0] if one else far for name, far in measured.items()}

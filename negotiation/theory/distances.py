"""How far an outcome fell short: its distance to the frontier and to each textbook solution.

Distances are Euclidean, in the unit of utility, as in the field's tournaments (Baarslag et al.
2013, "Evaluating practical negotiating agents", doi:10.1016/j.artint.2012.09.004). Over finitely
many outcomes the frontier is its points; where agreements are divisible or lotteries are
allowed it is the curve through them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from negotiation.theory.bargaining_solutions import pareto_frontier, problem_of
from negotiation.theory.finite_bargaining import Outcomes
from negotiation.theory.frontier import distance_to, distance_to_chain, utilities_of
from negotiation.theory.solution import Pair


def distances(
    problem: Any, utilities: Any, *, disagreement: Pair | None = None, points: int = 201
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

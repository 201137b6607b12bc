"""What would be reasonable: the bargaining solutions of a scenario as plain data."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from negotiation.scenario import Scenario
from negotiation.theory import (
    bargaining_problem,
    egalitarian,
    kalai_smorodinsky,
    nash_solution,
    pareto_frontier,
    utilitarian,
)
from negotiation.theory.solution import Pair, Solution

FRONTIER_POINTS = 21


def solutions_table(scenario: Scenario) -> dict[str, Any]:
    """Return the frontier and the bargaining solutions of a scenario's packages.

    Returns
    -------
    dict
        ``disagreement``, a utility pair; ``solutions``, of ``nash``, ``nash_weighted``,
        ``kalai_smorodinsky``, ``egalitarian`` and ``utilitarian`` the utilities ``us`` and
        ``china``, the ``gains`` over disagreement, the ``package`` (how far each issue is
        conceded, None where nothing is acceptable to both), the ``residual`` of the optimality
        conditions and ``is_global``, false where the gains are not concave and the package is the
        best of a search from several starts; ``weights``, those of ``nash_weighted``;
        ``frontier``, utility pairs by rising utility of the US. All in $bn a year over the
        truce, as both sides expect them on the first day.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> table = solutions_table(Scenario.load("split-the-pie"))
    >>> [round(gain, 6) for gain in table["solutions"]["nash"]["gains"]]
    [0.5, 0.5]
    """
    problem, weights = bargaining_problem(scenario), power(scenario)
    found = {
        "nash": nash_solution(problem),
        "nash_weighted": nash_solution(problem, weights=weights),
        "kalai_smorodinsky": kalai_smorodinsky(problem),
        "egalitarian": egalitarian(problem),
        "utilitarian": utilitarian(problem),
    }
    issues = list(scenario.issues)
    return {
        "unit": "$bn per year over the truce",
        "disagreement": list(problem.disagreement),
        "weights": list(weights),
        "solutions": {name: as_data(solution, issues) for name, solution in found.items()},
        "frontier": np.unique(pareto_frontier(problem, points=FRONTIER_POINTS), axis=0).tolist(),
    }


def as_data(solution: Solution, issues: list[str]) -> dict[str, Any]:
    """Return a solution as plain data."""
    z = solution.package
    return {
        "us": solution.us,
        "china": solution.china,
        "gains": list(solution.gains),
        "package": None if z is None else dict(zip(issues, map(float, z), strict=True)),
        "residual": solution.residual,
        "is_global": solution.is_global,
    }


def power(scenario: Scenario) -> Pair:
    """Return the bargaining power that patience gives, the US first; it sums to 1.

    Notes
    -----
    With offers ever more frequent the alternating-offers game picks the Nash solution in which
    a side's weight is the other's share of the discount rates (Binmore, Rubinstein and Wolinsky
    1986, doi:10.2307/2555382). Sides that both do not discount count alike.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> patient = Scenario.load("split-the-pie").replace(
    ...     {"us.patience": 0.81, "china.patience": 0.9})
    >>> tuple(round(weight, 6) for weight in power(patient))
    (0.333333, 0.666667)
    """
    us, china = (-math.log(side.patience.value) for side in (scenario.us, scenario.china))
    total = us + china
    return (china / total, us / total) if total > 0.0 else (0.5, 0.5)

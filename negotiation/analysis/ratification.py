"""Would it pass at home? The win-sets of a scenario along its efficient packages."""

from __future__ import annotations

from typing import Any

import numpy as np

from negotiation.scenario import MAX_ISSUES, SIDES, Scenario


def ratification(scenario: Scenario, *, points: int = 41) -> dict[str, Any] | None:
    """Return how much of the efficient frontier each home front would let pass.

    Parameters
    ----------
    scenario : Scenario
    points : int
        How many efficient packages to try.

    Returns
    -------
    dict or None
        Of each side ``needed`` (weighted support), ``win_set`` (share of the efficient packages
        that are expected to pass) and ``at_nash`` (the chance that the Nash solution passes);
        ``both`` (share that passes on both sides). None where neither side has constituencies.

    Notes
    -----
    The surprise at home is logistic, so a package with support s passes with probability
    ``1 / (1 + exp((needed - s) / home_shock))``; the win-set's share is the mean of that.

    References
    ----------
    Putnam 1988, "Diplomacy and domestic politics", doi:10.1017/S0020818300027697.
    """
    from negotiation.analysis.first_day import first_day
    from negotiation.theory import bargaining_problem, nash_solution

    if not any(getattr(scenario, side).constituencies for side in SIDES):
        return None
    problem = bargaining_problem(scenario)
    world, _, _ = first_day(scenario)
    packages, _ = problem.frontier(points)
    nash = nash_solution(problem).package
    passes = [[passing_chance(world, side, z) for z in packages] for side in range(2)]
    found: dict[str, Any] = {
        label: {
            "needed": getattr(scenario, label).ratification.value,
            "win_set": float(np.mean(passes[side])),
            "at_nash": None if nash is None else passing_chance(world, side, nash),
        }
        for side, label in enumerate(SIDES)
    }
    return found | {"both": float(np.mean(np.prod(passes, axis=0)))}


def passing_chance(world: Any, side: int, package: Any) -> float:
    """Return the chance that the constituencies of a side let a package pass."""
    from scipy.special import expit

    from negotiation.rules.home import support

    if world["n_groups"][side] == 0.0:
        return 1.0
    z = np.zeros(MAX_ISSUES)
    z[: len(package)] = package
    spare = float(support(world, side, z) - world["ratification"][side])
    shock = float(world["home_shock"][side])
    return float(expit(spare / shock)) if shock > 0.0 else float(spare >= 0.0)

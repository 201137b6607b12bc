"""A scenario as textbook objects."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.scenario import Scenario
from negotiation.theory import (
    bargaining_problem,
    egalitarian,
    kalai_smorodinsky,
    nash_solution,
    pareto_frontier,
    utilitarian,
)


@pytest.fixture(scope="module")
def stockholm() -> Scenario:
    """The main scenario."""
    return Scenario.load("stockholm-2025")


@pytest.mark.parametrize("solve", [nash_solution, kalai_smorodinsky, egalitarian, utilitarian])
def test_there_is_something_to_agree_on(stockholm, solve):
    """Each solution of Stockholm gives both sides more than the truce, by packages in reach."""
    solution, problem = solve(stockholm), bargaining_problem(stockholm)
    assert min(solution.gains) > 0.0
    assert (solution.package >= 0).all() and (solution.package <= np.asarray(problem.reach)).all()
    assert problem.gains(solution.package) == pytest.approx(solution.gains, abs=1e-9)
    assert solution.residual < 1e-4


def test_the_frontier_of_a_scenario(stockholm):
    """Along the frontier of Stockholm what one side gains the other loses."""
    frontier = pareto_frontier(stockholm, points=9)
    assert (np.diff(frontier[:, 0]) > -1e-6).all() and (np.diff(frontier[:, 1]) < 1e-6).all()

"""Scenarios as GENIUS problems, read back from the files as any reader would."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.errors import InputError
from negotiation.interop.domain import utilities
from negotiation.interop.genius import analyse
from negotiation.interop.genius_reader import read_domain, read_profile
from negotiation.interop.genius_scenario import genius_problem, linked_groups, write_scenario
from negotiation.interop.levels import levels_of
from negotiation.scenario import Scenario
from negotiation.theory import bargaining_problem, nash_solution


def ours(scenario, levels):
    """Return our utilities of every package on the grid, shape (n, 2), $bn a year."""
    packages = bargaining_problem(scenario)
    z = levels_of(scenario, levels).grid()
    return np.array([packages.gains(one) for one in z]) + packages.disagreement


@pytest.mark.parametrize(
    ("name", "levels"),
    [("stockholm-2025", 2), ("stockholm-three-issues", 5), ("split-the-pie", 11)],
)
def test_utilities_survive_the_files(tmp_path, name, levels):
    """Written, read back and scaled to $bn, every outcome is worth what it is worth here (1e-9)."""
    scenario = Scenario.load(name)
    problem = genius_problem(scenario, levels=levels)
    domain_file, *profile_files = write_scenario(tmp_path, scenario, levels=levels)
    domain = read_domain(domain_file)
    expected = ours(scenario, levels)
    assert domain.outcomes == len(expected)
    for side, file in enumerate(profile_files):
        profile = read_profile(file, domain)
        found = problem.utility(side, utilities(domain, profile))
        # linked issues are one issue in the file, so the outcomes come in another order
        assert np.sort(found) == pytest.approx(np.sort(expected[:, side]), abs=1e-9)
        assert problem.utility(side, profile.reservation) == pytest.approx(
            bargaining_problem(scenario).disagreement[side], abs=1e-9
        )


def test_outcome_by_outcome_where_nothing_is_linked(tmp_path):
    """Without linkage the outcomes come in the same order, so each can be checked by itself."""
    scenario = Scenario.load("stockholm-2025").replace(
        {
            "linkage.rare_earth_licences.technology_controls": 0.0,
            "linkage.fentanyl_tariff.precursor_control": 0.0,
            "tariffs.us_reference_loss": 0.0,
        }
    )
    problem = genius_problem(scenario, levels=2)
    found = np.column_stack(
        [problem.utility(s, utilities(problem.domain, problem.profiles[s])) for s in range(2)]
    )
    np.testing.assert_allclose(found, ours(scenario, 2), atol=1e-9)


def test_linked_issues_become_one():
    """What is worth more together, or shares what tariff cuts may cost, is one GENIUS issue."""
    scenario = Scenario.load("stockholm-2025")
    groups = linked_groups(bargaining_problem(scenario))
    order = list(scenario.issues)
    pair = (order.index("technology_controls"), order.index("rare_earth_licences"))
    cuts = ("fentanyl_tariff", "precursor_control", "reciprocal_tariff")
    assert tuple(sorted(pair)) in groups
    assert tuple(sorted(map(order.index, cuts))) in groups
    assert sum(len(group) for group in groups) == len(order)
    assert len(genius_problem(scenario, levels=2).domain.issues) == len(order) - 3


def test_nash_on_the_grid_is_near_the_nash_package(tmp_path):
    """On a fine grid GENIUS' Nash point is the continuous Nash solution, within the grid's step."""
    scenario = Scenario.load("stockholm-three-issues")
    problem = genius_problem(scenario, levels=41)
    found = analyse(*write_scenario(tmp_path, scenario, levels=41))["nash_reservation"][0]
    utility = [float(problem.utility(side, found[side])) for side in range(2)]
    gains = np.array(utility) - bargaining_problem(scenario).disagreement
    exact = np.array(nash_solution(scenario).gains)
    assert gains.prod() <= exact.prod() + 1e-9
    assert gains.prod() == pytest.approx(exact.prod(), rel=0.02)


def test_levels_are_checked():
    """One level is none, an unknown issue is named, and the grid has a limit."""
    scenario = Scenario.load("stockholm-2025")
    with pytest.raises(InputError, match="levels of fentanyl_tariff"):
        levels_of(scenario, 1)
    with pytest.raises(InputError, match="issue 'soy' does not exist"):
        levels_of(scenario, {"soy": 3})
    with pytest.raises(InputError, match="no number for reciprocal_tariff"):
        levels_of(scenario, {"fentanyl_tariff": 3})
    with pytest.raises(InputError, match="48,828,125 outcomes; allowed: at most 5,000,000"):
        levels_of(scenario, 5)


def test_values_and_fractions_are_two_ways_to_say_the_same():
    """The tariff's levels run from 20 points down, and a value between two is read between them."""
    grid = levels_of(Scenario.load("stockholm-2025"), 3)
    assert grid.values[0] == (20.0, 12.5, 5.0)  # conceded up to its reach of .75
    middle = tuple(float(z[-1]) * 0.3 for z in grid.conceded)
    assert grid.package(grid.package_values(middle)) == pytest.approx(middle)

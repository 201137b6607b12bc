"""A scenario as a NegMAS scenario, and our strategies at a NegMAS table.

NegMAS (Mohammad, Nakadai and Greenwald 2021, doi:10.1007/978-3-030-66412-1_42) is a Python
platform of the automated-negotiation field, with the protocols and agents of its yearly
competition. There are three ways to use it:

* `to_negmas` gives a scenario as a NegMAS ``Scenario``: outcome space and utility functions;
* `negotiator` gives one of our delegations as a NegMAS negotiator, whatever its strategy;
* :mod:`negotiation.interop.negmas_strategies` lets a NegMAS negotiator play one of our
  delegations.

Utilities are in $bn a year over the truce, as both sides expect them on the first day, and the
reservation values are the delegations' own. NegMAS draws from Python's and NumPy's global
generators; `seeded` sets them for a block of code and puts them back.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from negotiation.errors import InputError, UnknownName, whole_number
from negotiation.interop.global_luck import seeded as seeded
from negotiation.interop.levels import Counts, Levels, levels_of, utilities_of
from negotiation.scenario import SIDES, Scenario
from negotiation.theory.package_bargaining import Packages

LEVELS = 5
MOST_LISTED = 250_000  # outcomes of a utility function that has to list them all


def require_negmas() -> Any:
    """Return the NegMAS package, or say in one sentence how to get it."""
    try:
        import negmas
    except ImportError:
        raise InputError(
            "NegMAS is not installed; install it with: pip install 'negotiation[negmas]'."
        ) from None
    return negmas


def to_negmas(scenario: Scenario, *, levels: Counts = LEVELS) -> Any:
    """Return a scenario as a NegMAS ``Scenario``, the US's utility function first.

    Parameters
    ----------
    scenario : Scenario
    levels : int or mapping of str to int
        How many levels of each issue.

    Returns
    -------
    negmas.Scenario
        Outcomes are tuples of the issues' values in their own units, in the scenario's order.

    Raises
    ------
    InputError
        If NegMAS is not installed, or there would be too many outcomes.

    Notes
    -----
    Where no issues are linked the utility functions are linear additive, which NegMAS's tools
    handle at any size; a linkage is not additive, nor is a loss that tariffs share, and then every
    outcome is listed.
    """
    negmas = require_negmas()
    from negotiation.analysis.first_day import bargaining_problem

    packages = bargaining_problem(scenario)
    linked = bool(np.any(packages.linkage)) or packages.room is not None
    grid = levels_of(scenario, levels, **({"most": MOST_LISTED} if linked else {}))
    space = outcome_space(grid)
    ufuns = tuple(
        (listed if linked else additive)(packages, grid, side, space) for side in range(2)
    )
    return negmas.Scenario(outcome_space=space, ufuns=ufuns)


def outcome_space(grid: Levels) -> Any:
    """Return the NegMAS outcome space of a grid."""
    negmas = require_negmas()
    issues = [
        negmas.make_issue(list(values), name=name)
        for name, values in zip(grid.issues, grid.values, strict=True)
    ]
    return negmas.make_os(issues)


def additive(packages: Packages, grid: Levels, side: int, space: Any) -> Any:
    """Return a side's utility as a sum over the issues."""
    negmas = require_negmas()
    from negmas.preferences.value_fun import TableFun

    parts = []
    for k, z in enumerate(grid.conceded):
        worth = packages.gain[side, k] * z + 0.5 * packages.bend[side, k] * z * z
        parts.append(TableFun(dict(zip(grid.values[k], worth.tolist(), strict=True))))
    return negmas.LinearAdditiveUtilityFunction(
        values=parts, weights=[1.0] * len(parts), bias=packages.fixed[side],
        outcome_space=space, reserved_value=packages.disagreement[side], name=SIDES[side],
    )  # fmt: skip


def listed(packages: Packages, grid: Levels, side: int, space: Any) -> Any:
    """Return a side's utility as a list of all outcomes."""
    negmas = require_negmas()
    z = grid.grid()
    worth = utilities_of(packages, z)[:, side]
    values = Levels(grid.issues, tuple(map(np.array, grid.values)), grid.values, grid.units).grid()
    return negmas.MappingUtilityFunction(
        dict(zip(map(tuple, values.tolist()), worth.tolist(), strict=True)),
        outcome_space=space, reserved_value=packages.disagreement[side], name=SIDES[side],
    )  # fmt: skip


def negotiator(
    scenario: Scenario, side: str, *, levels: Counts = LEVELS, seed: int = 0, run: int = 0
) -> Any:
    """Return one of our delegations as a NegMAS negotiator.

    Parameters
    ----------
    scenario : Scenario
        Says who the delegation is; its ``strategy`` may be a built-in one or a plug-in.
    side : {"us", "china"}
    levels : int or mapping of str to int
        As for `to_negmas`: the offers are packages on that grid.
    seed, run : int
        Address of the delegation's private type and luck; the same address plays the same.

    Returns
    -------
    negmas.SAONegotiator
        For a ``SAOMechanism`` that is limited by ``n_steps``.

    Notes
    -----
    The delegation decides by its own worth, which its private type shifts from the expected
    one that `to_negmas` reports. It offers, of the packages on the grid that are expected to be
    worth at least what it holds out for, the one expected to be worth most to the other side.
    """
    require_negmas()
    if side not in SIDES:
        raise UnknownName("side", side, SIDES)
    whole_number("seed", seed, 0)
    whole_number("run", run, 0)
    from negotiation.interop.negmas_negotiator import negotiator_class
    from negotiation.interop.seat import Seat

    seat = Seat(scenario, SIDES.index(side), levels_of(scenario, levels), seed=seed, run=run)
    return negotiator_class()(seat, name=side)

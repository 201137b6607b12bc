"""Designs whose values are given: full grids, one at a time, pairs of strategies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

from negotiation.errors import InputError, Problems
from negotiation.scenario import SIDES, Given, Scenario
from negotiation.scenario.problems import no_setting
from negotiation.sweep.design import (
    LEVER,
    REPLICATES,
    UNCERTAINTY,
    Design,
    checked,
    few_enough,
    once,
    seated,
)
from negotiation.sweep.ranges import ranged
from negotiation.tactics.registry import BUILT_IN

ENDS = (0.05, 0.95)  # where one-at-a-time pins a number whose distribution is known


def grid(
    scenario: Given,
    levers: Mapping[str, Any],
    *,
    replicates: int = REPLICATES,
    baseline: Mapping[str, Any] | None = None,
    role: str = LEVER,
    runs_per_world: int = 1,
) -> Design:
    """Cross all values of all settings.

    Parameters
    ----------
    scenario : Scenario
    levers : mapping of str to sequence
        The values to try, by dotted path; the last setting varies fastest. A range
        ``{"from": 0.5, "to": 0.9, "step": 0.1}`` is a list too; see
        :func:`~negotiation.sweep.ranges.ranged`.
    replicates : int
        Runs per cell.
    baseline : mapping, optional
        Settings of the cell that the others are compared with; the first cell if not given.
    role : str
        ``"lever"`` or ``"uncertainty"``.
    runs_per_world : int
        See :class:`~negotiation.sweep.design.Design`.

    Raises
    ------
    InputError
        If a setting does not exist or a value is not allowed.

    Examples
    --------
    >>> pie = Scenario.load("split-the-pie")
    >>> grid(pie, {"us.patience": [0.8, 0.9, 0.95], "china.patience": [0.9, 1.0]}).runs
    60000
    """
    scenario = Scenario.of(scenario)
    values, remarks = columns(seated(levers, scenario))
    few_enough(prod(max(1, len(column)) for column in values.values()), len(values))
    checked(scenario, values)
    cells = tuple(dict(zip(values, point, strict=True)) for point in product(*values.values()))
    roles = dict.fromkeys(values, role)
    design = Design(
        scenario, cells, replicates, roles, runs_per_world=runs_per_world, remarks=remarks
    )
    return design if baseline is None else design.with_baseline(baseline)


def one_at_a_time(
    scenario: Given,
    numbers: Mapping[str, Any] | Sequence[str] | None = None,
    *,
    replicates: int = REPLICATES,
    role: str = UNCERTAINTY,
    runs_per_world: int = 1,
) -> Design:
    """Leave the scenario as it is in the first cell and change one setting in each other.

    Parameters
    ----------
    scenario : Scenario
    numbers : mapping or sequence of str, optional
        Values to try by dotted path, or paths of uncertain numbers, which are pinned at the 5th
        and 95th percentile of their own distribution; all uncertain numbers if not given.

    Examples
    --------
    >>> pie = Scenario.load("split-the-pie")
    >>> one_at_a_time(pie, {"us.patience": [0.8, 0.95]}).cells
    ({}, {'us.patience': 0.8}, {'us.patience': 0.95})
    """
    scenario = Scenario.of(scenario)
    remarks: tuple[str, ...] = ()
    if isinstance(numbers, Mapping):
        values, remarks = columns(seated(numbers, scenario))
    else:
        values = {
            path: [float(v) for v in quantity.quantiles(ENDS)]
            for path, quantity in uncertain_numbers(scenario, numbers).items()
        }
    checked(scenario, values)
    cells = ({}, *({path: v} for path, column in values.items() for v in column))
    roles = dict.fromkeys(values, role)
    return Design(
        scenario, cells, replicates, roles, runs_per_world=runs_per_world, remarks=remarks
    )


def strategy_pairs(
    scenario: Given,
    *,
    us: Sequence[str] | None = None,
    china: Sequence[str] | None = None,
    replicates: int = REPLICATES,
    runs_per_world: int = 1,
) -> Design:
    """Play every strategy of one side against every strategy of the other.

    Parameters
    ----------
    scenario : Scenario
    us, china : sequence of str, optional
        Names of strategies or plug-ins (``module:Class``); all built-in ones if not given.

    Examples
    --------
    >>> pie = Scenario.load("split-the-pie")
    >>> len(strategy_pairs(pie, us=["linear"], china=["linear", "conceder"]))
    2
    """
    built_in = tuple(BUILT_IN)
    sides = {
        f"{side}.strategy": built_in if names is None else tuple(names)
        for side, names in zip(SIDES, (us, china), strict=True)
    }
    return grid(scenario, sides, replicates=replicates, runs_per_world=runs_per_world)


def uncertain_numbers(scenario: Scenario, paths: Sequence[str] | None) -> dict[str, Any]:
    """Return the uncertain numbers of a scenario by path: all of them, or those named."""
    known = {path: q for path, q in scenario.numbers() if q.uncertain}
    if paths is None:
        if not known:
            raise InputError(
                f"scenario {scenario.name!r} has no uncertain numbers; give the values to try."
            )
        return known
    found, seats = Problems(), [scenario.seat_path(path) for path in paths]
    for path in seats:
        with found.at():
            if path not in known:
                own = scenario.own_path
                raise no_setting(own(path), [own(name) for name in known], kind="uncertain number")
    found.said()
    return {path: known[path] for path in seats}


def columns(given: Mapping[str, Any]) -> tuple[dict[str, list[Any]], tuple[str, ...]]:
    """Return the values to try of each setting, each once, and remarks where one is given again.

    A lone value is refused in a sentence.
    """
    found, values = Problems(), {}
    remarks: tuple[str, ...] = ()
    for path, column in given.items():
        with found.at(path):
            if isinstance(column, Mapping):
                values[path] = ranged(column)
            elif isinstance(column, str) or not hasattr(column, "__iter__"):
                raise InputError(f"give a list of values to try, or a range, not {column!r:.60}.")
            else:
                listed = [v.item() if getattr(v, "ndim", 1) == 0 else v for v in column]
                if any(hasattr(v, "dtype") for v in listed):
                    raise InputError("give a list of values to try, not a table of them.")
                values[path], more = once(path, listed)
                remarks += more
    found.said()
    return values, remarks

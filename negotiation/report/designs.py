"""How a design varies its settings, and what its settings and cells are called."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np

from negotiation.errors import InputError, counted
from negotiation.scenario import shipped
from negotiation.scenario.problems import one_of_settings
from negotiation.sweep import manifest
from negotiation.words.changes import in_lines, origin
from negotiation.words.own_names import own_name
from negotiation.words.settings import label, named, own_path, seat_path, value

if TYPE_CHECKING:
    from negotiation.report.cells import Cell
    from negotiation.scenario import Scenario
    from negotiation.sweep.results import Results

NOTHING, ONE, TWO, ONE_AT_A_TIME, CROSSED, SPREAD = (
    "nothing", "one", "two", "one-at-a-time", "crossed", "spread",
)  # fmt: skip
MOST_NAMED = 4  # settings that a sentence can bear


def kind_of(results: Results) -> str:
    """Return how a design varies its settings.

    Examples
    --------
    >>> import negotiation as ng
    >>> pie = ng.Scenario.load("split-the-pie")
    >>> kind_of(ng.sweep(ng.sweep.grid(pie, {"us.patience": [0.8, 0.9]}, replicates=9), seed=1))
    'one'
    """
    factors = results.factors
    values = {name: results.design[name].to_pylist() for name in factors}
    if len(results.design) < 2:
        return NOTHING
    if len(factors) == 1:
        return ONE
    if any(None in column for column in values.values()):
        changed = [sum(v is not None for v in row) for row in zip(*values.values(), strict=True)]
        return ONE_AT_A_TIME if max(changed) <= 1 else SPREAD
    if len(results.design) == np.prod([len(set(column)) for column in values.values()]):
        return TWO if len(factors) == 2 else CROSSED
    return SPREAD


def baseline_of(results: Results, cells: list[Cell]) -> Cell | None:
    """Return the cell that the others are compared with, if it has odds."""
    return next((cell for cell in cells if cell.number == results.baseline), None)


def plain(table: Any) -> dict[str, np.ndarray]:
    """Return an Arrow table as arrays, names as text."""
    return {name: np.asarray(table[name].to_pylist()) for name in table.column_names}


def unit_of(results: Results, name: str) -> str:
    """Return the unit of a setting, if it has one."""
    described = results.design.schema.field(name).metadata or {}
    return str(described.get(b"unit", b"").decode())


def label_of(results: Results, name: str, scenario: Scenario | None = None) -> str:
    """Return a setting in words, with its unit."""
    unit, words = unit_of(results, name), label(name, scenario)
    return f"{words} ({unit})" if unit else words


def axis_of(results: Results, name: str, scenario: Scenario, letters: int = 76) -> str:
    """Return a setting for an axis, in lines of so many letters: words, unit and path."""
    unit = unit_of(results, name)
    return fill(
        f"{label(name, scenario)}{f', {unit}' if unit else ''} ({own_path(name, scenario)})",
        letters,
    )


def at(cell: Cell, scenario: Scenario | None = None) -> str:
    """Return where a cell lies, in words.

    Examples
    --------
    >>> from negotiation.report.cells import Cell
    >>> at(Cell(0, 10, {})), at(Cell(1, 10, {"deadline.grace": 0.5}))
    ('as the scenario stands', 'a lapse without penalty at first (deadline.grace) = 0.5')
    """
    if not cell.settings:
        return "as the scenario stands"
    if len(cell.settings) > MOST_NAMED:
        return f"which changes {counted(len(cell.settings), 'setting')}"
    return ", ".join(f"{named(name, scenario)} = {value(v)}" for name, v in cell.settings.items())


def place(results: Results, cell: Cell, scenario: Scenario | None = None) -> str:
    """Return which cell it is, whether the others are compared with it, and where it lies."""
    if len(results.design) == 1:
        return at(cell, scenario)
    baseline = ", the baseline" if cell.number == results.baseline else ""
    return f"cell {cell.number} of {len(results.design)}{baseline}: {at(cell, scenario)}"


def cell_asked(
    results: Results, cells: list[Cell], asked: int | Mapping[str, Any],
    scenario: Scenario | None = None,
) -> Cell:  # fmt: skip
    """Return the cell with this number, or the only one with these settings.

    Settings go by their paths, the sides under the scenario's own names or the seats'.

    Raises
    ------
    InputError
        If there is none, or more than one, or it was not played.
    """
    if isinstance(asked, int):
        found, most = [c for c in cells if c.number == asked], len(results.design) - 1
        wanted = f"cell {asked}"
        if not 0 <= asked <= most:
            raise InputError(f"there is no {wanted}; allowed: a cell from 0 to {most}.")
    else:
        wanted_of = {seat_path(name, scenario): given for name, given in asked.items()}
        known = [own_path(factor, scenario) for factor in results.factors]
        for name in wanted_of:
            one_of_settings(own_path(name, scenario), known, "cell")
        found = [c for c in cells if all(same(c.settings.get(k), v) for k, v in wanted_of.items())]
        wanted = "cell with " + ", ".join(f"{k} = {value(v)}" for k, v in asked.items())
        if len(found) > 1:
            several = ", ".join(str(cell.number) for cell in found[:MOST_NAMED])
            raise InputError(f"{len(found)} cells have that ({several}, ...): say which, or more.")
    if not found or not found[0].odds:
        raise InputError(f"no odds of a {wanted}: it is not in the design, or was not played.")
    return found[0]


def same(stored: Any, given: Any) -> bool:
    """Return whether a value of a design is the one given, numbers to nine digits.

    Examples
    --------
    >>> same(8.0, 8), same(None, 8), same("linear", "linear"), same("[1.0, 0.0]", [1.0, 0.0])
    (True, False, True, True)
    """
    if isinstance(stored, float) and isinstance(given, int | float):
        return math.isclose(stored, given, rel_tol=1e-9)
    return bool(stored == given) or stored == json.dumps(given, sort_keys=True, default=str)


def set_everywhere(results: Results, scenario: Scenario) -> list[str]:
    """Return what all cells set otherwise than the shipped scenario, in words."""
    before = origin(scenario)
    if results.folder is None or before is not None and before.name in shipped():
        return in_lines(scenario)
    constants = manifest.read(results.folder)["constants"]
    return [f"{named(name, scenario)}: {value(given)}" for name, given in constants.items()]


def stem(outcome: str, scenario: Scenario | None = None) -> str:
    """Return an outcome as part of a file's name, the sides in it by the scenario's own names.

    Examples
    --------
    >>> stem("at_horizon.summit_deal")
    'at-horizon-summit-deal'
    """
    own = outcome if scenario is None else own_name(outcome, scenario)
    return own.replace("_", "-").replace(".", "-")

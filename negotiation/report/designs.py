"""How a design varies its settings, and what its settings and cells are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from negotiation.report.cells import Cell
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


def label_of(results: Results, name: str) -> str:
    """Return a setting with its unit, for an axis."""
    unit = unit_of(results, name)
    return f"{name} ({unit})" if unit else name


def value(given: Any) -> str:
    """Return the value of a setting as people write it.

    Examples
    --------
    >>> value(3.0), value(0.25), value(29123.4), value("linear")
    ('3', '0.25', '29123', 'linear')
    """
    if not isinstance(given, float):
        return str(given)
    return f"{given:.0f}" if abs(given) >= 100 else f"{given:.3g}"


def at(cell: Cell) -> str:
    """Return where a cell lies, in words.

    Examples
    --------
    >>> from negotiation.report.cells import Cell
    >>> at(Cell(0, 10, {})), at(Cell(1, 10, {"us.patience": 0.5}))
    ('as the scenario stands', 'at us.patience = 0.5')
    """
    if not cell.settings:
        return "as the scenario stands"
    if len(cell.settings) > MOST_NAMED:
        return f"in cell {cell.number}, which changes {len(cell.settings)} settings"
    return "at " + ", ".join(f"{name} = {value(v)}" for name, v in cell.settings.items())


def stem(outcome: str) -> str:
    """Return an outcome as part of a file's name.

    Examples
    --------
    >>> stem("at_horizon.summit_deal")
    'at-horizon-summit-deal'
    """
    return outcome.replace("_", "-").replace(".", "-")

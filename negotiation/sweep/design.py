"""Designs: which settings a sweep tries, how often, and against which cell they are compared.

A design is a list of cells, each a change of a base scenario. Designs combine: ``a * b`` crosses
them (every cell of one with every cell of the other), ``a + b`` puts one after the other.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from negotiation.errors import InputError, OutOfRange, Problems, shortened, whole_number
from negotiation.scenario import Scenario, overlapping
from negotiation.scenario.problems import one_of_settings
from negotiation.seats import SEATS

if TYPE_CHECKING:
    import pyarrow as pa

LEVER, UNCERTAINTY = "lever", "uncertainty"
MOST_CELLS = 1_000_000
MOST_ENTRIES = 10_000_000  # cells times settings: some gigabytes
MOST_RUNS = 10**12  # a month of a large cluster
MOST_LISTED = 10  # wrong values of one setting
REPLICATES = 10_000

Changes = Mapping[str, Any]


@dataclass(frozen=True)
class Design:
    """Cells to be played, each ``replicates`` times with the same random numbers.

    Parameters
    ----------
    scenario : Scenario
        The base, with the design's constants set.
    cells : tuple of mapping
        What each cell changes, by dotted path. Paths are kept under the names of the seats,
        whatever the scenario calls those who sit there.
    replicates : int
        Runs per cell.
    roles : mapping
        ``"lever"`` (somebody's choice) or ``"uncertainty"`` (nobody's), by dotted path.
    baseline : int
        Number of the cell that the others are compared with.
    runs_per_world : int
        Runs that share one draw of the scenario's uncertain numbers; above 1 the results tell
        chance from ignorance.
    constants : mapping
        What was set in every cell.
    question : str
        What is asked, in words.
    remarks : tuple of str
        What was given more than once, and is played once.

    Examples
    --------
    >>> from negotiation.sweep import grid
    >>> pie = Scenario.load("split-the-pie")
    >>> design = grid(pie, {"us.patience": [0.8, 0.9]}) * grid(pie, {"china.patience": [0.8, 0.9]})
    >>> len(design), design.cells[1]
    (4, {'us.patience': 0.8, 'china.patience': 0.9})
    """

    scenario: Scenario
    cells: tuple[Changes, ...]
    replicates: int = REPLICATES
    roles: Mapping[str, str] = field(default_factory=dict)
    baseline: int = 0
    runs_per_world: int = 1
    constants: Mapping[str, Any] = field(default_factory=dict)
    question: str = ""
    remarks: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        # Plain JSON values, so that a design is the same before and after it was stored.
        few_enough(len(self.cells))
        cells = (seated(cell, self.scenario) for cell in self.cells)
        object.__setattr__(self, "cells", tuple(plain(cell) for cell in cells))
        for name in ("roles", "constants"):
            object.__setattr__(self, name, seated(getattr(self, name), self.scenario))
        whole_number("replicates", self.replicates, 1)
        whole_number("runs_per_world", self.runs_per_world, 1)
        if self.runs > MOST_RUNS:
            raise OutOfRange("cells times replicates", self.runs, f"up to {MOST_RUNS:,} runs")
        if not 0 <= self.baseline < len(self.cells):
            raise OutOfRange("baseline", self.baseline, f"a cell from 0 to {len(self.cells) - 1}")
        if self.replicates % self.runs_per_world:
            raise InputError(
                f"replicates = {self.replicates} is not a multiple of "
                f"runs_per_world = {self.runs_per_world}, so the last world would be torn."
            )

    def __len__(self) -> int:
        return len(self.cells)

    def __mul__(self, other: Design) -> Design:
        """Return every cell of this design with every cell of ``other``."""
        _same_base(self, other)
        if shared := overlapping([*self.roles, *other.roles]):
            names = ", ".join(map(self.scenario.own_path, shared))
            raise InputError(f"both designs vary {names}; crossing needs different settings.")
        few_enough(len(self) * len(other), len(self.roles) + len(other.roles))
        cells = tuple({**a, **b} for a in self.cells for b in other.cells)
        baseline = self.baseline * len(other) + other.baseline
        return replace(
            self,
            cells=cells,
            roles={**self.roles, **other.roles},
            baseline=baseline,
            remarks=(*self.remarks, *other.remarks),
        )

    def __add__(self, other: Design) -> Design:
        """Return the cells of this design and then those of ``other`` that it does not have."""
        return joined([self, other])

    @property
    def runs(self) -> int:
        """Runs in all."""
        return len(self.cells) * self.replicates

    @cached_property
    def factors(self) -> tuple[str, ...]:
        """The settings that vary, in the order in which they appear."""
        return tuple(dict.fromkeys(path for cell in self.cells for path in cell))

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that change when the cells or the base scenario change."""
        return fingerprint_of(
            self.scenario.fingerprint, self.runs_per_world, self.cells, self.baseline
        )

    def scenario_of(self, cell: int) -> Scenario:
        """Return the scenario of a cell."""
        whole_number("cell", cell, 0, len(self) - 1)
        return self.scenario.replace(self.cells[cell]) if self.cells[cell] else self.scenario

    def with_baseline(self, settings: Changes) -> Design:
        """Return the design compared with the first cell that has these settings.

        Raises
        ------
        InputError
            If there is none.
        """
        asked, own = plain(seated(settings, self.scenario)), self.scenario.own_path
        for path in asked:
            one_of_settings(own(path), [own(name) for name in self.factors], "baseline")
        for number, cell in enumerate(self.cells):
            if all(path in cell and alike(cell[path], value) for path, value in asked.items()):
                return replace(self, baseline=number)
        taken = (
            f"{own(path)} takes {', '.join(map(repr, dict.fromkeys(tried[:9])))}"
            + (", ..." if len(tried) > 9 else "")
            for path in asked
            if (tried := [cell[path] for cell in self.cells if path in cell])
        )
        wanted = {own(path): value for path, value in asked.items()}
        raise InputError(f"baseline: no cell has {wanted!r:.200}; {'; '.join(taken)}.")

    def table(self) -> pa.Table:
        """Return one row per cell: its number and what it changes (null: as in the scenario).

        Numbers are float64; names are dictionary-encoded; a whole table or list given to one
        setting is JSON text. The role and unit of a column are in its metadata.
        """
        import pyarrow as pa

        units = {path: quantity.unit for path, quantity in self.scenario.numbers()}
        names, columns = ["cell"], [pa.array(range(len(self)), pa.int32())]
        described = [pa.field("cell", pa.int32(), nullable=False)]
        for path in self.factors:
            column = column_of([cell.get(path) for cell in self.cells])
            role = {"role": self.roles.get(path, "lever"), "unit": units.get(path, "")}
            names.append(path)
            columns.append(column)
            described.append(pa.field(path, column.type, metadata=role))
        about = {"baseline": str(self.baseline), "scenario": self.scenario.name}
        if self.scenario.sides != SEATS:
            about["sides"] = " ".join(self.scenario.sides)
        return pa.table(columns, schema=pa.schema(described, metadata=about))


def seated(settings: Changes, scenario: Scenario) -> dict[str, Any]:
    """Return settings by dotted path, the sides in the paths under the names of their seats.

    Raises
    ------
    InputError
        If one setting is given under both names.

    Examples
    --------
    >>> pie = Scenario.load("split-the-pie").replace({"sides": ["us", "japan"]})
    >>> seated({"japan.patience": 0.8}, pie)
    {'china.patience': 0.8}
    """
    if scenario.sides == SEATS:
        return dict(settings)
    found: dict[str, Any] = {}
    for path, value in settings.items():
        seat = scenario.seat_path(path)
        if seat in found:
            raise InputError(
                f"{scenario.own_path(seat)} is given twice, the second time as {path}."
            )
        found[seat] = value
    return found


def joined(designs: Sequence[Design], **about: Any) -> Design:
    """Return the cells of several designs one after another, each cell once.

    Parameters
    ----------
    designs : sequence of Design
        Over the same scenario; all else is taken from the first.
    about
        Fields of :class:`Design` that are given instead.
    """
    first, cells, known = designs[0], list[Changes](), set[str]()
    roles: dict[str, str] = {}
    remarks: list[str] = []
    for design in designs:
        _same_base(first, design)
        few_enough(len(cells) + len(design))
        keys = [cell_key(cell) for cell in design.cells] if len(designs) > 1 else []
        new = [cell for key, cell in zip(keys, design.cells, strict=False) if key not in known]
        cells += new if keys else design.cells
        known.update(keys)
        roles |= design.roles
        remarks += design.remarks
    told = tuple(dict.fromkeys(remarks))
    return replace(first, cells=tuple(cells), roles=roles, remarks=told, **about)


def few_enough(
    cells: int,
    settings: int = 1,
    *,
    what: str = "cells",
    most: int | None = None,
    entries: int = MOST_ENTRIES,
) -> None:
    """Raise OutOfRange if there would be none of what is to be played or too many, before."""
    most = MOST_CELLS if most is None else most
    if not 1 <= cells <= most:
        raise OutOfRange(what, cells, f"from 1 to {most:,}")
    if cells * settings > entries:
        raise OutOfRange(f"{what} times settings", cells * settings, f"up to {entries:,}")


def alike(a: Any, b: Any) -> bool:
    """Return whether two values of a setting are the same, but for the rounding of numbers.

    The first may be as a table holds it, where a list is JSON.

    Examples
    --------
    >>> alike(3 * 0.1, 0.3), alike("linear", "linear"), alike(0.3, 0.31)
    (True, True, False)
    >>> alike("[1, 0, 0]", [1.0, 0.0, 0.0]), alike(None, 3)
    (True, False)
    """
    if isinstance(a, str) and not isinstance(b, str):
        try:
            a = json.loads(a)
        except ValueError:
            return False
    numbers = isinstance(a, float) and isinstance(b, float)
    return math.isclose(a, b, rel_tol=1e-9) if numbers else bool(a == b)


def plain(cell: Changes) -> dict[str, Any]:
    """Return a cell's changes as JSON holds them: numbers as floats, dates as text."""
    floats = {
        path: float(v) if type(v) is int and abs(v) < 2**1000 else v for path, v in cell.items()
    }
    if all(type(v) in (float, str, bool) for v in floats.values()):  # JSON would change nothing
        return floats
    found: dict[str, Any] = json.loads(json.dumps(floats, default=str))
    return found


def column_of(values: list[Any]) -> pa.Array:
    """Return settings as the narrowest column that holds them.

    Examples
    --------
    >>> column_of([1, None, 2.5]).type, column_of(["linear", "boulware"]).type
    (DataType(double), DictionaryType(dictionary<values=string, indices=int32, ordered=0>))
    """
    import pyarrow as pa

    given = [v for v in values if v is not None]
    if all(isinstance(v, int | float) and not isinstance(v, bool) for v in given):
        return pa.array([None if v is None else float(v) for v in values], pa.float64())
    texts = [
        v if v is None or isinstance(v, str) else json.dumps(v, sort_keys=True, default=str)
        for v in values
    ]
    return pa.array(texts, pa.string()).dictionary_encode()


def cell_key(cell: Changes) -> str:
    """Return a cell's changes as text that is equal for equal changes.

    Examples
    --------
    >>> cell_key({"b": 1.0, "a": 2}) == cell_key({"a": 2.0, "b": 1})
    True
    """
    return json.dumps(plain(cell), sort_keys=True)


def once(path: str, values: Sequence[Any]) -> tuple[list[Any], tuple[str, ...]]:
    """Return the values of a setting, each once, and a remark where one was given again.

    Numbers that agree in twelve digits are the same value.

    Examples
    --------
    >>> once("us.patience", [0.8, 0.9, 0.8, 0.80])
    ([0.8, 0.9], ('us.patience: 0.8 is given more than once; it is tried once.',))
    >>> once("us.patience", [3 * 0.1, 0.3])[0]
    [0.30000000000000004]
    """
    found: dict[str, Any] = {}
    again: dict[str, Any] = {}
    for value in values:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        key = (
            f"{value:.12g}"
            if number and abs(value) < sys.float_info.max
            else json.dumps(value, sort_keys=True, default=repr)
        )
        (again if key in found else found).setdefault(key, value)
    if not again:
        return list(values), ()
    shown = ", ".join(f"{shortened(value)}" for value in list(again.values())[:MOST_LISTED])
    shown += ", ..." * (len(again) > MOST_LISTED)
    verb, it = ("is", "it is") if len(again) == 1 else ("are", "each is")
    return list(found.values()), (f"{path}: {shown} {verb} given more than once; {it} tried once.",)


def fingerprint_of(
    scenario: str, runs_per_world: int, cells: Sequence[Changes], baseline: int
) -> str:
    """Return the fingerprint of a design over a scenario with this fingerprint."""
    digest = hashlib.sha256(scenario.encode())
    digest.update(f"{runs_per_world} {cell_key(cells[baseline])}".encode())
    for cell in cells:
        digest.update(cell_key(cell).encode())
    return digest.hexdigest()[:12]


def checked(scenario: Scenario, factors: Mapping[str, Sequence[Any]]) -> None:
    """Raise InputError unless every value is allowed in the scenario, one at a time.

    What only fails in combination is found when its cell is played, and kept as a failure.
    """
    found = Problems()
    for path, values in factors.items():
        if len(values) == 0:
            found.lines.append(f"{path}: no values to try.")
            continue
        before = len(found.errors)
        for value in {json.dumps(v, default=str): v for v in telling(values)}.values():
            with found.at():
                scenario.replace({path: value})
            if len(found.errors) == before + MOST_LISTED:
                break
    found.said()


def telling(values: Sequence[Any]) -> Sequence[Any]:
    """Return the values that decide whether all are allowed: of numbers the ends, and a fraction.

    Examples
    --------
    >>> telling([1, 4, 2.5, 3]), telling(["linear", "boulware"])
    ([1, 4, 2.5], ['linear', 'boulware'])
    """
    if not all(type(v) in (int, float) and -math.inf < v < math.inf for v in values):
        return values
    return [min(values), max(values), *[v for v in values if v != int(v)][:1]]


def _same_base(a: Design, b: Design) -> None:
    if a.scenario.fingerprint != b.scenario.fingerprint:
        raise InputError(
            f"designs over different scenarios cannot be combined: {a.scenario.name!r} and "
            f"{b.scenario.name!r} differ in their settings."
        )

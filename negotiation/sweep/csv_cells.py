"""A design whose cells are the lines of a CSV file: settings are columns, a blank changes nothing.

us.patience,us.strategy
0.8,linear
0.9,
"""

from __future__ import annotations

import os
from pathlib import Path

from negotiation.errors import FileProblems, InputError, Problems
from negotiation.printable import printable
from negotiation.scenario import Given, Scenario, overlapping
from negotiation.scenario.csv_text import content_of, lines_of
from negotiation.scenario.toml import value_of
from negotiation.sweep.design import (
    LEVER,
    MOST_LISTED,
    REPLICATES,
    Design,
    cell_key,
    checked,
    few_enough,
)

WHAT = "a file of cells (CSV)"


def from_csv(
    scenario: Given,
    path: str | Path,
    *,
    replicates: int = REPLICATES,
    role: str = LEVER,
    runs_per_world: int = 1,
) -> Design:
    """Read the cells of a design from a CSV file.

    Parameters
    ----------
    scenario : Scenario
    path : str or Path
        Its first line names settings by dotted path, each further line is a cell. What stands
        there is written as in TOML, a name also without quotes; a blank leaves the scenario's.

    Raises
    ------
    MissingFile, FileProblems, InputError
        One sentence for each thing that is wrong.
    """
    scenario, where = Scenario.of(scenario), str(path)
    if os.path.exists(path) and not os.path.isfile(path):
        raise InputError(f"{path}: this is no file; expected {WHAT}.")
    header, lines, problems = lines_of(content_of(Path(path), WHAT), where, "cell")
    header = [printable(name) for name in header]
    found = Problems()
    if twice := overlapping({name for name in header if name}):
        problems.append(f"{', '.join(twice)}: given twice; allowed: once.")
    few_enough(max(1, len(lines)), len(header))
    cells: list[dict[str, object]] = []
    for line, texts in lines:
        if texts.get(""):
            problems.append(f"line {line}: {texts['']!r:.40} stands under no column name.")
        cell: dict[str, object] = {}
        for name, text in texts.items():
            with found.at(f"line {line}: {printable(name)}"):
                if name and text:
                    cell[printable(name)] = value_of(text)
        cells.append(cell)
    if problems or found.lines:
        raise FileProblems(where, [*problems, *found.lines])
    values = {name: [cell[name] for cell in cells if name in cell] for name in header if name}
    with found.at():
        checked(scenario, {name: column for name, column in values.items() if column})
    if found.lines:
        raise FileProblems(where, found.lines)
    roles = {name: role for name, column in values.items() if column}
    first: dict[str, dict[str, object]] = {}
    again = []
    for (line, _), cell in zip(lines, cells, strict=True):
        if first.setdefault(cell_key(cell), cell) is not cell:
            again.append(line)
    return Design(
        scenario,
        tuple(first.values()),
        replicates,
        roles,
        runs_per_world=runs_per_world,
        remarks=(repeated(where, again),) if again else (),
    )


def repeated(where: str, lines: list[int]) -> str:
    """Return which lines repeat others, in a sentence.

    Examples
    --------
    >>> repeated("cells.csv", [4])
    'cells.csv: line 4 repeats a line before it; each cell is played once.'
    """
    shown = ", ".join(map(str, lines[:MOST_LISTED])) + ", ..." * (len(lines) > MOST_LISTED)
    if len(lines) == 1:
        return f"{where}: line {shown} repeats a line before it; each cell is played once."
    return f"{where}: lines {shown} repeat lines before them; each cell is played once."

"""``negotiation plot``: the pictures that fit a sweep."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from negotiation.cli import drawing
from negotiation.cli import options as o
from negotiation.cli.say import say
from negotiation.errors import InputError, shortened, written

PLACE = 62

ResultsFolder = Annotated[Path, o.argument("RESULTS_DIR", "The results of a sweep.")]
Out = Annotated[Path | None, o.text("DIR", "Where to; by default RESULTS_DIR/figures.")]
Outcomes = Annotated[list[str] | None, o.text("NAME", "Whose odds; repeat for more.", "--outcome")]
AskedCell = Annotated[
    list[str] | None,
    o.text(
        "N|KEY=VALUE",
        "Whose odds to begin with: the number of a cell, or its settings, repeated; the baseline's "
        "if not given, of a design spread over ranges those over all of it.",
        "--cell",
    ),
]
Worlds = Annotated[
    int,
    o.number(
        "N",
        "Draws of the uncertain numbers for the wide interval, where the sweep has none; "
        "0 leaves it out.",
    ),
]


def plot(
    results: ResultsFolder,
    out: Out = None,
    cell: AskedCell = None,
    outcome: Outcomes = None,
    worlds: Worlds = o.WORLDS,
) -> None:
    """Draw what a sweep found, as PNG, SVG and words.

    Example: negotiation plot out/ultimatum --cell deadline.ultimatum=4
    """
    o.within("--worlds", worlds, 0, 1_000_000)
    drawing.ready()
    from negotiation.report.pictures import save_pictures

    asked = tuple(outcome) if outcome else None
    for path in save_pictures(results, out, outcomes=asked, worlds=worlds, cell=named(cell)):
        say(path)


def named(cell: list[str] | None) -> int | dict[str, Any] | None:
    """Return the cell that is asked for: its number, or what it sets.

    Examples
    --------
    >>> named(["2"]), named(["us.patience=0.8", "us.strategy=linear"]), named(None)
    (2, {'us.patience': 0.8, 'us.strategy': 'linear'}, None)
    """
    if not cell:
        return None
    if len(cell) == 1 and "=" not in cell[0]:
        number = written(cell[0], 0, 2**62)
        if number is None:
            raise InputError(
                f"--cell {shortened(cell[0])}: give the number of a cell, from 0, or what it sets "
                "as KEY=VALUE, for instance --cell us.patience=0.8."
            )
        return number
    return o.changes(cell)

"""``negotiation plot``: the pictures that fit a sweep."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from negotiation.cli import options as o

PLACE = 62

ResultsFolder = Annotated[
    Path, typer.Argument(metavar="RESULTS_DIR", help="The results of a sweep.")
]
Out = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", help="Where to; by default RESULTS_DIR/figures.", show_default=False
    ),
]
Outcomes = Annotated[
    list[str] | None,
    typer.Option("--outcome", metavar="NAME", help="Whose odds; repeat for more."),
]
Worlds = Annotated[
    int,
    typer.Option(
        parser=o.whole,
        metavar="N",
        help="Draws of the uncertain numbers for the second interval, where the sweep has none; "
        "0 leaves it out.",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(plot)


def plot(
    results: ResultsFolder, out: Out = None, outcome: Outcomes = None, worlds: Worlds = o.WORLDS
) -> None:
    """Draw what a sweep found, as PNG, SVG and words."""
    from negotiation.report.pictures import save_pictures

    o.within("--worlds", worlds, 0, 1_000_000)
    asked = tuple(outcome) if outcome else None
    for path in save_pictures(results, out, outcomes=asked, worlds=worlds):
        typer.echo(path)

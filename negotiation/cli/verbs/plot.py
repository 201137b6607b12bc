"""``negotiation plot``: the pictures that fit a sweep."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from negotiation.cli import options as o
from negotiation.cli.say import say

PLACE = 62

ResultsFolder = Annotated[Path, o.argument("RESULTS_DIR", "The results of a sweep.")]
Out = Annotated[Path | None, o.text("DIR", "Where to; by default RESULTS_DIR/figures.")]
Outcomes = Annotated[list[str] | None, o.text("NAME", "Whose odds; repeat for more.", "--outcome")]
Worlds = Annotated[
    int,
    o.number(
        "N",
        "Draws of the uncertain numbers for the second interval, where the sweep has none; "
        "0 leaves it out.",
    ),
]


def plot(
    results: ResultsFolder, out: Out = None, outcome: Outcomes = None, worlds: Worlds = o.WORLDS
) -> None:
    """Draw what a sweep found, as PNG, SVG and words."""
    from negotiation.report.pictures import save_pictures

    o.within("--worlds", worlds, 0, 1_000_000)
    asked = tuple(outcome) if outcome else None
    for path in save_pictures(results, out, outcomes=asked, worlds=worlds):
        say(path)

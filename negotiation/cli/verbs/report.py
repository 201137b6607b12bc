"""``negotiation report``: a sweep as one page that opens anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from negotiation.cli import options as o
from negotiation.cli.say import say
from negotiation.cli.verbs.plot import AskedCell, Outcomes, ResultsFolder, Worlds, named

PLACE = 63

Out = Annotated[Path | None, o.text("FILE", "The page; by default RESULTS_DIR/report.html.")]


def report(
    results: ResultsFolder,
    out: Out = None,
    cell: AskedCell = None,
    outcome: Outcomes = None,
    worlds: Worlds = o.WORLDS,
) -> None:
    """Write a sweep as one HTML page that needs no network.

    Example: negotiation report out/price
    """
    from negotiation.report.page import write_report

    o.within("--worlds", worlds, 0, 1_000_000)
    asked = tuple(outcome or ()) or None
    say(write_report(results, out, outcomes=asked, worlds=worlds, cell=named(cell)))

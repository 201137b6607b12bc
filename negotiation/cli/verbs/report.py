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
    csv: o.Csv = None,
    xlsx: o.Xlsx = None,
) -> None:
    """Write a sweep as one HTML page that needs no network.

    Example: negotiation report out/price
    """
    from negotiation.cli import files
    from negotiation.report.page import write_report
    from negotiation.sweep.results import Results
    from negotiation.sweep.store import stored_scenario
    from negotiation.words.own_names import seat_name

    o.within("--worlds", worlds, 0, 1_000_000)
    files.tables_wanted(csv, xlsx)
    wanted = tuple(outcome or ()) or None
    say(write_report(results, out, outcomes=wanted, worlds=worlds, cell=named(cell)))
    if csv or xlsx:
        found, base = Results.load(results), stored_scenario(results)
        asked = wanted and tuple(seat_name(name, base) for name in wanted)
        files.write_tables(csv, xlsx, found.sheets(asked), base=base)

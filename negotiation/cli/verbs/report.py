"""``negotiation report``: a sweep as one page that opens anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from negotiation.cli import drawing
from negotiation.cli import options as o
from negotiation.cli.say import say
from negotiation.cli.verbs.plot import AskedCell, Outcomes, ResultsFolder, Worlds, named

PLACE = 63

Out = Annotated[
    Path | None,
    o.text("FILE", "The page; by default RESULTS_DIR/report.html, or explorable.html there."),
]
Explorable = Annotated[
    bool,
    o.flag(
        "Write a page with levers instead: odds between the cells, with intervals.", "--explorable"
    ),
]
Levers = Annotated[
    list[str] | None,
    o.text(
        "SETTING",
        "With --explorable, what the reader moves; repeat for more, six at most. All that vary if "
        "not given, or the six that explain most.",
        "--lever",
    ),
]


def report(
    results: ResultsFolder,
    out: Out = None,
    explorable: Explorable = False,
    lever: Levers = None,
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
    from negotiation.errors import InputError
    from negotiation.report.page import write_report
    from negotiation.sweep.results import Results
    from negotiation.sweep.store import stored_scenario
    from negotiation.words.own_names import seat_name

    o.within("--worlds", worlds, 0, 1_000_000)
    files.tables_wanted(csv, xlsx)
    wanted = tuple(outcome or ()) or None
    if lever and not explorable:
        raise InputError("--lever: only a page with levers has some; add --explorable.")
    if explorable and cell:
        raise InputError("--cell: a page with levers begins at the baseline; leave it out.")
    if explorable:
        from negotiation.report.explorable import write_explorable

        say(write_explorable(results, out, levers=lever, outcomes=wanted))
    else:
        drawing.ready()
        say(write_report(results, out, outcomes=wanted, worlds=worlds, cell=named(cell)))
    if csv or xlsx:
        found, base = Results.load(results), stored_scenario(results)
        asked = wanted and tuple(seat_name(name, base) for name in wanted)
        files.write_tables(csv, xlsx, found.sheets(asked), base=base)

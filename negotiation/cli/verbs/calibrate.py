"""``negotiation calibrate``: what past decisions teach of the numbers that no source gives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from negotiation.cli import options as o
from negotiation.cli.say import say

if TYPE_CHECKING:
    from negotiation.hindcast.record import Record

PLACE = 71

File = Annotated[
    Path | None,
    o.argument(
        "FILE.csv|DIR",
        "Past decisions of your own, to be played and learned from beside those of the record; "
        "negotiation hindcast --columns says how.",
    ),
]

Pair = Annotated[
    str | None,
    o.text(
        "A-B",
        "Two governments, under those in office when they met last in the record; by default what "
        "all governments have in common.",
    ),
]


def calibrate(
    file: File = None,
    pair: Pair = None,
    csv: o.Csv = None,
    xlsx: o.Xlsx = None,
    as_json: o.AsJson = False,
    workers: o.Workers = None,
    quiet: o.Quiet = False,
) -> None:
    """Tell what past decisions teach of the numbers that no source gives.

    Example: negotiation calibrate --pair US-China
    """
    from negotiation.cli import calibrate_text, files
    from negotiation.cli.exits import left_out
    from negotiation.hindcast import record
    from negotiation.hindcast.calibrate import calibrated, last_unit
    from negotiation.sweep.spreadsheet import table_of

    files.tables_wanted(csv, xlsx)
    refused: list[str] = []
    played = record.shipped()
    if file:
        played, refused = with_own(file, workers=o.cores(workers), quiet=quiet)
    found = calibrated(played, last_unit(pair, played) if pair else None)
    answer = files.as_json(found) if as_json else calibrate_text.report(found)
    if csv or xlsx:
        rows = [{"parameter": name, **each} for name, each in found["parameters"].items()]
        with files.or_said(lambda: answer):
            files.write_tables(csv, xlsx, {"parameters": table_of(rows)})
    say(answer)
    left_out(str(file), refused, "learned from")


def with_own(file: Path, *, workers: int, quiet: bool) -> tuple[Record, list[str]]:
    """Return the record with past decisions of a file, which are played, and tell how far it is.

    Beside it what is wrong with other rows of the file.
    """
    from negotiation.cli.pace import pace
    from negotiation.hindcast import own, record

    table = own.read(file)
    rows = table.rows
    record.player(rows[0]).rows(record.prior()[0][0], seed=1, runs=1)  # compiled before the threads
    with pace(own.steps(rows), what="negotiations", quiet=quiet) as done:
        return own.learned_from(rows, workers=workers, progress=done), table.refused

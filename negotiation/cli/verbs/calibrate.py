"""``negotiation calibrate``: what past decisions teach of the numbers that no source gives."""

from __future__ import annotations

from typing import Annotated

from negotiation.cli import options as o
from negotiation.cli.say import say

PLACE = 71

Pair = Annotated[
    str | None,
    o.text(
        "A-B",
        "Two governments, under those in office when they met last in the record; by default what "
        "all governments have in common.",
    ),
]


def calibrate(
    pair: Pair = None, csv: o.Csv = None, xlsx: o.Xlsx = None, as_json: o.AsJson = False
) -> None:
    """Tell what past decisions teach of the numbers that no source gives.

    Example: negotiation calibrate --pair US-China
    """
    from negotiation.cli import calibrate_text, files
    from negotiation.hindcast.calibrate import calibrated, last_unit
    from negotiation.sweep.spreadsheet import table_of

    files.tables_wanted(csv, xlsx)
    found = calibrated(unit=last_unit(pair) if pair else None)
    if csv or xlsx:
        rows = [{"parameter": name, **each} for name, each in found["parameters"].items()]
        files.write_tables(csv, xlsx, {"parameters": table_of(rows)})
    say(files.as_json(found) if as_json else calibrate_text.report(found))

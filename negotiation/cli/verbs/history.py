"""``negotiation history``: what happened in past trade disputes, counted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from negotiation.cli import options as o
from negotiation.cli.say import say
from negotiation.errors import InputError

PLACE = 75

Rows = Annotated[
    Path | None,
    o.text("FILE|DIR", "Decisions of your own (CSV), or a folder with spells and deals too."),
]


def history(
    rows: Rows = None,
    csv: o.Csv = None,
    xlsx: o.Xlsx = None,
    as_json: o.AsJson = False,
) -> None:
    """Count how past trade disputes went on: outcomes, who gave way, how long penalties last.

    Example: negotiation history --json
    """
    from negotiation.cli import files, history_text
    from negotiation.history import reading
    from negotiation.history.tables import tables
    from negotiation.sweep.spreadsheet import table_of

    files.tables_wanted(csv, xlsx)
    record = reading.load(rows) if rows else reading.shipped()
    found = tables(record)
    if not found:
        raise InputError(f"{record.where}: nothing to count; expected US decisions since 2017.")
    if csv or xlsx:
        files.write_tables(csv, xlsx, {"history": table_of(history_text.rows(found))})
    told = history_text.data(found, record.where)
    say(files.as_json(told) if as_json else history_text.report(found, record.where))

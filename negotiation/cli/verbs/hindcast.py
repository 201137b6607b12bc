"""``negotiation hindcast``: forecasts of past decisions from what was known before, and scores."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from negotiation.cli import options as o
from negotiation.cli.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from negotiation.history.rows import Decision

PLACE = 70
RUNS = 100
PAIR = "US-China"

Which = Annotated[
    str | None,
    o.argument(
        "FILE.csv|DIR|ID",
        "Decisions of your own to forecast, or one of the record by its id, played anew; by "
        "default those of the record between the two of --pair.",
    ),
]
Pair = Annotated[
    str | None,
    o.text("A-B", f"Whose decisions of the record: two governments, or all; by default {PAIR}."),
]
Columns = Annotated[
    bool, o.flag("Print the columns of a file of decisions, and no more.", "--columns")
]
Runs = Annotated[int, o.number("N", "Negotiations per decision and posterior draw, if played.")]


def hindcast(
    which: Which = None,
    pair: Pair = None,
    columns: Columns = False,
    runs: Runs = RUNS,
    seed: o.Seed = 1,
    csv: o.Csv = None,
    xlsx: o.Xlsx = None,
    as_json: o.AsJson = False,
    workers: o.Workers = None,
    quiet: o.Quiet = False,
) -> None:
    """Forecast past decisions from what was known before them, and score the forecasts.

    Example: negotiation hindcast --json
    """
    from negotiation.cli import files, record_text
    from negotiation.cli.exits import left_out
    from negotiation.cli.pace import pace
    from negotiation.errors import InputError
    from negotiation.hindcast import coming, record
    from negotiation.skill import past
    from negotiation.sweep.spreadsheet import table_of

    o.within("--runs", runs, 1, 1_000_000)
    o.within("--seed", seed, 0, 2**32 - 1)
    cores = o.cores(workers)
    files.tables_wanted(csv, xlsx)
    if columns:
        told = coming.columns()
        say(files.as_json(told) if as_json else record_text.columns_report(told))
        return
    if which is not None and pair is not None:
        raise InputError(f"--pair {pair}: only without a file or an id of a decision.")
    found: dict[str, Any]
    refused: list[str] = []
    if which is None:
        rows = record.between(pair or PAIR)
        with pace(past.steps(rows), what="forecasts", quiet=quiet) as done:
            found = {"pair": pair or PAIR, **past.past(rows, progress=done)}
        page = record_text.past_report(found)
    else:
        decisions, refused, more = chosen(which)
        found = played(decisions, runs=runs, seed=seed, workers=cores, quiet=quiet)
        refused = with_rows_of(found, which, refused, more)
        page = record_text.record_report(found, which)
    answer = files.as_json(found) if as_json else page
    if csv or xlsx:
        rows_told = ({**each, "sides": "-".join(each["sides"])} for each in found["decisions"])
        with files.or_said(lambda: answer):
            files.write_tables(csv, xlsx, {"forecasts": table_of(rows_told)})
    say(answer)
    left_out(str(which), refused, "forecast")


def chosen(which: str) -> tuple[Sequence[Decision], list[str], list[str]]:
    """Return the decisions of a file, or the one of the record that has this id.

    Beside them what is wrong with other rows, and with cells that are not used.
    """
    from negotiation.errors import UnknownName
    from negotiation.hindcast import coming
    from negotiation.history.reading import shipped

    if Path(which).exists() or Path(which).suffix or len(Path(which).parts) > 1:
        table = coming.read(which)
        return table.rows, table.refused, table.remarks
    known = {row.id: row for row in shipped().decisions}
    if which not in known:
        raise UnknownName("file, and no decision of the record", which, known)
    return [known[which]], [], []


def with_rows_of(
    found: dict[str, Any], where: str, refused: list[str], remarks: list[str]
) -> list[str]:
    """Add to what was forecast what is wrong with other rows of its file, and return that.

    Raises
    ------
    FileProblems
        If nothing was forecast.
    """
    from negotiation.errors import FileProblems

    found["refused"] = [*refused, *found["refused"]]
    found["remarks"] = [*remarks, *found["remarks"]]
    if not found["decisions"]:
        raise FileProblems(where, found["refused"])
    return list(found["refused"])


def played(
    rows: Sequence[Decision], *, runs: int, seed: int, workers: int, quiet: bool
) -> dict[str, Any]:
    """Play rows in the columns of the record, of any two sides, and tell how far it has come."""
    from negotiation.cli.pace import pace
    from negotiation.hindcast import coming
    from negotiation.skill import own_rows

    coming.forecast(rows[:1], runs=1, seed=seed)  # compiled here and not in the threads
    with pace(own_rows.steps(rows, runs), what="negotiations", quiet=quiet) as done:
        return own_rows.forecast(rows, seed=seed, runs=runs, workers=workers, progress=done)

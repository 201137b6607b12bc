"""Tables for a spreadsheet: CSV, or sheets of one xlsx file.

A text that begins with ``=``, ``+``, ``-`` or ``@`` is a formula to a spreadsheet that opens a CSV
file, and a formula can do harm. It gets an apostrophe before it; in xlsx, where a cell says what it
is, it stays as it is.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from negotiation.errors import InputError
from negotiation.printable import printable
from negotiation.sweep import atomic

if TYPE_CHECKING:
    import pyarrow as pa

FORMULA = r"^([=+\-@\t\r])"
MOST_ROWS, MOST_COLUMNS, LONGEST_TEXT = 1_048_576, 16_384, 32_767  # of a sheet, of a cell
MADE = dt.datetime(2000, 1, 1)  # the same table is the same file, whenever it is written


def write_csv(table: pa.Table, path: str | Path) -> None:
    """Write a table as CSV."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.csv as csv

    columns = []
    for column in table.columns:
        if pa.types.is_dictionary(column.type) or pa.types.is_null(column.type):
            column = column.cast(pa.string())
        if pa.types.is_string(column.type):
            column = pc.replace_substring_regex(column, FORMULA, r"'\1")
        columns.append(column)
    sink = pa.BufferOutputStream()
    csv.write_csv(pa.table(columns, names=table.column_names), sink)
    atomic.write(Path(path), sink.getvalue().to_pybytes())


def write_xlsx(sheets: Mapping[str, pa.Table], path: str | Path) -> None:
    """Write tables as the sheets of one file, by their names.

    Raises
    ------
    InputError
        If a table is larger than a sheet can be.
    """
    import xlsxwriter

    for name, table in sheets.items():
        if len(table) >= MOST_ROWS or table.num_columns > MOST_COLUMNS:
            raise InputError(
                f"{path}: {name} has {len(table):,} rows and {table.num_columns:,} columns; a "
                f"sheet holds up to {MOST_ROWS - 1:,} and {MOST_COLUMNS:,}. Write CSV instead."
            )
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": MADE})
        bold = book.add_format({"bold": True})
        for name, table in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for j, (label, column) in enumerate(
                zip(table.column_names, table.columns, strict=True)
            ):
                sheet.write_string(0, j, label, bold)
                sheet.set_column(j, j, max(9, min(len(label) + 2, 40)))
                for i, value in enumerate(column.to_pylist(), 1):
                    _put(sheet, i, j, value)
    atomic.write(Path(path), content.getvalue())


def _put(sheet: Any, i: int, j: int, value: Any) -> None:
    """Write a cell as what it is; nothing where there is no number."""
    if isinstance(value, bool):
        sheet.write_boolean(i, j, value)
    elif isinstance(value, int | float):
        if math.isfinite(value):
            sheet.write_number(i, j, value)
    elif value is not None:
        sheet.write_string(i, j, printable(str(value))[:LONGEST_TEXT])


def table_of(rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Return nested records as a table, the names of what is nested joined by dots.

    Examples
    --------
    >>> table_of([{"side": "us", "gain": {"value": 1.5, "low": 1.0}}]).to_pylist()
    [{'side': 'us', 'gain.value': 1.5, 'gain.low': 1.0}]
    """
    import pyarrow as pa

    flat = [dict(_flat(row, "")) for row in rows]
    names = list(dict.fromkeys(name for row in flat for name in row))
    return pa.table({name: pa.array([row.get(name) for row in flat]) for name in names})


def _flat(record: Mapping[str, Any], at: str) -> Iterable[tuple[str, Any]]:
    for name, value in record.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{at}{name}.")
        else:
            yield f"{at}{name}", value

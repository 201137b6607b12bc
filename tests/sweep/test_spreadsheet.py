"""Tables for a spreadsheet: what is a number stays one, and no text becomes a formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pyarrow as pa
import pytest

from negotiation.errors import InputError
from negotiation.sweep import spreadsheet

HARM = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1"]
TABLE = pa.table(
    {
        "name": [*HARM, "plain", None],
        "value": [-1.5, 2.0, float("nan"), None, 0.0, 1e-300, 1.0, 2.0],
    }
)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells_of(path: Path, sheet: int = 1) -> dict[str, object]:
    """Return the cells of a sheet by their place, read without a library for such files."""
    with zipfile.ZipFile(path) as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist())
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        page = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))
    texts = ["".join(t.text or "" for t in entry.iter(f"{MAIN}t")) for entry in shared]
    found: dict[str, object] = {}
    for cell in page.iter(f"{MAIN}c"):
        value = cell.findtext(f"{MAIN}v")
        if value is not None:
            found[cell.get("r", "")] = texts[int(value)] if cell.get("t") == "s" else float(value)
    return found


def test_no_text_of_a_csv_file_is_a_formula(tmp_path: Path) -> None:
    """An apostrophe stands before it; a negative number is a number as ever."""
    spreadsheet.write_csv(TABLE, tmp_path / "t.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "t.csv").read_bytes().decode(), newline="")))
    assert [row["name"] for row in rows] == [*(f"'{text}" for text in HARM), "plain", ""]
    assert float(rows[0]["value"]) == -1.5 and rows[3]["value"] == ""


def test_a_text_of_a_workbook_is_a_text(tmp_path: Path) -> None:
    """As it is, without an apostrophe; what is no number is an empty cell."""
    spreadsheet.write_xlsx({"one": TABLE, "two": TABLE}, tmp_path / "t.xlsx")
    cells = cells_of(tmp_path / "t.xlsx", 2)
    shown = [re.sub("_x000[9D]_|\\s|u000d|\\\\", "", str(cells[f"A{i + 2}"])) for i in range(7)]
    assert shown == [*(text.strip() for text in HARM), "plain"]
    assert [cells.get(f"B{i}") for i in range(2, 10)] == [
        -1.5,
        2.0,
        None,
        None,
        0.0,
        1e-300,
        1.0,
        2.0,
    ]


def test_the_same_table_is_the_same_workbook(tmp_path: Path) -> None:
    """Whenever it is written, so that results can be compared by their bytes."""
    for name in ("a.xlsx", "b.xlsx"):
        spreadsheet.write_xlsx({"one": TABLE}, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_table_too_long_for_a_sheet_is_refused(tmp_path: Path) -> None:
    """Rather than cut off."""
    long = pa.table({"a": pa.nulls(1_048_576, pa.int8())})
    with pytest.raises(InputError, match="one has 1,048,576 rows"):
        spreadsheet.write_xlsx({"one": long}, tmp_path / "t.xlsx")
    assert not (tmp_path / "t.xlsx").exists()


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    """A table takes the place of a plain file or of nothing."""
    (tmp_path / "t.csv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="a link"):
        spreadsheet.write_csv(TABLE, tmp_path / "t.csv")

"""A CSV file as rows of text, whatever wrote it: a byte-order mark is dropped, blank lines too."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from negotiation.errors import FileProblems, MissingFile

WHAT = "a file of episodes (CSV)"
FILE = "episodes.csv"


def bytes_of(path: str | Path) -> tuple[bytes, str]:
    """Return the content of a file and what to call it in messages."""
    file = Path(path)
    if file.is_dir():
        file = file / FILE
    try:
        return file.read_bytes(), str(file)
    except (FileNotFoundError, NotADirectoryError):
        raise MissingFile(file, WHAT) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileProblems(file, [f"cannot be read: {reason}."]) from None


def read_table(
    content: bytes, where: str
) -> tuple[list[str], list[tuple[int, dict[str, str]]], list[str]]:
    r"""Return the column names, the rows with their line numbers, and what is wrong.

    Examples
    --------
    >>> read_table(b"id,date\nA,2019-03-01\n", "x.csv")
    (['id', 'date'], [(2, {'id': 'A', 'date': '2019-03-01'})], [])
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileProblems(where, ["not text (UTF-8); save the table as CSV in UTF-8."]) from None
    if "\x00" in text:
        raise FileProblems(where, ["not text: it holds zero bytes; expected a CSV table."])
    _check_separator(text, where)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    rows: list[tuple[int, dict[str, str]]] = []
    problems: list[str] = []
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if not any(stripped):
                continue
            if not header:
                header = stripped
                continue
            if len(stripped) > len(header) and any(stripped[len(header) :]):
                problems.append(
                    f"line {reader.line_num}: {len(stripped)} cells under {len(header)} columns; "
                    "a text with a comma needs quotes."
                )
                continue
            rows.append((reader.line_num, dict(zip(header, stripped, strict=False))))
    except csv.Error as error:
        why = "a quotation mark is not closed" if "unexpected end" in str(error) else str(error)
        problems.append(f"line {reader.line_num}: not a CSV table: {why}.")
    twice = sorted({name for name in header if name and header.count(name) > 1})
    problems += [f"column {name!r} is there twice." for name in twice]
    if not header:
        problems.append("it is empty; expected a line of column names and a line per episode.")
    elif not rows and not problems:
        problems.append("it has column names and no episode below them.")
    return header, rows, problems


def _check_separator(text: str, where: str) -> None:
    """Raise FileProblems if cells are separated by semicolons or tabs."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if mark in first and "," not in first:
            raise FileProblems(
                where,
                [f"cells are separated by {name}; save it with commas between cells, and points "
                 "in numbers."],
            )  # fmt: skip

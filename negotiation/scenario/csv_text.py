"""CSV text: lines of cells, whatever wrote them; a byte-order mark is dropped, blank lines too."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from negotiation.errors import FileProblems, MissingFile, counted
from negotiation.folders import whole

NAMES = {",": "comma", ";": "semicolon", "\t": "tab"}
Lines = list[tuple[int, dict[str, str]]]


def content_of(path: Path, what: str) -> bytes:
    """Return the bytes of a file; ``what`` it should be is said where there is none.

    Raises
    ------
    MissingFile, FileProblems
        If there is none, or it cannot be read.
    """
    try:
        return whole(path)
    except (FileNotFoundError, NotADirectoryError):
        raise MissingFile(path, what) from None
    except (OSError, ValueError) as error:  # a name with a null character
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise FileProblems(path, [f"cannot be read: {reason}."]) from None


def lines_of(
    content: bytes, where: str, row: str, separators: str = ","
) -> tuple[list[str], Lines, list[str]]:
    r"""Return the column names, the rows with their line numbers, and what is wrong.

    Parameters
    ----------
    content : bytes
    where : str
        What to call it in a message, for instance the file's path.
    row : str
        What a row is, for instance ``"episode"``.
    separators : str
        What may stand between cells. Where it is no comma, one in a number is its point.

    Raises
    ------
    FileProblems
        If it is no table at all.

    Examples
    --------
    >>> lines_of(b"a,b\n1,2\n", "x.csv", "cell")
    (['a', 'b'], [(2, {'a': '1', 'b': '2'})], [])
    >>> lines_of(b"a;b\n1,5;2\n", "x.csv", "cell", ",;")
    (['a', 'b'], [(2, {'a': '1.5', 'b': '2'})], [])
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileProblems(where, ["not text (UTF-8); save the table as CSV in UTF-8."]) from None
    if "\x00" in text:
        raise FileProblems(where, ["not text: it holds zero bytes; expected a CSV table."])
    between = _separator(text, where, separators)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=between)
    header: list[str] = []
    rows: Lines = []
    problems: list[str] = []
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if between != ",":
                stripped = [re.sub(r"^(-?\d+),(\d+)$", r"\1.\2", cell) for cell in stripped]
            if not any(stripped):
                continue
            if not header:
                header = stripped
                continue
            if len(stripped) > len(header) and any(stripped[len(header) :]):
                problems.append(
                    f"line {reader.line_num}: {counted(len(stripped), 'cell')} under "
                    f"{counted(len(header), 'column')}; "
                    f"a text with a {NAMES[between]} needs quotes."
                )
                continue
            rows.append((reader.line_num, dict(zip(header, stripped, strict=False))))
    except csv.Error as error:
        why = "a quotation mark is not closed" if "unexpected end" in str(error) else str(error)
        problems.append(f"line {reader.line_num}: not a CSV table: {why}.")
    twice = sorted({name for name in header if name and header.count(name) > 1})
    problems += [f"column {name!r} is there twice." for name in twice]
    if not header:
        problems.append(f"it is empty; expected a line of column names and a line per {row}.")
    elif not rows and not problems:
        problems.append(f"it has column names and no {row} below them.")
    return header, rows, problems


def _separator(text: str, where: str, allowed: str) -> str:
    """Return what separates cells; raise FileProblems if semicolons or tabs that may not."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if mark not in first or "," in first:
            continue
        if mark in allowed:
            return mark
        raise FileProblems(
            where,
            [f"cells are separated by {name}; save it with commas between cells, and points "
             "in numbers."],
        )  # fmt: skip
    return ","

"""Whose a file is that stands where something is to be written: ours gives way, no other does.

What this program writes can be told from what others do: a page and a picture by how they begin, a
table by its columns, a workbook by its date. A file that was changed since counts as another's.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from negotiation.errors import InputError
from negotiation.sweep.atomic import only_plain

BEGINNING = 65_536  # bytes that are looked at
PAGES = (
    b'<meta name="description" content="Odds in a simulation of the ',
    b'<meta name="description" content="A class tournament in a simulation of the ',
)
TABLE = re.compile(
    rb'"(kind","name","(p|before)|run","day","date|id","date","name","(probabilities|sides)'
    rb'|id","date","dispute","outcome|split","forecaster|parameter","meaning'
    rb'|factor",("with",)?"(measure|at)|scenario","[a-z]+","[a-z]+","agreement'
    rb'|cell",.*"outcome","cells","share)[".]'
)
DAYS = ["run", "day", "date", "side"]  # first columns of what is written day by day
BOOK = b"2000-01-01T00:00:00Z"  # `spreadsheet.MADE`, as both dates of a workbook


def only_ours(*paths: Path) -> None:
    """Raise InputError if something is there already that this program has not written.

    Empty files are nobody's.
    """
    only_plain(*paths)
    for path in paths:
        if path.exists() and path.stat().st_size and not is_ours(path):
            raise InputError(not_ours(path))


def not_ours(path: Path) -> str:
    """Return the sentence about a file of somebody else's."""
    return (
        f"{path}: not written, because there is a file already that is not as this program writes "
        "it; move it away, or choose another place."
    )


def is_ours(path: Path) -> bool:
    """Return whether a file is as this program writes one of its name's kind."""
    kinds: dict[str, Callable[[Path], bool]] = {
        ".csv": _table, ".htm": _page, ".html": _page, ".parquet": _days, ".png": _picture,
        ".svg": _beside_a_picture, ".txt": _beside_a_picture, ".xlsx": _book,
    }  # fmt: skip
    # tables and pages may be called as one likes
    asked = [kinds[path.suffix.lower()]] if path.suffix.lower() in kinds else [_table, _page, _book]
    try:
        return any(known(path) for known in asked)
    except OSError:
        return False


def _begins(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(BEGINNING)


def _page(path: Path) -> bool:
    return any(page in _begins(path) for page in PAGES)


def _table(path: Path) -> bool:
    return TABLE.match(_begins(path).partition(b"\n")[0]) is not None


def _picture(path: Path) -> bool:
    head, _, _ = _begins(path).partition(b"IDAT")
    return head.startswith(b"\x89PNG") and b"Description\0" in head and b"Software\0" not in head


def _beside_a_picture(path: Path) -> bool:
    """Return whether the picture that an SVG or a text belongs to is there, and ours."""
    picture = path.with_suffix(".png")
    return picture.is_file() and _picture(picture)


def _book(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as book:
            return book.read("docProps/core.xml").count(BOOK) == 2
    except (KeyError, zipfile.BadZipFile):
        return False


def _days(path: Path) -> bool:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        names = list(pq.read_schema(path).names)
    except pa.ArrowException:
        return False
    return names[: len(DAYS)] == DAYS


def same_question(path: Path, asked: Any, of: Callable[[Any], Any]) -> None:
    """Raise InputError unless a file of results is free, or answers what is asked now.

    Parameters
    ----------
    path : Path
        Of JSON.
    asked : dict
        What decides the answer, by name.
    of : callable
        Returns the same of what is in the file.
    """
    import json

    only_plain(path)
    if not path.exists():
        return
    try:
        found = of(json.loads(path.read_text("utf-8")))
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        raise InputError(not_ours(path)) from None
    other = [name for name in asked if found[name] != asked[name]]
    if other:
        told = ", ".join(
            f"{name} {_shown(found[name])}, not {_shown(asked[name])}" for name in other
        )
        raise InputError(
            f"{path}: not written, because it answers another question ({told}); move it away, or "
            "choose another --out."
        )


def _shown(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)

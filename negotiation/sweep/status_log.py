"""The log of finished parts: one line each, appended and flushed, a torn last line tolerated."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from negotiation.folders import named

PARTS, RUNS = "parts", "runs"
PART = re.compile(r"part-\d{3,}-\d{6,}")


class Entry(NamedTuple):
    """A finished part: its name, its runs, and the SHA-256 of its files by path."""

    part: str
    runs: int
    digests: dict[str, str]


def files_of(part: str) -> tuple[str, str]:
    """Return the files that a part may have: its sums and, where they are kept, its runs."""
    return f"{PARTS}/{part}.parquet", f"{RUNS}/{part}.parquet"


def read(path: Path) -> dict[str, Entry]:
    """Return the entries by part.

    A line that is not whole, or names other files than its part's, is as if it had not been
    written: the part is played again.
    """
    entries: dict[str, Entry] = {}
    text = path.read_bytes() if path.is_file() else b""
    for line in text.split(b"\n"):
        try:
            data = json.loads(line)
            entry = Entry(str(data["part"]), int(data["runs"]), dict(data["sha256"]))
        except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
            continue
        sums, rows = files_of(entry.part)
        if (
            PART.fullmatch(entry.part)
            and sums in entry.digests
            and {sums, rows} >= {*entry.digests}
        ):
            entries[entry.part] = entry
    return entries


def append(path: Path, entry: Entry) -> None:
    """Add an entry after the last one, on a line of its own whatever the file ends in."""
    with named(path), path.open("ab") as file:
        file.write(b"\n" * _torn(path) + as_line(entry))
        file.flush()
        os.fsync(file.fileno())


def as_text(entries: Iterable[Entry]) -> bytes:
    """Return the whole log, in the order of the parts."""
    return b"".join(as_line(entry) for entry in sorted(entries))


def as_line(entry: Entry) -> bytes:
    """Return an entry as it is written."""
    data = {"part": entry.part, "runs": entry.runs, "sha256": entry.digests}
    return json.dumps(data, sort_keys=True).encode() + b"\n"


def _torn(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        if file.tell() == 0:
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"

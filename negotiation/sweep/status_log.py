"""The log of finished parts: one line each, appended and flushed, a torn last line tolerated."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Entry(NamedTuple):
    """A finished part: its name, its runs, and the SHA-256 of its files by suffix."""

    part: str
    runs: int
    digests: dict[str, str]


def read(path: Path) -> dict[str, Entry]:
    """Return the entries by part; lines that are not whole are as if they had not been written."""
    entries: dict[str, Entry] = {}
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return entries
    for line in text.split(b"\n"):
        try:
            data = json.loads(line)
            entry = Entry(str(data["part"]), int(data["runs"]), dict(data["sha256"]))
        except (ValueError, KeyError, TypeError):
            continue
        entries[entry.part] = entry
    return entries


def append(path: Path, entry: Entry) -> None:
    """Add an entry after the last one, on a line of its own whatever the file ends in."""
    with path.open("ab") as file:
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

"""A ledger of forecasts: lines are added and never changed, and each is chained to the one before.

A line's hash covers its cells and the hash of the line before, so an edited, removed or moved line
no longer fits and is found. What happened is a line of its own (``resolve``), so that no forecast
is touched when its outcome is known. Who rewrites every hash from a line on leaves a chain that
fits: the last hash has to be kept elsewhere too, for instance in the history of a repository.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from negotiation.errors import FileProblems, InputError, MissingFile
from negotiation.folders import whole
from negotiation.hindcast.as_recorded import FIVE
from negotiation.hindcast.decisions import CODES
from negotiation.sweep import atomic

PARTS = ("p", "low", "high", "sampling_low", "sampling_high", "base_rate")  # of each outcome
BEFORE = (
    "line", "kind", "id", "dispute", "date", "question", "registered", "after_the_fact",
    "knowledge_ends", "version", "commit", "numbers", "posterior", "seed", "runs",
)  # fmt: skip
AFTER = ("outcome", "on", "source", "previous", "hash")
OF = {FIVE: "the five outcomes of the record", CODES: "the four outcomes of an older version"}
START = "0" * 64  # what the first line is chained to
Line = dict[str, str]


def columns_of(codes: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of a ledger whose forecasts are of these outcomes."""
    return (*BEFORE, *(f"{code}.{part}" for code in codes for part in PARTS), *AFTER)


def codes_of(columns: Iterable[str]) -> tuple[str, ...]:
    """Return the outcomes that a ledger's columns, or a line's, are about.

    Examples
    --------
    >>> codes_of(["line", "deal.p"]) == FIVE, codes_of([f"{CODES[3]}.p"]) == CODES
    (True, True)
    """
    found = {*columns}
    return next((codes for codes in OF if f"{codes[3]}.p" in found), FIVE)


def hash_of(line: Line) -> str:
    """Return the hash of a line: of all its cells but the hash itself.

    Examples
    --------
    >>> hash_of({"line": "1", "previous": START}) == hash_of({"line": "1", "previous": "1" * 64})
    False
    """
    cells = [line.get(name, "") for name in columns_of(codes_of(line)) if name != "hash"]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()


def read(path: Path) -> list[Line]:
    """Return the lines of a ledger, checked.

    Raises
    ------
    MissingFile, FileProblems
        If there is none, or a line does not fit: the sentence names the first.
    """
    if not path.exists():
        raise MissingFile(path, "a ledger (negotiation forecast ROWS.csv --register makes one)")
    try:
        text = whole(path).decode("utf-8")
        header, *rows = list(csv.reader(io.StringIO(text, newline=""), strict=True)) or [[]]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FileProblems(path, [f"it cannot be read as a ledger: {error}."]) from None
    columns = tuple(header)
    if columns != columns_of(codes_of(columns)):
        raise FileProblems(path, ["its first line is not that of a ledger; restore the file."])
    if text and not text.endswith("\n"):
        raise FileProblems(path, ["its last line is cut off; restore the file."])
    lines: list[Line] = []
    before = START
    for number, cells in enumerate(rows, 1):
        if problem := _misfit(number, cells, before, columns):
            raise FileProblems(path, [problem])
        lines.append(dict(zip(columns, cells, strict=True)))
        before = lines[-1]["hash"]
    return lines


def _misfit(number: int, cells: list[str], before: str, columns: tuple[str, ...]) -> str:
    """Return what does not fit in a line, or nothing."""
    if len(cells) != len(columns):
        return f"line {number} has {len(cells)} cells, not {len(columns)}: it was edited."
    line = dict(zip(columns, cells, strict=True))
    if line["hash"] != hash_of(line):
        return f"line {number} was edited: its cells no longer give its hash."
    if line["line"] != str(number):
        return (
            f"line {number} says that it is line {line['line']}: lines were deleted, added or "
            "reordered."
        )
    if line["previous"] != before:
        return f"line {number} is not chained to the line before it, which was put in its place."
    return ""


def append(
    path: Path,
    wanted: Callable[[list[Line]], list[Line]],
    codes: tuple[str, ...] | None = None,
) -> list[Line]:
    """Add lines to a ledger, all or none, while no other process writes; return those added.

    Parameters
    ----------
    path : Path
    wanted : callable
        Given the lines that are there, returns those to add; what it raises leaves the file alone.
    codes : tuple of str, optional
        The outcomes that its forecasts are of; by default those of the file.

    Raises
    ------
    InputError
        If the file holds forecasts of other outcomes.
    """
    with locked(path):
        lines = read(path) if path.exists() else []
        codes = of_one_kind(path, lines, codes)
        columns = columns_of(codes)
        added: list[Line] = []
        for new in wanted(lines):
            last = [*lines, *added][-1:]
            line = {name: new.get(name, "") for name in columns}
            line["line"] = str(len(lines) + len(added) + 1)
            line["previous"] = last[0]["hash"] if last else START
            line["hash"] = hash_of(line)
            added.append(line)
        if added:
            stream = io.StringIO(newline="")
            writer = csv.DictWriter(stream, columns, lineterminator="\n")
            if not lines:
                writer.writeheader()
            writer.writerows(added)
            old = path.read_bytes() if lines else b""
            atomic.write(path, old + stream.getvalue().encode())
    return added


def of_one_kind(path: Path, lines: list[Line], codes: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the outcomes that lines to be added are of.

    Raises
    ------
    InputError
        If the lines that are there are of others.
    """
    there = codes_of(lines[0]) if lines else codes or FIVE
    if codes is not None and codes != there:
        raise InputError(
            f"{path}: it holds forecasts of {OF[there]}, and these are of {OF[codes]}; "
            "name another file with --ledger."
        )
    return there


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a ledger inside a ``with`` block, waiting half a minute for it."""
    from filelock import FileLock, Timeout

    lock = path.with_name(f".{path.name}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.only_plain(path, lock)
        held = FileLock(lock, timeout=30)
        held.acquire()
    except Timeout:
        raise InputError(f"{path} is in use by another process; try again when it ends.") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"{path}: nothing can be written there ({reason}).") from None
    try:
        yield
    finally:
        held.release()

"""The record as it is shipped, or a user's own in the same columns, without forgiving a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from negotiation.errors import MissingFile, Problems
from negotiation.hindcast.table import R, read_rows
from negotiation.history.rows import Deadline, Deal, Decision, Spell
from negotiation.scenario.csv_text import content_of

SHIPPED = "the shipped record"
WHAT = "a file of decisions (CSV), or a folder with decisions.csv, spells.csv or deals.csv"
FILES: dict[str, tuple[Any, str]] = {
    "decisions.csv": (Decision, "decision"),
    "spells.csv": (Spell, "spell"),
    "deals.csv": (Deal, "deal"),
}


@dataclass(frozen=True)
class Record:
    """What is known of past disputes.

    Attributes
    ----------
    decisions : sequence of Decision
    spells : sequence of Spell
    deals : sequence of Deal
    where : str
        Where they come from.
    """

    decisions: Sequence[Decision] = ()
    spells: Sequence[Spell] = ()
    deals: Sequence[Deal] = ()
    where: str = field(default=SHIPPED)


@cache
def shipped() -> Record:
    """Return the record that comes with the package: 1985 to 28 July 2025.

    Examples
    --------
    >>> record = shipped()
    >>> len(record.decisions), len(record.spells), len(record.deals)
    (202, 55, 74)
    """
    return Record(
        read_rows(Decision, _bytes("decisions.csv"), SHIPPED, "decision"),
        read_rows(Spell, _bytes("spells.csv"), SHIPPED, "spell"),
        read_rows(Deal, _bytes("deals.csv"), SHIPPED, "deal"),
    )


def deadlines() -> list[Deadline]:
    """Return the decisions on hard dates, with the days between them and the date.

    Examples
    --------
    >>> len(deadlines())
    110
    """
    return read_rows(Deadline, _bytes("deadlines.csv"), SHIPPED, "deadline")


def load(path: str | Path) -> Record:
    """Read decisions from a CSV file, or decisions, spells and deals from a folder.

    Raises
    ------
    MissingFile, FileProblems
        One sentence for each thing that is wrong, of all files at once.
    """
    given = Path(path)
    if not given.is_dir():
        content = content_of(given, WHAT)
        return Record(read_rows(Decision, content, str(given), "decision"), where=str(given))
    there = [name for name in FILES if (given / name).exists()]
    if not there:
        raise MissingFile(given / "decisions.csv", WHAT)
    wrong = Problems()
    found: dict[str, list[Decision] | list[Spell] | list[Deal]] = dict.fromkeys(FILES, [])
    for name in there:
        with wrong.at():
            model, row = FILES[name]
            found[name] = _read(model, given / name, row)
    wrong.said()
    decisions, spells, deals = found.values()
    return Record(decisions, spells, deals, str(given))  # type: ignore[arg-type]


def _read(model: type[R], file: Path, row: str) -> list[R]:
    return read_rows(model, content_of(file, WHAT), str(file), row)


def _bytes(name: str) -> bytes:
    return (resources.files("negotiation") / "history" / "data" / name).read_bytes()

"""The record as it is shipped, or a user's own in the same columns, without forgiving a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from negotiation.door import checked
from negotiation.errors import MissingFile, Problems
from negotiation.history.rows import Deal, Decision, Spell
from negotiation.scenario.csv_rows import read_rows
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
    data = resources.files("negotiation") / "history" / "data"
    found: dict[str, Any] = {
        Path(name).stem: read_rows(model, (data / name).read_bytes(), SHIPPED, row)
        for name, (model, row) in FILES.items()
    }
    return Record(**found)


@checked
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
    found: dict[str, Any] = {}
    for name in there:
        with wrong.at():
            model, row = FILES[name]
            file = given / name
            found[file.stem] = read_rows(model, content_of(file, WHAT), str(file), row)
    wrong.said()
    return Record(**found, where=str(given))

"""What past disputes say about penalties, and the tariffs that were there before 2025."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from negotiation.door import checked

FILE = Path(__file__).parent / "data" / "past_penalties.json"


@dataclass(frozen=True)
class PastPenalties:
    """How long penalties lasted in past disputes.

    Attributes
    ----------
    about : str
        Whose.
    spells : int
        How many times penalties were in force.
    in_force : dict of int to float
        By days since they came into force: the share still in force.
    source : str
    """

    about: str
    spells: int
    in_force: dict[int, float]
    source: str


@checked
def past_penalties() -> dict[str, PastPenalties]:
    """Return how long penalties lasted: in ``all`` disputes, and between the US and China.

    Examples
    --------
    >>> found = past_penalties()
    >>> found["all"].in_force[90], found["us_china"].spells
    (0.82, 17)
    """
    entry = facts()["survival"]
    names = {"all": "US trade disputes since 2017", "us_china": "between the US and China"}
    return {
        key: PastPenalties(
            name,
            int(entry["value"][key]["spells"]),
            {int(day): float(s) for day, s in entry["value"][key]["still_in_force"].items()},
            str(entry["source"]),
        )
        for key, name in names.items()
    }


@cache
def facts() -> dict[str, Any]:
    """Return the entries of the file: each with value, unit, mark and source."""
    entries: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return entries

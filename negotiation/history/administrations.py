"""Which administration of the United States a decision was made under.

The record says it of every row. A row of one's own may leave it blank; then the day says it, by a
small table of first days (``data/administrations.csv``): two terms in a row are one administration,
two with another between are two.
"""

from __future__ import annotations

import csv
import datetime as dt
from functools import cache
from importlib import resources

from negotiation.history.rows import Decision

FILE = "administrations.csv"


@cache
def terms() -> tuple[tuple[dt.date, str], ...]:
    """Return the first day and the name of each administration, in order; the last has no name.

    Examples
    --------
    >>> terms()[-2]
    (datetime.date(2025, 1, 20), 'Trump2')
    """
    file = resources.files("negotiation") / "history" / "data" / FILE
    rows = csv.DictReader(file.read_text("utf-8").splitlines())
    return tuple((dt.date.fromisoformat(row["first_day"]), row["name"]) for row in rows)


def in_office(day: dt.date) -> str:
    """Return the administration of the United States on a day; blank where the table has none.

    Examples
    --------
    >>> in_office(dt.date(2021, 1, 19)), in_office(dt.date(2021, 1, 20)), in_office(dt.date.min)
    ('Trump1', 'Biden', '')
    """
    found = ""
    for first, name in terms():
        if first > day:
            break
        found = name
    return found


def administration(decision: Decision, party: bool = True) -> str:
    """Return the administration that a decision was made under.

    What the row says; where it says nothing, who was in office in the United States on that day, if
    these are a ``party`` to it.

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> administration(shipped().decisions[0])
    'Reagan'
    """
    said = decision.administration.strip()
    names = {name.casefold(): name for _, name in terms() if name}
    if said:
        return names.get(said.replace(" ", "").casefold(), said)
    return in_office(decision.date) if party else ""

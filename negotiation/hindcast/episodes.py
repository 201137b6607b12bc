"""Decision points of the past: one row of a CSV file each, read without forgiving a mistake.

What a forecast may use is in :class:`Episode` and nothing else is: levels after the decision, the
kind of event (some are named after how they ended), notes and sources are not read into it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from negotiation.hindcast.table import read_table

SHIPPED = "the shipped episodes"
STOCKHOLM = dt.date(2025, 7, 28)  # what was decided later is never used to calibrate


@dataclass(frozen=True)
class Episode:
    """What was known before a decision.

    Attributes
    ----------
    id : str
    date : datetime.date
        Day of the decision.
    us_average, china_average : float
        Trade-weighted average tariffs on the other side's goods beforehand, percent.
    binding : {"hard", "soft", "none"}
        Whether a dated penalty takes effect by itself.
    deadline : datetime.date or None
    leaders : str
        ``none``, ``mooted``, ``scheduled``, ``held``, ``held_prior`` or ``call_...``.
    rare_earth_or_tech, purchases : bool
        What is in play.
    truce : bool or None
        Whether a truce or an agreement is running; None if the file does not say.
    us_stake, china_stake : float or None
        Points of the average tariff that no agreement would bring or leave in force.
    """

    id: str
    date: dt.date
    us_average: float
    china_average: float
    binding: str = "none"
    deadline: dt.date | None = None
    leaders: str = "none"
    rare_earth_or_tech: bool = False
    purchases: bool = False
    truce: bool | None = None
    us_stake: float | None = None
    china_stake: float | None = None


@dataclass(frozen=True)
class Coded:
    """An episode with what is known about it afterwards.

    Attributes
    ----------
    episode : Episode
    name : str
    outcome, alternative : str or None
        One of ``decisions.CODES``; the second-best reading of what happened.
    scheduled : bool
        Whether the date was known at least a week ahead: the main set.
    """

    episode: Episode
    name: str = ""
    outcome: str | None = None
    alternative: str | None = None
    scheduled: bool = True

    def reading(self, alternative: bool = False) -> str | None:
        """Return the outcome, or where asked and given its alternative code."""
        return (self.alternative or self.outcome) if alternative else self.outcome


def shipped() -> list[Coded]:
    """Return the decision points of 2017 to 2025 that come with the package.

    Examples
    --------
    >>> [coded.episode.id for coded in shipped()][-1]
    'E24'
    """
    source = resources.files("negotiation") / "hindcast" / "data" / "episodes.csv"
    return coded_rows(source.read_bytes(), SHIPPED)


def load(path: str | Path) -> list[Coded]:
    """Read the episodes of a CSV file, or of ``episodes.csv`` in a folder.

    Raises
    ------
    MissingFile, FileProblems
        One sentence for each thing that is wrong.
    """
    from negotiation.hindcast.table import bytes_of

    content, where = bytes_of(path)
    return coded_rows(content, where)


def coded_rows(content: bytes, where: str) -> list[Coded]:
    """Return the rows of a CSV file, all problems at once."""
    from negotiation.errors import FileProblems
    from negotiation.hindcast.reading import REQUIRED, Reader

    header, rows, problems = read_table(content, where)
    reader = Reader(header)
    if header and not set(header) & set(REQUIRED):
        problems = []  # no table of episodes at all: nothing else is worth saying
    problems += reader.problems
    found = [] if problems else [reader.row(line, row) for line, row in rows]
    problems += reader.problems if not problems else []
    if problems:
        raise FileProblems(where, problems)
    return found


def main_set(rows: list[Coded]) -> list[Coded]:
    """Return the rows that were scheduled in advance, have an outcome and precede Stockholm."""
    return [c for c in rows if c.scheduled and c.outcome and c.episode.date < STOCKHOLM]

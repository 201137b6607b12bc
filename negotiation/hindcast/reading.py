"""Read a CSV file of episodes, without forgiving a mistake: its columns, and what each may hold."""

from __future__ import annotations

import datetime as dt
import re
from importlib import resources
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, FiniteFloat

from negotiation.hindcast.decisions import CODES
from negotiation.hindcast.episodes import Coded, Episode
from negotiation.hindcast.table import Row, bytes_of, one_of, read_rows

SHIPPED = "the shipped episodes"
BINDING = ("hard", "soft", "none")
LEADERS = ("none", "mooted", "scheduled", "held", "held_prior", "call_held", "call_scheduled")
MOST_POINTS = 500.0  # percent; no tariff of the period came near
FIRST, LAST = dt.date(1990, 1, 1), dt.date(2100, 1, 1)


def day(text: str, *, more: str = "", first: dt.date = FIRST) -> dt.date:
    """Return the day that a cell names, from ``first`` on."""
    try:
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        found = dt.date.fromisoformat(text)
    except ValueError:
        given = text.removesuffix("-15") if more else text
        raise ValueError(f"{given!r} is no day; expected a day such as 2019-03-01{more}.") from None
    if not first <= found < LAST:
        raise ValueError(f"{text} is not between {first} and {LAST}.")
    return found


def day_or_month(text: str) -> dt.date:
    """Return the day that a cell names; of a month its 15th."""
    month = re.fullmatch("[0-9]{4}-[0-9]{2}", text)
    return day(f"{text}-15" if month else text, more=", a month or blank")


Points = Annotated[
    FiniteFloat | None,
    BeforeValidator(lambda text: text.removesuffix("%")),
    Field(
        ge=0,
        le=MOST_POINTS,
        description=f"percent from 0 to {MOST_POINTS:g}, such as 12.5, or blank",
    ),
]
Flag = Annotated[
    bool | None,
    BeforeValidator(lambda text: text.removesuffix(".0")),
    Field(description="0, 1 or blank"),
]
Code = Annotated[str | None, one_of(CODES)]


class EpisodeRow(Row):
    """One decision point: what was known before it, and what is known of it since."""

    needed: ClassVar[tuple[str, ...]] = (
        "id", "date", "us_avg_before", "cn_avg_before", "deadline_binding", "leaders_meeting",
        "rare_earth_or_tech", "purchases_in_play",
    )  # fmt: skip

    name: str = ""
    date: Annotated[dt.date, BeforeValidator(day), Field(description="a day such as 2019-03-01")]
    us_avg_before: Points = None
    cn_avg_before: Points = None
    deadline_binding: Annotated[str, one_of(BINDING)] = "none"
    deadline_date: Annotated[dt.date | None, BeforeValidator(day_or_month)] = None
    leaders_meeting: Annotated[str, one_of(LEADERS, free="call_")] = "none"
    rare_earth_or_tech: Flag = False
    purchases_in_play: Flag = False
    truce_running: Flag = None
    us_points_at_stake: Points = None
    cn_points_at_stake: Points = None
    ex_ante_scheduled: Flag = True
    outcome: Code = None
    alternative_code: Code = None

    def coded(self) -> Coded:
        """Return the episode, with the calm level of its time where a tariff is blank."""
        us, china = calm_level(self.date)
        episode = Episode(
            id=self.id,
            date=self.date,
            us_average=us if self.us_avg_before is None else self.us_avg_before,
            china_average=china if self.cn_avg_before is None else self.cn_avg_before,
            binding=self.deadline_binding,
            deadline=self.deadline_date,
            leaders=self.leaders_meeting,
            rare_earth_or_tech=bool(self.rare_earth_or_tech),
            purchases=bool(self.purchases_in_play),
            truce=self.truce_running,
            us_stake=self.us_points_at_stake,
            china_stake=self.cn_points_at_stake,
        )
        scheduled = self.ex_ante_scheduled is not False
        return Coded(episode, self.name, self.outcome, self.alternative_code, scheduled)


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
    content, where = bytes_of(path)
    return coded_rows(content, where)


def coded_rows(content: bytes, where: str) -> list[Coded]:
    """Return the rows of a CSV file, all problems at once."""
    return [row.coded() for row in read_rows(EpisodeRow, content, where)]


def calm_level(date: dt.date) -> tuple[float, float]:
    """Return the average tariffs, percent, from which a date's tariffs are counted.

    Those of 2017 until Phase One was in force, those of 2024 after (PIIE, Bown; China's 8.0 of
    2017 is memory).

    Examples
    --------
    >>> calm_level(dt.date(2018, 7, 6)), calm_level(dt.date(2025, 7, 28))
    ((3.1, 8.0), (20.8, 21.2))
    """
    return {2017: (3.1, 8.0), 2024: (20.8, 21.2)}[calm_year(date)]


def calm_year(date: dt.date) -> int:
    """Return the year from whose tariffs a date's are counted, see :func:`calm_level`."""
    return 2017 if date < dt.date(2020, 2, 14) else 2024

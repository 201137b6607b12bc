"""Read a CSV file of episodes, without forgiving a mistake: its columns, and what each may hold."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

from negotiation.errors import FileProblems, did_you_mean
from negotiation.hindcast.decisions import CODES
from negotiation.hindcast.episodes import Coded, Episode
from negotiation.hindcast.table import bytes_of, read_table

SHIPPED = "the shipped episodes"
REQUIRED = (
    "id",
    "date",
    "us_avg_before",
    "cn_avg_before",
    "deadline_binding",
    "leaders_meeting",
    "rare_earth_or_tech",
    "purchases_in_play",
)
OPTIONAL = (
    "name",
    "deadline_date",
    "truce_running",
    "us_points_at_stake",
    "cn_points_at_stake",
    "ex_ante_scheduled",
    "outcome",
    "alternative_code",
)
BINDING = ("hard", "soft", "none")
LEADERS = ("none", "mooted", "scheduled", "held", "held_prior", "call_held", "call_scheduled")
MOST_POINTS = 500.0  # percent; no tariff of the period came near
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?%?")
DAY, MONTH = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), re.compile(r"[0-9]{4}-[0-9]{2}")
FIRST, LAST = dt.date(1990, 1, 1), dt.date(2100, 1, 1)


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


class Reader:
    """Reads rows, and collects what is wrong with them, one sentence each."""

    def __init__(self, header: list[str]) -> None:
        self.problems: list[str] = []
        self.seen: dict[str, int] = {}
        missing = [name for name in REQUIRED if name not in header]
        if header and missing:
            self.problems.append(_missing(missing, header))

    def row(self, line: int, cells: dict[str, str]) -> Coded:
        """Return the episode on one line; where a cell is wrong a neutral value stands in."""
        at = f"line {line}"
        name = cells.get("id", "")
        if not name:
            self.problems.append(f"{at}, id: it is blank; every episode needs a short name.")
        elif name in self.seen:
            self.problems.append(f"{at}, id: {name!r} stands on line {self.seen[name]} already.")
        self.seen.setdefault(name, line)
        date = self._day(at, "date", cells) or FIRST
        base = calm_level(date)
        episode = Episode(
            id=name,
            date=date,
            us_average=self._points(at, "us_avg_before", cells, base[0]),
            china_average=self._points(at, "cn_avg_before", cells, base[1]),
            binding=self._code(at, "deadline_binding", cells, BINDING) or "none",
            deadline=self._day(at, "deadline_date", cells, month_is_enough=True),
            leaders=self._leaders(at, cells),
            rare_earth_or_tech=self._flag(at, "rare_earth_or_tech", cells) or False,
            purchases=self._flag(at, "purchases_in_play", cells) or False,
            truce=self._flag(at, "truce_running", cells),
            us_stake=self._points(at, "us_points_at_stake", cells),
            china_stake=self._points(at, "cn_points_at_stake", cells),
        )
        return Coded(
            episode,
            cells.get("name", ""),
            self._code(at, "outcome", cells, CODES),
            self._code(at, "alternative_code", cells, CODES),
            self._flag(at, "ex_ante_scheduled", cells) is not False,
        )

    def _day(
        self, at: str, column: str, cells: dict[str, str], month_is_enough: bool = False
    ) -> dt.date | None:
        text = cells.get(column, "")
        if not text and month_is_enough:
            return None
        try:
            whole = f"{text}-15" if month_is_enough and MONTH.fullmatch(text) else text
            if not DAY.fullmatch(whole):
                raise ValueError(whole)
            day = dt.date.fromisoformat(whole)
        except ValueError:
            allowed = "a day such as 2019-03-01" + (", a month or blank" if month_is_enough else "")
            shown = f"{text!r} is no day" if text else "it is blank"
            self.problems.append(f"{at}, {column}: {shown}; expected {allowed}.")
            return None
        if not FIRST <= day < LAST:
            self.problems.append(f"{at}, {column}: {text} is not between {FIRST} and {LAST}.")
        return day

    def _points(
        self, at: str, column: str, cells: dict[str, str], default: float | None = None
    ) -> float:
        text = cells.get(column, "")
        if not text:
            return default  # type: ignore[return-value]
        value = float(text.removesuffix("%")) if NUMBER.fullmatch(text) else math.nan
        if not 0.0 <= value <= MOST_POINTS:
            what = "out of range" if NUMBER.fullmatch(text) else "no number"
            self.problems.append(
                f"{at}, {column}: {text!r} is {what}; allowed: percent from 0 to "
                f"{MOST_POINTS:g}, such as 12.5, or blank."
            )
            return default if default is not None else 0.0
        return value

    def _flag(self, at: str, column: str, cells: dict[str, str]) -> bool | None:
        text = cells.get(column, "").lower()
        if not text:
            return None
        if text in ("1", "1.0", "true", "yes"):
            return True
        if text not in ("0", "0.0", "false", "no"):
            self.problems.append(
                f"{at}, {column}: {text!r} is not allowed; allowed: 0, 1 or blank."
            )
        return False

    def _code(
        self, at: str, column: str, cells: dict[str, str], allowed: tuple[str, ...]
    ) -> str | None:
        text = cells.get(column, "")
        if text and text not in allowed:
            self.problems.append(
                f"{at}, {column}: {text!r} is not allowed; allowed: {', '.join(allowed)} or blank."
                f"{_meant(text, allowed)}"
            )
            return None
        return text or None

    def _leaders(self, at: str, cells: dict[str, str]) -> str:
        text = cells.get("leaders_meeting", "")
        if text.startswith("call_") and len(text) > len("call_"):
            return text
        return self._code(at, "leaders_meeting", cells, LEADERS) or "none"


def _missing(names: list[str], header: list[str]) -> str:
    """Return one sentence on the columns that are missing, and what was probably meant."""
    if len(names) == len(REQUIRED):
        return f"its first line names none of the columns required: {', '.join(REQUIRED)}."
    unknown = [x for x in header if x not in (*REQUIRED, *OPTIONAL)]
    meant = [m for name in names if (m := _meant(name, unknown))]
    listed = ", ".join(repr(name) for name in names)
    number = "column {} is missing" if len(names) == 1 else "columns {} are missing"
    return f"{number.format(listed)}; required: {', '.join(REQUIRED)}." + (
        " Is it" + meant[0].split("Did you mean", 1)[1] if meant else ""
    )


def _meant(text: str, allowed: Iterable[str]) -> str:
    """Return `` Did you mean 'x'?`` for what begins like it or looks like it, or nothing."""
    plain, names = text.lower().replace(" ", "_"), list(allowed)
    begun = [name for name in names if name.lower() == plain or name.startswith(f"{plain}_")]
    return did_you_mean(begun[0] if begun else plain, names)


def calm_level(date: dt.date) -> tuple[float, float]:
    """Return the average tariffs, percent, from which a date's tariffs are counted.

    Those of 2017 until Phase One was in force, those of 2024 after (PIIE, Bown; China's 8.0 of
    2017 is memory).

    Examples
    --------
    >>> calm_level(dt.date(2018, 7, 6)), calm_level(dt.date(2025, 7, 28))
    ((3.1, 8.0), (20.8, 21.2))
    """
    return (3.1, 8.0) if date < dt.date(2020, 2, 14) else (20.8, 21.2)

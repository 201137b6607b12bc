"""A CSV file as rows of a model.

A cell that its model refuses is one sentence: line, column, what stands there, what is allowed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from negotiation.errors import FileProblems, did_you_mean
from negotiation.scenario.csv_text import content_of, lines_of

WHAT = "a file of decisions (CSV)"
FILE = "decisions.csv"
FIRST, LAST = dt.date(1990, 1, 1), dt.date(2100, 1, 1)


class Row(BaseModel):
    """One line of a table; a blank cell takes the default, columns of other names are ignored.

    A field's description says what its cells may hold.
    """

    model_config = ConfigDict(frozen=True)
    needed: ClassVar[tuple[str, ...]]  # columns that must be there, though a cell may be blank

    id: str = Field(description="a short name")


R = TypeVar("R", bound=Row)


def day(text: str, *, first: dt.date = FIRST) -> dt.date:
    """Return the day that a cell names, from ``first`` on.

    Examples
    --------
    >>> day("2019-03-01")
    datetime.date(2019, 3, 1)
    """
    try:
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        found = dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no day; expected a day such as 2019-03-01.") from None
    if not first <= found < LAST:
        raise ValueError(f"{text} is not between {first} and {LAST}.")
    return found


def bytes_of(path: str | Path) -> tuple[bytes, str]:
    """Return the content of a file and what to call it in messages."""
    file = Path(path)
    if file.is_dir():
        file = file / FILE
    return content_of(file, WHAT), str(file)


def read_rows(model: type[R], content: bytes, where: str, noun: str = "decision") -> list[R]:
    r"""Return the rows of a CSV file; ``noun`` is what a message calls one of them.

    Raises
    ------
    FileProblems
        One sentence for each thing that is wrong.

    Examples
    --------
    >>> class Event(Row):
    ...     needed = ("id", "day")
    ...     day: int = Field(description="a whole number")
    >>> read_rows(Event, b"id,day,mood\nA,3,calm\n", "x.csv")
    [Event(id='A', day=3)]
    >>> read_rows(Event, b"id,day\nA,three\n", "x.csv")
    Traceback (most recent call last):
    ...
    negotiation.errors.FileProblems: x.csv: 1 problem
      line 2, day: 'three' is no number; allowed: a whole number.
    """
    header, lines, problems = lines_of(content, where, noun)
    missing = [name for name in model.needed if name not in header]
    if header and missing:
        none = len(missing) == len(model.needed)  # then nothing else is worth saying
        problems = [*([] if none else problems), _missing(missing, header, model)]
    if problems:
        raise FileProblems(where, problems)
    found: list[R] = []
    seen: dict[str, int] = {}
    for line, cells in lines:
        name = cells.get("id", "")
        if name and seen.setdefault(name, line) != line:
            problems.append(f"line {line}, id: {name!r} stands on line {seen[name]} already.")
        try:
            found.append(model.model_validate({k: v for k, v in cells.items() if v}))
        except ValidationError as error:
            problems += [f"line {line}, {_sentence(item, model)}" for item in error.errors()]
    if problems:
        raise FileProblems(where, problems)
    return found


def _sentence(item: Any, model: type[Row]) -> str:
    """Return what is wrong with a cell, where, and what is allowed."""
    if not item["loc"]:  # of the row as a whole
        return f"{item['ctx']['error']}"
    column, kind, given = str(item["loc"][0]), item["type"], item["input"]
    allowed = str(model.model_fields[column].description)
    if kind == "missing":
        return f"{column}: it is blank; expected {allowed}."
    if kind == "value_error":
        return f"{column}: {item['ctx']['error']}"
    if kind.startswith(("float_", "int_", "finite_")):
        return f"{column}: {given!r} is no number; allowed: {allowed}."
    if kind.startswith(("greater_", "less_")):
        return f"{column}: {given!r} is out of range; allowed: {allowed}."
    return f"{column}: {given!r} is not allowed; allowed: {allowed}."


def _missing(names: list[str], header: list[str], model: type[Row]) -> str:
    """Return one sentence on the columns that are missing, and what was probably meant."""
    needed = ", ".join(model.needed)
    if len(names) == len(model.needed):
        return f"its first line names none of the columns required: {needed}."
    unknown = [x for x in header if x not in model.model_fields]
    hints = [m for name in names if (m := meant(name, unknown))]
    listed = ", ".join(repr(name) for name in names)
    number = "column {} is missing" if len(names) == 1 else "columns {} are missing"
    return f"{number.format(listed)}; required: {needed}." + (
        " Is it" + hints[0].split("Did you mean", 1)[1] if hints else ""
    )


def meant(text: str, allowed: Iterable[str]) -> str:
    """Return `` Did you mean 'x'?`` for what begins like it or looks like it, or nothing."""
    plain, names = text.lower().replace(" ", "_"), list(allowed)
    begun = [name for name in names if name.lower() == plain or name.startswith(f"{plain}_")]
    return did_you_mean(begun[0] if begun else plain, names)


def one_of(names: tuple[str, ...], *, free: str | None = None, blank: bool = True) -> Any:
    """Return the check of a cell that holds one of some names, or whatever begins with ``free``."""
    allowed = ", ".join(names) + (" or blank" if blank else "")

    def check(text: str) -> str:
        if text in names or (free and text.startswith(free) and text != free):
            return text
        raise ValueError(f"{text!r} is not allowed; allowed: {allowed}.{meant(text, names)}")

    return AfterValidator(check)

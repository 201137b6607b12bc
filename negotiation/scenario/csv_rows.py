"""A CSV file as rows of a model.

A cell that its model refuses is one sentence: line, column, what stands there, what is allowed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from negotiation.errors import FileProblems, did_you_mean
from negotiation.scenario.csv_text import Lines, content_of, lines_of

WHAT = "a file of decisions (CSV)"
FILE = "decisions.csv"
STYLES = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y",
    "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%B-%Y",
    "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y",
)  # fmt: skip
BLANKS = (
    "na",
    "n/a",
    "n.a.",
    "nan",
    "null",
    "-",
    "\N{EN DASH}",
    "\N{EM DASH}",
    "?",
    "tbd",
    "unknown",
    "pending",
)
ISO = re.compile(r"\d{4}-\d\d-\d\d")
SLASHED = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")
NAMED = ("id", "sender", "target", "partner")  # in which NA is a name
SEPARATORS = ",;\t"
FIRST, LAST = dt.date(1990, 1, 1), dt.date(2100, 1, 1)


class Row(BaseModel):
    """One line of a table; a blank cell takes the default, columns of other names are ignored.

    A field's description says what its cells may hold.
    """

    model_config = ConfigDict(frozen=True)
    needed: ClassVar[tuple[str, ...]]  # columns that must be there, though a cell may be blank
    unread: ClassVar[tuple[str, ...]] = ()  # columns of which a wrong cell does no harm

    id: str = Field(description="a short name")


R = TypeVar("R", bound=Row)


@dataclass
class Table(Generic[R]):
    """What a file holds: rows that can be read, and a sentence for each thing that cannot.

    Attributes
    ----------
    where : str
    header : list of str
        Names of the columns.
    rows : list of Row
    refused : list of str
        What keeps a row from being read, or a column.
    remarks : list of str
        What is wrong with cells that are not needed.
    """

    where: str
    header: list[str]
    rows: list[R]
    refused: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def whole(self) -> list[R]:
        """Return the rows; raise FileProblems where anything was refused."""
        if self.refused:
            raise FileProblems(self.where, self.refused)
        return self.rows


def day(text: str, *, first: dt.date = FIRST) -> dt.date:
    """Return the day that a cell names, from ``first`` on, as people or spreadsheets write it.

    Raises
    ------
    ValueError
        If it is none, or may be either of two.

    Examples
    --------
    >>> day("2019-03-01"), day("1 March 2019") == day("01.03.2019") == day("Mar 1, 2019")
    (datetime.date(2019, 3, 1), True)
    >>> day("03/01/2019")
    Traceback (most recent call last):
    ...
    ValueError: '03/01/2019' may be 2019-03-01 or 2019-01-03; expected a day such as 2019-03-01.
    """
    plain = re.sub(r"(?<=\d)[T ]\d{1,2}:\d\d(:\d\d(\.\d+)?)?Z?$", "", " ".join(text.split()))
    found: dict[dt.date, str] = {}
    for style in STYLES[:1] if ISO.fullmatch(plain) else STYLES:
        with suppress(ValueError):
            read = dt.datetime.strptime(plain, style).date()
            found.setdefault(read, style)
    if not found:
        raise ValueError(f"{text!r} is no day; expected a day such as 2019-03-01.")
    if len(found) > 1:
        both = " or ".join(map(str, found))
        raise ValueError(f"{text!r} may be {both}; expected a day such as 2019-03-01.")
    (found_day,) = found
    if not first <= found_day < LAST:
        raise ValueError(f"{found_day} is not between {first} and {LAST}.")
    return found_day


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
    return read_table(model, content, where, noun).whole()


def read_table(model: type[R], content: bytes, where: str, noun: str = "decision") -> Table[R]:
    r"""Return the rows of a CSV file that can be read, beside what is wrong with the others.

    Raises
    ------
    FileProblems
        If no row can be read for what is wrong with the file as a whole.

    Examples
    --------
    >>> class Event(Row):
    ...     needed = ("id", "day")
    ...     day: int = Field(description="a whole number")
    >>> found = read_table(Event, b"ID;Day\nA;3\nB;three\n", "x.csv")
    >>> found.rows, found.refused
    ([Event(id='A', day=3)], ["line 3, day: 'three' is no number; allowed: a whole number."])
    """
    header, lines, problems = lines_of(content, where, noun, SEPARATORS)
    meaning = {name: _column(name, model, header) for name in header}
    header = [meaning[name] for name in header]
    missing = [name for name in model.needed if name not in header]
    if header and missing:
        none = len(missing) == len(model.needed)  # then nothing else is worth saying
        problems = [*([] if none else problems), _missing(missing, header, model)]
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice and not problems:
        problems = [f"column {name!r} is there twice." for name in twice]
    if problems and (not lines or missing or twice):
        raise FileProblems(where, problems)
    found: Table[R] = Table(where, header, [], problems)
    seen: dict[str, int] = {}
    lines = _one_order(lines)
    for line, given in lines:
        cells = {meaning[name]: cell for name, cell in given.items()}
        name = cells.get("id", "")
        if name and seen.setdefault(name, line) != line:
            problems.append(f"line {line}, id: {name!r} stands on line {seen[name]} already.")
            continue
        kept = {k: v for k, v in cells.items() if v and (k in NAMED or v.lower() not in BLANKS)}
        row, wrong = _read(model, kept)
        told = [f"line {line}, {text}" for text in wrong]
        if row is None:
            problems += told
        else:
            found.rows.append(row)
            found.remarks += [f"{text} The cell is not used." for text in told]
    return found


def _one_order(lines: Lines) -> Lines:
    """Return the lines with days such as 10/13/2025 in one order, where some of them tell which."""
    slashed = [
        (int(x[1]), int(x[2]))
        for _, cells in lines
        for cell in cells.values()
        if (x := SLASHED.fullmatch(cell))
    ]
    day_first, month_first = any(x > 12 for x, _ in slashed), any(y > 12 for _, y in slashed)
    if day_first == month_first:
        return lines
    order = r"\3-\2-\1" if day_first else r"\3-\1-\2"
    return [
        (line, {name: SLASHED.sub(order, cell) for name, cell in cells.items()})
        for line, cells in lines
    ]


def _read(model: type[R], cells: dict[str, str]) -> tuple[R | None, list[str]]:
    """Return a row, or none, and what is wrong with it."""
    try:
        return model.model_validate(cells), []
    except ValidationError as error:
        wrong = error.errors()
    bad = {str(item["loc"][0]) if item["loc"] else "" for item in wrong}
    told = [_sentence(item, model) for item in wrong]
    if not bad <= set(model.unread):
        return None, told
    row, more = _read(model, {k: v for k, v in cells.items() if k not in bad})
    return row, told + more


def _column(name: str, model: type[Row], header: list[str]) -> str:
    """Return the column that a name means but for case and blanks, or the name itself."""
    plain = "_".join(re.sub(r"[-_]", " ", name.lower()).split())
    return plain if plain in model.model_fields and plain not in header else name


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

"""Where results go."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from negotiation.cli.say import say
from negotiation.errors import InputError
from negotiation.seats import SEATS
from negotiation.sweep import atomic
from negotiation.sweep.atomic import only_plain
from negotiation.sweep.whose import only_ours, same_question
from negotiation.words.changes import about, origin, suffix
from negotiation.words.own_names import in_own_names

if TYPE_CHECKING:
    import pyarrow as pa

    from negotiation.scenario import Scenario


def results_folder(
    out: Path | None,
    scenario: Scenario,
    names: Sequence[str],
    asked: Mapping[str, Any],
    of: Callable[[Any], Mapping[str, Any]],
    *,
    part: str = "",
    numbers: str = "",
) -> Path:
    """Return the folder for results, known to be writable; by default ``out/<scenario>``.

    What was changed has a folder of its own in there, and another question (``part``, ``numbers``)
    in that: the answer to one question never takes the place of that to another, nor of a file
    that this program has not written. The folder is tried before anything is computed, so that
    nothing is computed in vain, and made with its first file: a computation that is stopped leaves
    no empty folder.

    Parameters
    ----------
    out : Path, optional
    scenario : Scenario
    names : sequence of str
        Of the files to be written there, the JSON first.
    asked : mapping
        What decides the answer.
    of : callable
        Returns the same of what is in the JSON.
    part, numbers : str
        What is asked otherwise than usual, as parts of the name of the folder.
    """
    folder = out
    if folder is None:
        folder = Path("out", slug(scenario.name), suffix(scenario), slug(part) if part else "")
        folder /= numbers
        if of_another(folder / names[0], scenario):
            folder /= scenario.fingerprint[:8]
    _tried(folder, f"--out {folder}")
    main, *others = (folder / name for name in names)
    same_question(main, asked, of)
    only_plain(*others) if main.exists() else only_ours(*others)
    return folder


def otherwise(**numbers: tuple[object, object]) -> str:
    """Return the numbers that are not the usual ones, as the name of a folder.

    Examples
    --------
    >>> otherwise(runs=(1000, 100_000), seed=(1, 1)), otherwise(seed=(1, 1))
    ('runs=1000', '')
    """
    return ",".join(f"{name}={n}" for name, (n, usual) in numbers.items() if n != usual)


def _tried(folder: Path, asked: str) -> None:
    """Raise InputError if no file can be made in a folder, which is left as it was."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"{asked}: nothing can be written there ({reason}).") from None
    finally:
        for place in missing:
            with suppress(OSError):
                place.rmdir()


def tables_wanted(csv: Path | None, xlsx: Path | None, days: Path | None = None) -> None:
    """Try the places of tables before anything is computed; no other file is replaced."""
    for option, path in (("--csv", csv), ("--xlsx", xlsx), ("--days", days)):
        if path is not None:
            _tried(path.parent, f"{option} {path}")
            only_ours(path)


@contextmanager
def or_said(answer: Callable[[], str]) -> Iterator[None]:
    """Print an answer where it cannot be written inside a ``with`` block, and then say why not."""
    try:
        yield
    except (OSError, InputError):
        say(answer())
        raise


def write_tables(
    csv: Path | None, xlsx: Path | None, sheets: dict[str, pa.Table], of: Sequence[Scenario] = (),
    base: Scenario | None = None,
) -> None:  # fmt: skip
    """Write the first table as CSV, and all of them as sheets, where they are asked for.

    The last columns say of which scenarios they are, and what these change, as JSON. The sides bear
    the names that these scenarios, or the ``base`` of a sweep, have for them.
    """
    from negotiation.sweep.spreadsheet import write_csv, write_xlsx

    settings = json.dumps([about(scenario)["settings"] for scenario in of])
    names = " and ".join(scenario.name for scenario in of)
    if of:
        sheets = {
            name: t.append_column("of", [[names] * len(t)]).append_column(
                "settings", [[settings] * len(t)]
            )
            for name, t in sheets.items()
        }
    whose = [*of] if base is None else [base]
    sheets = {name: table_in_own_names(table, *whose) for name, table in sheets.items()}
    for path in (csv, xlsx):
        if path is not None:
            folder_of(path)
    if csv is not None:
        write_csv(next(iter(sheets.values())), csv)
    if xlsx is not None:
        write_xlsx(sheets, xlsx)


def table_in_own_names(table: pa.Table, *of: Scenario) -> pa.Table:
    """Return a table with the sides under the names that the scenarios have for them."""
    import pyarrow as pa

    if in_own_names([*SEATS], *of) == [*SEATS]:
        return table
    names = in_own_names(table.column_names, *of)
    columns = [
        pa.array(in_own_names(column.to_pylist(), *of))
        if pa.types.is_string(column.type) or pa.types.is_dictionary(column.type)
        else column
        for column in table.columns
    ]
    return pa.table(columns, names=names)


def folder_of(path: Path) -> None:
    """Make the folder of a file that is about to be written."""
    path.parent.mkdir(parents=True, exist_ok=True)


def of_another(path: Path, scenario: Scenario) -> bool:
    """Return whether a file of results is about another scenario of this name, not a shipped one.

    What comes from a shipped scenario has a folder named after what it changes.
    """
    from negotiation.scenario import shipped

    before = origin(scenario)
    if path.suffix != ".json" or before is not None and before.name in shipped():
        return False
    try:
        told = json.loads(path.read_text("utf-8"))
        of = told.get("about", [told])[0]["fingerprint"]
    except (OSError, ValueError, RecursionError, AttributeError, LookupError, TypeError):
        return False
    return bool(of != scenario.fingerprint)


def slug(name: str) -> str:
    """Return a name that is safe as a folder's.

    Examples
    --------
    >>> slug("../My scenario")
    'my-scenario'
    """
    return re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-.") or "scenario"


def write_json(path: Path, data: Any, *of: Scenario) -> None:
    """Write plain data as JSON, whole or not at all, its folder too; see :func:`as_json`."""
    folder_of(path)
    atomic.write(path, f"{as_json(data, *of)}\n".encode())


def as_json(data: Any, *of: Scenario) -> str:
    """Return plain data as JSON that any reader accepts: no NaN, dates as ISO text.

    The sides bear the names that the scenarios, if given, have for them.
    """
    return json.dumps(in_own_names(data, *of), indent=2, allow_nan=False, default=str)

"""Where results go."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from negotiation.errors import InputError
from negotiation.sweep.atomic import only_plain
from negotiation.words.changes import about, origin, suffix

if TYPE_CHECKING:
    import pyarrow as pa

    from negotiation.scenario import Scenario


def results_folder(out: Path | None, scenario: Scenario, *names: str, part: str = "") -> Path:
    """Return the folder for results, made and writable; by default ``out/<scenario>``.

    What was changed has a folder of its own in there, and ``part``, another question, in that: the
    answer to one question never takes the place of that to another. The folder is tried before
    anything is computed, so that nothing is computed in vain; so are the ``names`` of the files to
    be written there, each of which must be that of a plain file or free.
    """
    folder = out
    if folder is None:
        folder = Path("out", slug(scenario.name), suffix(scenario), slug(part) if part else "")
        if any(of_another(folder / name, scenario) for name in names):
            folder /= scenario.fingerprint[:8]
    _made(folder, f"--out {folder}")
    only_plain(*(folder / name for name in names))
    return folder


def _made(folder: Path, asked: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"{asked}: nothing can be written there ({reason}).") from None


def tables_wanted(csv: Path | None, xlsx: Path | None, days: Path | None = None) -> None:
    """Try the places of tables before anything is computed."""
    for option, path in (("--csv", csv), ("--xlsx", xlsx), ("--days", days)):
        if path is not None:
            _made(path.parent, f"{option} {path}")
            only_plain(path)


def write_tables(
    csv: Path | None, xlsx: Path | None, sheets: dict[str, pa.Table], of: Sequence[Scenario] = ()
) -> None:
    """Write the first table as CSV, and all of them as sheets, where they are asked for.

    The last columns say of which scenarios they are, and what these change, as JSON.
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
    if csv is not None:
        write_csv(next(iter(sheets.values())), csv)
    if xlsx is not None:
        write_xlsx(sheets, xlsx)


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


def as_json(data: Any) -> str:
    """Return plain data as JSON that any reader accepts: no NaN, dates as ISO text."""
    return json.dumps(data, indent=2, allow_nan=False, default=str)

"""Texts about a scenario are kept, and printed again while file and program are unchanged.

``scenario show`` and ``check`` print what follows from a file and from the program alone. It is
kept in the folder for what can be computed again, with the SHA-256 of the file, and with what says
which program it was: its own files by size and time, and the versions installed beside it. If any
of these is another, it is computed anew.

A file that needs files of its user's, or names a strategy of its user's, is never kept: those may
change without it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from negotiation.errors import InputError
from negotiation.folders import cache_folder
from negotiation.shipped import FOLDER, shipped

if TYPE_CHECKING:
    from negotiation.scenario import Scenario

PACKAGE = Path(__file__).parents[1]
LARGEST = 10_000_000  # bytes of a scenario's file: such a one takes long in any case


def kept_text(name: str, *asked: object, tell: Callable[[], tuple[str, Scenario]]) -> str:
    """Return the text about a scenario: the one that is kept, if nothing has changed.

    Parameters
    ----------
    name : str
        A shipped scenario or a file, as typed.
    asked : object
        What else decides the text, such as the verb and the width of the terminal.
    tell : callable
        Returns the text and the scenario that it was made of.
    """
    origin = origin_of(name)
    if origin is None:
        return tell()[0]
    place = place_of(name, *asked)
    if (before := recalled(place, origin)) is not None:
        return before
    text, scenario = tell()
    if place is not None and needs_nothing_else(scenario, name):
        keep(place, origin, text)
    return text


def origin_of(name: str) -> str | None:
    """Return a digest of all that a text about a scenario follows from; none for an odd file."""
    digest = hashlib.sha256()
    try:
        for part in program():
            digest.update(part.encode())
        files = sorted(file for file in FOLDER.iterdir() if file.is_file())
        if name not in shipped():
            path = Path(name)
            if not path.is_file() or path.stat().st_size > LARGEST:
                return None
            files.append(path)
        for file in files:
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    except (OSError, ValueError):
        return None
    return digest.hexdigest()


def program() -> Iterator[str]:
    """Yield what says which program this is: its files, and what is installed beside it."""
    yield sys.version
    yield from stamps(PACKAGE)
    libraries = Path(json.__file__).parent
    with suppress(ImportError):
        import typer

        libraries = Path(typer.__file__).parents[1]
    yield from sorted(x.name for x in os.scandir(libraries) if x.name.endswith("-info"))


def stamps(folder: Path | str) -> Iterator[str]:
    """Yield the place, size and time of every file in a folder, as Python tells its own apart."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from stamps(entry.path)
        else:
            about = entry.stat()
            yield f"{entry.path} {about.st_size} {about.st_mtime_ns}\n"


def place_of(name: str, *asked: object) -> Path | None:
    """Return where a text is kept: a file for each scenario and what was asked about it."""
    own = name if name in shipped() else str(Path(name).absolute())
    words = json.dumps([own, name, *map(str, asked)])
    try:
        folder = cache_folder()
    except RuntimeError:  # no home
        return None
    return folder / "told" / f"{hashlib.sha256(words.encode()).hexdigest()[:32]}.json"


def recalled(place: Path | None, origin: str) -> str | None:
    """Return a kept text, if it is whole and of this origin."""
    if place is None:
        return None
    try:
        kept: Any = json.loads(place.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(kept, dict) or kept.get("origin") != origin:
        return None
    text = kept.get("text")
    whole = isinstance(text, str) and kept.get("sha256") == sha256(text)
    return text if whole else None


def keep(place: Path, origin: str, text: str) -> None:
    """Keep a text, if the folder allows it."""
    from negotiation.sweep import atomic

    data = json.dumps({"origin": origin, "sha256": sha256(text), "text": text})
    with suppress(OSError, InputError, UnicodeEncodeError):
        place.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(place, data.encode())


def sha256(text: str) -> str:
    """Return the digest of a text, whatever letters it has."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def needs_nothing_else(scenario: Scenario, name: str) -> bool:
    """Return whether a scenario follows from its own file and from what is shipped."""
    import tomllib

    from negotiation.scenario.based_on import BASE, DRAWS
    from negotiation.tactics.registry import BUILT_IN

    if not {str(scenario.us.strategy), str(scenario.china.strategy)} <= BUILT_IN.keys():
        return False
    if name in shipped():
        return True
    stated = tomllib.loads(scenario.text)
    return DRAWS not in stated and stated.get(BASE, shipped()[0]) in shipped()

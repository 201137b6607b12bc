"""How the rules are compiled, and where the machine code is kept.

Numba notices when the file of a function changes, not when a function that it calls does.
The rules call one another across files, so the folder of their machine code carries a hash
of all of the package's sources: change any rule and everything is compiled again, once.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numba
from numba.core import config

# What decides how a run ends and is compiled, but for what users choose: their strategies.
COMPILED = (
    "economy", "ensemble.py", "outcome.py", "payoffs", "randomness.py", "records.py", "rules",
    "solvers", "table.py", "tally.py",
)  # fmt: skip
P = ParamSpec("P")
R = TypeVar("R")


def cache_folder() -> Path:
    """Return the folder for what can be computed again.

    ``NEGOTIATION_CACHE`` if set, else ``XDG_CACHE_HOME/negotiation``, else
    ``~/.cache/negotiation``.
    """
    own = os.environ.get("NEGOTIATION_CACHE")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "negotiation"


@cache
def sources_hash() -> str:
    """Return ten hexadecimal digits that change when any source file of the rules changes."""
    constants = ("scenario/sections.py", "tactics/facts.py")  # compiled in where rules use them
    return digest_of(*COMPILED, *constants, ending=".py", beside=numba.__version__)[:10]


def digest_of(*places: str, ending: str = "", beside: str = "") -> str:
    """Return the hexadecimal digest of files of the package, and of those in its folders.

    Examples
    --------
    >>> digest_of("tally.py") == digest_of("tally.py") != digest_of("tally.py", beside="1")
    True
    """
    package, digest = Path(__file__).parent, hashlib.sha256(beside.encode())
    for place in sorted(places):
        top = package / place
        for file in [top] if top.is_file() else sorted(top.rglob(f"*{ending}")):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.relative_to(package).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()


def machine_code_folder() -> Path:
    """Return the folder that holds the machine code of the present sources."""
    return cache_folder() / f"compiled-{sources_hash()}"


def kept(make: Callable[[bool], R]) -> R:
    """Return ``make(True)``, which keeps its machine code, or ``make(False)`` if that cannot be.

    Numba keeps it in :func:`machine_code_folder`. Where nothing can be written, it is compiled in
    memory.
    """
    settings: Any = config
    before = settings.CACHE_DIR
    settings.CACHE_DIR = str(machine_code_folder())
    try:
        return make(True)
    except (OSError, RuntimeError):
        return make(False)
    finally:
        settings.CACHE_DIR = before


def compiled(function: Callable[P, R], *, inline: bool = False) -> Callable[P, R]:
    """Compile ``function`` with Numba: cached, without the GIL, IEEE arithmetic as written.

    ``fastmath`` stays off, because a run must be the same, bit for bit, whoever plays it.

    Parameters
    ----------
    function : callable
    inline : bool
        Whether its machine code becomes part of every caller's.
    """
    options: dict[str, Any] = {"nogil": True, "error_model": "numpy", "forceinline": inline}
    made: Callable[P, R] = kept(lambda cache: numba.njit(cache=cache, **options)(function))
    return made


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a few lines that are asked thousands of times a run, into whatever asks them."""
    return compiled(function, inline=True)

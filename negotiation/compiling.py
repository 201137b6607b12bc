"""How the rules become machine code, and where it is kept.

A compiled function is called like any other. The first call has Numba compile it
(:mod:`negotiation.by_numba`), which takes seconds to a minute; the machine code is kept, and the
next process loads it (:mod:`negotiation.machine_code`) without Numba, whose import alone takes
longer than most answers.

Numba notices when the file of a function changes, not when a function that it calls does.
The rules call one another across files, so the folder of their machine code carries a hash
of all of the package's sources: change any rule and everything is compiled again, once.
"""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from collections.abc import Callable
from functools import cache, update_wrapper
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from negotiation.folders import cache_folder

# What decides how a run ends and is compiled, but for what users choose: their strategies.
COMPILED = (
    "economy", "ensemble.py", "outcome.py", "payoffs", "randomness.py", "records.py", "rules",
    "solvers", "table.py", "tally.py",
)  # fmt: skip
CONSTANTS = ("scenario/sections.py", "tactics/facts.py")  # compiled in where rules use them
HOW = ("by_numba.py", "compiling.py", "linking.py", "quick.py")
NUMBAS = frozenset(
    (
        "_cache",
        "_numba_type_",
        "compile",
        "get_call_template",
        "in_parts",
        "nopython_signatures",
        "overloads",
        "signatures",
        "targetctx",
    )
)  # what a function that Numba has compiled is asked for
OFF = "NUMBA_DISABLE_JIT"
P = ParamSpec("P")
R = TypeVar("R")
_making = threading.RLock()
_before: list[Callable[[], object]] = []  # what Numba is to be taught first


@cache
def numbas_version() -> bytes:
    """Return what says which version of Numba is installed, without importing it."""
    found = find_spec("numba")
    assert found is not None and found.origin is not None
    return (Path(found.origin).parent / "_version.py").read_bytes()


@cache
def sources_hash() -> str:
    """Return ten hexadecimal digits that change when any source file of the rules changes."""
    numbas = hashlib.sha256(numbas_version()).hexdigest()
    return digest_of(*COMPILED, *CONSTANTS, *HOW, ending=".py", beside=numbas)[:10]


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
            made_by_others = file.parent.name == "__pycache__" or file.name.startswith(".")
            if file.is_file() and not made_by_others:
                digest.update(file.relative_to(package).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()


def machine_code_folder() -> Path:
    """Return the folder that holds the machine code of the present sources."""
    return cache_folder() / f"compiled-{sources_hash()}"


def before_compiling(teach: Callable[[], object]) -> None:
    """Have Numba taught something, such as how to compile a call by address, before it compiles."""
    _before.append(teach)


@cache
def is_switched_off() -> bool:
    """Return whether Numba is to compile nothing, as for a debugger."""
    if "numba" not in sys.modules and not Path(".numba_config.yaml").exists():
        return os.environ.get(OFF, "0") not in ("", "0")
    from numba.core import config

    return bool(getattr(config, "DISABLE_JIT", 0))


class Compiled:
    """A function as machine code: what is kept, or what Numba makes of it when it is first needed.

    Other compiled functions call it as one that Numba has compiled; for that, and for arguments
    that :mod:`negotiation.machine_code` does not know, Numba is imported.

    Parameters
    ----------
    function : callable
    inline : bool
        Whether its machine code becomes part of every caller's.
    """

    def __init__(self, function: Callable[..., Any], inline: bool) -> None:
        update_wrapper(self, function)
        self.py_func, self._inline = function, inline
        self._numbas: Any = None
        self._known = 0  # machine codes of Numba's that have been kept, or could not be
        self._found: dict[Any, Callable[..., Any] | None] = {}

    @property
    def numbas(self) -> Any:
        """What Numba makes of the function."""
        with _making:
            if self._numbas is None:
                from negotiation.by_numba import dispatcher

                while _before:
                    _before.pop()()
                self._numbas = dispatcher(self.py_func, self._inline)
        return self._numbas

    def __call__(self, *args: Any, **options: Any) -> Any:
        """Call it."""
        if self._numbas is None and not options:
            from negotiation.machine_code import call

            done, result = call(self.py_func, self._found, args)
            if done:
                return result
        numbas = self.numbas
        try:
            return numbas(*args, **options)
        finally:  # also where it raises: some stop the talks so
            if len(numbas.overloads) != self._known:
                self._known = len(numbas.overloads)
                if not options:
                    from negotiation.by_numba import keep

                    keep(numbas, args)

    def __getattr__(self, name: str) -> Any:
        if name not in NUMBAS:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return getattr(self.numbas, name)

    def __reduce__(self) -> str | tuple[Any, ...]:
        name = self.py_func.__qualname__
        by_name = getattr(sys.modules.get(self.py_func.__module__), name, None) is self
        return name if by_name else (Compiled, (self.py_func, self._inline))

    def guarded(self, asked: Callable[..., Any]) -> Compiled:
        """Return the same function to Numba, but one that Python calls by way of ``asked``."""
        return Guarded(self, asked)


class Guarded(Compiled):
    """A compiled function whose arguments are looked at where Python calls it."""

    at_door = True

    def __init__(self, function: Compiled, asked: Callable[..., Any]) -> None:
        super().__init__(function.py_func, function._inline)
        self._inner, self._asked = function, asked

    @property
    def numbas(self) -> Any:
        """What Numba makes of the function."""
        return self._inner.numbas

    def __call__(self, *args: Any, **options: Any) -> Any:
        """Call it by way of whoever looks at the arguments."""
        return self._asked(*args, **options)


def compiled(function: Callable[P, R], *, inline: bool = False) -> Callable[P, R]:
    """Compile ``function`` with Numba: cached, without the GIL, IEEE arithmetic as written.

    ``fastmath`` stays off, because a run must be the same, bit for bit, whoever plays it.

    Parameters
    ----------
    function : callable
    inline : bool
        Whether its machine code becomes part of every caller's.
    """
    if is_switched_off():
        return function
    return cast(Callable[P, R], Compiled(function, inline))


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a few lines that are asked thousands of times a run, into whatever asks them."""
    return compiled(function, inline=True)

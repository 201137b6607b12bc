"""How the rules become machine code, and where it is kept.

A compiled function is called like any other. The first call has Numba compile it
(:mod:`negotiation.by_numba`), which takes seconds to a minute; the machine code is kept, and the
next process loads it (:mod:`negotiation.machine_code`) without Numba, whose import alone takes
longer than most answers.

What is kept belongs to the sources that it was made of, see :mod:`negotiation.sources`.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache, update_wrapper
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from negotiation import machine_code

# what a function that Numba has compiled is asked for
NUMBAS = frozenset(
    ("_cache", "_numba_type_", "compile", "get_call_template", "in_parts", "nopython_signatures",
     "overloads", "signatures", "targetctx")
)  # fmt: skip
OFF = "NUMBA_DISABLE_JIT"
P = ParamSpec("P")
R = TypeVar("R")
_making = threading.RLock()
_before: list[Callable[[], object]] = []  # what Numba is to be taught first


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
            done, result = machine_code.call(self.py_func, self._found, args)
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

    def kept_at(self, *args: Any) -> Path | None:
        """Return where the machine code for such arguments is kept, if it can be."""
        with suppress(machine_code.Unknown):
            form = machine_code.name_of(tuple(map(machine_code.form_of, args)))
            return machine_code.file_of(self.py_func, form)
        return None

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

"""What a second process compiles ahead of the first, see :mod:`negotiation.beside`.

Numba asks for the types of a function's arguments, which it learns of whoever calls it. Here they
are read from the annotations: a number is a number, and a class of a record says what is in one.
An array may have any shape, so a function that takes one waits until another calls it.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import numba
import numpy as np

from negotiation import beside, linking, quick
from negotiation.by_numba import seldom_collected
from negotiation.payoffs.world import Numbers, world_dtype
from negotiation.records import layout
from negotiation.sources import machine_code_folder

NUMBERS: dict[Any, Any] = {
    int: numba.int64, float: numba.float64, bool: numba.boolean, np.uint64: numba.uint64,
}  # fmt: skip


@cache
def kind_of(hint: Any) -> Any:
    """Return Numba's type of what is annotated so, or None where that does not say it.

    Examples
    --------
    >>> kind_of(float), kind_of(np.ndarray)
    (float64, None)
    """
    if get_origin(hint) is Annotated:
        plain, *about = get_args(hint)
        return NUMBERS.get(plain) if len(about) == 1 else None
    if hint in NUMBERS:
        return NUMBERS[hint]
    if hint is Numbers:
        return numba.from_dtype(world_dtype())
    if isinstance(hint, type) and not issubclass(hint, (tuple, np.ndarray)):
        with suppress(TypeError, AttributeError):
            return numba.from_dtype(layout(hint))
    return None


def kinds_of(function: Any) -> tuple[Any, ...] | None:
    """Return the types of a function's arguments, or None where one is not known."""
    code, hints = function.py_func.__code__, get_type_hints(function.py_func, include_extras=True)
    names = code.co_varnames[: code.co_argcount]
    kinds = tuple(kind_of(hints.get(name)) for name in names)
    return None if None in kinds else kinds


def compile_ahead(folder: str, module: str, name: str) -> None:
    """Compile what a function calls, the last first, until standard input ends.

    Parameters
    ----------
    folder : str
        Of the machine code: if it is another one here, nothing would be found there.
    module, name : str
        Of the function.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the first process, which ends us
    threading.Thread(target=end_with_input, daemon=True).start()
    function = getattr(import_module(module), name)
    if str(machine_code_folder()) != folder or not linking.works():
        return
    with quick.quicker(), seldom_collected():
        for each in beside.from_the_end(function)[:-1]:
            kinds = kinds_of(each)
            if kinds is not None:
                with suppress(Exception):  # the first process meets it too, and says so
                    each.in_parts().compile(kinds)


def end_with_input() -> None:
    """End this process as soon as its standard input ends, but not while a file is written."""
    sys.stdin.read()
    with linking.writing:
        os._exit(0)

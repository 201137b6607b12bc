"""Records and functions known by where they lie in memory, for compiled code.

A compiled function gets a record as one pointer, an array as seven numbers, which the order of
play would hand down at every call; and a function handed over as an argument is compiled in, so
that the machine code of every plug-in would be another, kept nowhere. An address is a number in a
record, costs nothing where it is not used, and leaves the machine code the same. The code that
writes an address keeps the object there alive.
"""

from __future__ import annotations

import ctypes
from importlib import import_module
from typing import Any

import numpy as np

from negotiation.compiling import before_compiling


def record_at(address: int, like: Any) -> Any:
    """Return the record at ``address``, laid out as the record ``like``.

    Examples
    --------
    >>> rows = np.zeros(2, [("day", "f8")])
    >>> rows["day"] = 1.0, 2.0
    >>> float(record_at(rows.ctypes.data + rows.itemsize, rows.view(np.recarray)[0]).day)
    2.0
    """
    held = (ctypes.c_char * like.dtype.itemsize).from_address(int(address))
    return np.frombuffer(held, like.dtype).view(np.recarray)[0]


def share_at(address: int, arguments: int, numbers: Any) -> float:
    """Return what the rule at ``address`` says of the first ``arguments`` of the ``numbers``.

    Examples
    --------
    >>> half = ctypes.CFUNCTYPE(ctypes.c_double, ctypes.c_double)(lambda x: x / 2)
    >>> share_at(ctypes.cast(half, ctypes.c_void_p).value, 1, np.full(8, 0.5))
    0.25
    """
    form = ctypes.CFUNCTYPE(ctypes.c_double, *[ctypes.c_double] * int(arguments))
    return float(form(int(address))(*[float(x) for x in numbers[: int(arguments)]]))


before_compiling(lambda: import_module("negotiation.rules.addresses_compiled"))

"""Records and functions known by where they lie in memory, for compiled code.

A compiled function gets a record as one pointer, an array as seven numbers, which the order of
play would hand down at every call; and a function handed over as an argument is compiled in, so
that the machine code of every plug-in would be another, kept nowhere. An address is a number in a
record, costs nothing where it is not used, and leaves the machine code the same. The code that
writes an address keeps the object there alive.
"""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic, overload

SHARE_ARGUMENTS = 5


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


def share_at(
    address: int, time: float, conceded: float, held: float, own: float, other: float
) -> float:
    """Return what the function at ``address`` says of five numbers.

    Examples
    --------
    >>> half = ctypes.CFUNCTYPE(ctypes.c_double, *[ctypes.c_double] * 5)(lambda *x: x[0] / 2)
    >>> share_at(ctypes.cast(half, ctypes.c_void_p).value, 0.5, 0.0, 0.0, 0.0, 0.0)
    0.25
    """
    form = ctypes.CFUNCTYPE(ctypes.c_double, *[ctypes.c_double] * SHARE_ARGUMENTS)
    return float(form(int(address))(time, conceded, held, own, other))


@intrinsic
def _record_at(typing: Any, address: Any, like: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return builder.inttoptr(given[0], context.get_value_type(signature.return_type))

    return like(types.int64, like), build


@intrinsic
def _share_at(
    typing: Any, address: Any, time: Any, conceded: Any, held: Any, own: Any, other: Any
) -> Any:
    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        real = ir.DoubleType()
        form = ir.FunctionType(real, [real] * SHARE_ARGUMENTS)
        return builder.call(builder.inttoptr(given[0], form.as_pointer()), given[1:])

    return types.float64(types.int64, *[types.float64] * SHARE_ARGUMENTS), build


@overload(record_at)
def _compiled_record_at(address: Any, like: Any) -> Any:
    def compiled_form(address: Any, like: Any) -> Any:
        return _record_at(address, like)  # type: ignore[call-arg]

    return compiled_form


@overload(share_at)
def _compiled_share_at(
    address: Any, time: Any, conceded: Any, held: Any, own: Any, other: Any
) -> Any:
    def compiled_form(
        address: Any, time: Any, conceded: Any, held: Any, own: Any, other: Any
    ) -> Any:
        return _share_at(address, time, conceded, held, own, other)  # type: ignore[call-arg]

    return compiled_form

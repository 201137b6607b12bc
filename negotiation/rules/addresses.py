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
from numba.core import cgutils
from numba.extending import intrinsic, overload

from negotiation.tactics.facts import MOST_ARGUMENTS


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
    >>> share_at(ctypes.cast(half, ctypes.c_void_p).value, 1, np.full(MOST_ARGUMENTS, 0.5))
    0.25
    """
    form = ctypes.CFUNCTYPE(ctypes.c_double, *[ctypes.c_double] * int(arguments))
    return float(form(int(address))(*[float(x) for x in numbers[: int(arguments)]]))


@intrinsic
def _record_at(typing: Any, address: Any, like: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return builder.inttoptr(given[0], context.get_value_type(signature.return_type))

    return like(types.int64, like), build


@intrinsic
def _share_at(typing: Any, address: Any, arguments: Any, numbers: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        # A call of machine code has to know its number of arguments: one branch for each.
        values = cgutils.unpack_tuple(builder, given[2])  # type: ignore[no-untyped-call]
        end = builder.append_basic_block("end")
        none = builder.append_basic_block("none")
        branches = builder.switch(given[1], none)
        real, found = ir.DoubleType(), []
        for n in range(MOST_ARGUMENTS + 1):
            block = builder.append_basic_block(f"of_{n}")
            branches.add_case(context.get_constant(types.int64, n), block)
            builder.position_at_end(block)
            form = ir.FunctionType(real, [real] * n)
            rule = builder.inttoptr(given[0], form.as_pointer())
            found.append((builder.call(rule, values[:n]), block))
            builder.branch(end)
        builder.position_at_end(none)
        builder.branch(end)
        builder.position_at_end(end)
        share = builder.phi(real)
        for value, block in [*found, (real(float("nan")), none)]:
            share.add_incoming(value, block)
        return share

    return types.float64(types.int64, types.int64, numbers), build


@overload(record_at)
def _compiled_record_at(address: Any, like: Any) -> Any:
    def compiled_form(address: Any, like: Any) -> Any:
        return _record_at(address, like)  # type: ignore[call-arg]

    return compiled_form


@overload(share_at)
def _compiled_share_at(address: Any, arguments: Any, numbers: Any) -> Any:
    def compiled_form(address: Any, arguments: Any, numbers: Any) -> Any:
        x = numbers
        eight = (x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7])
        return _share_at(address, arguments, eight)  # type: ignore[call-arg]

    return compiled_form

"""How compiled code reads what lies at an address, see :mod:`negotiation.rules.addresses`.

Apart from it because Numba is imported here, which most processes do without.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, overload

from negotiation.rules.addresses import record_at, share_at
from negotiation.tactics.facts import MOST_ARGUMENTS


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

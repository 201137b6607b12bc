"""Numba is asked the same questions; what it has found out once is not worked out again."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numba
import numpy as np
import pytest
from numba.core import postproc
from numba.core.compiler import run_frontend

from negotiation import quick


def branching(x: float, n: int) -> float:
    """Return something that takes a loop and a branch."""
    total = 0.0
    for i in range(n):
        part = x * i
        if part > 1.0:
            total += part
    return total


def test_numba_is_left_as_it_was() -> None:
    """Also where compiling fails."""
    before = [getattr(owner, name) for owner, name, _ in quick.PLACES]
    with pytest.raises(ZeroDivisionError), quick.quicker():
        assert all(
            getattr(owner, name) is not numbas
            for (owner, name, _), numbas in zip(quick.PLACES, before, strict=True)
        )
        raise ZeroDivisionError
    assert [getattr(owner, name) for owner, name, _ in quick.PLACES] == before


def test_a_call_is_typed_once_for_the_same_arguments() -> None:
    """And again for others."""
    asked: list[Any] = []

    def numbas(self: Any, context: Any, args: Any, kws: Any) -> Any:
        asked.append(args)
        return SimpleNamespace(args=args)

    quicker, plus = quick.call_types(numbas), object()
    real, whole = (numba.float64, numba.float64), (numba.int64, numba.float64)
    first = quicker(plus, None, real, {})
    assert quicker(plus, None, list(real), {}) is first
    assert quicker(plus, None, whole, {}).args == whole
    assert asked == [real, whole]


def test_what_lives_where_a_block_begins_is_found_when_it_is_asked_for() -> None:
    """As Numba finds it, which looks through the whole function each time."""
    code = run_frontend(branching)
    postproc.PostProcessor(code).run()
    expected = dict(code.block_entry_vars)
    with quick.quicker():
        postproc.PostProcessor(code).run()
    assert not dict(code.block_entry_vars)
    assert {b: code.get_block_entry_vars(b) for b in expected} == expected
    assert any(expected.values())


def test_variables_are_still_dropped_where_they_are_last_used() -> None:
    """Arrays would be kept in memory otherwise."""
    written = []
    for quicker in (False, True):
        code = run_frontend(branching)
        with quick.quicker() if quicker else pytest.MonkeyPatch.context():
            postproc.PostProcessor(code).run(emit_dels=True)
        written.append([str(step) for block in code.blocks.values() for step in block.body])
    assert written[0] == written[1]
    assert any(step.startswith("del ") for step in written[0])


def test_a_record_is_written_out_as_ever() -> None:
    """Its fields are many, and a record may stand in a record."""
    inner = np.dtype([("one", "f8")])
    record = numba.from_dtype(np.dtype([("number", "i8"), ("pair", inner), ("row", "f8", (2,))]))
    expected = repr(record)
    assert "'pair'" in expected
    with quick.quicker():
        assert repr(record) == repr(record) == expected


def test_a_function_compiled_so_gives_the_same_number() -> None:
    """To the last bit."""
    expected = branching(0.3, 50)
    with quick.quicker():
        assert numba.njit(branching)(0.3, 50) == expected

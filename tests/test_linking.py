"""Compiled functions are linked first and optimised once, with the same numbers as ever."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest

from negotiation import linking, sources
from negotiation.compiling import compiled

CHAIN = """
from negotiation.compiling import compiled

@compiled
def third(x):
    return x / 3.0

@compiled
def second(x):
    return third(x) + 1.0

@compiled
def first(x):
    return second(x) * 2.0

@compiled
def other(x):
    return second(x) - 2.0
"""


@compiled
def halved(x):
    """Return the half."""
    return x / 2.0


@compiled
def quartered(x):
    """Return the fourth part."""
    return halved(halved(x))


@compiled
def refused(x):
    """Refuse what is negative."""
    if x < 0.0:
        raise ValueError("negative")
    return halved(x)


def test_this_version_of_numba_compiles_in_parts() -> None:
    """Else every function would be optimised again in each of its callers: minutes, not one."""
    assert linking.works()


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder for machine code in which there is none yet, so that all is compiled here."""
    monkeypatch.setenv("NEGOTIATION_CACHE", str(tmp_path))


@pytest.mark.usefixtures("empty")
def test_a_version_that_cannot_is_left_to_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then Numba compiles as it does by itself: slowly, with the same numbers."""
    monkeypatch.setattr(linking, "works", lambda: False)
    inner = compiled(halved.py_func)

    def twice_halved(x):
        return inner(inner(x))

    alone = compiled(twice_halved)
    assert alone(3.0) == 0.75
    assert alone.in_parts() is None
    assert [str(kinds) for kinds in inner.signatures] == ["(float64,)"]


def test_whatever_an_unknown_version_does_the_trial_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """An internal name that is gone is no error."""
    monkeypatch.delattr(linking, "Part")
    assert not linking.works.__wrapped__()


@pytest.mark.usefixtures("empty")
def test_only_what_python_calls_becomes_machine_code() -> None:
    """A function that only another one calls is a part of it."""
    inner = compiled(halved.py_func)

    def eighth(x):
        return inner(inner(inner(x)))

    assert compiled(eighth)(2.0) == 0.25
    assert not inner.signatures
    assert [str(kinds) for kinds in inner.in_parts().signatures] == ["(float64,)"]
    assert inner(3.0) == 1.5  # and Python may still call it
    assert [str(kinds) for kinds in inner.signatures] == ["(float64,)"]


def test_a_function_that_numba_compiles_may_call_ours() -> None:
    """Such as a strategy of a user's, who has marked it with Numba's own mark."""

    @numba.njit
    def theirs(x):
        return quartered(x) + 1.0

    assert theirs(4.0) == 2.0


def test_errors_come_through() -> None:
    """From a part as from a whole."""

    def asking(x):
        return refused(x)

    for function in (refused, compiled(asking)):
        with pytest.raises(ValueError, match="negative"):
            function(-1.0)


def test_sums_are_added_up_as_they_are_written() -> None:
    """Linking allows no other order and no fused multiplication, for an equal run everywhere."""

    def dot(x, y):
        total = 0.0
        for i in range(len(x)):
            total += x[i] * y[i]
        return total

    generator = np.random.default_rng(1)
    x, y = generator.normal(size=(2, 1001))
    expected = 0.0
    for a, b in zip(x, y, strict=True):
        expected += a * b
    assert compiled(dot)(x, y) == expected


def run_in(folder: Path, code: str) -> str:
    """Return what code prints in a process of its own, where the chain can be imported."""
    (folder / "chain_of_four.py").write_text(CHAIN)
    path = [str(folder), *sys.path]
    code = f"import os, sys; sys.path[:] = {path!r}; import chain_of_four as chain; {code}"
    environment = {"NEGOTIATION_CACHE": str(folder / "cache"), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


COUNT = (
    "from numba.core.dispatcher import _FunctionCompiler as compiler; "
    "old, names = compiler.compile, []; "
    "compiler.compile = lambda self, *a: names.append(self.py_func.__name__) or old(self, *a); "
)


def test_parts_are_kept_for_other_wholes_and_other_processes(tmp_path: Path) -> None:
    """Each is translated once on a computer."""
    ours = "print(*[name for name in names if name in ('first', 'second', 'third', 'other')])"
    first = f"{COUNT} assert chain.first(3.0) == 4.0; {ours}"
    assert run_in(tmp_path, first) == "first second third"
    assert run_in(tmp_path, first) == ""
    assert run_in(tmp_path, f"{COUNT} assert chain.other(3.0) == 0.0; {ours}") == "other"
    assert run_in(tmp_path, f"{COUNT} assert chain.second(3.0) == 2.0; {ours}") == "second"


def test_a_part_that_has_become_another_is_not_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is compiled again, and what calls it too: what is kept goes by the name of a symbol."""
    monkeypatch.setattr(sources, "machine_code_folder", lambda: tmp_path)
    parts: Any = compiled(quartered.py_func).in_parts()
    quartered.in_parts()
    parts.compile((numba.float64,))
    (result,) = parts.overloads.values()
    cache = linking.PartCacheImpl.__new__(linking.PartCacheImpl)
    written = list(cache.reduce(result))
    assert [call.name for call in written[3]] == ["halved"]
    assert cache.rebuild(parts.targetctx, tuple(written)) is not None
    written[3] = [written[3][0]._replace(symbol="another")]
    assert cache.rebuild(parts.targetctx, tuple(written)) is None
    written[3] = [written[3][0]._replace(name="gone")]
    assert cache.rebuild(parts.targetctx, tuple(written)) is None

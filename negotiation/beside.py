"""A second process that compiles beside the first, so that the first use waits half as long.

Numba finds out the types of functions in Python, one function at a time: only another process
makes use of a second core. It is given the name of what the first is about to compile, goes through
the functions that this calls from the other end (see :mod:`negotiation.ahead`), and puts them into
the folder where the first looks before it compiles. They meet halfway. Nothing depends on it: where
there is no second process, or it fails, the first compiles the rest.
"""

from __future__ import annotations

import dis
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

ENOUGH = (
    100  # functions that are not there yet: fewer are compiled before another process has begun
)
LONGEST_END = 10.0  # seconds that a process may take to end when it is asked to
NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # which Windows would open for it
CODE = (
    "import sys, json; path, *job = json.loads(sys.stdin.readline()); sys.path[:] = path; "
    "from negotiation.ahead import compile_ahead; compile_ahead(*job)"
)


def called_by(function: Any) -> list[Any]:
    """Return the compiled functions that one calls by name, in the order of its text.

    Examples
    --------
    >>> from negotiation.rules.beliefs import type_index
    >>> [function.__name__ for function in called_by(type_index)]
    ['type_of']
    """
    known = function.py_func.__globals__
    found: dict[Any, None] = {}
    owner = None  # the module that was named last
    for step in dis.get_instructions(function.py_func):
        named = None
        if step.opname == "LOAD_GLOBAL":
            named = known.get(step.argval)
        elif step.opname in ("LOAD_ATTR", "LOAD_METHOD") and isinstance(owner, ModuleType):
            named = getattr(owner, step.argval, None)
        if hasattr(named, "in_parts"):
            found[named] = None
        owner = named
    return list(found)


def from_the_end(function: Any) -> list[Any]:
    """Return what a function calls, and what that calls, each after what it calls itself.

    Whatever is called last comes first: Numba, which goes by the text, comes to it last.
    """
    found: dict[Any, None] = {}
    seen: set[Any] = set()
    left = [function]
    while left:
        one = left[-1]
        if one in seen:
            found[left.pop()] = None
        else:
            seen.add(one)
            left += [each for each in called_by(one) if each not in seen]
    return list(found)


def cores() -> int:
    """Return how many processors this process may use."""
    with suppress(AttributeError, OSError):  # not on every system
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def is_worth_it(function: Any, folder: Path) -> bool:
    """Return whether a second process would have something to do, and somewhere to do it."""
    kept = getattr(function._cache, "cache_path", None)
    if not kept or cores() < 2 or not sys.executable or getattr(sys, "frozen", False):
        return False
    return len(from_the_end(function)) - sum(1 for _ in folder.rglob("part-*.nbi")) > ENOUGH


@contextmanager
def helped(function: Any, folder: Path) -> Iterator[None]:
    """Have another process compile into the same folder what a function calls, inside ``with``.

    Parameters
    ----------
    function : numba.core.registry.CPUDispatcher
    folder : Path
        Of the machine code.
    """
    process = begun(function, folder) if is_worth_it(function, folder) else None
    try:
        yield
    finally:
        if process is not None:
            ended(process)


def begun(function: Any, folder: Path) -> subprocess.Popen[bytes] | None:
    """Return the other process, or None where there can be none.

    It lives as long as we hold its standard input: it ends with us, however we end.
    """
    python = function.py_func
    job = ([*map(str, sys.path)], str(folder), python.__module__, python.__qualname__)
    try:
        process = subprocess.Popen(
            [sys.executable, "-c", CODE],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            creationflags=NO_WINDOW,
        )  # fmt: skip
    except (OSError, ValueError):
        return None
    assert process.stdin is not None
    with suppress(OSError):  # it may have ended already
        process.stdin.write(json.dumps(job).encode() + b"\n")
        process.stdin.flush()
    return process


def ended(process: subprocess.Popen[bytes]) -> None:
    """End the other process, and wait until it is gone."""
    assert process.stdin is not None
    with suppress(OSError):
        process.stdin.close()
    try:
        process.wait(LONGEST_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

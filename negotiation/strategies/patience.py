"""A call that has to come back in time."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class OutOfTime(Exception):
    """A call took longer than it may."""


def in_time(seconds: float, function: Callable[[], T]) -> T:
    """Return ``function()``, or raise OutOfTime if it takes longer than ``seconds``.

    It runs in a thread of its own. One that is out of time is stopped by an exception, at once in
    Python code, and after a call into compiled code when that returns.

    Examples
    --------
    >>> in_time(60.0, lambda: 2 + 2)
    4
    """
    result: list[T] = []
    failure: list[BaseException] = []

    def work() -> None:
        try:
            result.append(function())
        except BaseException as error:  # handed on to the caller
            failure.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        _stop(thread)
        raise OutOfTime
    if failure:
        raise failure[0]
    return result[0]


def _stop(thread: threading.Thread) -> None:
    identity: Any = ctypes.c_ulong(thread.ident or 0)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(identity, ctypes.py_object(OutOfTime))
    thread.join(1.0)

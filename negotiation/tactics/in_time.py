"""Code that has to come back in time: a block of Python, or a call that may be compiled.

Python is interrupted where it stands, in its own thread, by the system's alarm (`at_most`).
Compiled code hears no alarm: it is called in a thread of its own, which is left alone where it does
not end (`in_time`), so it must not hold Python's lock.
"""

from __future__ import annotations

import ctypes
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

T = TypeVar("T")


class OutOfTime(BaseException):
    """Something took longer than it may; not an Exception, which the code that hangs may catch."""


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


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Interrupt what takes longer, where the system has alarms and this is the main thread."""
    possible = hasattr(signal, "setitimer")
    if not possible or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise OutOfTime

    before: Any = signal.getsignal(signal.SIGALRM)
    if before not in (signal.SIG_DFL, signal.SIG_IGN):  # somebody else counts already
        yield
        return
    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)

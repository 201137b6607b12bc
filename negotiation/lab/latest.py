"""What a control has set, for handlers that act upon it.

A handler belongs to the page as it was drawn last. While another thread draws, two touches may come
before the page is drawn again, and the second handler would still see what was there before the
first. So it reads a place that is written at once: one of its own, or the state of the page.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import solara

from negotiation.lab.link import Change, State


def use_latest(first: Any) -> tuple[Any, Callable[[Any], Any]]:
    """Keep a value of a component.

    Returns
    -------
    kept : object
        Its ``current`` is the value, also before the page is drawn again.
    put : callable
        Puts another value there, or what a function makes of the value, has the page drawn, and
        returns what stands there then. Of two threads one waits: neither undoes the other's.
    """
    _, draw = solara.use_state(first)
    kept = solara.use_ref(first)
    lock = solara.use_memo(threading.Lock, [])

    def put(value: Any) -> Any:
        with lock:
            new = value(kept.current) if callable(value) else value
            changed = new != kept.current
            kept.current = new
        if changed:
            draw(object())  # never what was drawn last, whichever of two threads comes here first
        return new

    return kept, put


def current(change: Change) -> State:
    """Return the state of the page as it is, also before the page is drawn again."""
    return change(lambda state: state)

"""What a control has set, for handlers that act upon it.

A handler belongs to the page as it was drawn last. While another thread draws, two touches may come
before the page is drawn again, and the second handler would still see what was there before the
first. So it reads a place that is written at once: one of its own, or the state of the page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from negotiation.lab.link import Change, State


def use_latest(first: Any) -> tuple[Any, Callable[[Any], None]]:
    """Keep a value of a component.

    Returns
    -------
    kept : object
        Its ``current`` is the value, also before the page is drawn again.
    put : callable
        Puts another value there, and has the page drawn.
    """
    _, draw = solara.use_state(first)
    kept = solara.use_ref(first)

    def put(value: Any) -> None:
        kept.current = value
        draw(value)

    return kept, put


def upon_state(change: Change, act: Callable[[State], None]) -> None:
    """Act upon the state of the page as it is, also before the page is drawn again."""

    def look(now: State) -> State:
        act(now)
        return now

    change(look)

"""Whoever waits for minutes reads why: the rules are compiled once on every computer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from negotiation import patience
from negotiation.cli.say import say

quiet = [False]  # whether the verb was asked for no remarks


def hushed(asked: bool) -> bool:
    """Take ``--quiet`` to heart, and return it."""
    quiet[0] = asked
    return asked


@contextmanager
def why_it_takes_long() -> Iterator[None]:
    """Say on standard error inside a ``with`` block what it is that takes long.

    With ``--quiet`` only that another process is waited for: that may never end by itself.
    """

    def listener(sentence: str, always: bool) -> None:
        if always or not quiet[0]:
            say(sentence, err=True)

    quiet[0] = False
    patience.listeners.append(listener)
    try:
        yield
    finally:
        patience.listeners.remove(listener)

"""What takes long says why, to whoever asked to hear it: the command line does, nobody else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

AFTER = 2.0  # seconds, of which nobody asks why

Listener = Callable[[str, bool], object]  # a sentence, and whether quiet ones want it too
listeners: list[Listener] = []
spent: dict[str, float] = {}  # seconds by sentence; infinite once it was said
_inside: set[str] = set()


@contextmanager
def explained(sentence: str, *, always: bool = False) -> Iterator[None]:
    """Say a sentence once, when what happens inside ``with`` blocks has taken long in all.

    Parameters
    ----------
    sentence : str
    always : bool
        Whether who wants no remarks is to hear it too.

    Examples
    --------
    >>> listeners.append(lambda sentence, always: print(sentence))
    >>> for _ in range(2):
    ...     with explained("It takes long.", always=True):
    ...         time.sleep(0.6 * AFTER)
    It takes long.
    >>> del listeners[:], spent["It takes long."]
    """
    if not listeners or sentence in _inside:  # what is inside it counts there
        yield
        return

    def say() -> None:
        spent[sentence] = float("inf")
        for listener in listeners:
            listener(sentence, always)

    start = time.monotonic()
    left = AFTER - spent.get(sentence, 0.0)
    timer = threading.Timer(left, say)
    timer.daemon = True
    if left > 0.0:
        timer.start()
    _inside.add(sentence)
    try:
        yield
    finally:
        timer.cancel()
        _inside.discard(sentence)
        spent[sentence] = spent.get(sentence, 0.0) + time.monotonic() - start

"""Python's and NumPy's global generators, lent to code that draws from them, and put back.

This project draws no number from a global generator. NegMAS does, so while it runs the
generators hold a state of its own, and afterwards what they held before.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np


class Luck:
    """A stream of global random numbers that goes on where it was left.

    Parameters
    ----------
    seed : int
        Of both generators.

    Examples
    --------
    >>> luck, whole = Luck(1), []
    >>> for _ in range(2):
    ...     with luck.in_use():
    ...         whole.append(random.random())
    >>> with Luck(1).in_use():
    ...     [random.random(), random.random()] == whole
    True
    """

    def __init__(self, seed: int) -> None:
        self.python = random.Random(seed).getstate()
        self.numpy = np.random.RandomState(seed % 2**32).get_state()

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Let a block of code draw from this stream."""
        before = random.getstate(), np.random.get_state()
        random.setstate(self.python)
        np.random.set_state(self.numpy)
        try:
            yield
        finally:
            self.python, self.numpy = random.getstate(), np.random.get_state()
            random.setstate(before[0])
            np.random.set_state(before[1])


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Set the global generators for a block of code, and put them back afterwards.

    Examples
    --------
    >>> with seeded(1):
    ...     first = random.random()
    >>> with seeded(1):
    ...     random.random() == first
    True
    """
    with Luck(seed).in_use():
        yield

"""Results that many visitors ask for: computed once, whoever asks first, and kept for a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

from negotiation.scenario import Scenario

T = TypeVar("T")


class Remembered(Generic[T]):
    """A function of a scenario and of numbers, whose last results are kept.

    Parameters
    ----------
    compute : callable
        Called with a scenario and numbers, once for each, even if many ask at the same time.
    most : int
        How many results are kept.

    Examples
    --------
    >>> asked = []
    >>> known = Remembered(lambda scenario, n: asked.append(n) or n, most=2)
    >>> pie = Scenario.load("split-the-pie")
    >>> [known(pie, n) for n in (1, 1, 2, 3, 1)], asked
    ([1, 1, 2, 3, 1], [1, 2, 3, 1])
    """

    def __init__(self, compute: Callable[..., T], most: int) -> None:
        self.compute, self.most = compute, most
        self.lock = threading.Lock()
        self.known: OrderedDict[Any, Future[T]] = OrderedDict()

    def __call__(self, scenario: Scenario, *numbers: int) -> T:
        """Return the result, from memory if it is there; of an error nothing is kept."""
        key = scenario.fingerprint, *numbers
        with self.lock:
            found = self.known.get(key)
            mine = found is None
            if found is None:
                found = self.known[key] = Future()
            self.known.move_to_end(key)
            while len(self.known) > self.most:
                self.known.popitem(last=False)
        if mine:
            try:
                found.set_result(self.compute(scenario, *numbers))
            except BaseException as error:
                with self.lock:
                    self.known.pop(key, None)
                found.set_exception(error)
        return found.result()

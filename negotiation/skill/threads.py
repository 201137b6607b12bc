"""Small fits on one thread: a second one only waits for the first."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def on_one_thread(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function during which libraries of numbers use one thread, if that can be said.

    Examples
    --------
    >>> on_one_thread(max)(1, 2)
    2
    """

    @wraps(function)
    def limited(*args: P.args, **options: P.kwargs) -> R:
        try:
            import sklearn.ensemble  # noqa: F401  (only what is loaded can be limited)
            from threadpoolctl import threadpool_limits
        except ImportError:
            return function(*args, **options)
        with threadpool_limits(1):
            return function(*args, **options)

    return limited

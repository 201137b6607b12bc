"""Seconds of actions: the least of several tries, or of several in turn, and their ratio."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

ROUNDS = 5

Action = Callable[[], Any]
Clock = Callable[[], float]


def seconds_of(action: Action, clock: Clock = time.perf_counter) -> float:
    """Return the seconds that an action took, by the clock on the wall or another."""
    start = clock()
    action()
    return clock() - start


def best(action: Action, tries: int = 5, clock: Clock = time.perf_counter) -> float:
    """Return the least seconds that ``action`` took in several tries."""
    return min(seconds_of(action, clock) for _ in range(tries))


def in_turn(actions: Mapping[str, Action], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Return the seconds of each action in each round: one after the other, again and again.

    Whatever else happens on the machine then falls on all alike.
    """
    times: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(rounds):
        for name, action in actions.items():
            times[name].append(seconds_of(action))
    return times


def ratio_of(theirs: Sequence[float], ours: Sequence[float]) -> dict[str, float]:
    """Return the medians of both, and theirs over ours: the median of the rounds, least and most.

    Examples
    --------
    >>> ratio_of([2.0, 3.0, 4.0], [1.0, 1.0, 1.0])["ratio"]
    3.0
    """
    ratios = [a / b for a, b in zip(theirs, ours, strict=True)]
    return {
        "theirs_s": statistics.median(theirs), "ours_s": statistics.median(ours),
        "ratio": statistics.median(ratios), "least": min(ratios), "most": max(ratios),
        "rounds": len(ratios),
    }  # fmt: skip

"""A decision played at many values of the behavioural parameters, built once.

Its scenario is turned into numbers once; the calibrated entries are then written over.
A scenario built with these settings gives the same run, bit for bit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from negotiation.ensemble import UNKEPT, play_range
from negotiation.hindcast.episodes import Episode
from negotiation.hindcast.priors import NAMES
from negotiation.hindcast.situation import behaviour, setting
from negotiation.outcome import ROW, STATE_OF_REGIME
from negotiation.payoffs.seats import take_seat
from negotiation.payoffs.world import world_dtype
from negotiation.scenario import SIDES
from negotiation.table import Table
from negotiation.tactics.registry import find

PER_WORLD = 20  # runs that share the other uncertain numbers; one draw has several worlds


class Played:
    """An episode made ready to be played at any value of the parameters.

    Parameters
    ----------
    episode : Episode
    summed : callable
        From rows to the shares of kinds, such as :func:`negotiation.hindcast.disputes.categories`.
    """

    def __init__(self, episode: Episode, summed: Callable[[np.ndarray], np.ndarray]) -> None:
        self.episode, self.summed = episode, summed
        self.table = Table(setting(episode))

    def numbers(self, values: np.ndarray) -> np.ndarray:
        """Return the numbers of the episode's world with the parameters at these values."""
        named = dict(zip(NAMES, (float(x) for x in values), strict=True))
        numbers = self.table.world.central.copy()
        record = numbers.view(world_dtype())
        for path, value in behaviour(named, self.episode).items():
            if isinstance(value, str):
                take_seat(record, SIDES.index(path.split(".")[0]), find(value))
            else:
                numbers[position(path)] = value
        return numbers

    def rows(self, values: np.ndarray, *, seed: int, runs: int, first: int = 0) -> np.ndarray:
        """Return a row of ``outcome.ROW`` for each of ``runs`` runs from ``first``."""
        numbers = self.numbers(values)
        rows = np.zeros(runs, ROW)
        records = self.table.records(numbers)
        play_range(records, STATE_OF_REGIME, seed, first, runs, PER_WORLD, rows, UNKEPT)
        return rows

    def shares(self, values: np.ndarray, *, seed: int, runs: int, first: int = 0) -> np.ndarray:
        """Return the share of runs of each kind, shape (kinds,)."""
        return self.summed(self.rows(values, seed=seed, runs=runs, first=first))


def position(path: str) -> int:
    """Return where the number at a dotted path stands in the vector of a world.

    Examples
    --------
    >>> position("china.precision") - position("us.precision")
    1
    """
    first, *rest = path.split(".")
    name, index = (rest[-1], SIDES.index(first)) if first in SIDES else (f"{first}_{rest[-1]}", 0)
    fields: Any = world_dtype().fields
    return int(fields[name][1]) // 8 + index


def table(
    players: list[Played],
    draws: np.ndarray,
    *,
    seed: int,
    runs: int,
    workers: int = 1,
    progress: Callable[[int], Any] | None = None,
) -> np.ndarray:
    """Return the shares of every code, shape (draws, decisions, kinds); threads change nothing.

    Draw k plays runs ``k runs`` to ``(k + 1) runs - 1`` of every episode, so what chance adds
    averages out over the draws.
    """

    def one(k: int) -> list[np.ndarray]:
        return [p.shares(draws[k], seed=seed, runs=runs, first=k * runs) for p in players]

    return by_draw(one, len(draws), workers=workers, progress=progress, worth=len(players) * runs)


def by_draw(
    one: Callable[[int], Sequence[np.ndarray]],
    draws: int,
    *,
    workers: int,
    progress: Callable[[int], Any] | None = None,
    worth: int = 1,
) -> np.ndarray:
    """Return what comes of each draw, in their order, on threads.

    Parameters
    ----------
    one : callable
        From the number of a draw to what comes of each decision, alike in shape.
    draws, workers : int
    progress : callable, optional
        Called with ``worth`` after each draw.
    """
    from concurrent.futures import ThreadPoolExecutor

    found = []
    with ThreadPoolExecutor(workers) as pool:
        for part in pool.map(one, range(draws)):
            found.append(part)
            if progress is not None:
                progress(worth)
    return np.array(found)

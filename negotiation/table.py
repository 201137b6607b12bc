"""A scenario opened for play: its numbers, how they are drawn, and the records of a negotiation.

Whoever plays, one run or a million, opens the scenario here; see :mod:`negotiation.rules.play` for
what is then done with the records.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from negotiation.compiling import compiled, is_switched_off
from negotiation.economy.surface import tabulate
from negotiation.payoffs.stakes import STAKES
from negotiation.payoffs.world import World, to_world, world_dtype
from negotiation.randomness import key_of, world_key_of
from negotiation.records import Draws, Surface
from negotiation.rules.opening import draw_world, open_talks, work_out
from negotiation.rules.script import unwatched
from negotiation.rules.state import TALKS
from negotiation.scenario import SIDES, Scenario
from negotiation.tactics.base import Strategy
from negotiation.tactics.registry import find


class Records(NamedTuple):
    """Everything that the rules read and write, as compiled code takes it.

    ``talks``, ``world``, ``stakes`` and ``watch`` are arrays of one record.

    Attributes
    ----------
    numbers : ndarray of float64, shape (P,)
        The numbers of the scenario; the same memory as ``world``.
    world : ndarray
        The same numbers by name, see :func:`negotiation.payoffs.world.world_dtype`.
    draws : tuple of ndarray
        How the uncertain numbers are drawn, see :attr:`negotiation.payoffs.world.World.draws`.
    surface : tuple of ndarray
        The tabulated trade model.
    stakes : ndarray of ``STAKES``
    talks : ndarray of ``TALKS``
    watch : ndarray of ``SCRIPT``
    """

    numbers: np.ndarray
    world: np.ndarray
    draws: Draws
    surface: Surface
    stakes: np.ndarray
    talks: np.ndarray
    watch: np.ndarray

    @property
    def each(self) -> tuple[Any, Any, Any]:
        """The records (talks, world, stakes), whose fields are attributes in plain Python too."""
        return tuple(a.view(np.recarray)[0] for a in (self.talks, self.world, self.stakes))

    def with_room(self, watch: np.ndarray) -> Records:
        """Return the same scenario with room for talks of their own, and their script."""
        return self._replace(talks=blank(TALKS), watch=by_name(watch))


@compiled
def draw_numbers(records: Records, key: np.uint64) -> None:
    """Draw the uncertain numbers under ``key``."""
    draw_world(records.numbers, records.draws, key)


@compiled
def weigh(records: Records, key: np.uint64) -> None:
    """Work out what every issue is worth with the numbers that stand; ``key`` is the world's."""
    work_out(records.talks[0], records.world[0], records.surface, records.stakes[0], key)


@compiled
def draw(records: Records, key: np.uint64) -> None:
    """Draw the uncertain numbers under ``key``, and work out what every issue is worth."""
    draw_numbers(records, key)
    weigh(records, key)


@compiled
def open_run(records: Records, seed: int, run: int) -> None:
    """Set the negotiation to the first day of run ``run``; the numbers have been drawn."""
    open_talks(records.talks[0], records.world[0], records.stakes[0], key_of(seed, run))


@compiled
def open_after(records: Records, seed: int, run: int, world: int, drawn: int) -> None:
    """Open run ``run`` of draw ``world`` where that of ``drawn`` stands in the records (-1: none).

    The numbers are drawn where the draw is another one and there is something to draw.
    """
    if world != drawn and (drawn < 0 or records.draws[0].shape[0] > 0):
        draw(records, world_key_of(seed, world))
    open_run(records, seed, run)


@compiled
def draw_and_open(records: Records, seed: int, run: int, world: int) -> None:
    """Open run ``run`` with the uncertain numbers of draw ``world``."""
    draw(records, world_key_of(seed, world))
    open_run(records, seed, run)


@compiled
def open_central(records: Records, seed: int, run: int) -> None:
    """Open run ``run`` with the uncertain numbers at their central values."""
    weigh(records, world_key_of(seed, run))
    open_run(records, seed, run)


def by_name(array: np.ndarray) -> np.ndarray:
    """Return an array whose records have their fields as attributes, should nothing be compiled."""
    return array.view(np.recarray) if is_switched_off() else array


def blank(dtype: np.dtype[Any]) -> np.ndarray:
    """Return room for one record."""
    return by_name(np.zeros(1, dtype))


@dataclass(frozen=True, eq=False)
class Same:
    """A scenario as itself and no other, however alike."""

    scenario: Scenario

    def __hash__(self) -> int:
        return id(self.scenario)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.scenario is self.scenario


@lru_cache(maxsize=8)
def _world(same: Same, *strategies: type[Strategy]) -> World:
    return to_world(same.scenario)


def world_of(scenario: Scenario) -> World:
    """Return the numbers of a scenario; those of one that is played again are at hand.

    A scenario does not change; what the names of its strategies stand for may.
    """
    names = ((side, getattr(scenario, side).strategy) for side in SIDES)
    classes: Any = [find(name, where=f"{side}.strategy") for side, name in names]
    return _world(Same(scenario), *classes)


class Table:
    """A scenario opened for play.

    Parameters
    ----------
    scenario : Scenario

    Examples
    --------
    >>> table = Table(Scenario.load("split-the-pie"))
    >>> talks, world, stakes = table.opened(seed=1, run=0).each
    >>> float(talks.day), float(world.day_horizon)
    (0.0, 357.0)
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.world: World = world_of(scenario)
        surface = tabulate(deficits=scenario.economy.deficits, sides=scenario.regions)
        self.surface = surface.long_run, surface.short_run, surface.axes

    def having(self, **changes: Any) -> Table:
        """Return a table with other numbers: fields of its :attr:`world` are replaced."""
        other = copy(self)
        other.world = replace(self.world, **changes)
        return other

    def records(self, numbers: np.ndarray | None = None) -> Records:
        """Return fresh records, ``numbers`` at their central values unless given."""
        numbers = self.world.central.copy() if numbers is None else numbers
        return Records(
            numbers, by_name(numbers.view(world_dtype())), self.world.draws, self.surface,
            blank(STAKES), blank(TALKS), by_name(unwatched()),
        )  # fmt: skip

    def numbers_of(self, *, seed: int, world: int) -> np.ndarray:
        """Return the uncertain numbers of draw ``world``, in the order of their paths.

        Examples
        --------
        >>> Table(Scenario.load("split-the-pie")).numbers_of(seed=1, world=0)
        array([], dtype=float64)
        """
        records = self.records()
        draw_numbers(records, np.uint64(world_key_of(seed, world)))
        return np.array(records.numbers[records.draws[0]])

    def opened(self, *, seed: int, run: int, runs_per_world: int = 1) -> Records:
        """Return the records of the first day of a run, its uncertain numbers drawn."""
        records = self.records()
        draw_and_open(records, seed, run, run // runs_per_world)
        return records

    def first_day(self, *, seed: int = 0, run: int = 0, **numbers: float) -> Records:
        """Return the records of the first day with the uncertain numbers at central values.

        Parameters
        ----------
        seed, run : int
            Address of the types and the luck.
        **numbers : float
            Fields of the world that are to have other values.
        """
        records = self.records()
        for name, value in numbers.items():
            records.world[name] = value
        open_central(records, seed, run)
        return records

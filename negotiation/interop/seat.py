"""One of our delegations at somebody else's table: its state, its offers and its answers.

The rules of the talks need nothing but their records, so a delegation can sit anywhere: what
the other side offers is written into the records as if it had been offered here, and the
delegation's strategy, built-in or plug-in, does the rest. The table's rounds are spread over the
time that the scenario gives to the talks.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from negotiation.interop.levels import Levels, utilities_of
from negotiation.randomness import key_of
from negotiation.rules import acceptance, offers
from negotiation.rules.worth import refresh_expectations, worth
from negotiation.scenario import MAX_ISSUES, SIDES, Scenario
from negotiation.strategies import table
from negotiation.strategies.registry import plug_in
from negotiation.strategies.view import copied
from negotiation.theory.package_bargaining import Packages

Package = tuple[float, ...]
CLOSE = 1e-9  # $bn per year


class Seat:
    """A delegation that offers packages on a grid and answers offers.

    Parameters
    ----------
    scenario : Scenario
    side : int
        0 for the US, 1 for China.
    grid : Levels
        What it may offer.
    seed, run : int
        Address of its private type and luck.
    """

    def __init__(
        self, scenario: Scenario, side: int, grid: Levels, *, seed: int = 0, run: int = 0
    ) -> None:
        self.scenario, self.side, self.grid = scenario, side, grid
        self.address = seed, run
        label = SIDES[side]
        strategy = plug_in(getattr(scenario, label).strategy, where=f"{label}.strategy")
        self.strategy = strategy() if strategy else None
        self.packages = grid.grid()
        self.records: Any = None

    def open(self, rounds: int) -> None:
        """Begin talks of so many rounds, in each of which both sides may offer."""
        from negotiation.analysis.first_day import first_day, packages_of
        from negotiation.rules.opening import open_talks

        self.first = packages_of(self.scenario)
        world, stakes, talks = first_day(self.scenario)
        end = float(world["day_horizon"])
        if world["day_summit_from"] < math.inf:
            end = 0.5 * float(world["day_summit_from"] + world["day_summit_to"])
        world["talks_every_days"] = end / (2 * rounds)
        open_talks(talks, world, stakes, np.uint64(key_of(*self.address)))
        self.records = (copied(talks), copied(world), copied(stakes))

    def propose(self, turn: int) -> Package:
        """Return the package to put on the table, and remember it as offered."""
        talks, world, stakes = self.records
        talks.turn, talks.day = turn, turn * world.talks_every_days
        if self.strategy is None:
            offers.propose(talks, world, stakes, self.side)
        else:
            table.propose(self.strategy, self.records, self.scenario, self.side)
        chosen = self.on_grid(talks.offer[self.side, : len(self.grid.issues)])
        talks.offer[self.side] = slots(chosen)
        return chosen

    def accepts(self, package: Package, turn: int) -> bool:
        """Return the answer to a package that the other side has put on the table."""
        talks, world, stakes = self.records
        other = 1 - self.side
        talks.turn, talks.day = turn, turn * world.talks_every_days
        talks.offer[other] = slots(package)
        talks.held[other] = table.share_of(self.records, other)
        offers.count_offer(talks, other)
        offers.read_offer(talks, world, stakes, other)
        if self.strategy is None:
            return bool(acceptance.accepts(talks, world, stakes, self.side))
        return table.accepts(self.strategy, self.records, self.scenario, self.side)

    def worth(self, package: Package) -> float:
        """Return what a package is worth to the delegation's own type, $bn a year."""
        return float(worth(*self.records, self.side, slots(package)))

    def on_grid(self, package: Any) -> Package:
        """Return the package of the grid that keeps to what an offer off it asks for."""
        expected = self.expected()
        asked = float(utilities_of(expected, np.asarray(package, float)[None])[0, self.side])
        utilities = utilities_of(expected, self.packages)
        own, others = utilities[:, self.side], utilities[:, 1 - self.side]
        enough = own >= asked - CLOSE
        # ask for no less than the offer off the grid; if nothing on it brings so much, for the most
        best = np.where(enough, others, -np.inf).argmax() if enough.any() else own.argmax()
        return tuple(self.packages[best].tolist())

    def expected(self) -> Packages:
        """Return both sides' gains as the beliefs of the moment expect them."""
        talks, fixed, n = self.records[0], self.first, len(self.grid.issues)
        refresh_expectations(*self.records)
        return Packages(
            np.array(talks.expected_gain[:, :n]), np.array(talks.expected_bend[:, :n]),
            fixed.linkage, fixed=fixed.fixed, reach=fixed.reach, disagreement=fixed.disagreement,
        )  # fmt: skip


def slots(package: Package) -> Any:
    """Return a package in as many slots as the rules have."""
    z = np.zeros(MAX_ISSUES)
    z[: len(package)] = package
    return z

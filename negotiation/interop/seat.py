"""One of our delegations at somebody else's table: its state, its offers and its answers.

The rules of the talks need nothing but their records, so a delegation can sit anywhere: what
the other side offers is written into the records as if it had been offered here, and the
delegation's strategy, built-in or plug-in, does the rest. The table's rounds are spread over the
time that the scenario gives to the talks.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from negotiation.interop.levels import Levels, utilities_of
from negotiation.interop.one_by_one import OneByOne
from negotiation.payoffs.world import values_of
from negotiation.rules.worth import refresh_expectations, worth
from negotiation.scenario import SIDES, Scenario
from negotiation.strategies import table
from negotiation.strategies.view import luck_of, slots
from negotiation.table import Table
from negotiation.tactics.concession_rules import Micro
from negotiation.tactics.facts import SCALE
from negotiation.tactics.registry import find
from negotiation.theory.package_bargaining import Packages

Package = tuple[float, ...]
CLOSE = 1e-9  # $bn per year
ALONE = {
    "talks.contract": "offers",
    "talks.dates": "regular",
    "calendar.summit_from": None,
    "calendar.summit_to": None,
}


def at_the_table(scenario: Scenario) -> Scenario:
    """Return a scenario as one table of offers: its texts are ready, and no leaders will meet."""
    return scenario.replace(ALONE)


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
        scenario = at_the_table(scenario)
        self.scenario, self.side, self.grid = scenario, side, grid
        self.address = seed, run
        label = SIDES[side]
        name = getattr(scenario, label).strategy
        strategy = find(name, where=f"{label}.strategy")
        self.table = Table(scenario)
        compiled = strategy.runs_compiled()
        self.strategy = None if compiled else strategy.having(values_of(name.settings))
        self.packages = grid.grid()
        self.records: Any = None
        self.one_by_one = issubclass(strategy, Micro) and SCALE not in name.settings
        self.list: OneByOne | None = None

    def open(self, rounds: int) -> None:
        """Begin talks of so many rounds, in each of which both sides may offer."""
        from negotiation.analysis.first_day import bargaining_problem

        self.first = bargaining_problem(self.scenario)
        seed, run = self.address
        every = float(self.table.records().each[1]["day_horizon"]) / (2 * rounds)
        self.records = self.table.first_day(seed=seed, run=run, talks_every_days=every).each
        if self.one_by_one:
            worth = utilities_of(self.expected(), self.packages)
            own, others = worth[:, self.side], worth[:, 1 - self.side]
            self.list = OneByOne(self.packages, own, others, self.first.disagreement[self.side])

    def propose(self, turn: int) -> Package:
        """Return the package to put on the table, and remember it as offered."""
        talks = self.records[0]
        table.begin_round(self.records, turn)
        if self.list is not None:
            return self.list.offer(luck_of(int(talks.key), self.side, turn))
        table.propose(self.strategy, self.records, self.scenario, self.side)
        chosen = self.on_grid(talks.offer[self.side, : len(self.grid.issues)])
        talks.offer[self.side] = slots(chosen)
        return chosen

    def accepts(self, package: Package, turn: int) -> bool:
        """Return the answer to a package that the other side has put on the table."""
        table.begin_round(self.records, turn)
        table.put(package, self.records, 1 - self.side)
        if self.list is not None:
            self.list.received.add(package)
            least = max(self.worth(self.list.weighed()), self.first.disagreement[self.side])
            return self.worth(package) >= least - CLOSE
        return table.accepts(self.strategy, self.records, self.scenario, self.side)

    def worth(self, package: Package) -> float:
        """Return what a package is worth to the delegation's own type, $bn a year."""
        talks, world, stakes = self.records
        return float(worth(talks, world, stakes, self.side, slots(package)))

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
            room=fixed.room,
        )  # fmt: skip

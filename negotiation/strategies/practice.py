"""Practice tables: the talks alone, from the first round to the last, with a strategy on one side.

No news, no deadline, no summit: what is left is who offers what, and who takes it, by the rules
of the talks. The contract of :mod:`negotiation.strategies.check` is tried out here.

The order of play of a negotiation stands in :mod:`negotiation.rules.play` and is not used here:
compiled, it asks a class in Python by stopping at its decision and playing all again from the first
day up to the next one (:class:`negotiation.game.Game`), with everything else that may happen. At a
practice table that would try the strategy on what the world does too, and in other rounds than
these: a deal or a lapse ends them early. What a side offers and whether it is taken is decided by
the same rules in both (:mod:`negotiation.rules.choices`); only that the sides take turns until
somebody accepts is said here again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from negotiation.payoffs.seats import sit_down, take_seat
from negotiation.rules import offers
from negotiation.scenario import SIDES, Scenario
from negotiation.strategies import table
from negotiation.table import Table
from negotiation.tactics.base import Strategy
from negotiation.tactics.registry import find


class Turn(NamedTuple):
    """One offer and its answer.

    Attributes
    ----------
    side : int
        Who offered.
    package : tuple of float
    held : float
        Share that the offer holds out for.
    accepted : bool
    """

    side: int
    package: tuple[float, ...]
    held: float
    accepted: bool


@dataclass(frozen=True)
class Practice:
    """A table to practise at.

    Attributes
    ----------
    scenario : Scenario
    side : str
        The strategy's side.
    opponent : str
        The built-in strategy on the other side.
    """

    scenario: Scenario
    side: str
    opponent: str

    @property
    def name(self) -> str:
        """What to call it in a message."""
        return f"{self.scenario.name} against {self.opponent}"

    @property
    def rounds(self) -> int:
        """Rounds of talks before the horizon."""
        calendar = self.scenario.calendar
        days = (calendar.horizon - calendar.start).days
        return int(np.ceil(days / calendar.talks_every_days))

    def play(self, strategy: Strategy, *, seed: int = 1) -> list[Turn]:
        """Play until somebody accepts or the time is up."""
        own = SIDES.index(self.side)
        opened = Table(self.scenario).first_day(seed=seed)
        sit_down(opened.world, own, strategy)
        take_seat(opened.world, 1 - own, find(self.opponent))
        records = opened.each
        talks = records[0]
        turns: list[Turn] = []
        for turn in range(self.rounds):
            table.begin_round(records, turn)
            side = offers.proposer(talks)
            seats = [strategy if i == own else None for i in range(2)]
            table.propose(seats[side], records, self.scenario, side)
            taken = table.accepts(seats[1 - side], records, self.scenario, 1 - side)
            package = tuple(talks.offer[side, : len(self.scenario.issues)].tolist())
            turns.append(Turn(side, package, float(talks.held[side]), taken))
            if taken:
                break
        return turns


@cache
def practices() -> tuple[Practice, ...]:
    """Return the tables of the contract: three scenarios, both sides, two kinds of opponent.

    On the pie both sides can walk away from less than 0.4, so that there are offers to refuse.
    """
    pie = Scenario.load("split-the-pie").replace({f"{side}.reservation": 0.4 for side in SIDES})
    scenarios = (pie, Scenario.load("stockholm-three-issues"), Scenario.load("stockholm-2025"))
    return tuple(
        Practice(scenario, side, opponent)
        for scenario in scenarios
        for side in SIDES
        for opponent in ("linear", "obstinate")
    )

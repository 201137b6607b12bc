"""Practice tables: the talks alone, from the first round to the last, with a strategy on one side.

No news, no deadline, no summit: what is left is who offers what, and who takes it, by the rules
of the talks. The contract of :mod:`negotiation.strategies.check` is tried out here.

When a round falls and which is the last (:mod:`negotiation.rules.rounds`), whose turn it is
(:mod:`negotiation.rules.offers`), what is offered and whether it is taken
(:mod:`negotiation.rules.choices`) are rules of the talks, read here and not written again. A whole
negotiation (:class:`negotiation.game.Game`) would try the strategy on what the world does too, and
in other rounds than these: a deal or a lapse ends them early.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from negotiation.payoffs.seats import sit_down, take_seat
from negotiation.payoffs.world import REGULAR
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

    def play(self, strategy: Strategy, *, seed: int = 1) -> list[Turn]:
        """Play until somebody accepts or the time is up."""
        own = SIDES.index(self.side)
        opened = Table(self.scenario).first_day(seed=seed, talks_dates=REGULAR)
        sit_down(opened.world, own, strategy)
        take_seat(opened.world, 1 - own, find(self.opponent))
        records = opened.each
        talks = records[0]
        turns: list[Turn] = []
        while table.begin_round(records, len(turns)):
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

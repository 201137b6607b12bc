"""Practice tables: the talks alone, from the first round to the last, with a strategy on one side.

No news, no deadline, no summit: what is left is who offers what, and who takes it, by the rules
of the talks. The contract of :mod:`negotiation.strategies.check` is tried out here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from negotiation.economy.surface import tabulate
from negotiation.payoffs.stakes import STAKES, derive
from negotiation.payoffs.world import PLUG_IN, to_world, world_dtype
from negotiation.randomness import key_of
from negotiation.rules import acceptance, offers
from negotiation.rules.opening import open_talks
from negotiation.rules.state import TALKS
from negotiation.scenario import SIDES, Scenario
from negotiation.scenario.names import STRATEGY_CODES
from negotiation.strategies import table
from negotiation.strategies.base import Strategy


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
        talks, world, stakes = records = opened(self.scenario, seed)
        world.strategy[own] = PLUG_IN
        world.strategy[1 - own] = STRATEGY_CODES[self.opponent]
        turns: list[Turn] = []
        for turn in range(self.rounds):
            talks.turn, talks.day = turn, turn * world.talks_every_days
            side = offers.proposer(talks)
            if side == own:
                table.propose(strategy, records, self.scenario, own)
                taken = bool(acceptance.accepts(*records, 1 - own))
            else:
                offers.propose(*records, side)
                taken = table.accepts(strategy, records, self.scenario, own)
            package = tuple(talks.offer[side, : len(self.scenario.issues)].tolist())
            turns.append(Turn(side, package, float(talks.held[side]), taken))
            if taken:
                break
        return turns


def opened(scenario: Scenario, seed: int) -> tuple[Any, Any, Any]:
    """Return (talks, world, stakes) on the first day, uncertain numbers at their central values."""
    world = np.zeros(1, world_dtype())
    world[:] = to_world(scenario).record()
    surface = tabulate(deficits=scenario.economy.deficits)
    stakes, talks = np.zeros(1, STAKES), np.zeros(1, TALKS)
    records = tuple(array.view(np.recarray)[0] for array in (talks, world, stakes))
    derive(records[1], (surface.long_run, surface.short_run, surface.axes), records[2])
    open_talks(*records, np.uint64(key_of(seed, 0)))
    return records


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

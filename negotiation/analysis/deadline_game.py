"""The game of the first deadline as the two sides see it on the first day.

Each side extends or holds out. On average over the types it is a two-by-two game with its
equilibria; type by type it is a Bayesian game, of which the model plays the logit equilibrium.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from negotiation.analysis.policy_points import STANCES
from negotiation.door import checked
from negotiation.scenario import SIDES, Scenario

if TYPE_CHECKING:
    from negotiation.theory.games import Game


@dataclass(frozen=True)
class TypePlay:
    """How one type of a side plays the deadline.

    Attributes
    ----------
    side, stance, resolve : str
    prior : float
        Probability of the type.
    price, crash : float
        What it gains by holding out alone, and gets if both hold out, $bn.
    holds_out : float
        Probability of holding out in the logit equilibrium.
    """

    side: str
    stance: str
    resolve: str
    prior: float
    price: float
    crash: float
    holds_out: float


@dataclass(frozen=True)
class DeadlineGame:
    """The average game, the types' play, and the average probability of holding out."""

    game: Game
    types: tuple[TypePlay, ...]
    holds_out: tuple[float, float]


@checked
def deadline_game(scenario: Scenario) -> DeadlineGame | None:
    """Return the game of the first deadline at the prior; None where no truce runs out.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> deadline_game(Scenario.load("split-the-pie")) is None
    True
    """
    from negotiation.analysis.first_day import first_day, stage_game
    from negotiation.rules.deadline import prepare
    from negotiation.rules.lapse import lapse_cost
    from negotiation.rules.types import pair_of
    from negotiation.solvers.type_game import MOST

    if scenario.calendar.truce_expires is None:
        return None
    world, stakes, talks = first_day(scenario)
    prepare(talks, world, stakes)
    types = tuple(
        TypePlay(
            side=label,
            stance=STANCES[stance],
            resolve=("ordinary", "resolute")[resolve],
            prior=float(talks["scratch"]["game"]["share"][MOST * side + pair_of(stance, resolve)]),
            price=float(world["deadline_price"]),
            crash=-float(lapse_cost(talks, world, stakes, side, stance, resolve)),
            holds_out=float(talks["hold_out"][side, pair_of(stance, resolve)]),
        )
        for side, label in enumerate(SIDES)
        for stance in range(3)
        for resolve in range(2)
    )
    us, china = (float(p) for p in talks["hold_out_mean"])
    return DeadlineGame(stage_game(scenario), types, (us, china))

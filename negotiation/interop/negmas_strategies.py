"""NegMAS negotiators that can play one of our delegations, by name in a scenario.

A scenario names one by its path, ``"negotiation.interop.negmas_strategies:MiCRO"``. Any other
NegMAS negotiator takes three lines in a module of your own:

>>> class Aspiring(NegmasStrategy):
...     '''Concede to the aspiration level of NegMAS.'''
...
...     negotiator = "negmas.sao.AspirationNegotiator"
>>> Aspiring.decides_itself()
True

The negotiator knows what its delegation knows: its own worth of every package, its walk-away
value and the number of rounds. It offers on a grid of levels and reads our offers, which lie on
no grid, exactly. What becomes of an agreement, from mandates to the summit, is up to the talks.
"""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from negotiation.interop.levels import Levels
from negotiation.strategies.view import View
from negotiation.tactics.base import Strategy
from negotiation.tactics.moves import Accept, Move, Offer, Package

MOST_OUTCOMES = 5_000
MOST_LEVELS = 11


class NegmasStrategy(Strategy):
    """Do as a NegMAS negotiator does.

    Attributes
    ----------
    negotiator : str
        Dotted path of its class.
    options : dict
        What its constructor gets.
    levels : int
        Levels of each issue in what it may offer; 0 for as many as give 5,000 outcomes or fewer.
    """

    source: ClassVar[str] = "NegMAS, doi:10.1007/978-3-030-66412-1_42"
    stochastic: ClassVar[bool] = True
    negotiator: ClassVar[str] = "negmas.sao.AspirationNegotiator"
    options: ClassVar[dict[str, Any]] = {}
    levels: ClassVar[int] = 0

    def __init__(self) -> None:
        self.session: Any = None
        self.counter: Package | None = None

    def move(self, view: View, rng: np.random.Generator) -> Move:
        """Return the negotiator's answer or offer; after it has left, the last offer again."""
        if self.session is None:
            self.session = self.begin(view, rng)
            if self.session.opens:
                self.counter = self.session.first_offer()
        if view.answering and view.last_offer is not None:
            if not self.session.over:
                taken, self.counter = self.session.answer(view.last_offer)
                if taken and view.worth(view.last_offer) >= view.walk_away:
                    return Accept()
            return Offer(view.my_last_offer)
        return Offer(view.my_last_offer if self.counter is None else within(self.counter, view))

    def begin(self, view: View, rng: np.random.Generator) -> Any:
        """Return the session of a negotiator that has seen nothing yet."""
        from negotiation.interop.negmas_session import Session

        turns = view.round + max(view.rounds_left, 0) + 1
        return Session(
            self.negotiator, dict(self.options), self.grid(view), view.worth,
            reservation=view.walk_away, rounds=max(-(-turns // 2), 1),
            opens=not view.answering, seed=int(rng.integers(2**31)),
        )  # fmt: skip

    def grid(self, view: View) -> Levels:
        """Return what the negotiator may offer: levels of each issue up to its reach."""
        moving = [item.reach > 0.0 and item.full != item.status_quo for item in view.issues]
        count = self.levels or levels_within(MOST_OUTCOMES, sum(moving))
        conceded = tuple(
            np.linspace(0.0, item.reach, count) if moves else np.zeros(1)
            for item, moves in zip(view.issues, moving, strict=True)
        )
        values = tuple(
            tuple((item.status_quo + z * (item.full - item.status_quo)).tolist())
            for item, z in zip(view.issues, conceded, strict=True)
        )
        names = tuple(item.key for item in view.issues)
        return Levels(names, conceded, values, tuple(item.unit for item in view.issues))


def levels_within(most: int, issues: int) -> int:
    """Return the largest number of levels, 2 to 11, at which the issues keep to ``most`` outcomes.

    Examples
    --------
    >>> levels_within(5_000, 3), levels_within(5_000, 11)
    (11, 2)
    """
    return max((k for k in range(2, MOST_LEVELS + 1) if k**issues <= most), default=2)


def within(package: Package, view: View) -> Package:
    """Return a package cut to what the issues' reach allows, rounding apart."""
    return tuple(min(max(z, 0.0), i.reach) for z, i in zip(package, view.issues, strict=True))


class BoulwareTB(NegmasStrategy):
    """Concede late, by NegMAS's time-based Boulware."""

    negotiator = "negmas.sao.BoulwareTBNegotiator"


class ConcederTB(NegmasStrategy):
    """Concede early, by NegMAS's time-based conceder."""

    negotiator = "negmas.sao.ConcederTBNegotiator"


class MiCRO(NegmasStrategy):
    """Concede one outcome for each new one of the other side (de Jonge 2022), by NegMAS."""

    negotiator = "negmas.sao.MiCRONegotiator"


class NaiveTitForTat(NegmasStrategy):
    """Concede as the other side concedes, by NegMAS."""

    negotiator = "negmas.sao.NaiveTitForTatNegotiator"

"""A decision that a negotiation has come to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from negotiation.game.choices import Kind, PackageSpace
from negotiation.rules.choices import chance_of_yes
from negotiation.scenario import SIDES, Scenario
from negotiation.strategies.view import View, agenda, copied, look
from negotiation.tactics.base import Strategy
from negotiation.tactics.moves import Package
from negotiation.words.own_names import own_name


class Host(Protocol):
    """The game that a point belongs to."""

    scenario: Scenario

    def offer_by_rule(self) -> Package:
        """Return the package that the side would offer here, left to its rule or strategy."""

    def answer_by_rule(self) -> bool:
        """Return what the side would answer here, left to its rule or strategy."""

    def own_strategy(self, side: str) -> Strategy | None:
        """Return the instance of a user's own class that plays for a side, if there is one."""


@dataclass(frozen=True)
class Point:
    """A decision that a negotiation has come to.

    Attributes
    ----------
    kind : Kind
    side : str
        "us" or "china".
    day : float
        Days from the scenario's first day to the start of the tick.
    date : datetime.date
        First day of the tick in which the decision falls.
    number : int
        How many decisions were taken before it.
    """

    kind: Kind
    side: str
    day: float
    date: dt.date
    number: int
    game: Host = field(repr=False, compare=False)
    records: tuple[Any, Any, Any] = field(repr=False, compare=False)

    @cached_property
    def view(self) -> View:
        """What the side may see: public facts, its own type, its beliefs; nothing more."""
        return look(
            self.records,
            self.game.scenario,
            SIDES.index(self.side),
            answering=self.kind is Kind.ANSWER,
        )

    @cached_property
    def choices(self) -> tuple[str, ...] | PackageSpace:
        """What can be chosen: words, no before yes; for an offer the space of packages."""
        if self.kind is Kind.OFFER:
            return PackageSpace(agenda(self.game.scenario, self.records[1]))
        return self.kind.words

    @cached_property
    def package(self) -> Package | None:
        """What is asked for a yes: the other's offer, the draft or the leaders' package, or None.

        None where the decision is about no package, and at home, where it may be either.
        """
        talks, world, _ = self.records
        if self.kind is Kind.ANSWER:
            asked = talks.offer[1 - SIDES.index(self.side)]
        elif self.kind is Kind.INITIAL or (self.kind is Kind.SIGN and world.talks_contract):
            asked = talks.drafting.package
        elif self.kind is Kind.SIGN:
            asked = talks.package
        else:
            return None
        return tuple(float(z) for z in asked[: len(self.game.scenario.issues)])

    @cached_property
    def chances(self) -> dict[str, float] | dict[Package, float]:
        """The chance of each choice under the side's rule, given its type and what it did so far.

        An offer is made for sure: the package that the rule makes in this run. Where the side
        plays a class of a user's own, there are no chances, and what it does here is certain.
        """
        if self.kind is Kind.OFFER:
            return {self.game.offer_by_rule(): 1.0}
        if self.kind is Kind.ANSWER and self.game.own_strategy(self.side) is not None:
            yes = float(self.game.answer_by_rule())
        else:
            talks, world, stakes = (copied(record) for record in self.records)
            side = SIDES.index(self.side)
            yes = float(chance_of_yes(talks, world, stakes, self.kind.code, side))
        return dict(zip(self.kind.words, (1.0 - yes, yes), strict=True))

    def __str__(self) -> str:
        own = own_name(self.side, self.game.scenario)
        return f"{self.date}, {own}: {self.kind.sentence_of(self.game.scenario)}"

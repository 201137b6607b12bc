"""The agents of the Mesa model: delegations, leaders and constituencies.

An agent decides by calling the same compiled rule that the ensemble calls, on the same
state; nothing is decided here that is not decided there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from negotiation.rules import acceptance, deadline, escalation, home, offers, provocation, summit
from negotiation.rules.state import TYPES
from negotiation.strategies import table

if TYPE_CHECKING:
    from negotiation.model import NegotiationModel
    from negotiation.strategies.base import Strategy

STANCES = ("dove", "middle", "hawk")


class Party(mesa.Agent):  # type: ignore[misc]
    """An agent of one side, with that side's view of the negotiation."""

    def __init__(self, model: NegotiationModel, side: int) -> None:
        super().__init__(model)
        self.side = side
        self.party = ("us", "china")[side]
        self.scene = model.scene


class Delegation(Party):
    """A side's negotiators: they make and answer offers, take and answer unilateral steps,
    extend or hold out at a deadline, and offer the truce back in an escalation.
    """

    def __init__(self, model: NegotiationModel, side: int) -> None:
        super().__init__(model, side)
        self.aspiration = 0.0  # $bn per year, for the data collector

    @property
    def stance(self) -> str:
        """The private taste for protection."""
        return STANCES[int(self.scene.talks.stance[self.side])]

    @property
    def account(self) -> float:
        """What the talks have brought the side over the truce so far, $bn."""
        return float(self.scene.talks.account[self.side])

    @property
    def suspicion(self) -> float:
        """The other side's belief that this side is a hawk."""
        return float(self.scene.talks.beliefs[self.side, 8:TYPES].sum())

    def provokes(self) -> bool:
        """Decide whether to take a unilateral step."""
        return bool(provocation.provokes(self.scene.talks, self.scene.world, self.side))

    def answers_provocation(self) -> bool:
        """Decide whether to answer a step of the other side."""
        return bool(provocation.answers(self.scene.talks, self.scene.world, self.side))

    def propose(self) -> np.ndarray:
        """Put a package on the table and return it."""
        talks, world, stakes = self.scene.records
        self.aspiration = float(offers.aspiration(talks, world, self.side))
        offers.propose(talks, world, stakes, self.side)
        return np.array(talks.offer[self.side])

    def accepts(self) -> bool:
        """Decide on the other side's standing offer."""
        return bool(acceptance.accepts(*self.scene.records, self.side))

    def confirms(self) -> bool:
        """Stand by the own offer, once accepted, or take it back."""
        return bool(offers.confirms(*self.scene.records, self.side))

    def holds_out(self) -> bool:
        """Decide at the deadline: hold out (True) or extend (False)."""
        return bool(deadline.holds_out(self.scene.talks, self.scene.world, self.side))

    def offers_truce(self) -> bool:
        """Decide in an escalation whether to offer the truce back."""
        return bool(escalation.concedes(*self.scene.records, self.side))


class PluggedInDelegation(Delegation):
    """Negotiators who follow a user's own strategy at the table, and the rules away from it."""

    scenario: Any = None  # Mesa 3.5 has a property of this name that cannot be set

    def __init__(self, model: NegotiationModel, side: int, strategy: Strategy) -> None:
        super().__init__(model, side)
        self.strategy, self.scenario = strategy, model.scenario

    def propose(self) -> np.ndarray:
        """Put the strategy's package on the table and return it."""
        records = self.scene.records
        self.aspiration = float(offers.aspiration(records[0], records[1], self.side))
        table.propose(self.strategy, records, self.scenario, self.side)
        return np.array(records[0].offer[self.side])

    def accepts(self) -> bool:
        """Let the strategy decide on the other side's standing offer."""
        return table.accepts(self.strategy, self.scene.records, self.scenario, self.side)


class Leader(Party):
    """A president: decides on the meeting and on the signature."""

    def attends(self) -> bool:
        """Decide whether the meeting is worth it."""
        return bool(summit.attends(*self.scene.records, self.side))

    def signs(self) -> bool:
        """Decide on the package on the table."""
        return bool(summit.signs(*self.scene.records, self.side))


class Constituency(Party):
    """A group at home, with stakes in the package."""

    def __init__(self, model: NegotiationModel, side: int, group: int, name: str) -> None:
        super().__init__(model, side)
        self.group, self.name = group, name

    def support(self, package: np.ndarray) -> float:
        """Return the group's support in [0, 1] for a package."""
        return float(home.group_support(self.scene.world, self.side, self.group, package))

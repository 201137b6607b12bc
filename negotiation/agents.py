"""The agents of the Mesa model: delegations, leaders and constituencies.

An agent holds its own state as attributes and decides at its own points: :meth:`Party.choose`
is asked, and what it leaves open the side's rule decides.
"""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np

from negotiation.game.choices import Kind
from negotiation.game.point import Point
from negotiation.payoffs.types import HAWK
from negotiation.rules.beliefs import of_stance
from negotiation.rules.home import group_support
from negotiation.scenario import SIDES, STANCES


class Party(mesa.Agent):  # type: ignore[misc]
    """An agent of one side.

    Attributes
    ----------
    side : int
        0 for the US, 1 for China.
    party : str
        "us" or "china".
    """

    decides: frozenset[Kind] = frozenset()

    def __init__(self, model: mesa.Model, side: int) -> None:
        super().__init__(model)
        self.side, self.party = side, SIDES[side]

    def choose(self, point: Point) -> Any:
        """Return what to choose at a point of its own, or None to do as the side's rule does.

        To be overridden by agents that decide for themselves.
        """
        return None

    def observe(self, state: Any) -> None:
        """Bring the attributes up to date with the negotiation."""


class Delegation(Party):
    """A side's negotiators: they make and answer offers, initial drafts, take and answer unilateral
    steps, settle evenly or make demands at decision dates, give in or refuse, and reopen deals.

    Attributes
    ----------
    stance : str
        The private taste for protection: "dove", "middle" or "hawk".
    resolute : bool
    offer : ndarray, shape (issues,)
        The own standing offer: how far each issue is conceded.
    aspiration : float
        What it is expected to be worth to the side, $bn per year; 0 before the first.
    account : float
        What the talks have brought the side over the truce so far, $bn.
    suspicion : float
        The other side's belief that this side is a hawk.
    """

    decides = frozenset(
        {
            Kind.STEP, Kind.RETALIATE, Kind.REOPEN, Kind.OFFER, Kind.ANSWER, Kind.STAND,
            Kind.INITIAL, Kind.PROPOSE, Kind.YIELD, Kind.CUT,
        }
    )  # fmt: skip

    def observe(self, state: Any) -> None:
        """Bring the attributes up to date with the negotiation."""
        side = self.side
        self.stance = STANCES[int(state["stance"][side])]
        self.resolute = bool(state["resolve"][side])
        self.offer = np.array(state["offer"][side, : len(self.model.scenario.issues)])
        self.aspiration = float(state["aspiration"][side])
        self.account = float(state["account"][side])
        self.suspicion = float(of_stance(state["beliefs"][side], HAWK))


class Leader(Party):
    """A president: decides on the meeting and on the signature."""

    decides = frozenset({Kind.ATTEND, Kind.SIGN})


class Parliament(Party):
    """A side's home front as a whole: it lets a package pass or blocks it."""

    decides = frozenset({Kind.RATIFY})


class Constituency(Party):
    """A group at home, with stakes in the package.

    Attributes
    ----------
    name : str
    approval : float
        Its support for the package last signed or before the leaders, in [0, 1].
    """

    def __init__(self, model: mesa.Model, side: int, group: int, name: str) -> None:
        super().__init__(model, side)
        self.group, self.name = group, name

    def support(self, package: np.ndarray) -> float:
        """Return the group's support in [0, 1] for a package."""
        return float(group_support(self.model.scene.world, self.side, self.group, package))

    def observe(self, state: Any) -> None:
        """Bring the attributes up to date with the negotiation."""
        self.approval = self.support(np.array(state["package"]))

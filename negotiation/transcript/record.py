"""What is kept of a negotiation, as data: enough to write its transcript, whoever played it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from negotiation.scenario import Scenario

if TYPE_CHECKING:
    from negotiation.events import Event
    from negotiation.outcome import Outcome


class Weighed(NamedTuple):
    """What hangs on a signature for a side of its true type, $bn over not signing.

    Attributes
    ----------
    text : float
        What the paper brings a year, less what it costs at home to go beyond what was offered.
    picture : float
        What meeting the other leader is worth; 0 for a delegation.
    ahead : float
        What the deadlines still to come would have cost, less what is taken from the leaders'
        meeting to come.
    paper : float
        What putting a name under a paper costs, below 0.
    tension : float
        What tension takes from a leader's signature, 0 or below.
    mood : float
        What is not modelled, drawn once for the negotiation.
    """

    text: float
    picture: float
    ahead: float
    paper: float
    tension: float
    mood: float

    @property
    def for_it(self) -> float:
        """All of it together: at 0 or above the paper is signed.

        Examples
        --------
        >>> Weighed(1.3, 2.0, 0.3, -1.0, -1.5, -0.5).for_it.__round__(6)
        0.6
        """
        return sum(self)


@dataclass(frozen=True)
class Record:
    """A negotiation that is over; :class:`negotiation.Talks` says what each field means."""

    scenario: Scenario = field(repr=False)
    seed: int
    run: int
    outcome: Outcome
    events: tuple[Event, ...] = field(repr=False)
    happened: dict[str, bool]
    package: dict[str, float]
    gains: dict[str, float]
    account: dict[str, float]
    trade: dict[str, float]
    types: dict[str, dict[str, Any]]
    history: Callable[[], np.ndarray] = field(repr=False, compare=False)
    weighed: Callable[[], list[tuple[Weighed, Weighed]]] = field(repr=False, compare=False)

    @cached_property
    def papers_weighed(self) -> list[tuple[Weighed, Weighed]]:
        """What both sides weighed over each paper: play is taken again for it, once."""
        return self.weighed()

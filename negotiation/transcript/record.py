"""What is kept of a negotiation, as data: enough to write its transcript, whoever played it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from negotiation.scenario import Scenario

if TYPE_CHECKING:
    from negotiation.events import Event
    from negotiation.outcome import Outcome


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

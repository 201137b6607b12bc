"""Phase 4, the deadline: the day on which the truce runs out is a decision date."""

from __future__ import annotations

from negotiation.compiling import compiled
from negotiation.payoffs.world import Numbers
from negotiation.rules.state import DEAL, PENDING, TRUCE, State


@compiled
def deadline_due(talks: State, world: Numbers) -> bool:
    """Return whether the truce runs out in this tick."""
    soon = talks.expiry < talks.day + world.clock_tick_days and talks.expiry <= world.day_horizon
    return talks.regime == TRUCE and soon


@compiled
def due_day(talks: State) -> float:
    """Return the day on which the truce that is due runs out, in this tick."""
    return max(talks.expiry, talks.day)


@compiled
def note_deal(talks: State) -> None:
    """Record a deal signed before the first deadline."""
    if talks.first_deadline == PENDING:
        talks.first_deadline = DEAL

"""How a package fares with one side: its leader's signature and its constituencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.scenario import SIDES
from negotiation.words.numbers import percent, signed
from negotiation.words.scene import capital

if TYPE_CHECKING:
    from negotiation.events import Event
    from negotiation.transcript.record import Record


def reception(talks: Record, event: Event, side: int, leader: str) -> str:
    """Return who supports a package on one side, and whether it passes there.

    The ratification needs weighted support, plus a swing that nobody foresaw, of at least
    the threshold.
    """
    delegation = getattr(talks.scenario, SIDES[side])
    signs, passes = event.detail["signs"][side], event.detail["passes"][side]
    if not signs:
        return f"{capital(leader)} will not sign it."
    if not delegation.constituencies:
        return f"{capital(leader)} is ready to sign."
    support = {name: event.detail["support"][name] for name in delegation.constituencies}
    weights = {name: group.weight.value for name, group in delegation.constituencies.items()}
    weighted = sum(weights[name] * support[name] for name in support) / sum(weights.values())
    swing, needed = event.detail["swing"][side], event.detail["needed"][side]
    groups = ", ".join(
        f"{name.replace('_', ' ')} {percent(share)}" for name, share in support.items()
    )
    verdict = "enough" if passes else "not enough"
    return (
        f"{capital(leader)} is ready to sign. At home: {groups}; weighted {percent(weighted)}, "
        f"and a late swing of {signed(swing, 0)} points on top; {percent(needed)} is needed: "
        f"{verdict}."
    )

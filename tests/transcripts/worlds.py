"""The scenarios of the golden transcripts: the shipped ones, and one that goes on for longer."""

from __future__ import annotations

from typing import Any

import negotiation as ng

LONGER: dict[str, tuple[str, dict[str, Any]]] = {
    "stockholm-to-2026": (
        "stockholm-2025",
        {
            "calendar.horizon": "2026-07-31",
            "calendar.deal_days": 180,
            "summit.again_days": 120,
        },
    ),
}


def load(name: str) -> ng.Scenario:
    """Return a scenario by its name in the name of a file."""
    if name not in LONGER:
        return ng.Scenario.load(name)
    shipped, changes = LONGER[name]
    return ng.Scenario.load(shipped).replace(changes)

"""Disputes of drawn worlds: the shipped scenario, with deadlines a matter of demands."""

from __future__ import annotations

from functools import cache

import numpy as np

from negotiation.randomness import world_key_of
from negotiation.scenario import Scenario
from negotiation.table import Table, draw


def guess(value, low, high):
    """An uncertain number of the dispute."""
    return {
        "value": value, "low": low, "high": high, "distribution": "triangular",
        "mark": "guess", "source": "ours",
    }  # fmt: skip


NUMBERS = {
    "deadline.stage": "demands",
    "deadline.ultimatum": guess(1.5, -5.0, 5.5),
    "escalation.meeting_rate": 1.0,
    "escalation.preparing": guess(21.0, 7.0, 35.0),
    "escalation.onset_share": guess(0.5, 0.2, 0.8),
    "escalation.diverted": 0.85,
    "escalation.partial": 0.2,
    "escalation.prospect_shock": guess(0.2, 0.0, 0.5),
    "escalation.prospect_wear": guess(2.1, 0.5, 5.2),
    "news.selloff_penalties": guess(2.0, 0.5, 5.0),
    "news.selloff_meeting": guess(0.2, 0.05, 0.5),
    "rare_earths.depleted": guess(1.5, 0.5, 2.2),
}
for side, tension in (("us", guess(0.5, 0.0, 1.5)), ("china", guess(0.75, 0.0, 2.0))):
    NUMBERS |= {
        f"{side}.tension_weight": tension,
        f"{side}.ultimatum": guess(0.0, -1.5, 1.5),
        f"{side}.prospect": guess(4.0, 1.0, 10.0),
        f"{side}.types.resolve_prior": guess(0.3, 0.1, 0.7),
        f"{side}.other_lapse_cost": guess(50.0, 10.0, 120.0),
    }


@cache
def table(**changes):
    """The scenario opened, with further changes (dots written as double underscores)."""
    more = {name.replace("__", "."): value for name, value in changes.items()}
    return Table(Scenario.load("stockholm-2025").replace(NUMBERS | more))


def disputes(count, *, seed=1, **changes):
    """The solved disputes of so many worlds, one after the other in the same memory."""
    records = table(**changes).records()
    for world in range(count):
        draw(records, np.uint64(world_key_of(seed, world)))
        yield records.stakes[0]["dispute"]

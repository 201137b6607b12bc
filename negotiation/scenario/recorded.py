"""How a decision is told by those who keep a record of such decisions.

What happens in the model and what a record says of it differ in three ways: something that the
model leaves out may decide, and then past frequencies are the best guess; a truce that one side
bought with a concession may be told as a deal; and a penalty that was announced and not carried
out may be told as dropped. ``negotiation odds`` prints the chances of the record's outcomes for a
scenario that states this table, see :mod:`negotiation.hindcast.as_recorded`.
"""

from __future__ import annotations

import math

from pydantic import Field, field_validator

from negotiation.errors import did_you_mean
from negotiation.scenario.quantity import Finite, Quantity, number
from negotiation.scenario.sections import Section

OUTCOMES = ("penalty_in_full", "penalty_in_part", "extended_or_paused", "deal", "dropped")


class Recorded(Section):
    """How what happens is told in a record of decisions; it changes no run."""

    outside: Quantity = number(
        0.0, "probability", "chance that something outside the model decides, as often as before"
    )
    told_as_deal: Quantity = number(
        0.0, "probability", "chance that a truce bought with a concession is told as a deal"
    )
    idle: Quantity = number(0.0, "probability", "chance that a penalty put off is told as dropped")
    base_rates: dict[str, Finite] = Field(
        description="past frequency of each of the record's outcomes, which sum to 1"
    )

    @field_validator("base_rates", mode="after")
    @classmethod
    def _are_shares(cls, value: dict[str, float]) -> dict[str, float]:
        if set(value) != set(OUTCOMES):
            odd = [name for name in value if name not in OUTCOMES]
            hint = did_you_mean(odd[0], OUTCOMES) if odd else ""
            raise ValueError(f"{', '.join(value) or 'none'}; allowed: {', '.join(OUTCOMES)}.{hint}")
        for name, share in value.items():
            if not 0.0 <= share <= 1.0:
                raise ValueError(f"{name} = {share:g}; allowed: 0 to 1")
        if not math.isclose(sum(value.values()), 1.0, abs_tol=1e-3):
            raise ValueError(f"they sum to {sum(value.values()):g}, not 1")
        return value

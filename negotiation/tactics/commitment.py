"""The strategy that does not move.

Schelling (1960) saw that in bargaining "weakness is often strength": who cannot give way need
not. Abreu and Gul (2000) put a small chance of such a type on each side of the table. Then even
an ordinary side gains by pretending, each waits for the other to reveal itself, and bargaining
becomes a war of attrition which the more credible side wins. Two obstinate types never agree.
:func:`negotiation.theory.reputation` has the rates; this is the type itself.

References
----------
Schelling 1960, *The Strategy of Conflict*. Abreu and Gul 2000, "Bargaining and reputation",
doi:10.1111/1468-0262.00094.

Examples
--------
>>> insisted(demand=0.75)
0.75
"""

from __future__ import annotations

from typing import Annotated

from negotiation.tactics.base import Range, Strategy

DEMAND = Range("share of the way from walking away to the ideal", ge=0, le=1)


def insisted(demand: float) -> float:
    """Return the demand."""
    return demand


class Obstinate(Strategy):
    """Demand three quarters of the way, always."""

    source = "Abreu and Gul 2000, doi:10.1111/1468-0262.00094"
    waits = True
    demand: Annotated[float, DEMAND] = 0.75
    compiled_share = staticmethod(insisted)

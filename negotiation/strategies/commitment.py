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
>>> Obstinate().share(None)
0.75
"""

from __future__ import annotations

from negotiation.rules.tactics import STUBBORN_SHARE
from negotiation.strategies.behaviour_dependent import Waiting
from negotiation.strategies.view import View


class Obstinate(Waiting):
    """Demand three quarters of the way, always."""

    source = "Abreu and Gul 2000, doi:10.1111/1468-0262.00094"
    demand: float = STUBBORN_SHARE  # share of the way from walking away to the ideal

    def share(self, view: View) -> float:
        """Return the demand."""
        return self.demand

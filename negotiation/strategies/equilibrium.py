"""Strategies that ask for what a theory says is due.

*Rubinstein* (1982): two sides divide a pie, offer in turn, and lose by waiting, ``d1`` and
``d2`` being what a pie in the next round is worth now. There is just one equilibrium without
empty threats: the first to offer asks for

    (1 - d2) / (1 - d1 d2),

which leaves the other exactly what it could get by refusing, and is accepted at once. Here
a choice is a logit one, which takes an offer that leaves it indifferent in half of the cases:
the offer is therefore sweetened by ``SWEETENER / precision``. Private types and several issues
are beyond the theorem; the strategy then asks for this share of the way all the same.

*Nash-fair*: the package with the largest product of expected gains (Nash 1950), and no haggling.

References
----------
Rubinstein 1982, "Perfect equilibrium in a bargaining model", doi:10.2307/1912531. Nash 1950,
"The bargaining problem", doi:10.2307/1907266.

Examples
--------
>>> from types import SimpleNamespace
>>> pie = SimpleNamespace(
...     patience_own=0.9, patience_other=0.9, precision_other=1e6, room_of_other=1.0)
>>> round(Rubinstein().share(pie), 4)
0.5263
"""

from __future__ import annotations

from negotiation.rules.tactics import proposer_share, sweetener
from negotiation.strategies.base import Strategy
from negotiation.strategies.behaviour_dependent import Waiting, within
from negotiation.strategies.view import View


class Rubinstein(Strategy):
    """Ask for the proposer's share in the equilibrium of alternating offers."""

    source = "Rubinstein 1982, doi:10.2307/1912531"

    def share(self, view: View) -> float:
        """Return the equilibrium share, less what turns the other's tie into a yes."""
        share = proposer_share(view.patience_own, view.patience_other)
        return within(share - sweetener(view.precision_other, view.room_of_other))


class NashFair(Waiting):
    """Offer the package with the largest product of expected gains, and stay with it."""

    source = "Nash 1950, doi:10.2307/1907266"

    def share(self, view: View) -> float:
        """Return the share at that package, worked out once, at the first offer."""
        return view.held if view.offers_made > 0 else within(view.fair_share())

"""A strategy that nobody thought up: found by policy search against all the others.

With ``t`` the share of the time that has passed and ``c`` the share of its way that the other
side is read to have come, it holds out for

    a + reciprocity * (opening * (1 - c) - a),    a = opening - (opening - final) * t^(1 / beta),

a clock's demand, drawn towards (or, with a negative reciprocity, away from) an answer in kind. The
four numbers are those with the best average score against every other built-in strategy, on both
sides, found by differential evolution (Storn and Price 1997) on paired runs of the Stockholm
scenario with its numbers drawn in each run. ``experiments/learned-strategy/train.py`` finds them
again; what they are worth on other seeds and in another scenario is in
:func:`negotiation.payoffs.learned.provenance`.

It is a best answer to one population, no more: a population that knew it would play otherwise.

References
----------
Storn and Price 1997, "Differential evolution", doi:10.1023/A:1008202821328.

Examples
--------
>>> from types import SimpleNamespace
>>> at = SimpleNamespace(time=1.0, conceded=0.0)
>>> firm = type("Firm", (Learned,), {"opening": 0.8, "final": 0.5, "reciprocity": 0.0})
>>> firm().share(at)
0.5
"""

from __future__ import annotations

from negotiation.payoffs.learned import trained
from negotiation.rules.tactics import learned
from negotiation.strategies.base import Strategy
from negotiation.strategies.behaviour_dependent import within
from negotiation.strategies.view import View

_OPENING, _FINAL, _BETA, _RECIPROCITY = trained()


class Learned(Strategy):
    """Follow the clock and the other side's concessions as policy search found best."""

    source = "trained here; Storn and Price 1997, doi:10.1023/A:1008202821328"
    opening: float = _OPENING  # share held out for at the start
    final: float = _FINAL  # share held out for when the time is over
    beta: float = _BETA  # readiness to concede
    reciprocity: float = _RECIPROCITY  # 1 mirrors the other side, 0 does not look at it

    def share(self, view: View) -> float:
        """Return the demand of the clock, drawn towards an answer in kind."""
        own = (self.opening, self.final, self.beta, self.reciprocity)
        return within(learned(view.time, view.conceded, *own))

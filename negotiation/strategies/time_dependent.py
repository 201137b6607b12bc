"""Strategies that watch the clock and nothing else.

The delegation opens close to its ideal and comes down to its walk-away value at the end of the
time for talks; ``beta`` bends the path in between. Below 1 it sits tight until the deadline is
near: *Boulware*, after Lemuel R. Boulware, who negotiated for General Electric in the 1950s by
making one offer and staying with it (US courts found that in bad faith in 1969). Above 1 it is
a *conceder*, which gives way at once. With ``t`` the share of the time that has passed it
holds out for

    1 - (kappa + (1 - kappa) t^(1 / beta))          polynomial
    1 - kappa^((1 - t)^beta)                        exponential

What such a side asks for says nothing about what the other one does. That makes it easy to
read and hard to exploit by threats, but anyone who can wait gets its last concession.

References
----------
Faratin, Sierra and Jennings 1998, "Negotiation decision functions for autonomous agents",
doi:10.1016/S0921-8890(98)00029-3. Raiffa 1982, *The Art and Science of Negotiation*, on
Boulware.

Examples
--------
>>> from types import SimpleNamespace
>>> half = SimpleNamespace(time=0.5)
>>> [round(tactic().share(half), 3) for tactic in (Boulware, Linear, Conceder, Exponential)]
[0.919, 0.49, 0.156, 0.859]
"""

from __future__ import annotations

from negotiation.rules.concession import exponential, polynomial
from negotiation.rules.tactics import BOULWARE_BETA, CONCEDER_BETA, KAPPA
from negotiation.strategies.base import Strategy
from negotiation.strategies.view import View

FARATIN = "Faratin, Sierra and Jennings 1998, doi:10.1016/S0921-8890(98)00029-3"


class Linear(Strategy):
    """Concede the same amount each day."""

    source = FARATIN
    kappa: float = KAPPA  # share conceded at the very start
    beta: float = 1.0  # readiness to concede

    def share(self, view: View) -> float:
        """Return what is left to concede at this time."""
        return float(1.0 - polynomial(view.time, self.kappa, self.beta))


class Boulware(Linear):
    """Hold firm and give way near the deadline."""

    beta: float = BOULWARE_BETA


class Conceder(Linear):
    """Give way early, and little later."""

    beta: float = CONCEDER_BETA


class Exponential(Strategy):
    """Multiply what has been conceded by the same factor each day."""

    source = FARATIN
    kappa: float = KAPPA  # share conceded at the very start
    beta: float = 1.0  # readiness to concede

    def share(self, view: View) -> float:
        """Return what is left to concede at this time."""
        return float(1.0 - exponential(view.time, self.kappa, self.beta))

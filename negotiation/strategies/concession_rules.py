"""Rules for who concedes next, one small step at a time.

*Zeuthen* (1930), writing on wage conflicts, let the side concede that has more to lose: the
greatest risk of conflict a side can bear is what it would lose by giving in, as a share of all
it has to lose. Harsanyi showed in 1956 that each such step raises the product of the gains, so that
it ends at the *Nash bargaining solution*, twenty years before anyone knew it. The monotonic
concession protocol of Rosenschein and Zlotkin (1994) made it a protocol for machines.

*MiCRO* (de Jonge 2022) asks for less: sort the possible offers, and make the next one whenever
you have not made more *different* ones than the other side; else repeat an old one. It needs no
model of the other side, no clock and no parameter, and was proposed as a benchmark that cleverer
agents should beat first. An offer that repeats the step of an earlier one earns nothing, so it
comes to a halt before one that never moves. It takes what brings as much as its next offer would.
De Jonge's agent repeats any of its earlier offers, drawn at random; this one the last.

Both are computed from what is public; each concession is ``STEP`` of the own way. An offer can
be anything here, so two count as different if the nearest of the 21 steps from 0 to 1 differs.

References
----------
Zeuthen 1930, *Problems of Monopoly and Economic Warfare*. Harsanyi 1956,
doi:10.2307/1905748. Rosenschein and Zlotkin 1994, *Rules of Encounter*. de Jonge 2022,
doi:10.24963/ijcai.2022/32.

Examples
--------
>>> from types import SimpleNamespace
>>> Micro().share(SimpleNamespace(held=1.0, different_made=1, different_received=1))
0.95
"""

from __future__ import annotations

from negotiation.rules.tactics import micro, zeuthen
from negotiation.strategies.base import Strategy
from negotiation.strategies.behaviour_dependent import Waiting, within
from negotiation.strategies.view import View


class Zeuthen(Waiting):
    """Concede a step if conflict would cost you no less of your all than the other side of its."""

    source = "Zeuthen 1930; Harsanyi 1956, doi:10.2307/1905748"

    def share(self, view: View) -> float:
        """Return the last share, less a step where the own risk is not the larger."""
        if view.offers_made == 0 or view.offers_received == 0:
            return view.held
        return within(zeuthen(view.held, view.risk(), view.risk_of_other()))


class Micro(Strategy):
    """Concede a step if you have not made more different offers than the other side."""

    source = "de Jonge 2022, doi:10.24963/ijcai.2022/32"

    def share(self, view: View) -> float:
        """Return the last share, less a step where the other made as many different offers."""
        return within(micro(view.held, view.different_made, view.different_received))

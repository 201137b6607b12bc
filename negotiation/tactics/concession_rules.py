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

Both are computed from what is public; each concession is a ``step`` of the own way. An offer can
be anything here, so two count as different if they are nearest to different steps of that size:
with a ``step`` of .05 there are 21 different offers, with one of .001, the finest, 1,001. A table
that lists its outcomes needs no step: there MiCRO concedes them one by one, as de Jonge's does
(:mod:`negotiation.interop.one_by_one`).

References
----------
Zeuthen 1930, *Problems of Monopoly and Economic Warfare*. Harsanyi 1956,
doi:10.2307/1905748. Rosenschein and Zlotkin 1994, *Rules of Encounter*. de Jonge 2022,
doi:10.24963/ijcai.2022/32.

Examples
--------
>>> zeuthen(1.0, 1.0, 1.0, risk=0.3, risk_of_other=0.4, step=0.05)
0.95
>>> [micro(1.0, made, received, step=0.05) for made, received in ((0, 0), (1, 0), (1, 1))]
[1.0, 1.0, 0.95]
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from negotiation.tactics.base import Range, Strategy
from negotiation.tactics.facts import STEP

CONCESSION = Range("share of the way that one concession gives up", gt=0, le=1)
DISTINCT = replace(CONCESSION, gt=None, ge=0.001)


def zeuthen(
    held: float, offers_made: float, offers_received: float, risk: float, risk_of_other: float,
    step: float,
) -> float:  # fmt: skip
    """Return the last share, less a step where the own risk is not the larger."""
    both_offered = offers_made > 0.0 and offers_received > 0.0
    return max(held - step, 0.0) if both_offered and risk <= risk_of_other else held


def micro(held: float, different_made: float, different_received: float, step: float) -> float:
    """Return the last share, less a step where the other made as many different offers."""
    return max(held - step, 0.0) if 0.0 < different_made <= different_received else held


class Zeuthen(Strategy):
    """Concede a step if conflict would cost you no less of your all than the other side of its."""

    source = "Zeuthen 1930; Harsanyi 1956, doi:10.2307/1905748"
    waits = True
    step: Annotated[float, CONCESSION] = STEP
    compiled_share = staticmethod(zeuthen)


class Micro(Strategy):
    """Concede a step if you have not made more different offers than the other side."""

    source = "de Jonge 2022, doi:10.24963/ijcai.2022/32"
    step: Annotated[float, DISTINCT] = STEP
    compiled_share = staticmethod(micro)

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
>>> half = {rule: rule(time=0.5, kappa=0.02, beta=0.25) for rule in (polynomial, exponential)}
>>> [round(share, 3) for share in half.values()]
[0.919, 0.963]
"""

from __future__ import annotations

import math
from typing import Annotated

from negotiation.tactics.base import Range, Strategy

FARATIN = "Faratin, Sierra and Jennings 1998, doi:10.1016/S0921-8890(98)00029-3"
OPENING = Range("share conceded at the very start", ge=0, le=1)
BEND = Range("readiness to concede: below 1 late, above 1 early, 0 never", ge=0)


def polynomial(time: float, kappa: float, beta: float) -> float:
    """Return what is left to concede at this time, by a power of it."""
    if beta <= 0.0 or time == 0.0:  # the second, or an endless beta would give 0 ** 0
        return 1.0 - kappa
    # the power is most of the cost of an offer, and a straight line needs none
    passed = time if beta == 1.0 else math.pow(time, 1.0 / beta)
    return 1.0 - (kappa + (1.0 - kappa) * passed)


def exponential(time: float, kappa: float, beta: float) -> float:
    """Return what is left to concede at this time, a constant factor less each day."""
    if beta <= 0.0:
        return 1.0 - kappa
    if time == 1.0:  # ahead of the logarithm, which has no value where kappa is 0
        return 0.0
    if kappa == 0.0:  # the limit of the formula: nothing until the very end
        return 1.0
    return 1.0 - math.exp(math.pow(1.0 - time, beta) * math.log(kappa))


class Linear(Strategy):
    """Concede the same amount each day."""

    source = FARATIN
    kappa: Annotated[float, OPENING] = 0.02
    beta: Annotated[float, BEND] = 1.0
    compiled_share = staticmethod(polynomial)


class Boulware(Linear):
    """Hold firm and give way near the deadline."""

    beta: Annotated[float, BEND] = 0.25


class Conceder(Linear):
    """Give way early, and little later."""

    beta: Annotated[float, BEND] = 4.0


class Exponential(Strategy):
    """Multiply what has been conceded by the same factor each day."""

    source = FARATIN
    kappa: Annotated[float, OPENING] = 0.02
    beta: Annotated[float, BEND] = 1.0
    compiled_share = staticmethod(exponential)

"""Strategies that ask for what a theory says is due.

*Rubinstein* (1982): two sides divide a pie, offer in turn, and lose by waiting, ``d1`` and
``d2`` being what a pie in the next round is worth now. There is just one equilibrium without
empty threats: the first to offer asks for

    (1 - d2) / (1 - d1 d2),

which leaves the other exactly what it could get by refusing, and is accepted at once. Here
a choice is a logit one, which takes an offer that leaves it indifferent in half of the cases:
the offer is therefore sweetened by ``sweetener / precision``. Private types and several issues
are beyond the theorem; the strategy then asks for this share of the way all the same.

*Nash-fair*: the package with the largest product of expected gains (Nash 1950), and no haggling.

References
----------
Rubinstein 1982, "Perfect equilibrium in a bargaining model", doi:10.2307/1912531. Nash 1950,
"The bargaining problem", doi:10.2307/1907266.

Examples
--------
>>> round(proposer_share(0.9, 0.9, precision_other=1e6, room_of_other=1.0, sweetener=5.0), 4)
0.5263
"""

from __future__ import annotations

from typing import Annotated

from negotiation.tactics.base import Range, Strategy


def proposer_share(
    patience_own: float, patience_other: float, precision_other: float, room_of_other: float,
    sweetener: float,
) -> float:  # fmt: skip
    """Return the equilibrium share, less what turns the other's tie into a yes."""
    share = 0.5
    if patience_own < 1.0 or patience_other < 1.0:
        share = (1.0 - patience_other) / (1.0 - patience_own * patience_other)
    if room_of_other > 0.0:
        share -= sweetener / (precision_other * room_of_other)
    return max(share, 0.0)


def remembered(fair_share: float) -> float:
    """Return the share at the fair package."""
    return min(max(fair_share, 0.0), 1.0)


class Rubinstein(Strategy):
    """Ask for the proposer's share in the equilibrium of alternating offers."""

    source = "Rubinstein 1982, doi:10.2307/1912531"
    sweetener: Annotated[float, Range("logits by which a tie is turned into a yes", ge=0)] = 5.0
    compiled_share = staticmethod(proposer_share)


class NashFair(Strategy):
    """Offer the package with the largest product of expected gains, and stay with it."""

    source = "Nash 1950, doi:10.2307/1907266"
    waits = True
    revises = False
    compiled_share = staticmethod(remembered)

"""What the sides foresee on the first day, worked out once for all runs of a world.

By type means by stance and trait alone, six a side; see :mod:`negotiation.payoffs.types`.
"""

from __future__ import annotations

from typing import Annotated

from negotiation.payoffs.types import SIX
from negotiation.records import Array, Real, Whole
from negotiation.scenario import MAX_ISSUES

MANY_NODES = 64  # of a forecast, at most; see payoffs/world.py

ByIssue = Annotated[Array, "f8", (MAX_ISSUES,)]
SixBySide = Annotated[Array, "f8", (2, SIX)]


class Prospect:
    """What a meeting of the leaders promises; see :mod:`negotiation.rules.prospect`."""

    meeting: SixBySide  # gain of a signature over none times the chance of it, by type, $bn
    signed: Real  # the chance of it, whatever the types
    of_issue: ByIssue  # share of what both gain that an issue carries; they sum to 1, or are 0
    unsettled: Whole  # drafts that the search did not finish, over all looks
    # the draft at each node, where the next look at this world begins to search, and how often the
    # objective curved upwards on the way to it; looks so far
    draft: Annotated[Array, "f8", (MANY_NODES, MAX_ISSUES)]
    curved: Annotated[Array, "i8", (MANY_NODES,)]
    looks: Whole


class Foreseen:
    """What a deadline to come is expected to bring."""

    cost: SixBySide  # to a type, $bn
    ends: Real  # the chance that the truce ends there

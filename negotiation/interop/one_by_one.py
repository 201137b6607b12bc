"""MiCRO where offers are a list of outcomes: one outcome conceded for each different one received.

De Jonge's strategy (2022, doi:10.24963/ijcai.2022/32) has no step: it sorts the outcomes by what
they are worth to itself, down to what no agreement is worth, and goes down that list. At our own
table an offer can be anything, so there ``micro`` has a ``step``
(:mod:`negotiation.tactics.concession_rules`). Somebody else's table lists the outcomes, and a
step is one of them, unless the scenario states a ``step``.
"""

from __future__ import annotations

import numpy as np

from negotiation.interop.levels import Floats

Package = tuple[float, ...]
DIGITS = 9  # of a utility in $bn a year: what differs by less is a tie


class OneByOne:
    """How far down its list a side has come.

    Parameters
    ----------
    packages : ndarray, shape (n, issues)
    own, others : ndarray, shape (n,)
        What each is worth to the side and to the other. Of two that are worth the same to the side
        the one that is worth more to the other comes first.
    floor : float
        What no agreement is worth to the side. If no package brings so much, the best is offered.

    Examples
    --------
    >>> pie = np.array([[0.0], [0.5], [1.0]])
    >>> side = OneByOne(pie, 1.0 - pie[:, 0], pie[:, 0], floor=0.2)
    >>> side.offer(luck=0.9), side.offer(luck=0.9)
    ((0.0,), (0.0,))
    >>> side.received.add((1.0,))
    >>> side.weighed(), side.offer(luck=0.9), side.offer(luck=0.1)
    ((0.5,), (0.5,), (0.0,))
    """

    def __init__(self, packages: Floats, own: Floats, others: Floats, floor: float) -> None:
        own, others = own.round(DIGITS), others.round(DIGITS)
        order = np.lexsort((-others, -own))
        rational = order[own[order] >= min(round(floor, DIGITS), own.max())]
        self.falling: list[Package] = [tuple(package) for package in packages[rational].tolist()]
        self.made = 0
        self.received: set[Package] = set()

    def concedes(self) -> bool:
        """Return whether the next offer is a new one."""
        return self.made <= len(self.received) and self.made < len(self.falling)

    def weighed(self) -> Package:
        """Return what an offer is weighed against: the next one if it is new, else the last."""
        return self.falling[self.made if self.concedes() else self.made - 1]

    def offer(self, luck: float) -> Package:
        """Return the next one, or an earlier one drawn by ``luck``, a number in (0, 1)."""
        if not self.concedes():
            return self.falling[int(luck * self.made)]
        self.made += 1
        return self.falling[self.made - 1]

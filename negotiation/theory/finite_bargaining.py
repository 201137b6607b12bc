"""Bargaining over finitely many outcomes: solutions by comparison, with every tie.

Only outcomes count that give each side at least its disagreement utility, and among those
only the efficient ones. Where the smaller gain decides, another outcome may share it and be worse
for the other side; ``weak`` lists these dominated ties too, after the efficient ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from negotiation.theory.frontier import Floats, Indices, pareto_indices, utilities_of
from negotiation.theory.solution import Pair, Solution, disagreement_of, no_agreement, weights_of

TIE = 1e-12  # relative difference below which two outcomes are equally good


@dataclass(frozen=True, eq=False)
class Outcomes:
    """A bargaining problem over finitely many outcomes.

    Parameters
    ----------
    utilities : array_like, shape (n, 2)
        Utility of each outcome to the US and to China.
    disagreement : tuple of float
        Their utilities without an agreement (reservation values).

    Examples
    --------
    >>> pie = Outcomes([[n, 10 - n] for n in range(11)], (0, 2))
    >>> pie.nash().utilities
    (4.0, 6.0)
    """

    utilities: Floats
    disagreement: Pair = (0.0, 0.0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "utilities", utilities_of(self.utilities))
        object.__setattr__(self, "disagreement", disagreement_of(self.disagreement))

    @cached_property
    def frontier(self) -> Indices:
        """Rows on the Pareto frontier, by rising utility of the US."""
        return pareto_indices(self.utilities)

    @cached_property
    def candidates(self) -> Indices:
        """Rows on the frontier that both sides prefer to disagreement, or like as much."""
        return self.frontier[(self.utilities[self.frontier] >= self.disagreement).all(axis=1)]

    @cached_property
    def acceptable(self) -> Indices:
        """Rows that both sides prefer to disagreement, or like as much, dominated ones included."""
        return np.flatnonzero((self.utilities >= self.disagreement).all(axis=1))

    @cached_property
    def ideal(self) -> Pair:
        """The most that each side can gain while the other does not lose."""
        best = (self.utilities[self.candidates] - self.disagreement).max(axis=0)
        return float(best[0]), float(best[1])

    def nash(self, weights: Pair = (0.5, 0.5)) -> Solution:
        """Return the outcomes with the largest weighted product of gains."""
        us, china = weights_of(weights)
        if us == china:
            return self._best("Nash", lambda gains: gains[:, 0] * gains[:, 1])
        return self._best("Nash", lambda gains: gains[:, 0] ** us * gains[:, 1] ** china)

    def kalai_smorodinsky(self, *, leximin: bool = False, weak: bool = False) -> Solution:
        """Return the outcomes whose smaller share of the ideal gain is largest."""
        return self._fairest("Kalai-Smorodinsky", True, leximin, weak)

    def egalitarian(self, *, leximin: bool = False, weak: bool = False) -> Solution:
        """Return the outcomes whose smaller gain is largest.

        Examples
        --------
        >>> problem = Outcomes([[2, 3], [2, 4]])
        >>> problem.egalitarian().ties, problem.egalitarian(weak=True).ties
        (((2.0, 4.0),), ((2.0, 4.0), (2.0, 3.0)))
        """
        return self._fairest("egalitarian", False, leximin, weak)

    def utilitarian(self) -> Solution:
        """Return the outcomes with the largest sum of gains."""
        return self._best("utilitarian", lambda gains: gains.sum(axis=1))

    def _fairest(self, name: str, normalise: bool, leximin: bool, weak: bool) -> Solution:
        def shares(gains: Floats) -> Floats:
            if not normalise:
                return gains
            ideal = np.array(self.ideal)
            # a side that cannot gain anything does not hold the other back
            return np.where(ideal > 0.0, gains / np.where(ideal > 0.0, ideal, 1.0), np.inf)

        def smaller(gains: Floats) -> Floats:
            least = shares(gains).min(axis=1)
            return np.where(np.isinf(least), 0.0, least)

        def larger(gains: Floats) -> Floats:
            found = shares(gains)
            return np.asarray(np.where(np.isinf(found), 0.0, found).max(axis=1))

        then = larger if leximin else None
        return self._best(name, smaller, then, self.acceptable if weak else None)

    def _best(
        self,
        name: str,
        merit: Callable[[Floats], Floats],
        then: Callable[[Floats], Floats] | None = None,
        among: Indices | None = None,
    ) -> Solution:
        rows = self.candidates if among is None else among
        if not len(rows):
            return no_agreement(name, self.disagreement)
        gains = self.utilities[rows] - self.disagreement
        for criterion in (merit, then):
            if criterion is not None:
                value = criterion(gains)
                kept = value >= value.max() - TIE * abs(value.max())
                rows, gains = rows[kept], gains[kept]
        efficient = np.isin(rows, self.candidates)
        pairs = self._pairs(rows[efficient]) + self._pairs(rows[~efficient])
        us, china = pairs[0]
        return Solution(
            name, us, china,
            gains=(us - self.disagreement[0], china - self.disagreement[1]),
            outcomes=tuple(int(i) for i in np.sort(rows)), ties=pairs,
        )  # fmt: skip

    def _pairs(self, rows: Indices) -> tuple[Pair, ...]:
        return tuple((float(a), float(b)) for a, b in np.unique(self.utilities[rows], axis=0))

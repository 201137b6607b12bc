"""Bargaining over lotteries: outcomes mixed with probabilities, as the axioms assume.

Nash (1950, doi:10.2307/1907266) and Kalai and Smorodinsky (1975, doi:10.2307/1914280)
characterise their solutions on convex sets, where each is unique. The frontier is then a
chain of straight edges, and on an edge everything has a closed form.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from negotiation.theory.frontier import Floats, Indices, concave_chain, utilities_of
from negotiation.theory.solution import Pair, Solution, disagreement_of, no_agreement, weights_of


@dataclass(frozen=True, eq=False)
class Lotteries:
    """A bargaining problem over the lotteries on finitely many outcomes.

    Parameters
    ----------
    utilities : array_like, shape (n, 2)
        Utility of each outcome to the US and to China.
    disagreement : tuple of float
        Their utilities without an agreement.

    Examples
    --------
    >>> Lotteries([[60, 80], [50, 110], [30, 150]]).nash().utilities
    (50.0, 110.0)
    """

    utilities: Floats
    disagreement: Pair = (0.0, 0.0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "utilities", utilities_of(self.utilities))
        object.__setattr__(self, "disagreement", disagreement_of(self.disagreement))

    @cached_property
    def frontier(self) -> Indices:
        """Rows at the corners of the frontier, by rising utility of the US."""
        return concave_chain(self.utilities)

    @cached_property
    def _chain(self) -> tuple[Floats, Floats]:
        """Gains along the individually rational frontier, and their positions along the chain."""
        gains = self.utilities[self.frontier] - self.disagreement
        at = np.arange(len(gains), dtype=float)
        cuts = set(at)
        for side in range(2):
            g = gains[:, side]
            for i in np.flatnonzero(g[:-1] * g[1:] < 0.0):
                cuts.add(float(i + g[i] / (g[i] - g[i + 1])))
        places = np.array(sorted(cuts))
        path = self._gains_at(gains, places)
        span = np.abs(gains).max(axis=0)
        # a gain that interpolation left at rounding below zero must not lose its corner
        path = np.where(np.abs(path) <= 1e-14 * span, 0.0, path)
        inside = (path >= 0.0).all(axis=1)
        return path[inside], places[inside]

    @staticmethod
    def _gains_at(gains: Floats, places: Floats) -> Floats:
        index = np.arange(len(gains))
        return np.column_stack([np.interp(places, index, gains[:, side]) for side in range(2)])

    @cached_property
    def ideal(self) -> Pair:
        """The most that each side can gain while the other does not lose."""
        path, _ = self._chain
        return float(path[:, 0].max()), float(path[:, 1].max())

    def nash(self, weights: Pair = (0.5, 0.5)) -> Solution:
        """Return the lottery with the largest weighted product of gains."""
        us, china = weights_of(weights)
        path, places = self._chain
        if not len(path):
            return no_agreement("Nash", self.disagreement)
        best, where = -np.inf, places[0]
        for i in range(len(path)):
            along = [0.0]
            if i + 1 < len(path):
                a, d = path[i], path[i + 1] - path[i]
                # stationary point of us log(a1 + t d1) + china log(a2 + t d2)
                along.append(
                    float(np.clip(-(us * d[0] * a[1] + china * d[1] * a[0]) / (d[0] * d[1]), 0, 1))
                )
            for t in along:
                g = path[i] + t * (path[i + 1] - path[i]) if t else path[i]
                value = float(g[0] ** us * g[1] ** china)
                if value > best:
                    step = places[i + 1] - places[i] if t else 0.0
                    best, where = value, places[i] + t * step
        return self._at("Nash", where)

    def kalai_smorodinsky(self) -> Solution:
        """Return the lottery that gives both sides the same share of their ideal gain."""
        if not len(self._chain[0]):
            return no_agreement("Kalai-Smorodinsky", self.disagreement)
        return self._on_ray("Kalai-Smorodinsky", self.ideal)

    def egalitarian(self) -> Solution:
        """Return the efficient lottery with equal gains, or the closest end of the frontier."""
        if not len(self._chain[0]):
            return no_agreement("egalitarian", self.disagreement)
        return self._on_ray("egalitarian", (1.0, 1.0))

    def utilitarian(self) -> Solution:
        """Return the lottery with the largest sum of gains; of several, the best for China."""
        path, places = self._chain
        if not len(path):
            return no_agreement("utilitarian", self.disagreement)
        return self._at("utilitarian", places[int(np.argmax(path.sum(axis=1)))])

    def _on_ray(self, name: str, direction: Pair) -> Solution:
        path, places = self._chain
        excess = path[:, 0] * direction[1] - path[:, 1] * direction[0]  # rises along the chain
        if excess[0] >= 0.0:
            return self._at(name, places[0])
        if excess[-1] <= 0.0:
            return self._at(name, places[-1])
        return self._at(name, float(np.interp(0.0, excess, places)))

    def _at(self, name: str, place: float) -> Solution:
        corners = self.utilities[self.frontier]
        low = min(int(place), max(len(corners) - 2, 0))
        share = float(place - low)
        rows, probabilities = [low, low + 1], [1.0 - share, share]
        kept = [
            (int(self.frontier[r]), p) for r, p in zip(rows, probabilities, strict=True) if p > 0
        ]
        us, china = (sum(p * float(self.utilities[r, side]) for r, p in kept) for side in range(2))
        d = self.disagreement
        return Solution(
            name, us, china,
            gains=(max(us - d[0], 0.0), max(china - d[1], 0.0)),
            outcomes=tuple(r for r, _ in kept), ties=((us, china),),
            probabilities=tuple(p for _, p in kept),
        )  # fmt: skip

"""What is observed of some decisions beside their outcome: in which bin of a number it lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

ROUNDS = 50  # of spreading what may lie in several bins: shares then stand still


def binned(values: np.ndarray, last: Sequence[float]) -> np.ndarray:
    """Return the bin of each value; ``last`` are the last values of all bins but the open one.

    Examples
    --------
    >>> binned(np.array([0.0, 90.0, 91.0, 400.0]), (90, 365))
    array([0, 0, 1, 2])
    """
    return np.asarray(np.searchsorted(np.array(last) + 0.5, values))


class Observed(NamedTuple):
    """Bins of some decisions, and the model's chances of all bins.

    Attributes
    ----------
    places : list of int
        Of the decisions in the record.
    bins : ndarray of int, shape (n,)
    chances : ndarray, shape (draws, n, bins)
    open : ndarray of bool, shape (n,), optional
        Whether it may also have ended in a later bin: it was still going on when last seen.
    """

    places: list[int]
    bins: np.ndarray
    chances: np.ndarray
    open: np.ndarray | None = None

    def among(self, kept: Sequence[int]) -> Observed:
        """Return what is observed of the kept decisions of a record, in their new places.

        Examples
        --------
        >>> seen = Observed([0, 2], np.array([0, 1]), np.ones((1, 2, 2)))
        >>> seen.among([1, 2]).places, seen.among([1, 2]).bins
        ([1], array([1]))
        """
        places = {old: new for new, old in enumerate(kept)}
        still = [k for k, place in enumerate(self.places) if place in places]
        return Observed(
            [places[self.places[k]] for k in still],
            self.bins[still],
            self.chances[:, still],
            None if self.open is None else self.open[still],
        )

    def mask(self) -> np.ndarray:
        """Return which bins each observation may lie in, shape (n, bins)."""
        at = np.arange(self.chances.shape[2])
        own = at == self.bins[:, None]
        return np.asarray(
            own if self.open is None else own | (self.open[:, None] & (at > self.bins[:, None]))
        )

    def own(self, k: int) -> np.ndarray:
        """Return the chance of what was observed of the k-th, at each draw."""
        return np.asarray(self.chances[:, k] @ self.mask()[k])

    def shares(self, chosen: np.ndarray | None = None) -> np.ndarray:
        """Return the shares of the bins among some, half an observation of each added.

        One that may lie in several bins is spread over them as the others lie (Turnbull 1976,
        doi:10.1111/j.2517-6161.1976.tb01597.x).

        Examples
        --------
        The second may have ended in either bin, and the only other one did in the first:

        >>> seen = Observed([0, 1], np.array([0, 0]), np.ones((1, 2, 2)), np.array([False, True]))
        >>> seen.shares().round(2)
        array([0.75, 0.25])
        """
        mask = self.mask() if chosen is None else self.mask()[chosen]
        found = np.full(mask.shape[1], 1.0 / mask.shape[1])
        for _ in range(ROUNDS):
            each = mask * found
            found = (each / each.sum(axis=1, keepdims=True)).sum(axis=0) + 0.5
            found /= found.sum()
        return found

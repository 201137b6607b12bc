"""Averages and shares over runs that come in worlds, with intervals that know that they do.

References
----------
Cochran (1977), "Sampling Techniques", 3rd edition, section 2.11 and chapter 9: ratio estimates from
clusters.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

import numpy as np

from negotiation.estimates import Estimate, t_of, wilson, z_of


@dataclass(frozen=True)
class Ratio:
    """What ``part`` is of ``whole``: sums over worlds, which add up.

    Attributes
    ----------
    worlds, with_any : int
        All of them, and those where the whole is not zero.
    part, whole, part_squared, both, whole_squared : float
        Sums over worlds of n, d, n^2, n d and d^2.

    Examples
    --------
    >>> deals = Ratio.of(np.array([1.0, 3.0]), np.array([2.0, 4.0]))  # in two worlds
    >>> round(deals.value, 3), (deals + deals).worlds
    (0.667, 4)
    """

    worlds: int = 0
    with_any: int = 0
    part: float = 0.0
    whole: float = 0.0
    part_squared: float = 0.0
    both: float = 0.0
    whole_squared: float = 0.0

    @classmethod
    def of(cls, part: np.ndarray, whole: np.ndarray) -> Self:
        """Return the sums over worlds, one entry each."""
        n, d = np.asarray(part, float), np.asarray(whole, float)
        sums = (n.sum(), d.sum(), n @ n, n @ d, d @ d)
        return cls(len(n), int(np.count_nonzero(d)), *(float(x) for x in sums))

    def __add__(self, other: Ratio) -> Ratio:
        mine, its = self.__dict__.values(), other.__dict__.values()
        return Ratio(*(a + b for a, b in zip(mine, its, strict=True)))

    @property
    def value(self) -> float:
        """The ratio; not a number where the whole is nothing."""
        return self.part / self.whole if self.whole else math.nan

    @property
    def error(self) -> float:
        """Its standard error, by linearisation; not a number for fewer than two worlds."""
        if self.worlds < 2 or not self.whole:
            return math.nan
        r = self.value
        rest = self.part_squared - 2 * r * self.both + r * r * self.whole_squared
        return math.sqrt(max(rest, 0.0) * self.worlds / (self.worlds - 1)) / self.whole

    def average(self) -> Estimate:
        """Return the ratio with Student's interval."""
        half = float(t_of(self.worlds - 1)) * self.error
        return Estimate(self.value, self.value - half, self.value + half)

    def share(self) -> Estimate:
        """Return the ratio, a share of runs, with Wilson's interval.

        For as many runs as would be as precise one by one; where all worlds agree, for one a world.
        """
        p, error = min(max(self.value, 0.0), 1.0), self.error
        sure = float(max(self.with_any, 1))
        if error > 0.0:
            student = (z_of() / float(t_of(self.worlds - 1))) ** 2
            sure = max(p * (1 - p) / error**2 * student, 1.0)
        low, high = wilson(p, sure)
        return Estimate(p, float(low), float(high))

"""Bargaining over any continuous issues: utilities given as functions, solved and certified.

Each solution is found as it is defined, a constrained maximum, by sequential quadratic
programming (SLSQP, Kraft 1988, through scipy) from several starts: the best of a scrambled
Sobol sample for a range of weights, both ends, and random ones. The answer carries the residual
of its Karush-Kuhn-Tucker conditions (`package_search.certificate`); one that misses them is
refused, not returned. Where the utilities are declared concave, and no pair of points says
otherwise, such a point is the global maximum; else it is the best local one of the starts, and
says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from negotiation.errors import InputError, NotConverged, whole_number
from negotiation.theory import package_search
from negotiation.theory.allowed import within
from negotiation.theory.frontier import Floats, pareto_indices, point_of
from negotiation.theory.package_search import certificate
from negotiation.theory.solution import Pair, Solution, disagreement_of, no_agreement, weights_of

Utility = Callable[[Floats], Any]
SAMPLE = 256
TINY = 1e-9
STEP = 1e-5  # of an issue's range, for derivatives that are not given
CHECKED = 2000  # pairs of points on which a claim of concavity is tested


@dataclass(frozen=True, eq=False)
class Continuous:
    """A bargaining problem over issues that take any value between two bounds.

    Parameters
    ----------
    utilities : pair of callable
        Utility of a package ``x``, shape (K,), to the US and to China; smooth.
    bounds : array_like, shape (K, 2)
        Least and largest value of each issue, finite, in its own unit.
    gradients : pair of callable, optional
        Their derivatives, shape (K,) each; by central differences where not given.
    disagreement : tuple of float
        Utilities without an agreement (reservation values).
    concave : bool
        Whether both utilities are concave, which makes every answer a global maximum.
    tolerance : float
        Largest residual accepted, as a share of the range of the utilities.

    Raises
    ------
    InputError
        If a shape does not fit, a utility is not a finite number, or one that is declared
        concave is not.

    Examples
    --------
    >>> split = Continuous(
    ...     (lambda x: x[0], lambda x: (1 - x[0]) ** 0.5), bounds=[(0, 1)], concave=True
    ... )
    >>> [round(u, 6) for u in split.nash().utilities]
    [0.666667, 0.57735]
    """

    utilities: tuple[Utility, Utility]
    bounds: Floats
    gradients: tuple[Utility, Utility] | None = None
    disagreement: Pair = (0.0, 0.0)
    concave: bool = False
    tolerance: float = 1e-5

    def __post_init__(self) -> None:
        bounds = np.asarray(self.bounds, dtype=np.float64)
        if bounds.ndim != 2 or bounds.shape[1] != 2 or not len(bounds):
            raise InputError(f"bounds: shape {bounds.shape} is not allowed; allowed: (K, 2).")
        if not np.isfinite(bounds).all() or (bounds[:, 0] > bounds[:, 1]).any():
            raise InputError("bounds: allowed: finite numbers, the least first.")
        for name in ("utilities", "gradients"):
            pair = getattr(self, name)
            if pair is not None and (len(pair) != 2 or not all(callable(f) for f in pair)):
                raise InputError(f"{name}: expected two functions, US first.")
        object.__setattr__(self, "bounds", bounds)
        object.__setattr__(self, "disagreement", disagreement_of(self.disagreement))
        if self.concave:
            self._refute_concavity()

    @property
    def reach(self) -> Floats:
        """How far each issue moves in the search, which runs from 0 to 1 in every issue."""
        return np.ones(len(self.bounds))

    def package(self, z: Floats) -> Floats:
        """Return the issues' values for positions between their bounds, 0 to 1."""
        low, high = self.bounds.T
        z = point_of(z, len(low))
        return np.asarray(np.clip(low + z * (high - low), low, high))

    def gains(self, z: Floats) -> Floats:
        """Return both sides' gains over disagreement, in units of the utilities' range."""
        return (self.utilities_at(z) - self.disagreement) / self._unit

    def utilities_at(self, z: Floats) -> Floats:
        """Return both sides' utilities of a package given by positions from 0 to 1."""
        x = self.package(np.clip(z, 0.0, 1.0))
        pair = []
        for side, utility in zip(("the US", "China"), self.utilities, strict=True):
            try:
                value = float(np.squeeze(utility(x)))
            except TypeError:
                value = np.nan
            if not np.isfinite(value):
                raise InputError(
                    f"utility of {side}: not a finite number at {x.tolist()}; allowed: one"
                    " finite number everywhere within the bounds."
                )
            pair.append(value)
        return np.array(pair)

    def slopes(self, z: Floats) -> Floats:
        """Return the derivatives of the gains by the positions, shape (2, K)."""
        z = np.clip(point_of(z, len(self.bounds)), 0.0, 1.0)
        if self.gradients is not None:
            width = self.bounds[:, 1] - self.bounds[:, 0]
            pair = [np.asarray(g(self.package(z)), float).reshape(-1) for g in self.gradients]
            if any(len(one) != len(z) for one in pair):
                raise InputError(
                    f"gradients: {' and '.join(str(len(one)) for one in pair)} numbers;"
                    f" allowed: {len(z)} each, one an issue."
                )
            given = np.array(pair)
            if np.isfinite(given).all():  # a root has none at its end
                return np.asarray(given * width / self._unit)
        return np.column_stack([self._difference(z, k) for k in range(len(z))])

    def _difference(self, z: Floats, k: int) -> Floats:
        def at(place: float) -> Floats:
            moved = z.copy()
            moved[k] = place
            return self.gains(moved)

        here = float(z[k])
        if here < STEP:
            return (-3 * at(here) + 4 * at(here + STEP) - at(here + 2 * STEP)) / (2 * STEP)
        if here > 1.0 - STEP:
            return (3 * at(here) - 4 * at(here - STEP) + at(here - 2 * STEP)) / (2 * STEP)
        return (at(here + STEP) - at(here - STEP)) / (2 * STEP)

    @cached_property
    def _sample(self) -> tuple[Floats, Floats]:
        """Packages spread over the box, and their utilities."""
        from scipy.stats import qmc

        count = len(self.bounds)
        spread = qmc.Sobol(count, rng=0).random(SAMPLE)
        z = np.vstack([np.zeros(count), np.ones(count), spread])
        return z, np.array([self.utilities_at(point) for point in z])

    @cached_property
    def _spans(self) -> Floats:
        spans = np.ptp(self._sample[1], axis=0)
        return np.where(spans > 0.0, spans, max(float(spans.max()), 1e-300) if spans.any() else 1.0)

    @cached_property
    def _unit(self) -> float:
        return float(self._spans.max())

    @cached_property
    def _each_in_its_own_unit(self) -> Continuous:
        """The same problem with both utilities' ranges set to 1, for what does not compare them."""

        def scaled(f: Utility, span: float) -> Utility:
            return lambda x: np.asarray(f(x), float) / span

        us, china = (float(span) for span in self._spans)
        (u, v), d = self.utilities, self.disagreement
        slopes = self.gradients and (
            scaled(self.gradients[0], us),
            scaled(self.gradients[1], china),
        )
        return Continuous(
            (scaled(u, us), scaled(v, china)), self.bounds, slopes, (d[0] / us, d[1] / china),
            tolerance=self.tolerance,
        )  # fmt: skip

    def efficient(self, weight: float) -> Floats:
        """Return the sampled package that is best with ``weight`` on China: where to start."""
        within("[0, 1]", weight=weight)
        z, values = self._sample
        span = np.maximum(np.ptp(values, axis=0), 1e-300)
        return np.asarray(z[int(np.argmax((values / span) @ [1.0 - weight, weight]))])

    def _refute_concavity(self) -> None:
        z, values = self._sample
        pairs = np.random.default_rng(0).integers(len(z), size=(CHECKED, 2))
        allowed = 1e-9 * self._unit
        for a, b in pairs:
            middle = self.utilities_at(0.5 * (z[a] + z[b]))
            short = 0.5 * (values[a] + values[b]) - middle
            if short.max() > allowed:
                side = ("the US", "China")[int(np.argmax(short))]
                raise InputError(
                    f"concave: the utility of {side} is not, between"
                    f" {self.package(z[a]).tolist()} and {self.package(z[b]).tolist()};"
                    " allowed: concave=False, which searches from several starts."
                )

    @cached_property
    def ideal(self) -> Pair:
        """The most that each side can gain while the other does not lose, in search units."""
        return package_search.most(self, 0), package_search.most(self, 1)

    def nash(self, weights: Pair = (0.5, 0.5)) -> Solution:
        """Return the package with the largest weighted product of gains."""
        return self._solve("Nash", weights_of(weights))

    def kalai_smorodinsky(self) -> Solution:
        """Return the package that gives both the largest equal share of their ideal gain."""
        return self._solve("Kalai-Smorodinsky")

    def egalitarian(self) -> Solution:
        """Return the package whose smaller gain is largest."""
        return self._solve("egalitarian")

    def utilitarian(self) -> Solution:
        """Return the package with the largest sum of gains at which neither side loses."""
        return self._solve("utilitarian")

    def _solve(self, name: str, weights: Pair = (0.5, 0.5)) -> Solution:
        """Search, check the certificate, and answer in the problem's own units."""
        comparable = name in ("egalitarian", "utilitarian")
        searched = self if comparable else self._each_in_its_own_unit
        z = package_search.search(searched, name, weights)
        if z is None:
            return no_agreement(name, self.disagreement, is_global=self.concave)
        ideal = searched.ideal if name == "Kalai-Smorodinsky" else (1.0, 1.0)
        scale = (max(ideal[0], TINY), max(ideal[1], TINY))
        z, residual = searched._settled(name, z, weights, scale)
        if residual > self.tolerance:
            raise NotConverged(name, residual * self._unit, self.tolerance * self._unit)
        us, china = (float(u) for u in self.utilities_at(z))
        d = self.disagreement
        return Solution(
            name, us, china, gains=(max(us - d[0], 0.0), max(china - d[1], 0.0)),
            ties=((us, china),), package=self.package(z),
            residual=residual * self._unit, is_global=self.concave,
        )  # fmt: skip

    def _settled(self, name: str, z: Floats, weights: Pair, scale: Pair) -> tuple[Floats, float]:
        """Return ``z``, put on a bound that it all but touches if that fits better."""
        snapped = np.where(z < 1e-6, 0.0, np.where(z > 1.0 - 1e-6, 1.0, z))
        found = [
            (certificate(self, name, p, weights, scale), k) for k, p in enumerate((z, snapped))
        ]
        least, which = min(found)
        return (z, snapped)[which], least

    def frontier(self, n: int = 101) -> tuple[Floats, Floats]:
        """Return efficient packages (m, K) and their utilities (m, 2), best for the US first.

        Up to ``n``: the best for the US at evenly spaced utilities of China, without those that
        another one dominates.
        """
        whole_number("points", n, 2, 10**5)
        z = package_search.efficient_curve(self, n)
        values = np.array([self.utilities_at(point) for point in z])
        kept = pareto_indices(np.round(values / self._unit, 9))[::-1]
        _, first = np.unique(np.round(values[kept] / self._unit, 9), axis=0, return_index=True)
        kept = kept[np.sort(first)]
        return np.array([self.package(point) for point in z[kept]]), values[kept]

"""Bargaining over packages: several issues, each conceded a little or a lot.

Side i gains ``fixed_i + sum_k (gain_ik z_k + bend_ik z_k^2 / 2) + z' linkage z / 2`` from the
package z, 0 <= z_k <= reach_k; the US may lose by points that its concessions together take
beyond what it minds (:class:`Room`). With concave gains every efficient package maximises
``(1 - w) own_us + w own_china`` for one weight w (Raiffa 1982, *The Art and Science of
Negotiation*, ch. 11), so the whole frontier is a curve in one scalar: the US gains less and
China more as w rises. Each solution is the zero of a function of w that rises with it, found
by bisection; an issue on which nobody has curvature flips at one w, and the solution mixes
the packages on either side of it. A linkage so strong that gains are not concave leaves no
such curve; then `package_search` looks for each solution from many starts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from negotiation.errors import InputError, whole_number
from negotiation.solvers.shared_room import cost_past, new_shares, share_room
from negotiation.theory import package_search
from negotiation.theory.allowed import within
from negotiation.theory.frontier import Floats, point_of
from negotiation.theory.package_search import InUnits, certificate, violation
from negotiation.theory.solution import Pair, Solution, disagreement_of, no_agreement, weights_of

Rising = Callable[[float, Floats], float]  # of the weight on China and both gains


@dataclass(frozen=True, eq=False)
class Room:
    """Points that concessions may take together before further ones cost the US.

    Attributes
    ----------
    points : ndarray, shape (K,)
        What each issue takes of the room if conceded whole.
    room, rate : float
        Points that cost nothing; cost of each point past them, less within the first.
    """

    points: Floats
    room: float
    rate: float

    def costs(self, z: Floats) -> Floats:
        """Return what packages ``z``, shape (n, K), cost the US beside what none costs."""
        over = z @ self.points - self.room
        return np.array([cost_past(self.rate, points, self.room) for points in over])

    def slopes(self, z: Floats) -> Floats:
        """Return the derivatives of that loss, shape (K,)."""
        return np.asarray(self.rate * np.clip(self.points @ z - self.room, 0.0, 1.0) * self.points)

    def share(self, weight: float, slope: Floats, bend: Floats, reach: Floats, z: Floats) -> None:
        """Move in ``z`` the issues that take room to where they are best together."""
        took = self.points != 0.0
        numbers = zip(
            ("points", "slope", "bend", "reach", "z"), (self.points, slope, bend, reach, z),
            strict=True,
        )  # fmt: skip
        shares = new_shares(
            count=int(took.sum()), room=self.room, rate=weight * self.rate,
            **{name: np.asarray(values)[took] for name, values in numbers},
        )  # fmt: skip
        share_room(shares)
        z[took] = shares["z"][: shares["count"]]


@dataclass(frozen=True, eq=False)
class Packages:
    """A bargaining problem over packages of issues with quadratic gains.

    Parameters
    ----------
    gain, bend : array_like, shape (2, K)
        Linear and quadratic coefficients of the US and of China.
    linkage : array_like or None, shape (K, K)
        Symmetric, what both sides gain from issues conceded together.
    fixed : tuple of float
        What any agreement is worth.
    reach : array_like or float, shape (K,)
        How far each issue can be conceded.
    disagreement : tuple of float
        Utilities without an agreement.
    room : Room, optional
        What concessions take together before further ones cost the US.

    Raises
    ------
    InputError
        If a shape does not fit.

    Examples
    --------
    One divisible issue is the pie:

    >>> Packages([[-1.0], [1.0]], [[0.0], [0.0]], fixed=(1.0, 0.0)).nash().gains
    (0.5, 0.5)
    """

    gain: Floats
    bend: Floats
    linkage: Floats | None = None
    fixed: Pair = (0.0, 0.0)
    reach: Floats | float = 1.0
    disagreement: Pair = (0.0, 0.0)
    room: Room | None = None

    def __post_init__(self) -> None:
        gain, bend = np.asarray(self.gain, float), np.asarray(self.bend, float)
        if gain.ndim != 2 or gain.shape[0] != 2 or gain.shape != bend.shape:
            raise InputError(
                f"packages: gain has shape {gain.shape}, bend {bend.shape}; allowed: (2, K) both."
            )
        n, reach = gain.shape[1], np.asarray(self.reach, float)
        if reach.shape not in ((), (n,)):
            raise InputError(f"packages: reach has shape {reach.shape}; allowed: ({n},).")
        if (reach < 0).any():
            raise InputError("packages: reach is negative; allowed: 0 or more.")
        linkage = np.zeros((n, n)) if self.linkage is None else np.asarray(self.linkage, float)
        apart = np.abs(linkage - linkage.T).max(initial=0.0) if linkage.shape == (n, n) else np.inf
        if not apart <= 1e-8 * np.abs(linkage).max(initial=0.0):
            raise InputError(f"packages: linkage must be symmetric, of shape ({n}, {n}).")
        values = {
            "gain": gain, "bend": bend, "linkage": linkage,
            "reach": np.broadcast_to(reach, (n,)),
            "fixed": disagreement_of(self.fixed),
            "disagreement": disagreement_of(self.disagreement),
        }  # fmt: skip
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @cached_property
    def concave(self) -> bool:
        """Whether both sides' gains are concave, linkage included."""
        curves = [
            np.linalg.eigvalsh(np.diag(bend) + self.linkage) for bend in np.asarray(self.bend)
        ]
        return all(c.max(initial=0.0) <= 1e-9 * np.abs(c).max(initial=0.0) for c in curves)

    def gains(self, z: Floats) -> Floats:
        """Return both sides' gains over disagreement from package ``z``."""
        own = self.worth(point_of(z, len(self.gain[0]))[None])[0]
        return np.asarray(own + np.subtract(self.fixed, self.disagreement))

    def worth(self, z: Floats) -> Floats:
        """Return what packages, shape (n, K), bring both sides beside ``fixed``, shape (n, 2)."""
        z, n = np.asarray(z, float), len(self.gain[0])
        if z.ndim != 2 or z.shape[1] != n:
            raise InputError(f"packages: shape {z.shape} is not allowed; allowed: (n, {n}).")
        linked = 0.5 * np.einsum("nk,kl,nl->n", z, np.asarray(self.linkage), z)
        own = z @ self.gain.T + 0.5 * (z * z) @ self.bend.T + linked[:, None]
        if self.room is not None:
            own[:, 0] -= self.room.costs(z)
        return np.asarray(own)

    def slopes(self, z: Floats) -> Floats:
        """Return the derivatives of both sides' gains, shape (2, K)."""
        z = point_of(z, len(self.gain[0]))
        slopes = np.asarray(self.gain + self.bend * z + self.linkage @ z)  # type: ignore[operator]
        if self.room is not None:
            slopes[0] -= self.room.slopes(z)
        return slopes

    def efficient(self, weight: float, upper: bool = False) -> Floats:
        """Return the package that is best with ``weight`` on China and the rest on the US.

        Where several are, ``upper`` asks for the one that is best for China, else for the US.
        """
        within("[0, 1]", weight=weight)
        slope = (1.0 - weight) * self.gain[0] + weight * self.gain[1]
        bend = (1.0 - weight) * self.bend[0] + weight * self.bend[1]
        favourite = self.gain[1 if upper else 0]
        reach = np.asarray(self.reach)
        z = np.zeros_like(slope)
        linked = bool(np.any(self.linkage))
        taking = np.zeros(len(z)) if self.room is None else self.room.points
        for _ in range(10_000 if linked else 1):
            before = z.copy()
            if self.room is not None:
                own = np.diag(np.asarray(self.linkage))
                pull = np.asarray(self.linkage) @ z - own * z
                self.room.share(1.0 - weight, slope + pull, bend + own, reach, z)
            for k in np.flatnonzero(taking == 0.0):
                s = slope[k] + (self.linkage[k] @ z if linked else 0.0)  # type: ignore[index]
                # coordinate ascent; with concave gains it ends at the maximum
                flat = bend[k] + (self.linkage[k, k] if linked else 0.0)  # type: ignore[index]
                if linked:
                    s -= self.linkage[k, k] * z[k]  # type: ignore[index]
                if flat < 0.0:
                    z[k] = min(max(-s / flat, 0.0), reach[k])
                else:
                    whole = s + 0.5 * flat * reach[k]
                    # a tie is settled for the US, with ``upper`` for China
                    z[k] = reach[k] if whole > 0.0 or (whole == 0.0 and favourite[k] > 0.0) else 0.0
            if np.abs(z - before).max(initial=0.0) <= 1e-14:
                break
        return np.asarray(z)

    @cached_property
    def _range(self) -> Pair | None:
        """Lowest and highest weight at which neither side loses; None where there is none."""
        low, high = self._cross(lambda _, g: g[1])[0], self._cross(lambda _, g: -g[0])[0]
        z = self._cross(lambda _, g: g[1] - g[0])[1]
        return None if self.gains(z).min() < 0.0 else (low, max(low, high))

    @cached_property
    def ideal(self) -> Pair:
        """The most that each side can gain while the other does not lose."""
        if not self.concave:
            us, china = (searched := InUnits(self, comparable=False)).ideal
            return us * float(searched.units[0]), china * float(searched.units[1])
        us = self.gains(self._cross(lambda _, g: g[1])[1])[0]
        china = self.gains(self._cross(lambda _, g: -g[0])[1])[1]
        return float(max(us, 0.0)), float(max(china, 0.0))

    def _cross(self, rising: Rising) -> tuple[float, Floats]:
        """Return the weight and the package at which ``rising`` passes zero."""
        low, high = 0.0, 1.0
        z_low, z_high = self.efficient(low), self.efficient(high, upper=True)
        if rising(low, self.gains(z_low)) >= 0.0:
            return low, z_low
        if rising(high, self.gains(z_high)) <= 0.0:
            return high, z_high
        # to the last place of the weight: packages can change fast with it
        while high - low > 4e-16 * max(high, 1e-3):
            middle = 0.5 * (low + high)
            if middle in (low, high):
                break
            z = self.efficient(middle)
            if rising(middle, self.gains(z)) < 0.0:
                low, z_low = middle, z
            else:
                high, z_high = middle, z
        share_low, share_high = 0.0, 1.0
        for _ in range(60):  # packages between the two are equally efficient at this weight
            share = 0.5 * (share_low + share_high)
            z = z_low + share * (z_high - z_low)
            if rising(low, self.gains(z)) < 0.0:
                share_low = share
            else:
                share_high = share
        return low, z_low + share_high * (z_high - z_low)

    def frontier(self, n: int = 101) -> tuple[Floats, Floats]:
        """Return ``n`` efficient packages (n, K) and their utilities (n, 2), best for US first."""
        whole_number("points", n, 2, 10**5)
        if not self.concave:
            packages = package_search.efficient_curve(InUnits(self, comparable=False), n)
            return packages, np.array([self.gains(z) for z in packages]) + self.disagreement
        packages = np.array([self.efficient(w, w > 0.5) for w in np.linspace(0.0, 1.0, n)])
        utilities = np.array([self.gains(z) for z in packages]) + self.disagreement
        return packages, utilities

    def nash(self, weights: Pair = (0.5, 0.5)) -> Solution:
        """Return the package with the largest weighted product of gains."""
        us, china = weights_of(weights)
        if not self.concave:
            return self._search("Nash", (us, china))
        return self._solve("Nash", lambda w, g: w * us * g[1] - (1.0 - w) * china * g[0])

    def kalai_smorodinsky(self) -> Solution:
        """Return the efficient package that gives both the same share of their ideal gain."""
        if not self.concave:
            return self._search("Kalai-Smorodinsky")
        if self._range is None:
            return no_agreement("Kalai-Smorodinsky", self.disagreement)
        us, china = self.ideal
        scale = max(us, china, 1e-300)
        return self._solve("Kalai-Smorodinsky", lambda _, g: (g[1] * us - g[0] * china) / scale)

    def egalitarian(self) -> Solution:
        """Return the efficient package with equal gains, or the closest end of the frontier."""
        if not self.concave:
            return self._search("egalitarian")
        return self._solve("egalitarian", lambda _, g: g[1] - g[0])

    def utilitarian(self) -> Solution:
        """Return the package with the largest sum of gains."""
        if not self.concave:
            return self._search("utilitarian")
        return self._solve("utilitarian", lambda w, _: w - 0.5)

    def _solve(self, name: str, rising: Rising) -> Solution:
        if self._range is None:
            return no_agreement(name, self.disagreement)
        low, high = self._range

        def within(w: float, g: Floats) -> float:
            """Keep to the packages at which neither side loses."""
            if g[1] < 0.0 or w < low:
                return -1.0
            return 1.0 if g[0] < 0.0 or w > high else rising(w, g)

        weight, z = self._cross(within)
        gains = np.maximum(self.gains(z), 0.0)
        condition = abs(rising(weight, gains)) if low < weight < high else 0.0
        return self._at(name, z, max(self.residual(z, weight), condition))

    def _search(self, name: str, weights: Pair = (0.5, 0.5)) -> Solution:
        comparable = name in ("egalitarian", "utilitarian")
        z = package_search.search(InUnits(self, comparable=comparable), name, weights)
        if z is None:
            return no_agreement(name, self.disagreement, is_global=False)
        ideal = np.maximum(self.ideal, 1e-300) if name == "Kalai-Smorodinsky" else np.ones(2)
        residual = certificate(self, name, z, weights, (float(ideal[0]), float(ideal[1])))
        return self._at(name, z, residual)

    def _at(self, name: str, z: Floats, residual: float) -> Solution:
        gains = np.maximum(self.gains(z), 0.0)
        us, china = gains + self.disagreement
        return Solution(
            name, float(us), float(china), gains=(float(gains[0]), float(gains[1])),
            ties=((float(us), float(china)),), package=z, residual=float(residual),
            is_global=self.concave,
        )  # fmt: skip

    def residual(self, z: Floats, weight: float) -> float:
        """Return how far ``z`` is from the Karush-Kuhn-Tucker conditions of efficiency.

        The conditions: at ``weight`` the weighted slope is zero on an issue conceded in part,
        not positive on one not conceded, not negative on one conceded in full.

        Examples
        --------
        >>> pie = Packages([[-1.0], [1.0]], [[0.0], [0.0]], fixed=(1.0, 0.0))
        >>> pie.residual(np.array([0.5]), 0.5), pie.residual(np.array([0.5]), 0.6) > 0.1
        (0.0, True)
        """
        within("[0, 1]", weight=weight)
        return violation(self, point_of(z, len(self.gain[0])), weight)

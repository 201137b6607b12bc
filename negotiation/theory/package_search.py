"""Bargaining over packages whose linkage makes the gains not concave: search, then certify.

When conceding two issues together is worth more than both alone, the set of attainable gains
need not be convex, and the best package for a weighted sum jumps over parts of the frontier.
Each solution is then found as it is defined, a constrained maximum, by sequential quadratic
programming from several starts (SLSQP, Kraft 1988), the best of them kept. The residual says
how well the Karush-Kuhn-Tucker conditions hold at it; that no better maximum was missed is
likely from the number of starts, not proved.

The certificate says how well a point meets the first-order conditions of what it claims to be.
Every solution maximises something under constraints, so at it some weighted sum of both gains
is stationary (Karush 1939; Kuhn and Tucker 1951), and the solution says which weights:

* Nash: each side weighs its bargaining power over its gain;
* utilitarian: equal, more for a side that is held at its disagreement utility;
* egalitarian and Kalai-Smorodinsky: any, where the two shares are equal; else only the side
  with the smaller share counts.

The residual is the largest violation, in utility units for conceding an issue from one end to
the other. For concave gains it certifies a global maximum; otherwise a local one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

import numpy as np

from negotiation.theory.frontier import Floats
from negotiation.theory.solution import Pair

Floors = tuple[float | None, float | None]
STARTS = 12
SLACK = 1e-7
AT_BOUND = 1e-9  # of an issue's range
EQUAL = 1e-6  # relative difference below which two shares are held equal


class Problem(Protocol):
    """Gains of both sides as functions of a package within [0, reach]."""

    @property
    def reach(self) -> Floats | float:
        """How far each issue can be conceded."""

    def gains(self, z: Floats) -> Floats:
        """Return both sides' gains over disagreement."""

    def slopes(self, z: Floats) -> Floats:
        """Return their derivatives, shape (2, K)."""


def violation(problem: Problem, z: Floats, weight: float) -> float:
    """Return the largest first-order gain from moving one issue, with ``weight`` on China."""
    slope = np.array([1.0 - weight, weight]) @ problem.slopes(z)
    reach = np.broadcast_to(np.asarray(problem.reach, float), np.shape(slope))
    edge = AT_BOUND * np.maximum(reach, 1e-300)
    down = np.where(z > edge, np.maximum(-slope, 0.0), 0.0)
    up = np.where(z < reach - edge, np.maximum(slope, 0.0), 0.0)
    return float((np.maximum(down, up) * reach).max(initial=0.0))


def least_violation(problem: Problem, z: Floats, low: float = 0.0, high: float = 1.0) -> float:
    """Return the violation at the best weight in [low, high]; it is convex in the weight."""
    from scipy.optimize import minimize_scalar

    ends = min(violation(problem, z, low), violation(problem, z, high))
    found = minimize_scalar(
        lambda w: violation(problem, z, w), method="bounded", bounds=(low, high),
        options={"xatol": 1e-13, "maxiter": 200},
    )  # fmt: skip
    return min(ends, float(found.fun))


def certificate(
    problem: Problem, name: str, z: Floats, weights: Pair = (0.5, 0.5), scale: Pair = (1.0, 1.0)
) -> float:
    """Return the residual of the conditions that make ``z`` the named solution.

    Parameters
    ----------
    problem : Problem
        Gains and slopes.
    name : str
        ``"Nash"``, ``"Kalai-Smorodinsky"``, ``"egalitarian"`` or ``"utilitarian"``.
    z : ndarray, shape (K,)
        The package.
    weights : tuple of float
        Bargaining power, for Nash.
    scale : tuple of float
        What gains are divided by: the ideal gains for Kalai-Smorodinsky, else ones.

    Examples
    --------
    >>> from negotiation.theory.package_bargaining import Packages
    >>> pie = Packages([[-1.0], [1.0]], [[0.0], [0.0]], fixed=(1.0, 0.0))
    >>> certificate(pie, "Nash", np.array([0.5]))
    0.0
    >>> round(certificate(pie, "Nash", np.array([0.6])), 3)
    0.2
    """
    gains = np.maximum(problem.gains(z), 0.0)
    held = gains <= EQUAL * max(float(gains.max()), 1e-300)
    if name == "Nash":
        if held.any():  # a side that gains nothing: any weights, the product is zero
            return least_violation(problem, z)
        pull = np.array(weights) / gains
        return violation(problem, z, float(pull[1] / pull.sum()))
    if name == "utilitarian":
        return least_violation(problem, z, 0.5 if not held[0] else 0.0, 0.5 if not held[1] else 1.0)
    shares = gains / np.array(scale)
    if abs(shares[0] - shares[1]) <= EQUAL * max(float(shares.max()), 1e-300):
        return least_violation(problem, z)
    return violation(problem, z, float(shares[1] < shares[0]))


class Searched(Problem, Protocol):
    """A problem that can be searched: it says where to start, and what is the most to be had."""

    @property
    def ideal(self) -> Pair:
        """The most that each side can gain while the other does not lose."""

    def efficient(self, weight: float) -> Floats:
        """Return a package that is good with ``weight`` on China."""


class InUnits:
    """A problem with each side's gains in units of their span, or both in units of the larger.

    A search that stops when steps are small then ends at the same package in dollars as in
    billions.
    """

    def __init__(self, problem: Searched, *, comparable: bool) -> None:
        self.problem, self.reach = problem, np.asarray(problem.reach)
        spans = np.ptp([problem.gains(z) for z in starts(problem)], axis=0)
        whole = float(spans.max()) or 1.0
        self.units = np.full(2, whole) if comparable else np.where(spans > 0.0, spans, whole)

    def gains(self, z: Floats) -> Floats:
        """Return both sides' gains over disagreement."""
        return np.asarray(self.problem.gains(z) / self.units)

    def slopes(self, z: Floats) -> Floats:
        """Return their derivatives, shape (2, K)."""
        return np.asarray(self.problem.slopes(z) / self.units[:, None])

    def efficient(self, weight: float) -> Floats:
        """Return a package that is good with ``weight`` on China."""
        us, china = (1.0 - weight) / self.units[0], weight / self.units[1]
        return self.problem.efficient(float(china / (us + china)))

    @property
    def ideal(self) -> Pair:
        """The most that each side can gain while the other does not lose."""
        return most(self, 0), most(self, 1)


def starts(problem: Searched) -> list[Floats]:
    """Return packages to start from: both ends, efficient ones, and fixed random ones."""
    reach = np.asarray(problem.reach)
    draws = np.random.default_rng(0).random((STARTS, len(reach)))
    efficient = [problem.efficient(w) for w in (0.0, 0.25, 0.5, 0.75, 1.0)]
    return [np.zeros_like(reach), reach.copy(), *efficient, *(draws * reach)]


def best_package(
    problem: Searched,
    objective: Callable[[Floats], float],
    slope: Callable[[Floats], Floats],
    floors: Floors = (0.0, 0.0),
    begin: Iterable[Floats] | None = None,
) -> Floats | None:
    """Return the package that maximises a function of both gains, None if none meets the floors.

    Parameters
    ----------
    problem : Searched
        What is bargained over.
    objective, slope : callable
        A function of the gains (2,) and its gradient (2,).
    floors : pair of float or None
        Least gain of either side.
    begin : iterable of ndarray, optional
        Where to start; `starts` by default.
    """
    from scipy.optimize import minimize

    reach = np.asarray(problem.reach)
    limits: list[Any] = [
        {
            "type": "ineq",
            "fun": lambda z, i=i, f=f: problem.gains(z)[i] - f,
            "jac": lambda z, i=i: problem.slopes(z)[i],
        }
        for i, f in enumerate(floors)
        if f is not None
    ]
    best, value = None, -np.inf
    for start in starts(problem) if begin is None else begin:
        found = minimize(
            lambda z: -objective(problem.gains(z)), start, method="SLSQP",
            jac=lambda z: -(slope(problem.gains(z)) @ problem.slopes(z)),
            bounds=[(0.0, float(r)) for r in reach], constraints=limits,
            options={"ftol": 1e-13, "maxiter": 300},
        )  # fmt: skip
        z = np.clip(found.x, 0.0, reach)
        gains = problem.gains(z)
        if any(f is not None and g < f - SLACK for g, f in zip(gains, floors, strict=True)):
            continue
        if objective(gains) > value:
            best, value = z, objective(gains)
    return best


def largest_smaller_share(problem: Searched, scale: Floats) -> Floats:
    """Return the package whose smaller gain, each divided by ``scale``, is largest.

    Maximises t subject to ``gain_i / scale_i >= t``, which is smooth.
    """
    from scipy.optimize import minimize

    reach = np.asarray(problem.reach)
    best, value = np.zeros_like(reach), float((problem.gains(np.zeros_like(reach)) / scale).min())
    for start in starts(problem):
        first = np.append(start, (problem.gains(start) / scale).min())
        found = minimize(
            lambda v: -v[-1], first, method="SLSQP",
            jac=lambda v: np.append(np.zeros(len(v) - 1), -1.0),
            bounds=[*((0.0, float(r)) for r in reach), (None, None)],
            constraints=[{
                "type": "ineq",
                "fun": lambda v: problem.gains(v[:-1]) / scale - v[-1],
                "jac": lambda v: np.column_stack(
                    [problem.slopes(v[:-1]) / scale[:, None], -np.ones(2)]
                ),
            }],
            options={"ftol": 1e-13, "maxiter": 300},
        )  # fmt: skip
        z = np.clip(found.x[:-1], 0.0, reach)
        least = float((problem.gains(z) / scale).min())
        if least > value:
            best, value = z, least
    return best


def most(problem: Searched, side: int, floors: Floors = (0.0, 0.0)) -> float:
    """Return the most that ``side`` can gain, 0 where the floors cannot be met."""
    z = favourite(problem, side, floors)
    return 0.0 if z is None else max(float(problem.gains(z)[side]), 0.0)


def favourite(problem: Searched, side: int, floors: Floors) -> Floats | None:
    """Return the package that ``side`` likes best among those that meet the floors."""
    unit = np.eye(2)[side]
    return best_package(problem, lambda g: float(g[side]), lambda _: unit, floors)


def search(
    problem: Searched, name: str, weights: tuple[float, float] = (0.5, 0.5)
) -> Floats | None:
    """Return the package of the named solution, None where no package is acceptable to both."""
    even = np.ones(2)
    fair = largest_smaller_share(problem, even)
    if problem.gains(fair).min() < 0.0:
        return None
    if name == "egalitarian":
        return fair
    if name == "Kalai-Smorodinsky":
        ideal = np.array(problem.ideal)
        return largest_smaller_share(problem, np.maximum(ideal, 1e-9 * max(ideal.max(), 1e-300)))
    begin = [fair, *starts(problem)]
    if name == "utilitarian":
        return best_package(problem, lambda g: float(g.sum()), lambda g: even, begin=begin)
    tiny = 1e-9 * max(float(problem.gains(fair).sum()), 1e-30)  # nothing to gain: no overflow
    share = np.array(weights)
    return best_package(
        problem,
        lambda g: float(share @ np.log(np.maximum(g, tiny))),
        lambda g: np.where(g > tiny, share / np.maximum(g, tiny), 0.0),
        begin=begin,
    )


def efficient_curve(problem: Searched, n: int) -> Floats:
    """Return ``n`` packages, shape (n, K), the best for the US at evenly spaced gains of China."""
    from_us = np.array([1.0, 0.0])
    ends = [z for side in range(2) if (z := favourite(problem, side, (None, None))) is not None]
    levels = np.linspace(problem.gains(ends[0])[1], problem.gains(ends[1])[1], n)[1:-1]
    curve = [ends[0]]
    for level in levels:
        z = best_package(
            problem, lambda g: float(g[0]), lambda g: from_us, floors=(None, float(level)),
            begin=[curve[-1], ends[1], 0.5 * (curve[-1] + ends[1])],
        )  # fmt: skip
        curve.append(curve[-1] if z is None else z)
    return np.array([*curve, ends[1]])

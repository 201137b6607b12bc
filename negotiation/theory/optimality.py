"""How well a point satisfies the first-order conditions of the solution it claims to be.

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

from typing import Protocol

import numpy as np
from scipy.optimize import minimize_scalar

from negotiation.theory.frontier import Floats
from negotiation.theory.solution import Pair

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

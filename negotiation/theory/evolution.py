"""Evolutionary dynamics: strategies that do well spread.

In a population whose members use pure actions with shares x, action i earns ``(A x)_i``
against a random opponent. Under the replicator dynamic (Taylor and Jonker 1978,
doi:10.1016/0025-5564(78)90077-9)

    dx_i/dt = x_i ((A x)_i - x'A x),

under the logit dynamic (Fudenberg and Levine 1998, *The Theory of Learning in Games*, ch. 4)

    dx_i/dt = exp(precision (A x)_i) / sum_j exp(precision (A x)_j) - x_i,

whose rest points are the logit equilibria. With two populations, each plays against the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import ArrayLike, NDArray

from negotiation.door import unlike
from negotiation.errors import InputError, OutOfRange, counted, shortened, whole_number
from negotiation.theory.allowed import bimatrix
from negotiation.theory.best_replies import Dictionary
from negotiation.theory.frontier import Floats
from negotiation.theory.logit_response import softmax

FLAT = 1e-9  # of the fastest growth: a growth below it is none
MOST = 12  # actions: a second or two
MOST_EVALUATIONS = 200_000  # of the derivatives along a trajectory: some seconds


@dataclass(frozen=True, eq=False)
class Trajectory:
    """Shares over time.

    Attributes
    ----------
    times : ndarray, shape (s,)
    shares : ndarray, shape (s, n)
        Shares of the actions; with two populations those of the second follow the first's.
    """

    times: Floats
    shares: Floats


def _game(A: ArrayLike) -> Floats:
    A = np.asarray(A, dtype=float)
    if A.ndim != 2 or A.shape[0] != A.shape[1] or A.size == 0 or not np.isfinite(A).all():
        raise InputError(f"A: shape {A.shape}; allowed: a square matrix of finite numbers.")
    return A


def _shares(x: ArrayLike, n: int) -> Floats:
    x = np.asarray(x, dtype=float)
    if x.shape != (n,) or not (x >= 0.0).all() or abs(x.sum() - 1.0) > 1e-8:
        raise InputError(
            f"shares: {x.tolist()} must be {counted(n, 'number')}, not negative, of sum 1."
        )
    return x


def replicator(A: ArrayLike, x: ArrayLike) -> Floats:
    """Return the time derivative of the shares ``x`` under the replicator dynamic.

    Parameters
    ----------
    A : array_like, shape (n, n)
        ``A[i, j]`` is what action i earns against action j.
    x : array_like, shape (n,)
        Shares of the actions.

    Examples
    --------
    >>> replicator([[3, 2, 3], [4, 1, 1], [2, 3, 1]], [0.5, 0.0, 0.5]).tolist()
    [0.375, 0.0, -0.375]
    """
    A = _game(A)
    x = _shares(x, len(A))
    earned = A @ x
    return np.asarray(x * (earned - x @ earned))


def logit_dynamic(A: ArrayLike, x: ArrayLike, *, precision: float) -> Floats:
    """Return the time derivative of the shares ``x`` under the logit dynamic.

    Examples
    --------
    >>> logit_dynamic([[1, 0], [0, 1]], [0.5, 0.5], precision=2.0).tolist()
    [0.0, 0.0]
    """
    A = _game(A)
    x = _shares(x, len(A))
    if not 0.0 <= precision < np.inf:
        raise OutOfRange("precision", precision, "0 or more, finite")
    return softmax(precision * (A @ x)) - x


def replicators(A: ArrayLike, B: ArrayLike, x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    """Return the derivatives of two populations' shares, rows against columns.

    Examples
    --------
    >>> dx, dy = replicators([[0, -5], [5, -90]], [[0, 5], [-5, -30]], [0.5, 0.5], [0.5, 0.5])
    >>> dx.tolist(), dy.tolist()
    ([10.0, -10.0], [2.5, -2.5])
    """
    A, B = bimatrix(A, B)
    x, y = _shares(x, A.shape[0]), _shares(y, A.shape[1])
    to_x, to_y = A @ y, x @ B
    return np.asarray(x * (to_x - x @ to_x)), np.asarray(y * (to_y - y @ to_y))


def trajectory(
    derivative: Callable[[Floats], Floats], start: ArrayLike, *, until: float, points: int = 201
) -> Trajectory:
    """Follow a dynamic from ``start``.

    Parameters
    ----------
    derivative : callable
        Shares to their time derivative; it sees shares that sum to 1 and are not negative.
    start : array_like, shape (n,)
        Shares at time 0.
    until : float
        Last time.
    points : int
        How many times to report, evenly spaced.

    Returns
    -------
    Trajectory

    Examples
    --------
    >>> hawk_dove = [[-2, 2], [0, 1]]
    >>> path = trajectory(lambda x: replicator(hawk_dove, x), [0.9, 0.1], until=50)
    >>> path.shares[-1].round(6).tolist()
    [0.333333, 0.666667]
    """
    from scipy.integrate import solve_ivp

    first = np.asarray(start, dtype=float)
    _shares(first, first.size)
    if not 0.0 < until < np.inf:
        raise OutOfRange("until", until, "above 0, finite")
    whole_number("points", points, 2, 10**6)
    asked = count()

    def step(t: float, x: Floats) -> Floats:
        if next(asked) > MOST_EVALUATIONS:
            raise InputError(
                f"trajectory: until = {until:g} takes more than {MOST_EVALUATIONS:,} evaluations, "
                f"which reach {t:g}; allowed: an earlier last time, or slower derivatives."
            )
        # the integrator probes points a rounding error outside the simplex
        inside = np.maximum(x, 0.0)
        change = derivative(inside / inside.sum())
        if unlike(NDArray[np.float64], change) or np.shape(change) != first.shape:
            raise InputError(
                f"derivative: returned {shortened(change)}; expected {first.size} finite numbers."
            )
        return np.asarray(change, dtype=float)

    found = solve_ivp(
        step, (0.0, until), first, method="DOP853", rtol=1e-10, atol=1e-12,
        t_eval=np.linspace(0.0, until, points),
    )  # fmt: skip
    if not found.success:
        reached = found.t[-1] if found.t.size else 0.0
        raise InputError(
            f"trajectory: no step is small enough after {reached:g}; derivatives jump."
        )
    shares = np.maximum(found.y.T, 0.0)
    return Trajectory(found.t, shares / shares.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class RestPoint:
    """Shares that the replicator dynamic leaves as they are.

    Attributes
    ----------
    shares : tuple of float
    nash : bool
        Whether no absent action would earn more.
    stable : bool or None
        Whether all small disturbances, absent actions included, die out; None where the
        linearisation does not decide.
    """

    shares: tuple[float, ...]
    nash: bool
    stable: bool | None


def rest_points(A: ArrayLike) -> tuple[RestPoint, ...]:
    """Return the isolated rest points of the replicator dynamic, by number of actions in use.

    Supports on which a whole continuum of shares rests are left out.

    Raises
    ------
    InputError
        With more than 12 actions: there is a support for every set of them.

    Examples
    --------
    >>> for point in rest_points([[-2, 2], [0, 1]]):
    ...     print(tuple(round(s, 4) for s in point.shares), point.nash, point.stable)
    (1.0, 0.0) False False
    (0.0, 1.0) False False
    (0.3333, 0.6667) True True
    """
    A = _game(A)
    n = len(A)
    if n > MOST:
        raise InputError(
            f"A: {n} actions have 2^{n} - 1 supports; allowed: at most {MOST} actions."
        )
    at = Dictionary(A)  # variables: what each action falls short of the best one, then the shares
    found = []
    for k in range(1, 2**n):
        code = k ^ k >> 1  # Gray's: one action comes or goes at a time, which is one exchange
        support = tuple(i for i in range(n) if code >> i & 1)
        absent = [j for j in range(n) if j not in support]
        # no shares at which all of these earn the same, or a continuum of them
        if not at.settle([*support, *(n + j for j in absent)]):
            continue
        shares = at.mixture()
        if shares[list(support)].min() <= 0.0:
            continue
        signs = at.signs()
        if any(signs[n + i] == 0 for i in support):
            continue
        shares[absent] = 0.0
        invaders = [-signs[j] for j in absent]
        top = max([*invaders, _grows(A[np.ix_(support, support)], shares[list(support)])])
        point = RestPoint(
            tuple((shares / shares.sum()).tolist()),
            nash=max(invaders, default=0) <= 0,
            stable=None if top == 0 else top < 0,
        )
        found.append((len(support), support, point))
    return tuple(point for *_, point in sorted(found, key=lambda item: item[:2]))


def _grows(A: Floats, x: Floats) -> int:
    """Return 1 if some disturbance among the actions in use grows, -1 if all die out, else 0."""
    if len(x) == 1:
        return -1
    jacobian = x[:, None] * (A - x @ A)
    # only directions that keep the sum of the shares count
    basis = np.linalg.svd(np.ones((1, len(x))))[2][1:].T
    inside = basis.T @ jacobian @ basis
    top = np.linalg.eigvals(inside).real.max()
    return int(np.sign(top)) * int(abs(top) > FLAT * np.abs(inside).max())

"""Logit quantal response equilibrium of any two-player game, on the branch from indifference.

Players choose better actions more often, with probabilities proportional to
``exp(precision payoff)`` (McKelvey and Palfrey 1995, doi:10.1006/game.1995.1023). At precision
0 everybody mixes evenly; as the precision grows from there, the equilibria trace one path
which leads to a Nash equilibrium, and thereby selects one. The path can turn back in
precision, so it is followed by arclength (Turocy 2005, doi:10.1016/j.geb.2004.04.003): along
the null direction of the Jacobian, then back to the path by least squares. What is returned
is the first point with the precision asked for.

Where the game has a symmetry other branches cross the path. It goes straight on there, so
mirror-image players stay mirror images, by being followed among the points with that symmetry:
wherever the branch starts out with two equal probabilities that stay equal, they are equal all
along it, since it is analytic, and among such points it is as smooth as elsewhere. (Software that
perturbs the path by rounding leaves it there for one of the asymmetric branches.) The determinant
that orients the path keeps its sign along it; where it would flip however short the step, two
branches cross for another reason, and again it goes straight on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from negotiation.errors import OutOfRange
from negotiation.theory.allowed import bimatrix
from negotiation.theory.frontier import Floats

System = Callable[[Floats], tuple[Floats, Floats]]

EARLY = (0.03, 0.07, 0.13)  # precisions, in units in which the iteration in `ties` contracts
SAME = 1e-12
SHORTEST = 1e-7
MANY_STEPS = 20_000


class LogitEquilibrium(NamedTuple):
    """Mixed actions of the row and of the column player."""

    row: Floats
    column: Floats


def softmax(x: Floats) -> Floats:
    """Return probabilities proportional to ``exp(x)``, without overflow.

    Examples
    --------
    >>> softmax(np.array([1000.0, 1000.0])).tolist()
    [0.5, 0.5]
    """
    # the largest exponent is 0, so nothing overflows
    e = np.exp(x - x.max())
    return np.asarray(e / e.sum())


def residual(A: Floats, B: Floats, p: Floats, q: Floats, *, precision: float) -> float:
    """Return the largest difference between (p, q) and the logit responses to it.

    Examples
    --------
    >>> half = np.array([0.5, 0.5])
    >>> residual(np.eye(2), np.eye(2), half, half, precision=3.0)
    0.0
    """
    return float(
        max(
            np.abs(p - softmax(precision * (A @ q))).max(),
            np.abs(q - softmax(precision * (p @ B))).max(),
        )
    )


def _system(A: Floats, B: Floats, x: Floats) -> tuple[Floats, Floats]:
    """Return the residuals and their Jacobian at x = (p, q, precision)."""
    m, n = A.shape
    p, q, precision = x[:m], x[m : m + n], x[-1]
    to_row, to_column = A @ q, p @ B
    f, g = softmax(precision * to_row), softmax(precision * to_column)
    # the derivative of softmax at f is diag(f) - f f'
    spread_f, spread_g = np.diag(f) - np.outer(f, f), np.diag(g) - np.outer(g, g)
    jacobian = np.zeros((m + n, m + n + 1))
    jacobian[:, :-1] = np.eye(m + n)
    jacobian[:m, m : m + n] -= precision * spread_f @ A
    jacobian[m:, :m] -= precision * spread_g @ B.T
    jacobian[:m, -1] = -spread_f @ to_row
    jacobian[m:, -1] = -spread_g @ to_column
    return np.concatenate([p - f, q - g]), jacobian


def _tangent(jacobian: Floats) -> Floats:
    """Return the unit null vector, signed so that it keeps its sense along a path."""
    # the last column of a complete QR is orthogonal to all rows of the Jacobian: the tangent
    q, r = np.linalg.qr(jacobian.T, mode="complete")
    null = q[:, -1]
    # sign of det([J; null]) = sign(det q) prod(diag r), as J' = q r
    sign = np.sign(np.linalg.det(q)) * np.prod(np.sign(np.diag(r)))
    return np.asarray(null if sign >= 0.0 else -null)


def _correct(system: System, x: Floats, reach: float) -> tuple[Floats, Floats] | None:
    """Return the path's point next to ``x`` and the Jacobian there, None if too far away."""
    last = reach
    for step in range(8):
        gap, jacobian = system(x)
        move = np.linalg.lstsq(jacobian, -gap, rcond=None)[0]
        size = float(np.linalg.norm(move))
        x = x + move
        if not size <= last:
            return None
        # corrections shrink quadratically: what is left is of the order of 1e-14
        if size < 1e-9 or (step > 0 and size < 1e-7):
            return (x, jacobian) if x[-1] > 0.0 else None
        last = 0.3 * size if step > 0 else size
    return None


def _finish(system: System, x: Floats, precision: float) -> Floats:
    """Return the equilibrium next to ``x`` at exactly ``precision``."""
    x = x.copy()
    x[-1] = precision
    smallest = np.inf
    for _ in range(30):
        gap, jacobian = system(x)
        size = float(np.abs(gap).max())
        if not size < smallest:
            break
        smallest, best = size, x.copy()
        x[:-1] -= np.linalg.lstsq(jacobian[:, :-1], gap, rcond=None)[0]
    return best


def _across(system: System, path: list[Floats], direction: Floats) -> tuple[Floats, float] | None:
    """Return a point straight on behind a crossing, and the sense of the path there.

    Right at a crossing the tangent is not defined, so the way from further back is tried too.
    """
    x = path[-1]
    ways = [direction]
    # near a crossing the tangent is ill determined; chords to earlier points are not
    for back in (1e-4, 1e-3, 1e-2):
        far = next((p for p in reversed(path) if np.linalg.norm(x - p) >= back), None)
        if far is not None:
            ways.append((x - far) / np.linalg.norm(x - far))
    for h in (1e-6, 1e-5, 1e-4, 1e-3, 1e-2):
        for way in ways:
            found = _correct(system, x + h * way, 0.1 * h)
            if found is not None:
                along = float(_tangent(found[1]) @ way)
                if abs(along) > 0.9999:
                    return found[0], float(np.sign(along))
    return None


def _walk(system: System, start: Floats, end: float, care: float) -> list[Floats] | None:
    """Return points of the path, the last at precision ``end``; None if a step got too short."""
    straight = care * care
    shortest = SHORTEST * straight
    x = start
    direction = _tangent(system(x)[1])
    if direction[-1] < 0.0:  # the sense of the start defines the sense of the path
        direction = -direction
        sense = -1.0
    else:
        sense = 1.0
    path, h = [x], care * min(0.25, end)
    for _ in range(int(MANY_STEPS / care)):
        # probabilities move less as the precision grows, so steps may grow with it
        h = min(h, care * (0.3 + 0.2 * x[-1]))
        if direction[-1] > 1e-3:
            h = min(h, (end - x[-1]) / direction[-1])
        found = _correct(system, x + h * direction, min(0.1 * h, 0.02) + 1e-9)
        if found is not None:
            new, jacobian = found
            turned = sense * _tangent(jacobian)
            cosine = float(direction @ turned)
            beyond = max(x[-1], new[-1]) + h * direction[-1] > end
            passed = cosine >= 1.0 - 0.02 * straight and not (
                direction[-1] > 0.0 > turned[-1] and beyond
            )
        if found is None or not passed:
            if h > shortest:
                h *= 0.5
                continue
            # no step is short enough: two branches cross here, if anything
            across = None if care >= 1.0 else _across(system, path, direction)
            if across is None:
                return None
            new, sense = across
            turned, cosine = sense * _tangent(system(new)[1]), 1.0
        if new[-1] >= end * (1.0 - 1e-9):
            if new[-1] <= end * (1.0 + 1e-9) or h <= shortest:
                return [*path, _finish(system, new, end)]
            # past the end: the secant gives the step that lands on it
            h *= max(0.1, min(0.95, (end - x[-1]) / (new[-1] - x[-1])))
            continue
        x, direction = new, turned
        path.append(x)
        turn = (1.0 - cosine) / straight
        h *= 2.0 if turn < 0.002 else (1.2 if turn < 0.01 else 0.8)
    return None


def branch(system: System, even: Floats, end: float) -> list[Floats] | None:
    """Return points (probabilities, precision) of the branch up to ``end``, None if it is lost.

    Parameters
    ----------
    system : callable
        Residuals (probabilities less the logit responses to them) and their Jacobian at
        (probabilities, precision), in payoff units in which a probability changes by at most about
        1 per unit of precision.
    even : ndarray
        Probabilities at precision 0.
    end : float
        Precision.
    """
    tied = ties(system, even)
    system = among_ties(system, tied)
    start = np.append(tied.T @ even / tied.sum(axis=0), 0.0)
    for care in (1.0, 0.1):
        path = _walk(system, start, end, care)
        if path is not None:
            return [np.append(tied @ y[:-1], y[-1]) for y in path]
    return None


def logit_path(A: ArrayLike, B: ArrayLike, *, precision: float) -> tuple[Floats, Floats, Floats]:
    """Return the branch from precision 0 to where it first reaches ``precision``.

    Parameters
    ----------
    A, B : array_like, shape (m, n)
        Payoffs of the row and of the column player.
    precision : float
        Per payoff unit, not negative.

    Returns
    -------
    precisions : ndarray, shape (s,)
        Along the path; they need not rise.
    rows, columns : ndarray, shape (s, m) and (s, n)
        The mixed actions there.

    Examples
    --------
    >>> precisions, rows, columns = logit_path([[4, 0], [3, 2]], [[4, 3], [0, 2]], precision=1)
    >>> rows[0].tolist(), rows[-1].round(6).tolist()
    ([0.5, 0.5], [0.195846, 0.804154])
    """
    own, other = bimatrix(A, B)
    if not 0.0 <= precision < np.inf:
        raise OutOfRange("precision", precision, "0 or more, finite")
    m, n = own.shape
    # a payoff that is the same whatever a player does changes nothing
    own = own - own.mean(axis=0)
    other = other - other.mean(axis=1, keepdims=True)
    # in this unit a probability changes by at most 1 per unit of precision (softmax has slope 1/4)
    unit = 0.25 * max(float(np.ptp(own, axis=0).max()), float(np.ptp(other, axis=1).max()))
    end = precision * unit
    if end < 1e-12:
        start = np.concatenate([np.full(m, 1.0 / m), np.full(n, 1.0 / n), [0.0]])
        path: list[Floats] | None = [start, np.append(start[:-1], end)]
    else:
        even = np.concatenate([np.full(m, 1.0 / m), np.full(n, 1.0 / n)])
        path = branch(lambda x: _system(own / unit, other / unit, x), even, end)
    if path is None:
        raise ArithmeticError(
            f"quantal response: the branch was lost before precision {precision:g}."
        )
    points = np.array(path)
    scale = unit if unit > 0.0 else 1.0
    precisions = points[:, -1] / scale
    precisions[-1] = precision
    rows, columns = np.maximum(points[:, :m], 0.0), np.maximum(points[:, m : m + n], 0.0)
    return (
        precisions,
        rows / rows.sum(axis=1, keepdims=True),
        columns / columns.sum(axis=1, keepdims=True),
    )


def quantal_response(A: ArrayLike, B: ArrayLike, *, precision: float) -> LogitEquilibrium:
    """Return the logit equilibrium on the branch that starts at precision 0.

    Parameters
    ----------
    A, B : array_like, shape (m, n)
        Payoffs of the row and of the column player.
    precision : float
        Per payoff unit, not negative; 0 is a toss-up, large is nearly a Nash equilibrium.

    Returns
    -------
    LogitEquilibrium
        ``(p, q)``, mixed actions of the row and of the column player.

    Raises
    ------
    InputError
        If the shapes differ, a payoff is not finite or the precision is negative.

    Examples
    --------
    >>> p, q = quantal_response([[3, 0], [5, 1]], [[3, 5], [0, 1]], precision=1.0)
    >>> p.round(6).tolist()
    [0.226751, 0.773249]
    """
    _, rows, columns = logit_path(A, B, precision=precision)
    return LogitEquilibrium(rows[-1], columns[-1])


def ties(system: System, even: Floats) -> Floats:
    """Return which actions stay equally likely, shape (number of actions, k): one column a class.

    Parameters
    ----------
    system : callable
        Residuals and their Jacobian at (probabilities, precision).
    even : ndarray
        Probabilities at precision 0.

    Examples
    --------
    >>> A = np.array([[2.0, 0.0], [0.0, 2.0]])
    >>> ties(lambda x: _system(A, A, x), np.full(4, 0.5)).shape
    (4, 1)
    """
    points = []
    for precision in EARLY:
        x = np.append(even, precision)
        # at so low a precision the responses contract, so iterating them finds the branch's own
        # point
        for _ in range(60):
            x[:-1] -= system(x)[0]
        points.append(x[:-1])
    early = np.array(points).T
    kinds: list[int] = []
    firsts: list[int] = []
    for i, row in enumerate(early):
        known = [k for k, j in enumerate(firsts) if np.abs(row - early[j]).max() < SAME]
        kinds.append(known[0] if known else len(firsts))
        if not known:
            firsts.append(i)
    return np.eye(len(firsts))[kinds]


def among_ties(system: System, tied: Floats) -> System:
    """Return the system restricted to points with those ties, one unknown a class.

    The first ``k`` unknowns are the probabilities of the classes, the last the precision.
    """
    mean = tied.T / tied.sum(axis=0)[:, None]
    k = tied.shape[1]

    def restricted(y: Floats) -> tuple[Floats, Floats]:
        gap, jacobian = system(np.append(tied @ y[:-1], y[-1]))
        inner = np.empty((k, k + 1))
        inner[:, :-1] = mean @ jacobian[:, :-1] @ tied
        inner[:, -1] = mean @ jacobian[:, -1]
        return np.asarray(mean @ gap), inner

    return restricted

"""The Pareto frontier: agreements that nobody can improve without hurting the other side.

An outcome is dominated if another one gives both sides at least as much and one side more.
Sorted by one side's utility, best first, an outcome is on the frontier exactly if nothing
before it gave the other side as much: one sort, one pass (Kung, Luccio and Preparata 1975,
"On finding the maxima of a set of vectors", doi:10.1145/321906.321910).

If the sides may also agree on a lottery over outcomes, the feasible set is the convex hull
and its frontier the chain of hull edges that face north-east.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negotiation.door import MOST
from negotiation.errors import InputError

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


def utilities_of(outcomes: object) -> Floats:
    """Return ``outcomes`` as a finite array of shape (n, 2), or say what is wrong with it."""
    try:
        array = np.asarray(outcomes, dtype=np.float64)
    except (OverflowError, TypeError, ValueError):
        raise InputError("utilities: expected an array of numbers, one row per outcome.") from None
    if array.ndim != 2 or array.shape[1] != 2 or array.shape[0] == 0:
        raise InputError(
            f"utilities: shape {array.shape} is not allowed; allowed: (n, 2) with n >= 1,"
            " a row per outcome, a column per side."
        )
    fits = (abs(array) <= MOST).all(axis=1)
    if not fits.all():
        row = int(np.flatnonzero(~fits)[0])
        raise InputError(f"utilities: row {row} is {array[row].tolist()}; allowed: finite numbers.")
    return array


def point_of(z: object, issues: int) -> Floats:
    """Return a package as an array of one number an issue, or say what is wrong with it."""
    point = np.asarray(z, dtype=np.float64)
    if point.shape != (issues,):
        raise InputError(f"package: shape {point.shape} is not allowed; allowed: ({issues},).")
    return point


def pareto_indices(utilities: object) -> Indices:
    """Return the outcomes on the Pareto frontier, by rising utility of the first side.

    Parameters
    ----------
    utilities : array_like, shape (n, 2)
        Utility of each outcome to the two sides.

    Returns
    -------
    ndarray of int, shape (m,)
        Rows on the frontier, outcomes of equal utilities all included.

    Notes
    -----
    O(n log n).

    Examples
    --------
    >>> pareto_indices([[0, 3], [2, 2], [1, 1], [3, 0], [2, 2]]).tolist()
    [0, 1, 4, 3]
    """
    points = utilities_of(utilities)
    order = np.lexsort((-points[:, 1], -points[:, 0]))
    first, second = points[order, 0], points[order, 1]
    best_before = np.concatenate(([-np.inf], np.maximum.accumulate(second)[:-1]))
    leads = second > best_before
    # the last leader of each run of equal points decides for the points equal to it
    leader = np.maximum.accumulate(np.where(leads, np.arange(len(order)), -1))
    kept = (first == first[leader]) & (second == second[leader])
    index: Indices = order[kept][np.argsort(first[kept], kind="stable")]
    return index


def concave_chain(points: Floats) -> Indices:
    """Return the vertices of the frontier over lotteries, by rising utility of the first side.

    Examples
    --------
    >>> concave_chain(np.array([[0.0, 3.0], [1.0, 1.0], [2.0, 2.0], [3.0, 0.0]])).tolist()
    [0, 2, 3]
    """
    index = pareto_indices(points)
    chain: list[int] = []
    for i in index:
        if chain and (points[i] == points[chain[-1]]).all():
            continue
        while len(chain) > 1:
            a, b, c = points[chain[-2]], points[chain[-1]], points[i]
            # a right turn keeps the chain concave (Andrew 1979); else b lies under the chord
            if (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) < 0.0:
                break
            chain.pop()
        chain.append(int(i))
    return np.array(chain, dtype=np.intp)


def distance_to(points: object, targets: object) -> Floats:
    """Return the Euclidean distance from each point to the nearest of ``targets``.

    Parameters
    ----------
    points : array_like, shape (n, 2)
        Outcomes to measure.
    targets : array_like, shape (m, 2)
        For instance the points of a frontier, or one bargaining solution.

    Returns
    -------
    ndarray, shape (n,)
        In utility units.

    Examples
    --------
    >>> distance_to([[0, 0], [3, 4]], [[3, 4]]).tolist()
    [5.0, 0.0]
    """
    from scipy.spatial import cKDTree

    return np.asarray(cKDTree(utilities_of(targets)).query(utilities_of(points))[0], dtype=float)


def distance_to_chain(points: object, chain: object) -> Floats:
    """Return the Euclidean distance from each point to the line through ``chain``'s vertices.

    Examples
    --------
    >>> distance_to_chain([[0, 0]], [[0, 2], [2, 0]]).round(6).tolist()
    [1.414214]
    """
    p, v = utilities_of(points), utilities_of(chain)
    nearest = np.hypot(*(p - v[0]).T)
    for a, b in zip(v[:-1], v[1:], strict=True):
        along = np.clip((p - a) @ (b - a) / ((b - a) @ (b - a)), 0.0, 1.0)
        nearest = np.minimum(nearest, np.hypot(*(p - a - along[:, None] * (b - a)).T))
    return np.asarray(nearest)

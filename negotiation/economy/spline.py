"""Uniform cubic B-splines: a smooth curve through a table, four numbers at a time.

On an evenly spaced axis the curve between two nodes is a weighted sum of four neighbouring
coefficients, and the weights depend only on where between the nodes one stands. The
coefficients are chosen once so that the curve meets every node of the table; n nodes need
n + 2 coefficients, the two spare ones being fixed by asking that the curve has no kink in
its third derivative at the first and last inner node (the "not-a-knot" end).

References
----------
de Boor (2001), "A Practical Guide to Splines", chapter IV, Springer.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def coefficients(values: Floats, axis: int) -> Floats:
    """Return the spline coefficients along one axis of a table.

    Parameters
    ----------
    values : ndarray
        Table on evenly spaced nodes, at least five along ``axis``.
    axis : int
        The axis to replace: n nodes become n + 2 coefficients.

    Returns
    -------
    ndarray
        The table with coefficients along ``axis``.

    Notes
    -----
    At node k the curve is (c[k] + 4 c[k+1] + c[k+2]) / 6; at either end the fourth
    difference of the coefficients is zero.

    Examples
    --------
    >>> c = coefficients(np.arange(6.0) ** 3, 0)  # a cubic is reproduced exactly
    >>> ((c[:-2] + 4 * c[1:-1] + c[2:]) / 6).round(9)
    array([  0.,   1.,   8.,  27.,  64., 125.])
    """
    n = values.shape[axis]
    system = np.zeros((n + 2, n + 2))
    rows = np.arange(n)
    for offset, weight in enumerate((1.0, 4.0, 1.0)):
        system[rows + 1, rows + offset] = weight / 6.0
    # not-a-knot: the fourth difference of the coefficients is the jump of the third derivative
    system[0, :5] = system[-1, -5:] = (1.0, -4.0, 6.0, -4.0, 1.0)
    moved = np.moveaxis(values, axis, 0)
    known = np.zeros((n + 2, *moved.shape[1:]))
    known[1:-1] = moved
    solved = np.linalg.solve(system, known.reshape(n + 2, -1)).reshape(known.shape)
    return np.ascontiguousarray(np.moveaxis(solved, 0, axis))

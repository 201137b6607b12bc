"""The payoff surface: the trade model solved ahead of the runs and kept as a table.

A simulated negotiation asks for the payoffs of a pair of tariffs about ten times, and a
study plays millions. The equilibrium is therefore solved once on a grid of tariffs and
elasticities, and the runs read a smooth interpolation (`negotiation.economy.interpolate`).
The grid is even in log(1 + t), where payoffs bend most evenly, and has no new tariffs as a
node.

The interpolation is by uniform cubic B-splines, four numbers at a time. Between two nodes it is a
weighted sum of four neighbouring coefficients, and the weights depend only on where between the
nodes one stands. The coefficients are chosen once so that the curve meets every node of the table;
n nodes need n + 2 of them, the two spare ones being fixed by asking that the curve has no kink in
its third derivative at the first and last inner node (the "not-a-knot" end).

References
----------
de Boor (2001), "A Practical Guide to Splines", chapter IV, Springer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from negotiation.seats import SEATS

from ..errors import UnknownName
from .calibration import CN, US, Calibration
from .dyads import dyad
from .long_run import long_run
from .regions import pair
from .short_run import importer_parts
from .surface_cache import recall, remember
from .trade_model import DEFICIT_RULES

Floats = NDArray[np.float64]

BELOW_ZERO = 2  # nodes left of no new tariffs, so that the curve bends freely there
ABOVE_ZERO = 30
HIGHEST = 1.8  # the highest increment; the April peak was 1.45
TARIFF_STEP = float(np.log1p(HIGHEST)) / ABOVE_ZERO
OCTAVE_PARTS = 4  # elasticity nodes per doubling
EPS_POWERS = (-2, 10)  # from 2^(-2/4) = 0.71 to 2^(10/4) = 5.66
SIGMA_POWERS = (-4, 10)  # from 0.5 to 5.66


@dataclass(frozen=True)
class Surface:
    """Payoffs of tariff increments as spline coefficients, all arrays read-only.

    Attributes
    ----------
    deficits : str
        Rule for trade imbalances under which it was solved.
    sides : tuple of str
        Keys of the first and the second side, for instance ``("us", "china")``.
    tariff_nodes : ndarray, (n,)
        Increments, fractions; both sides' axis.
    eps_nodes : ndarray, (E,)
        Trade elasticities of goods in the long run.
    sigma_nodes : ndarray, (K,)
        Elasticities of substitution in the short run.
    axes : ndarray, (6,)
        Origin and step of log(1 + t), of log eps and of log sigma.
    long_run : ndarray, (E + 2, n + 2, n + 2, 6)
        Coefficients over eps, t_US, t_CN of W_US, W_CN, dVA_US, dVA_CN, Rev_US, Rev_CN, where US
        stands for the first side and CN for the second.
    short_run : ndarray, (K + 2, n + 2, 8)
        Coefficients over sigma and the importer's increment of its consumers' gain, revenue,
        home sales and imports; four for the first side, then four for the second.
    """

    deficits: str
    sides: tuple[str, str]
    tariff_nodes: Floats
    eps_nodes: Floats
    sigma_nodes: Floats
    axes: Floats
    long_run: Floats
    short_run: Floats


def tabulate(
    *, deficits: str = "zero", sides: tuple[str, str] = SEATS, use_cache: bool = True
) -> Surface:
    """Solve the trade model on the grid, or read it back from the user's cache.

    Parameters
    ----------
    deficits : {"zero", "share"}
        Rule for trade imbalances.
    sides : tuple of str
        Keys of the two sides, see `negotiation.economy.regions.region`.
    use_cache : bool
        Whether the table may be read from and written to the cache folder: the environment
        variable ``NEGOTIATION_CACHE``, else ``XDG_CACHE_HOME/negotiation``, else
        ``~/.cache/negotiation``. A folder that cannot be written is passed over.

    Returns
    -------
    Surface
        About 1 MB; the first call takes a good third of a second.

    Raises
    ------
    UnknownName
        If there is no such rule or region.
    InputError
        If both sides are the same.

    Examples
    --------
    >>> tabulate().long_run.shape
    (15, 35, 35, 6)
    >>> tabulate(sides=("us", "eu")).sides
    ('us', 'eu')
    """
    if deficits not in DEFICIT_RULES:
        raise UnknownName("deficit rule", deficits, DEFICIT_RULES, "deficits")
    first, second = (region.key for region in pair(*sides))
    return _tabulated(deficits, first, second, use_cache)


@cache
def _tabulated(deficits: str, first: str, second: str, use_cache: bool) -> Surface:
    # even in logarithms: trade answers to the ratio 1 + t, and the curve bends most at low tariffs
    log_t = TARIFF_STEP * np.arange(-BELOW_ZERO, ABOVE_ZERO + 1)
    octave = float(np.log(2.0)) / OCTAVE_PARTS
    log_eps = octave * np.arange(EPS_POWERS[0], EPS_POWERS[1] + 1)
    log_sigma = octave * np.arange(SIGMA_POWERS[0], SIGMA_POWERS[1] + 1)
    axes = np.array([log_t[0], TARIFF_STEP, log_eps[0], octave, log_sigma[0], octave])
    nodes = np.expm1(log_t), np.exp(log_eps), np.exp(log_sigma)
    grid = np.concatenate((axes, [len(part) for part in nodes]))
    which = f"{deficits} {first} {second}"
    tables = recall(which, grid) if use_cache else None
    if tables is None:
        world = dyad(first, second)
        lasting = _long_run_table(world, nodes[0], nodes[1], deficits)
        tables = lasting, _short_run_table(world, nodes[0], nodes[2])
        if use_cache:
            remember(which, grid, *tables)
    lasting, sticky = tables
    for axis in range(3):
        lasting = coefficients(lasting, axis)
    for axis in range(2):
        sticky = coefficients(sticky, axis)
    arrays = (*nodes, axes, lasting, sticky)
    for array in arrays:
        array.flags.writeable = False
    return Surface(deficits, (first, second), *arrays)


def _long_run_table(world: Calibration, tariffs: Floats, eps: Floats, deficits: str) -> Floats:
    t_us, t_cn = np.meshgrid(tariffs, tariffs, indexing="ij")
    sheets = [long_run(world, t_us, t_cn, eps_goods=e, deficits=deficits) for e in eps]
    return np.stack([np.concatenate(sheet, axis=-1) for sheet in sheets])


def _short_run_table(world: Calibration, tariffs: Floats, sigma: Floats) -> Floats:
    before = world.before
    return np.stack(
        [
            np.concatenate(
                [importer_parts(world, k, before[k], before[k] + tariffs, s) for k in (US, CN)],
                axis=-1,
            )
            for s in sigma
        ]
    )


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
    >>> ((c[:-2] + 4 * c[1:-1] + c[2:]) / 6).round(9) + 0.0
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

"""What drives a function of many inputs: Sobol indices, Morris' effects, partial rank correlation.

Each method samples the unit cube, so an input with a distribution enters by its quantile. All come
with intervals, because an index without one may be noise: by bootstrap, and for rank correlations
by Fisher's transformation, as resamples of a few points repeat some and so have ranks of their own.

*Sobol* splits the variance: ``S1`` is the share that an input explains alone, ``ST`` the share that
would go with it, interactions included. *Morris* needs far fewer points: ``mu_star`` is the mean
absolute change of the function per change of an input across its range, ``sigma`` its spread
(interaction or curvature). *PRCC* is the correlation of ranks once the linear effect of the other
inputs' ranks is taken out: sign and strength of a monotone effect.

Sobol indices may be those of groups of inputs, which are then moved together, and may be of second
order: ``S2`` is the share that two of them explain together beyond what each explains alone.

References
----------
Saltelli et al. (2010), doi:10.1016/j.cpc.2009.09.018: the estimators of S1 and ST.
Morris (1991), doi:10.1080/00401706.1991.10484804; Campolongo et al. (2007),
doi:10.1016/j.envsoft.2006.10.004.
Marino et al. (2008), doi:10.1016/j.jtbi.2008.04.011: PRCC on Latin hypercubes.
Bonett and Wright (2000), doi:10.1007/BF02294183: the interval of a rank correlation.
Herman and Usher (2017), SALib, doi:10.21105/joss.00097.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from negotiation.door import checked, unlike
from negotiation.errors import (
    InputError,
    OutOfRange,
    UnknownName,
    WrongKind,
    counted,
    shortened,
    whole_number,
)
from negotiation.estimates import LEVEL, upper, z_of
from negotiation.scenario.problems import no_setting

if TYPE_CHECKING:
    import pyarrow as pa

Function = Callable[[np.ndarray], np.ndarray]

METHODS = ("sobol", "morris", "prcc")
MEASURES = {"sobol": ("S1", "ST"), "morris": ("mu_star", "sigma", "mu"), "prcc": ("prcc",)}
RESAMPLES = 500
NOTHING = 1e-9  # of the length of ranks: less is what rounding leaves of them
TRAJECTORY_LEVELS = 8


class Pair(NamedTuple):
    """What two inputs (or groups) do together beyond what each does alone: ``S2``."""

    first: str
    second: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Indices:
    """Indices of every input.

    Attributes
    ----------
    method : str
    factors : tuple of str
        The inputs, or the groups of them.
    value, low, high : dict of str to ndarray, shape (D,)
        By measure: S1 and ST; mu_star, sigma and mu; or prcc. Without interval: NaN ends.
    evaluations : int
        Points at which the function was evaluated.
    mean, variance : float
        Of the function over the points.
    pairs : tuple of Pair
        The largest first; empty unless asked for.
    groups : dict of str to tuple of str
        The inputs of each group; empty unless there are groups.
    """

    method: str
    factors: tuple[str, ...]
    value: dict[str, np.ndarray]
    low: dict[str, np.ndarray]
    high: dict[str, np.ndarray]
    evaluations: int
    mean: float
    variance: float
    pairs: tuple[Pair, ...] = ()
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def order(self) -> np.ndarray:
        """Inputs by the size of the method's main measure, the largest first."""
        main = {"sobol": "ST", "morris": "mu_star", "prcc": "prcc"}[self.method]
        return np.argsort(-np.abs(self.value[main]), kind="stable")

    def to_arrow(self) -> pa.Table:
        """Return one row per input and measure, the most important input first.

        Then one per pair, if there are pairs: a column ``with`` names the second of them.
        """
        import pyarrow as pa

        ends = ("value", "low", "high")
        rows: list[dict[str, Any]] = [
            {"factor": self.factors[j], "measure": m}
            | {name: float(getattr(self, name)[m][j]) for name in ends}
            for j in self.order
            for m in MEASURES[self.method]
        ]
        if self.pairs:
            rows = [{"factor": row["factor"], "with": None, **row} for row in rows]
            rows += [
                {"factor": pair.first, "with": pair.second, "measure": "S2"}
                | {name: getattr(pair, name) for name in ends}
                for pair in self.pairs
            ]
        return pa.Table.from_pylist(rows)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, NaN as None."""
        rows = self.to_arrow().to_pylist()
        for row in rows:
            row.update({k: None if row[k] != row[k] else row[k] for k in ("value", "low", "high")})
        return {
            "method": self.method, "evaluations": self.evaluations,
            "mean": self.mean, "variance": self.variance, "factors": rows,
        } | ({"groups": self.groups} if self.groups else {})  # fmt: skip


@checked
def indices(
    function: Function,
    factors: Sequence[str],
    *,
    method: str = "sobol",
    samples: int = 1024,
    seed: int = 0,
    level: float = LEVEL,
    groups: Mapping[str, Sequence[str]] | None = None,
    pairs: bool = False,
) -> Indices:
    """Estimate what drives a function on the unit cube.

    Parameters
    ----------
    function : callable
        Takes points, shape (N, D), and returns values, shape (N,).
    factors : sequence of str
        Names of the D inputs.
    method : str
        ``"sobol"``: N = samples (D + 2) evaluations, with pairs samples (2 D + 2), samples a power
        of two; ``"morris"``: samples (D + 1); ``"prcc"``: samples.
    samples : int
    seed : int
        Of the points and the bootstrap.
    level : float
        Confidence level of the intervals.
    groups : mapping of str to sequence of str, optional
        Inputs that are moved together, by the name of their group; D is then the number of groups
        and of inputs in none. Sobol indices only.
    pairs : bool
        Whether to estimate the indices of second order. Sobol indices only.

    Raises
    ------
    InputError
        If the method does not exist, there are too few samples, or the function is constant (for
        Sobol indices: in the two samples that all others are made of).

    Examples
    --------
    >>> found = indices(lambda u: u[:, 0] + 0.1 * u[:, 1], ["a", "b"], samples=256)
    >>> [found.factors[j] for j in found.order], bool(found.value["S1"][0] > 0.95)
    (['a', 'b'], True)
    """
    sound(method, factors, samples, seed=seed, grouped=bool(groups) or pairs)
    upper(level)
    problem: dict[str, Any] = {
        "num_vars": len(factors), "names": list(factors), "bounds": [[0.0, 1.0]] * len(factors),
    }  # fmt: skip
    moved = group_of(factors, groups or {})
    if groups:
        problem["groups"] = moved
    names = tuple(dict.fromkeys(moved))
    points = _points(method, problem, samples, seed, pairs)
    y = function(points)
    if (
        expected := unlike(NDArray[np.float64], y)
        or np.shape(y) != (len(points),)
        and "one number a point"
    ):
        raise WrongKind("indices: what the function returns", y, expected)
    y = np.asarray(y, float)
    if not np.ptp(y) > 0:
        raise InputError("the function is the same at every point, so nothing drives it.")
    about = len(points), float(y.mean()), float(y.var())
    if method == "sobol":
        return _sobol(problem, names, y, seed, level, about, groups or {}, pairs)
    measured = (_morris if method == "morris" else _prcc)(problem, points, y, seed, level)
    return Indices(method, names, *measured, *about)


def sound(
    method: str, factors: Sequence[str], samples: int, *, seed: int = 1, grouped: bool = False
) -> None:
    """Refuse what no indices can be estimated with, before anything is evaluated."""
    if method not in METHODS:
        raise UnknownName("method", method, METHODS)
    if not len(factors):
        raise InputError("factors: there are none; allowed: one or more.")
    if twice := [factor for factor in dict.fromkeys(factors) if list(factors).count(factor) > 1]:
        raise InputError(f"factors: {shortened(twice[0])} is given more than once; allowed: once.")
    whole_number("samples", samples, 4)
    whole_number("seed", seed, 0, 2**32 - 1)
    if method == "sobol" and samples & (samples - 1):
        raise OutOfRange("samples", samples, "a power of two for Sobol indices")
    if method == "prcc" and samples < len(factors) + 4:
        raise OutOfRange(
            "samples", samples, f"at least {len(factors) + 4} for {counted(len(factors), 'factor')}"
        )
    if grouped and method != "sobol":
        raise InputError(f"method {method!r} knows no groups and no pairs; allowed: 'sobol'.")


def group_of(factors: Sequence[str], groups: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the group of each input: itself, if it is in none.

    Examples
    --------
    >>> group_of(["a", "b", "c"], {"both": ["a", "c"]})
    ['both', 'b', 'both']
    """
    found: dict[str, str] = {}
    for name, members in groups.items():
        if name in factors or not members:
            raise InputError(f"group {name!r}: it needs members, and a name that no input has.")
        for member in members:
            if member not in factors:
                raise no_setting(member, factors, f"group {name!r}", "input")
            if found.setdefault(member, name) != name:
                raise InputError(f"{member} is in two groups: {found[member]!r} and {name!r}.")
    return [found.get(factor, factor) for factor in factors]


def points_of(method: str, inputs: int, samples: int, pairs: bool = False) -> int:
    """Return at how many points a function of so many inputs (or groups) is evaluated.

    Examples
    --------
    >>> points_of("sobol", 3, 64), points_of("sobol", 3, 64, pairs=True), points_of("prcc", 3, 64)
    (320, 512, 64)
    """
    each = {"sobol": (1 + pairs) * inputs + 2, "morris": inputs + 1}
    return samples * each.get(method, 1)


def _points(
    method: str, problem: dict[str, Any], samples: int, seed: int, pairs: bool
) -> np.ndarray:
    if method == "sobol":
        from SALib.sample import sobol

        return np.asarray(sobol.sample(problem, samples, calc_second_order=pairs, seed=seed))
    if method == "morris":
        from SALib.sample import morris

        return np.asarray(morris.sample(problem, samples, num_levels=TRAJECTORY_LEVELS, seed=seed))
    from scipy.stats import qmc

    cube = qmc.LatinHypercube(problem["num_vars"], seed=np.random.default_rng(seed))
    return np.asarray(cube.random(samples))


Measured = tuple[dict[str, np.ndarray], dict[str, np.ndarray], dict[str, np.ndarray]]


def _sobol(
    problem: dict[str, Any], names: tuple[str, ...], y: np.ndarray, seed: int, level: float,
    about: tuple[int, float, float], groups: Mapping[str, Sequence[str]], pairs: bool,
) -> Indices:  # fmt: skip
    from SALib.analyze import sobol

    block = points_of("sobol", len(names), 1, pairs)  # A, A with a column of B each, ..., then B
    if not np.ptp([y[::block], y[block - 1 :: block]]) > 0:
        raise InputError(
            f"the function differs too seldom for {len(y) // block} samples: it is the same at all "
            "points of both base samples; take more samples."
        )
    found = sobol.analyze(
        problem, y, calc_second_order=pairs, num_resamples=RESAMPLES, conf_level=level, seed=seed
    )
    value = {m: np.asarray(found[m]) for m in ("S1", "ST")}
    half = {m: np.asarray(found[f"{m}_conf"]) for m in ("S1", "ST")}
    together = [
        Pair(names[i], names[j], s, s - found["S2_conf"][i, j], s + found["S2_conf"][i, j])
        for i in range(len(names))
        for j in range(i + 1, len(names))
        if pairs and np.isfinite(s := float(found["S2"][i, j]))
    ]
    return Indices(
        "sobol", names, value,
        {m: value[m] - half[m] for m in value}, {m: value[m] + half[m] for m in value}, *about,
        pairs=tuple(sorted(together, key=lambda pair: -abs(pair.value))),
        groups={name: tuple(members) for name, members in groups.items()},
    )  # fmt: skip


def _morris(problem: Any, points: np.ndarray, y: np.ndarray, seed: int, level: float) -> Measured:
    from SALib.analyze import morris

    found = morris.analyze(
        problem, points, y, num_resamples=RESAMPLES, conf_level=level,
        num_levels=TRAJECTORY_LEVELS, seed=seed,
    )  # fmt: skip
    value = {m: np.asarray(found[m], float) for m in ("mu_star", "sigma", "mu")}
    nothing = np.full(len(value["mu"]), np.nan)
    half = {**dict.fromkeys(value, nothing), "mu_star": np.asarray(found["mu_star_conf"], float)}
    return value, {m: value[m] - half[m] for m in value}, {m: value[m] + half[m] for m in value}


def _prcc(problem: Any, points: np.ndarray, y: np.ndarray, seed: int, level: float) -> Measured:
    value, low, high = partial_rank_correlation(points, y, level)
    return {"prcc": value}, {"prcc": low}, {"prcc": high}


@checked
def partial_rank_correlation(
    points: NDArray[np.float64], y: NDArray[np.float64], level: float = LEVEL
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the partial rank correlation of ``y`` with every column of ``points``, and its ends.

    Notes
    -----
    The correlation of what is left of the ranks of both after regressions on the ranks of the
    other columns; with one column, Spearman's. It is 0 where the others leave nothing of ``y`` to
    explain, and not a number where they leave nothing of the column. The ends are
    ``tanh(atanh r +- z sqrt((1 + r^2 / 2) / (n - 3 - others)))``; there a perfect correlation is
    taken for one with two neighbouring ranks exchanged, as n points do not prove more.

    Examples
    --------
    >>> u = np.random.default_rng(0).random((200, 2))
    >>> [x.round(2) for x in partial_rank_correlation(u, np.exp(u[:, 0]) - 0.2 * u[:, 1])]
    [array([ 1.  , -0.94]), array([ 1.  , -0.96]), array([ 1.  , -0.92])]
    """
    from scipy.stats import rankdata

    points, y = np.asarray(points), np.asarray(y)
    if points.ndim != 2 or y.shape != points.shape[:1] or len(y) < points.shape[1] + 3:
        raise InputError(
            f"points, y: shapes {points.shape} and {y.shape}; expected rows of inputs, a value of y"
            " for each, and at least three rows more than inputs."
        )
    n, columns = points.shape
    ranks = rankdata(np.column_stack([points, y]), axis=0)
    ranks -= ranks.mean(axis=0)
    value = np.empty(columns)
    quick = _by_inverse(ranks)
    for j in range(columns) if quick is None else ():
        others, both = np.delete(ranks[:, :-1], j, axis=1), ranks[:, [j, -1]]
        left = both - others @ np.linalg.lstsq(others, both, rcond=None)[0]
        own, result = np.linalg.norm(left, axis=0) > NOTHING * n**1.5
        value[j] = 0.0 if own else np.nan
        if own and result:
            value[j] = left[:, 0] @ left[:, 1] / np.prod(np.linalg.norm(left, axis=0))
    value = value if quick is None else quick
    most = 1.0 - 12.0 / (n**3 - n)
    r = np.clip(value, -most, most)
    half = z_of(level) * np.sqrt((1.0 + r * r / 2.0) / (n - 2 - columns))
    return value, np.tanh(np.arctanh(r) - half), np.tanh(np.arctanh(r) + half)


def _by_inverse(ranks: np.ndarray) -> np.ndarray | None:
    """Return the partial correlations of the last column with the others, all in one inverse.

    None where columns go so closely together that the inverse would lose digits.
    """
    size = np.linalg.norm(ranks, axis=0)
    if not size.all():
        return None
    together = (ranks / size).T @ (ranks / size)
    if np.linalg.cond(together) > 1e6:
        return None
    inverse = np.linalg.inv(together)
    scale = np.sqrt(np.diag(inverse))
    return np.asarray(-inverse[:-1, -1] / (scale[:-1] * scale[-1]))

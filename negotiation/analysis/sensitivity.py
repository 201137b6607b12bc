"""What the odds are made of: which uncertain numbers drive an outcome, and how surely.

The function under study gives the odds of an outcome at a point of the uncertain numbers, estimated
from the same few hundred runs at every point (common random numbers) and less what is known to be
luck in them (:mod:`negotiation.analysis.odds_at_points`), so that points differ by their numbers
and not by chance. What is left of chance in the odds is reported as ``noise``, the
share of their variance: it counts as interaction in Sobol's total index, so a total index is read
with it in mind.

Numbers that are not asked about are drawn in every run as ever, like the private types and the
news: they are chance here. One-at-a-time comes first because it is understood first:
:func:`tornado` reads it from a sweep.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from negotiation.analysis.indices import Indices, group_of, indices, points_of
from negotiation.analysis.odds_at_points import OddsAt
from negotiation.door import checked
from negotiation.ensemble import Ensemble
from negotiation.errors import InputError, whole_number
from negotiation.estimates import LEVEL, upper
from negotiation.scenario import Scenario
from negotiation.sweep.design import few_enough
from negotiation.sweep.grids import uncertain_numbers
from negotiation.tally import named
from negotiation.words.own_names import own_name, seat_name

if TYPE_CHECKING:
    import pyarrow as pa

    from negotiation.sweep.results import Results

MOST_RUNS = 10_000_000_000  # of all points together: days
MOST_ENTRIES = 50_000_000  # quantiles, of 8 bytes each, in several copies
SAMPLES = {"sobol": 128, "morris": 64, "prcc": 1024}


@dataclass(frozen=True)
class Sensitivity:
    """What drives the odds of an outcome.

    Attributes
    ----------
    scenario, outcome : str
    indices : Indices
        Over the uncertain numbers, with bootstrap intervals.
    runs : int
        Negotiations played.
    noise : float
        Share of the variance of the odds over the points that is Monte-Carlo noise.
    """

    scenario: str
    outcome: str
    indices: Indices
    runs: int
    noise: float

    def to_arrow(self) -> pa.Table:
        """Return one row per number and measure."""
        return self.indices.to_arrow()

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        about = {
            "scenario": self.scenario,
            "outcome": self.outcome,
            "runs": self.runs,
            "noise": self.noise,
        }
        return {**about, **self.indices.to_dict()}


@checked
def sensitivity(
    scenario: Scenario,
    *,
    outcome: str = "summit_deal",
    method: str = "sobol",
    numbers: Sequence[str] | None = None,
    samples: int | None = None,
    runs_per_point: int = 100,
    seed: int = 1,
    level: float = LEVEL,
    groups: Mapping[str, Sequence[str]] | None = None,
    pairs: bool = False,
    executor: Any = None,
    progress: Callable[[int], Any] | None = None,
) -> Sensitivity:
    """Estimate which uncertain numbers drive the odds of an outcome.

    Parameters
    ----------
    scenario : Scenario
    outcome : str
    method : str
        ``"sobol"``, ``"morris"`` or ``"prcc"``; see :mod:`negotiation.analysis.indices`.
    numbers : sequence of str, optional
        Paths of the uncertain numbers asked about; all of them if not given. To ask about a
        number that is fixed, give it a distribution with ``scenario.replace`` first.
    samples : int, optional
        See :func:`negotiation.analysis.indices.indices`; 128, 64 or 1,024 by method.
    runs_per_point : int
        Runs at every point, the same at each.
    seed : int
        Of the runs, the points and the bootstrap.
    level : float
        Confidence level.
    groups : mapping of str to sequence of str, optional
        Numbers that are moved together, by the name of their group; a ``*`` in a path stands for
        anything, so ``{"US": ["us.*"]}`` are the numbers of the US side.
    pairs : bool
        Whether to ask what two numbers (or groups) do together beyond what each does alone.
    executor : concurrent.futures.Executor, optional
        Where the points are played, for instance a pool of threads.
    progress : callable, optional
        Called with the number of runs of every batch.

    Raises
    ------
    InputError
        If a number is not uncertain, an outcome or method does not exist, or the odds are the
        same at every point.

    Examples
    --------
    >>> pie = Scenario.load("split-the-pie")
    >>> unsure = pie.replace({"us.patience": {"low": 0.5, "high": 0.9, "value": 0.7,
    ...                                       "distribution": "uniform"}})
    >>> sensitivity(unsure, outcome="deal", samples=4)
    Traceback (most recent call last):
    negotiation.errors.InputError: the odds of 'deal' are the same at every point ...
    """
    (outcome,) = named(seat_name(outcome, scenario))
    whole_number("runs_per_point", runs_per_point, 2)
    whole_number("seed", seed, 0, 2**32 - 1)
    upper(level)
    factors = tuple(uncertain_numbers(scenario, numbers))
    samples = SAMPLES.get(method, 128) if samples is None else samples
    whole_number("samples", samples, 1)
    members = matching(groups or {}, factors, scenario)
    moved = len(set(group_of(factors, members)))
    enough(points_of(method, moved, samples, pairs), runs_per_point, len(factors))
    shares: list[np.ndarray] = []
    function = OddsAt(
        Ensemble(scenario), outcome, factors, runs_per_point, seed, executor, progress
    )

    def recorded(points: np.ndarray) -> np.ndarray:
        shares.append(function(points))
        if not np.ptp(shares[0]) > 0:
            asked = own_name(outcome, scenario)
            raise InputError(
                f"the odds of {asked!r} are the same at every point of {scenario.name!r}: "
                f"{shares[0][0]:g}; ask about another outcome."
            )
        return shares[0]

    found = indices(
        recorded, factors, method=method, samples=samples, seed=seed, level=level,
        groups=members, pairs=pairs,
    )  # fmt: skip
    p = shares[0]
    noise = float(np.concatenate(function.variances).mean() / p.var())
    return Sensitivity(scenario.name, outcome, found, len(p) * runs_per_point, min(noise, 1.0))


def matching(
    groups: Mapping[str, Sequence[str]], factors: Sequence[str], scenario: Scenario | None = None
) -> dict[str, tuple[str, ...]]:
    """Return groups with the paths that their members, in which a ``*`` may stand, are meant for.

    A member may name the sides as the scenario does: ``japan.*``.

    Examples
    --------
    >>> matching({"US": ["us.*"]}, ["us.precision", "china.precision"])
    {'US': ('us.precision',)}
    """
    found, own = {}, {path: path for path in factors}
    if scenario is not None:
        own = {scenario.own_path(path): path for path in factors} | own
    for name, members in groups.items():
        paths = [[own[x] for x in fnmatch.filter(own, one)] or [one] for one in members]
        found[name] = tuple(dict.fromkeys(path for some in paths for path in some))
    return found


def enough(points: int, runs: int, numbers: int) -> None:
    """Raise OutOfRange if points would take weeks, or more memory than there is."""
    few_enough(points, numbers, what="points", most=max(1, MOST_RUNS // runs), entries=MOST_ENTRIES)


@checked
def tornado(results: Results, outcome: str = "summit_deal", *, level: float = LEVEL) -> pa.Table:
    """Return what each number does to the odds alone, the largest swing first.

    Parameters
    ----------
    results : Results
        Of a design made by :func:`negotiation.sweep.one_at_a_time`.
    outcome : str
    level : float
        Confidence level of the paired differences.

    Returns
    -------
    pyarrow.Table
        ``factor``, ``value``, ``difference`` to the baseline, ``low``, ``high``, ``swing`` (the
        range of the factor's differences, zero included).

    Raises
    ------
    InputError
        If a cell changes more than one number.
    """
    import pyarrow as pa

    (outcome,) = named(outcome)
    rows = []
    for row in results.differences(outcomes=outcome, level=level).to_pylist():
        changed = [path for path in results.factors if row[path] is not None]
        if len(changed) != 1:
            raise InputError(
                f"cell {row['cell']} changes {len(changed)} numbers; a tornado needs a design "
                "that changes one at a time."
            )
        kept = {k: row[k] for k in ("difference", "low", "high")}
        rows.append({"factor": changed[0], "value": str(row[changed[0]]), **kept})
    swings: dict[str, float] = {}
    for factor in {row["factor"] for row in rows}:
        ends = [0.0, *(r["difference"] for r in rows if r["factor"] == factor)]
        swings[factor] = max(ends) - min(ends)
    ordered = sorted(rows, key=lambda r: (-swings[r["factor"]], r["factor"]))
    return pa.Table.from_pylist([{**row, "swing": swings[row["factor"]]} for row in ordered])

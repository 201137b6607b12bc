"""What a sweep found, cell by cell: odds, both intervals, and the change from the baseline.

A *cell* is one combination of settings. Its odds are compared with those of the *baseline* cell,
which met the same random events, so that the interval shows even a small change.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from negotiation.analysis.odds import ignorance
from negotiation.analysis.odds_result import UNKNOWN, Ends, Odds, assembled
from negotiation.door import checked
from negotiation.ensemble import Ensemble
from negotiation.errors import InputError
from negotiation.estimates import Estimate, share
from negotiation.ignorance import ends_error, over_worlds

if TYPE_CHECKING:
    from pathlib import Path

    from negotiation.scenario import Scenario
    from negotiation.sweep.results import Results


NOTHING_HERE = (
    "no part of the sweep falls to this shard, so there is nothing to show; put the shards "
    "together with negotiation merge, and show the folder that they are merged into."
)


class Change(NamedTuple):
    """Odds less the baseline's, with the 95% interval of pairs and what pairing gained."""

    difference: float
    low: float
    high: float
    gain: float


@dataclass(frozen=True)
class Cell:
    """One combination of settings.

    Attributes
    ----------
    number, runs : int
    settings : dict
        What it changes; settings that are as in the scenario are left out.
    odds : dict of str to Estimate
        By outcome, as in ``tally.OUTCOMES``; empty if the cell failed.
    changes : dict of str to Change
        By outcome; empty for the baseline and where there are no pairs.
    ignorance : dict of str to (float, float)
        The central 95% of the odds over the uncertain numbers; empty where the sweep cannot tell.
    ends_error : dict of str to (float, float)
        Within how much its ends are known.
    shares : dict of str to float
        What share of its runs had the outcome, luck and all.
    """

    number: int
    runs: int
    settings: dict[str, Any]
    odds: dict[str, Estimate] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)
    ignorance: dict[str, Ends] = field(default_factory=dict)
    ends_error: dict[str, Ends] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)


def results_of(folder: Path) -> Results:
    """Return the results of a sweep, of which at least one cell has been played.

    Raises
    ------
    InputError
        If none has, or there is no sweep.
    """
    from negotiation.sweep import manifest
    from negotiation.sweep.results import NOTHING_YET, Results

    results = Results.load(folder)
    if not results.runs.any():
        why = NOTHING_YET
        if len(results.failures):
            why = "there are no odds to show, because every cell failed."
        elif manifest.read(folder)["complete"]:
            why = NOTHING_HERE
        raise InputError(f"{folder}: {why}")
    return results


@checked
def cells_of(results: Results, outcomes: tuple[str, ...] | None = None) -> list[Cell]:
    """Return every cell of a sweep.

    Parameters
    ----------
    results : Results
    outcomes : tuple of str, optional
        Those asked for; all if not given.

    Examples
    --------
    >>> import negotiation as ng
    >>> pie = ng.Scenario.load("split-the-pie")
    >>> results = ng.sweep(ng.sweep.grid(pie, {"us.patience": [0.8]}, replicates=50), seed=1)
    >>> cells_of(results)[0].odds["deal"].p
    1.0
    """
    factors = list(results.factors)
    rows = results.design.select(factors).to_pylist() if factors else [{}] * len(results.runs)
    cells = [
        Cell(number, int(results.runs[number]), {k: v for k, v in row.items() if v is not None})
        for number, row in enumerate(rows)
    ]
    for row in results.odds(outcomes=outcomes).to_pylist():
        if row["n"] > 0:
            estimate = Estimate(row["share"], row["low"], row["high"])
            cells[row["cell"]].odds[row["outcome"]] = estimate
    for row in results.odds(outcomes=outcomes, count=True).to_pylist():
        if row["n"] > 0:
            cells[row["cell"]].shares[row["outcome"]] = row["share"]
    if len(cells) > 1:
        for row in results.differences(outcomes=outcomes).to_pylist():
            if row["n"] == row["n"]:  # not NaN: the cell has pairs
                change = Change(row["difference"], row["low"], row["high"], row["gain"])
                cells[row["cell"]].changes[row["outcome"]] = change
    if results.runs_per_world > 1:
        for row in results.parameter_intervals(outcomes=outcomes).to_pylist():
            if row["low"] == row["low"]:
                cell = cells[row["cell"]]
                cell.ignorance[row["outcome"]] = (row["low"], row["high"])
                cell.ends_error[row["outcome"]] = (row["low_error"], row["high_error"])
    return cells


def scenario_of(results: Results, cell: Cell, scenario: Scenario) -> Scenario:
    """Return the scenario that a cell was played with, lists and tables as they were given.

    Parameters
    ----------
    results : Results
    cell : Cell
    scenario : Scenario
        The sweep's base.
    """
    changes = json.loads(results.design["settings"][cell.number].as_py())
    return scenario.replace(changes) if changes else scenario


def spread_of(cells: list[Cell], seed: int, scenario: Scenario) -> Odds:
    """Return the odds over a whole design that is spread over the uncertain numbers.

    Each cell is a world. Cells meet the same random events, so their odds differ a little less by
    sampling error than is taken off: with 200 runs a cell the wide interval may be some 4% too
    narrow.
    """
    import numpy as np

    m = min(cell.runs for cell in cells)

    shares, over, error = {}, {}, {}
    for name in cells[0].odds:
        hits = np.array([cell.shares[name] for cell in cells]) * m
        sums, runs = [(hits**power).sum() for power in (1, 2, 3)], m * len(cells)
        shares[name] = share(hits.mean(), m)
        _, low, high = over_worlds(sums, runs, m)
        over[name] = float(low), float(high)
        low, high = ends_error(sums, runs, m)
        error[name] = float(low), float(high)
    runs = sum(cell.runs for cell in cells)
    return assembled(scenario, runs, seed, shares, over, error, worlds=len(cells))


def odds_of(results: Results, cell: Cell, scenario: Scenario, *, worlds: int = 0) -> Odds:
    """Return the odds of one cell in the form that ``negotiation odds`` gives them.

    Parameters
    ----------
    results : Results
    cell : Cell
        With all outcomes.
    scenario : Scenario
        The cell's.
    worlds : int
        Draws of the uncertain numbers to play for the wide interval, where the sweep itself
        cannot tell it; 0 leaves it out.
    """
    over, error = cell.ignorance, cell.ends_error
    if over:
        worlds = cell.runs // results.runs_per_world
    elif worlds:
        over, error = ignorance(Ensemble(scenario), seed=results.seed, worlds=worlds)
    over = over or dict.fromkeys(cell.odds, UNKNOWN)
    return assembled(scenario, cell.runs, results.seed, cell.odds, over, error, worlds=worlds)

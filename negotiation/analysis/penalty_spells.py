"""How long penalties last: spells of them in many runs, and how many are still in force when.

A spell begins when a truce lapses into penalties and ends with the crisis meeting that agrees on a
truce. One that is still going on when play stops counts as still in force for as long as it has
been seen, no longer: the estimate of Kaplan and Meier (1958, doi:10.2307/2281868) with the
interval of Greenwood on the scale of log(-log S).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from negotiation.door import checked
from negotiation.errors import InputError
from negotiation.estimates import Estimate, z_of
from negotiation.scenario import Scenario

LONGEST = 730.0  # days: what the dispute is solved for


@dataclass(frozen=True)
class Spells:
    """Spells of penalties.

    Attributes
    ----------
    runs : int
        In which they were looked for.
    days : ndarray
        How long each lasted, or was seen to last.
    ended : ndarray of bool
        Whether it ended; otherwise play stopped.
    of_run : ndarray of int
        The run that it was seen in, counted from 0.
    """

    runs: int
    days: np.ndarray
    ended: np.ndarray
    of_run: np.ndarray


@dataclass(frozen=True)
class Survival:
    """The share of penalties still in force, which falls at ``days``.

    Attributes
    ----------
    days : ndarray
        On which spells ended, in order; the first is 0.
    in_force, low, high : ndarray
        The share from that day on, with its 95% interval.
    last : float
        Longest time that a spell was seen: nothing is known beyond.
    """

    days: np.ndarray
    in_force: np.ndarray
    low: np.ndarray
    high: np.ndarray
    last: float

    def at(self, day: float) -> Estimate | None:
        """Return the share still in force after so many days; None where nothing is known."""
        if day > self.last:
            return None
        k = int(np.searchsorted(self.days, day, side="right")) - 1
        return Estimate(float(self.in_force[k]), float(self.low[k]), float(self.high[k]))


@checked
def penalty_spells(
    scenario: Scenario,
    *,
    runs: int = 4_000,
    seed: int = 1,
    runs_per_world: int = 1,
    beyond_horizon: bool = True,
) -> Spells:
    """Return all spells of penalties in many runs.

    Parameters
    ----------
    scenario : Scenario
    runs, seed, runs_per_world : int
        Which runs: those of an ensemble.
    beyond_horizon : bool
        Whether penalties that come into force before the horizon are played on until they end, for
        two years at most; otherwise each is cut off at the horizon.

    Examples
    --------
    >>> penalty_spells(Scenario.load("split-the-pie"), runs=10).days.size
    0
    """
    from negotiation.sweep.tick_by_tick import ticks

    days: list[np.ndarray] = []
    ended: list[np.ndarray] = []
    of_run: list[np.ndarray] = []
    beyond = LONGEST if beyond_horizon else 0.0
    for rows in ticks(scenario, runs=runs, seed=seed, runs_per_world=runs_per_world, beyond=beyond):
        for kept, part in zip((days, ended, of_run), spells_in(rows), strict=True):
            kept.append(part)
    return Spells(runs, *map(np.concatenate, (days, ended, of_run)))


def spells_in(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the spells in some rows of ``TICK``: their days, whether they ended, of which run."""
    under = np.flatnonzero(rows["penalties"])
    # the last row of a spell: the next one is of a truce, or of another run
    run, since = rows["run"], rows["since"]
    follows = np.minimum(under + 1, len(rows) - 1)
    goes_on = (run[follows] == run[under]) & (rows["penalties"][follows] > 0) & (follows > under)
    last, after = under[~goes_on], follows[~goes_on]
    # penalties end with the meeting on the first day of the tick behind their last row
    days = rows["day"][last] - since[last]
    return days, (run[after] == run[last]) & (after > last), run[last]


def still_in_force(days: Any, ended: Any) -> Survival:
    """Return how many of some spells are still in force when.

    Parameters
    ----------
    days : array_like
        How long each was seen.
    ended : array_like of bool

    Examples
    --------
    Of four the first ends on day 10; the second is seen for 20 days; the others end on day 30:

    >>> found = still_in_force([10, 20, 30, 30], [True, False, True, True])
    >>> found.at(9).p, found.at(10).p, found.at(30).p, found.at(31)
    (1.0, 0.75, 0.0, None)
    """
    seen, over = np.asarray(days, float), np.asarray(ended, bool)
    if seen.size == 0:
        raise InputError("still_in_force: there are no spells; allowed: one or more.")
    times = np.array([0.0, *sorted(set(seen[over].tolist()))])
    left, spread = 1.0, 0.0
    rows = [(1.0, 1.0, 1.0)]
    for time in times[1:]:
        at_risk, ends = int((seen >= time).sum()), int((over & (seen == time)).sum())
        left *= 1.0 - ends / at_risk
        spread += ends / (at_risk * (at_risk - ends)) if at_risk > ends else 0.0
        rows.append((left, *around(left, spread)))
    in_force, low, high = np.array(rows).T
    return Survival(times, in_force, low, high, float(seen.max()))


def around(left: float, spread: float) -> tuple[float, float]:
    """Return the interval of a share, from Greenwood's sum.

    Examples
    --------
    >>> [round(end, 3) for end in around(0.5, 0.01)], around(0.0, 0.5)
    ([0.399, 0.593], (0.0, 0.0))
    """
    if left in (0.0, 1.0):
        return left, left
    half = z_of() * math.sqrt(spread) / abs(math.log(left))
    return left ** math.exp(half), left ** math.exp(-half)

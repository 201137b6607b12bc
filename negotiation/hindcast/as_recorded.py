"""The chances of what a record would say of a scenario's decision: one rule for rows and scenarios.

A decision row is made into a scenario with a table of draws beside it
(:mod:`negotiation.hindcast.scenario_file`), and every line of that table is played. What comes of
a run a week after the decision is one of the model's kinds; the table ``[record]`` of the scenario
says how these are told, and with what chance something outside the model decides. So a forecast of
a row and the odds of the scenario made of it are one computation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from negotiation.ensemble import UNKEPT, play_range
from negotiation.errors import InputError, whole_number
from negotiation.estimates import LEVEL, effective_size
from negotiation.hindcast import disputes
from negotiation.hindcast import posterior as post
from negotiation.hindcast.by_code import ends, named
from negotiation.hindcast.playing import PER_WORLD
from negotiation.hindcast.situation import AFTER_DAYS
from negotiation.outcome import ROW, STATE_OF_REGIME
from negotiation.payoffs.world import to_world
from negotiation.scenario import Quantity, Scenario
from negotiation.scenario.joint_draws import KEY
from negotiation.scenario.recorded import OUTCOMES, Recorded
from negotiation.table import Table

RUNS = 100  # of each line of the table of draws
MOST_RUNS = 10**6  # of each: a row of every run is kept until its line is counted
FIVE = OUTCOMES


class RecordOdds(NamedTuple):
    """The chances of the outcomes of a record.

    Attributes
    ----------
    probabilities, low, high, base_rates : ndarray, shape (outcomes,)
        With the central 95% over what was learned.
    names : tuple of str
    runs, lines : int
        Runs in all, and lines of the table of draws.
    effective : float
        How many equally likely lines the lines are worth.
    """

    names: tuple[str, ...]
    probabilities: np.ndarray
    low: np.ndarray
    high: np.ndarray
    base_rates: np.ndarray
    runs: int
    lines: int
    effective: float

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, rounded to four digits."""
        return {
            "probabilities": named(self.probabilities, self.names),
            "intervals": ends(self.low, self.high, self.names),
            "base_rates": named(self.base_rates, self.names),
            "runs": self.runs,
            "level": LEVEL,
            "effective_draws": round(self.effective, 1),
        }


def decision_only(scenario: Scenario) -> Scenario:
    """Return a scenario that ends a week after its first deadline, when the decision is told.

    Examples
    --------
    >>> decision_only(Scenario.load("stockholm-2025")).calendar.horizon.isoformat()
    '2025-08-19'
    """
    calendar = scenario.calendar
    if calendar.truce_expires is None:
        return scenario
    end = calendar.truce_expires + dt.timedelta(AFTER_DAYS)
    if calendar.horizon <= end:
        return scenario
    changes: dict[str, Any] = {"calendar.horizon": end}
    if calendar.summit_to is not None and calendar.summit_to > end:
        changes |= {"calendar.summit_from": None, "calendar.summit_to": None}
    return scenario.replace(changes)


def as_recorded(
    scenario: Scenario,
    *,
    seed: int = 1,
    runs: int = RUNS,
    workers: int = 1,
    progress: Callable[[int], Any] | None = None,
) -> RecordOdds:
    """Return the chances of what a record would say of a scenario's first decision.

    Parameters
    ----------
    scenario : Scenario
        With a table ``record``.
    seed : int
    runs : int
        Of each line of its table of draws; of the central values if it has none.
    workers : int
        Threads; they change nothing.

    Raises
    ------
    InputError
        If the scenario has no ``record``, or one that cannot be read; or of a number of runs
        or workers out of range.

    Examples
    --------
    >>> found = as_recorded(Scenario.load("japan-2025"), runs=2)
    >>> round(float(found.probabilities.sum()), 6), found.names[0]
    (1.0, 'penalty_in_full')
    """
    from concurrent.futures import ThreadPoolExecutor

    whole_number("runs", runs, 1, MOST_RUNS)
    whole_number("workers", workers, 1)
    if scenario.record is None:
        raise InputError("the scenario has no table [record]; see docs/reference/scenario-file.md.")
    scenario = decision_only(scenario)
    record = scenario.record
    assert record is not None
    together, told, weight = table_of_draws(scenario, record)
    values = np.array([q.values for q in together.values()]).reshape(-1, len(weight)).T
    opened = to_world(scenario)
    place = dict(zip(opened.paths, opened.uncertain.tolist(), strict=True))
    positions = [place[path] for path in together]
    fixed = scenario.replace({path: q.value for path, q in together.items()})
    table = Table(fixed)

    def one(k: int) -> np.ndarray:
        numbers = table.world.central.copy()
        numbers[positions] = values[k]
        rows = np.zeros(runs, ROW)
        records = table.records(numbers)
        play_range(records, STATE_OF_REGIME, seed, k * runs, runs, PER_WORLD, rows, UNKEPT)
        return disputes.categories(rows)

    kinds = []
    with ThreadPoolExecutor(workers) as pool:
        for part in pool.map(one, range(len(weight))):
            kinds.append(part)
            if progress is not None:
                progress(runs)
    outside, deal, idle = (each(q, len(weight)) for q in told.values())
    kind = np.eye(len(disputes.KINDS))
    partial = scenario.escalation.partial.value
    each_kind = [disputes.five(np.tile(x, (len(weight), 1)), deal, idle, partial) for x in kind]
    chance = np.stack(each_kind, axis=1)  # of each line: with what chance a kind is told as a code
    shares, *moments = (np.einsum("lk,lkc->lc", np.array(kinds), chance**n) for n in (1, 2, 3))
    rates = np.array([record.base_rates[name] for name in FIVE])
    if len(weight) > 1:
        how = tuple(moments)
        mean, low, high = post.spread(shares, outside, rates, weight, runs, how)
    else:  # of one draw no spread is known
        mean = ((1.0 - outside[:, None]) * shares + outside[:, None] * rates)[0]
        low = high = mean
    # two runs of a draw tell no spread within it, and few may tell a wrong one
    low = np.minimum(np.nan_to_num(low, nan=0.0), mean)
    high = np.maximum(np.nan_to_num(high, nan=1.0), mean)
    every = np.column_stack([values, outside, deal, idle])
    _, same = np.unique(every, axis=0, return_inverse=True)  # a line may stand there several times
    effective = effective_size(np.bincount(same.ravel(), weights=weight))
    return RecordOdds(FIVE, mean, low, high, rates, runs * len(weight), len(weight), effective)


def table_of_draws(
    scenario: Scenario, record: Recorded
) -> tuple[dict[str, Quantity], dict[str, Quantity], np.ndarray]:
    """Return the game's numbers that are drawn together, those of the record, and the weights.

    The weights are of the lines of the table, shape (lines,); a single one if there is none.

    Raises
    ------
    InputError
        If numbers that are drawn together have different weights.
    """
    together = {path: q for path, q in scenario.numbers() if q.distribution == KEY}
    told = {name: getattr(record, name) for name in ("outside", "told_as_deal", "idle")}
    drawn = [q for q in (*together.values(), *told.values()) if q.distribution == KEY]
    shapes = {q.shape for q in drawn}
    if len(shapes) > 1:
        raise InputError(
            "record: numbers that are drawn together have different weights; "
            "state them in one table of draws."
        )
    return together, told, np.array(shapes.pop()) if shapes else np.ones(1)


def each(quantity: Quantity, lines: int) -> np.ndarray:
    """Return a number at every line of the table of draws, shape (lines,)."""
    if quantity.distribution == KEY:
        return np.array(quantity.values)
    return np.full(lines, quantity.value)

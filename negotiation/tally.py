"""What is counted over many runs: whole numbers only, so that sums do not depend on their order.

Runs are grouped in *worlds* of ``runs_per_world`` runs that share the uncertain numbers (one run
each unless asked otherwise). With k hits of an outcome in a world, and b hits in the same world of
a baseline scenario, six sums over worlds are enough for the odds, their interval, how the odds
differ between worlds, and the paired difference to the baseline: k, k^2, k^3, k b, b and b^2.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from negotiation.compiling import compiled
from negotiation.outcome import AT_HORIZON, EVENTS
from negotiation.records import Array
from negotiation.scenario import MAX_ISSUES

OUTCOMES = (*EVENTS, *(f"at_horizon.{state}" for state in AT_HORIZON))
QUANTITIES = ("yearly_gain.us", "yearly_gain.china", "account.us", "account.china")
DEALS = 2  # the first states at the horizon in which a deal is in force
STEP = 0.01  # amounts are summed in units of $10 million
MICRO = 1e6  # concessions are summed in millionths

_EVENTS, _OUTCOMES = len(EVENTS), len(OUTCOMES)


@dataclass(frozen=True)
class Tally:
    """Sums over a range of runs of a scenario, or, with one more axis in front, of many scenarios.

    Attributes
    ----------
    runs : int
    paired : int
        Runs that could be compared with the baseline.
    unsettled : int
        Runs in which a search of the solvers did not settle.
    hits, squares, cubes, cross, base_hits, base_squares : ndarray of int64, shape (outcomes,)
        Sums over worlds of k, k^2, k^3, k b, b, b^2, in the order of ``OUTCOMES``; the last three
        are over ``paired`` runs.
    totals, total_squares : ndarray of int64, shape (4,)
        Sums over runs of ``QUANTITIES`` and of their squares, in units of ``STEP``.
    terms : ndarray of int64, shape (MAX_ISSUES, 2)
        Over the runs with a deal in force at the horizon the sum, and the sum of squares, of how
        far each issue is conceded, in millionths.
    """

    runs: np.ndarray
    paired: np.ndarray
    unsettled: np.ndarray
    hits: np.ndarray
    squares: np.ndarray
    cubes: np.ndarray
    cross: np.ndarray
    base_hits: np.ndarray
    base_squares: np.ndarray
    totals: np.ndarray
    total_squares: np.ndarray
    terms: np.ndarray

    @classmethod
    def empty(cls, *scenarios: int) -> Self:
        """Return the sums of no run, of one scenario or of so many."""
        shapes = [*3 * [()], *6 * [(_OUTCOMES,)], *2 * [(len(QUANTITIES),)], (MAX_ISSUES, 2)]
        return cls(*(np.zeros((*scenarios, *shape), np.int64) for shape in shapes))

    @property
    def events(self) -> np.ndarray:
        """Runs in which each of ``outcome.EVENTS`` happened."""
        return self.hits[..., :_EVENTS]

    @property
    def at_horizon(self) -> np.ndarray:
        """Runs by state at the horizon, in the order of ``outcome.AT_HORIZON``."""
        return self.hits[..., _EVENTS:]

    @property
    def deals(self) -> int:
        """Runs with a deal in force at the horizon."""
        return int(self.at_horizon[:DEALS].sum())

    def add(self, other: Tally, place: int | tuple[()] = ()) -> None:
        """Add the sums of another range of runs, to those of the scenario at ``place``."""
        for field in fields(self):
            getattr(self, field.name)[place] += getattr(other, field.name)

    def count(
        self, rows: np.ndarray, runs_per_world: int = 1, base: np.ndarray | None = None
    ) -> np.ndarray:
        """Add the runs of some worlds; return the hits of each world, shape (worlds, outcomes).

        Parameters
        ----------
        rows : ndarray of ``outcome.ROW``
        runs_per_world : int
            The last world is as long as the rows reach.
        base : ndarray, shape (worlds, outcomes), optional
            Hits of the same worlds in the baseline.
        """
        worlds = -(-len(rows) // runs_per_world)
        hits = np.zeros((worlds, _OUTCOMES), np.int32)
        add_up(
            rows, runs_per_world, base is not None, hits if base is None else base, hits,
            self.hits, self.squares, self.cubes, self.cross, self.base_hits, self.base_squares,
            self.totals, self.total_squares, self.terms,
        )  # fmt: skip
        self.runs[()] += len(rows)
        self.unsettled[()] += np.count_nonzero(rows["unsettled"])
        self.paired[()] += 0 if base is None else len(rows)
        return hits


@compiled
def add_up(
    rows: Array, runs_per_world: int, paired: bool, base: Array, hits: Array, sums: Array,
    squares: Array, cubes: Array, cross: Array, base_sums: Array, base_squares: Array,
    totals: Array, total_squares: Array, terms: Array,
) -> None:  # fmt: skip
    """Add rows to the sums of a tally, and write the hits of each world into ``hits``."""
    for i in range(rows.shape[0]):
        row, here = rows[i], hits[i // runs_per_world]
        for e in range(_EVENTS):
            here[e] += row.events[e]
        here[_EVENTS + row.state] += 1
        for side in range(2):
            for j, amount in ((side, row.yearly_gain[side]), (2 + side, row.account[side])):
                units = np.int64(np.rint(amount / STEP))
                totals[j] += units
                total_squares[j] += units * units
        if row.state < DEALS:
            for k in range(terms.shape[0]):
                z = row.package[k]
                terms[k, 0] += int(z * MICRO + 0.5)
                terms[k, 1] += int(z * z * MICRO + 0.5)
    for w in range(hits.shape[0]):
        for o in range(hits.shape[1]):
            n = np.int64(hits[w, o])
            sums[o] += n
            squares[o] += n * n
            cubes[o] += n * n * n
            if paired:
                b = np.int64(base[w, o])
                cross[o] += n * b
                base_sums[o] += b
                base_squares[o] += b * b


def named(outcomes: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return the outcomes asked for (all of them for None), checked.

    Examples
    --------
    >>> named("deal")
    ('deal',)
    """
    from negotiation.errors import InputError, one_of

    if outcomes is None:
        return OUTCOMES
    asked = (outcomes,) if isinstance(outcomes, str) else tuple(outcomes)
    for name in asked:
        one_of("outcome", name, OUTCOMES)
    if not asked:
        raise InputError("outcomes: it is empty; allowed: an outcome, or several.")
    return asked

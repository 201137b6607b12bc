"""What is counted in a sweep: whole numbers only, so that sums do not depend on their order.

Runs are grouped in *worlds* of ``runs_per_world`` runs that share the uncertain numbers (one run
each unless asked otherwise). For every outcome, five sums over worlds are enough for the odds,
their interval, the part of their variance that is ignorance, and the paired difference to a
baseline cell: with k hits in a world here and b in the same world of the baseline, they are the
sums of k, k^2, k b, b and b^2.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np

from negotiation.outcome import AT_HORIZON, EVENTS

OUTCOMES = (*EVENTS, *(f"at_horizon.{state}" for state in AT_HORIZON))
QUANTITIES = ("yearly_gain.us", "yearly_gain.china", "account.us", "account.china")
STEP = 0.01  # quantities are summed in units of $10 million, as whole numbers


@dataclass(frozen=True)
class Counts:
    """Sums over a range of runs of one cell.

    Attributes
    ----------
    runs : int
    hits, squares, cross, base_hits, base_squares : ndarray of int64, shape (outcomes,)
        Sums over worlds of k, k^2, k b, b, b^2, in the order of ``OUTCOMES``; the last three
        are over ``paired`` runs.
    totals, total_squares : ndarray of int64, shape (4,)
        Sums over runs of ``QUANTITIES`` and of their squares, in units of ``STEP``.
    paired : int
        Runs that could be held against the baseline.
    """

    runs: int
    paired: int
    hits: np.ndarray
    squares: np.ndarray
    cross: np.ndarray
    base_hits: np.ndarray
    base_squares: np.ndarray
    totals: np.ndarray
    total_squares: np.ndarray

    @classmethod
    def none(cls) -> Self:
        """Return the counts of no runs."""
        wide = [np.zeros(len(OUTCOMES), np.int64) for _ in range(5)]
        return cls(0, 0, *wide, *(np.zeros(len(QUANTITIES), np.int64) for _ in range(2)))

    def __add__(self, other: Counts) -> Counts:
        """Return the sums over both ranges."""
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def hits_by_world(rows: np.ndarray, runs_per_world: int) -> np.ndarray:
    """Return how many runs of each world had each outcome, shape (worlds, outcomes)."""
    states = rows["state"][:, None] == np.arange(len(AT_HORIZON))
    happened = np.concatenate([rows["events"] != 0, states], axis=1)
    if runs_per_world == 1:
        return happened
    by_world = happened.reshape(-1, runs_per_world, len(OUTCOMES)).sum(axis=1)
    return np.asarray(by_world, np.min_scalar_type(runs_per_world))


def count(rows: np.ndarray, hits: np.ndarray, base: np.ndarray | None) -> Counts:
    """Return the sums of a chunk, given the hits of its worlds here and in the baseline."""
    sums, squares = _sums(hits)
    none = np.zeros_like(sums)
    base_sums, base_squares = (none, none) if base is None else _sums(base)
    amounts = np.concatenate([rows["yearly_gain"], rows["account"]], axis=1)
    units = np.rint(amounts / STEP).astype(np.int64)
    return Counts(
        runs=len(rows),
        paired=0 if base is None else len(rows),
        hits=sums,
        squares=squares,
        cross=none if base is None else _products(hits, base),
        base_hits=base_sums,
        base_squares=base_squares,
        totals=units.sum(axis=0),
        total_squares=(units * units).sum(axis=0),
    )


def _sums(hits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the sums over worlds of the counts and of their squares, the same of yes and no."""
    sums = hits.sum(axis=0, dtype=np.int64)
    return sums, sums if hits.dtype == np.bool_ else _products(hits, hits)


def _products(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the sums over worlds of the products of two counts; of yes and no, where both are yes.

    Examples
    --------
    >>> _products(np.array([[True], [True]]), np.array([[True], [False]])).tolist()
    [1]
    >>> _products(np.array([[2], [3]], np.uint8), np.array([[100], [200]], np.uint8)).tolist()
    [800]
    """
    if a.dtype == b.dtype == np.bool_:
        return np.asarray((a & b).sum(axis=0, dtype=np.int64))
    return np.asarray((a.astype(np.int64) * b.astype(np.int64)).sum(axis=0))


def named(outcomes: Any) -> tuple[str, ...]:
    """Return the outcomes asked for (all of them for None), checked.

    Examples
    --------
    >>> named("deal")
    ('deal',)
    """
    from negotiation.errors import UnknownName

    if outcomes is None:
        return OUTCOMES
    asked = (outcomes,) if isinstance(outcomes, str) else tuple(outcomes)
    for name in asked:
        if name not in OUTCOMES:
            raise UnknownName("outcome", name, OUTCOMES)
    return asked

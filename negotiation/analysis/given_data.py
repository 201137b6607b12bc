"""Which numbers the odds differ by, from worlds as they are drawn.

Sobol's indices need numbers that can be moved one without another. Where they were learned together
they cannot; but how the odds of worlds go with each number can be read from any sample of worlds:
sorted by the number and cut into bins, the averages of the bins vary by what the number explains
alone, and by chance, which is known and taken off. For numbers that are drawn independently this is
Sobol's index of first order; for others it holds what goes with the number as well.

References
----------
Plischke, Borgonovo and Smith (2013), "Global sensitivity measures from given data",
doi:10.1016/j.ejor.2012.11.047.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from negotiation.analysis.odds_at_points import counts_of, multiples
from negotiation.door import checked
from negotiation.ensemble import MOST_RUNS, Ensemble
from negotiation.errors import whole_number
from negotiation.estimates import LEVEL, upper
from negotiation.rules.state import INNOVATIONS
from negotiation.tally import OUTCOMES, named

BINS = 16
RESAMPLES = 200


class Worlds(NamedTuple):
    """Worlds as drawn: numbers, shape (W, D), odds, and how far luck moves these (variances)."""

    numbers: np.ndarray
    odds: np.ndarray
    variances: np.ndarray


class Share(NamedTuple):
    """What share of the variance of the odds a number explains alone, with an interval."""

    name: str
    value: float
    low: float
    high: float


@checked
def worlds_of(
    ensemble: Ensemble, outcome: str, *, worlds: int, runs_per_world: int = 16, seed: int = 1
) -> Worlds:
    """Play worlds and return what was drawn and what came of it.

    Parameters
    ----------
    ensemble : Ensemble
    outcome : str
        One of ``negotiation.tally.OUTCOMES``.
    worlds, runs_per_world : int
        Two runs at least.
    seed : int

    Raises
    ------
    InputError
        If there is no such outcome, one run in a world alone, or more runs than can be kept.
    """
    (outcome,) = named(outcome)
    whole_number("worlds", worlds, BINS + 1)
    whole_number("runs_per_world", runs_per_world, 2)
    whole_number("worlds times runs_per_world", worlds * runs_per_world, 2, MOST_RUNS)
    column, count = OUTCOMES.index(outcome), worlds * runs_per_world
    innovations = np.zeros((count, INNOVATIONS))
    rows = ensemble.rows(
        seed=seed, first=0, count=count, runs_per_world=runs_per_world, innovations=innovations
    )
    taken = multiples(ensemble, column, seed)
    each = counts_of(rows, innovations, column, taken).reshape(worlds, runs_per_world)
    numbers = [ensemble.table.numbers_of(seed=seed, world=w) for w in range(worlds)]
    return Worlds(np.array(numbers), each.mean(1), each.var(1, ddof=1) / runs_per_world)


@checked
def first_order(
    names: Sequence[str], worlds: Worlds, *, bins: int = BINS, level: float = LEVEL, seed: int = 1
) -> list[Share]:
    """Return the share of each number, the largest first, with bootstrap intervals over worlds.

    Examples
    --------
    >>> x = np.random.default_rng(1).random((20_000, 2))
    >>> found = first_order(["a", "b"], Worlds(x, 2 * x[:, 0] + x[:, 1], np.zeros(20_000)))
    >>> [(s.name, round(s.value, 1)) for s in found]  # 4/5 and 1/5
    [('a', 0.8), ('b', 0.2)]
    """
    order = np.argsort(worlds.numbers, axis=0, kind="stable")
    size = len(worlds.odds)
    bin_of = np.empty_like(order)
    np.put_along_axis(bin_of, order, (np.arange(size) * bins // size)[:, None], axis=0)
    whole = shares(bin_of, worlds, np.ones(size), bins)
    random = np.random.default_rng(seed)
    again = np.array([
        shares(bin_of, worlds, np.bincount(random.integers(0, size, size), minlength=size), bins)
        for _ in range(RESAMPLES)
    ])  # fmt: skip
    # what resampling adds to a share it adds to both ends: it is taken off (the basic bootstrap)
    high, low = 2 * whole - np.quantile(again, [1 - upper(level), upper(level)], axis=0)
    found = [
        Share(*row) for row in zip(names, whole.tolist(), low.tolist(), high.tolist(), strict=True)
    ]
    return sorted(found, key=lambda share: -share.value)


def shares(bin_of: np.ndarray, worlds: Worlds, weights: np.ndarray, bins: int) -> np.ndarray:
    """Return the share of each number, the worlds weighted; ``bin_of`` has shape (W, D)."""
    total = weights.sum()
    odds = worlds.odds - weights @ worlds.odds / total
    variance = weights @ odds**2 / total - weights @ worlds.variances / total
    found = []
    for column in bin_of.T:
        n = np.bincount(column, weights, bins)
        mean = np.bincount(column, weights * odds, bins) / np.maximum(n, 1e-300)
        within = weights @ (odds - mean[column]) ** 2 / (total - bins)
        # averages of bins differ by chance too, by the variance within a bin over its worlds
        found.append((n @ mean**2 / total - (bins - 1) * within / total) / variance)
    return np.array(found)

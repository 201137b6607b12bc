"""Go on until the odds of every cell are known well enough.

Rounds are generations of the sweep like any others: they are decided from the sums of all blocks
of the round before, so a resumed sweep decides the same. What repeated looks do to the coverage of
the intervals is computed in :mod:`negotiation.analysis.adaptive`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from negotiation.errors import whole_number
from negotiation.estimates import effective_runs, wilson
from negotiation.sweep.blocks import Generation
from negotiation.tally import OUTCOMES, named

if TYPE_CHECKING:
    from negotiation.sweep.run import Sweeping

GROWTH = 1.5


def looks(first: int, most_runs: int, runs_per_world: int = 1) -> list[int]:
    """Return the numbers of runs after which the rule looks.

    Examples
    --------
    >>> looks(1000, 4000)
    [1000, 1500, 2250, 3375, 4000]
    """
    steps, n = [first], first
    while n < most_runs:
        n = min(int(n * GROWTH) + 1 if n < 2 else int(n * GROWTH), most_runs)
        n = max(n - n % runs_per_world, steps[-1] + runs_per_world)
        steps.append(n)
    return steps


def until(
    sweeping: Sweeping, executor: Any, halfwidth: float, outcomes: Any, most_runs: int
) -> None:
    """Play more runs of the cells whose intervals are too wide."""
    whole_number("most_runs", most_runs, 1)
    columns = [OUTCOMES.index(name) for name in named(outcomes)]
    m = sweeping.design.runs_per_world
    while True:
        runs = sweeping.totals.tally.runs
        wide = halfwidths(sweeping, columns).max(axis=1) > halfwidth
        reached = sweeping.reached()
        short = [c for c in np.flatnonzero(wide & (runs > 0)) if reached[int(c)] < most_runs]
        if not short:
            return
        least = min(reached[int(c)] for c in short)
        target = looks(least, max(most_runs - most_runs % m, least + m), m)[1]
        sweeping.ask(Generation.of([int(c) for c in short if reached[int(c)] < target], target))
        sweeping.play(executor)


def halfwidths(sweeping: Sweeping, columns: list[int]) -> np.ndarray:
    """Return half the width of the 95% interval of each cell and outcome."""
    tally = sweeping.totals.tally
    k, k2 = tally.hits[:, columns], tally.squares[:, columns]
    n = tally.runs[:, None].astype(float)
    effective = effective_runs(k, k2, n, sweeping.design.runs_per_world)
    with np.errstate(invalid="ignore", divide="ignore"):
        low, high = wilson(k / n, effective)
    return np.asarray((high - low) / 2)

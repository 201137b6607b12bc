"""Odds to a stated precision from few runs: what is only luck is taken out of the estimate.

Sixteen runs are played in each draw of the uncertain numbers (a *world*), as drawing and solving a
world costs as much as five runs. What is then taken out is in :mod:`negotiation.variates`.
"""

from __future__ import annotations

import numpy as np

from negotiation.ensemble import Ensemble
from negotiation.estimates import Estimate, effective_runs, wilson
from negotiation.rules.state import INNOVATIONS
from negotiation.tally import OUTCOMES, Tally
from negotiation.variates import Sums, adjusted, surer, write_lots

RUNS_PER_WORLD = 16  # a few more than is cheapest: the ends over worlds are the surer for them
WORLDS_AT_ONCE = 32  # in a task
DIGITS = 12  # that do not depend on the order in which a processor adds


def lots_of(slots: np.ndarray, seed: int, task: int) -> np.ndarray:
    """Return the draws of some slots, less a half, in the worlds of task number ``task``."""
    lots = np.zeros((WORLDS_AT_ONCE, len(slots)))
    write_lots(seed, task * WORLDS_AT_ONCE, slots, lots)
    return lots


def played(ensemble: Ensemble, seed: int, task: int) -> tuple[np.ndarray, np.ndarray]:
    """Play the worlds of task number ``task``: their rows and innovations."""
    runs = WORLDS_AT_ONCE * RUNS_PER_WORLD
    innovations = np.zeros((runs, INNOVATIONS))
    rows = ensemble.rows(
        seed=seed, first=task * runs, count=runs, runs_per_world=RUNS_PER_WORLD,
        innovations=innovations,
    )  # fmt: skip
    return rows, innovations


def estimates(sums: Sums, counted: Tally) -> dict[str, Estimate]:
    """Return the odds of each of ``tally.OUTCOMES`` with their sampling error.

    Wilson's interval with as many runs as would be as precise if each were counted. What is seen in
    few worlds, or missing in few, is counted plainly.

    Parameters
    ----------
    sums : Sums
        Of those outcomes.
    counted : Tally
        Of the same runs.
    """
    p, variance = adjusted(sums)
    runs = int(counted.runs)
    together = RUNS_PER_WORLD if sums.lots else 1  # where nothing is drawn all worlds are one
    squares = counted.squares if sums.lots else counted.hits
    simply = effective_runs(counted.hits, squares, runs, together)
    p, worth = surer(p, variance, sums.worlds, counted.hits, runs, simply)
    p = p.round(DIGITS)
    low, high = wilson(p, worth)
    return {
        name: Estimate(*(float(x) for x in each))
        for name, *each in zip(OUTCOMES, p, low.round(DIGITS), high.round(DIGITS), strict=True)
    }

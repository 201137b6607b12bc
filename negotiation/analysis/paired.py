"""How much a change of scenario changes the odds, run by run with the same luck.

Playing two scenarios with the same seed makes pairs: run 812 of one meets the same news, types and
moods as run 812 of the other. Most pairs end alike, and the difference of the odds is decided by
the few that do not; what chance adds to both cancels. The gain says how many times more runs two
independent samples would need for the same interval. It needs no theory to be believed: it is the
ratio of two variances, both measured.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, NamedTuple

from negotiation import estimates
from negotiation.ensemble import Ensemble, chunks
from negotiation.errors import whole_number
from negotiation.scenario import Scenario
from negotiation.tally import OUTCOMES, Tally, named


class Difference(NamedTuple):
    """A change of odds.

    Attributes
    ----------
    before, after : float
        The odds under the two scenarios.
    difference, low, high : float
        ``after - before`` and its interval.
    gain : float
        Runs that independent samples would need, over the runs of this one.
    """

    before: float
    after: float
    difference: float
    low: float
    high: float
    gain: float


def paired(
    before: Scenario,
    after: Scenario,
    *,
    runs: int = 100_000,
    seed: int = 1,
    outcomes: Any = None,
    level: float = estimates.LEVEL,
    executor: Executor | None = None,
    progress: Callable[[int], Any] | None = None,
) -> dict[str, Difference]:
    """Compare two scenarios by runs that share their random numbers.

    Parameters
    ----------
    before, after : Scenario
    runs : int
        Runs of each.
    seed : int
        Master seed.
    outcomes : str or sequence of str, optional
        All if not given.
    level : float
        Confidence level.
    executor : concurrent.futures.Executor, optional
        Where the chunks are played, for instance a pool of threads.
    progress : callable, optional
        Called with the number of pairs of every chunk.

    Returns
    -------
    dict of str to Difference

    Notes
    -----
    The interval is Bonett and Price's for paired proportions, see
    :func:`negotiation.estimates.paired_difference`.

    Examples
    --------
    >>> pie = Scenario.load("split-the-pie")
    >>> paired(pie, pie.replace({"us.patience": 0.8}), runs=100, outcomes="deal")["deal"].difference
    0.0
    """
    whole_number("runs", runs, 1)
    whole_number("seed", seed, 0)
    old, new = Ensemble(before), Ensemble(after)

    def one(task: tuple[int, int]) -> Tally:
        base, rows = (e.rows(seed=seed, first=task[0], count=task[1]) for e in (old, new))
        part = Tally.empty()
        part.count(rows, base=Tally.empty().count(base))
        return part

    total = Tally.empty()
    for part in (
        map(one, chunks(0, runs)) if executor is None else executor.map(one, chunks(0, runs))
    ):
        total.add(part)
        if progress is not None:
            progress(int(part.runs))
    squared = total.squares - 2 * total.cross + total.base_squares
    d, low, high = estimates.paired_difference(
        total.hits, total.base_hits, squared, runs, level=level
    )
    gain = estimates.pairing_gain(
        total.hits, total.squares, total.base_hits, total.base_squares, squared, runs
    )
    return {
        name: Difference(
            *(float(x[i]) for x in (total.base_hits / runs, total.hits / runs, d, low, high, gain))
        )
        for name in named(outcomes)
        for i in [OUTCOMES.index(name)]
    }

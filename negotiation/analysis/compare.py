"""How much a change of scenario changes the odds, in pairs of runs with the same random events.

Playing two scenarios with the same seed makes pairs: run 812 of one meets the same news, types and
moods as run 812 of the other. Most pairs end alike, and the difference of the odds is decided by
the few that do not; what chance adds to both cancels. The gain says how many times more runs two
independent samples would need for the same interval. It needs no theory to be believed: it is the
ratio of two variances, both measured.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

from negotiation.analysis.compare_precisely import compare_precisely
from negotiation.analysis.comparison import Comparison, Difference, held
from negotiation.analysis.odds import RUNS, RUNS_PER_WORLD, ignorance
from negotiation.analysis.odds_result import WITHIN, refuse_both
from negotiation.ensemble import MOST_RUNS, Ensemble, added_up, chunk_of, chunks
from negotiation.errors import ByName, whole_number
from negotiation.estimates import paired_difference, pairing_gain
from negotiation.outcome import AT_HORIZON, EVENTS
from negotiation.scenario import Given
from negotiation.tally import OUTCOMES, Tally


def compare(
    before: Given,
    after: Given,
    *,
    runs: int | None = None,
    seed: int = 1,
    executor: Executor | None = None,
    worlds: int | None = None,
    within: float | None = None,
    progress: Callable[[int], Any] | None = None,
) -> Comparison:
    """Compare two scenarios by runs that share their random numbers.

    By default the changes of both headlines are told to within half a point, from as few runs as
    that takes (:mod:`negotiation.analysis.compare_precisely`); with ``runs`` so many are counted.

    Parameters
    ----------
    before, after : Scenario
        Or their names or paths.
    runs : int, optional
        Runs of each, counted; 100,000 if only ``worlds`` is given.
    seed : int
        Master seed of both.
    executor : concurrent.futures.Executor, optional
        Where the chunks are played, for instance a pool of threads.
    worlds : int, optional
        Draws of the uncertain numbers for how far the odds of either vary with them, as in
        :func:`negotiation.odds`; the change itself needs none. None unless given.
    within : float, optional
        Half of the 95% interval of either change at most, as a probability.
    progress : callable, optional
        Called with the number of pairs of every chunk.

    Raises
    ------
    InputError
        If ``runs`` is below 1, ``seed`` is negative, one of the two is no scenario, or ``within``
        is given with ``runs`` or ``worlds``.

    Notes
    -----
    The interval of what is counted is Bonett and Price's for paired proportions, see
    :func:`negotiation.estimates.paired_difference`: it counts the pairs that differ, so
    the covariance of the two odds is in it.

    Examples
    --------
    >>> pie = Ensemble("split-the-pie").scenario
    >>> compare(pie, pie.replace({"us.patience": 0.8}), runs=100).events["deal"].difference
    0.0
    """
    whole_number("seed", seed, 0)
    if runs is None and worlds is None:
        asked = WITHIN if within is None else within
        return compare_precisely(
            before, after, asked, seed=seed, executor=executor, progress=progress
        )
    refuse_both(within)
    runs, worlds = RUNS if runs is None else runs, 0 if worlds is None else worlds
    whole_number("runs", runs, 1, MOST_RUNS)
    whole_number("worlds", worlds, 0, MOST_RUNS // RUNS_PER_WORLD)
    old, new = Ensemble(before), Ensemble(after)

    def one(task: tuple[int, int]) -> Tally:
        base, rows = (e.rows(seed=seed, first=task[0], count=task[1]) for e in (old, new))
        part = Tally.empty()
        part.count(rows, base=Tally.empty().count(base))
        return part

    total = added_up(one, chunks(0, runs, chunk_of(1)), executor, progress)
    events, at_horizon = differences(total)
    pairs = [ignorance(e, seed=seed, worlds=worlds, executor=executor) for e in (old, new)]
    odds = total.base_hits / runs, total.hits / runs
    over = [
        {name: held(p, *found[name]) for name, p in zip(OUTCOMES, side, strict=True)}
        for (found, _), side in zip(pairs, odds, strict=True)
    ]
    errors = pairs[0][1], pairs[1][1]
    return Comparison(
        old.scenario, new.scenario, runs, seed, events, at_horizon, (over[0], over[1]), errors,
        worlds,
    )  # fmt: skip


def differences(total: Tally) -> tuple[dict[str, Difference], dict[str, Difference]]:
    """Return the changes of odds, of events and at the horizon, from a tally of pairs of runs."""
    runs = int(total.runs)
    squared = total.squares - 2 * total.cross + total.base_squares
    columns = (
        total.base_hits / runs,
        total.hits / runs,
        *paired_difference(total.hits, total.base_hits, squared, runs),
        pairing_gain(total.hits, total.squares, total.base_hits, total.base_squares, squared, runs),
    )
    found = {name: Difference(*(float(x[i]) for x in columns)) for i, name in enumerate(OUTCOMES)}
    return (
        ByName((name, found[name]) for name in EVENTS),
        ByName((name, found[f"at_horizon.{name}"]) for name in AT_HORIZON),
    )

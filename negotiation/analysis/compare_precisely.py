"""A change of odds to a stated precision: pairs of runs, with what is only luck taken out.

Both scenarios are played on the same draws and the same luck, sixteen pairs in each draw of the
uncertain numbers. Odds before, odds after and their difference are estimated with the same control
variates (:mod:`negotiation.variates`), the innovations of both, so that the difference of
the first two is the third.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

import numpy as np

from negotiation.analysis.comparison import Comparison, Difference, held
from negotiation.analysis.odds_result import Ends
from negotiation.analysis.precise import DIGITS, RUNS_PER_WORLD, lots_of, played
from negotiation.analysis.until_precise import across, play_until
from negotiation.ensemble import Ensemble
from negotiation.errors import ByName
from negotiation.estimates import paired_difference, t_of
from negotiation.outcome import AT_HORIZON, EVENTS
from negotiation.rules.state import INNOVATIONS
from negotiation.scenario import Given
from negotiation.tally import OUTCOMES, Tally
from negotiation.variates import Sums, adjusted, hits_of, rarely, slots_of


class Pairs:
    """What has been played of both: sums of the odds before, after, and of their difference."""

    def __init__(self, lots: int) -> None:
        self.sums = Sums.none(2 * INNOVATIONS, lots, 3 * len(OUTCOMES))
        self.before, self.both = Tally.empty(), Tally.empty()
        self.apart = np.zeros(len(OUTCOMES))  # pairs that do not end alike

    def add(self, task: int, part: tuple[np.ndarray, ...]) -> None:
        """Add the worlds of a task."""
        old, new, innovations, lots = part
        shape = (len(lots), RUNS_PER_WORLD, -1)
        was, is_now = hits_of(old), hits_of(new)
        hits = np.hstack([was, is_now, is_now - was]).reshape(shape)
        self.sums = self.sums.plus(task, hits, innovations.reshape(shape), lots)
        self.apart += (was != is_now).sum(0)
        self.both.count(new, RUNS_PER_WORLD, self.before.count(old, RUNS_PER_WORLD))

    def differences(self) -> dict[str, Difference]:
        """Return the changes as far as they are known, by name in ``tally.OUTCOMES``.

        Student's interval over worlds; what is seldom seen in either is counted in pairs.
        """
        n, runs = len(OUTCOMES), int(self.both.runs)
        both, before = self.both, self.before
        squared, together = both.squares - 2 * both.cross + both.base_squares, RUNS_PER_WORLD
        if not self.sums.lots:  # nothing is drawn, so all worlds are one
            squared, together = self.apart, 1
        counted = paired_difference(both.hits, before.hits, squared, runs, together)
        p, variance = adjusted(self.sums)
        rare = rarely(both.hits, runs) | rarely(before.hits, runs)
        student = float(t_of(self.sums.worlds - 1))
        half, d = student * np.sqrt(variance[2 * n :]), p[2 * n :]
        was = np.where(rare, before.hits / runs, p[:n])
        is_now = np.where(rare, both.hits / runs, p[n : 2 * n])
        change, low, high = (
            np.where(rare, a, b) for a, b in zip(counted, (d, d - half, d + half), strict=True)
        )
        alone = (was * (1 - was) + is_now * (1 - is_now)) / runs  # of independent runs, counted
        with np.errstate(divide="ignore", invalid="ignore"):
            gain = alone * (2 * student / (high - low)) ** 2
        gain = np.where(squared > 0, gain, np.where(alone > 0, np.inf, np.nan))
        columns = (was, is_now, change, low, high, gain)
        return {
            name: Difference(*(float(np.round(c[i], DIGITS)) for c in columns))
            for i, name in enumerate(OUTCOMES)
        }


def compare_precisely(
    before: Given,
    after: Given,
    within: float,
    *,
    seed: int = 1,
    executor: Executor | None = None,
    progress: Callable[[int], Any] | None = None,
) -> Comparison:
    """Compare two scenarios, the changes of both headlines to within so much.

    Parameters
    ----------
    before, after : Scenario
        Or their names or paths.
    within : float
        Half of the 95% interval of either change at most, as a probability.
    seed, executor, progress
        As in :func:`negotiation.analysis.compare.compare`.

    Raises
    ------
    OutOfRange
        If ``within`` is not between 0.0002 and 0.5.

    Examples
    --------
    >>> changes = {"us.patience": 0.8}
    >>> pie = Ensemble("split-the-pie").scenario
    >>> compare_precisely(pie, pie.replace(changes), 0.05).events["deal"].difference
    0.0
    """
    old, new = Ensemble(before), Ensemble(after)
    slots = slots_of(old, new)
    so_far = Pairs(len(slots))

    def one(task: int) -> tuple[np.ndarray, ...]:
        (was, of_old), (is_now, of_new) = (played(each, seed, task) for each in (old, new))
        return was, is_now, np.hstack([of_old, of_new]), lots_of(slots, seed, task)

    found = play_until(within, one, so_far.add, so_far.differences, executor, progress)
    runs = so_far.sums.worlds * RUNS_PER_WORLD
    over: list[dict[str, Ends]] = []
    errors: list[dict[str, Ends]] = []
    for tally, odds, which in ((so_far.before, "before", old), (so_far.both, "after", new)):
        ends, error = across(tally, len(slots_of(which)), RUNS_PER_WORLD)
        over.append({name: held(getattr(found[name], odds), *ends[name]) for name in OUTCOMES})
        errors.append(error)
    return Comparison(
        old.scenario, new.scenario, runs, seed,
        ByName((name, found[name]) for name in EVENTS),
        ByName((name, found[f"at_horizon.{name}"]) for name in AT_HORIZON),
        (over[0], over[1]), (errors[0], errors[1]), so_far.sums.worlds, within,
    )  # fmt: skip

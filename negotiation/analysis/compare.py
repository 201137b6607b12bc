"""How much a change of scenario changes the odds, in pairs of runs with the same random events.

Playing two scenarios with the same seed makes pairs: run 812 of one meets the same news, types and
moods as run 812 of the other. Most pairs end alike, and the difference of the odds is decided by
the few that do not; what chance adds to both cancels. The gain says how many times more runs two
independent samples would need for the same interval. It needs no theory to be believed: it is the
ratio of two variances, both measured.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from negotiation.analysis.odds import (
    FAR,
    RUNS,
    RUNS_PER_WORLD,
    UNKNOWN,
    WITHIN,
    Ends,
    ends,
    ignorance,
    refuse_both,
)
from negotiation.ensemble import MOST_RUNS, Ensemble, added_up, chunk_of, chunks
from negotiation.errors import ByName, whole_number
from negotiation.estimates import paired_difference, pairing_gain
from negotiation.ignorance import holding
from negotiation.outcome import AT_HORIZON, EVENTS
from negotiation.scenario import Given, Scenario
from negotiation.tally import OUTCOMES, Tally
from negotiation.words.changes import about

if TYPE_CHECKING:
    import pyarrow as pa


class Difference(NamedTuple):
    """A change of odds.

    Attributes
    ----------
    before, after : float
        The odds under the two scenarios.
    difference, low, high : float
        ``after - before`` and its 95% interval.
    gain : float
        Runs that independent samples would need, over the runs of this one; infinite where no
        pair differs, not a number where neither scenario leaves anything to chance.
    """

    before: float
    after: float
    difference: float
    low: float
    high: float
    gain: float

    @property
    def clear(self) -> bool:
        """Whether the interval excludes no difference."""
        return self.low > 0.0 or self.high < 0.0

    def to_dict(self) -> dict[str, float | None]:
        """Return the fields by name; a gain that is no finite number is None."""
        return self._asdict() | {"gain": self.gain if math.isfinite(self.gain) else None}


@dataclass(frozen=True)
class Comparison:
    """Two scenarios, played in pairs.

    Attributes
    ----------
    before, after : Scenario
    runs, seed : int
        Runs of each, and the master seed of both.
    events : dict of str to Difference
        What happened along the path, not exclusive.
    at_horizon : dict of str to Difference
        The state at the horizon, exactly one of five: the differences sum to 0.
    over : tuple of dict of str to (float, float)
        Before and after, by name in ``tally.OUTCOMES``: the central 95% of the odds over the
        uncertain numbers; not a number where no worlds were asked for.
    ends_error : tuple of dict of str to (float, float)
        Within how much the ends of those are known.
    worlds : int
        Draws of the uncertain numbers behind them.
    within : float or None
        To which precision the changes of the headlines were asked for; None where so many runs were
        counted.
    """

    before: Scenario
    after: Scenario
    runs: int
    seed: int
    events: dict[str, Difference]
    at_horizon: dict[str, Difference]
    over: tuple[dict[str, Ends], dict[str, Ends]] = ({}, {})
    ends_error: tuple[dict[str, Ends], dict[str, Ends]] = ({}, {})
    worlds: int = 0
    within: float | None = None

    @property
    def largest_error(self) -> float:
        """The largest of the errors of the ends; not a number where no worlds were played."""
        errors = [max(pair) for side in self.ends_error for pair in side.values()]
        return max(errors, default=UNKNOWN[0])

    @property
    def few_worlds(self) -> bool:
        """Whether an end of an interval over the unknown numbers may be five points off or more."""
        return self.largest_error >= FAR

    def to_dict(self) -> dict[str, Any]:
        """Return the object that ``negotiation compare --json`` prints."""
        return {
            "before": about(self.before),
            "after": about(self.after),
            "runs": self.runs,
            "seed": self.seed,
            "worlds": self.worlds,
            "within": self.within,
            "events": {name: d.to_dict() for name, d in self.events.items()},
            "at_horizon": {name: d.to_dict() for name, d in self.at_horizon.items()},
            "parameter_interval": self._wide(self.events, ""),
            "horizon_interval": self._wide(self.at_horizon, "at_horizon."),
        }

    def _wide(self, names: Iterable[str], prefix: str) -> dict[str, Any]:
        """Return the intervals over the uncertain numbers as plain data, before and after."""
        sides = zip(("before", "after"), self.over, self.ends_error, strict=True)
        return {
            when: ends({name: over.get(prefix + name, UNKNOWN) for name in names}, errors, prefix)
            for when, over, errors in sides
        }

    def to_arrow(self) -> pa.Table:
        """Return one row for each event and state at the horizon: ``kind``, ``name``, the odds."""
        from negotiation.sweep.spreadsheet import table_of

        told = self.to_dict()
        wide = {"events": "parameter_interval", "at_horizon": "horizon_interval"}
        return table_of(
            {
                "kind": kind,
                "name": name,
                **difference,
                "over": {when: told[wide[kind]][when][name] for when in ("before", "after")},
            }
            for kind in ("events", "at_horizon")
            for name, difference in told[kind].items()
        )


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
    >>> pie = Scenario.load("split-the-pie")
    >>> compare(pie, pie.replace({"us.patience": 0.8}), runs=100).events["deal"].difference
    0.0
    """
    whole_number("seed", seed, 0)
    if runs is None and worlds is None:
        from negotiation.analysis.compare_precisely import compare_precisely

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


def held(p: float, low: float, high: float) -> Ends:
    """Return the ends of an interval over worlds, widened to hold the odds that it is about."""
    first, last = holding(p, low, high)
    return float(first), float(last)


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

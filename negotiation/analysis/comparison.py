"""What is told of two scenarios side by side: the changes of odds, with their intervals."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from negotiation.analysis.odds_result import FAR, UNKNOWN, Ends, ends
from negotiation.estimates import clear
from negotiation.ignorance import holding
from negotiation.scenario import Scenario
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
        return clear(self.low, self.high)

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


def held(p: float, low: float, high: float) -> Ends:
    """Return the ends of an interval over worlds, widened to hold the odds that it is about."""
    first, last = holding(p, low, high)
    return float(first), float(last)

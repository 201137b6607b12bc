"""The odds of an outcome, with the two kinds of uncertainty apart.

*Sampling error*: every run draws the uncertain numbers, the private types and the news, so the
share of runs with an outcome estimates its odds given what is known, and a Wilson interval
says how well that many runs pin it down. *Unknown numbers*: the uncertain numbers are then held
fixed at each of many draws ("worlds"), and the odds within each are compared: their central
95% is how far the answer could move if we knew the numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from negotiation.ensemble import MOST_RUNS, Ensemble, tally_runs
from negotiation.errors import ByName, whole_number
from negotiation.estimates import Estimate, finite, share, t_of
from negotiation.ignorance import ends_error, over_worlds
from negotiation.outcome import AT_HORIZON, EVENTS
from negotiation.scenario import Given, Scenario
from negotiation.tally import MICRO, OUTCOMES, Tally

Ends = tuple[float, float]
UNKNOWN = (float("nan"), float("nan"))
HEADLINES = ("first_deadline_extended", "summit_deal")
WORLDS = 2048
RUNS_PER_WORLD = 50  # enough for the tails of a world's odds; many worlds are worth more than that


@dataclass(frozen=True)
class Odds:
    """How often each thing happened.

    Attributes
    ----------
    scenario : str
    runs, seed : int
    events : dict of str to Estimate
        What happened along the path, not exclusive; 95% Wilson intervals.
    at_horizon : dict of str to Estimate
        The state at the horizon, exactly one of five; the ``p`` sum to 1.
    parameter_interval : dict of str to (float, float)
        For each event the central 95% of its odds over the uncertain numbers; not a number where
        no worlds were asked for.
    horizon_interval : dict of str to (float, float)
        The same for the states at the horizon.
    ends_error : dict of str to (float, float)
        By name in ``tally.OUTCOMES``: within how much the ends of those intervals are known (95%),
        which more worlds narrow.
    terms : dict of str to Estimate
        What a deal contains: how far each issue is conceded, on average over the deals in force
        at the horizon, with the 95% interval of that mean; empty if there is none.
    """

    scenario: str
    runs: int
    seed: int
    events: dict[str, Estimate]
    at_horizon: dict[str, Estimate]
    parameter_interval: dict[str, Ends]
    horizon_interval: dict[str, Ends]
    terms: dict[str, Estimate] = field(default_factory=dict)
    ends_error: dict[str, Ends] = field(default_factory=dict)

    @classmethod
    def of(
        cls, scenario: Scenario, runs: int, seed: int,
        estimates: Mapping[str, Estimate], over: Mapping[str, Any],  # ends that may be unknown
        ends_error: dict[str, Any], terms: dict[str, Estimate] | None = None,
    ) -> Odds:  # fmt: skip
        """Return the odds of what is given under the names of ``tally.OUTCOMES``."""
        states = {name: f"at_horizon.{name}" for name in AT_HORIZON}
        return cls(
            scenario.name, runs, seed,
            events=ByName((name, estimates[name]) for name in EVENTS),
            at_horizon=ByName((name, estimates[key]) for name, key in states.items()),
            parameter_interval=ByName((name, over[name]) for name in EVENTS),
            horizon_interval=ByName((name, over[key]) for name, key in states.items()),
            terms=ByName(terms or {}), ends_error=ByName(ends_error),
        )  # fmt: skip

    @property
    def largest_error(self) -> float:
        """The largest of the errors of the ends; not a number where no worlds were played."""
        return max((max(errors) for errors in self.ends_error.values()), default=UNKNOWN[0])

    def to_dict(self) -> dict[str, Any]:
        """Return the object that ``negotiation odds --json`` prints."""
        return {
            "scenario": self.scenario,
            "runs": self.runs,
            "seed": self.seed,
            "events": {name: e.to_dict() for name, e in self.events.items()},
            "at_horizon": {name: e.to_dict() for name, e in self.at_horizon.items()},
            "parameter_interval": ends(self.parameter_interval, self.ends_error),
            "horizon_interval": ends(self.horizon_interval, self.ends_error, "at_horizon."),
            "terms": {name: e.to_dict() for name, e in self.terms.items()},
        }


def ends(
    intervals: Mapping[str, Ends], errors: Mapping[str, Ends], prefix: str = ""
) -> dict[str, dict[str, float | None]]:
    """Return intervals with the errors of their ends as plain data; None where nothing is known.

    Examples
    --------
    >>> ends({"truce": (0.2, 0.7)}, {"at_horizon.truce": (0.01, 0.02)}, "at_horizon.")
    {'truce': {'low': 0.2, 'high': 0.7, 'low_error': 0.01, 'high_error': 0.02}}
    """
    keys = ("low", "high", "low_error", "high_error")
    return {
        name: dict(
            zip(keys, map(finite, (*over, *errors.get(prefix + name, UNKNOWN))), strict=True)
        )
        for name, over in intervals.items()
    }


def odds(
    scenario: Given,
    *,
    runs: int = 100_000,
    seed: int = 1,
    executor: Executor | None = None,
    worlds: int = WORLDS,
    progress: Callable[[int], Any] | None = None,
) -> Odds:
    """Estimate the odds of every outcome of a scenario.

    Parameters
    ----------
    scenario : Scenario
        Or the name or path of one.
    runs : int
        Negotiations to play.
    seed : int
        Master seed; run i is the same run whatever ``runs`` and ``executor`` are.
    executor : concurrent.futures.Executor, optional
        Where the chunks are played; threads scale, because chunks release the GIL.
    worlds : int
        Draws of the uncertain numbers for the parameter interval; 0 leaves it out.
    progress : callable, optional
        Called with the number of runs of every finished chunk.

    Raises
    ------
    OutOfRange
        If ``runs`` is below 1, or ``worlds`` or ``seed`` is negative.

    Examples
    --------
    >>> result = odds(Scenario.load("split-the-pie"), runs=100, seed=1)
    >>> result.at_horizon["working_deal"].p
    1.0
    """
    whole_number("runs", runs, 1, MOST_RUNS)
    whole_number("seed", seed, 0)
    whole_number("worlds", worlds, 0, MOST_RUNS // RUNS_PER_WORLD)
    ensemble = Ensemble(scenario)
    total = tally_runs(ensemble, seed=seed, runs=runs, executor=executor, progress=progress)
    over, error = ignorance(ensemble, total, seed=seed, worlds=worlds, executor=executor)
    shares = {name: share(hits, runs) for name, hits in zip(OUTCOMES, total.hits, strict=True)}
    terms = contents(total, list(ensemble.scenario.issues))
    return Odds.of(ensemble.scenario, runs, seed, shares, over, error, terms)


def contents(total: Tally, issues: list[str]) -> dict[str, Estimate]:
    """Return how far each issue is conceded on average in the deals in force at the horizon."""
    if total.deals == 0:
        return {}
    found = {}
    for name, (once, squared) in zip(issues, total.terms / MICRO / total.deals, strict=False):
        variance = max(squared - once**2, 0.0) / max(total.deals - 1, 1)
        half = float(t_of(total.deals - 1)) * variance**0.5 if total.deals > 1 else 1.0
        found[name] = Estimate(once, max(once - half, 0.0), min(once + half, 1.0))
        if once in (0.0, 1.0):  # all or nothing in every deal: as surely as so many deals tell it
            found[name] = share(once * total.deals, total.deals)
    return found


def ignorance(
    ensemble: Ensemble, total: Tally, *, seed: int, worlds: int, executor: Executor | None = None
) -> tuple[dict[str, Ends], dict[str, Ends]]:
    """Return the central 95% of each outcome's odds over the uncertain numbers, and its error.

    By name in ``OUTCOMES``; see :func:`negotiation.ignorance.over_worlds` and ``ends_error``.
    """
    low = high = total.hits / total.runs
    error = np.zeros((2, len(OUTCOMES)))
    if len(ensemble.table.world.uncertain):
        m = RUNS_PER_WORLD
        low, high = np.full((2, len(OUTCOMES)), np.nan)
        error += np.nan
        if worlds:
            apart = tally_runs(
                ensemble, seed=seed, runs=worlds * m, runs_per_world=m, executor=executor
            )
            sums = (apart.hits, apart.squares, apart.cubes)
            _, low, high = over_worlds(sums, apart.runs, m)
            error = np.array(ends_error(sums, apart.runs, m))

    def named(pairs: np.ndarray) -> dict[str, Ends]:
        return {name: (float(a), float(b)) for name, a, b in zip(OUTCOMES, *pairs, strict=True)}

    return named(np.array([low, high])), named(error)

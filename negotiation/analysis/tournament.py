"""A tournament: every strategy of one side against every strategy of the other.

Axelrod's tournaments of 1980 asked which rule of conduct does well against rules of conduct.
Here the rules are bargaining strategies, the table is one or several scenarios, and the score is
what was signed, in $bn a year (nothing signed scores zero). All pairings play the same runs:
the same private types, news and dates, so two strategies are compared in pairs, which takes far
fewer runs than comparing two averages.

A ranking depends on who takes part. What does not is in :mod:`negotiation.analysis.empirical_game`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from negotiation.door import checked
from negotiation.ensemble import Ensemble
from negotiation.errors import InputError, one_of, whole_number
from negotiation.estimates import Estimate, mean_of, share
from negotiation.outcome import EVENTS
from negotiation.scenario import SIDES, Given, Scenario
from negotiation.scenario.sides import Sides
from negotiation.tactics.registry import BUILT_IN

DEAL = EVENTS.index("deal")
MOST_GAMES = 10**8  # 17 bytes are kept of each


class Pairing(NamedTuple):
    """What two strategies came to.

    Attributes
    ----------
    scenario, us, china : str
    agreement : Estimate
        Share of runs in which something was signed; 95% Wilson interval.
    us_gain, china_gain : Estimate
        What was signed is worth to each side.
    """

    scenario: str
    us: str
    china: str
    agreement: Estimate
    us_gain: Estimate
    china_gain: Estimate


class Score(NamedTuple):
    """How a strategy did on one side, over all opponents and scenarios.

    Attributes
    ----------
    strategy, side : str
    gain : Estimate
    agreement : Estimate
        Share of its runs with an agreement; the runs of one pairing after another share their
        luck, so the interval is that of as many runs as one pairing has.
    behind : Estimate
        Gain of the best strategy less this one's, from paired runs; zero for the best. An
        interval that holds zero is a tie.
    """

    strategy: str
    side: str
    gain: Estimate
    agreement: Estimate
    behind: Estimate


@dataclass(frozen=True, eq=False)
class Tournament:
    """The results of a round robin.

    Attributes
    ----------
    us, china : tuple of str
        The strategies that took part on each side, m and n of them.
    scenarios : tuple of str
    runs, seed : int
    agreed : ndarray of bool, shape (scenarios, m, n, runs)
    gains : ndarray, shape (scenarios, m, n, runs, 2)
        What each run's agreement is worth to each side, $bn a year; 16 bytes a run.
    sides : tuple of str
        Who sits there; of scenarios with different sides the names of the seats.
    """

    us: tuple[str, ...]
    china: tuple[str, ...]
    scenarios: tuple[str, ...]
    runs: int
    seed: int
    agreed: np.ndarray
    gains: np.ndarray
    sides: Sides = SIDES

    def pairings(self) -> tuple[Pairing, ...]:
        """Return every pairing in every scenario."""
        return tuple(
            Pairing(
                scenario, us, china,
                share(int(self.agreed[k, i, j].sum()), self.runs),
                mean_of(self.gains[k, i, j, :, 0]),
                mean_of(self.gains[k, i, j, :, 1]),
            )
            for k, scenario in enumerate(self.scenarios)
            for i, us in enumerate(self.us)
            for j, china in enumerate(self.china)
        )  # fmt: skip

    def ranking(self, side: str) -> tuple[Score, ...]:
        """Return the scores of the strategies on one side, best first.

        Notes
        -----
        A run's score is its average over opponents and scenarios. Those share the run's random
        events and so are not independent of each other; runs are.
        """
        one_of("side", side, SIDES)
        own = SIDES.index(side)
        names = (self.us, self.china)[own]
        others = (0, 2 - own)  # scenarios, and the axis of the other side
        scores = self.gains[..., own].mean(axis=others)
        agreed = self.agreed.mean(axis=others)
        order = np.argsort(-scores.mean(axis=1), kind="stable")
        best = scores[order[0]]
        return tuple(
            Score(
                names[i], side, mean_of(scores[i]),
                share(float(agreed[i].sum()), self.runs), mean_of(best - scores[i]),
            )
            for i in order
        )  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """Return the results as plain data."""
        return {
            "scenarios": list(self.scenarios),
            "runs": self.runs,
            "seed": self.seed,
            "pairings": [plain(pairing) for pairing in self.pairings()],
            "ranking": {side: [plain(score) for score in self.ranking(side)] for side in SIDES},
        }


@checked
def round_robin(
    scenarios: Given | Sequence[Given],
    *,
    us: Sequence[str] = tuple(BUILT_IN),
    china: Sequence[str] = tuple(BUILT_IN),
    runs: int = 2000,
    seed: int = 1,
    executor: Executor | None = None,
    progress: Callable[[int], Any] | None = None,
) -> Tournament:
    """Play every strategy of the US against every strategy of China.

    Parameters
    ----------
    scenarios : Scenario or sequence of Scenario
        Where they meet.
    us, china : sequence of str
        Names of strategies; all built-in ones if not given. Plug-ins need a compiled share. They
        take the places of those that the scenarios name, with the settings of their own classes.
    runs : int
        Runs of each pairing in each scenario, the same ones in all.
    seed : int
        Master seed.
    executor : concurrent.futures.Executor, optional
        Where the pairings are played; threads scale.
    progress : callable, optional
        Called with the number of runs of every finished pairing.

    Raises
    ------
    InputError
        If a side or the list of scenarios is empty, or a strategy cannot be played.

    Examples
    --------
    >>> pie = Scenario.load("split-the-pie")
    >>> played = round_robin(pie, us=["linear"], china=["conceder", "boulware"], runs=20)
    >>> [score.strategy for score in played.ranking("china")]
    ['boulware', 'conceder']
    """
    if isinstance(scenarios, str) or not isinstance(scenarios, Sequence):
        scenarios = [scenarios]
    places = [Scenario.of(place) for place in scenarios]
    whole_number("runs", runs, 2)
    whole_number("seed", seed, 0)
    for what, given in (("scenarios", places), ("us", us), ("china", china)):
        if not len(given):
            raise InputError(f"tournament: {what} is empty; allowed: one or more.")
    shape = (len(places), len(us), len(china))
    whole_number("runs", runs, 2, MOST_GAMES // math.prod(shape))
    agreed, gains = np.zeros((*shape, runs), np.bool_), np.zeros((*shape, runs, 2))

    def one(cell: tuple[int, ...]) -> None:
        k, i, j = cell
        changes = {"us.strategy": us[i], "china.strategy": china[j]}
        rows = Ensemble(places[k].replace(changes)).rows(seed=seed, first=0, count=runs)
        agreed[cell], gains[cell] = rows["events"][:, DEAL] > 0, rows["yearly_gain"]

    cells = list(np.ndindex(shape))
    for _ in map(one, cells) if executor is None else executor.map(one, cells):
        if progress is not None:
            progress(runs)
    names = tuple(place.name for place in places)
    seated = {place.sides for place in places}
    sides = seated.pop() if len(seated) == 1 else SIDES
    return Tournament(tuple(us), tuple(china), names, runs, seed, agreed, gains, sides)


def plain(record: Any) -> dict[str, Any]:
    """Return a named tuple that holds estimates as plain data."""
    data: dict[str, Any] = {}
    for name, value in record._asdict().items():
        if isinstance(value, Estimate):
            value = value.to_dict("p" if name == "agreement" else "value")
        data[name] = value
    return data

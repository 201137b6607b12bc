"""Odds under one in a thousand: look at every run, play only those that could get there.

By brute force the relative error of h hits is 1/sqrt(h): at odds of 1 in 10,000 an error of 10%
takes a million runs, nearly all of them played in vain. But the random numbers of a run are
addressed, not consumed: the numbers nobody knows, the types, the moods, the news of week nine can
all be looked at without playing, and they say much about where the run may end. So

1. *pilot*: play all of the first runs;
2. *learn*: from those that had the outcome, fit a score of a run's random numbers
   (:mod:`negotiation.analysis.score`);
3. *thin*: of the runs that follow, play each with a probability that grows with its score, and
   weigh it by one over that probability.

Whatever the score, the weighted share is unbiased (Horvitz and Thompson): a poor score costs
precision, not truth. The runs are ordinary runs, so ``negotiation run --run`` replays each.

References
----------
Horvitz and Thompson (1952), doi:10.1080/01621459.1952.10483446.
Kahn and Marshall (1953), doi:10.1287/opre.1.5.263: the best probabilities grow like the square
root of the chance of a hit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from negotiation import randomness as rnd
from negotiation.analysis.score import Score, learned
from negotiation.ensemble import Ensemble, chunks
from negotiation.errors import InputError, whole_number
from negotiation.scenario import Scenario
from negotiation.sweep import intervals
from negotiation.sweep.outcomes import OUTCOMES, hits_by_world, named
from negotiation.sweep.points import play_runs, uniforms

ENOUGH = 200  # hits of the pilot from which a score is learned
LEAST = 20  # with fewer everything is played
LOOK = 0.02  # work of looking at a run's random numbers, over that of playing it
PILOT, THINNED = 65_536, 32_768  # runs of the pilot between looks, runs in a task after it
OTHERS = 32_768  # runs in general, that those with the outcome are held against
COIN = np.array([1 << 50], np.uint64)  # the draw that decides whether a run is played
KINDS = (
    "TYPE", "NEWS", "PROVOKE", "RESPOND", "READING", "ACCEPT", "DEADLINE", "BRANCH", "CONCEDE",
    "SUMMIT_DATE", "ATTEND", "SIGN", "RATIFY", "LAPSE", "DELIVER", "POWERS", "TACTIC",
)  # fmt: skip
SLOTS = 80  # of each kind that are looked at: four a week for twenty weeks


@dataclass(frozen=True)
class RareOdds:
    """The odds of a rare outcome.

    Attributes
    ----------
    p, low, high : float
        Estimate and its interval.
    looked_at, played, pilot : int
        Runs whose random numbers were looked at, those of them that were played, and those that
        served to learn (played too, not part of the estimate).
    hits : int
        Runs with the outcome behind the estimate.
    gain : float
        Work that brute force would need for the same standard error, over the work done
        (pilot and looking included).
    examples : tuple of int
        Numbers of some runs with the outcome, for ``negotiation run``.
    drivers : tuple of str
        The random numbers that matter, the most important first: uncertain numbers by path,
        others by kind and slot.
    """

    p: float
    low: float
    high: float
    looked_at: int
    played: int
    pilot: int
    hits: int
    gain: float
    examples: tuple[int, ...]
    drivers: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {**self.__dict__, "examples": list(self.examples), "drivers": list(self.drivers)}


def rare_odds(
    scenario: Scenario,
    outcomes: str | tuple[str, ...] | list[str],
    *,
    runs: int = 1_000_000,
    seed: int = 1,
    level: float = intervals.LEVEL,
    executor: Any = None,
) -> RareOdds:
    """Estimate the odds that a run has all of the given outcomes, where that is rare.

    Parameters
    ----------
    scenario : Scenario
    outcomes : str or sequence of str
        One outcome, or several that must happen in the same run.
    runs : int
        Work to be done, in runs played. A quarter of it at most is the pilot.
    seed : int
        Master seed.
    level : float
        Confidence level.
    executor : concurrent.futures.Executor, optional
        Where the chunks are played, for instance a pool of threads.

    Returns
    -------
    RareOdds

    Raises
    ------
    InputError
        If ``runs`` is under 1,000 or an outcome does not exist.

    Notes
    -----
    Of N runs looked at, those with the outcome that were played have weights w; the estimate is
    ``sum(w) / N`` with variance ``(sum(w^2) / N - p^2) / N``. The interval is Wilson's over the
    number of runs that brute force would need for that variance.

    Examples
    --------
    >>> found = rare_odds(Scenario.load("split-the-pie"), "lapse", runs=1000)
    >>> found.p, found.hits
    (0.0, 0)
    """
    whole_number("runs", runs, 1_000)
    whole_number("seed", seed, 0)
    columns = [OUTCOMES.index(name) for name in named(outcomes)]
    if not columns:
        raise InputError("name at least one outcome.")
    ensemble = Ensemble(scenario)
    pilot, reached = _pilot(ensemble, columns, seed, max(runs // 4, 1), executor)
    score = _learn(ensemble, seed, pilot, reached)
    looked = int((runs - pilot) / (score.mean_share + (LOOK if score.thins else 0)))
    total = squares = 0.0
    played, hits, examples = 0, 0, list(reached[:5])
    for n, numbers, weights in _thinned(ensemble, columns, score, seed, pilot, looked, executor):
        played += n
        hits += len(weights)
        total += float(weights.sum())
        squares += float((weights**2).sum())
        examples += numbers[: 10 - len(examples)].tolist()
    p = total / looked
    variance = (squares / looked - p * p) / looked
    equal = p * (1 - p) / variance if variance > 0 else float(looked)
    low, high = intervals.wilson(p, equal, level)
    names = slot_names(ensemble)
    return RareOdds(
        p=p,
        low=float(low),
        high=float(high),
        looked_at=pilot + looked,
        played=pilot + played,
        pilot=pilot,
        hits=hits,
        gain=equal / (pilot + played + (LOOK * looked if score.thins else 0)),
        examples=tuple(int(run) for run in examples),
        drivers=tuple(names[j] for j in score.entries),
    )


def _pilot(
    ensemble: Ensemble, columns: list[int], seed: int, most: int, executor: Any
) -> tuple[int, list[int]]:
    """Play the first runs until enough have the outcome; return how many, and those that have."""

    def one(task: tuple[int, int]) -> list[int]:
        rows = ensemble.rows(seed=seed, first=task[0], count=task[1])
        hit = hits_by_world(rows, 1)[:, columns].all(axis=1)
        return [int(run) for run in np.flatnonzero(hit) + task[0]]

    found: list[int] = []
    played = 0
    while played < most and len(found) < ENOUGH:
        tasks = list(chunks(played, min(PILOT, most - played)))
        for hits in _over(executor, one, tasks):
            found += hits
        played += sum(n for _, n in tasks)
    return played, found


def slots_of(ensemble: Ensemble) -> np.ndarray:
    """Return the addresses of the random numbers that are looked at."""
    kinds = [getattr(rnd, kind) + np.uint64(k) for kind in KINDS for k in range(SLOTS)]
    return np.array([*(rnd.WORLD + ensemble.table.world.slots), *kinds], np.uint64)


def slot_names(ensemble: Ensemble) -> list[str]:
    """Return what these random numbers are."""
    kinds = [f"{kind.lower()} {k}" for kind in KINDS for k in range(SLOTS)]
    return [*ensemble.table.world.paths, *kinds]


def _learn(ensemble: Ensemble, seed: int, pilot: int, reached: list[int]) -> Score:
    if len(reached) < LEAST:
        return Score.everything()
    slots = slots_of(ensemble)
    hits = np.concatenate([uniforms(slots, seed, run, 1) for run in reached])

    def others(entries: np.ndarray) -> np.ndarray:
        return np.asarray(uniforms(slots[entries], seed, 0, min(pilot, OTHERS)))

    return learned(hits, others, LOOK)


def _thinned(
    ensemble: Ensemble,
    columns: list[int],
    score: Score,
    seed: int,
    first: int,
    n: int,
    executor: Any,
) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Yield how many runs of a chunk were played, and numbers and weights of the hits."""
    slots = slots_of(ensemble)[score.entries]

    def one(task: tuple[int, int]) -> tuple[int, np.ndarray, np.ndarray]:
        start, count = task
        share = score.share_of(uniforms(slots, seed, start, count))
        coin = uniforms(COIN, seed, start, count)[:, 0]
        chosen = np.flatnonzero(coin < share)
        rows = play_runs(ensemble, chosen + start, seed=seed)
        hit = hits_by_world(rows, 1)[:, columns].all(axis=1)
        return len(chosen), chosen[hit] + start, 1 / share[chosen[hit]]

    yield from _over(executor, one, chunks(first, n, THINNED))


def _over(executor: Any, function: Any, tasks: Iterable[Any]) -> Iterator[Any]:
    """Map over tasks here or on an executor, a bounded number ahead."""
    from itertools import islice

    source = iter(tasks)
    while batch := list(islice(source, 64)):
        yield from map(function, batch) if executor is None else executor.map(function, batch)

"""Odds while a lever moves: a first answer in a tenth of a second, which then gets sharper.

Runs are played in worlds of a few runs that share the uncertain numbers, so that the same runs give
both intervals: how well so many runs pin the odds down, and how far the odds would move if the
numbers were known. A study keeps what each run came to and the luck in it: odds and differences are
told from the scores of worlds, as those of a sweep are (:mod:`negotiation.sweep.scores`). Two
studies of the same seed have met the same random events, so their difference is paired, world by
world. What has been played is kept for whoever asks next, in this browser tab or another.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import NamedTuple

import numpy as np

from negotiation.ensemble import Ensemble
from negotiation.errors import InputError
from negotiation.estimates import (
    Estimate,
    clear,
    half_width,
    wilson,
)
from negotiation.ignorance import ends_error, holding, over_worlds
from negotiation.outcome import AT_HORIZON
from negotiation.rules.state import INNOVATIONS
from negotiation.scenario import SIDES, Scenario
from negotiation.sweep.scores import differences, estimated, scores_of_hits, squares_of
from negotiation.tally import OUTCOMES
from negotiation.variates import hits_of
from negotiation.words.language import tr
from negotiation.words.outcomes import HORIZON, ending_label, headlines, impossible

PER_WORLD = 10  # runs: cheap enough to have many worlds, enough to tell them apart
FIRST, MOST = 12, 400  # worlds of the first answer and of the last: 4,000 runs
GROWTH = 2.5
KEPT = 48  # studies
SLICE = 3  # worlds of a task: some 6 ms; the first answer is shared evenly by 2 cores, and by 4


class Headline(NamedTuple):
    """A question and its odds: with sampling error, over the unknown numbers, against a baseline.

    ``before`` are the odds of the baseline, ``change`` is in odds, paired; None without one.
    """

    name: str
    sentence: str
    odds: Estimate
    over: tuple[float, float]
    error: tuple[float, float]
    change: Estimate | None
    before: Estimate | None = None


class Gains(NamedTuple):
    """What a side has gained by the horizon: mean with its interval, and 95% of the runs."""

    side: str
    mean: Estimate
    spread: tuple[float, float]
    change: float | None


class Answer(NamedTuple):
    """All that the page says of a scenario after so many runs."""

    runs: int
    worlds: int
    done: bool
    headlines: tuple[Headline, ...]
    endings: tuple[tuple[str, str, Estimate, float | None], ...]
    gains: tuple[Gains, ...]


def always() -> bool:
    """Return that an answer is still wanted."""
    return True


class Study:
    """What has been played of a scenario so far.

    Parameters
    ----------
    scenario : Scenario
    seed : int
    """

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.scenario, self.seed = scenario, seed
        self.ensemble = Ensemble(scenario)
        self.lock = threading.Lock()
        self.hits = np.zeros((0, PER_WORLD, len(OUTCOMES)), np.uint8)
        self.moves = np.zeros((0, PER_WORLD, INNOVATIONS), np.float32)
        self.accounts = np.zeros((0, 2), np.float32)

    @property
    def worlds(self) -> int:
        """Worlds that have been played."""
        return len(self.hits)

    def extend(self, worlds: int, wanted: Callable[[], bool] = always) -> None:
        """Play on until there are so many worlds, or nobody wants them any more.

        Those who ask at once share the work. It is done a few slices at a time, so that others'
        first answers do not stand behind the last digits of this one.
        """
        cores = os.cpu_count() or 1
        while self.worlds < worlds and wanted():
            with self.lock:
                first = self.worlds
                starts = range(first, min(worlds, first + SLICE * cores), SLICE)
                tasks = [(start, min(SLICE, worlds - start)) for start in starts]
                parts = list(players().map(self._played, tasks))
                if parts:
                    hits, moves, accounts = zip(*parts, strict=True)
                    self.accounts = np.concatenate([self.accounts, *accounts])
                    self.moves = np.concatenate([self.moves, *moves])
                    self.hits = np.concatenate([self.hits, *hits])

    def numbers_of(self, world: int) -> np.ndarray:
        """Return the uncertain numbers of a world, in the order of their paths."""
        return self.ensemble.table.numbers_of(seed=self.seed, world=world)

    def scores(self, worlds: int) -> np.ndarray:
        """Return what so many worlds count for each outcome, less what in it was luck."""
        return scores_of_hits(self.hits[:worlds], self.moves[:worlds].astype(float))

    def _played(self, task: tuple[int, int]) -> tuple[np.ndarray, ...]:
        first, worlds = task
        moves = np.zeros((worlds * PER_WORLD, INNOVATIONS))
        rows = self.ensemble.rows(
            seed=self.seed, first=first * PER_WORLD, count=worlds * PER_WORLD,
            runs_per_world=PER_WORLD, innovations=moves,
        )  # fmt: skip
        shape = worlds, PER_WORLD, -1
        hits = hits_of(rows).astype(np.uint8).reshape(shape)
        accounts = rows["account"].astype(np.float32)
        return hits, moves.astype(np.float32).reshape(shape), accounts


@cache
def players() -> ThreadPoolExecutor:
    """Return the threads that play for everybody: one for each core, first come first served."""
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="lab")


_studies: OrderedDict[tuple[str, int], Study] = OrderedDict()
_studies_lock = threading.Lock()


def study_of(scenario: Scenario, seed: int) -> Study:
    """Return the study of a scenario, the one that is known if there is one."""
    key = scenario.fingerprint, seed
    with _studies_lock:
        if key not in _studies:
            _studies[key] = Study(scenario, seed)
        _studies.move_to_end(key)
        while len(_studies) > KEPT:
            _studies.popitem(last=False)
        return _studies[key]


def answers(
    scenario: Scenario,
    seed: int,
    baseline: Scenario | None = None,
    wanted: Callable[[], bool] = always,
) -> Iterator[Answer]:
    """Yield what is known, sharper each time, as long as it is wanted.

    Examples
    --------
    >>> pie = Scenario.load("split-the-pie")
    >>> first, *_, last = answers(pie, seed=164, baseline=pie)
    >>> first.runs < last.runs, last.done, last.headlines[0].change.p
    (True, True, 0.0)
    """
    study = study_of(scenario, seed)
    base = None if baseline is None else study_of(baseline, seed)
    worlds = min(max(FIRST, study.worlds), MOST)
    while True:
        study.extend(worlds, wanted)
        if base is not None:
            base.extend(worlds, wanted)
        if not wanted():
            return
        yield answer(study, base, worlds, done=worlds >= MOST)
        if worlds >= MOST:
            return
        worlds = min(int(worlds * GROWTH), MOST)


def answer(study: Study, base: Study | None, worlds: int, *, done: bool) -> Answer:
    """Return what so many worlds of a study say, and how they differ from those of a baseline."""
    runs = worlds * PER_WORLD
    sums = summed(study, base or study, worlds)
    p, low, high = odds_of(sums, runs)
    changes, pinned = None, None
    if base is not None:
        changes = differences(sums, runs, PER_WORLD)[:3]
        own = ("hits", "squares", "scores", "score_squares")
        pinned = odds_of({name: sums[f"base_{name}"] for name in own}, runs)

    def estimate(i: int) -> Estimate:
        return Estimate(float(p[i]), float(low[i]), float(high[i]))

    def baseline(i: int) -> Estimate | None:
        return None if pinned is None else Estimate(*(float(x[i]) for x in pinned))

    def change(i: int) -> Estimate | None:
        return None if changes is None else Estimate(*(float(x[i]) for x in changes))

    asked, questions = [], headlines(study.scenario)
    places = [OUTCOMES.index(name) for name in questions]
    hits = study.hits[:worlds].sum(1, dtype=float)[:, places]
    # of the headlines alone: quantiles of a law for each take time
    few = tuple((hits**power).sum(axis=0) for power in (1, 2, 3))
    _, start, end = over_worlds(few, runs, PER_WORLD)
    overs = np.transpose(holding(p[places], start, end))
    errors = np.ones((len(places), 2))  # of a first answer: it will be another in a moment
    if done:
        errors = np.transpose(ends_error(few, runs, PER_WORLD))
    for i, over, error, (name, sentence) in zip(
        places, overs, errors, questions.items(), strict=True
    ):
        reach, off = (float(over[0]), float(over[1])), (float(error[0]), float(error[1]))
        asked.append(Headline(name, sentence, estimate(i), reach, off, change(i), baseline(i)))
    endings, never = [], impossible(study.scenario)
    for state in AT_HORIZON:
        if HORIZON + state not in never:
            i = OUTCOMES.index(HORIZON + state)
            shift = change(i)
            told = ending_label(state, study.scenario)
            endings.append((state, told, estimate(i), None if shift is None else shift.p))
    found = gains(study.accounts[:runs], None if base is None else base.accounts[:runs])
    return Answer(runs, worlds, done, tuple(asked), tuple(endings), found)


def summed(study: Study, base: Study, worlds: int) -> dict[str, np.ndarray]:
    """Return the sums over worlds that odds and differences are told from, as a sweep has them."""
    hits, others = (one.hits[:worlds].sum(1, dtype=np.int64) for one in (study, base))
    scores = study.scores(worlds)
    base_scores = scores if base is study else base.scores(worlds)
    return {
        "hits": hits.sum(0), "squares": (hits**2).sum(0), "cross": (hits * others).sum(0),
        "base_hits": others.sum(0), "base_squares": (others**2).sum(0),
        "scores": scores.sum(0), "score_squares": squares_of(scores),
        "base_scores": base_scores.sum(0), "base_score_squares": squares_of(base_scores),
        "score_gaps": squares_of(scores - base_scores),
    }  # fmt: skip


def odds_of(sums: dict[str, np.ndarray], runs: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the odds of all outcomes and the ends of their intervals."""
    p, worth = estimated(sums, runs, PER_WORLD)
    return p, *wilson(p, worth)


def gains(accounts: np.ndarray, before: np.ndarray | None) -> tuple[Gains, ...]:
    """Return what both sides gain; the mean's interval is over worlds."""
    found = []
    for i, side in enumerate(SIDES):
        mine = accounts[:, i].astype(float)
        means = mine.reshape(-1, PER_WORLD).mean(axis=1)
        half = float(half_width(len(means), means.mean(), (means**2).mean()))
        spread = np.quantile(mine, [0.025, 0.975])
        change = None if before is None else float(mine.mean() - before[:, i].mean())
        mean = float(means.mean())
        middle = Estimate(mean, mean - half, mean + half)
        found.append(Gains(side, middle, (float(spread[0]), float(spread[1])), change))
    return tuple(found)


class Driver(NamedTuple):
    """A number that the odds depend on: by how much, from -1 to 1, with the interval of that."""

    path: str
    strength: float
    low: float
    high: float


DRAWS = 600  # worlds behind what drives the odds


def drivers(scenario: Scenario, outcome: str, seed: int) -> tuple[list[Driver], int]:
    """Return the numbers that the odds of an outcome go with, the strongest first, and the runs.

    Partial rank correlations of the share of a world's runs with its uncertain numbers, over the
    worlds that have been played, and some more. ``negotiation sensitivity`` asks the same with
    points of its own. Only numbers whose interval excludes zero come back.

    Raises
    ------
    InputError
        If no number is uncertain, or all worlds are alike.
    """
    from negotiation.analysis.indices import partial_rank_correlation

    study = study_of(scenario, seed)
    paths = study.ensemble.table.world.paths
    study.extend(DRAWS)
    hits = study.hits[:DRAWS, :, OUTCOMES.index(outcome)].sum(1, dtype=float)
    if not paths or not np.ptp(hits) > 0:
        raise InputError(tr("Nothing drives it: all draws of the numbers have the same odds."))
    points = np.array([study.numbers_of(world) for world in range(DRAWS)])
    told = zip(paths, *partial_rank_correlation(points, hits), strict=True)
    known = [Driver(path, float(r), float(low), float(high)) for path, r, low, high in told]
    sure = [driver for driver in known if clear(driver.low, driver.high)]
    return sorted(sure, key=lambda driver: -abs(driver.strength)), DRAWS * PER_WORLD

"""Forecasts out of sample, their scores, and what one forecaster gains over another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from negotiation.errors import InputError, UnknownName
from negotiation.estimates import mean_of
from negotiation.hindcast import scoring
from negotiation.hindcast.scoring import SAME, Mean
from negotiation.history.rows import Decision
from negotiation.skill.cases import CODES, Cases, cases_of, effective, outcomes_of
from negotiation.skill.splits import Fold, folds
from negotiation.skill.threads import on_one_thread

Forecaster = Callable[[Cases, np.ndarray, Cases], np.ndarray]
SCORES = {"brier": scoring.brier, "log": scoring.log_score, "ranked": scoring.ranked}
FEWEST = 3  # disputes from which an interval is told


def known_before(forecaster: Forecaster) -> Forecaster:
    """Return the forecaster that does not see the covariates coded with hindsight."""
    return lambda seen, truth, asked: forecaster(seen.known_before(), truth, asked.known_before())


@dataclass(frozen=True)
class Gain:
    """How much lower one forecaster's scores are than another's: above 0 it is better.

    Attributes
    ----------
    over_disputes : Mean
        The mean over disputes, each counted once, with Student's interval on the disputes' means.
    over_decisions : Mean
        The mean over decisions, each counted once, its interval with whole disputes as units.
    """

    over_disputes: Mean
    over_decisions: Mean


@dataclass(frozen=True)
class Assessment:
    """Forecasts of decisions, none of which was learned from when it was forecast.

    Attributes
    ----------
    split : str
        What was left out, a key of ``SPLITS``.
    cases : Cases
        The n decisions that were asked.
    truth : ndarray of int64, shape (n,)
        How they ended, as indices into ``CODES``.
    forecasts : dict of str to ndarray, shape (n, 5)
    fewest, most : int
        Decisions learned from.
    """

    split: str
    cases: Cases
    truth: np.ndarray
    forecasts: dict[str, np.ndarray]
    fewest: int
    most: int

    @classmethod
    def of_parts(
        cls,
        split: str,
        cases: Cases,
        truth: np.ndarray,
        forecasts: Mapping[str, np.ndarray],
        parts: Sequence[Fold],
    ) -> Assessment:
        """Return what was forecast in some folds, in the order of the cases."""
        places = np.sort(np.concatenate([fold.asked for fold in parts]))
        sizes = [len(fold.seen) for fold in parts]
        kept = {name: p[places] for name, p in forecasts.items()}
        return cls(split, cases.take(places), truth[places], kept, min(sizes), max(sizes))

    @property
    def disputes(self) -> int:
        """How many disputes the decisions belong to."""
        return len(np.unique(self.cases.disputes))

    @property
    def effective(self) -> float:
        """How many disputes of equal size they weigh as much as."""
        return effective(self.cases.disputes)

    def of(self, name: str) -> np.ndarray:
        """Return a forecaster's probabilities, shape (n, 5)."""
        if name not in self.forecasts:
            raise UnknownName("forecaster", name, self.forecasts)
        return self.forecasts[name]

    def scores(self, name: str, kind: str = "brier") -> np.ndarray:
        """Return the score of each decision, lower is better, shape (n,)."""
        if kind not in SCORES:
            raise UnknownName("score", kind, SCORES)
        return SCORES[kind](self.of(name), self.truth)

    def score(self, name: str, kind: str = "brier") -> Mean:
        """Return the mean score over decisions, its interval with whole disputes as units."""
        return self._with_ends(scoring.mean(self.scores(name, kind), self._of_dispute))

    def gain(self, name: str, over: str, kind: str = "brier") -> Gain:
        """Return by how much ``name`` is better than ``over``."""
        mine, other = self.scores(name, kind), self.scores(over, kind)
        if not (np.isfinite(mine).all() and np.isfinite(other).all()):
            return Gain(Mean(None, None, None), Mean(None, None, None))
        each = other - mine
        return Gain(
            self._with_ends(over_disputes(each, self.cases.disputes)),
            self._with_ends(scoring.mean(each, self._of_dispute)),
        )

    @property
    def _of_dispute(self) -> list[int]:
        places: list[int] = np.unique(self.cases.disputes, return_inverse=True)[1].tolist()
        return places

    def _with_ends(self, mean: Mean) -> Mean:
        return mean if self.disputes >= FEWEST else mean._replace(low=None, high=None)


def over_disputes(values: np.ndarray, disputes: np.ndarray) -> Mean:
    """Return the mean of the disputes' means, with Student's interval; alike, they have none.

    Examples
    --------
    >>> over_disputes(np.array([1.0, 1.0, 0.0, 0.5]), np.array(["a", "a", "b", "c"])).value
    0.5
    """
    names, of = np.unique(disputes, return_inverse=True)
    means = np.bincount(of, values) / np.bincount(of)
    if len(names) < 2 or np.ptp(means) < SAME:
        return Mean(float(means.mean()), None, None)
    return Mean(*map(float, mean_of(means)))


@on_one_thread
def assess(
    rows: Sequence[Decision],
    forecasters: Mapping[str, Forecaster],
    split: str = "dispute",
    *,
    second: bool = False,
    asked: Sequence[str] | None = None,
    progress: Callable[[int], Any] | None = None,
) -> Assessment:
    """Forecast decisions from others, by every forecaster, and keep what is needed to score them.

    Parameters
    ----------
    rows : sequence of Decision
        All decisions that may be learned from or asked.
    forecasters : mapping of str to callable
        Each from the cases learned from, their outcomes and the cases asked, to probabilities of
        shape (asked, 5). Cases hold no outcome.
    split : {"dispute", "partner", "forward"}
        What may not be learned from: the decision's dispute, its partner, or what came later.
    second : bool
        Read every outcome as a reasonable reader may read it otherwise, where one would.
    asked : sequence of str, optional
        Ids of the decisions to score; all by default.
    progress : callable, optional
        Called with 1 after each forecaster's part of a fold.

    Returns
    -------
    Assessment

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> from negotiation.skill.rates import always_extend, base_rates
    >>> rows = [row for row in shipped().decisions if row.counted and row.date.year >= 2017]
    >>> found = assess(rows, {"base rates": base_rates, "always": always_extend}, "partner")
    >>> round(found.score("base rates").value, 2), round(found.score("always").value, 2)
    (0.78, 1.35)
    """
    cases, truth = cases_of(rows), outcomes_of(rows, second)
    parts = folds(cases, split, asked)
    forecasts = {name: np.full((len(rows), len(CODES)), np.nan) for name in forecasters}
    for seen, out in parts:
        for name, forecaster in forecasters.items():
            p = np.asarray(forecaster(cases.take(seen), truth[seen], cases.take(out)), float)
            if p.shape != (len(out), len(CODES)):
                raise InputError(
                    f"forecaster {name!r} returned shape {p.shape}; expected "
                    f"{(len(out), len(CODES))}: a row for each case asked."
                )
            if not ((p >= 0).all() and np.allclose(p.sum(axis=1), 1.0, atol=1e-6)):
                raise InputError(
                    f"forecaster {name!r} returned what are no probabilities; expected rows of "
                    f"{len(CODES)} from 0 to 1 that sum to 1."
                )
            forecasts[name][out] = p
            if progress:
                progress(1)
    return Assessment.of_parts(split, cases, truth, forecasts, parts)

"""The record of past disputes as the model plays it.

Every decision is played at the same draws of the prior. What is then learned from some decisions
and not from others is another weighing of that table (:mod:`negotiation.hindcast.pooled`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from negotiation.hindcast import disputes, pooled, priors
from negotiation.hindcast.learned import WINDOW, same_decision
from negotiation.hindcast.playing import Played, table
from negotiation.hindcast.situation import setting
from negotiation.history import reading
from negotiation.history.codes import GaveWay, Outcome
from negotiation.history.rows import Decision
from negotiation.scenario import SIDES

FILE = "record.npz"
DRAWS, RUNS, SEED = 256, 60, 1
NAMES = disputes.NAMES
ASKED = {Outcome.EXTENDED_OR_PAUSED: 0, Outcome.DEAL: 1}  # of whom it is asked who gave way


def save(path: Path, *, workers: int = 1, progress: Callable[[int], Any] | None = None) -> None:
    """Play every decision of the shipped record and keep the counts; takes minutes.

    With and without what was coded knowing the outcome, the first as ``with``, the other as
    ``without``; shape (draws, n, 7) each, of ``disputes.DETAILED``.
    """
    from scipy.stats import qmc

    rows = [row for row in reading.shipped().decisions if row.counted]
    cube = qmc.Sobol(len(NAMES), rng=np.random.default_rng(SEED)).random(DRAWS)
    values = priors.from_cube(cube, priors.OF_RECORD)
    counts = {}
    for name, hindsight in (("with", True), ("without", False)):
        players = [player(row, hindsight=hindsight) for row in rows]
        shares = table(players, values, seed=SEED, runs=RUNS, workers=workers, progress=progress)
        counts[name] = np.rint(shares * RUNS).astype(np.uint8)
    ids = np.array([row.id for row in rows])
    np.savez_compressed(path, values=values, ids=ids, **counts)


@cache
def shipped(*, hindsight: bool = True, second: bool = False) -> Record:
    """Return the shipped record as it was played.

    Examples
    --------
    >>> found = shipped()
    >>> found.shares.shape[1:] == (len(found.rows), 5)
    True
    """
    by_id = {row.id: row for row in reading.shipped().decisions}
    source = resources.files("negotiation") / "hindcast" / "data" / FILE
    with source.open("rb") as file, np.load(file, allow_pickle=False) as kept:
        counts = kept["with" if hindsight else "without"] / RUNS
        values, rows = kept["values"], [by_id[name] for name in kept["ids"].tolist()]
    shares = told(disputes.undetailed(counts), values, rows)
    return Record(rows, values, shares, gave_way(counts, values), second=second)


def player(row: Decision, *, hindsight: bool = True) -> Played:
    """Return a decision of the record, ready to be played; it sums up ``disputes.DETAILED``."""
    episode = disputes.coded(row, hindsight=hindsight).episode
    issues = setting(episode).issues.values()
    conceded_by = np.array([SIDES.index(issue.conceded_by) for issue in issues])
    sender = disputes.sender_of(row)
    summed = partial(disputes.detailed, target=1 - sender, conceded_by=conceded_by)
    return Played(episode, NAMES, summed)


def told(shares: np.ndarray, values: np.ndarray, rows: Sequence[Decision]) -> np.ndarray:
    """Return the chances of the five outcomes of each decision, shape (draws, n, 5).

    Parameters
    ----------
    shares : ndarray, shape (draws, n, 5)
        Of ``disputes.KINDS``.
    values : ndarray, shape (draws, parameters)
    rows : sequence of Decision
    """
    each = []
    for k, row in enumerate(rows):
        how = disputes.telling(values, row.binding)
        each.append(disputes.five(shares[:, k], how["told_as_deal"], how["idle"]))
    return np.stack(each, axis=1)


def gave_way(counts: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the chance that the target alone gave way, shape (draws, n, 2).

    Given that the decision is told as put off, and given that it is told as a deal.

    Parameters
    ----------
    counts : ndarray, shape (draws, n, 7)
        Shares of ``disputes.DETAILED``.
    values : ndarray, shape (draws, parameters)
    """
    deal = values[:, NAMES.index("told_as_deal")]
    each = [disputes.target_alone(counts[:, k], deal, RUNS) for k in range(counts.shape[1])]
    return np.stack(each, axis=1)


@dataclass(frozen=True)
class Record:
    """Decisions with what the draws say of them.

    Parameters
    ----------
    rows : sequence of Decision
    values : ndarray, shape (draws, parameters)
    shares : ndarray, shape (draws, n, 5)
        Chances of each outcome of each decision at each draw.
    gave_way : ndarray, shape (draws, n, 2), optional
        See :func:`gave_way`; without it only outcomes are learned from.
    runs : int
        Behind each share.
    second : bool
        Learn from the second reading of what happened.
    """

    rows: Sequence[Decision]
    values: np.ndarray
    shares: np.ndarray
    gave_way: np.ndarray | None = None
    runs: int = RUNS
    second: bool = False

    @cached_property
    def truth(self) -> np.ndarray:
        """What happened, as places in ``disputes.FIVE``, shape (n,)."""
        return np.array([disputes.FIVE.index(row.read(self.second)) for row in self.rows])

    @cached_property
    def pairs(self) -> list[str]:
        """The two governments of each decision."""
        return [disputes.pair_of(row) for row in self.rows]

    def forecast(self, k: int, posterior: pooled.Posterior, rates: np.ndarray) -> np.ndarray:
        """Return the probabilities of the five outcomes of a decision, shape (5,)."""
        return np.asarray(posterior.weights(self.pairs[k]) @ self.mixed(k, rates))

    def mixed(self, k: int, rates: np.ndarray) -> np.ndarray:
        """Return the chances of a decision at each draw, base rates mixed in, shape (draws, 5)."""
        outside = self.values[:, priors.OUTSIDE, None]
        smooth = (self.shares[:, k] * self.runs + 0.5) / (self.runs + 2.5)
        return np.asarray((1.0 - outside) * smooth + outside * rates)

    def posterior(
        self, chosen: tuple[int, ...], truth: np.ndarray | None = None
    ) -> tuple[pooled.Posterior, np.ndarray]:
        """Return what some decisions teach, and the base rates among them, shape (5,).

        ``truth`` is how they ended, if not as the record says. Where a decision was put off or
        ended in a deal, as the record says, who gave way is learned from too.
        """
        happened = self.truth[[*chosen]] if truth is None else truth
        rates = (np.bincount(happened, minlength=5) + 0.5) / (len(chosen) + 2.5)
        chance = np.ones((len(self.values), len(chosen)))
        for place, j in enumerate(chosen):
            chance[:, place] = self.mixed(j, rates)[:, happened[place]]
            if happened[place] == self.truth[j]:
                chance[:, place] *= self.who_gave_way(j)
        pairs = [self.pairs[j] for j in chosen]
        return pooled.learned(np.log(chance), pairs, [self.rows[j].cluster for j in chosen]), rates

    def who_gave_way(self, k: int) -> np.ndarray:
        """Return the chance of who gave way, given how a decision ended, shape (draws,).

        Whether the target alone did, where it was put off or ended in a deal; where something
        outside decides, or nothing is asked, all is as likely.
        """
        row = self.rows[k]
        asked = ASKED.get(disputes.FIVE[self.truth[k]])
        if self.gave_way is None or asked is None:
            return np.ones(len(self.values))
        alone = self.gave_way[:, k, asked]
        chance = alone if row.mutual is GaveWay.TARGET else 1.0 - alone
        outside = self.values[:, priors.OUTSIDE]
        return np.asarray((1.0 - outside) * chance + 0.5 * outside)

    def without(self, row: Decision) -> tuple[pooled.Posterior, np.ndarray]:
        """Return what all disputes teach but those in which a decision was made, and base rates.

        See :func:`known`.
        """
        same = known(row, self.rows)
        return self.posterior(
            tuple(j for j, one in enumerate(self.rows) if one.cluster not in same)
        )


def known(row: Decision, rows: Sequence[Decision]) -> set[str]:
    """Return the disputes that a decision is of and that go on until it, or beyond.

    They are known by the row's own ``cluster``, and as those in which the same two governments
    decided on that day, give or take a week. One that ended more than a week before is past: what
    it taught was known.
    """
    pair = disputes.pair_of(row)
    found = {
        one.cluster
        for one in rows
        if one.cluster == row.cluster
        or (disputes.pair_of(one) == pair and same_decision(one.date, row.date))
    }
    last = {name: max(one.date for one in rows if one.cluster == name) for name in found}
    return {name for name in found if last[name] + dt.timedelta(WINDOW) >= row.date}

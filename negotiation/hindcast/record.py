"""The record of past disputes as the model plays it.

Every decision was played at draws of the prior, and what its runs came to fitted as a function of
the parameters (:mod:`negotiation.hindcast.emulator`). So it is known at as many draws as one likes,
and what is learned from some decisions and not from others is another weighing of these
(:mod:`negotiation.hindcast.pooled`).
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache, partial
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from negotiation.errors import InputError, did_you_mean
from negotiation.hindcast import disputes, emulator, lengths, pooled, priors
from negotiation.hindcast.lengths import Begun, begun
from negotiation.hindcast.observed import Observed, binned
from negotiation.hindcast.playing import Played, table
from negotiation.hindcast.situation import setting
from negotiation.history import reading
from negotiation.history.codes import GaveWay, Outcome
from negotiation.history.rows import Decision
from negotiation.history.tables import SINCE
from negotiation.scenario import SIDES

FILE = "record.npz"
SEED = 1
PLAYED, RUNS = 1024, 16  # draws at which each decision was played, and runs at each
DRAWS = 4096  # of the prior, among which is weighed
WINDOW = 7  # days; decisions of a dispute that were learned from lie weeks apart
NAMES = priors.NAMES
ALL = "all"  # pairs
LISTED = priors.CONCESSION  # the parameter that has a few values
EDGES = tuple(np.cumsum(priors.PARAMETERS[LISTED].prior.shape)[:-1].tolist())  # of its prior
PENALTIES = (Outcome.PENALTY_IN_FULL, Outcome.PENALTY_IN_PART)
ASKED = {Outcome.EXTENDED_OR_PAUSED: 0, Outcome.DEAL: 1}  # of whom it is asked who gave way


def cube_of(draws: int) -> np.ndarray:
    """Return points of the unit cube, shape (draws, p); more of them begin with the same ones."""
    from scipy.stats import qmc

    return np.asarray(qmc.Sobol(len(NAMES), rng=np.random.default_rng(SEED)).random(draws))


def counted(
    *, hindsight: bool, workers: int = 1, progress: Callable[[int], Any] | None = None
) -> np.ndarray:
    """Play every decision of the shipped record; takes minutes.

    Returns
    -------
    ndarray of uint8, shape (draws, n, 7)
        Runs of each of ``disputes.DETAILED``.
    """
    players = [player(row, hindsight=hindsight) for row in counted_rows()]
    values = priors.from_cube(cube_of(PLAYED))
    shares = table(players, values, seed=SEED, runs=RUNS, workers=workers, progress=progress)
    return np.asarray(np.rint(shares * RUNS), np.uint8)


def lasting(*, hindsight: bool, workers: int = 1) -> np.ndarray:
    """Play on every decision of the shipped record that began a spell of penalties.

    Returns
    -------
    ndarray of uint8, shape (draws, spells, 3)
        Spells in each bin of ``lengths.LAST``.
    """
    players = [player(each.decision, hindsight=hindsight) for each in began()]
    values = priors.from_cube(cube_of(PLAYED))
    return lengths.counted(players, values, seed=SEED, runs=RUNS, workers=workers)


def began() -> list[Begun]:
    """Return the spells of the shipped record that began with a decision that is learned from."""
    return begun(reading.shipped().spells, counted_rows())


def counted_rows() -> list[Decision]:
    """Return the decisions of the shipped record that are played and learned from."""
    return [row for row in reading.shipped().decisions if row.counted]


def between(pair: str, rows: Sequence[Decision] | None = None) -> list[Decision]:
    """Return the decisions between two governments, in the record's order; "all" are all.

    Parameters
    ----------
    pair : str
        Two governments in either order, by any of their names, joined by a hyphen.
    rows : sequence of Decision, optional
        By default those of the shipped record that are learned from.

    Raises
    ------
    InputError
        If there is none, with the pairs that there are.

    Examples
    --------
    >>> between("US-Thailand")[0].date.year, between("PRC-United States") == between("US-China")
    (2020, True)
    """
    rows = counted_rows() if rows is None else rows
    if pair.strip().lower() == ALL:
        return list(rows)
    by_pair: dict[str, list[Decision]] = {}
    for row in rows:
        by_pair.setdefault(disputes.pair_of(row), []).append(row)
    if (asked := disputes.pair_named(pair)) in by_pair:
        return by_pair[asked]
    there = [*sorted(map(_us_first, by_pair)), ALL]
    raise InputError(
        f"the record has no decision of the pair {pair!r}; allowed: {', '.join(there)}."
        f"{did_you_mean(pair, there)}"
    )


def _us_first(pair: str) -> str:
    """Return a pair as people say it: the United States first."""
    parts = pair.split("-")
    return "-".join(sorted(parts, key=lambda part: (part != disputes.AMERICAN, part)))


def save(
    path: Path, counts: Mapping[str, np.ndarray], lasted: Mapping[str, np.ndarray]
) -> dict[str, Any]:
    """Fit what decisions came to and keep the fits; return how good these are.

    Parameters
    ----------
    path : Path
    counts : mapping of str to ndarray, shape (draws, n, 7)
        From :func:`counted`, ``with`` and ``without`` what was coded knowing the outcome.
    lasted : mapping of str to ndarray, shape (draws, spells, 3)
        Likewise from :func:`lasting`.
    """
    phi = emulator.features(cube_of(PLAYED), LISTED, EDGES)
    kept, told = {}, {}
    for name, each in counts.items():
        kept[name] = emulator.fitted_each(phi, each).astype(np.float32)
        held = [emulator.held_out(phi, each[:, k]) for k in range(0, each.shape[1], 8)]
        told[name] = {x: round(float(np.mean([y[x] for y in held])), 4) for x in held[0]}
    for name, each in lasted.items():
        kept[f"lasting_{name}"] = emulator.fitted_each(phi, each).astype(np.float32)
    ids = np.array([row.id for row in counted_rows()])
    arrays: dict[str, Any] = {"ids": ids, "quality": np.array(json.dumps(told)), **kept}
    np.savez_compressed(path, **arrays)
    return told


def quality() -> dict[str, Any]:
    """Return how good the fits are at draws that they were not fitted to.

    See :func:`negotiation.hindcast.emulator.held_out`.
    """
    with _file() as kept:
        found: dict[str, Any] = json.loads(str(kept["quality"]))
    return found


def _file() -> Any:
    source = resources.files("negotiation") / "hindcast" / "data" / FILE
    return np.load(io.BytesIO(source.read_bytes()), allow_pickle=False)


@cache
def prior() -> tuple[np.ndarray, np.ndarray]:
    """Return the draws of the prior: their values, shape (draws, p), and the fits' features."""
    cube = cube_of(DRAWS)
    values = np.asarray(priors.from_cube(cube))
    return values, emulator.features(cube, LISTED, EDGES)


def shipped(
    *, hindsight: bool = True, second: bool = False, administrations: bool = True
) -> Record:
    """Return the shipped record as it was played.

    Examples
    --------
    >>> found = shipped()
    >>> found.shares.shape[1:] == (len(found.rows), 5)
    True
    """
    return _shipped(hindsight, second, administrations)


@cache
def _shipped(hindsight: bool, second: bool, administrations: bool) -> Record:
    if second or not administrations:  # what was played is the same
        played = _shipped(hindsight, False, True)
        return replace(played, second=second, administrations=administrations)
    by_id = {row.id: row for row in reading.shipped().decisions}
    values, phi = prior()
    with _file() as kept:
        rows = [by_id[name] for name in kept["ids"].tolist()]
        which = "with" if hindsight else "without"
        slopes, lasting = kept[which].astype(float), kept[f"lasting_{which}"].astype(float)
    detailed = emulator.chances_each(phi, slopes)
    shares = outcome_chances(disputes.undetailed(detailed), values, rows)
    lasted = _lasted(rows, emulator.chances_each(phi, lasting))
    return Record(rows, values, shares, gave_way(detailed, values), lasted=lasted)


def _lasted(rows: Sequence[Decision], chances: np.ndarray) -> Observed:
    """Return how long penalties lasted that decisions began, beside the model's chances."""
    places = {row.id: k for k, row in enumerate(rows)}
    each = began()
    days = np.array([one.spell.days for one in each], float)
    return Observed(
        [places[one.decision.id] for one in each],
        binned(days, lengths.LAST),
        chances,
        np.array([one.spell.censored for one in each]),
    )


def player(row: Decision, *, hindsight: bool = True) -> Played:
    """Return a decision of the record, ready to be played; it sums up ``disputes.DETAILED``."""
    episode = disputes.episode_of(row, hindsight=hindsight)
    issues = setting(episode).issues.values()
    conceded_by = np.array([SIDES.index(issue.conceded_by) for issue in issues])
    sender = disputes.sender_of(row)
    summed = partial(disputes.detailed, target=1 - sender, conceded_by=conceded_by)
    return Played(episode, summed)


def outcome_chances(shares: np.ndarray, values: np.ndarray, rows: Sequence[Decision]) -> np.ndarray:
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
    each = [disputes.target_alone(counts[:, k], deal) for k in range(counts.shape[1])]
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
    second : bool
        Learn from the second reading of what happened.
    administrations : bool
        Whether a pair of governments may differ between administrations, or pairs alone differ.
    lasted : Observed, optional
        For how long penalties were in force that some of the decisions began.
    """

    rows: Sequence[Decision]
    values: np.ndarray
    shares: np.ndarray
    gave_way: np.ndarray | None = None
    second: bool = False
    administrations: bool = True
    lasted: Observed | None = None

    @cached_property
    def truth(self) -> np.ndarray:
        """What happened, as places in ``disputes.FIVE``, shape (n,)."""
        return np.array([disputes.FIVE.index(row.read(self.second)) for row in self.rows])

    @cached_property
    def units(self) -> list[pooled.Unit]:
        """The two governments of each decision, and the administration."""
        return [disputes.unit_of(row) for row in self.rows]

    def forecast(self, k: int, posterior: pooled.Posterior, rates: np.ndarray) -> np.ndarray:
        """Return the probabilities of the five outcomes of a decision, shape (5,)."""
        return np.asarray(posterior.weights(self.units[k]) @ self.mixed(k, rates))

    def mixed(self, k: int, rates: np.ndarray) -> np.ndarray:
        """Return the chances of a decision at each draw, base rates mixed in, shape (draws, 5)."""
        outside = self.values[:, priors.OUTSIDE, None]
        return np.asarray((1.0 - outside) * self.shares[:, k] + outside * rates)

    def posterior(
        self, chosen: tuple[int, ...], truth: np.ndarray | None = None
    ) -> tuple[pooled.Posterior, np.ndarray]:
        """Return what some decisions teach, and the base rates among them, shape (5,).

        ``truth`` is how they ended, if not as the record says. That is learned from where the list
        of decisions is what happened, see :func:`complete`. Where a decision was put off or ended
        in a deal, as the record says, who gave way is learned from too, and where it began
        penalties, how long these lasted.
        """
        happened = self.truth[[*chosen]] if truth is None else truth
        rates = self.rates(chosen, happened)
        places = [*chosen]
        outside = self.values[:, priors.OUTSIDE, None]
        own = self.shares[:, places, happened]
        chance = (1.0 - outside) * own + outside * rates[happened]
        chance = np.where([complete(self.rows[j]) for j in places], chance, 1.0)
        as_told = happened == self.truth[places]
        chance *= np.where(as_told, self.who_gave_way[:, places], 1.0)
        chance *= np.where(as_told, self.how_long(places), 1.0)
        found = pooled.learned(
            np.log(chance),
            [self.units[j] for j in chosen],
            [self.rows[j].cluster for j in chosen],
            withins=pooled.WITHIN if self.administrations else pooled.ALONE,
        )
        return found, rates

    def rates(self, chosen: Sequence[int], happened: np.ndarray) -> np.ndarray:
        """Return the shares of the outcomes among some decisions, half a one of each added.

        Counted are those of years of which the record is complete.
        """
        kept = [k for k, j in enumerate(chosen) if complete(self.rows[j])]
        return np.asarray((np.bincount(happened[kept], minlength=5) + 0.5) / (len(kept) + 2.5))

    def at_first(self, draws: int) -> Record:
        """Return the record as the first draws know it."""
        return replace(
            self,
            values=self.values[:draws],
            shares=self.shares[:draws],
            gave_way=None if self.gave_way is None else self.gave_way[:draws],
            lasted=self.lasted and self.lasted._replace(chances=self.lasted.chances[:draws]),
        )

    @cached_property
    def who_gave_way(self) -> np.ndarray:
        """The chance of who gave way, given how each decision ended, shape (draws, n).

        Whether the target alone did, where it was put off or ended in a deal; where something
        outside decides, or nothing is asked, all is as likely.
        """
        found = np.ones(self.shares.shape[:2])
        for k, row in enumerate(self.rows):
            asked = ASKED.get(disputes.FIVE[self.truth[k]])
            if self.gave_way is None or asked is None or row.mutual is None:
                continue
            if row.read(self.second) is not row.outcome:  # who gave way is told of the first
                continue
            alone = self.gave_way[:, k, asked]
            chance = alone if row.mutual is GaveWay.TARGET else 1.0 - alone
            outside = self.values[:, priors.OUTSIDE]
            found[:, k] = (1.0 - outside) * chance + 0.5 * outside
        return found

    def how_long(self, places: Sequence[int]) -> np.ndarray:
        """Return the chance of how long penalties lasted that decisions began.

        Given that they began. Where something outside decides, it is the share of such lengths
        among these decisions; where nothing is known, 1.

        Returns
        -------
        ndarray, shape (draws, places)
        """
        found = np.ones((len(self.values), len(places)))
        seen = self.lasted
        if seen is None:
            return found
        at = {place: column for column, place in enumerate(places)}
        chosen = [
            k for k, place in enumerate(seen.places)
            if place in at and disputes.FIVE[self.truth[place]] in PENALTIES
        ]  # fmt: skip
        if not chosen:
            return found
        apart = seen.mask()[chosen] @ seen.shares(np.array(chosen))
        outside = self.values[:, priors.OUTSIDE]
        for k, share in zip(chosen, apart, strict=True):
            own = (1.0 - outside) * seen.own(k) + outside * share
            found[:, at[seen.places[k]]] = own
        return found

    def without(self, row: Decision) -> tuple[pooled.Posterior, np.ndarray]:
        """Return what all disputes teach but those in which a decision was made, and base rates.

        See :func:`known`.
        """
        same = known(row, self.rows)
        return self._taught(tuple(j for j, one in enumerate(self.rows) if one.cluster not in same))

    @cached_property
    def _taught(self) -> Callable[[tuple[int, ...]], tuple[pooled.Posterior, np.ndarray]]:
        """The last answers of `posterior`: all decisions that the record lacks ask for the same."""
        return lru_cache(maxsize=2)(self.posterior)


def complete(row: Decision) -> bool:
    """Return whether the record has all such decisions of that year, and not what is remembered.

    Of those before, 63% ended in a deal, where 25% of the threats in a list that was not made from
    memory did (TIES 4.1): they tell who gave way, and not how often anybody did.

    Examples
    --------
    >>> sum(map(complete, counted_rows())), len(counted_rows())
    (138, 199)
    """
    return row.date.year >= SINCE


def known(row: Decision, rows: Sequence[Decision]) -> set[str]:
    """Return the disputes that a decision is of and that go on until it, or beyond.

    They are known by the row's own ``cluster``, and as those in which the same two governments
    decided on that day, give or take a week. One that ended more than a week before is past: what
    it taught was known.
    """
    found = {one.cluster for one in rows if one.cluster == row.cluster or same_decision(one, row)}
    last = {name: max(one.date for one in rows if one.cluster == name) for name in found}
    return {name for name in found if last[name] + dt.timedelta(WINDOW) >= row.date}


def same_decision(one: Decision, other: Decision) -> bool:
    """Return whether two rows are of one decision of two governments: files date it differently.

    Examples
    --------
    >>> row = between("US-China")[-1]
    >>> same_decision(row, row.model_copy(update={"date": row.date + dt.timedelta(3)}))
    True
    """
    days = abs((one.date - other.date).days)
    return days <= WINDOW and disputes.pair_of(one) == disputes.pair_of(other)

"""Any run by its number, the most typical run of each ending, and the strangest runs.

A run is a point: what both sides gained, how long penalties lasted, how low trade fell, how tense
it was, how often each side provoked, how many extensions there were, when a deal came. Each of
these is measured by its rank among the runs looked at. The typical run of an ending is the one
closest to the middle rank of that ending in all of them; the strangest are those furthest from it.
Of a cell of a stored sweep they are the runs that it holds, of its worlds and its seed.
"""

from __future__ import annotations

import os
from typing import Any, NamedTuple

import numpy as np

from negotiation.ensemble import Ensemble
from negotiation.game.game import Game
from negotiation.lab.link import State, scenario_of
from negotiation.lab.remembering import Remembered
from negotiation.lab.study import players
from negotiation.lab.subject import Subject
from negotiation.lab.watching import Scene, scene_of
from negotiation.outcome import AT_HORIZON
from negotiation.scenario import Scenario
from negotiation.words.language import tr, trc, trn
from negotiation.words.numbers import money, percent
from negotiation.words.parties import by_seat

LOOKED_AT, AT_ONCE = 1000, 50  # runs of a scenario that no sweep has played; runs of a task
MOST = 10_000  # runs of a cell: some seconds, so that a class does not wait
STRANGE, EACH = 6, 2  # strangest runs in all, and of each ending


class Found(NamedTuple):
    """A run worth a look: its number, how it ended, and why it is shown.

    ``share`` is how many of the runs looked at end so, of a run that is typical of them.
    """

    run: int
    ending: str
    why: str
    share: float = 0.0


class Census(NamedTuple):
    """The runs of a scenario that were looked at, and those that stand out among them."""

    runs: int
    typical: tuple[Found, ...]
    strange: tuple[Found, ...]


class Chosen(NamedTuple):
    """What is replayed: whose runs, under which seed, how many of them share a world.

    ``played`` is how many runs the cell of the sweep has; None where it is no cell.
    """

    scenario: Scenario
    seed: int
    runs_per_world: int
    played: int | None

    @property
    def looked_at(self) -> int:
        """How many runs are looked at for those that stand out, from the first one."""
        return LOOKED_AT if self.played is None else min(self.played, MOST)


def chosen(subject: Subject, state: State) -> Chosen:
    """Return what is replayed."""
    stored = subject.stored
    if stored is not None and 0 <= state.cell < len(stored.cells):
        return Chosen(
            stored.scenario_of(state.cell), stored.seed, stored.runs_per_world,
            stored.runs[state.cell],
        )  # fmt: skip
    return Chosen(scenario_of(subject.scenario, state.levers), subject.seed, 1, None)


def replayed(subject: Subject, state: State) -> Scene:
    """Return a run that has been played to its end."""
    of = chosen(subject, state)
    game = Game(of.scenario, seed=of.seed, run=state.replayed, runs_per_world=of.runs_per_world)
    return scene_of(game.play())


def features(rows: Any) -> np.ndarray:
    """Return each run as a point, shape (runs, features)."""
    steps = rows["provocations"].sum(axis=1)
    columns = (
        rows["account"][:, 0], rows["account"][:, 1], rows["war_days"], rows["trade_low"],
        rows["tension"], steps, rows["extensions"], rows["deal_day"],
    )  # fmt: skip
    return np.stack([np.asarray(x, float) for x in columns], axis=1)


def ranks(points: np.ndarray) -> np.ndarray:
    """Return each feature as a rank from 0 to 1, ties at their middle.

    Examples
    --------
    >>> ranks(np.array([[5.0], [5.0], [9.0]])).ravel().round(2).tolist()
    [0.33, 0.33, 0.83]
    """
    from scipy.stats import rankdata

    return np.asarray((rankdata(points, axis=0) - 0.5) / len(points))


def _census(scenario: Scenario, seed: int, runs_per_world: int, runs: int) -> Census:
    """Return the runs of a scenario that stand out among the first so many."""
    if runs == 0:
        return Census(0, (), ())
    ensemble, cores = Ensemble(scenario), os.cpu_count() or 1

    def some(first: int) -> np.ndarray:
        return ensemble.rows(
            seed=seed, first=first, count=min(AT_ONCE, runs - first), runs_per_world=runs_per_world
        )

    parts: list[np.ndarray] = []
    for first in range(0, runs, AT_ONCE * cores):  # others' first answers come in between
        starts = range(first, min(runs, first + AT_ONCE * cores), AT_ONCE)
        parts += players().map(some, starts)
    rows = np.concatenate(parts)
    places = ranks(features(rows))
    typical = []
    for state, name in enumerate(AT_HORIZON):
        mine = np.flatnonzero(rows["state"] == state)
        if len(mine):
            away = np.abs(places[mine] - np.median(places[mine], axis=0)).sum(axis=1)
            run = int(mine[np.argmin(away)])
            share = len(mine) / len(rows)
            why = tr("the typical one of {share} of the runs", share=percent(share))
            typical.append(Found(run, name, why, share))
    strange = []
    for state in range(len(AT_HORIZON)):
        mine = np.flatnonzero(rows["state"] == state)
        if len(mine) > 1:
            away = np.abs(places[mine] - np.median(places[mine], axis=0)).sum(axis=1)
            away += extremes(places[mine])
            strange += [(float(away[i]), int(mine[i])) for i in np.argsort(-away)[:EACH]]
    outliers = [
        Found(i, AT_HORIZON[int(rows["state"][i])], run_text(rows[i], scenario))
        for _, i in sorted(strange, reverse=True)[:STRANGE]
    ]
    return Census(len(rows), tuple(typical), tuple(outliers))


_remembered = Remembered(_census, most=16)


def census(scenario: Scenario, seed: int, runs_per_world: int = 1, runs: int = LOOKED_AT) -> Census:
    """Return the runs of a scenario that stand out among the first so many.

    Examples
    --------
    >>> found = census(Scenario.load("split-the-pie"), seed=1)
    >>> [one.ending for one in found.typical]
    ['working_deal']
    """
    return _remembered(scenario, seed, runs_per_world, runs)


def without_deal(found: Census) -> Found | None:
    """Return the typical run of the most frequent ending without a deal; None if all signed.

    Examples
    --------
    >>> one = without_deal(census(Scenario.load("stockholm-three-issues"), seed=1))
    >>> one.ending
    'truce'
    >>> without_deal(census(Scenario.load("split-the-pie"), seed=1)) is None
    True
    """
    nothing = [one for one in found.typical if not one.ending.endswith("_deal")]
    return max(nothing, key=lambda one: one.share, default=None)


def extremes(places: np.ndarray) -> np.ndarray:
    """Return how rare a run is in what it is rarest in: 1 for one in a hundred, 2 in ten thousand.

    Examples
    --------
    >>> extremes(np.array([[0.5, 0.995], [0.5, 0.5]])).round(2).tolist()
    [1.0, 0.0]
    """
    tail = 2 * np.minimum(places, 1 - places)
    return np.asarray(-np.log10(np.maximum(tail, 1e-9).min(axis=1)) / 2 + 0.0)


def run_text(row: Any, scenario: Scenario) -> str:
    """Return what is special about a run, in a line."""
    names, parts = by_seat(scenario), []
    if row["war_days"] > 0:
        days = trn("{n} day", "{n} days", round(float(row["war_days"])))
        parts.append(tr("penalties for {days}", days=days))
    if row["trade_low"] < 0.995:
        parts.append(tr("trade down to {share}", share=percent(float(row["trade_low"]))))
    for i, side in enumerate(names):
        gain = float(row["account"][i])
        if abs(gain) >= 0.05:
            filled = {"side": names[side].short, "sum": money(abs(gain), scenario.unit)}
            parts.append(
                tr("{side} gains {sum}", **filled)
                if gain > 0
                else tr("{side} loses {sum}", **filled)
            )
    if steps := int(row["provocations"].sum()):
        parts.append(trn("{n} new sanction", "{n} new sanctions", steps))
    if row["extensions"] > 1:
        parts.append(trn("{n} extension", "{n} extensions", int(row["extensions"])))
    return trc("between groups", ", ").join(parts) or tr("nothing moves")


def looked_at(of: Chosen) -> str:
    """Return among which runs those that stand out were found.

    Examples
    --------
    >>> pie = Scenario.load("split-the-pie")
    >>> looked_at(Chosen(pie, 1, 1, 250))
    'Among all 250 runs of this cell.'
    >>> looked_at(Chosen(pie, 1, 1, 1_000_000))
    'Among the first 10,000 of the 1,000,000 runs of this cell: more would take long.'
    """
    first = f"{of.looked_at:,}"
    if of.played is None:
        return tr("Among the first {n} runs.", n=first)
    if of.played == 0:
        return tr("The sweep has played no run of this cell yet.")
    if of.played > of.looked_at:
        return tr(
            "Among the first {n} of the {all} runs of this cell: more would take long.",
            n=first, all=f"{of.played:,}",
        )  # fmt: skip
    return trn("The sweep has one run of this cell.", "Among all {n} runs of this cell.", of.played)


def beyond(subject: Subject, state: State) -> str:
    """Return that the run is none of those that the cell holds, where it is none."""
    played = chosen(subject, state).played
    if played is None or state.replayed < played:
        return ""
    return tr(
        "The sweep has {n} runs of this cell, numbered from 0; this one is played anew.",
        n=f"{played:,}",
    )

"""Paired runs: two scenarios on the same random numbers, run by run."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
from scipy import stats

from negotiation.ensemble import Ensemble
from negotiation.outcome import EVENTS
from negotiation.randomness import key_of, uniform
from negotiation.scenario import Scenario

RUNS, SEED = 4_000, 21
FALSE_ALARM = 1e-4  # of each one-sided test; about 30 of them


class Pair(NamedTuple):
    """Rows of the same runs, before and after a change."""

    before: np.ndarray
    after: np.ndarray

    def happened(self, event):
        """Whether ``event`` happened, before and after."""
        column = EVENTS.index(event)
        return self.before["events"][:, column] == 1, self.after["events"][:, column] == 1

    def share(self, event):
        """How often ``event`` happened, before and after."""
        return tuple(float(x.mean()) for x in self.happened(event))

    def p_more(self, event):
        """McNemar's exact one-sided p-value that ``event`` is no likelier after the change."""
        before, after = self.happened(event)
        gained, lost = int((after & ~before).sum()), int((before & ~after).sum())
        return (
            stats.binomtest(gained, gained + lost, alternative="greater").pvalue if gained else 1.0
        )

    def p_fewer(self, event):
        """The same in the other direction."""
        return self.reversed().p_more(event)

    def reversed(self):
        """The same runs with the change undone."""
        return Pair(self.after, self.before)

    def draws(self, slot):
        """What each run drew in a slot of its own, in (0, 1)."""
        keys = (np.uint64(key_of(SEED, int(run))) for run in self.after["run"])
        return np.array([uniform(key, slot) for key in keys])

    def both(self):
        """The runs with a deal in both."""
        before, after = self.happened("deal")
        return before & after

    def change(self, field, side=None):
        """Mean change of a number, and its z, among the runs with a deal in both."""
        rows = self.both()
        a, b = self.before[field][rows], self.after[field][rows]
        d = b - a if side is None else b[:, side] - a[:, side]
        return float(d.mean()), float(d.mean() / max(d.std(), 1e-12) * np.sqrt(len(d)))


@cache
def played(name, changes, runs):
    """The runs of a changed scenario, played once."""
    return Ensemble(Scenario.load(name).replace(dict(changes))).rows(seed=SEED, first=0, count=runs)


@pytest.fixture(params=["stockholm-2025", "stockholm-three-issues"])
def name(request):
    """The scenario in which the sign must show."""
    return request.param


@pytest.fixture
def paired(name):
    """A function (after, before, runs) -> Pair; changes are plain numbers by dotted path."""

    def pair(after, before=(), runs=RUNS):
        return Pair(*(played(name, tuple(dict(c).items()), runs) for c in (before, after)))

    return pair


@pytest.fixture
def scaled(name):
    """A function (path, factor, shift) -> the number with its whole range moved."""
    numbers = dict(Scenario.load(name).numbers())

    class Moved(dict):
        """A table that can be a key: the scenario is played once for each set of changes."""

        def __hash__(self):
            return hash(tuple(self.items()))

    def move(path, factor=1.0, shift=0.0):
        q = numbers[path]
        ends = {"value": q.value, "low": q.low, "high": q.high}
        return {path: Moved({k: v * factor + shift for k, v in ends.items() if v is not None})}

    return move


@pytest.fixture
def issues(name):
    """The names of the scenario's issues."""
    return list(Scenario.load(name).issues)


@pytest.fixture
def more():
    """Assert that an event has become likelier."""

    def check(pair, event):
        assert pair.p_more(event) < FALSE_ALARM, (event, *pair.share(event))

    return check


@pytest.fixture
def moves():
    """Assert that a number has moved in a direction where a deal is signed in both."""

    def check(pair, field, side, direction):
        mean, z = pair.change(field, side)
        assert direction * z > stats.norm.isf(FALSE_ALARM), (field, side, mean, z)

    return check

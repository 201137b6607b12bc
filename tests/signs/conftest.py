"""Paired runs: two scenarios on the same random numbers, run by run, in the same worlds."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
from scipy import stats

from negotiation.ensemble import Ensemble
from negotiation.outcome import EVENTS
from negotiation.scenario import Scenario

RUNS, SEED = 4_000, 21
PER_WORLD = 8  # a world is solved once for so many runs
FALSE_ALARM = 1e-4  # of each one-sided test; about 40 of them
BEYOND = stats.norm.isf(FALSE_ALARM)


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

    def rise(self, event):
        """Mean change of the share of ``event``, and its z over worlds."""
        before, after = self.happened(event)
        return self.mean(after.astype(float) - before)

    def mean(self, change, rows=slice(None)):
        """Mean of a change over some runs, and its z: runs of one world hang together."""
        change, world = change[rows], (self.before["run"] // PER_WORLD)[rows]
        off = np.bincount(world, change - change.mean())
        error = np.sqrt((off**2).sum()) / len(change)
        return float(change.mean()), float(change.mean() / max(error, 1e-12))

    def reversed(self):
        """The same runs with the change undone."""
        return Pair(self.after, self.before)

    def both(self):
        """The runs with a deal in both."""
        before, after = self.happened("deal")
        return before & after

    def change(self, field, side=None):
        """Mean change of a number, and its z, among the runs with a deal in both."""
        a, b = self.before[field], self.after[field]
        return self.mean(b - a if side is None else b[:, side] - a[:, side], self.both())


@cache
def played(name, changes, runs):
    """The runs of a changed scenario, played once."""
    ensemble = Ensemble(Scenario.load(name).replace(dict(changes)))
    return ensemble.rows(seed=SEED, first=0, count=runs, runs_per_world=PER_WORLD)


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
        assert pair.rise(event)[1] > BEYOND, (event, *pair.share(event), pair.rise(event))

    return check


@pytest.fixture
def no_fewer():
    """Assert that an event has not become rarer, by the 95% interval of the pair."""

    def check(pair, event):
        assert pair.rise(event)[1] > -1.96, (event, *pair.share(event), pair.rise(event))

    return check


@pytest.fixture
def moves():
    """Assert that a number has moved in a direction where a deal is signed in both."""

    def check(pair, field, side, direction):
        mean, z = pair.change(field, side)
        assert direction * z > BEYOND, (field, side, mean, z)

    return check

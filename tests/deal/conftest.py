"""The shipped scenario played with drafts, paired with itself under changed numbers."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from negotiation.ensemble import Ensemble
from negotiation.outcome import EVENTS
from negotiation.scenario import Scenario

sys.path.insert(0, str(Path(__file__).parent))
import draft_numbers  # noqa: E402

RUNS, SEED, PER_WORLD = 4_000, 21, 16


@cache
def drafted():
    """The full agenda with drafts."""
    return Scenario.load("stockholm-2025").replace(draft_numbers.drafts())


@cache
def ensemble(changes=()):
    """It under some changes, made ready to be played."""
    return Ensemble(drafted().replace(dict(changes)))


@cache
def rows(changes=(), runs=RUNS):
    """Its runs, played once."""
    return ensemble(changes).rows(seed=SEED, first=0, count=runs, runs_per_world=PER_WORLD)


@pytest.fixture(scope="session")
def scenario():
    """The full agenda with drafts."""
    return drafted()


@pytest.fixture(scope="session")
def played():
    """A function (changes, runs) -> rows of the same runs under changed numbers."""
    return lambda changes=None, runs=RUNS: rows(tuple((changes or {}).items()), runs)


@pytest.fixture(scope="session")
def share():
    """A function (rows, event) -> 1 or 0 for each run."""
    return lambda table, event: table["events"][:, EVENTS.index(event)].astype(float)


@pytest.fixture(scope="session")
def differ():
    """A function (a, b) -> mean change and half-width of its 95% interval, over paired runs."""

    def of(a, b):
        d = b - a
        return d.mean(), 1.96 * d.std() / np.sqrt(len(d))

    return of

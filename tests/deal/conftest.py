"""The shipped scenario, paired with itself under changed numbers."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from negotiation.ensemble import Ensemble
from negotiation.outcome import EVENTS
from negotiation.scenario import Scenario

RUNS, SEED, PER_WORLD = 4_000, 21, 16


SHIPPED = Scenario.load("stockholm-2025")


@cache
def rows(changes=(), runs=RUNS):
    """Its runs under some changes, played once."""
    return rows_of(SHIPPED.replace(dict(changes)), runs)


def rows_of(scenario, runs):
    """The same runs of any scenario."""
    return Ensemble(scenario).rows(seed=SEED, first=0, count=runs, runs_per_world=PER_WORLD)


@pytest.fixture(scope="session")
def scenario():
    """The full agenda."""
    return SHIPPED


@pytest.fixture(scope="session")
def played():
    """A function (changes, runs) -> rows of the same runs under changed numbers."""
    return lambda changes=None, runs=RUNS: rows(tuple((changes or {}).items()), runs)


@pytest.fixture(scope="session")
def playing():
    """A function (scenario, runs) -> rows of the same runs of another scenario."""
    return rows_of


@pytest.fixture(scope="session")
def share():
    """A function (rows, event) -> 1 or 0 for each run."""
    return lambda table, event: table["events"][:, EVENTS.index(event)].astype(float)


@pytest.fixture(scope="session")
def differ():
    """A function (a, b) -> mean change and half-width of its 95% interval, over paired worlds."""

    def of(a, b):
        d = (b - a).reshape(-1, PER_WORLD).mean(axis=1)
        return d.mean(), 1.96 * d.std(ddof=1) / np.sqrt(len(d))

    return of

"""Negotiations held still, so that one rule at a time can be asked."""

from __future__ import annotations

from functools import cache

import pytest

from negotiation.model import NegotiationModel
from negotiation.scenario import Scenario


@cache
def scenario_of(name: str, changes: tuple[tuple[str, float | str], ...] = ()) -> Scenario:
    """A shipped scenario with some numbers changed, read once."""
    return Scenario.load(name).replace(dict(changes))


@pytest.fixture(scope="session")
def opened():
    """A function (scenario name, run, ticks, changes) -> the model after some ticks."""

    def opened_at(name="stockholm-three-issues", *, seed=1, run=0, ticks=0, changes=()):
        model = NegotiationModel(scenario_of(name, tuple(changes)), seed=seed, run=run)
        for _ in range(ticks):
            model.step()
        return model

    return opened_at

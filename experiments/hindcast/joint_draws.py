"""Odds over the posterior's draws as they are, to measure what their correlations matter."""

from __future__ import annotations

from typing import Any

import numpy as np

from negotiation.ensemble import Ensemble
from negotiation.hindcast.adopting import settings
from negotiation.hindcast.playing import position
from negotiation.outcome import AT_HORIZON, EVENTS


def joint_shares(scenario: Any, found: dict[str, Any], *, seed: int, runs: int) -> dict[str, Any]:
    """Return the odds of a scenario over the posterior's draws themselves, correlations kept.

    Parameters
    ----------
    scenario : Scenario
    runs : int
        Runs of each draw.

    Returns
    -------
    dict
        ``events`` and ``at_horizon``: name to share of all runs; ``by_draw``: the shares at each
        draw, shape (draws, events + states).
    """
    drawn = settings(found)
    ensemble = Ensemble(scenario)
    places = np.array([position(path) for path in drawn])
    opened = ensemble.table
    world = opened.world
    kept = ~np.isin(world.uncertain, places)
    by_draw = []
    for k in range(len(found["sample"])):
        central = world.central.copy()
        central[places] = [drawn[path][k] for path in drawn]
        ensemble.table = opened.having(
            central=central,
            uncertain=world.uncertain[kept],
            slots=world.slots[kept],
            kinds=world.kinds[kept],
            scales=world.scales[kept],
            tables=world.tables[kept],
        )
        tally = ensemble.tally(seed=seed, first=k * runs, count=runs)
        by_draw.append(np.concatenate([tally.events, tally.at_horizon]) / runs)
    shares = np.mean(by_draw, axis=0)
    return {
        "events": dict(zip(EVENTS, shares.tolist(), strict=False)),
        "at_horizon": dict(zip(AT_HORIZON, shares[len(EVENTS) :].tolist(), strict=True)),
        "by_draw": np.array(by_draw),
    }

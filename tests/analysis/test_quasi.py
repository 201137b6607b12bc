"""Scrambled points: the same odds, no worse, and better where the first day decides."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.analysis.odds import odds
from negotiation.analysis.quasi import quasi_odds
from negotiation.errors import InputError
from negotiation.scenario import Scenario

SCENARIO = Scenario.load("stockholm-three-issues")


def test_the_odds_are_those_of_plain_runs() -> None:
    """16,384 runs each way: within four standard errors for every outcome."""
    plain = odds(SCENARIO, runs=16_384, seed=2, worlds=0)
    quasi = quasi_odds(SCENARIO, runs=16_384, seed=3)
    for name, estimate in plain.events.items():
        p = estimate.p
        error = np.sqrt(2 * max(p * (1 - p), 1e-4) / 16_384)
        assert abs(quasi[name].p - p) < 4 * error


def test_over_many_outcomes_it_gains_and_does_not_lose() -> None:
    """Geometric mean of the measured gains above 1; none is surely below 1."""
    found = quasi_odds(SCENARIO, runs=64 * 512, seed=4, scramblings=64)
    gains = [q.gain for q in found.values() if 0.01 < q.p < 0.99]
    assert np.exp(np.mean(np.log(gains))) > 1.0
    assert all(q.gain_high > 1.0 for q in found.values() if 0.01 < q.p < 0.99)


def test_where_the_first_day_decides_it_gains_much() -> None:
    """One type per side decides whether a lone number is enough: a smooth step in few dimensions.

    With full powers drawn from 0 to 1 and nothing else to chance, the share of working deals is
    that of the first day's draws.
    """
    from negotiation.ensemble import Ensemble
    from negotiation.sweep.points import dimensions, play_at

    ensemble = Ensemble(SCENARIO)
    names = dimensions(ensemble)
    column, errors = names.index("stance.us"), {"drawn": [], "spread": []}
    from scipy.stats import qmc

    prior = SCENARIO.us.types.stance_prior[0]
    for k in range(32):
        for kind, u in (
            ("drawn", np.random.default_rng(k).random(64)),
            ("spread", qmc.Sobol(1, seed=np.random.default_rng(k)).random(64)[:, 0]),
        ):
            points = np.full((64, len(names)), np.nan)
            points[:, column] = u
            dove = play_at(ensemble, points, seed=k)["types"][:, 0] // 4 == 0
            errors[kind].append(dove.mean() - prior)
    assert np.var(errors["spread"]) < 0.1 * np.var(errors["drawn"])


@pytest.mark.parametrize("options", [{"runs": 100}, {"runs": 48}, {"scramblings": 1}])
def test_points_come_in_powers_of_two_and_scramblings_in_twos(options: dict) -> None:
    """Balance needs the first, an interval the second."""
    with pytest.raises(InputError):
        quasi_odds(SCENARIO, **{"runs": 64, "scramblings": 4, **options})

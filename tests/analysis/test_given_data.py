"""What numbers explain, from worlds as they are drawn: known functions first, then the model."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.analysis.given_data import Worlds, first_order, worlds_of
from negotiation.ensemble import Ensemble
from negotiation.scenario import Scenario


def ishigami(x: np.ndarray) -> np.ndarray:
    """Ishigami and Homma (1990), a = 7, b = 0.1."""
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


@pytest.mark.parametrize("noise", [0.0, 4.0])
def test_sobols_first_order_of_a_known_function(noise: float) -> None:
    """.314, .442 and 0 to .02 in 40,000 worlds, also where chance adds a variance that is known."""
    random = np.random.default_rng(3)
    x = random.uniform(-np.pi, np.pi, (40_000, 3))
    y = ishigami(x) + np.sqrt(noise) * random.standard_normal(len(x))
    worlds = Worlds(x, y, np.full(len(x), noise))
    found = {s.name: s.value for s in first_order(["a", "b", "c"], worlds, bins=32)}
    assert found == pytest.approx({"a": 0.314, "b": 0.442, "c": 0.0}, abs=0.02)


def test_intervals_cover() -> None:
    """Of 60 samples of 1,000 worlds, 95% intervals of two shares hold the truth 105 of 120 times.

    With exact coverage fewer would come in one of 10,000.
    """
    covered = 0
    for seed in range(60):
        x = np.random.default_rng(seed).random((1_000, 2))
        found = first_order(
            ["a", "b"], Worlds(x, 2 * x[:, 0] + x[:, 1], np.zeros(1_000)), seed=seed
        )
        truth = {"a": 0.8 * (1 - 1 / 16**2), "b": 0.2 * (1 - 1 / 16**2)}
        covered += sum(s.low <= truth[s.name] <= s.high for s in found)
    assert covered >= 105


def test_a_number_that_goes_with_another_shares_its_share() -> None:
    """The copy of a number explains what the number does, though nothing depends on it."""
    x = np.random.default_rng(1).random((5_000, 1))
    worlds = Worlds(np.hstack([x, x + 1.0]), x[:, 0], np.zeros(5_000))
    a, b = first_order(["a", "copy"], worlds)
    assert a.value == pytest.approx(b.value) == pytest.approx(1.0, abs=0.01)


def test_what_a_demand_costs_drives_the_extension_most() -> None:
    """Of 512 worlds of three issues; a number that moves nothing else has a share about zero."""
    ensemble = Ensemble(Scenario.load("stockholm-three-issues"))
    worlds = worlds_of(ensemble, "first_deadline_extended", worlds=512)
    shares = first_order(ensemble.table.world.paths, worlds)
    assert shares[0].name == "deadline.ultimatum" and shares[0].low > 0.2
    late = next(s for s in shares if s.name == "summit.empty_cost")
    assert abs(late.value) < 0.1

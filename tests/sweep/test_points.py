"""Playing at chosen points is playing: at the points that runs draw, it is the same run."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation import randomness as rnd
from negotiation.ensemble import Ensemble
from negotiation.scenario import Scenario
from negotiation.sweep.points import OPENING, dimensions, play_at


def drawn_points(ensemble: Ensemble, *, seed: int, first: int, count: int) -> np.ndarray:
    """The points that ordinary runs are played at, shape (count, D)."""
    kinds = [int(rnd.TYPE) + k for k in range(6)]
    shocks = (rnd.ACCEPT, rnd.ATTEND, rnd.SIGN, rnd.RATIFY)
    kinds += [int(kind) + side for kind in shocks for side in range(2)]
    numbers = (int(rnd.WORLD) + ensemble.table.world.slots.astype(np.int64)).tolist()
    addressed = ((rnd.world_key_of, numbers), (rnd.key_of, [*kinds, int(rnd.SUMMIT_DATE)]))
    return np.array(
        [
            [
                rnd.uniform(np.uint64(key(seed, run)), np.uint64(slot))
                for key, slots in addressed
                for slot in slots
            ]
            for run in range(first, first + count)
        ]
    )


@pytest.fixture(scope="module", params=["stockholm-2025", "stockholm-three-issues"])
def ensemble(request: pytest.FixtureRequest) -> Ensemble:
    """Both shipped scenarios of the talks."""
    return Ensemble(Scenario.load(request.param))


def test_at_the_points_that_runs_draw_the_runs_are_the_same_to_the_last_bit(
    ensemble: Ensemble,
) -> None:
    """Uncertain numbers, types, moods and the date of the summit, given instead of drawn."""
    points = drawn_points(ensemble, seed=5, first=40, count=300)
    assert points.shape == (300, len(dimensions(ensemble)))
    given = play_at(ensemble, points, seed=5, first=40)
    assert np.array_equal(given, ensemble.rows(seed=5, first=40, count=300))


def test_where_nothing_is_given_everything_is_drawn(ensemble: Ensemble) -> None:
    """NaN leaves a draw as it is."""
    nothing = np.full((300, len(dimensions(ensemble))), np.nan)
    given = play_at(ensemble, nothing, seed=5, first=40)
    assert np.array_equal(given, ensemble.rows(seed=5, first=40, count=300))


def test_every_entry_of_a_point_is_used(ensemble: Ensemble) -> None:
    """Moving any one entry to its far end changes at least one of 2,000 runs.

    An entry that no run feels would be a wrong column; numbers without effect are counted.
    """
    points = drawn_points(ensemble, seed=5, first=0, count=2_000)
    before = play_at(ensemble, points, seed=5)
    names = dimensions(ensemble)
    unfelt = []
    for j in range(len(names) - len(OPENING), len(names)):
        moved = points.copy()
        moved[:, j] = np.where(points[:, j] < 0.5, 0.999, 0.001)
        for count in (100, 2_000):  # most are felt in the first runs
            if not np.array_equal(before[:count], play_at(ensemble, moved[:count], seed=5)):
                break
        else:
            unfelt.append(names[j])
    assert unfelt == []


def test_common_runs_make_points_comparable(ensemble: Ensemble) -> None:
    """The same point twice, with common runs, has the same outcomes; with its own it has others."""
    one = drawn_points(ensemble, seed=5, first=0, count=1)
    twice = np.repeat(one, 2, axis=0)
    common = play_at(ensemble, twice, seed=6, runs_per_point=50, common=True)
    assert np.array_equal(common[:50], common[50:])
    own = play_at(ensemble, twice, seed=6, runs_per_point=50)
    assert not np.array_equal(own["account"][:50], own["account"][50:])

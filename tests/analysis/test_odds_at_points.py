"""Odds at points of the uncertain numbers: right, and with less luck than counts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from negotiation.analysis.odds_at_points import OddsAt, multiples
from negotiation.ensemble import Ensemble
from negotiation.rules.state import INNOVATIONS
from negotiation.scenario import Scenario
from negotiation.tally import OUTCOMES

DEAL = "summit_deal"


@pytest.fixture(scope="module")
def ensemble() -> Ensemble:
    """Three issues."""
    return Ensemble(Scenario.load("stockholm-three-issues"))


def at(
    ensemble: Ensemble, places: list[float], runs: int, **more: Any
) -> tuple[np.ndarray, OddsAt]:
    """The odds where all numbers lie at these quantiles, and what they were asked of."""
    paths = ensemble.table.world.paths
    function = OddsAt(ensemble, DEAL, paths, runs, 3, **more)
    return function(np.repeat(np.array(places)[:, None], len(paths), axis=1)), function


def test_what_is_taken_away_leaves_the_odds_right(
    ensemble: Ensemble, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within four standard errors of what 24,000 runs count; one in 5,000 fails."""
    places = [0.3, 0.5, 0.6]
    odds, function = at(ensemble, places, 4_000)
    nothing = np.zeros(INNOVATIONS)
    monkeypatch.setattr("negotiation.analysis.odds_at_points.multiples", lambda *_: nothing)
    counted, plain = at(ensemble, places, 24_000)
    error = np.sqrt(np.concatenate(function.variances) + np.concatenate(plain.variances))
    assert (counted > 0.02).all()
    assert (np.abs(odds - counted) < 4 * error).all()


def test_a_run_is_worth_more_than_one_that_is_counted(ensemble: Ensemble) -> None:
    """Less than two thirds of the variance of a count is left."""
    odds, function = at(ensemble, [0.5], 4_000)
    assert function.variances[0][0] * 4_000 < odds[0] * (1 - odds[0]) * 2 / 3


def test_points_that_are_alike_share_all_their_luck(ensemble: Ensemble) -> None:
    """The same point twice, in one call or in two, has the same odds to the last digit."""
    odds, _ = at(ensemble, [0.4, 0.6, 0.4], 200)
    assert odds[0] == odds[2] != odds[1]
    assert at(ensemble, [0.6], 200)[0][0] == odds[1]


def test_how_points_are_cut_is_a_matter_of_memory(
    ensemble: Ensemble, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And progress counts each run once."""
    places = [0.1 + 0.04 * i for i in range(20)]
    whole, _ = at(ensemble, places, 10)
    monkeypatch.setattr("negotiation.analysis.odds_at_points.RUNS_AT_ONCE", 30)
    monkeypatch.setattr("negotiation.analysis.odds_at_points.POINTS_AT_ONCE", 7)
    told: list[int] = []
    assert np.array_equal(at(ensemble, places, 10, progress=told.append)[0], whole)
    assert told == [70, 70, 60]


def test_what_hardly_ever_happens_is_counted(ensemble: Ensemble) -> None:
    """Where a fit has too little to go by, nothing is taken away."""
    assert multiples(ensemble, OUTCOMES.index(DEAL), 1).any()
    assert not multiples(ensemble, OUTCOMES.index("reopened"), 1).any()

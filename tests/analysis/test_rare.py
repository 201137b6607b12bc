"""Rare outcomes: unbiased whatever the score, and cheaper than brute force where it helps."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.analysis.rare import rare_odds
from negotiation.analysis.score import Score, learned, spread
from negotiation.ensemble import Ensemble
from negotiation.errors import InputError
from negotiation.scenario import Scenario
from negotiation.sweep.points import play_runs
from negotiation.tally import OUTCOMES, happened

# A lapse that costs little beside trade: escalations are rare, and not too rare to be counted.
SCENARIO = Scenario.load("stockholm-three-issues").replace(
    {
        f"{side}.other_lapse_cost": {
            "value": 55,
            "low": 0,
            "high": 150,
            "distribution": "triangular",
        }
        for side in ("us", "china")
    }
)


def brute_force(scenario: Scenario, outcomes: list[str], runs: int, seed: int) -> float:
    """The share of runs that have all of the outcomes, every run played."""
    ensemble, hits = Ensemble(scenario), 0
    columns = [OUTCOMES.index(name) for name in outcomes]
    for first in range(0, runs, 20_000):
        rows = ensemble.rows(seed=seed, first=first, count=min(20_000, runs - first))
        hits += int(happened(rows)[:, columns].all(axis=1).sum())
    return hits / runs


def test_the_estimate_is_unbiased_and_its_error_as_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thinned by whatever score comes of a small pilot, worth it or not.

    Against brute force over 60,000 runs: 20 seeds, standardised errors with mean 0 (within 0.9,
    four standard errors) and spread 1 (0.5 to 1.6: chi-squared, one in a thousand).
    """
    monkeypatch.setattr("negotiation.analysis.score.WORTH_IT", 100.0)
    outcomes = ["escalation", "deal"]
    truth = brute_force(SCENARIO, outcomes, 60_000, seed=1_000)
    scores, thinned = [], 0
    for seed in range(20):
        found = rare_odds(SCENARIO, outcomes, runs=3_000, seed=seed)
        thinned += found.looked_at > 1.5 * found.played
        scores.append((found.p - truth) / ((found.high - found.low) / 3.92))
    assert thinned >= 15
    assert abs(np.mean(scores)) < 0.9
    assert 0.5 < np.std(scores) < 1.6


def test_the_runs_it_names_are_ordinary_runs_with_the_outcome() -> None:
    """Each can be replayed by its number."""
    found = rare_odds(SCENARIO, ["escalation", "deal"], runs=4_000, seed=3)
    rows = play_runs(Ensemble(SCENARIO), np.array(found.examples), seed=3)
    hits = happened(rows)
    assert len(found.examples) > 0
    assert hits[:, OUTCOMES.index("escalation")].all() and hits[:, OUTCOMES.index("deal")].all()


def test_runs_played_by_number_are_the_runs_of_the_ensemble() -> None:
    """A list of numbers, or a range: the same rows."""
    ensemble = Ensemble(SCENARIO)
    rows = ensemble.rows(seed=3, first=0, count=50)
    assert np.array_equal(play_runs(ensemble, np.array([4, 17, 49]), seed=3), rows[[4, 17, 49]])


def test_what_never_happens_has_an_upper_end() -> None:
    """No hit in n runs: Wilson's interval from nought."""
    found = rare_odds(Scenario.load("split-the-pie"), "escalation", runs=2_000, seed=1)
    assert found.p == found.low == 0.0 and 0.0 < found.high < 0.01 and found.hits == 0


def test_a_score_learned_from_hits_saves_most_of_the_work() -> None:
    """Hits that happen where one of 300 numbers is above 0.99: found among 300, and thinned."""
    rng = np.random.default_rng(1)
    points = rng.random((40_000, 300))
    hit = (points[:, 7] > 0.99) & (rng.random(40_000) < 0.5)
    score = learned(points[hit], lambda entries: rng.random((20_000, len(entries))), look=0.02)
    assert score.entries[0] == 7
    fresh = rng.random((20_000, 300))
    share = score.share_of(fresh[:, score.entries])
    assert share.mean() == pytest.approx(score.mean_share, rel=0.1)
    assert score.mean_share < 0.25 and share[fresh[:, 7] > 0.99].mean() > 3 * score.mean_share


def test_a_score_learned_from_nothing_in_particular_plays_everything() -> None:
    """Hits that are anywhere: no number stands out, nothing is thinned."""
    rng = np.random.default_rng(2)
    score = learned(rng.random((100, 300)), lambda e: rng.random((5_000, len(e))), look=0.02)
    assert not score.thins
    assert (score.share_of(rng.random((9, len(score.entries)))) == 1.0).all()
    assert not Score.everything().thins


def test_features_have_mean_nought_and_variance_one() -> None:
    """Over the uniform distribution, by quadrature."""
    x, w = np.polynomial.legendre.leggauss(20)
    features = spread(((x + 1) / 2)[:, None])
    assert np.allclose(w @ features / 2, 0.0)
    assert np.allclose(w @ features**2 / 2, 1.0)


@pytest.mark.parametrize("options", [{"runs": 10}, {"outcomes": "laps"}, {"outcomes": ()}])
def test_wrong_arguments_are_refused(options: dict) -> None:
    """One sentence."""
    with pytest.raises(InputError):
        rare_odds(SCENARIO, **{"outcomes": "lapse", "runs": 1_000, **options})


@pytest.mark.long
def test_an_outcome_of_odds_near_one_in_a_thousand_costs_less_than_by_brute_force() -> None:
    """stockholm-2025, a lapse that is neither repaired nor avenged by the horizon.

    Agrees with 600,000 runs of brute force within four standard errors of both, and gains at
    least a factor of two, pilot and looking included.
    """
    scenario = Scenario.load("stockholm-2025")
    found = rare_odds(scenario, "at_horizon.lapse", runs=300_000, seed=2)
    truth = brute_force(scenario, ["at_horizon.lapse"], 600_000, seed=77)
    error = np.hypot((found.high - found.low) / 3.92, np.sqrt(truth / 600_000))
    assert abs(found.p - truth) < 4 * error
    assert found.gain > 2.0

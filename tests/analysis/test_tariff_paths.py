"""Tariff and trade week by week: what is in force in the runs, layer by layer."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.analysis.tariff_paths import BEFORE, tariff_layers, tariff_paths
from negotiation.ensemble import Ensemble
from negotiation.outcome import AT_HORIZON
from negotiation.scenario import Scenario

RUNS = 300
# no rulings, so that penalties are what they are called; the order of play is as ever
STOCKHOLM = Scenario.load("stockholm-2025").replace(
    {"news.court_rate": 0.0, "news.ruling_chance": 0.0}
)
PATHS = tariff_paths(STOCKHOLM, runs=RUNS)
ROWS = Ensemble(STOCKHOLM).rows(seed=1, first=0, count=RUNS)


def ended(*states: str) -> np.ndarray:
    """Which runs ended in one of these states."""
    return np.isin(ROWS["state"], [AT_HORIZON.index(state) for state in states])


def test_the_layers_of_the_first_day_add_up_to_55_points() -> None:
    """25 of before, 20 for fentanyl, 10 reciprocal; and every run begins there."""
    layers = tariff_layers(STOCKHOLM)
    assert list(layers.values()) == [25.0, 20.0, 10.0] and next(iter(layers)) == BEFORE
    assert np.all(PATHS.tariff[:, 0] == 55.0) and np.all(PATHS.trade[:, 0] == 1.0)


def test_points_that_no_issue_takes_off_are_a_layer() -> None:
    """One that is on no agenda, so that the layers add up."""
    few = tariff_layers(Scenario.load("stockholm-three-issues"))
    assert list(few.values()) == [25.0, 20.0, 10.0] and list(few)[-1].endswith("not on the agenda")


def test_a_deal_takes_off_what_it_concedes() -> None:
    """Point by point of the two US tariffs, as the package of the run says."""
    issues = list(STOCKHOLM.issues.values())
    points = [i.status_quo - i.full if i.kind == "us_tariff" else 0.0 for i in issues]
    off = ROWS["package"][:, : len(issues)] @ np.array(points)
    signed = ended("summit_deal", "working_deal")
    assert signed.sum() > 50 and off[signed].max() > 1.0
    assert PATHS.tariff[signed, -1] == pytest.approx(55.0 - off[signed])
    assert np.all(PATHS.tariff[ended("truce", "lapse"), -1] == 55.0)
    assert np.all(PATHS.trade[signed, -1] >= 1.0 - 1e-12)


def test_penalties_put_the_suspended_points_back_or_go_to_the_peak() -> None:
    """54 or 145 points on top of 25; on part of the trade in between."""
    last = PATHS.tariff[ended("escalation"), -1]
    part = float(STOCKHOLM.escalation.partial_flow.value)
    assert len(last) > 10
    assert 79.0 in np.round(last, 9)
    assert np.all(last > 55.0) and np.all(last <= 170.0)
    assert 55.0 + part * 24.0 < 79.0


def test_trade_falls_as_far_as_in_the_runs() -> None:
    """The lowest week is what a run's own count says, but for the table it reads that from."""
    at_war = ROWS["wars"] > 0
    lowest = np.minimum(PATHS.trade.min(axis=1), 1.0)
    assert lowest[at_war] == pytest.approx(ROWS["trade_low"][at_war], abs=0.01)
    assert lowest[at_war].max() < 1.0
    assert np.all(lowest[~at_war] == 1.0)

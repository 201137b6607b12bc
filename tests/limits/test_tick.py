"""Limit L13: cutting time finer leaves the odds where they were.

News, steps and concessions are hazards and tastes persist through a run, so a shorter tick asks
no question more often. What is left is that a tick's news all arrives before what the tick
decides. Measured over 16,000 paired runs, ticks of 14, 7, 3.5, 1.75 and 0.875 days:

=====================  =====================  ================  ===========  ======
 P, stockholm-2025     first extension        of it mutual      summit deal  deal
=====================  =====================  ================  ===========  ======
 14 days               0.752                  0.535             0.272        0.519
 7 days (the default)  0.755                  0.542             0.276        0.534
 3.5 days              0.758                  0.549             0.271        0.532
 1.75 days             0.760                  0.551             0.268        0.530
 0.875 days            0.759                  0.553             0.265        0.529
=====================  =====================  ================  ===========  ======

So the weekly tick is about 0.4 points off on the extension, 1.1 on a mutual one and on the summit
deal.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from negotiation.ensemble import Ensemble
from negotiation.outcome import EVENTS
from negotiation.scenario import Scenario

DISCRETISATION = 0.01  # what halving a weekly tick may move, stated for all of HEADLINES
HEADLINES = ("first_deadline_extended", "first_extension_mutual", "summit_deal", "deal")
PER_WORLD = 8
FALSE_ALARM = 1e-3


def happened(scenario, tick, runs):
    """In which share of the runs of each world each headline happened, shape (worlds, 4)."""
    ensemble = Ensemble(scenario.replace({"clock.tick_days": tick}))
    rows = ensemble.rows(seed=13, first=0, count=runs, runs_per_world=PER_WORLD)
    columns = rows["events"][:, [EVENTS.index(name) for name in HEADLINES]]
    return columns.reshape(-1, PER_WORLD, len(HEADLINES)).mean(axis=1)


def assert_close(coarse, fine, allowed):
    """The paired change lies within ``allowed``, give or take chance."""
    change = fine - coarse
    noise = change.std(axis=0) / np.sqrt(len(change))
    bound = stats.norm.isf(FALSE_ALARM / 12)
    excess = np.abs(change.mean(axis=0)) - allowed - bound * noise
    assert (excess < 0).all(), dict(zip(HEADLINES, change.mean(axis=0), strict=True))


@pytest.mark.parametrize("name", ["stockholm-2025", "stockholm-three-issues"])
def test_halving_the_tick_twice_leaves_the_odds(name):
    """A week, half and a quarter of it: the headline odds move by less than a point (paired)."""
    scenario = Scenario.load(name)
    week, half, quarter = (happened(scenario, tick, 12_000) for tick in (7.0, 3.5, 1.75))
    assert_close(week, half, DISCRETISATION)
    assert_close(half, quarter, DISCRETISATION / 2)


@pytest.mark.long
@pytest.mark.parametrize("name", ["stockholm-2025", "stockholm-three-issues"])
def test_the_error_shrinks_with_the_tick(name):
    """200,000 runs: a fortnight, then halving down to a day, moves the odds less and less."""
    ticks = (14.0, 7.0, 3.5, 1.75, 0.875)
    seen = [happened(Scenario.load(name), tick, 200_000) for tick in ticks]
    for coarse, fine, allowed in zip(seen, seen[1:], (0.015, 0.008, 0.004, 0.003), strict=False):
        assert_close(coarse, fine, allowed)


@pytest.mark.parametrize("pair", [("conceder", "tit-for-tat"), ("bayesian", "zeuthen")])
def test_other_strategies_do_not_depend_on_the_tick_either(pair):
    """Rounds of talks are dates, not ticks, so no strategy gets more offers from a shorter tick."""
    base = Scenario.load("stockholm-three-issues").replace(
        {"us.strategy": pair[0], "china.strategy": pair[1]}
    )
    week, half = (happened(base, tick, 8000) for tick in (7.0, 3.5))
    assert_close(week, half, 0.015)

"""News at Poisson rates and tension that decays: the same however finely time is cut."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from negotiation.compiling import compiled
from negotiation.model import NegotiationModel
from negotiation.randomness import key_of
from negotiation.rules import provocation
from negotiation.rules.news import news, set_pace
from negotiation.rules.script import unwatched
from negotiation.scenario import Scenario
from negotiation.table import Table

FALSE_ALARM = 1e-3
WATCH = unwatched()[0]


def first_day(tick, **changes):
    """Return the records of talks with one kind of event, on their first day."""
    settings_ = {"clock.tick_days": tick}
    settings_ |= {path.replace("__", "."): value for path, value in changes.items()}
    table = Table(Scenario.load("split-the-pie").replace(settings_))
    return table.opened(seed=1, run=0)


def quiet_world(tick, **changes):
    """Return the same records with their fields as attributes."""
    return first_day(tick, **changes).each


@settings(max_examples=30, deadline=None)
@given(st.floats(0.1, 20), st.floats(1, 200), st.sampled_from([0.5, 1.0, 3.5, 7.0, 14.0]))
def test_tension_decays_with_its_half_life_at_any_tick(start, half_life, tick):
    """After 56 days tension is start / 2^(56 / half-life), whether in 4 ticks or in 112."""
    talks, world, stakes = quiet_world(tick, news__tension_half_life=half_life)
    talks.tension = talks.pressure = start
    for i in range(1, int(56 / tick) + 1):
        talks.tick, talks.day = i, i * tick
        news(talks, world, stakes, WATCH)
    assert talks.tension == pytest.approx(start * 2 ** (-56 / half_life), rel=1e-9)
    assert talks.pressure == pytest.approx(
        start * 2 ** (-56 / world.news_selloff_half_life), rel=1e-9
    )


@compiled
def quiet_runs(talks, world, stakes, watch, ticks, quiet):
    """Count, by kind of news, the runs in which none came within a number of ticks."""
    state = talks[0]
    set_pace(state, world)
    for run in range(3000):
        state.key = key_of(7, run)
        state.rulings = state.selloffs = state.incidents = state.thaws = state.sectoral = 0
        for i in range(ticks):
            state.tick = i
            news(state, world, stakes, watch)
        quiet[0] += state.rulings == 0
        quiet[1] += state.selloffs == 0
        quiet[2] += state.incidents == 0
        quiet[3] += state.thaws == 0
        quiet[4] += state.sectoral == 0


def test_the_chance_of_no_news_does_not_depend_on_the_tick():
    """At 4 a year nothing happens within 84 days with chance exp(-4 x 84 / 365), at any tick."""
    lengths = (1.0, 3.5, 7.0, 21.0)
    rates = dict.fromkeys(("court", "selloff", "incident", "thaw", "sectoral"), 4.0)
    p = []
    for tick in lengths:
        records = first_day(tick, **{f"news__{kind}_rate": r for kind, r in rates.items()})
        quiet = np.zeros(5, np.int64)
        talks, world, stakes = records.talks, records.world[0], records.stakes[0]
        quiet_runs(talks, world, stakes, WATCH, int(84 / tick), quiet)
        p += [stats.binomtest(int(q), 3000, math.exp(-4.0 * 84 / 365)).pvalue for q in quiet]
    assert min(p) > FALSE_ALARM / len(p)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1), st.integers(0, 2), st.floats(0, 50), st.floats(0, 5))
def test_steps_come_at_a_rate(side, stance, rate, gain):
    """The chance of a quiet fortnight is the square of that of a quiet week."""
    label = ("us", "china")[side]
    changes = {f"{label}__provocation_rate": rate, f"{label}__provocation_gain": gain}
    quiet = []
    for tick in (7.0, 14.0):
        talks, world, _ = quiet_world(tick, **changes)
        provocation.set_rates(talks, world)
        quiet.append(float(talks.quiet[side, stance]))
    assert 0.0 < quiet[0] <= 1.0
    assert quiet[1] == pytest.approx(quiet[0] ** 2, rel=1e-9)
    assert 1.0 - quiet[0] <= 1.0 - math.exp(-rate * 7 / 365) + 1e-12


def test_a_hawk_takes_more_steps_and_a_feared_answer_deters():
    """A tick without a step is rarer the higher the stance, likelier the readier the answer."""
    scenario = Scenario.load("stockholm-2025").central()
    talks, world, _ = NegotiationModel(scenario, seed=1).scene.records
    for side in range(2):
        provocation.set_rates(talks, world)
        quiet = talks.quiet[side].copy()
        assert (np.diff(quiet) < 0).all()
        before, world.provocation_answer = world.provocation_answer, 50.0
        provocation.set_rates(talks, world)
        assert talks.quiet[side, 2] > quiet[2]
        world.provocation_answer = before

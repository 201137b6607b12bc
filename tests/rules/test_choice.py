"""Quantal choice: probabilities, monotone in the stakes, and hazards that add up over time."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.rules import acceptance, home, sherpas
from negotiation.scenario import MAX_ISSUES
from negotiation.solvers.choice import logit, part_below, per_tick

real = st.floats(-1e4, 1e4)


@given(real, real)
def test_logit_is_a_probability_that_rises(x, y):
    """The choice probability lies in [0, 1], rises with the advantage, and 1 - p is the other's."""
    p, q = logit(x), logit(y)
    assert 0.0 <= p <= 1.0
    assert (p <= q) if x <= y else (p >= q)
    assert logit(-x) == pytest.approx(1 - p, abs=1e-15)


@given(st.floats(0, 5), st.floats(0, 500), st.floats(0, 500))
def test_hazards_add_up_over_time(rate, a, b):
    """Surviving a and then b is surviving a + b: halving the tick changes no Poisson process."""
    assert 0.0 <= per_tick(rate, a) <= 1.0
    both = (1 - per_tick(rate, a)) * (1 - per_tick(rate, b))
    assert 1 - per_tick(rate, a + b) == pytest.approx(both, abs=1e-12)


@given(st.floats(-30, 30), st.floats(0, 20), st.floats(0, 20))
def test_refusing_twice_is_refusing_the_better_offer(bar, down, further):
    """The chance that a shock below one bar is below two lower ones in turn is the lowest's."""
    _, high = part_below(0.0, 1.0, bar)
    once, middle = part_below(0.0, high, bar - down)
    again, _ = part_below(0.0, middle, bar - down - further)
    assert part_below(0.0, high, bar - down - further)[0] == pytest.approx(once * again, rel=1e-9)


@given(st.floats(0, 1), st.floats(0, 1), real)
def test_what_answers_reveal_of_a_shock_is_a_probability(one, other, x):
    """Whatever was answered before, the next bar splits what is left, far in the tails too."""
    low, high = sorted((one, other))
    below, split = part_below(low, high, x)
    assert low <= split <= high
    assert 0.0 <= below <= 1.0


def test_a_yes_is_remembered_as_a_yes():
    """Who said yes at a bar says yes at any lower one for sure, and who said no, no at a higher."""
    assert part_below(logit(1.0), 1.0, 0.5)[0] == 0.0
    assert part_below(0.0, logit(1.0), 1.5)[0] == 1.0


@settings(max_examples=40, deadline=None)
@given(
    run=st.integers(0, 5000), side=st.integers(0, 1), stance=st.integers(0, 2),
    trait=st.integers(0, 1), more=st.floats(0.01, 10), share=st.floats(0, 1),
)  # fmt: skip
def test_a_better_offer_is_taken_by_more(opened, run, side, stance, trait, more, share):
    """The shock needed to accept falls with the offer's worth and rises with the ambition."""
    talks, world, _ = opened(run=run).scene.records
    talks.scratch.parts[side] = 0.0
    talks.scratch.parts[side, 0] = 6.0
    n = 4 * stance + 2 * trait

    def bar(asked):
        acceptance.fill_bars(talks, world, side, asked, 0.99)
        return float(talks.scratch.bar[n])

    modest, ambitious = bar(share), bar(min(share + 0.1, 1.0))
    talks.scratch.parts[side, 0] = 6.0 + more
    assert bar(share) <= modest <= ambitious
    talks.scratch.parts[side, 0] = world.reservation[side] - 1e-9
    assert bar(share) == math.inf


@settings(max_examples=25, deadline=None)
@given(run=st.integers(0, 5000), side=st.integers(0, 1), tension=st.floats(0.0, 5.0))
def test_a_leader_meets_for_the_picture_in_calm_and_for_a_prize(opened, run, side, tension):
    """More tension never turns a no into a yes, a meeting worth more never a yes into a no."""
    talks, world, _ = opened(run=run).scene.records
    talks.tension = tension
    before = sherpas.poses(talks, world, side)
    chance = sherpas.chance_of_posing(talks, world, side)
    world.summit_value[side] += 2.0
    assert sherpas.poses(talks, world, side) >= before
    assert sherpas.chance_of_posing(talks, world, side) > chance
    world.summit_value[side] -= 2.0
    talks.tension += 1.0
    assert sherpas.poses(talks, world, side) <= before
    assert sherpas.chance_of_posing(talks, world, side) < chance


@settings(max_examples=25, deadline=None)
@given(run=st.integers(0, 5000), side=st.integers(0, 1))
def test_support_at_home_is_a_share(opened, run, side):
    """Support lies in [0, 1], and no threshold is met by less support than a lower one."""
    talks, world, stakes = opened("stockholm-2025", run=run).scene.records
    z = np.zeros(MAX_ISSUES)
    z[:11] = np.random.default_rng(run).uniform(0, 1, 11)
    assert 0.0 <= home.support(world, side, z) <= 1.0
    passed = home.ratifies(talks, world, side, z)
    world.ratification[side] *= 0.5
    assert home.ratifies(talks, world, side, z) >= passed


def test_without_constituencies_everything_passes(opened):
    """A side with no home front ratifies any package (model.md 11)."""
    talks, world, stakes = opened("split-the-pie").scene.records
    z = np.zeros(MAX_ISSUES)
    assert home.ratifies(talks, world, 0, z) and home.ratifies(talks, world, 1, z)

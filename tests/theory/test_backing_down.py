"""Audience costs (Fearon 1994)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.errors import InputError
from negotiation.theory.backing_down import audience_costs

slopes = st.floats(0.01, 10.0)
shares = st.floats(0.001, 0.999)
TIED = audience_costs(prize=1.0, growth=(0.2, 0.4))


def test_survival_at_two_years():
    """With a = q t, q = (.2, .4) and v = 1: at t = 2 the US is in with .556, China with .714."""
    assert TIED.survival(2.0) == pytest.approx((0.556, 0.714), abs=5e-4)
    assert TIED.audience_costs(2.0) == pytest.approx((0.4, 0.8))


@given(v=st.floats(0.1, 10), q=st.tuples(slopes, slopes), t=st.floats(0, 50))
def test_every_time_to_back_down_is_as_good(v, q, t):
    """Indifference: v P(other is out) - a P(other is in) is 0 at every time."""
    assert audience_costs(prize=v, growth=q).payoffs(t) == pytest.approx((0, 0), abs=1e-9 * v)


@given(q=st.tuples(slopes, slopes), t=st.floats(0, 20))
def test_hazards_are_the_slopes_of_survival(q, t):
    """The hazard h_j = a_i' / (v + a_i) is -d ln S_j / dt."""
    crisis, step = audience_costs(prize=1.0, growth=q), 1e-4
    before, after = crisis.survival(t), crisis.survival(t + step)
    found = [math.log(b / a) / step for b, a in zip(before, after, strict=True)]
    assert found == pytest.approx(crisis.hazards(t + step / 2), rel=1e-4)


def test_the_side_with_steeper_costs_backs_down_less():
    """Among crises that end, the side whose audience cost grows faster gives in less often.

    Integrated over time from the hazards alone, with the same prize for both.
    """
    t = np.linspace(0, 2000, 400_001)
    survival = np.array([TIED.survival(float(x)) for x in t[::100]])
    hazards = np.array([TIED.hazards(float(x)) for x in t[::100]])
    odds = np.trapezoid(hazards * survival.prod(axis=1, keepdims=True), t[::100], axis=0)
    assert odds.sum() == pytest.approx(1.0, abs=0.02)
    assert odds[1] < 0.45 < 0.55 < odds[0]  # China's cost grows faster


@given(q=st.tuples(slopes, slopes), z=st.tuples(shares, shares))
def test_horizon_is_when_only_the_committed_are_left(q, z):
    """At the horizon survival, after the initial concession, equals the share that never quits."""
    crisis = audience_costs(prize=1.0, growth=q)
    last, atoms = crisis.horizon(z), crisis.initial_concession(z)
    left = [(1 - atom) * s for atom, s in zip(atoms, crisis.survival(last), strict=True)]
    assert left == pytest.approx(z)
    assert min(atoms) == 0.0 <= max(atoms) < 1.0


def test_horizon_by_hand():
    """A tenth committed on each side, q = (.2, .4): the US would be through at 9 / .4 = 22.5."""
    assert TIED.horizon((0.1, 0.1)) == pytest.approx(22.5)
    assert TIED.initial_concession((0.1, 0.1)) == pytest.approx((0.0, 1 - 0.1 * 5.5))
    assert TIED.horizon((0.0, 0.0)) == math.inf
    assert TIED.initial_concession((0.0, 0.0)) == (0.0, 0.0)
    assert TIED.initial_concession((0.0, 0.5)) == (1.0, 0.0)


@pytest.mark.parametrize("wrong", [{"prize": 0, "growth": (1, 1)}, {"prize": 1, "growth": (0, 1)}])
def test_bad_input(wrong):
    """The prize and the growth of the costs are positive."""
    with pytest.raises(InputError):
        audience_costs(**wrong)

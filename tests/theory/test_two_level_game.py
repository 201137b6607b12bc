"""Win-sets (Putnam 1988). Seeds are fixed; a fresh seed would fail once in 150,000 (4.5 sigma)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from negotiation.errors import InputError
from negotiation.theory.two_level_game import (
    agreement_chance,
    ratified_split,
    win_sets,
)

SIGMAS, DRAWS = 4.5, 100_000
needs = st.floats(0.0, 1.0)


def simulated(us, china, *, seed, draws=DRAWS):
    """Draw both needs from their ranges; return how often they fit, and the US's mean share."""
    rng = np.random.default_rng(seed)
    a, c = rng.uniform(*us, draws), rng.uniform(*china, draws)
    agreed = a + c <= 1
    return agreed.mean(), ((a + 1 - c)[agreed] / 2).mean()


@given(a=needs, c=needs)
def test_agreement_exactly_if_the_needs_fit(a, c):
    """Agreement iff a + c <= S; both then get at least what they need."""
    assume(abs(a + c - 1) > 1e-12)
    assert win_sets(us=a, china=c).agree == (a + c <= 1)
    if a + c <= 1:
        split = ratified_split(us=a, china=c)
        assert split.us >= a - 1e-12 and split.china >= c - 1e-12
        assert sum(split) == pytest.approx(1.0)


@pytest.mark.parametrize("unit", [1e-9, 0.1, 1.0, 1e9 / 3])
@pytest.mark.parametrize("tenths", range(11))
def test_needs_that_add_up_to_the_whole_leave_one_deal(tenths, unit):
    """0.1 and 1 - 0.1 fit into 1, though 1 - 0.9 is a little less than 0.1."""
    a, c = tenths / 10 * unit, (10 - tenths) / 10 * unit
    assert win_sets(us=a, china=c, size=unit).agree
    assert ratified_split(us=a, china=c, size=unit).us == pytest.approx(a, rel=1e-12)


@given(a=st.floats(0, 0.4), c=st.floats(0, 0.4), step=st.floats(0.001, 0.2))
def test_schelling_slope_is_one_half(a, c, step):
    """A further need at home is half won abroad: d(share) / da = 1/2."""
    gained = ratified_split(us=a + step, china=c).us - ratified_split(us=a, china=c).us
    assert gained / step == pytest.approx(0.5, abs=1e-9)


@pytest.mark.parametrize(
    ("us", "china", "size", "chance"),
    [((0, 1), (0, 1), 1, 1 / 2), ((0.5, 1), (0, 1), 1, 1 / 4), ((0, 3), (0, 3), 3, 1 / 2),
     ((1.5, 3), (0, 3), 3, 1 / 4), ((0, 0.5), (0, 0.5), 1, 1.0), ((0.6, 1), (0.6, 1), 1, 0.0),
     ((0, 0.5), (0, 1), 1, 3 / 4)],
)  # fmt: skip
def test_chance_of_agreement(us, china, size, chance):
    """Uniform needs: 1/2 on [0, S] both, 1/4 if the US needs at least S/2; other cases by area."""
    assert agreement_chance(us=us, china=china, size=size) == pytest.approx(chance)


@pytest.mark.parametrize(
    ("us", "china"), [((0, 1), (0, 1)), ((0.5, 1), (0, 1)), ((0.1, 0.9), (0.2, 0.7))]
)
def test_simulated_chance(us, china):
    """100,000 draws agree as often as the closed form says."""
    chance = agreement_chance(us=us, china=china)
    agreements, _ = simulated(us, china, seed=3)
    error = math.sqrt(chance * (1 - chance) / DRAWS)
    assert abs(agreements - chance) < SIGMAS * error


def test_equal_hands_share_equally():
    """With needs alike on [0, S] the own share among the deals is 1/2 on average."""
    _, share = simulated((0, 1), (0, 1), seed=4)
    # share = 1/2 + (a - c) / 2, uniform needs: variance E (a - c)^2 / 4 = 1/24 given agreement
    error = math.sqrt(1 / 24 / (DRAWS / 2))
    assert abs(share - 0.5) < SIGMAS * error


@given(low=st.floats(0, 0.5), more=st.floats(0.01, 0.4))
def test_a_smaller_win_set_makes_deals_rarer(low, more):
    """If the US needs more, a deal is less likely: P(agree) falls in a."""
    before = agreement_chance(us=(low, low + 0.3), china=(0, 1))
    after = agreement_chance(us=(low + more, low + more + 0.3), china=(0, 1))
    assert after < before


def test_no_deal_no_share():
    """Without an overlap there is no split, and no chance of one."""
    with pytest.raises(InputError, match="no deal"):
        ratified_split(us=0.6, china=0.6)
    assert agreement_chance(us=(2, 3), china=(0, 1)) == 0.0


@pytest.mark.parametrize(
    "wrong", [{"us": (1, 0), "china": (0, 1)}, {"us": (0, 1), "china": (-1, 1)}]
)
def test_bad_ranges(wrong):
    """The lowest need lies below the highest, neither is negative."""
    with pytest.raises(InputError):
        agreement_chance(**wrong)

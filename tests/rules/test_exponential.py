"""The exponential and the logarithm of the rules, against the C library's."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from negotiation.solvers.exponential import BOUND, LEAST, bounded, exp, log, log1p_unit, power


@given(st.floats(-708, 709))
def test_it_is_the_exponential(x):
    """To 4 units of the 53rd bit over the whole range."""
    assert abs(exp(x) / math.exp(x) - 1.0) <= 4 * 2**-53


@given(st.floats(-700, 700), st.floats(0, 1e-6))
def test_it_does_not_fall(x, more):
    """A larger argument gives no smaller value but for the last two bits."""
    assert exp(x + more) >= exp(x) * (1.0 - 8 * 2**-53)


def test_the_ends_of_the_range():
    """Beyond the range it is 0 or infinite, nan stays nan, and 0 gives exactly 1."""
    assert (exp(0.0), exp(-0.0), exp(-709.0), exp(710.0)) == (1.0, 1.0, 0.0, math.inf)
    assert (exp(-math.inf), exp(math.inf)) == (0.0, math.inf)
    assert np.isnan(exp(math.nan))


def apart(found, exact):
    """How far a number is from what it should be, in units of the last digit of the latter."""
    return abs(found - exact) / math.ulp(exact)


@given(st.one_of(st.floats(2.0**-1022, 1e308), st.floats(0.5, 2.0)))
def test_log_is_the_logarithm(x):
    """To 2 units of the last digit, next to 1 too, where the logarithm is next to nothing."""
    assert apart(log(x), math.log(x)) <= 2


@given(st.floats(0.0, 1.0))
def test_log1p_unit_is_the_logarithm_of_one_more(x):
    """To 2 units of the last digit, however small x is."""
    assert apart(log1p_unit(x), math.log1p(x)) <= 2


def test_both_ways_to_write_one_plus_x_meet():
    """Where a half is taken out, on either side of the root of two, nothing jumps."""
    for x in np.sqrt(2.0) - 1.0 + np.linspace(-1e-12, 1e-12, 101):
        assert apart(log1p_unit(x), math.log1p(x)) <= 2


@given(st.floats(0.0, 1e6), st.floats(0.0, 20.0))
@example(2.225073858507e-311, 0.5)
def test_power_is_the_power(x, y):
    """To 4 units of the 53rd bit and one for each unit of y log x; what underflows is 0."""
    found, x = power(x, y), x if x >= LEAST else 0.0  # what is smaller counts as 0
    exact = math.pow(x, y)
    size = abs(y * math.log(x)) if x > 0.0 else 0.0
    if exact > 1e-300:
        assert abs(found / exact - 1.0) <= (4 + 2 * size) * 2**-53
    else:
        assert found <= 1e-299


@given(st.floats(-1e4, 1e4))
def test_bounded_stays_where_the_bound_is(x):
    """Inside the bound it is the exponential, to the last bit; beyond, that of the bound."""
    assert bounded(x) == exp(min(max(x, -BOUND), BOUND))

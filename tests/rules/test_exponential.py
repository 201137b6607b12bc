"""The exponential of the rules, against the C library's."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from negotiation.solvers.exponential import exp


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

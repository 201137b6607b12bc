"""The incomplete beta function and what is read off it, beside SciPy's."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betainc, betaln, poch, stdtrit

from negotiation.estimates import t_of
from negotiation.ignorance import central
from negotiation.solvers.beta_law import below

PARAMETER = st.floats(-12.0, 15.0).map(math.exp)


@given(PARAMETER, PARAMETER, st.floats(1e-300, 1.0, exclude_max=True))
def test_a_share_is_that_of_scipy(a: float, b: float, x: float) -> None:
    """To ten digits of one, from laws that are all in the corners to ones that are a point."""
    assert below(a, b, x) == pytest.approx(betainc(a, b, x), abs=1e-10)


@given(PARAMETER, PARAMETER, st.floats(-4.0, 4.0))
def test_also_around_the_mean(a: float, b: float, z: float) -> None:
    """Where the logarithms are large and cancel."""
    mean, sd = a / (a + b), math.sqrt(a * b / (a + b + 1.0)) / (a + b)
    x = min(max(mean + z * sd, 1e-300), 1.0)
    assert below(a, b, x) == pytest.approx(betainc(a, b, x), abs=2e-10)


@given(st.one_of(st.floats(0.1, 1e12), st.integers(1, 3000)), st.sampled_from([0.5, 0.95, 0.999]))
def test_students_quantile_is_that_of_scipy(freedom: float, level: float) -> None:
    """To nine digits, whether it is hardly defined or nearly normal."""
    assert t_of(freedom, level) == pytest.approx(stdtrit(freedom, (1 + level) / 2), rel=1e-9)


def test_students_quantiles_of_an_array_keep_its_shape() -> None:
    """And where there is no freedom there is none."""
    found = t_of(np.array([[24.0, 0.0], [-1.0, np.nan]]))
    assert found.shape == (2, 2) and np.isnan(found).tolist() == [[False, True], [True, True]]
    assert t_of(24) == found[0, 0]


@given(
    st.floats(0.001, 0.999), st.floats(-14.0, -0.2).map(math.exp), st.floats(0.5, 1.5),
    st.sampled_from([0.5, 0.95]),
)  # fmt: skip
def test_the_ends_are_where_scipy_puts_the_tails(
    p: float, spread: float, lopsided: float, level: float
) -> None:
    """The law as it is documented, written with SciPy's functions, has the tails at the ends."""
    v = spread * p * (1 - p)
    s = p * (1 - p) / v - 1
    a, b = p * s, (1 - p) * s
    own = 2 * (b - a) * a * b / (s**3 * (s + 1) * (s + 2))
    third = own * lopsided
    _, low, high = central(p, v, third, level)
    c = (third - own) * poch(s, 6) * poch(s + 2, 3) / (6 * poch(a, 3) * poch(b, 3))

    def share(x: float) -> float:
        q = x * x - 2 * (a + 2) / (s + 4) * x + (a + 1) * (a + 2) / ((s + 3) * (s + 4))
        density = math.exp(a * math.log(x) + b * math.log1p(-x) - betaln(a, b))
        return float(betainc(a, b, x) - c * q * density / (s + 2))

    # near 1 the next number may have another share
    for end, tail in ((float(low), (1 - level) / 2), (float(high), (1 + level) / 2)):
        near = 2e-15 + 1e-12 * end
        if end - near > 1e-14 and end + near < 1:
            assert share(end - near) - 1e-9 <= tail <= share(end + near) + 1e-9


def test_a_law_that_is_nearly_a_point_is_normal_but_for_its_skewness() -> None:
    """The two ways of working it out meet where one takes over."""
    p = 0.3
    for third in (None, 0.0):
        ends = [central(p, p * (1 - p) / (1e7 + shift), third)[1:] for shift in (-1e3, 1e3)]
        assert np.allclose(*ends, atol=2e-8)


def test_it_has_the_moments_that_it_was_asked_for() -> None:
    """The quantiles at all levels give mean, variance and third moment again, by integration."""
    p, v, third = 0.3, 0.01, 0.0004
    nodes, weights = np.polynomial.legendre.leggauss(400)
    # as many near the ends, where quantiles are steep
    u, slope = 0.5 + 0.5 * np.sin(0.5 * np.pi * nodes), 0.25 * np.pi * np.cos(0.5 * np.pi * nodes)
    ends = [central(p, v, third, abs(2 * x - 1))[1 if x < 0.5 else 2] for x in u]
    apart = np.array(ends) - p
    moments = [float(np.sum(weights * slope * apart**power)) for power in (1, 2, 3)]
    assert moments == pytest.approx([0.0, v, third], abs=1e-7)

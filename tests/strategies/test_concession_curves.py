"""Concession curves, against the numbers of Faratin, Sierra and Jennings (1998)."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.tactics import time_dependent


def polynomial(t, kappa, beta):
    """Return the fraction conceded, which is what is not held out for any more."""
    return 1.0 - time_dependent.polynomial(t, kappa, beta)


def exponential(t, kappa, beta):
    """Return the fraction conceded."""
    return 1.0 - time_dependent.exponential(t, kappa, beta)


TIMES = (0.25, 0.5, 0.75)
CURVES = pytest.mark.parametrize("curve", [polynomial, exponential])
shares = st.floats(0.0, 1.0)
openings = st.floats(0.001, 1.0)
bends = st.floats(0.05, 20.0)


@pytest.mark.parametrize(
    ("curve", "beta", "conceded"),
    [
        (polynomial, 0.5, (0.15625, 0.325, 0.60625)),
        (polynomial, 1.0, (0.325, 0.55, 0.775)),
        (polynomial, 2.0, (0.55, 0.736396, 0.879423)),
        (exponential, 0.5, (0.136137, 0.196288, 0.316228)),
        (exponential, 1.0, (0.177828, 0.316228, 0.562341)),
        (exponential, 2.0, (0.273842, 0.562341, 0.865964)),
    ],
)
def test_published_forms(curve, beta, conceded):
    """Fractions conceded at 1/4, 1/2 and 3/4 of the time, opening at 0.1 (memory, verified)."""
    assert [curve(t, 0.1, beta) for t in TIMES] == pytest.approx(conceded, abs=5e-7)


def test_a_buyers_price_and_a_sellers():
    """Halfway, opening at 0.1, beta 1: a buyer between 10 and 40 bids 26.5, a seller asks 23.5."""
    conceded = polynomial(0.5, 0.1, 1.0)
    assert 10 + conceded * 30 == pytest.approx(26.5)
    assert 10 + (1 - conceded) * 30 == pytest.approx(23.5)


@pytest.mark.parametrize(("q", "held"), [(4.0, 0.9375), (1.0, 0.5), (0.25, 0.159104)])
def test_aspiration_with_power_q_is_beta_one_over_q(q, held):
    """NegMAS's aspiration 1 - t^q at half time is the polynomial tactic, q = 1/beta (retrieved)."""
    assert 1.0 - polynomial(0.5, 0.0, 1.0 / q) == pytest.approx(held, abs=5e-7)


@CURVES
@given(kappa=openings, beta=bends)
def test_opens_at_kappa_and_ends_at_one(curve, kappa, beta):
    """The fraction conceded at the start is kappa, and by the deadline all is conceded."""
    assert curve(0.0, kappa, beta) == pytest.approx(kappa)
    assert curve(1.0, kappa, beta) == pytest.approx(1.0)


@CURVES
@given(t=shares, later=shares, kappa=openings, beta=bends)
def test_never_takes_a_concession_back(curve, t, later, kappa, beta):
    """What has been conceded stays conceded, and never leaves [kappa, 1]."""
    first, second = sorted((t, later))
    assert kappa - 1e-12 <= curve(first, kappa, beta) <= curve(second, kappa, beta) + 1e-12
    assert curve(second, kappa, beta) <= 1.0 + 1e-12


@CURVES
@given(t=shares, kappa=openings, beta=bends, readier=bends)
def test_a_larger_beta_concedes_no_later(curve, t, kappa, beta, readier):
    """A conceder is ahead of a Boulware at every moment."""
    low, high = sorted((beta, readier))
    assert curve(t, kappa, low) <= curve(t, kappa, high) + 1e-12


@given(t=shares, kappa=openings)
def test_equal_factors_lag_behind_equal_amounts(t, kappa):
    """At beta 1 the exponential curve never lies above the polynomial one (derived).

    By convexity kappa^s <= 1 - s (1 - kappa), with s = 1 - t.
    """
    assert exponential(t, kappa, 1.0) <= polynomial(t, kappa, 1.0) + 1e-12


@CURVES
def test_edges_are_the_limits(curve):
    """At kappa 0 or 1 and at extreme beta the curves take their limits."""
    assert (curve(0.0, 0.0, 1.0), curve(1.0, 0.0, 1.0)) == (0.0, 1.0)
    assert exponential(0.999, 0.0, 1.0) == 0.0
    assert curve(0.5, 1.0, 0.3) == 1.0
    assert curve(1.0, 0.2, 0.0) == curve(0.5, 0.2, 0.0) == pytest.approx(0.2)  # a hardliner
    assert (curve(0.0, 0.2, math.inf), curve(0.5, 0.2, math.inf)) == (pytest.approx(0.2), 1.0)

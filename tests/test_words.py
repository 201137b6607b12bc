"""A probability is shown with no more digits than its interval allows."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from negotiation.words.numbers import MOST, decimals, interval, percent

ends = st.floats(0.0, 1.0)


@given(ends, ends)
def test_last_digit_is_not_finer_than_the_interval(a: float, b: float) -> None:
    """One unit of the last digit is at least a tenth of the half-width, and no coarser than it
    unless whole percents are already coarser: one significant digit of the uncertainty.
    """
    low, high = min(a, b), max(a, b)
    half, unit = 50 * (high - low), 10.0 ** -decimals(low, high)
    if half > 10.0**-MOST:
        assert unit * (1 + 1e-9) >= min(half / 10, 1.0)
        assert unit <= max(half * (1 + 1e-9), 1.0)


@given(ends, ends, ends)
def test_the_possible_is_never_rounded_to_certainty(a: float, b: float, c: float) -> None:
    """Nothing but 0 reads as 0%, nothing but 1 as 100%."""
    low, p, high = sorted((a, b, c))
    number = percent(p, low, high)
    if 0 < p < 1:
        assert number.startswith(("under", "over")) or 0 < float(number.rstrip("%")) < 100
    else:
        assert number in ("0%", "100%")


@given(ends, ends)
def test_the_ends_of_an_interval_are_no_more_certain_than_estimates(a: float, b: float) -> None:
    """Only an end at 0 reads as 0%, only one at 1 as 100%; each is written as an estimate is."""
    low, high = min(a, b), max(a, b)
    shown = interval(low, high).split(" to ")
    assert ("0%" in shown) == (low == 0.0 and len(shown) == 2 or high == 0.0)
    assert ("100%" in shown) == (high == 1.0 and len(shown) == 2 or low == 1.0)
    written = {percent(end, places=decimals(low, high)) for end in (low, high)}
    assert set(shown) <= written


@given(ends, ends, ends)
def test_shown_number_is_within_half_a_unit(a: float, b: float, c: float) -> None:
    """Rounding moves a number by at most half a unit of its last digit."""
    low, p, high = sorted((a, b, c))
    text = percent(p, low, high)
    if not text.startswith(("under", "over")):
        unit = 10.0 ** -decimals(low, high)
        assert math.isclose(float(text.rstrip("%")), 100 * p, abs_tol=unit / 2 * (1 + 1e-9))


def test_a_hundred_thousand_runs_allow_a_tenth_of_a_percent() -> None:
    """Wilson's interval for 64,631 of 100,000 is 64.3% to 64.9%: one decimal, no more."""
    from negotiation.estimates import share

    estimate = share(64_631, 100_000)
    assert percent(estimate.p, estimate.low, estimate.high) == "64.6%"
    assert interval(estimate.low, estimate.high) == "64.3% to 64.9%"

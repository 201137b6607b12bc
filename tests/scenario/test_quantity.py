"""A number with its unit, mark, source and distribution."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from negotiation.scenario import Quantity
from negotiation.scenario.quantity import allowed_text

number = st.floats(-1e6, 1e6)
BOUNDED, UNBOUNDED = ("uniform", "triangular", "beta"), ("normal", "lognormal")


@st.composite
def quantities(draw):
    """Quantities of every continuous distribution, value within [low, high]."""
    kind = draw(st.sampled_from([*BOUNDED, *UNBOUNDED, "logitnormal"]))
    low = draw(st.floats(0.01, 100))
    high = low + draw(st.floats(0.01, 100))
    if kind == "logitnormal":
        low, high = 0.999 * low / (1 + high), 0.999 * high / (1 + high)
    inside = st.floats(0.01, 0.99) if kind == "logitnormal" else st.floats(0, 1)
    value = low + draw(inside) * (high - low)
    shape = tuple(draw(st.floats(0.5, 10)) for _ in range(2)) if kind == "beta" else ()
    return Quantity(value=min(value, high), low=low, high=high, distribution=kind, shape=shape)


@given(quantities(), st.lists(st.floats(0.001, 0.999), min_size=2, max_size=20))
def test_quantile_functions_rise_within_the_support(quantity, probabilities):
    """Quantiles do not fall as the probability rises, and lie within the support."""
    x = quantity.quantiles(sorted(probabilities))
    low, high = quantity.support()
    assert (np.diff(x) >= -1e-9 * np.abs(x[1:])).all()
    assert (x >= low - 1e-9 * abs(low)).all() and (x <= high + 1e-9 * abs(high)).all()


@given(quantities())
def test_low_and_high_mean_what_the_documentation_says(quantity):
    """Ends of a uniform, triangular or beta; else the 5th and 95th percentile about the median."""
    if quantity.distribution not in BOUNDED:
        p, x = [0.05, 0.5, 0.95], [quantity.low, quantity.value, quantity.high]
        assert math.isinf(quantity.support()[1]) == (quantity.distribution in UNBOUNDED)
    else:
        p, x = [0.0, 1.0], [quantity.low, quantity.high]
        assert quantity.support() == (quantity.low, quantity.high)
    assert quantity.quantiles(p) == pytest.approx(x, rel=1e-9)


def test_the_mode_of_a_triangle_is_its_value():
    """A triangle (1, 2, 5) has a quarter of its mass below 2, and its mean at 8/3."""
    triangle = Quantity(value=2, low=1, high=5, distribution="triangular")
    assert float(triangle.quantiles(0.25)) == pytest.approx(2.0)
    p = (np.arange(20_000) + 0.5) / 20_000
    assert triangle.quantiles(p).mean() == pytest.approx(8 / 3, abs=1e-4)


def test_a_choice_takes_its_values_in_proportion_to_the_weights():
    """Values 1, 4, 9 with weights 0.2, 0.3, 0.5."""
    choice = Quantity(value=4, distribution="choice", values=(1, 4, 9), shape=(0.2, 0.3, 0.5))
    assert choice.quantiles([0.0, 0.19, 0.21, 0.49, 0.51, 1.0]).tolist() == [1, 1, 4, 4, 9, 9]
    assert choice.support() == (1, 9)


@given(number)
def test_a_bare_number_is_the_user_s(value):
    """A number without a table is certain and marked as set by the user."""
    quantity = Quantity.model_validate(value)
    assert (quantity.value, quantity.mark, quantity.uncertain) == (value, "user", False)
    assert quantity.support() == (value, value)
    assert quantity.quantiles([0.1, 0.9]).tolist() == [value, value]


@given(quantities(), st.none() | number)
def test_pinning_takes_the_distribution_away_and_nothing_else(quantity, value):
    """A pinned number keeps unit, mark and source."""
    pinned = quantity.pinned(value)
    assert not pinned.uncertain
    assert pinned.value == (quantity.value if value is None else value)
    assert (pinned.unit, pinned.mark, pinned.source) == (
        quantity.unit,
        quantity.mark,
        quantity.source,
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (True, "a truth value is not a number"),
        ({"value": math.nan}, "finite"),
        ({"value": math.inf}, "finite"),
        ({"value": 1, "distribution": "uniform"}, "needs low and high"),
        ({"value": 1, "low": 2, "high": 2, "distribution": "uniform"}, "no support"),
        ({"value": 1, "low": 3, "high": 2, "distribution": "normal"}, "no support"),
        ({"value": 9, "low": 1, "high": 2, "distribution": "triangular"}, "outside its own range"),
        ({"value": 1, "low": -1, "high": 2, "distribution": "lognormal"}, "low above 0"),
        ({"value": 0.5, "low": 0.1, "high": 1, "distribution": "logitnormal"}, "value < high < 1"),
        ({"value": 1, "low": 0, "high": 2, "distribution": "beta"}, r"shape = \[a, b\]"),
        ({"value": 1, "low": 0, "high": 2, "distribution": "beta", "shape": [1, -1]}, r"above 0"),
        ({"value": 1, "distribution": "choice"}, "as many weights"),
        ({"value": 1, "distribution": "choice", "values": [1, 2], "shape": [1]}, "as many weights"),
        ({"value": 1, "distribution": "choice", "values": [1, 2], "shape": [0.5, 0.6]}, "sum to 1"),
        ({"value": 1, "distribution": "cauchy"}, "cauchy|triangular"),
        ({"value": 1, "mark": "hearsay"}, "article"),
        ({"value": 1, "colour": "red"}, "colour|Extra"),
    ],
)
def test_a_number_without_support_is_refused(data, says):
    """What cannot be drawn, and what is not a number, is refused with the reason."""
    with pytest.raises(ValidationError, match=says):
        Quantity.model_validate(data)


@pytest.mark.parametrize(
    ("extra", "text"),
    [
        ({}, "any number"),
        ({"ge": 0}, "0 or more"),
        ({"gt": 0}, "above 0"),
        ({"le": 5}, "up to 5"),
        ({"gt": 0, "le": 1}, "above 0, up to 1"),
    ],
)
def test_ranges_read_as_words(extra, text):
    """The allowed range as a message says it."""
    assert allowed_text(extra) == text

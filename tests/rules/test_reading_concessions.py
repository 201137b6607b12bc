"""Of the other side's concessions a mean over all readings is read, not the largest of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.rules.reading import note_reading, nothing_read
from negotiation.rules.state import LEVELS
from negotiation.scenario import Scenario
from negotiation.table import Table

OFFERS = 26
TIMES = np.linspace(0.0, 1.0, OFFERS)
PIE = Table(Scenario.load("split-the-pie"))


def before_any_reading(side):
    """Return the record of talks in which nothing has been read of a side."""
    talks = PIE.first_day().talks
    nothing_read(talks[0], side)
    return talks


def follow(course, error, seed):
    """Return what is read after each offer of a side that has come so far of its way."""
    talks = before_any_reading(0)
    luck, found = np.random.default_rng(seed), []
    for share in course:
        note_reading(talks[0], 0, share + error * luck.normal(), error)
        found.append(float(talks[0]["conceded"][0]))
    return np.array(found)


def bias(course, error, repeats=300):
    """Return by how much the reading is off on average, offer by offer."""
    return np.mean([follow(course, error, seed) for seed in range(repeats)], axis=0) - course


@pytest.mark.parametrize("error", [0.01, 0.03, 0.1])
@pytest.mark.parametrize("stand", [0.0, 0.25, 0.5])
def test_a_side_that_never_moves_is_read_never_to_move(stand, error):
    """After 26 offers the reading is off by less than a tenth of the error and a half step's tenth.

    The largest of 26 readings would be off by two errors.
    """
    off = bias(np.full(OFFERS, stand), error)
    assert abs(off[-1]) <= 0.1 * error + 0.0025
    assert abs(off[-1]) <= abs(off[0]) + 0.002


@pytest.mark.parametrize("error", [0.01, 0.03, 0.1])
@pytest.mark.parametrize("pace", [1.0, 0.5])
def test_one_that_concedes_evenly_is_followed_within_the_error(pace, error):
    """On average the reading is behind, or ahead, by no more than half an error."""
    assert np.abs(bias(pace * TIMES, error)).max() <= 0.5 * error + 0.005


def test_a_late_step_is_noticed():
    """One that gives nothing for half the time and then two fifths at once is read to have."""
    course = np.where(TIMES > 0.5, 0.4, 0.0)
    assert follow(course, 0.1, 1)[-1] == pytest.approx(0.4, abs=0.1)


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=20))
def test_without_error_the_last_concession_is_read(course):
    """Whatever a side does, even if it takes back what it gave."""
    assert follow(course, 1e-6, 1) == pytest.approx(np.array(course), abs=1e-5)


@given(
    st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=20), st.floats(1e-9, 1e9),
)  # fmt: skip
def test_no_reading_is_too_far_off(readings, error):
    """The reading stays a share, and the weights of the levels stay chances."""
    talks = before_any_reading(1)
    for seen in readings:
        note_reading(talks[0], 1, seen, error)
        assert 0.0 <= talks[0]["conceded"][1] <= 1.0
        weights = np.concatenate([talks[0]["standing"][1], talks[0]["moving"][1]])
        assert len(weights) == 2 * LEVELS and weights.min() >= 0.0
        assert weights.sum() == pytest.approx(1.0)


def test_the_two_before_are_kept():
    """What was read one and two readings earlier is what it was."""
    talks = before_any_reading(0)
    for seen in (0.1, 0.3, 0.6):
        note_reading(talks[0], 0, seen, 1e-6)
    kept = [
        float(talks[0][name][0]) for name in ("conceded", "conceded_before", "conceded_long_ago")
    ]
    assert kept == pytest.approx([0.6, 0.3, 0.1], abs=1e-4)

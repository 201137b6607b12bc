"""The Pareto frontier of finitely many outcomes, and of lotteries over them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from negotiation.errors import InputError
from negotiation.theory.frontier import (
    concave_chain,
    distance_to,
    distance_to_chain,
    pareto_indices,
    utilities_of,
)

# whole numbers, so that ties and equal outcomes are common
outcomes = st.integers(1, 40).flatmap(
    lambda n: arrays(np.int64, (n, 2), elements=st.integers(0, 9))
)


@given(outcomes)
def test_exactly_the_undominated_outcomes(points):
    """An outcome is kept if and only if no other is as good for both and better for one."""
    expected = {
        i for i, p in enumerate(points) if not any((q >= p).all() and (q > p).any() for q in points)
    }
    index = pareto_indices(points)
    assert set(index.tolist()) == expected and len(index) == len(expected)
    assert (np.diff(points[index, 0]) >= 0).all() and (np.diff(points[index, 1]) <= 0).all()


@given(outcomes, st.integers(0, 1000))
def test_no_weighted_sum_is_larger_off_the_chain(points, seed):
    """Over lotteries, every positive weighting of the sides is maximised at a chain's corner."""
    points = points.astype(float)
    chain = points[concave_chain(points)]
    for weight in np.random.default_rng(seed).uniform(0.01, 0.99, 5):
        w = np.array([weight, 1 - weight])
        assert (points @ w).max() == pytest.approx((chain @ w).max())


def test_distances():
    """Distance to the nearest outcome, and to the line between the frontier's corners."""
    assert distance_to([[0, 0]], [[3, 4], [6, 8]]) == pytest.approx([5.0])
    assert distance_to_chain([[1, 1], [0, 5]], [[0, 3], [3, 0]]) == pytest.approx([0.5**0.5, 2.0])


@pytest.mark.parametrize("bad", [[], [1, 2], [[1, 2, 3]], [[1, np.nan]], "no", [["a", "b"]]])
def test_bad_utilities_are_refused(bad):
    """Anything but finite pairs is a user error that says what is allowed."""
    with pytest.raises(InputError, match="utilities"):
        utilities_of(bad)

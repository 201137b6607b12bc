"""Shares that draw on one room: best together, against a general optimiser."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

import negotiation as ng
from negotiation.analysis.first_day import bargaining_problem
from negotiation.rules.frontier import package_at
from negotiation.solvers.shared_room import cost_past, new_shares, share_room
from negotiation.table import Table

SIZES = st.integers(1, 4)


def shared(points, room, rate, slope, bend, reach, z):
    """The shares that come out."""
    shares = new_shares(
        count=len(z), points=points, room=room, rate=rate, slope=slope, bend=bend, reach=reach, z=z
    )
    share_room(shares)
    return shares["z"][: len(z)]


def worth(slope, bend, points, room, rate, z):
    """What the shares bring, less what their points past the room cost."""
    over = points @ z - room
    return float(slope @ z + 0.5 * bend @ (z * z) - cost_past(rate, over, room))


@given(
    st.data(), SIZES, st.floats(-2.0, 20.0), st.floats(0.0, 5.0),
    st.sampled_from(["curved", "straight"]),
)  # fmt: skip
def test_no_other_shares_are_better(data, n, room, rate, shape):
    """Concave worth: the maximum that a general optimiser finds from several starts."""
    numbers = {
        name: np.array(data.draw(st.lists(st.floats(low, high), min_size=n, max_size=n)))
        for name, low, high in (
            ("slope", -5.0, 30.0), ("bend", -20.0, -1.0), ("points", 0.5, 20.0),
            ("reach", 0.0, 1.0),
        )
    }  # fmt: skip
    slope, points, reach = numbers["slope"], numbers["points"], numbers["reach"]
    bend = numbers["bend"] if shape == "curved" else np.zeros(n)
    z = shared(points, room, rate, slope, bend, reach, np.zeros(n))
    assert (z >= 0.0).all() and (z <= reach).all()
    found = worth(slope, bend, points, room, rate, z)
    for start in (np.zeros(n), reach, 0.5 * reach):
        other = minimize(
            lambda x: -worth(slope, bend, points, room, rate, x), start,
            bounds=[(0.0, r) for r in reach], method="L-BFGS-B",
        )  # fmt: skip
        assert found >= -other.fun - 1e-6 * (1.0 + abs(found))


def test_what_takes_no_room_stays_where_it_is():
    """Only issues with points are moved."""
    one = np.ones(2)
    z = shared(np.array([10.0, 0.0]), 5.0, 9.0, one, -one, one, np.array([1.0, 0.7]))
    assert z[1] == 0.7 and 0.5 < z[0] < 0.6


@pytest.mark.parametrize("name", ["stockholm-2025", "stockholm-three-issues"])
@pytest.mark.parametrize("loss", [0.0, 2.0, 20.0])
def test_the_rules_and_the_theory_have_one_frontier(name, loss):
    """The packages that offers are made of are efficient in the textbook problem too."""
    scenario = ng.Scenario.load(name).replace({"tariffs.us_reference_loss": loss})
    problem = bargaining_problem(scenario)
    assert (problem.room is not None) == (loss > 0.0)
    talks, world, _ = Table(scenario).first_day().each
    n = len(scenario.issues)
    z = np.zeros_like(talks.offer[0])
    for weight in np.linspace(0.01, 0.99, 25):
        package_at(talks, world, 0, weight, z)
        mine = np.array([1.0 - weight, weight]) @ problem.gains(z[:n])
        best = np.array([1.0 - weight, weight]) @ problem.gains(problem.efficient(weight))
        # links are heeded in two sweeps in a run, to the end in the textbook
        assert mine == pytest.approx(best, abs=0.02 * (1.0 + abs(best)))
        assert mine <= best + 1e-6 * (1.0 + abs(best)) or not problem.concave

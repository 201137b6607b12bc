"""The top of a concave quadratic in a box."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from negotiation.solvers.box_quadratic import BOX_QUADRATIC, MOST, maximise


def quadratic(rng, n, guess=False):
    """A random one, some of its bounds at the start or far away."""
    q = np.zeros(1, BOX_QUADRATIC)[0]
    half = rng.normal(size=(n, n)) * 10 ** rng.uniform(-2, 2, n)
    q["count"] = n
    q["curvature"][:n, :n] = half @ half.T + 1e-3 * np.eye(n)
    q["gradient"][:n] = rng.normal(size=n) * 10 ** rng.uniform(-1, 2)
    q["low"][:n], q["high"][:n] = -rng.random(n) * (rng.random(n) < 0.8), rng.random(n)
    if guess:
        q["at"][:n] = rng.integers(-1, 2, n)
    return q


@given(st.integers(0, 10_000), st.integers(1, MOST), st.booleans())
def test_the_step_meets_the_conditions_of_an_optimum(seed, n, guess):
    """Inside the box no slope is left; on a bound the slope points out (Karush-Kuhn-Tucker)."""
    q = quadratic(np.random.default_rng(seed), n, guess)
    assert maximise(q)
    step, low, high = q["step"][:n], q["low"][:n], q["high"][:n]
    assert (low <= step).all() and (step <= high).all()
    slope = q["gradient"][:n] - q["curvature"][:n, :n] @ step
    allowed = 1e-7 * (np.abs(q["gradient"][:n]).max() + np.abs(q["curvature"][:n, :n]).max())
    assert (slope[step > low] >= -allowed).all()
    assert (slope[step < high] <= allowed).all()


@given(st.integers(0, 10_000), st.integers(2, MOST))
def test_a_guess_of_the_bounds_changes_nothing(seed, n):
    """The optimum is one, whatever bounds the method begins with."""
    q = quadratic(np.random.default_rng(seed), n)
    assert maximise(q)
    plain = q["step"].copy()
    q["at"][:n] = np.random.default_rng(seed + 1).integers(-1, 2, n)
    assert maximise(q)
    size = np.abs(q["curvature"][:n, :n]).max()
    apart = q["step"][:n] - plain[:n]
    assert apart @ q["curvature"][:n, :n] @ apart <= 1e-12 * size


def test_a_quadratic_without_a_top_is_refused():
    """Where it curves upwards there is no best point of a face, and the caller hears so."""
    q = quadratic(np.random.default_rng(0), 3)
    q["curvature"][1, 1] = -1.0
    assert not maximise(q)

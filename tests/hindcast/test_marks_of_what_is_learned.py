"""The mark of a drawn number says whether history moved it, by one stated rule."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.hindcast.scenario_file import draws_of, files_of, guessed, of_decision
from negotiation.hindcast.taught import MOVED, NARROWER, moved, taught
from negotiation.history.reading import shipped
from negotiation.scenario import Scenario
from negotiation.scenario.joint_draws import KEY

ROWS = {row.id: row for row in shipped().decisions}


def test_either_a_move_or_a_narrowing_is_enough() -> None:
    """At the bars themselves a number is taught, below both it is not; a wider one is not."""
    assert taught(NARROWER, 0.0) and taught(0.0, MOVED) and taught(0.0, -MOVED)
    assert not taught(NARROWER - 0.01, MOVED - 0.01)
    assert not taught(-0.5, 0.0)


@pytest.mark.parametrize(("shift", "factor", "told"), [
    (0.0, 1.0, False), (0.6, 1.0, True), (-0.6, 1.0, True), (0.0, 0.7, True), (0.3, 0.9, False),
])  # fmt: skip
def test_the_rule_on_draws_is_that_on_moments(shift: float, factor: float, told: bool) -> None:
    """A normal number shifted and narrowed by known amounts, in the units of its prior."""
    prior = np.random.default_rng(1).normal(3.0, 2.0, 4000)
    after = 3.0 + 2.0 * shift + factor * (prior - 3.0)
    assert moved(prior, after, np.full(4000, 1 / 4000)) == told


def test_weights_count() -> None:
    """The same draws with weights that move their mean are taught."""
    prior = np.linspace(0.0, 1.0, 1000)
    weights = prior / prior.sum()
    assert moved(prior, prior, weights)
    assert not moved(prior, prior, np.full(1000, 1e-3))


def test_a_file_made_of_a_row_marks_its_numbers_by_the_rule() -> None:
    """Columns that history moves are ``posterior``, all other columns ``guess``."""
    situation = of_decision(ROWS["T201"])
    drawn = draws_of(situation)
    left = set(guessed(situation, drawn))
    assert 0 < len(left) < len(drawn)
    made = files_of(situation, "mine").loaded("mine")
    found = {path: q.mark for path, q in made.numbers() if q.distribution == KEY}
    assert found == {path: "guess" if path in left else "posterior" for path in found}
    assert "deadline.ultimatum" not in left and "us.authority" in left


def test_history_moves_hardly_any_number_of_a_shipped_scenario() -> None:
    """So what they say of the uncertain ones is guesses, and marked so."""
    marks = [
        q.mark
        for name in ("eu-2025", "usmca-2018", "stockholm-2025-learned")
        for _, q in Scenario.load(name).numbers()
        if q.distribution == KEY
    ]
    assert set(marks) <= {"guess", "posterior"} and marks.count("posterior") < 0.05 * len(marks)

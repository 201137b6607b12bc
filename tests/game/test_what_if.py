"""What if: two branches from one decision, told side by side, with the odds of both."""

from __future__ import annotations

import itertools
import json
import re
from functools import cache

import numpy as np
import pytest
from typer.testing import CliRunner

import negotiation as ng
from negotiation.analysis.what_if import what_if
from negotiation.cli.app import app
from negotiation.cli.compare_text import forked as report
from negotiation.ensemble import Ensemble
from negotiation.game import Game, Kind
from negotiation.outcome import EVENTS

SCENARIO = ng.Scenario.load("stockholm-2025")
COLUMN = 44


@cache
def gave_in():
    """A run in which the United States gives in to what China asks for the first extension."""
    rows = Ensemble(SCENARIO).rows(seed=1, first=0, count=400)
    paid = rows["events"][:, EVENTS.index("first_extension_from_us")] == 1
    return int(rows["run"][paid][0])


def said(*words: str):
    """What the command prints, and its exit code."""
    return CliRunner().invoke(app(), ["run", "--seed", "1", *words])


def test_continuations_are_forks_with_other_luck():
    """Each row is the fork with that seed: the compiled continuation is no second rule."""
    game = Game(SCENARIO, seed=1, run=3)
    game.play_to(Kind.PROPOSE)
    for choice in ("even", "demand"):
        rows = game.continued(choice, runs=4, first=5)
        for i, row in enumerate(rows):
            twin = game.fork(seed=5 + i)
            twin.decide(choice)
            alone = twin.play().row()
            alone["run"] = 5 + i
            assert alone.tobytes() == rows[i : i + 1].tobytes() and row["run"] == 5 + i


def test_a_demand_that_is_refused_lapses():
    """The first deadline lapses in the branch in which the demand is refused, for certain."""
    game = Game(SCENARIO, seed=1, run=gave_in())
    found = what_if(game, Kind.YIELD, "refuse", day=15.0, side="us", runs=2000)
    assert found.was.choice == "give_in" and found.instead == "refuse"
    assert found.as_it_was.happened["first_deadline_extended"]
    assert found.otherwise.happened["first_deadline_lapsed"]
    lapse = found.events["first_deadline_lapsed"]
    assert lapse.after > lapse.before and lapse.clear
    assert sum(d.difference for d in found.at_horizon.values()) == pytest.approx(0.0, abs=1e-9)
    assert game.point.number == 0  # the game itself is where it was


def test_the_other_branch_of_an_answer_signs_or_parks():
    """An offer that was refused, taken: there is an agreement on paper in that branch."""
    game = Game(SCENARIO, seed=1, run=3)
    found = what_if(game, Kind.ANSWER, "accept", runs=200)
    offers = [e for e in found.otherwise.events if e.kind == "offer"]
    assert offers[0].detail["accepted"]
    assert {e.kind for e in found.otherwise.events} & {"parked", "signed", "withdrawn", "blocked"}


def test_the_command_tells_both_branches_and_their_odds():
    """Text with two columns and a table; JSON with both courses."""
    done = said("--run", str(gave_in()), "--fork", "2025-08-12:us.yield=refuse", "--runs", "500")
    assert done.exit_code == 0, done.output
    assert "AS IT WAS: give in" in done.output and "WHAT IF: refuse" in done.output
    assert "500 runs of each branch" in done.output
    fork = ("--fork", "15:us.yield=refuse", "--runs", "500", "--json")
    found = json.loads(said("--run", str(gave_in()), *fork).output)
    assert found["fork"] == {
        "date": "2025-08-11", "side": "us", "kind": "yield", "was": "give_in",
        "instead": "refuse",
    }  # fmt: skip
    assert set(found["at_horizon"]) == {o.value for o in ng.Outcome}
    assert np.isclose(sum(d["before"] for d in found["at_horizon"].values()), 1.0)


def test_each_column_is_laid_out_once():
    """A line ends only where the next word of its paragraph would not have fitted the column."""
    game = Game(SCENARIO, seed=1, run=3)
    found = what_if(game, Kind.ANSWER, "accept", runs=20)
    rows = [row for row in report(found, 2 * COLUMN + 3).splitlines() if row[COLUMN:][:2] == " |"]
    for texts in ([row[:COLUMN].rstrip() for row in rows], [row[COLUMN + 3 :] for row in rows]):
        goes_on = [pair for pair in itertools.pairwise(texts) if re.match(" {6}[^ ]", pair[1])]
        assert len(goes_on) > 5  # six spaces: a point of an offer or a package, its later lines
        for line, following in goes_on:
            assert len(line) + 1 + len(following.split()[0]) > COLUMN, (line, following)


@pytest.mark.parametrize(
    ("fork", "words"),
    [
        ("x", "expected DAY:[SIDE.]KIND=CHOICE"),
        ("2025-08-12:yield", "expected DAY:[SIDE.]KIND=CHOICE"),
        ("soon:yield=refuse", "'soon' is no day"),
        ("2025-08-12:chna.yield=refuse", "no side 'chna'; allowed: us, china."),
        ("2025-08-12:yeild=refuse", "Did you mean 'yield'?"),
        ("2025-08-12:yield=givein", "Did you mean 'give_in'?"),
        ("2030-01-01:yield=refuse", "outside the talks; allowed: 2025-07-28 to 2025-11-30"),
        ("nan:yield=refuse", "outside the talks"),
        ("2025-10-01:china.reopen=reopen", "no decision 'reopen' of china from 2025-10-01 on"),
    ],
)
def test_a_fork_that_is_none_is_refused_in_a_sentence(fork, words):
    """Exit code 2, what is wrong, what is allowed."""
    done = said("--fork", fork)
    assert done.exit_code == 2
    assert words in " ".join(done.output.split())

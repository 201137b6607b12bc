"""Comparing two negotiations says that they are two; a shipped decision is found by its id."""

from __future__ import annotations

from pathlib import Path

import pytest

from negotiation.analysis.compare import compare
from negotiation.cli.compare_text import report
from negotiation.cli.verbs.scenario import from_decision
from negotiation.errors import InputError
from negotiation.scenario import Scenario


def test_two_pairs_of_sides_are_named_and_no_date_of_one_stands_for_both() -> None:
    """One sentence says who bargains in either; a headline with two dates has none."""
    one, two = Scenario.load("usmca-2018"), Scenario.load("japan-2025")
    told = report(compare(one, two, runs=20, seed=1))
    assert "before between the United States and Canada" in told
    assert "after between the United States and Japan" in told
    assert "2018" not in told.split("Headlines")[1]


def test_a_change_of_one_scenario_has_no_such_sentence() -> None:
    """The same sides and the same date are one negotiation."""
    one = Scenario.load("split-the-pie")
    told = report(compare(one, one.replace({"us.patience": 0.8}), runs=20, seed=1))
    assert "two negotiations" not in told


@pytest.mark.parametrize("which", ["T191", "T199"])
def test_a_shipped_decision_of_either_kind_is_found_by_its_id(tmp_path: Path, which: str) -> None:
    """Decisions of the record and the twenty of the US and China need no file of rows."""
    from_decision(which, tmp_path / "mine.toml")
    assert Scenario.load(tmp_path / "mine.toml").record is not None


def test_one_that_is_not_shipped_says_what_to_give(tmp_path: Path) -> None:
    """The message names the option for decisions of one's own."""
    with pytest.raises(InputError, match=r"'E99' does not exist.*--rows FILE"):
        from_decision("E99", tmp_path / "mine.toml")

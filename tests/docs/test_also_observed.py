"""What the page on the hindcast says of what else was observed is what was found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from negotiation.history.codes import Outcome
from negotiation.history.reading import shipped

ROOT = Path(__file__).parents[2]
TEXT = " ".join((ROOT / "docs" / "explanation" / "hindcast.md").read_text("utf-8").split())
FOUND: dict[str, Any] = json.loads(
    (ROOT / "results/hindcast/also_observed.json").read_text("utf-8")
)


def told(found: dict[str, float], sign: float) -> str:
    """How much better a thing is told, or worse, with its interval, as the page has it."""
    ends = sorted((sign * found["low"], sign * found["high"]))
    return f"{sign * found['value']:.2f} in the log score, {ends[0]:.2f} to {ends[1]:.2f}"


def test_issues_and_days_fail_the_bar_that_was_stated_before() -> None:
    """They are told worse than by their own shares, outcomes by 0.01 at most."""
    issues, days = FOUND["bins"]["issues, and issues"], FOUND["bins"]["days, and days"]
    assert (issues["decisions"], days["decisions"]) == (67, 44)
    assert issues["low"] < 0.0 and days["low"] < 0.0
    assert issues["value"] < 0.0 and days["high"] < 0.0
    assert told(issues, -1.0) in TEXT
    assert told(days, -1.0).replace(" in the log score", "") in TEXT
    logs = {name: each["log"] for name, each in FOUND["outcomes"].items()}
    assert all(log - logs["as learned"] < 0.0125 for log in logs.values())


def test_lengths_of_penalties_pass_it() -> None:
    """They are told better beyond the interval, and outcomes no worse by 0.005."""
    lengths, before = (FOUND["bins"][f"lengths, {x}"] for x in ("and lengths", "as learned"))
    assert lengths["decisions"] == 35 and lengths["low"] > 0.0
    assert told(lengths, 1.0) in TEXT
    assert f"before it learned from them (by {before['value']:.2f})" in TEXT
    logs = {name: each["log"] for name, each in FOUND["outcomes"].items()}
    assert logs["and lengths"] - logs["as learned"] < 0.005


def test_what_issues_and_days_teach_is_that_something_outside_decides() -> None:
    """That chance goes up, and few draws are left."""
    worth = {name: round(each["effective_draws"]) for name, each in FOUND["learned"].items()}
    few = [worth[name] for name in ("and issues", "and days", "and both", "as learned")]
    assert "are worth {}, {}, and with both {}, instead of {}".format(*few) in TEXT
    for name in ("and issues", "and both"):
        assert 0.7 < FOUND["learned"][name]["parameters"]["outside"][1] < 2.0
    for name in ("as learned", "and lengths"):
        assert abs(FOUND["learned"][name]["parameters"]["outside"][1]) < 0.3


def test_deals_of_the_model_are_thinner_and_earlier() -> None:
    """One issue in three quarters of them; within a day of the date one in ten."""
    (mine, theirs), (early, late) = FOUND["shares"]["issues"], FOUND["shares"]["days"]
    assert 0.7 < mine[0] < 0.8 and 0.27 < theirs[0] < 0.33
    assert 0.07 < early[0] < 0.13 and 0.45 < late[0] < 0.55


def test_the_length_of_an_extension_is_coded_for_some() -> None:
    """37 of 51, minor ones included."""
    put_off = [d for d in shipped().decisions if d.outcome == Outcome.EXTENDED_OR_PAUSED]
    known = sum(row.deal_term_days is not None for row in put_off)
    assert (known, len(put_off)) == (37, 51)


def test_a_shorter_custom_moves_little() -> None:
    """Put off 0.01 more often on average, and no share by more than 0.08."""
    for days in ("30", "45"):
        found = FOUND["customs"][days]
        assert 0.005 < found["mean"]["extended_or_paused"] < 0.015
        assert all(abs(change) < 0.015 for change in found["mean"].values())
        assert found["largest"] < 0.08

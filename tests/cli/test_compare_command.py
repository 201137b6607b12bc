"""``negotiation compare``: both odds, the change in pairs, and one sentence where there is none."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import negotiation as ng

SMALL = ("--runs", "500", "--worlds", "8", "--seed", "3")
CHANGE = ("--set", "us.authority=0")


def test_json_is_what_python_says(negotiation: Callable[..., Result], tmp_path: Path) -> None:
    """Events and states with both odds, the change and its interval: those of ``ng.compare``."""
    result = negotiation("compare", "stockholm-three-issues", *CHANGE, *SMALL, "--json")
    scenario = ng.Scenario.load("stockholm-three-issues")
    other = scenario.replace({"us.authority": 0})
    said = ng.compare(scenario, other, runs=500, seed=3, worlds=8)
    data = json.loads(result.stdout)
    assert data == said.to_dict()
    assert data["before"]["scenario"] == data["after"]["scenario"] == "stockholm-three-issues"
    assert data["before"]["fingerprint"] != data["after"]["fingerprint"]
    for entry in [*data["events"].values(), *data["at_horizon"].values()]:
        assert entry["difference"] == pytest.approx(entry["after"] - entry["before"])
        assert entry["gain"] is None or math.isfinite(entry["gain"])
    assert list(tmp_path.iterdir()) == []  # a pipe leaves nothing behind


def test_text_says_what_changed_and_what_is_clear(negotiation: Callable[..., Result]) -> None:
    """Less authority brings clearly fewer summit deals; what could be zero is marked as such."""
    asked = ("compare", *CHANGE, "--runs", "2000", "--worlds", "0", "--seed", "3")
    text = negotiation(*asked).stdout
    assert "After:  stockholm-2025 with:\n" in text
    assert "how much further the leader can go (us.authority): 0, not 2 (0.5 to 5)\n" in text
    summit = next(line for line in text.splitlines() if "sign a deal at a summit by" in line)
    sanction = next(line for line in text.splitlines() if "answers in kind" in line)
    assert re.search(r"  -\d", summit) and "~" not in summit
    assert "~" in sanction


def test_both_odds_vary_with_what_is_uncertain_as_odds_says() -> None:
    """``worlds`` gives before and after the intervals that ``ng.odds`` gives each."""
    before = ng.Scenario.load("stockholm-three-issues")
    after = before.replace({"us.authority": 0})
    numbers = {"runs": 1000, "seed": 3, "worlds": 40}
    found = ng.compare(before, after, **numbers)
    for scenario, over, errors in zip((before, after), found.over, found.ends_error, strict=True):
        alone = ng.odds(scenario, **numbers)
        wide = {**alone.parameter_interval}
        wide |= {f"at_horizon.{name}": ends for name, ends in alone.horizon_interval.items()}
        assert (over, errors) == (wide, alone.ends_error)
    told = ng.compare(before, after, runs=50).to_dict()["parameter_interval"]
    assert told["after"]["deal"] == dict.fromkeys(("low", "high", "low_error", "high_error"))


def test_the_intervals_of_both_are_said(negotiation: Callable[..., Result]) -> None:
    """Below the changes, with a sentence where the draws are few; none without any."""
    asked = ("compare", "stockholm-three-issues", *CHANGE, "--runs", "200", "--worlds")
    text = negotiation(*asked, "5").stdout
    assert "As the uncertain assumptions vary" in text and "raise --worlds, to 2,048" in text
    assert "assumptions vary" not in negotiation(*asked, "0").stdout


def test_two_scenarios(negotiation: Callable[..., Result], tmp_path: Path) -> None:
    """Named ones and files; where their last days differ, no date is given for both."""
    toml = negotiation("scenario", "show", "split-the-pie", "--toml").stdout
    (tmp_path / "mine.toml").write_text(toml.replace("2025-12-29", "2025-12-22"))
    text = negotiation("compare", "split-the-pie", "mine.toml", "--runs", "100").stdout
    assert "On the last day, one of" in text
    assert "the leaders meet" not in text  # neither has a summit


def test_settings_change_the_second_alone(negotiation: Callable[..., Result]) -> None:
    """With two scenarios ``--set`` is about B: A stays what it is."""
    both = ("compare", "split-the-pie", "stockholm-three-issues", "--json", *SMALL)
    plain, changed = (json.loads(negotiation(*both, *more).stdout) for more in ((), CHANGE))
    assert plain["before"] == changed["before"]
    assert plain["after"] != changed["after"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "nothing to compare"),
        (("stockholm-2025", "stockholm-2025"), "nothing to compare"),
        (("stokholm", *CHANGE), "Did you mean 'stockholm-2025'"),
        (("stockholm-2025", "split-the-pye"), "Did you mean 'split-the-pie'"),
        (("--set", "us.autority=0"), "Did you mean 'authority'"),
        ((*CHANGE, *CHANGE), "us.authority is given more than once"),
        (
            ("--set", "us.types.resolve.1=0.1", "--set", "us.types.resolve=[1.0, 0.5]"),
            "us.types.resolve.1 (part of us.types.resolve) is given more than once",
        ),
        ((*CHANGE, "--runs", "0"), "--runs = 0 is out of range"),
        ((*CHANGE, "--seed", "-1"), "--seed = -1 is out of range"),
        (("--us", "boulwar"), "Did you mean 'boulware'"),
    ],
)
def test_wrong_input_is_one_sentence(
    negotiation: Callable[..., Result], arguments: tuple[str, ...], words: str
) -> None:
    """What, where, what is allowed; exit code 2, nothing on standard output."""
    result = negotiation("compare", *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert result.stdout == ""

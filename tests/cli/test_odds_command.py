"""``negotiation odds``: the headline first, both intervals, files beside it, JSON for scripts."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

import negotiation as ng
from negotiation.scenario import Scenario
from negotiation.words import outcomes

SMALL = ("--runs", "300", "--worlds", "4")


def test_headlines_come_first(negotiation: Callable[..., Result]) -> None:
    """The first odds printed are those of the extension on 12 August 2025 and of a summit deal."""
    text = negotiation("odds", *SMALL).stdout
    first = text.index("The truce is extended on 12 August 2025: ")
    second = text.index("The leaders sign a deal at a summit by 30 November 2025: ")
    assert first < second < text.index("On 30 November 2025, one of")
    assert text.count("sampling error of 300 runs") == 2
    assert text.count("as the uncertain assumptions vary") == 2
    assert "300 simulated negotiations, seed 1, of stockholm-2025 as shipped, in this model" in text


def test_says_where_the_files_are(negotiation: Callable[..., Result], tmp_path: Path) -> None:
    """Picture and numbers lie in out/<scenario>, of other numbers in there, and it says where."""
    text = negotiation("odds", *SMALL).stdout
    place = Path("out", "stockholm-2025", "runs=300,worlds=4")
    folder = tmp_path / place
    assert {"odds.json", "odds.png", "odds.svg"} <= {path.name for path in folder.iterdir()}
    for name in ("odds.json", "odds.png", "odds.svg"):
        assert str(place / name) in text
    assert (folder / "odds.png").read_bytes().startswith(b"\x89PNG")


def test_suggested_command_works(negotiation: Callable[..., Result]) -> None:
    """The next command that it suggests is about the same scenario and settings, and runs."""
    text = negotiation("odds", "split-the-pie", "--us", "conceder", *SMALL).stdout
    suggestion = text.split("Next: ")[1].split("   (")[0].split()
    assert suggestion[:3] == ["negotiation", "run", "split-the-pie"]
    assert suggestion[3:] == ["--us", "conceder", "--seed", "1"]
    assert negotiation(*suggestion[1:]).exit_code == 0


def test_json_is_the_contract(negotiation: Callable[..., Result], tmp_path: Path) -> None:
    """With --json there is one object on standard output; states at the horizon sum to one."""
    result = negotiation("odds", "--json", *SMALL, "--seed", "5")
    data = json.loads(result.stdout)
    assert (data["scenario"], data["runs"], data["seed"]) == ("stockholm-2025", 300, 5)
    assert {"first_deadline_extended", "summit_held", "summit_deal", "escalation"} <= set(
        data["events"]
    )
    states = data["at_horizon"]
    assert list(states) == ["summit_deal", "working_deal", "truce", "lapse", "escalation"]
    assert sum(entry["p"] for entry in states.values()) == pytest.approx(1.0)
    for entry in [*data["events"].values(), *states.values()]:
        assert 0 <= entry["low"] <= entry["p"] <= entry["high"] <= 1
    assert set(data["parameter_interval"]) == set(data["events"])
    deal = data["parameter_interval"]["summit_deal"]
    assert 0 < deal["low_error"] < 1 and 0 < deal["high_error"] < 1
    assert list(tmp_path.iterdir()) == []  # a pipe leaves nothing behind


def test_json_with_a_folder_writes_there(
    negotiation: Callable[..., Result], tmp_path: Path
) -> None:
    """Asked for a folder, --json writes the same object into it too."""
    result = negotiation("odds", "split-the-pie", "--json", "--out", "here/and/there", *SMALL)
    assert json.loads((tmp_path / "here/and/there/odds.json").read_text()) == json.loads(
        result.stdout
    )


def test_workers_change_nothing(negotiation: Callable[..., Result]) -> None:
    """The answer is the same for one thread and for three."""
    one, three = (negotiation("odds", "--json", *SMALL, "--workers", n).stdout for n in ("1", "3"))
    assert one == three


def test_settings_reach_the_model(negotiation: Callable[..., Result]) -> None:
    """A lapse that nobody chooses for sure ends every truce at its first deadline."""
    certain = negotiation("odds", "--json", "--set", "deadline.accident=1", *SMALL)
    assert json.loads(certain.stdout)["events"]["first_deadline_extended"]["p"] == 0.0


def test_us_is_short_for_a_setting(negotiation: Callable[..., Result]) -> None:
    """``--us X`` is ``--set us.strategy=X``, and ``--china`` likewise."""
    short = negotiation("odds", "--json", *SMALL, "--us", "conceder", "--china", "linear")
    long = negotiation(
        "odds",
        "--json",
        *SMALL,
        "--set",
        "us.strategy=conceder",
        "--set",
        "china.strategy='linear'",
    )
    plain = negotiation("odds", "--json", *SMALL)
    assert short.stdout == long.stdout != plain.stdout


def test_a_scenario_without_deadline_or_summit(negotiation: Callable[..., Result]) -> None:
    """Where no truce runs out and no leaders meet, the question is whether a deal is signed."""
    text = negotiation("odds", "split-the-pie", *SMALL).stdout
    assert "A deal is signed by 29 December 2025: 100%" in text
    assert "nothing is signed" in text
    for never in ("truce", "leaders", "penalties", "sanction", "in kind", "reopened"):
        assert never not in text, never


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"calendar.truce_expires": None}, "at_horizon.lapse"),
        ({"calendar.summit_from": None, "calendar.summit_to": None}, "at_horizon.summit_deal"),
        ({"us.provocation_rate": 0.0, "china.provocation_rate": 0.0}, "retaliation"),
        ({"compliance.review_rate": 0.0}, "reopened"),
        ({"compliance.detection": 0.0}, "reopened"),
    ],
)
def test_what_is_called_impossible_never_happens(changes: dict[str, Any], name: str) -> None:
    """And happens as the scenario is shipped: nothing that can happen is left out."""
    shipped = Scenario.load("stockholm-2025")
    without = shipped.replace(changes)
    assert name in outcomes.impossible(without)
    assert not outcomes.impossible(shipped)
    tallied = ng.odds(without, runs=500, worlds=0)
    found = {**tallied.events, **{f"at_horizon.{k}": v for k, v in tallied.at_horizon.items()}}
    # without a deadline every deal is counted as one before it
    for never in outcomes.impossible(without) - {"first_deadline_deal"}:
        assert found[never].p == 0.0, never


def test_without_worlds_the_second_interval_is_left_out(negotiation: Callable[..., Result]) -> None:
    """``--worlds 0`` prints no interval over the numbers rather than an empty one."""
    text = negotiation("odds", "--runs", "50", "--worlds", "0").stdout
    assert "sampling error of 50 runs" in text
    assert "assumptions vary" not in text


def test_odds_that_do_not_differ_have_no_interval_without_width(
    negotiation: Callable[..., Result],
) -> None:
    """Three draws whose odds do not differ more than by chance: nothing is known of a range."""
    text = negotiation("odds", "--runs", "200", "--worlds", "3", "--seed", "3").stdout
    assert "no difference seen as the uncertain assumptions vary" in text
    assert ".00% as the uncertain" not in text


def test_few_worlds_are_said_to_be_few(negotiation: Callable[..., Result]) -> None:
    """A sentence tells what to raise; without worlds there is nothing to say."""
    for worlds, said in (("5", True), ("0", False)):
        text = negotiation("odds", "stockholm-three-issues", "--runs", "50", "--worlds", worlds)
        assert ("raise --worlds" in text.stdout) == said, worlds
        assert "none above" not in text.stdout


def test_a_pipe_stays_clean(tmp_path: Path) -> None:
    """Into a pipe there is no colour and no bar, and --quiet leaves standard error empty."""
    command = [sys.executable, "-m", "negotiation", "odds", "split-the-pie", *SMALL, "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert "\x1b" not in done.stdout + done.stderr
    assert done.stderr == ""


def test_hostile_names_stay_in_the_results_folder(
    negotiation: Callable[..., Result], tmp_path: Path
) -> None:
    """A scenario's name cannot lead its results out of the folder for them."""
    toml = negotiation("scenario", "show", "split-the-pie", "--toml").stdout
    (tmp_path / "mine.toml").write_text(toml.replace('"split-the-pie"', '"../../Away"', 1))
    assert negotiation("odds", "mine.toml", *SMALL).exit_code == 0
    assert (tmp_path / "out" / "away" / "runs=300,worlds=4" / "odds.json").exists()

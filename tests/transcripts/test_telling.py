"""The transcript as a whole: in order, dated, readable, and silent about types until the end."""

from __future__ import annotations

import json
import re

import pytest

import negotiation as ng
from negotiation.rules.play import PHASES
from negotiation.transcript.happenings import STAMPS
from negotiation.words.scene import STANCES


@pytest.fixture(scope="module", params=[3, 4, 5])
def talks(request: pytest.FixtureRequest) -> ng.Talks:
    """A few runs of the shipped scenario."""
    return ng.run(ng.Scenario.load("stockholm-2025"), seed=1, run=request.param)


def test_types_are_revealed_only_at_the_end(talks: ng.Talks) -> None:
    """The private types stand under 'What neither side could see', after everything else."""
    story, secrets = talks.transcript.split("What neither side could see\n")
    for word in ("a hawk", "a dove", "resolute", "to protect a dollar", "denial of technology"):
        assert word not in story
    assert STANCES[talks.types["us"]["stance"]] in secrets
    assert f"{100 * talks.types['china']['integrity']:.0f}% of what it pledges" in secrets
    assert "\n\n" not in secrets


def test_events_are_grouped_by_date_and_name_their_phase(talks: ng.Talks) -> None:
    """Under each week's heading every entry begins with a phase or another name for it."""
    names = {phase.capitalize() for phase in PHASES} | {*STAMPS.values()}
    blocks = talks.transcript.split("\n\n")
    weeks = [block.splitlines() for block in blocks if block.startswith("Week of ")]
    assert len(weeks) == len({event.day for event in talks.events})
    for lines in weeks:
        entries = [line for line in lines[1:] if line.startswith("  ") and line[2] != " "]
        assert entries
        assert {re.split("[.,]", entry.strip())[0] for entry in entries} <= names


def test_ending_and_accounts(talks: ng.Talks) -> None:
    """After the last week stands what the horizon found and what the path brought each side."""
    last = talks.transcript.split("Accounts, 30 November 2025\n")[1]
    assert last.startswith("  On 30 November 2025 ")
    assert last.count("the path to that day") == 2


def test_lines_fit_a_terminal(talks: ng.Talks) -> None:
    """No line is longer than 92 characters."""
    assert max(map(len, talks.transcript.splitlines())) <= 92


def test_data_and_text_agree(talks: ng.Talks) -> None:
    """Each entry of the data is a sentence of the text, and the data are plain JSON."""
    data = talks.to_dict()
    json.dumps(data, allow_nan=False)
    flat = " ".join(talks.transcript.split())
    assert len(data["transcript"]) == len(talks.events)
    for entry in data["transcript"]:
        assert " ".join(entry["text"].split()) in flat
        for z in entry["detail"].get("package", {}).values():
            assert 0.0 <= z <= 1.0


def test_any_scenario_can_be_told() -> None:
    """Without truce, summit, constituencies or uncertain types nothing is said about them."""
    text = ng.run(ng.Scenario.load("split-the-pie"), seed=1).transcript
    assert "truce" not in text and "leaders" not in text
    assert "What neither side could see" not in text


def test_a_finer_clock_has_headings_of_its_own() -> None:
    """With a tick of one day the headings are days, with three days spans of three."""
    pie = ng.Scenario.load("split-the-pie")
    for tick, heading in ((1, "\n6 January 2025\n"), (3, "\n3 days from 6 January 2025\n")):
        assert heading in ng.run(pie.replace({"clock.tick_days": tick}), seed=1).transcript

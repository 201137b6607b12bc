"""What the page on other sides shows can be typed: its row, its scenario file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from negotiation.analysis.consistency import off_the_agenda
from negotiation.errors import FileProblems
from negotiation.hindcast import coming, disputes
from negotiation.hindcast.scenario_file import files_of, of_decision
from negotiation.hindcast.situation import setting
from negotiation.scenario import Scenario

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "other-sides.md").read_text("utf-8")
ROW = next(x for x in re.findall(r"```text\n(.*?)```", PAGE, re.S) if x.startswith("id,date"))
FILE = re.findall(r"```toml\n(.*?)```", PAGE, re.S)[0]


def row(folder: Path, text: str = ROW) -> coming.Coming:
    """Return the row of a file that is written into a folder."""
    file = folder / "mine.csv"
    file.write_text(text, encoding="utf-8")
    return coming.load(file)[0]


def test_the_row_becomes_a_scenario(tmp_path: Path) -> None:
    """With a line about it or without; talks begin on the day of the threat."""
    for text in (ROW, ROW.replace("what,", "").replace("26% on India,", "")):
        decision = row(tmp_path, text)
        made = files_of(of_decision(decision), "india")
        (tmp_path / "india.csv").write_text(made.draws, encoding="utf-8")
        scenario = Scenario.of_text(made.scenario, str(tmp_path / "india.toml"))
        assert scenario.sides == ("us", "india")
        assert scenario.title
    calendar = setting(disputes.episode_of(decision)).calendar
    assert calendar.start.isoformat() == "2026-01-25"
    later = row(tmp_path, ROW.replace("2026-01-20", "2026-02-20"))
    assert setting(disputes.episode_of(later)).calendar.start.isoformat() == "2026-02-20"


def test_the_file_is_sound(tmp_path: Path) -> None:
    """It loads, and its layers add up."""
    (tmp_path / "india.toml").write_text(FILE, encoding="utf-8")
    scenario = Scenario.load(tmp_path / "india.toml")
    assert scenario.sides == ("us", "india")
    assert not off_the_agenda(scenario)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("India,hard", "Inda,hard", "Did you mean 'India'"),
        ("US,India", "US,US", "both sides play with the same trade"),
        ("2026-01-20", "2026-04-20", "is after its day"),
        ("us_tariff_before", "us_tarif_before", "did you mean 'us_tariff_before'"),
        ("truce_or_pause", "truce", "did you mean 'truce_or_pause'"),
    ],
)
def test_a_slip_is_one_sentence(tmp_path: Path, old: str, new: str, told: str) -> None:
    """And nothing is forecast."""
    with pytest.raises(FileProblems) as caught:
        row(tmp_path, ROW.replace(old, new))
    assert any(told.lower() in line.lower() for line in caught.value.problems), (
        caught.value.problems
    )


def test_sides_may_be_typed_as_settings_have_them(tmp_path: Path) -> None:
    """The keys of a scenario, in any case."""
    assert disputes.sides_of(row(tmp_path, ROW.replace("US,India", "us,india"))) == ("us", "india")


def test_a_stand_in_is_told(tmp_path: Path) -> None:
    """Thailand has no place in the trade table."""
    told = disputes.stand_in(row(tmp_path, ROW.replace("US,India", "US,Thailand")))
    assert told == "mine: Thailand plays with the trade of Vietnam."
    assert disputes.stand_in(row(tmp_path)) == ""

"""Other sides than the US and China, and files that state what is different from another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from negotiation.errors import FileProblems, InputError
from negotiation.scenario import Scenario

HEAD = 'based_on = "split-the-pie"\nname = "{}"\ntitle = "Mine"\n'


def written(folder: Path, text: str, name: str = "mine") -> Path:
    """Return a scenario file based on the small shipped one."""
    file = folder / f"{name}.toml"
    file.write_text(HEAD.format(name) + text, encoding="utf-8")
    return file


def test_what_a_file_does_not_state_is_as_in_the_one_that_it_is_based_on(tmp_path: Path) -> None:
    """A file of four lines is the other scenario with one number changed."""
    base = Scenario.load("split-the-pie")
    mine = Scenario.load(written(tmp_path, "[us]\npatience = 0.7\n"))
    assert (mine.name, mine.title) == ("mine", "Mine")
    assert mine.us.patience.value == 0.7
    back = {"name": base.name, "title": base.title, "us.patience": base.us.patience.model_dump()}
    assert mine.replace(back).fingerprint == base.replace(back).fingerprint


def test_a_number_keeps_its_unit_and_takes_its_own_mark_and_source(tmp_path: Path) -> None:
    """A number is replaced whole, but what it is measured in does not change."""
    text = 'based_on = "stockholm-2025"\nname = "x"\ntitle = "x"\n[us]\n'
    file = tmp_path / "x.toml"
    file.write_text(text + 'patience = { value = 0.7, mark = "memory", source = "me" }\n')
    number = Scenario.load(file).us.patience
    assert (number.value, number.mark, number.source) == (0.7, "memory", "me")
    assert number.unit == Scenario.load("stockholm-2025").us.patience.unit


def test_what_is_left_out_takes_its_links_and_stakes_along(tmp_path: Path) -> None:
    """No group at home has a stake in an issue that is not on the agenda."""
    file = tmp_path / "x.toml"
    file.write_text(
        'based_on = "stockholm-2025"\nname = "x"\ntitle = "x"\n'
        'without = ["issues.fentanyl_tariff", "issues.oil_imports"]\n'
    )
    scenario = Scenario.load(file)
    assert not {"fentanyl_tariff", "oil_imports"} & set(scenario.issues)
    assert "fentanyl_tariff" not in scenario.linkage
    groups = [*scenario.us.constituencies.values(), *scenario.china.constituencies.values()]
    assert groups
    assert all("oil_imports" not in group.stakes for group in groups)


def test_settings_bear_the_names_of_the_sides(tmp_path: Path) -> None:
    """In files, in ``replace`` and in tables within it."""
    text = 'sides = ["us", "japan"]\n[japan]\npatience = 0.6\n[tariffs]\njapan_truce = 0.1\n'
    scenario = Scenario.load(written(tmp_path, text))
    assert scenario.china.patience.value == 0.6
    assert scenario.tariffs.china_truce.value == 0.1
    assert scenario.own_path("tariffs.china_truce") == "tariffs.japan_truce"
    changed = scenario.replace({"japan.patience": 0.5, "issues.pie.japan_gain": 2.0})
    assert (changed.china.patience.value, changed.issues["pie"].china_gain.value) == (0.5, 2.0)


def test_names_of_issues_are_left_alone(tmp_path: Path) -> None:
    """An issue may be called as its author likes, the sides' names in it included."""
    text = 'sides = ["us", "japan"]\nwithout = ["issues.pie"]\n[issues.japan_china_us]\n'
    text += 'name = "x"\nconceded_by = "japan"\nunit = "points"\nstatus_quo = 1\nfull = 0\n'
    scenario = Scenario.load(written(tmp_path, text))
    assert scenario.issues["japan_china_us"].conceded_by == "china"
    path = "issues.japan_china_us.japan_gain"
    assert scenario.own_path(scenario.seat_path(path)) == path


def test_what_was_changed_is_written_under_the_same_names(tmp_path: Path) -> None:
    """Written and read again, it is the same scenario, and comments stay."""
    file = written(tmp_path, 'sides = ["us", "japan"]\n[japan]\npatience = 0.6 # mine\n')
    scenario = Scenario.load(file).replace({"japan.patience": 0.5})
    text = scenario.to_toml()
    assert "# mine" in text
    assert "china" not in text
    file.write_text(text, encoding="utf-8")
    assert Scenario.load(file) == scenario


def test_a_file_may_be_based_on_a_file_beside_it(tmp_path: Path) -> None:
    """The sides of the first hold in the second."""
    written(tmp_path, 'sides = ["us", "japan"]\n[japan]\npatience = 0.6\n', "first")
    second = tmp_path / "second.toml"
    second.write_text(
        'based_on = "first.toml"\nname = "second"\ntitle = "x"\n[japan]\nprecision = 2.0\n'
    )
    scenario = Scenario.load(second)
    assert scenario.sides == ("us", "japan")
    assert (scenario.china.patience.value, scenario.china.precision.value) == (0.6, 2.0)


def test_the_fingerprint_tells_sides_apart(tmp_path: Path) -> None:
    """And the usual sides have the fingerprint of a scenario that names none."""
    pie = Scenario.load("split-the-pie")
    assert pie.replace({"sides": ["us", "japan"]}).fingerprint != pie.fingerprint
    assert pie.replace({"sides": ["us", "china"]}).fingerprint == pie.fingerprint


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('sides = ["us", "us"]', "cannot bargain with itself"),
        ('sides = ["japan", "us"]', "the other way round"),
        ('sides = ["china", "us"]', "the other way round"),
        ('sides = "us"', "expected two names"),
        ('sides = ["us", "Japan"]', "small letters"),
        ('sides = ["us", "japan"]\n[japan]\npatience = 2', "japan.patience = 2: 2 is above 1"),
        ('sides = ["us", "japan"]\n[japan]\npatiense = 1', "japan.patiense: unknown setting"),
        (
            'sides = ["us", "japan"]\n[japan]\npatience = 1\n[china]\npatience = 1',
            "are the same setting",
        ),
        ('without = ["issues.cake"]', "issues.cake is not there to be left out"),
        ("without = 3", "expected a list of settings"),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path: Path, text: str, told: str) -> None:
    """What, where, what is allowed, in the names that the file uses."""
    with pytest.raises(FileProblems) as caught:
        Scenario.load(written(tmp_path, text))
    assert [line for line in caught.value.problems if told in line], caught.value.problems


@pytest.mark.parametrize("named", ["3", '"stockholm-2052"', '"mine.toml"'])
def test_a_base_that_cannot_be_read_is_one_sentence(tmp_path: Path, named: str) -> None:
    """A number, a slip, a circle."""
    file = tmp_path / "mine.toml"
    file.write_text(f'based_on = {named}\nname = "x"\ntitle = "x"\n')
    with pytest.raises(FileProblems, match="based_on"):
        Scenario.load(file)


def test_a_path_that_does_not_exist_is_told_in_the_sides_own_names() -> None:
    """The hint is about the table as its author knows it."""
    pie = Scenario.load("split-the-pie").replace({"sides": ["us", "japan"]})
    with pytest.raises(InputError, match=r"japan\.patiense.* in japan\. Did you mean 'patience'"):
        pie.replace({"japan.patiense": 0.5})

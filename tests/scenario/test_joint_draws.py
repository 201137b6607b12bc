"""Numbers that are drawn together: the table beside a scenario file, and what runs make of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from negotiation.errors import FileProblems, MissingFile
from negotiation.payoffs.world import to_world
from negotiation.scenario import Scenario
from negotiation.table import Table

FILE = 'based_on = "stockholm-2025"\nname = "x"\ntitle = "x"\ndraws = "d.csv"\n'
TABLE = "us.patience,china.patience,weight\n0.8,0.95,1\n0.9,0.85,2\n0.95,0.8,1\n"


def written(folder: Path, table: str, text: str = FILE) -> Path:
    """Return a scenario file with a table of draws beside it."""
    (folder / "d.csv").write_text(table, encoding="utf-8")
    file = folder / "x.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_numbers_of_a_line_are_drawn_together(tmp_path: Path) -> None:
    """Only pairs of the table occur, each as often as its weight says (0.1% false alarms)."""
    table = Table(Scenario.load(written(tmp_path, TABLE)))
    seen: dict[tuple[float, float], int] = {}
    worlds = 2000
    for k in range(worlds):
        patience = table.opened(seed=5, run=k).world["patience"][0]
        pair = (float(patience[0]), float(patience[1]))
        seen[pair] = seen.get(pair, 0) + 1
    assert set(seen) == {(0.8, 0.95), (0.9, 0.85), (0.95, 0.8)}
    found = seen[0.9, 0.85] / worlds
    assert abs(found - 0.5) < 3.3 * np.sqrt(0.25 / worlds)


def test_a_number_is_shown_by_its_median_and_its_range(tmp_path: Path) -> None:
    """And may be pinned like any other; the rest stays drawn."""
    scenario = Scenario.load(written(tmp_path, TABLE))
    number = scenario.us.patience
    assert (number.value, number.low, number.high, number.mark) == (0.9, 0.8, 0.95, "posterior")
    assert number.unit == "per year"
    assert number.quantiles([0.1, 0.5, 0.9]).tolist() == [0.8, 0.9, 0.95]
    pinned = scenario.replace({"us.patience": 0.7})
    assert not pinned.us.patience.uncertain
    assert pinned.china.patience.uncertain


def test_other_numbers_are_drawn_as_they_were(tmp_path: Path) -> None:
    """A lot is addressed by the number's path, so a table beside it changes no other."""
    base, own = (
        to_world(s)
        for s in (Scenario.load("stockholm-2025"), Scenario.load(written(tmp_path, TABLE)))
    )
    slots = dict(zip(base.paths, base.slots.tolist(), strict=True))
    for path, slot in zip(own.paths, own.slots.tolist(), strict=True):
        assert (slots[path] == slot) == (path not in ("us.patience", "china.patience"))


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("us.patience\nhigh\n", "'high' is no number"),
        ("us.patience,weight\n0.9,-1\n", "expected weights from 0 on"),
        ("weight\n1\n", "no column for a setting"),
        (
            "us.patiense\n0.9\n",
            "column us.patiense: there is no such setting. Did you mean 'us.patience'",
        ),
        ("us.patience\n", "no draw below them"),
        ("us.patience\n1.5\n", "above 1"),
    ],
)
def test_a_bad_table_is_one_sentence(tmp_path: Path, table: str, told: str) -> None:
    """What, where and what is allowed."""
    with pytest.raises(FileProblems) as caught:
        Scenario.load(written(tmp_path, table))
    assert any(told in line for line in caught.value.problems), caught.value.problems


def test_a_table_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    """The file names it, so the file's reader is told which is missing."""
    file = written(tmp_path, TABLE)
    (tmp_path / "d.csv").unlink()
    with pytest.raises(MissingFile, match=r"d\.csv"):
        Scenario.load(file)
    with pytest.raises(FileProblems, match="expected the name of a CSV file"):
        Scenario.load(written(tmp_path, TABLE, FILE.replace('"d.csv"', "3")))


def test_the_sides_own_names_head_the_columns(tmp_path: Path) -> None:
    """As everywhere in a file."""
    text = FILE.replace("stockholm-2025", "split-the-pie") + 'sides = ["us", "japan"]\n'
    scenario = Scenario.load(written(tmp_path, "japan.patience\n0.9\n0.8\n", text))
    assert scenario.china.patience.values == (0.9, 0.8)


def test_what_a_file_states_itself_holds_against_its_table(tmp_path: Path) -> None:
    """So a changed number that is written survives being read."""
    own = "[us]\npatience = { value = 0.5 }\n"
    scenario = Scenario.load(written(tmp_path, TABLE, FILE + own))
    assert (scenario.us.patience.value, scenario.us.patience.uncertain) == (0.5, False)
    assert scenario.china.patience.distribution == "draws"
    file = written(tmp_path, TABLE)
    changed = Scenario.load(file).replace({"china.patience": 0.7})
    file.write_text(changed.to_toml(), encoding="utf-8")
    assert Scenario.load(file) == changed


def test_a_file_with_a_table_may_be_a_base(tmp_path: Path) -> None:
    """Also from another folder, and the shipped ones."""
    (tmp_path / "sub").mkdir()
    written(tmp_path / "sub", TABLE)
    file = tmp_path / "y.toml"
    file.write_text('based_on = "sub/x.toml"\nname = "y"\ntitle = "y"\n', encoding="utf-8")
    assert Scenario.load(file).us.patience.values == (0.8, 0.9, 0.95)
    file.write_text('based_on = "japan-2025"\nname = "y"\ntitle = "y"\n', encoding="utf-8")
    found, base = Scenario.load(file), Scenario.load("japan-2025")
    assert dict(found.numbers()) == dict(base.numbers())


def test_a_setting_under_two_names_is_refused(tmp_path: Path) -> None:
    """The seat's and the side's own."""
    text = FILE.replace("stockholm-2025", "split-the-pie") + 'sides = ["us", "japan"]\n'
    with pytest.raises(FileProblems, match="the same setting twice"):
        Scenario.load(written(tmp_path, "japan.patience,china.patience\n0.9,0.8\n", text))


def test_written_whole_it_needs_no_table(tmp_path: Path) -> None:
    """As the store of a sweep does: also a file that is based on nothing and names a table."""
    (tmp_path / "d.csv").write_text("us.patience\n0.8\n0.9\n", encoding="utf-8")
    file = tmp_path / "x.toml"
    text = Scenario.load("split-the-pie").to_toml()
    file.write_text('draws = "d.csv"\n' + text, encoding="utf-8")
    scenario = Scenario.load(file)
    assert scenario.us.patience.distribution == "draws"
    (tmp_path / "elsewhere").mkdir()
    copy = tmp_path / "elsewhere" / "copy.toml"
    copy.write_text(scenario.to_toml(whole=True), encoding="utf-8")
    assert Scenario.load(copy) == scenario

"""A fault of a table of draws names the table, the column and what is meant; doubts are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from negotiation.cli.scenario_text import findings
from negotiation.errors import FileProblems
from negotiation.scenario import Scenario
from negotiation.scenario.draw_doubts import doubts

HEAD = """based_on = "stockholm-2025"
name = "mine"
title = "Mine"
sides = ["us", "japan"]
draws = "mine.csv"
"""


def beside(folder: Path, columns: str, *lines: str) -> Path:
    """Write a scenario and a table of draws beside it; return the scenario's path."""
    file = folder / "mine.toml"
    file.write_text(HEAD, "utf-8")
    (folder / "mine.csv").write_text("\n".join([columns, *lines, ""]), "utf-8")
    return file


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("japan.precison", "Did you mean 'japan.precision'?"),
        ("japn.precision", "Did you mean 'japan.precision'?"),
        ("deadline.grac", "Did you mean 'deadline.grace'?"),
        ("issues.rare_earth_licenses.own_cost", "'issues.rare_earth_licences.own_cost'?"),
        ("record.outsid", "Did you mean 'record.outside'?"),
        ("us.strategy.betta", "there is no such setting."),
        ("issues.oil_imports", "this is no single number; allowed: issues.oil_imports.name"),
        ("zzz", "Allowed there: calendar, clock"),
    ],
)
def test_a_misspelt_column_is_blamed_on_the_table(tmp_path: Path, column: str, told: str) -> None:
    """The message names the CSV, the column as written and the setting meant, not the TOML."""
    with pytest.raises(FileProblems) as found:
        Scenario.load(beside(tmp_path, column, "1", "2"))
    message = str(found.value)
    assert "mine.csv" in message and "mine.toml" not in message
    assert f"column {column}: " in message
    assert told in message


def test_a_value_out_of_range_is_blamed_on_the_table(tmp_path: Path) -> None:
    """With the column, the value and what is allowed."""
    with pytest.raises(FileProblems, match=r"column deadline.grace: 2 is above 1; allowed: from 0"):
        Scenario.load(beside(tmp_path, "deadline.grace", "0.5", "2"))


def test_all_columns_are_told_at_once(tmp_path: Path) -> None:
    """Two wrong names are two sentences."""
    with pytest.raises(FileProblems) as found:
        Scenario.load(beside(tmp_path, "deadline.grac,us.patiense", "0.1,0.9"))
    assert len(found.value.problems) == 2


def test_every_column_of_the_shipped_tables_is_a_number_and_in_no_doubt() -> None:
    """Shipped tables load, vary in each column, and are worth their lines."""
    for name in ("usmca-2018", "stockholm-2025-learned", "geneva-2025"):
        assert not doubts(Scenario.load(name))


def test_one_heavy_line_is_told_with_the_effective_number(tmp_path: Path) -> None:
    """A line with half the weight and 99 that share the rest are worth 1 / (1/4 + 1/396)."""
    lines = ["0.1,99", *(f"0.{k:03},1" for k in range(1, 100))]
    scenario = Scenario.load(beside(tmp_path, "deadline.grace,weight", *lines))
    (told,) = doubts(scenario)
    assert "its 100 draws are worth 4.0 of equal weight" in told
    assert told in findings(scenario, (), (), ())
    assert "no problems; but see below" in findings(scenario, (), (), ())


def test_a_thousand_even_lines_are_no_doubt_and_a_tenth_of_them_is_the_bar(tmp_path: Path) -> None:
    """Of 1,000 lines with 50 that carry all, the worth is 50: under a tenth."""
    even = [f"{k / 1000},1" for k in range(1000)]
    assert not doubts(Scenario.load(beside(tmp_path, "deadline.grace,weight", *even)))
    few = [f"{k / 1000},{int(k < 50)}" for k in range(1000)]
    (told,) = doubts(Scenario.load(beside(tmp_path, "deadline.grace,weight", *few)))
    assert "worth 50.0" in told and "fewer than 100" in told


def test_a_column_without_spread_is_named(tmp_path: Path) -> None:
    """A number that is the same in every line is not drawn at all."""
    lines = [f"0.5,{80 + k}" for k in range(40)]
    (told,) = doubts(Scenario.load(beside(tmp_path, "deadline.grace,japan.precision", *lines)))
    assert "the column is the same in every line" in told and "deadline.grace" in told


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("basd_on", "based_on"), ("witout", "without"), ("scal", "scale"), ("draw", "draws")],
)
def test_what_only_a_file_may_say_is_hinted_at_too(tmp_path: Path, typed: str, meant: str) -> None:
    """The keys that name other files are among what is allowed at the top."""
    file = tmp_path / "mine.toml"
    file.write_text(f'name = "mine"\n{typed} = 1\n', "utf-8")
    with pytest.raises(FileProblems) as found:
        Scenario.load(file)
    assert f"{typed}: unknown setting. Did you mean {meant!r}?" in found.value.problems


def test_guessed_columns_are_marked_so_and_drawn_as_the_others(tmp_path: Path) -> None:
    """``guessed`` changes a mark and a source, no draw; a name that is no column is told."""
    lines = [f"0.{10 + k},{80 + k}" for k in range(40)]
    file = beside(tmp_path, "deadline.grace,japan.precision", *lines)
    file.write_text(HEAD + 'guessed = ["japan.precision"]\n', "utf-8")
    numbers = dict(Scenario.load(file).numbers())
    marked, other = numbers["china.precision"], numbers["deadline.grace"]
    assert (marked.mark, other.mark) == ("guess", "posterior")
    assert marked.values == tuple(80.0 + k for k in range(40))
    assert "hardly moved" in marked.source and other.source == "mine.csv"
    file.write_text(HEAD + 'guessed = ["japan.precison"]\n', "utf-8")
    with pytest.raises(FileProblems, match=r"guessed: japan.precison is no column of mine.csv"):
        Scenario.load(file)

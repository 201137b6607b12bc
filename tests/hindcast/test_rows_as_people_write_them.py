"""Decisions as strangers write them: any government, any spelling, spreadsheets, one bad row."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from negotiation.cli.app import app
from negotiation.economy.regions import all_regions
from negotiation.errors import FileProblems, UnknownName
from negotiation.hindcast import coming, disputes, governments
from negotiation.hindcast.scenario_file import files_of, of_decision
from negotiation.history.reading import shipped
from negotiation.scenario.csv_rows import Table, day
from negotiation.words.parties import party

from .conftest import ROW, as_csv


def read(folder: Path, text: str | bytes) -> Table[coming.Coming]:
    """Return what a file holds."""
    file = folder / "mine.csv"
    file.write_bytes(text.encode("utf-8-sig") if isinstance(text, str) else text)
    return coming.read(file)


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("South Korea", "Korea"), ("Korea, Republic of", "Korea"), ("KOR", "Korea"),
        ("European Union", "EU"), ("EU-27", "EU"), ("PRC", "China"), ("P.R. China", "China"),
        ("United Kingdom", "UK"), ("Great Britain", "UK"), ("U.S.", "US"), ("USA", "US"),
        ("the United States of America", "US"), ("UAE", "United Arab Emirates"),
        ("Türkiye", "Turkey"), ("Viet Nam", "Vietnam"), ("malaysia", "Malaysia"),
        ("Trinidad & Tobago", "Trinidad and Tobago"), ("Canada and Mexico", "Canada"),
        ("EU; Japan", "EU"), ("EU (Germany)", "EU"), ("57 partners (EU, Japan...)", "EU"),
        ("all trading partners", "all partners"), ("90 countries", "all partners"),
        ("Government of South Africa", "South Africa"), ("Cote d’Ivoire", "Côte d'Ivoire"),
    ],
)  # fmt: skip
def test_a_government_by_any_of_its_names(spelling: str, name: str) -> None:
    """Codes, official names, articles and accents; of several the first."""
    assert governments.government(spelling) == name


def test_the_table_of_governments_is_sound() -> None:
    """Every region has one government of its own; all others play with one of them; no name has
    two meanings.
    """
    table = governments.governments()
    keys = {one.key for one in all_regions()}
    assert sorted(x.region for x in table.values() if x.own) == sorted(keys)
    assert {x.region for x in table.values()} <= keys
    for name in table:
        assert governments.government(name) == name
    for key in keys:
        assert governments.government(key) == governments.government(party(key).title)
    assert len(table) > 200


def test_two_governments_play_with_two_trades() -> None:
    """Whoever only borrows a trade takes another where both would have the same."""
    for one in governments.governments():
        for other in ("US", "China", "EU", "Vietnam", "Norway", "Thailand", "all partners"):
            first, second = governments.regions_of(one, other)
            same = one == other or (first == second == "eu")
            assert (first != second) or same, (one, other)
    assert governments.regions_of("EU", "Germany") == ("eu", "eu")


def test_a_slip_in_a_name() -> None:
    """It is asked what was meant."""
    with pytest.raises(UnknownName, match="Did you mean 'Malaysia'"):
        governments.government("Malasia")


@pytest.mark.parametrize(
    "text",
    ["2025-10-01", "2025/10/01", "01.10.2025", "1 Oct 2025", "1 October 2025", "October 1, 2025",
     "1-Oct-2025", "2025-10-01 00:00:00", "2025-10-01T00:00"],
)  # fmt: skip
def test_a_day_as_people_write_it(text: str) -> None:
    """And spreadsheets."""
    assert day(text) == dt.date(2025, 10, 1)


def test_a_day_that_may_be_two() -> None:
    """Is refused, unless one number is no month."""
    with pytest.raises(ValueError, match="may be 2025-10-01 or 2025-01-10"):
        day("10/01/2025")
    assert day("10/13/2025") == day("13/10/2025") == dt.date(2025, 10, 13)


@pytest.mark.parametrize(("told", "read_as"), [("10/13/2025", (10, 1)), ("13/10/2025", (1, 10))])
def test_days_of_a_file_are_in_one_order(
    tmp_path: Path, told: str, read_as: tuple[int, int]
) -> None:
    """One that can be read in one way tells the order of the others."""
    rows = [{**ROW, "date": "10/01/2025"}, {**ROW, "id": "B", "date": told}]
    first, second = read(tmp_path, as_csv(rows)).rows
    assert (first.date.month, first.date.day) == read_as
    assert second.date == dt.date(2025, 10, 13)
    mixed = [
        *rows,
        {**ROW, "id": "C", "date": "14/10/2025"},
        {**ROW, "id": "D", "date": "10/14/2025"},
    ]
    assert "may be" in read(tmp_path, as_csv(mixed)).refused[0]


def test_a_spreadsheet_of_another_country(tmp_path: Path) -> None:
    """Semicolons, decimal commas, per cent signs, codes in words, cells that say nothing."""
    head = "ID;Date;Sender;Target;Binding;Regime before;US tariff before;trade_at_stake;outcome"
    found = read(tmp_path, f"{head}\nA;1.8.2025;US;Norway;Hard;truce or pause;10%;61,5;n/a\n")
    (row,) = found.rows
    assert (row.us_tariff_before, row.trade_at_stake, row.outcome) == (10.0, 61.5, None)
    assert row.regime_before.value == "truce_or_pause"
    assert not found.refused


def test_one_bad_row_and_the_others_are_read(tmp_path: Path) -> None:
    """A misspelt government, a bad day, a blank cell, too many cells: a sentence each."""
    bad = [
        {**ROW, "id": "B", "target": "Malasia"}, {**ROW, "id": "C", "date": "soon"},
        {**ROW, "id": "D", "binding": ""}, {**ROW, "id": "A"},
        {**ROW, "id": "E", "target": "US"},
    ]  # fmt: skip
    text = as_csv([ROW, *bad]).decode() + "F,2026-03-01,x,US,India,hard,calm,1,2,3,4\n"
    found = read(tmp_path, text)
    assert [row.id for row in found.rows] == ["A"]
    told = "\n".join(found.refused)
    for part in ("Did you mean 'Malaysia'", "'soon' is no day", "binding: it is blank",
                 "stands on line 2 already", "name two governments", "11 cells"):  # fmt: skip
        assert part in told
    with pytest.raises(FileProblems):
        read(tmp_path, as_csv([{**ROW, "target": "Malasia"}]))


def test_a_cell_that_is_not_needed(tmp_path: Path) -> None:
    """A wrong one costs a remark, no row."""
    found = read(tmp_path, as_csv([{**ROW, "mark": "press", "known_on": "spring"}]))
    assert len(found.rows) == 1 and not found.refused
    assert len(found.remarks) == 2 and "not used" in found.remarks[0]


@pytest.mark.parametrize(
    ("column", "meant"),
    [("outcom", "outcome"), ("trade at stak", "trade_at_stake"), ("my_note", ""), ("source", ""),
     ("weather", "")],
)  # fmt: skip
def test_a_column_of_ones_own(tmp_path: Path, column: str, meant: str) -> None:
    """It is named where it looks like one that is missing and is read; else it may stand."""
    found = read(tmp_path, as_csv([{**ROW, column: "1"}]))
    assert len(found.rows) == 1
    assert [text.rpartition("Did you mean ")[2] for text in found.refused] == (
        [f"{meant!r}?"] if meant else []
    )


@pytest.mark.parametrize("verb", ["forecast", "hindcast"])
def test_nothing_that_can_be_forecast_is_lost(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forecasts on standard output, the refused rows on standard error, exit code 2."""
    monkeypatch.chdir(tmp_path)
    rows = [{**ROW, "target": "Malaysia"}, {**ROW, "id": "B", "target": "Malasia"}]
    Path("mine.csv").write_bytes(as_csv(rows))
    result = CliRunner().invoke(app(), [verb, "mine.csv", "--runs", "2", "--json", "--quiet"])
    assert result.exit_code == 2
    found = json.loads(result.stdout)
    assert [x["governments"] for x in found["decisions"]] == [["US", "Malaysia"]]
    assert len(found["refused"]) == 1 and "Malasia" in found["refused"][0]
    assert "plays with the trade of Vietnam" in found["remarks"][0]
    assert "All else was forecast." in result.stderr


@pytest.mark.parametrize(
    "cell", ["two\nlines", "a \x1b[31mred\x7f word", 'a "word" \\ more', "\u2028"]
)
def test_a_text_may_hold_what_toml_does_not_take(tmp_path: Path, cell: str) -> None:
    """A spreadsheet keeps line breaks in a cell; the decision is made a scenario all the same."""
    row = ROW | {"what": f"Duties: {cell}.", "sources": cell}
    (one,) = read(tmp_path, as_csv([row])).rows
    made = files_of(of_decision(one), "mine").loaded("mine")
    assert made.title.startswith("Duties: ") and made.title.isprintable()


def test_what_is_cut_is_told() -> None:
    """Tariffs beyond what can be played, trade beyond the table, sizes beyond the ends."""
    by_id = {row.id: row for row in shipped().decisions}
    told = {name: " ".join(disputes.clipped(by_id[name])) for name in ("T001", "T007", "T134")}
    assert "the least that is" in told["T001"]
    assert "us_tariff_threatened, 200, is played as 160" in told["T007"]
    assert "below the average tariff of 2024" in told["T134"]

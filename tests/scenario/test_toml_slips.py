"""What TOML refuses is told with what to write instead, wherever a value is typed."""

from __future__ import annotations

import pytest

from negotiation.errors import FileProblems, InputError
from negotiation.scenario import Scenario
from negotiation.scenario.toml import plain_data, value_of
from negotiation.sweep.csv_cells import from_csv


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("{value=.9}", "write 0.9 where .9 stands"),
        ("{ low = .1, high = 5. }", "write 0.1 where .1 stands, 5 where 5. stands"),
        (".9", "write 0.9 where .9 stands"),
        ("-.5e1", "write -5 where -.5e1 stands"),
        ("007", "write 7 where 007 stands"),
        ("[0.8, .9]", "write 0.9 where .9 stands"),
        ("True", "write true where True stands"),
        ("0,9", "write 0.9 where 0,9 stands"),
        ("12,000", "write 12000 where 12,000 stands"),
        ("\u22120.9", "write -0.9 where \u22120.9 stands"),
        ("{value: 0.9}", "write = where a colon stands"),
        ("{value = 0.9,}", "write } where ,} stands"),
        ("{value = 0.9", "Unclosed inline table"),
        ('"linear', "Unterminated string"),
        ("[" * 200 + "]" * 200, "tables or lists are nested too deeply"),
        ("9" * 5000, "a number has too many digits"),
    ],
)
def test_a_value_that_is_no_toml_says_what_to_write(typed: str, said: str) -> None:
    """Instead of being taken for a text that the setting then refuses."""
    with pytest.raises(InputError) as error:
        value_of(typed)
    assert f"is not valid TOML: {said}." in str(error.value) and len(str(error.value)) < 200


@pytest.mark.parametrize("typed", ["boulware", "my.module:Class", "round 5. of talks", "a, b", ""])
def test_a_bare_text_needs_no_quotes(typed: str) -> None:
    """Names and sentences are taken as they are."""
    assert value_of(typed) == typed


def test_a_file_says_it_with_the_line() -> None:
    """Where it stands, and what should stand there; quotes and comments are left out of it."""
    with pytest.raises(FileProblems) as error:
        plain_data("a = 1\nb = { c = '.3', d = .5 }  # .7\n", "mine.toml")
    assert str(error.value).endswith(
        "Invalid value (at line 2, column 21); write 0.5 where .5 stands."
    )


def test_a_cell_of_a_spreadsheet_is_told_with_its_column(tmp_path) -> None:
    """Spreadsheets write TRUE and, in some countries, commas."""
    cells = tmp_path / "cells.csv"
    cells.write_text('us.patience,us.strategy\n0.8,linear\n"0,9",linear\n.7,\n', "utf-8")
    with pytest.raises(FileProblems) as error:
        from_csv(Scenario.load("split-the-pie"), cells)
    assert error.value.problems == [
        "line 3: us.patience: '0,9' is not valid TOML: write 0.9 where 0,9 stands.",
        "line 4: us.patience: '.7' is not valid TOML: write 0.7 where .7 stands.",
    ]

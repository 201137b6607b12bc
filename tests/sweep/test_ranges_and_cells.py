"""Values to try by a rule, and cells from a table."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.errors import FileProblems, InputError
from negotiation.scenario import Scenario
from negotiation.sweep import from_csv, grid, load_design, one_at_a_time
from negotiation.sweep.ranges import ranged

PIE = Scenario.load("split-the-pie")
TENTHS = {"from": 0.1, "to": 0.7, "step": 0.1}


def test_a_range_holds_the_numbers_that_one_would_write() -> None:
    """Seven tenths are no sum of seven steps of 0.1 in floating point: 0.7999999999999999."""
    assert ranged(TENTHS) == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
    assert ranged({"from": -1, "to": 1, "count": 5}) == [-1.0, -0.5, 0.0, 0.5, 1.0]


@given(st.integers(-9999, 9999), st.integers(1, 500), st.integers(1, 200), st.integers(0, 6))
def test_both_ends_are_tried_and_every_value_is_the_nearest_to_its_decimal(
    first: int, step: int, steps: int, places: int
) -> None:
    """Whatever the decimals; the same values come of a step and of a count."""
    unit = Decimal(10) ** -places
    expected = [float((first + i * step) * unit) for i in range(steps + 1)]
    ends = {"from": expected[0], "to": expected[-1]}
    assert ranged({**ends, "step": float(step * unit)}) == expected
    assert ranged({**ends, "count": steps + 1}) == expected


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"from": 0, "to": 1}, "write a range as"),
        ({"from": 0, "to": 1, "step": 0.5, "count": 3}, "write a range as"),
        ({"from": 0, "to": 1, "stepp": 0.5}, "Did you mean 'step'"),
        ({"from": 0, "to": 1, "step": 0.3}, "allowed: to = 0.9, or a count"),
        ({"from": 0, "to": 1, "step": 0}, "step = 0 is not above 0"),
        ({"from": 0, "to": 1, "step": -0.1}, "step = -0.1 is not above 0"),
        ({"from": 1, "to": 1, "step": 0.1}, "from = 1 is not below to = 1"),
        ({"from": 0, "to": 1, "count": 1}, "count = 1 is out of range"),
        ({"from": 0, "to": 1, "count": 2.5}, "count = 2.5 is out of range"),
        ({"from": 0, "to": 1, "step": 1e-9}, "cells = 1000000001 is out of range"),
        ({"from": 0, "to": 1, "count": 10**12}, "cells = 1000000000000 is out of range"),
        ({"from": 0, "to": float("inf"), "step": 1}, "to = inf: expected a number up to"),
        ({"from": "a", "to": True, "step": [1]}, "from: expected a number(.|\n)*to: (.|\n)*step: "),
    ],
)
def test_a_wrong_range_is_refused_with_a_sentence(given: dict, sentence: str) -> None:
    """Before a value is made."""
    with pytest.raises(InputError, match=sentence):
        ranged(given)


def test_ranges_stand_where_lists_stand(tmp_path: Path) -> None:
    """In a grid and one at a time, in Python and in a file."""
    assert len(grid(PIE, {"us.patience": TENTHS, "china.patience": [0.5, 0.6]})) == 14
    file = tmp_path / "design.toml"
    file.write_text(
        'scenario = "split-the-pie"\n[[levers]]\ndesign = "one-at-a-time"\n'
        'over = { "us.patience" = { from = 0.5, to = 0.9, count = 3 } }\n'
    )
    assert [cell.get("us.patience") for cell in load_design(file).cells] == [None, 0.5, 0.7, 0.9]


def test_the_lines_of_a_table_are_cells(tmp_path: Path) -> None:
    """Numbers, names, tables; a blank leaves the scenario's; a block of it crosses with others."""
    (tmp_path / "cells.csv").write_text(
        "\ufeffus.patience, us.strategy, china.patience\r\n"
        "0.8,linear,\r\n"
        ",\"{name = 'boulware', beta = 0.1}\",0.5\r\n"
    )
    cells = from_csv(PIE, tmp_path / "cells.csv").cells
    assert cells == (
        {"us.patience": 0.8, "us.strategy": "linear"},
        {"us.strategy": {"name": "boulware", "beta": 0.1}, "china.patience": 0.5},
    )
    file = tmp_path / "design.toml"
    file.write_text(
        'scenario = "split-the-pie"\n[[levers]]\ndesign = "cells"\nfile = "cells.csv"\n'
        '[[uncertainties]]\nover = { "deadline.price" = [1, 2] }\n'
    )
    design = load_design(file)
    assert len(design) == 4 and design.cells[1] == {**cells[0], "deadline.price": 2.0}
    assert dict(design.roles)["us.strategy"] == "lever"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("us.patience\n0.8\n1.5\n", "1.5 is above 1"),
        ("us.patiense\n0.8\n", "Did you mean 'patience'"),
        ("us.strategy\nboulwear\n", "Did you mean 'boulware'"),
        ("us.patience\nhigh\n", "us.patience = 'high'"),
        ("us.patience\n[0.8\n", r"line 2: us.patience: '\[0.8' is not valid TOML: Unclosed array"),
        ("us.patience\nnan\n", "finite"),
        ("us.patience,us.patience\n0.8,0.9\n", "'us.patience' is there twice"),
        ("us.types.resolve,us.types.resolve.1\n0.8,0.9\n", "part of us.types.resolve"),
        ("us.patience\n0.8,0.9\n", "2 cells under 1 column;"),
        ("us.patience,\n0.8,0.9\n", "'0.9' stands under no column name"),
        ("us.patience;china.patience\n0,8;0,9\n", "line 2: 3 cells under 1|semicolons"),
        ("us.patience\n", "no cell below them"),
        ("", "it is empty"),
        ('us.patience\n"0.8\n', "quotation mark"),
    ],
)
def test_a_wrong_table_of_cells_is_refused_with_a_sentence(
    tmp_path: Path, text: str, sentence: str
) -> None:
    """The file is named, and the line where there is one."""
    path = tmp_path / "cells.csv"
    path.write_text(text)
    with pytest.raises(FileProblems, match=sentence) as refused:
        from_csv(PIE, path)
    assert refused.value.path == str(path)


def test_a_design_names_the_table_that_is_wrong(tmp_path: Path) -> None:
    """The block, the file in it, the line."""
    (tmp_path / "cells.csv").write_text("us.patience\n0.8,0.9\n")
    file = tmp_path / "design.toml"
    file.write_text('scenario = "split-the-pie"\nlevers = [{design = "cells", file = "cells.csv"}]')
    with pytest.raises(FileProblems, match=r"levers\.0: .*cells\.csv: line 2: 2 cells under 1"):
        load_design(file)


def test_a_table_of_cells_that_is_not_there_is_named(tmp_path: Path) -> None:
    """And a folder is no table."""
    with pytest.raises(InputError, match=r"nowhere\.csv: there is no such file"):
        from_csv(PIE, tmp_path / "nowhere.csv")
    with pytest.raises(InputError, match="this is no file"):
        from_csv(PIE, tmp_path)


def test_what_is_given_twice_is_played_once_and_that_is_said(tmp_path: Path) -> None:
    """Values of a setting, names of strategies, lines of a table; the design says so, once each."""
    design = grid(PIE, {"us.patience": [0.8, 0.80, 3 * 0.3, 0.9], "us.strategy": ["linear"] * 2})
    assert [cell["us.patience"] for cell in design.cells] == [0.8, 3 * 0.3]
    assert design.remarks == (
        "us.patience: 0.8, 0.9 are given more than once; each is tried once.",
        "us.strategy: 'linear' is given more than once; it is tried once.",
    )
    assert one_at_a_time(PIE, {"us.patience": [0.8, 0.8]}).cells == ({}, {"us.patience": 0.8})
    path = tmp_path / "cells.csv"
    path.write_text("us.patience,us.strategy\n0.8,linear\n0.80,linear\n0.8,\n")
    found = from_csv(PIE, path)
    assert len(found) == 2 and found.remarks == (
        f"{path}: line 3 repeats a line before it; each cell is played once.",
    )
    both = found + found
    assert both.remarks == found.remarks and both.fingerprint == found.fingerprint
    crossed = one_at_a_time(PIE, {"china.patience": [0.8, 0.8]}) * design
    assert len(crossed) == 4 and len(crossed.remarks) == 3
    assert grid(PIE, {"us.patience": [0.8, 0.9]}).remarks == ()

"""Tables of text: aligned, plain in a pipe, folded in a terminal."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.cli import columns as columns_of
from negotiation.cli.columns import columns

ROWS = [
    ("Ending", "odds", "what it takes"),
    ("  the truce is in force", "40%", "[bold] words :smile: of some length, which may be folded"),
    ("  a deal", "8%", "two signatures"),
]


def test_a_row_of_a_pipe_is_one_plain_line() -> None:
    """Nothing is folded, coloured or read as markup; numbers end at the same place."""
    lines = columns("lrl", ROWS)
    assert lines == [
        "Ending                   odds  what it takes",
        "  the truce is in force   40%  [bold] words :smile: of some length, which may be folded",
        "  a deal                   8%  two signatures",
    ]


@pytest.mark.parametrize("width", [80, 50, 40])
def test_a_terminal_is_kept_to(width: int) -> None:
    """No line is wider than the terminal, no word is lost, and numbers stay whole."""
    lines = columns("lrl", ROWS, width=width)
    assert max(map(len, lines)) <= width
    for word in " ".join(" ".join(row) for row in ROWS).split():
        assert word in " ".join(lines)
    assert sum("40%" in line for line in lines) == 1


def test_the_width_is_that_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal its width counts; where output goes to a file, COLUMNS does not fold it."""
    monkeypatch.setenv("COLUMNS", "44")
    assert len(columns("lrl", ROWS)) == 3
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert max(map(len, columns("lrl", ROWS))) <= 44


def test_rows_may_be_short_and_tables_empty() -> None:
    """Missing cells are blank, a row of nothing is a blank line, no row is no line."""
    assert columns("lr", []) == []
    assert columns("lr", [("a", "1"), ("",), ("b",)]) == ["a  1", "", "b"]


@given(
    rows=st.lists(
        st.lists(st.text("ab é漢-%\t ", max_size=6), min_size=1, max_size=3), min_size=1, max_size=5
    ),
    width=st.sampled_from([9, 14, 60, 10_000]),
)
def test_what_fits_is_laid_out_as_what_is_folded(rows: list[list[str]], width: int) -> None:
    """The quick way and that of the library give the same lines, wherever the quick one is open."""
    quick = columns_of.unfolded("lrl", rows, width)
    assert not quick or quick == columns_of.folded("lrl", rows, width)

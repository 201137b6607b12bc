"""The table of the tutorial on other talks is what the model says of the shipped decisions."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from negotiation.cli.record_text import SHORT
from negotiation.hindcast import coming
from negotiation.hindcast.as_recorded import FIVE
from negotiation.history import reading
from negotiation.scenario import Scenario

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "tutorial" / "other-talks.md"
BEGIN, END = "<!-- nine: begin -->\n", "<!-- nine: end -->\n"
sys.path.append(str(ROOT / "experiments" / "hindcast"))

import scenarios  # noqa: E402


def lines() -> Iterator[str]:
    """Yield the rows of the table, each once it is played; the last is that of the base rates."""
    rows = {row.id: row for row in reading.shipped().decisions}
    rows |= {row.id: row for row in coming.load(scenarios.HERE / "coming.csv")}
    for name, (which, _) in scenarios.WANTED.items():
        (entry,) = coming.forecast([rows[which]], seed=1)["decisions"]
        cells = [f"{100 * entry['probabilities'][code]:.0f}" for code in FIVE]
        fact = entry["outcome"]
        what = SHORT[FIVE.index(fact)] if fact else "not yet known"
        yield f"| `{name}` | {' | '.join(cells)} | {what} |"
    rates = [f"{100 * entry['base_rates'][code]:.0f}" for code in FIVE]
    yield f"| base rates | {' | '.join(rates)} | |"


def passage() -> str:
    """Return the table."""
    head = ["", *SHORT, "happened"]
    return "\n".join([f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *lines()]) + "\n"


def shown() -> str:
    """Return the table as it stands on the page."""
    return PAGE.read_text("utf-8").split(BEGIN)[1].split(END)[0]


def test_the_first_talks_of_the_table_are_fresh() -> None:
    """Two rows, as the page shows them; the other seven are played in the long tests."""
    assert shown().splitlines()[2:4] == [*islice(lines(), 2)]


@pytest.mark.long
def test_the_table_is_fresh() -> None:
    """All nine and the base rates. Write it anew with ``python tests/docs/regenerate.py``."""
    assert shown() == passage()


def test_the_shipped_files_are_what_the_builder_writes(tmp_path: Path) -> None:
    """And each is told about on the page, and loads under its own name."""
    sys.argv, kept = ["scenarios.py", str(tmp_path)], sys.argv
    try:
        scenarios.main()
    finally:
        sys.argv = kept
    for name in scenarios.WANTED:
        for kind in ("toml", "csv"):
            shipped = (scenarios.PLACE / f"{name}.{kind}").read_text("utf-8")
            assert (tmp_path / f"{name}.{kind}").read_text("utf-8") == shipped
        assert Scenario.load(name).name == name
        assert f"**{name}.**" in PAGE.read_text("utf-8")

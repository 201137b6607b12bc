"""The table of the tutorial on other talks is what the model says of the shipped decisions."""

from __future__ import annotations

import sys
from pathlib import Path

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


def passage() -> str:
    """Return the table."""
    rows = {row.id: row for row in reading.shipped().decisions}
    rows |= {row.id: row for row in coming.load(scenarios.HERE / "coming.csv")}
    chosen = [rows[which] for which, _ in scenarios.WANTED.values()]
    found = coming.forecast(chosen, seed=1)["decisions"]
    head = ["", *SHORT, "happened"]
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for name, entry in zip(scenarios.WANTED, found, strict=True):
        cells = [f"{100 * entry['probabilities'][code]:.0f}" for code in FIVE]
        fact = entry["outcome"]
        what = SHORT[FIVE.index(fact)] if fact else "not yet known"
        lines.append(f"| `{name}` | {' | '.join(cells)} | {what} |")
    rates = [f"{100 * found[-1]['base_rates'][code]:.0f}" for code in FIVE]
    lines.append(f"| base rates | {' | '.join(rates)} | |")
    return "\n".join(lines) + "\n"


def test_the_table_is_fresh() -> None:
    """Write it anew with ``python tests/docs/regenerate.py``."""
    text = PAGE.read_text("utf-8")
    assert text.split(BEGIN)[1].split(END)[0] == passage()


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

"""``negotiation history`` prints what is counted, writes it, and refuses in a sentence."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

from typer.testing import Result

Command = Callable[..., Result]
HEAD = "id,date,sender,target,binding,regime_before,leaders,outcome,mutual,cluster"
ROW = "A,2025-08-11,US,China,hard,truce_or_pause,none,extended_or_paused,mutual,CN 2025"


def test_the_page_the_json_and_the_table_say_the_same(negotiation: Command) -> None:
    """The share of deals among all decisions."""
    told = json.loads(negotiation("history", "--json", "--csv", "t.csv").stdout)
    first = told["tables"]["outcomes"]["lines"][0]
    with Path("t.csv").open(newline="") as file:
        (row,) = (
            row
            for row in csv.DictReader(file)
            if (row["table"], row["of"], row["what"]) == ("outcomes", "all", "deal")
        )
    assert float(row["value"]) == first["values"]["deal"]["value"] and first["n"] == 120
    assert "27% (16%-37%)" in negotiation("history").stdout


def test_own_rows_are_counted_or_refused(negotiation: Command) -> None:
    """A code that is misspelt, and a file with nothing to count, are a sentence and exit code 2."""
    Path("mine.csv").write_text(f"{HEAD}\n{ROW}\n")
    assert "hard date" in negotiation("history", "--rows", "mine.csv").stdout
    Path("mine.csv").write_text(f"{HEAD}\n{ROW.replace('hard', 'hrad')}\n")
    refused = negotiation("history", "--rows", "mine.csv")
    assert refused.exit_code == 2 and "Did you mean 'hard'?" in refused.stderr
    Path("mine.csv").write_text(f"{HEAD}\n{ROW.replace('2025-08-11', '2015-08-11')}\n")
    refused = negotiation("history", "--rows", "mine.csv")
    assert refused.exit_code == 2 and "nothing to count" in refused.stderr

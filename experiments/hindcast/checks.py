"""Write results/hindcast/checks.json: the tables of history beside what the model says of them.

``python experiments/hindcast/checks.py`` from the checkout, after ``record.py``; five minutes, most
of them for how long penalties last.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import chisquare

from negotiation.hindcast import calibrate, pooled, record
from negotiation.hindcast import history_checks as checks
from negotiation.hindcast.made_up import learning
from negotiation.hindcast.survival_checks import of_survival
from negotiation.history.reading import shipped
from negotiation.history.rows import Decision
from negotiation.history.tables import Named, main_set, regime_and_notice, strata, tables

SETS, AMONG, TENTHS = 400, 1024, 10  # made-up records, draws that they are learned from, bins
OUT = Path(__file__).parents[2] / "results" / "hindcast" / "checks.json"


def outcomes(
    parts: Callable[[list[Decision]], Named] = strata, *, second: bool = False
) -> dict[str, Any]:
    """Return the checks of outcomes, with what was learned and with the prior alone."""
    played = record.shipped(second=second)
    rows = main_set(played.rows)
    return {
        name: {
            of: {code: [round(x, 4) for x in check] for code, check in each.items()}
            for of, each in checks.of_outcomes(played, rows, learned=learned, parts=parts).items()
        }
        for name, learned in (("posterior", True), ("prior", False))
    }


def details() -> dict[str, Any]:
    """Return what runs say of details, beside the record."""
    played = record.shipped()
    rows = main_set(played.rows)
    return checks.of_details(rows, checks.replayed(played, rows))


def of_history() -> dict[str, dict[str, Any]]:
    """Return the same details as the record has them: value and interval."""
    found = tables(shipped())

    def told(table: str, line: str, name: str) -> list[float | None]:
        value = found[table].line(line).values[name]
        return [None if x is None else round(float(x), 4)
                for x in (value.value, value.low, value.high)]  # fmt: skip

    return {
        "gave_way_hard_extended": {"mutual": told("gave_way", "hard, extended", "mutual")},
        "days_before_deal": {"median": told("days_before", "deal", "median")},
        "length_of_extension": {q: told("lengths", "all", q) for q in ("q25", "median", "q75")},
        "issues_delegations": {x: told("issues", "delegations", x) for x in ("mean", "sd")},
        "issues_leaders": {x: told("issues", "leaders", x) for x in ("mean", "sd")},
    }


def learned() -> dict[str, Any]:
    """Return what the whole record teaches of each number, and what its draws are worth."""
    told = calibrate.calibrated()
    kept = ("meaning", "unit", "contraction", "shift")
    return {
        **{x: told[x] for x in ("effective_draws", "draws", "alike")},
        "within": told["alike_within"],
        "parameters": {
            name: {x: each[x] for x in kept}
            | {x: [each[x][y] for y in ("median", "p5", "p95")] for x in ("prior", "posterior")}
            for name, each in told["parameters"].items()
        },
    }


def ranks() -> dict[str, Any]:
    """Return where the truth lies in the posteriors of made-up records, in tenths, by number."""
    played = record.shipped().at_first(AMONG)
    found = pooled.ranks(learning(played), played.values, played.units, sets=SETS, seed=record.SEED)
    edges = np.linspace(0.0, 1.0, TENTHS + 1)
    counts = [np.histogram(column, edges)[0] for column in found.T]
    return {
        "sets": SETS,
        "draws": AMONG,
        "counts": {name: each.tolist() for name, each in zip(record.NAMES, counts, strict=True)},
        "p": {
            name: round(float(chisquare(each).pvalue), 3)
            for name, each in zip(record.NAMES, counts, strict=True)
        },
    }


def rounded(data: Any) -> Any:
    """Return plain data with four decimals."""
    if isinstance(data, dict):
        return {key: rounded(value) for key, value in data.items()}
    if isinstance(data, list):
        return [rounded(value) for value in data]
    return round(data, 4) if isinstance(data, float) else data


def main() -> None:
    """Write the file."""
    found = {"outcomes": outcomes(), "details": details(), "history": of_history()}
    found["second_reading"] = outcomes(second=True)
    found["regime_and_notice"] = outcomes(regime_and_notice)
    found["decisions"] = {
        of: len(part) for of, part in regime_and_notice(main_set(record.shipped().rows))
    }
    found["survival"] = rounded(of_survival(shipped().spells, shipped().decisions))
    found["learned"] = learned()
    found["ranks"] = ranks()
    OUT.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(OUT)


if __name__ == "__main__":
    main()

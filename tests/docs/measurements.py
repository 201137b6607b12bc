"""What the benchmarks last measured, for the pages that count with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def measured(name: str) -> dict[str, Any]:
    """Return what a benchmark wrote."""
    text = (ROOT / "results" / "benchmarks" / f"{name}.json").read_text("utf-8")
    return dict(json.loads(text))


def growth_of(what: str, scenario: str | None = None) -> dict[str, Any]:
    """Return what was measured of how time and memory grow with one thing."""
    return next(
        dict(row)
        for row in measured("scale")["growth"].values()
        if row["what"] == what and scenario in (None, row["scenario"])
    )


def exponent_of(found: dict[str, float]) -> str:
    """Return an exponent with its interval.

    Examples
    --------
    >>> exponent_of({"b": 1.0123, "low": 0.9, "high": 1.1246})
    '1.01 (0.90 to 1.12)'
    """
    b, low, high = (f"{found[name]:z.2f}" for name in ("b", "low", "high"))
    return f"{b} ({low} to {high})"

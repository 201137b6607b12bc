"""Forecasts of decisions between any two sides, as pages of text."""

from __future__ import annotations

from typing import Any

from negotiation.cli.columns import columns
from negotiation.hindcast.as_recorded import FIVE as CODES
from negotiation.words.numbers import brief, counted
from negotiation.words.parties import party

SHORT = ("in full", "in part", "put off", "deal", "dropped")
LOWER = "Lower is better; a fifth on each of the five scores 0.80 (Brier) and 1.61 (log)."


def record_report(found: dict[str, Any], where: str) -> str:
    """Return what ``negotiation forecast FILE`` prints of rows in the columns of the record."""
    lines = [
        f"Forecasts for {where}, from what was known before each decision and what past disputes "
        "teach.",
        f"{found['runs_per_decision']:,} simulated negotiations each, seed {found['seed']}; "
        "95% intervals over what was learned; below each row base rates.",
        "",
        *rows(found["decisions"]),
    ]
    if any(entry["learned_from"] for entry in found["decisions"]):
        lines += ["", "Decisions that the record has are forecast from the other disputes alone."]
    if found["remarks"]:
        lines += ["", *found["remarks"]]
    for kind, title in (
        ("outcome", "Rows with an outcome"),
        ("second_reading", "If the disputed outcomes are read the other way"),
    ):
        part = found["scores"][kind]
        if part:
            lines += ["", *scores(part, title)]
    if found["scores"]["outcome"]:
        lines += ["", LOWER]
    return "\n".join(lines)


def rows(entries: list[dict[str, Any]]) -> list[str]:
    """Return the table of forecasts: the chance and interval of each outcome, and what happened."""
    table = [["", "date", "sides", *(x for name in SHORT for x in (name, "95%")), "happened"]]
    for entry in entries:
        cells, rates = [], []
        for code in CODES:
            ends = entry["intervals"][code]
            span = f"({brief(ends['low'])}-{brief(ends['high'])})"
            cells += [brief(entry["probabilities"][code]), span]
            rates += [brief(entry["base_rates"][code]), ""]
        sides = "-".join(party(side).short for side in entry["sides"])
        fact = entry["outcome"]
        what = SHORT[CODES.index(fact)] if fact else ""
        table.append([entry["id"], entry["date"], sides, *cells, what])
        table.append(["", "", "base rates", *rates, ""])
    return columns("lllrrrrrrrrrrl", table)


def scores(found: dict[str, Any], title: str) -> list[str]:
    """Return the scores against base rates."""
    disputes = counted(found["disputes"], "dispute")
    lines = [f"{title}, n = {found['n']} in {disputes}:"]
    table = [["", "Brier", "log"]]
    for name, label in (("model", "the model"), ("base_rates", "base rates")):
        table.append([f"  {label}", *(f"{found[name][kind]:.2f}" for kind in ("brier", "log"))])
    lines += columns("lrr", table)
    for kind, label in (("brier", "Brier"), ("log", "log score")):
        gap = found["better"][kind]
        ends = (
            f"95% interval over disputes {gap['low']:.2f} to {gap['high']:.2f}"
            if gap["low"] is not None
            else "no interval: one dispute, or all alike"
        )
        lines.append(f"  Better than base rates by {gap['value']:.2f} in the {label} ({ends}).")
    return lines

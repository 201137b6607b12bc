"""The scores of a ledger as text."""

from __future__ import annotations

from typing import Any

from negotiation.cli.columns import columns
from negotiation.errors import counted
from negotiation.hindcast.ledger_scores import FEWEST, KINDS

ROWS = {
    "model": "the model",
    "base_rates": "base rates registered with it",
    "better": "better than base rates by",
}


def scores_report(found: dict[str, Any]) -> str:
    """Return what ``negotiation ledger score`` prints."""
    titles = {
        "before": "Registered before the decision's day",
        "after_the_fact": "Registered after the fact, which shows no foresight",
    }
    lines: list[str] = []
    for kind, title in titles.items():
        part = found[kind]
        if part is None:
            lines += [f"{title}: none has an outcome.", ""]
            continue
        size = f"n = {part['n']} in {counted(part['disputes'], 'dispute')}"
        table = [["", *KINDS]]
        for name, label in ROWS.items():
            table.append([f"  {label}", *(_estimate(part[name][kind_]) for kind_ in KINDS)])
        lines += [f"{title}, {size}:", *columns("lrrr", table)]
        if part["disputes"] < FEWEST:
            lines.append(f"  No interval: fewer than {FEWEST} disputes are too few to tell one.")
        if part["of_several"]:
            names = ", ".join(part["of_several"])
            lines.append(f"  Of several forecasts the last of this kind is scored: {names}.")
        lines.append("")
    waiting = ", ".join(found["waiting"]) or "none"
    return "\n".join([*lines, "Lower is better.", f"Waiting for an outcome: {waiting}."])


def _estimate(mean: dict[str, Any]) -> str:
    if mean["value"] is None:
        return "infinite"
    ends = "" if mean["low"] is None else f" ({mean['low']:.2f} to {mean['high']:.2f})"
    return f"{mean['value']:.3f}{ends}"

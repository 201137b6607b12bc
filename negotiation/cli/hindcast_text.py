"""Forecasts of past decisions, their scores and the calibration, as pages of text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from negotiation.cli.columns import columns
from negotiation.hindcast.decisions import CODES
from negotiation.hindcast.predictive import misfits
from negotiation.words.numbers import brief, counted
from negotiation.words.outcomes import FORECASTERS

SHORT = ("escalation", "lapse", "truce", "deal")


def rows(entries: list[dict[str, Any]]) -> list[str]:
    """Return the table of forecasts: probability and interval of each code, and what happened."""
    table = [["", "date", *(text for name in SHORT for text in (name, "95%")), "happened"]]
    for entry in entries:
        cells = []
        for code in CODES:
            ends = entry["intervals"][code]
            span = f"({brief(ends['low'])}-{brief(ends['high'])})"
            cells += [brief(entry["probabilities"][code]), span]
        fact = entry["outcome"]
        what = SHORT[CODES.index(fact)] if fact else ""
        table.append([entry["id"], entry["date"], *cells, what])
    return columns("llrrrrrrrrl", table)


def scores(found: dict[str, Any] | None, title: str) -> list[str]:
    """Return the table of scores."""
    if found is None:
        return []
    lines = [f"{title}, n = {found['n']} in {counted(found['years'], 'year')}:"]
    table = [["", "Brier", "95% interval", "log", "95% interval"]]
    for name, label in FORECASTERS.items():
        if name in found:
            both = [_score(found[name][kind], found["n"]) for kind in ("brier", "log")]
            table.append([f"  {label}", *both[0], *both[1]])
    lines += columns("lrrrr", table)
    if "base_rates" in found:
        gap = found["base_rates"]["better"]["brier"]
        lines.append(
            f"  Better than base rates by {gap['value']:.2f} "
            f"({_ends(gap, found['n'], 'forecast')}; with whole years as units "
            f"{_ends(gap['by_years'], found['years'], 'year')})."
        )
    return lines


def _score(mean: dict[str, Any], n: int) -> list[str]:
    if mean["value"] is None:
        return ["infinite", ""]
    return [f"{mean['value']:.2f}", _ends(mean, n, "forecast")]


def _ends(mean: dict[str, Any], units: int, noun: str) -> str:
    """Return the interval of a mean, or why there is none."""
    if mean["low"] is not None:
        return f"{mean['low']:.2f} to {mean['high']:.2f}"
    return f"none: one {noun}" if units == 1 else f"none: {noun}s alike"


LOWER = "Lower is better; a quarter on each of the four scores 0.75 (Brier) and 1.39 (log)."


def forecast_report(found: dict[str, Any], where: str) -> str:
    """Return what ``negotiation hindcast FILE`` prints."""
    lines = [
        f"Forecasts for {where}, from what was known before each decision.",
        f"{found['runs_per_episode']:,} simulated negotiations each, seed {found['seed']}; "
        "95% intervals over the calibrated parameters.",
        "",
        *rows(found["episodes"]),
    ]
    if any(entry["learned_from"] for entry in found["episodes"]):
        lines += ["", "Episodes that the calibration learned from are forecast without themselves."]
    if found["remarks"]:
        lines += ["", *found["remarks"]]
    for kind, title in (
        ("all", "All rows with an outcome"),
        ("scheduled", "Scheduled in advance"),
        ("alternative_code", "If the disputed outcomes are coded the other way, same forecasts"),
    ):
        part = scores(found["scores"][kind], title)
        lines += ["", *part] if part else []
    if found["scores"]["all"]:
        lines += ["", LOWER]
    return "\n".join(lines)


def shipped_report(found: dict[str, Any]) -> str:
    """Return what ``negotiation hindcast`` prints without a file."""
    entries = [{**entry, **entry["leave_one_out"]} for entry in found["episodes"]]
    lines = [
        "US-China decision points 2017 to 2025, each forecast after leaving it out of the "
        "calibration:",
        "",
        *rows(entries),
        "",
        *scores(found["scores"]["leave_one_out"], "Each without itself, scheduled in advance"),
        "",
        *scores(found["scores"]["forward"], "Each from its past alone, scheduled in advance"),
        "",
        *scores(
            found["alternative_scores"]["leave_one_out"],
            "If the disputed outcomes are coded the other way, calibrated anew",
        ),
        "",
        LOWER,
        f"The {found['scores']['forward']['n']} are moves of one continuing game and not "
        f"independent; they are worth about {found['effective_episodes']:.0f}.",
        "The mapping from covariates to the model was written by people who knew these outcomes.",
    ]
    return "\n".join(lines)


def calibration_report(found: dict[str, Any], path: Path) -> str:
    """Return what ``negotiation calibrate`` prints."""
    lines = [
        f"Learned from {len(found['learned_from'])} decision points, worth "
        f"{found['effective_episodes']:.0f}; the draws of the prior are worth "
        f"{counted(round(found['effective_draws']), 'draw')} of the posterior.",
        "",
    ]
    table = [["", "prior 90%", "posterior 90%", "narrower", "moved", "unit"]]
    for name, entry in found["parameters"].items():
        spans = [
            f"{entry[part]['p5']:.2f} to {entry[part]['p95']:.2f}"
            for part in ("prior", "posterior")
        ]
        moved = [f"{entry['contraction']:.0%}", f"{entry['shift']:+.2f}"]
        table.append([name, *spans, *moved, entry["unit"]])
    outside = misfits(found["predictive"]["posterior"])
    still = [n for n, e in found["parameters"].items() if e["contraction"] < 0.05]
    lines += [
        *columns("lrrrrl", table),
        "",
        f"Hardly narrowed by the data (less than 5%): {', '.join(still) or 'none'}.",
        "Numbers of history outside the central 95% of histories that the posterior predicts: "
        f"{', '.join(outside) or 'none'}.",
        "",
        *scores(found["scores"]["leave_one_out"], "Each without itself"),
        "",
        LOWER,
        f"Written: {path}",
    ]
    return "\n".join(lines)

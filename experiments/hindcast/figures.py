"""Write results/hindcast: what was forecast of past decisions, the scores, and what was learned.

``python experiments/hindcast/figures.py`` from the checkout, after ``record.py``.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

os.environ.setdefault("MPLBACKEND", "Agg")

import pictures

from negotiation.analysis.odds import odds
from negotiation.cli.record_text import past_report
from negotiation.hindcast import calibrate, record
from negotiation.hindcast.as_recorded import FIVE
from negotiation.plots import style
from negotiation.scenario import Scenario
from negotiation.skill import past
from negotiation.words import outcomes
from negotiation.words.numbers import brief, interval, percent

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "results" / "hindcast"
PAIR, LEARNED = "US-China", "stockholm-2025-learned"


def stockholm(runs: int) -> list[str]:
    """Return the odds of Stockholm with what was learned, and what was published then."""
    scenario = Scenario.load(LEARNED)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        result = odds(scenario, runs=runs, seed=1, executor=pool)
    lines = []
    for name, words in outcomes.headlines(scenario).items():
        e = result.events[name]
        wide = interval(*result.parameter_interval[name])
        lines.append(f"* {words}: {percent(e.p, e.low, e.high)} ({wide}).")
    lines += [
        "",
        "What was published before 30 July 2025, on events that are near these:",
        "",
        "| who | when | says | published | model | came true |",
        "|---|---|---|---|---|---|",
    ]
    for row in tomllib.loads((HERE / "published_then.toml").read_text("utf-8"))["statement"]:
        p = result.events[row["event"]].p
        came = "yes" if row["came_true"] else "no"
        lines.append(f"| {row['who']} | {row['date']} | {row['says']} | {brief(row['p'])} | "
                     f"{brief(p)} | {came} |")  # fmt: skip
    return lines


def write_findings(found: dict[str, Any], then: list[str], alt: str) -> None:
    """Write what came of it, as a page of Markdown."""
    title = (HERE / "question.md").read_text("utf-8").splitlines()[0]
    lines = [
        title,
        "",
        f"On 28 July 2025, with what past decisions teach (`{LEARNED}`):",
        "",
        *then,
        "",
        f"![{' '.join(alt.split())}](findings.png)",
        "",
        "```text",
        past_report(found),
        "```",
        "",
        "Written by `experiments/hindcast/figures.py`; `make experiments` writes it again.",
    ]
    (OUT / "findings.md").write_text("\n".join(lines) + "\n", "utf-8")


def write_summary(found: dict[str, Any]) -> None:
    """Write each decision with what was forecast of it and what came, as one table."""
    with (OUT / "summary.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "date", "outcome", "second_reading", *FIVE])
        for entry in found["decisions"]:
            row = [f"{entry['probabilities'][code]:.4f}" for code in FIVE]
            told = [entry[x] for x in ("id", "date", "outcome", "second_reading")]
            writer.writerow([*told, *row])


def main(runs: int = 100_000) -> None:
    """Write everything."""
    found = {"pair": PAIR, **past.past(record.between(PAIR))}
    OUT.mkdir(parents=True, exist_ok=True)
    for name in ("published", "scores"):
        (OUT / f"{name}.json").write_text(json.dumps(found[name], indent=1) + "\n", "utf-8")
    ax = pictures.skill(found)
    style.save(ax.figure, OUT / "findings", alt=ax.alt_text)
    write_findings(found, stockholm(runs), ax.alt_text)
    write_summary(found)
    ax = pictures.learned(calibrate.calibrated())
    style.save(ax.figure, OUT / "learned", alt=ax.alt_text)


if __name__ == "__main__":
    main(*(int(x) for x in sys.argv[1:]))

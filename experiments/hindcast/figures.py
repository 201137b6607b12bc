"""Write results/hindcast: findings, scores, pictures, Stockholm, misses, the page.

``python experiments/hindcast/figures.py`` from the checkout, after ``negotiation calibrate`` and
``another_seed.py``.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

os.environ.setdefault("MPLBACKEND", "Agg")

import again
import joint_draws
import page
import pictures
import published
import replaying

from negotiation.analysis.odds import odds
from negotiation.cli.hindcast_text import shipped_report
from negotiation.hindcast import adopting, learned
from negotiation.hindcast.decisions import CODES
from negotiation.hindcast.reading import shipped
from negotiation.plots import style
from negotiation.scenario import Scenario
from negotiation.scenario.scenario import read_text
from negotiation.words import outcomes
from negotiation.words.numbers import interval, percent

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "results" / "hindcast"


def stockholm(found: dict, runs: int) -> tuple[dict, list[dict]]:
    """Return the odds of Stockholm with the posterior in, marginals and joint draws."""
    text, _ = adopting.adopted(read_text("stockholm-2025")[0], found)
    scenario = Scenario.from_dict(tomllib.loads(text))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        result = odds(scenario, runs=runs, seed=1, executor=pool)
    joint = joint_draws.joint_shares(scenario, found, seed=1, runs=max(runs // 256, 1))
    lines = []
    for name, words in outcomes.headlines(scenario).items():
        e = result.events[name]
        lines.append(
            {
                "words": words,
                "odds": percent(e.p, e.low, e.high),
                "chance": interval(e.low, e.high),
                "ignorance": interval(*result.parameter_interval[name]),
            }
        )
    then = tomllib.loads((HERE / "published_then.toml").read_text("utf-8"))["statement"]
    beside = [{**row, "model": result.events[row["event"]].p} for row in then]
    kept = {
        "odds": result.to_dict(),
        "with_correlations_kept": {k: joint[k] for k in ("events", "at_horizon")},
        "decision_of_11_august": found["episodes"][-1]["leave_one_out"],
        "published": beside,
        "happened": "truce_or_extension",
    }
    return kept, lines


def misses(found: dict) -> list[dict]:
    """Return the worst misses with transcripts, which are written beside the page."""
    values = replaying.medians(found)
    episodes = {c.episode.id: c.episode for c in shipped()}
    folder = OUT / "misses"
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for miss in tomllib.loads((HERE / "misses.toml").read_text("utf-8"))["miss"]:
        told = []
        for code in miss["codes"]:
            text = replaying.told(episodes[miss["id"]], values, code)
            (folder / f"{miss['id']}-{code}.txt").write_text(text.rstrip() + "\n", "utf-8")
            told.append({"title": f"A run that ends in {code.replace('_', ' ')}", "text": text})
        made.append({**miss, "transcripts": told})
    return made


def write_findings(found: dict, headlines: list[dict], told: str, alt: str) -> None:
    """Write what the calibration came to, as a page of Markdown."""
    title = (HERE / "question.md").read_text("utf-8").splitlines()[0]
    lines = [
        title,
        "",
        "On 28 July 2025, with the calibrated numbers in the Stockholm scenario:",
        "",
        *(f"* {e['words']}: {e['odds']} ({e['ignorance']})." for e in headlines),
        "",
        f"![{' '.join(alt.split())}](findings.png)",
        "",
        "```text",
        shipped_report(found),
        "```",
        "",
        told,
        "",
        "Written by `experiments/hindcast/figures.py`; `make experiments` writes it again, with "
        "the page `report.html` and the transcripts of typical runs.",
    ]
    (OUT / "findings.md").write_text("\n".join(lines) + "\n", "utf-8")


def write_summary(found: dict) -> None:
    """Write each decision with what was forecast of it and what came, as one table."""
    with (OUT / "summary.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "date", "outcome", *CODES])
        for entry in found["episodes"]:
            chances = entry["leave_one_out"]["probabilities"]
            row = [f"{chances[code]:.4f}" for code in CODES]
            writer.writerow([entry["id"], entry["date"], entry["outcome"], *row])


def main(runs: int = 100_000) -> None:
    """Write everything."""
    found = learned.calibration()
    beside = published.beside(found)
    kept, headlines = stockholm(found, runs)
    OUT.mkdir(parents=True, exist_ok=True)
    for name, data in (("stockholm", kept), ("published", beside), ("scores", found["scores"])):
        (OUT / f"{name}.json").write_text(json.dumps(data, indent=1) + "\n", "utf-8")
    told = again.in_words(json.loads((OUT / "another-seed.json").read_text("utf-8")))
    for name in ("skill", "reliability", "learned"):
        ax = getattr(pictures, name)(found)
        kept_as = "findings" if name == "skill" else name
        style.save(ax.figure, OUT / kept_as, alt=ax.alt_text)
        if name == "skill":
            write_findings(found, headlines, told, ax.alt_text)
    write_summary(found)
    page.write_page(
        OUT / "report.html",
        found,
        headlines=headlines,
        published=beside,
        then=kept["published"],
        misses=misses(found),
        question=(HERE / "question.md").read_text("utf-8"),
        again=told,
    )


if __name__ == "__main__":
    main(*(int(x) for x in sys.argv[1:]))

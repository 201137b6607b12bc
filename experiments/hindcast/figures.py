"""Write results/hindcast: scores, pictures, Stockholm with both intervals, misses, the page.

``python experiments/hindcast/figures.py`` from the checkout, after ``negotiation calibrate`` and
``another_seed.py``.
"""

from __future__ import annotations

import json
import os
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

os.environ.setdefault("MPLBACKEND", "Agg")

from negotiation.analysis.odds import odds
from negotiation.hindcast import adopting, again, forecast, page, pictures, published, replaying
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
    joint = adopting.joint_shares(scenario, found, seed=1, runs=max(runs // 256, 1))
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


def main(runs: int = 100_000) -> None:
    """Write everything."""
    found = forecast.calibration()
    beside = published.beside(found)
    kept, headlines = stockholm(found, runs)
    OUT.mkdir(parents=True, exist_ok=True)
    for name, data in (("stockholm", kept), ("published", beside), ("scores", found["scores"])):
        (OUT / f"{name}.json").write_text(json.dumps(data, indent=1) + "\n", "utf-8")
    for name in ("skill", "reliability", "learned"):
        ax = getattr(pictures, name)(found)
        style.save(ax.figure, OUT / name, alt=ax.alt_text)
    page.write_page(
        OUT / "report.html",
        found,
        headlines=headlines,
        published=beside,
        then=kept["published"],
        misses=misses(found),
        question=(HERE / "question.md").read_text("utf-8"),
        again=again.in_words(json.loads((OUT / "another-seed.json").read_text("utf-8"))),
    )


if __name__ == "__main__":
    main(*(int(x) for x in sys.argv[1:]))

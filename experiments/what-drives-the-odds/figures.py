"""Say which numbers drive the odds: one at a time, then all at once by Sobol's indices."""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from negotiation import plots
from negotiation.analysis.sensitivity import sensitivity, tornado
from negotiation.report.cells import Change
from negotiation.report.drivers import swings
from negotiation.words import outcomes
from negotiation.words.numbers import odds_text

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from findings import Findings, change_text  # noqa: E402

OUTCOMES = {"first_deadline_extended": "Extension", "summit_deal": "Deal at the summit"}
SCREENED, SHOWN, TOP = 24, 10, 5
FULL = 4_000  # replicates of the design: smaller trials take smaller samples
SAMPLES, RUNS = 128, 48
SMALL_SAMPLES, SMALL_RUNS = 32, 50


def main(folder: str) -> None:
    found = Findings(folder, HERE / "question.md")
    indices = {outcome: drivers(found, outcome) for outcome in OUTCOMES}
    for outcome, data in indices.items():
        words = outcomes.headlines(found.scenario).get(outcome, outcomes.event(outcome))
        found.say(f"## {words}")
        _alone(found, outcome)
        _together(found, outcome, data)
    path = found.folder / "indices.json"
    path.write_text(json.dumps(indices, indent=1) + "\n", "utf-8")
    _minds(found, indices)
    found.write()


def drivers(found: Findings, outcome: str) -> dict[str, Any]:
    """Return Sobol's indices of the numbers that move an outcome most."""
    rows = tornado(found.results, outcome).to_pylist()
    numbers = list(dict.fromkeys(row["factor"] for row in rows))[:SCREENED]
    full = int(found.results.runs.min()) >= FULL
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        made = sensitivity(
            found.scenario, outcome=outcome, method="sobol", numbers=numbers,
            samples=SAMPLES if full else SMALL_SAMPLES,
            runs_per_point=RUNS if full else SMALL_RUNS,
            seed=found.results.seed, executor=pool,
        )  # fmt: skip
    return made.to_dict()


def _alone(found: Findings, outcome: str) -> None:
    rows = tornado(found.results, outcome).to_pylist()
    names = list(dict.fromkeys(row["factor"] for row in rows))
    clear = {row["factor"] for row in rows if row["low"] > 0 or row["high"] < 0}
    first = [row for row in rows if row["factor"] == names[0]]
    said = ", ".join(
        f"{change_text(Change(r['difference'], r['low'], r['high'], 1.0))} at "
        f"{float(r['value']):.3g}"
        for r in first
    )
    found.say(
        f"As it stands: {odds_text(found.answers.odds(outcome))}. One at a time, {len(clear)} of "
        f"{len(names)} numbers make a difference whose 95% interval leaves out zero; of so many "
        f"some {0.05 * len(rows):.0f} would by chance alone. The largest is `{names[0]}`: {said}."
    )
    table, base = swings(found.answers.cells, found.results, outcome)
    ax = plots.tornado(table, outcome=outcome, base=base)
    found.picture(ax, f"alone-{outcome.replace('_', '-')}", "Each number alone.")


def _together(found: Findings, outcome: str, data: dict[str, Any]) -> None:
    rows = data["factors"]
    by = {(row["factor"], row["measure"]): row for row in rows}
    names = list(dict.fromkeys(row["factor"] for row in rows))
    marks = {path: str(q.mark) for path, q in found.scenario.numbers()}
    found.say(
        f"All at once, {data['runs']:,} runs; {data['noise']:.0%} of the variance of the odds is "
        "chance in the runs."
    )
    top = names[0]
    found.say(
        f"Of one number `{top}` has the largest share of the variance: {_index(by[top, 'S1'])} "
        f"alone, {_index(by[top, 'ST'])} with what it does together with others."
    )
    found.table(
        ("number", "mark", "alone (`S1`)", "in all (`ST`)"),
        [(f"`{n}`", marks[n], _index(by[n, "S1"]), _index(by[n, "ST"])) for n in names[:SHOWN]],
    )
    bars = {
        "name": [row["factor"] for row in rows],
        "index": [row["value"] for row in rows],
        "low": [row["low"] for row in rows],
        "high": [row["high"] for row in rows],
        "kind": [{"S1": "alone", "ST": "in all"}[row["measure"]] for row in rows],
    }
    title = f"What drives the odds that {outcomes.event(outcome)}"
    ax = plots.importance(bars, measure="Sobol index", title=title)
    found.picture(ax, f"sobol-{outcome.replace('_', '-')}", "All at once.")


def _index(row: dict[str, Any]) -> str:
    return f"{row['value']:.2f} ({row['low']:.2f} to {row['high']:.2f})"


def ranked(data: dict[str, Any], measure: str) -> list[dict[str, Any]]:
    """Return the rows of a measure, the largest first."""
    rows = [row for row in data["factors"] if row["measure"] == measure]
    return sorted(rows, key=lambda row: -row["value"])


def _minds(found: Findings, indices: dict[str, dict[str, Any]]) -> None:
    marks = {path: str(q.mark) for path, q in found.scenario.numbers()}
    alone = {k: ranked(data, "S1")[:TOP] for k, data in indices.items()}
    sums = {k: [sum(r[c] for r in rows) for c in ("value", "low", "high")]
            for k, rows in alone.items()}  # fmt: skip
    told = "; ".join(
        f"{OUTCOMES[k]}: {v:.2f} ({low:.2f} to {high:.2f} at its widest)"
        for k, (v, low, high) in sums.items()
    )
    most = {k: ranked(data, "ST")[0] for k, data in indices.items()}
    first_row = most["first_deadline_extended"]
    found.mind(
        "That no single number carries the extension: if one explained more than half of its "
        "variance (`ST`).",
        True if first_row["low"] > 0.5 else False if first_row["high"] <= 0.5 else None,
        "; ".join(f"{OUTCOMES[k]}: `{r['factor']}` {_index(r)}" for k, r in most.items()) + ".",
    )
    found.mind(
        f"That a few numbers carry the odds: if the {TOP} with the largest `S1` explained less "
        "than half of the variance.",
        True
        if any(high < 0.5 for _, _, high in sums.values())
        else False
        if all(low >= 0.5 for _, low, _ in sums.values())
        else None,
        f"{told}.",
    )
    first = {k: ranked(data, "ST")[0]["factor"] for k, data in indices.items()}
    found.mind(
        "That judgement drives them, not evidence: if a number not marked as a guess had the "
        "largest total index of either outcome.",
        any(marks[name] != "guess" for name in first.values()),
        "; ".join(f"{OUTCOMES[k]}: `{n}` ({marks[n]})" for k, n in first.items()) + ".",
    )
    tops = [{row["factor"] for row in ranked(data, "ST")[:TOP]} for data in indices.values()]
    same = sorted(set.intersection(*tops))
    found.mind(
        f"That truce and deal hang on different numbers: if three or more of the {TOP} largest "
        "were the same.",
        len(same) >= 3,
        f"In common: {', '.join(f'`{n}`' for n in same) or 'none'}.",
    )
    noise = max(data["noise"] for data in indices.values())
    found.mind(
        "That what we see is not noise: if chance in the runs made up a fifth or more.",
        noise >= 0.2,
        f"At most {noise:.0%}.",
    )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(HERE.parents[1] / "results" / HERE.name))

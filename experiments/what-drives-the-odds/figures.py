"""Say which numbers drive the odds: one at a time, then all at once by Sobol's indices."""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from negotiation import plots
from negotiation.analysis.given_data import Share, first_order, worlds_of
from negotiation.analysis.sensitivity import sensitivity, tornado
from negotiation.ensemble import Ensemble
from negotiation.errors import InputError
from negotiation.estimates import mean_of
from negotiation.outcome import EVENTS
from negotiation.report.cells import Change
from negotiation.report.drivers import swings
from negotiation.scenario import Scenario
from negotiation.words import outcomes
from negotiation.words.numbers import odds_text

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from findings import Findings, change_text  # noqa: E402

OUTCOMES = {"first_deadline_extended": "Extension", "summit_deal": "Deal at the summit"}
SCREENED, SHOWN, TOP = 24, 10, 5
FULL = 1_000  # replicates of the design: smaller trials take smaller samples
RUNS = 96  # at each point
SAMPLES, SMALL_SAMPLES = 512, 16
WORLDS, SMALL_WORLDS, PER_WORLD = 4_096, 256, 16
OTHERS = "all other numbers"
LEARNED = "stockholm-2025-learned"
MOVED = 1.1  # times each guess


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
    weighed = _weighed(found)
    _ten_percent(found)
    _minds(found, indices, weighed)
    found.write()


def is_full(found: Findings) -> bool:
    """Return whether this is no small trial."""
    return int(found.results.runs.min()) >= FULL


def drivers(found: Findings, outcome: str) -> dict[str, Any]:
    """Return Sobol's indices of the numbers that move an outcome most, and of all others as one."""
    rows = tornado(found.results, outcome).to_pylist()
    numbers = list(dict.fromkeys(row["factor"] for row in rows))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        made = sensitivity(
            found.scenario, outcome=outcome, method="sobol", numbers=numbers,
            groups={OTHERS: numbers[SCREENED:]},
            samples=SAMPLES if is_full(found) else SMALL_SAMPLES,
            runs_per_point=RUNS, seed=found.results.seed, executor=pool,
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
    top = next(name for name in names if name != OTHERS)
    found.say(
        f"Of one number `{top}` has the largest share of the variance: {_index(by[top, 'S1'])} "
        f"alone, {_index(by[top, 'ST'])} with what it does together with others."
    )
    found.table(
        ("number", "mark", "alone (`S1`)", "in all (`ST`)"),
        [
            (
                f"`{n}`" if n in marks else n,
                marks.get(n, ""),
                _index(by[n, "S1"]),
                _index(by[n, "ST"]),
            )
            for n in names[:SHOWN]
        ],
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
    rows = [row for row in data["factors"] if row["measure"] == measure and row["factor"] != OTHERS]
    return sorted(rows, key=lambda row: -row["value"])


def _weighed(found: Findings) -> dict[str, Share]:
    """Say what explains the odds alone before and after past disputes weighed the numbers."""
    found.say("## Before and after past disputes weighed the numbers")
    number = WORLDS if is_full(found) else SMALL_WORLDS
    found.say(
        "What each of all uncertain numbers explains alone of the variance of the odds over "
        f"{number:,} worlds as drawn. In `{LEARNED}` numbers were learned together, so that a "
        "share holds what goes with the number as well and shares may add up to more than one."
    )
    table, most = [], {}
    for scenario in (found.scenario, Scenario.load(LEARNED)):
        ensemble = Ensemble(scenario)
        for outcome, title in OUTCOMES.items():
            worlds = worlds_of(
                ensemble, outcome, worlds=number, runs_per_world=PER_WORLD,
                seed=found.results.seed,
            )  # fmt: skip
            shares = first_order(ensemble.table.world.paths, worlds, seed=found.results.seed)
            if outcome == "first_deadline_extended":
                most[scenario.name] = shares[0]
            told = ", ".join(f"`{s.name}` {_index(s._asdict())}" for s in shares[:3])
            table.append((f"`{scenario.name}`", title, told))
    found.table(("scenario", "odds", "largest shares"), table)
    return most


def _ten_percent(found: Findings) -> None:
    """Say what ten percent more of each guess does to the odds, in pairs of runs."""
    found.say("## Ten percent more of a guess")
    scenario, seed = found.scenario, found.results.seed
    count = (WORLDS if is_full(found) else SMALL_WORLDS) * PER_WORLD // 8
    guesses = [path for path, q in scenario.numbers() if str(q.mark) == "guess"]
    before, rows = _shares(scenario, count, seed), []
    for path in guesses:
        moved = _raised(scenario, path)
        if moved is None:
            continue
        change = _shares(moved, count, seed) - before
        rows.append((path, [Change(*mean_of(column), 1.0) for column in change.T]))
    found.say(
        f"Each of {len(rows)} guesses, its range with it, times {MOVED}, all else and all luck as "
        f"it was: {count:,} runs each. Those whose 95% interval leaves out 0, the largest first; "
        f"some {0.1 * len(rows):.0f} would by chance alone:"
    )
    clear = [row for row in rows if any(c.low > 0 or c.high < 0 for c in row[1])]
    clear.sort(key=lambda row: -max(abs(c.difference) for c in row[1]))
    found.table(
        ("guess", *OUTCOMES.values()),
        [(f"`{path}`", *map(change_text, changes)) for path, changes in clear[:SHOWN]],
    )


def _shares(scenario: Scenario, count: int, seed: int) -> np.ndarray:
    """Return the shares of runs of each world with the outcomes, shape (worlds, outcomes)."""
    rows = Ensemble(scenario).rows(seed=seed, first=0, count=count, runs_per_world=PER_WORLD)
    columns = [EVENTS.index(outcome) for outcome in OUTCOMES]
    return rows["events"][:, columns].reshape(-1, PER_WORLD, len(columns)).mean(axis=1)


def _raised(scenario: Scenario, path: str) -> Scenario | None:
    """Return the scenario with a number and its range times ``MOVED``, or None where it may not."""
    quantity = dict(scenario.numbers())[path]
    ends = {"value": quantity.value, "low": quantity.low, "high": quantity.high}
    try:
        return scenario.replace({path: {k: v * MOVED for k, v in ends.items() if v is not None}})
    except InputError:  # a probability beyond 1, or a limit of another number
        return None


def _minds(found: Findings, indices: dict[str, dict[str, Any]], weighed: dict[str, Share]) -> None:
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
    learned = weighed[LEARNED]
    found.mind(
        "That none does once past disputes have weighed them: if one explained more than half of "
        f"its variance alone in `{LEARNED}`.",
        True if learned.low > 0.5 else False if learned.high <= 0.5 else None,
        f"`{learned.name}` {_index(learned._asdict())}.",
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

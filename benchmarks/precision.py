"""What a run is worth, and what precision costs: odds to a precision against counting.

For both headlines: how many counted runs a run played in a world of sixteen is worth, what it
costs against a counted one, and so how much cheaper an answer of the same precision is. Costs are
processor time in one process, the two ways in turn, best of several tries.

Prints a table and writes ``results/benchmarks/precision.json``. Usage: ``make bench``, or
``python benchmarks/precision.py``.
"""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import negotiation as ng
from negotiation.analysis.odds_result import HEADLINES

SCENARIOS = ("stockholm-2025", "stockholm-three-issues", "eu-2025")
WITHIN = 0.005
COUNTED = 2_000
TRIES = 3


def taken(action: Callable[[], Any]) -> float:
    """Return the processor seconds of an action."""
    start = time.process_time()
    action()
    return time.process_time() - start


def measured(name: str) -> dict[str, Any]:
    """Return what was measured of a scenario."""
    scenario = ng.Scenario.load(name)
    found = ng.odds(scenario, within=WITHIN)
    precise, counted = [], []
    for _ in range(TRIES):
        precise.append(taken(lambda: ng.odds(scenario, within=WITHIN)))
        counted.append(taken(lambda: ng.odds(scenario, runs=COUNTED, worlds=0)))
    a_run, a_count = min(precise) / found.runs, min(counted) / COUNTED
    worth = {name: found.worth(name) / found.runs for name in HEADLINES}
    return {
        "scenario": name, "runs": found.runs, "seconds": min(precise), "worth_of_a_run": worth,
        "cost_of_a_run": a_run / a_count,
        "cheaper": {name: each * a_count / a_run for name, each in worth.items()},
        "effective_runs_a_second": {name: each / a_run for name, each in worth.items()},
    }  # fmt: skip


def main() -> None:
    """Measure, print and write."""
    rows = [measured(name) for name in SCENARIOS]
    print(f"both headlines to {100 * WITHIN:g} points, processor time, best of {TRIES}")
    head = ("scenario", "headline", "runs", "seconds", "worth", "cost", "cheaper", "a second")
    print(f"{head[0]:<24}{head[1]:<26}" + "".join(f"{h:>10}" for h in head[2:]))
    for row in rows:
        for name in HEADLINES:
            print(
                f"{row['scenario']:<24}{name:<26}{row['runs']:>10,}{row['seconds']:>10.2f}"
                f"{row['worth_of_a_run'][name]:>10.2f}{row['cost_of_a_run']:>10.3f}"
                f"{row['cheaper'][name]:>10.1f}{row['effective_runs_a_second'][name]:>10,.0f}"
            )
    place = Path("results/benchmarks")
    place.mkdir(parents=True, exist_ok=True)
    about = {"machine": platform.machine(), "python": platform.python_version()}
    text = json.dumps({**about, "within": WITHIN, "scenarios": rows}, indent=2, allow_nan=False)
    (place / "precision.json").write_text(text + "\n")


if __name__ == "__main__":
    main()

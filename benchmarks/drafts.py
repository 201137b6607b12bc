"""How fast a draft is written: a ratio measured in one run, best of several tries.

The yardstick is one look at a package in NumPy, as the textbook writes its odds. Prints a table and
writes ``results/benchmarks/drafts.json``. Usage: ``python benchmarks/drafts.py``.
"""

from __future__ import annotations

import json
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from measuring import timing
from scipy.optimize import minimize

from negotiation.compiling import compiled
from negotiation.solvers.draft import draft, new_work

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "solvers"))
from draft_problems import random_problem, survival  # noqa: E402

ISSUES, PROBLEMS = 11, 200
OUT = ROOT / "results" / "benchmarks" / "drafts.json"

best = partial(timing.best, clock=time.process_time)


@compiled
def draft_all(problems, work, warm, thorough):  # type: ignore[no-untyped-def]
    """Draft every problem, ten times; return the searches that were given up."""
    lost = 0
    for _ in range(10):
        for k in range(len(problems)):
            if not draft(problems[k], work[k], warm, thorough):
                lost += 1
    return lost


def by_scipy(problem: Any) -> None:
    """Find the same draft with SciPy, slopes by finite differences."""
    cap = problem["reach"][:ISSUES]
    minimize(
        lambda z: -survival(problem, z)[0], 0.4 * cap, bounds=[(0.0, c) for c in cap],
        method="SLSQP",
    )  # fmt: skip


def main() -> None:
    """Measure, print, write."""
    problems = np.array(
        [random_problem(k, issues=ISSUES, ready=np.ones(ISSUES)) for k in range(PROBLEMS)]
    )
    work = np.array([new_work() for _ in problems])
    packages = [0.4 * p["reach"][:ISSUES] for p in problems]
    ways = {"quick": (False, False), "thorough": (False, True), "quick, begun warm": (True, False)}
    seconds, steps = {}, {}
    for name, (warm, thorough) in ways.items():
        lost = draft_all(problems, work, warm, thorough)
        assert lost == 0, f"{lost} drafts not found"
        seconds[name] = best(lambda w=warm, t=thorough: draft_all(problems, work, w, t))
        seconds[name] /= 10 * PROBLEMS
        steps[name] = float(work["steps"].mean())
    look = best(lambda: [survival(p, z) for p, z in zip(problems, packages, strict=True)])
    seconds["one look in NumPy"] = look / PROBLEMS
    seconds["by SciPy"] = best(lambda: [by_scipy(p) for p in problems[:10]], 2) / 10
    yardstick = seconds["one look in NumPy"]
    rows = [
        {"what": k, "microseconds": 1e6 * s, "looks": s / yardstick, "steps": steps.get(k)}
        for k, s in seconds.items()
    ]
    print(f"{'a draft of 11 issues, CPU time':32}{'microseconds':>14}{'looks':>9}{'steps':>7}")
    for row in rows:
        taken = "" if row["steps"] is None else f"{row['steps']:.1f}"
        print(f"{row['what']:32}{row['microseconds']:14.1f}{row['looks']:9.3f}{taken:>7}")
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()

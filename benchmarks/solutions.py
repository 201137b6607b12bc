"""How fast a million outcomes are solved: ratios measured in one run, best of several tries.

The yardstick is one sort of the million by two keys, which no exact frontier can do without.
Prints a table and writes ``results/benchmarks/solutions.json``. Usage:
``python benchmarks/solutions.py``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import numpy as np
from measuring import timing

from negotiation.interop.domain import DiscreteIssue, Domain, Profile
from negotiation.interop.evaluators import Ratings
from negotiation.interop.genius import analyse, write_problem
from negotiation.theory import Continuous, Outcomes

ISSUES, VALUES = 6, 10  # 10^6 outcomes
OUT = Path(__file__).parents[1] / "results" / "benchmarks" / "solutions.json"

best = partial(timing.best, clock=time.process_time)


def problem(folder: str) -> list[Path]:
    """Write a domain of a million outcomes with two random profiles; return the three paths."""
    rng = np.random.default_rng(0)
    names = tuple(str(k) for k in range(VALUES))
    domain = Domain(
        "a million", tuple(DiscreteIssue(k + 1, f"issue {k + 1}", names) for k in range(ISSUES))
    )
    profiles = tuple(
        Profile(
            tuple(rng.dirichlet(np.ones(ISSUES)).tolist()),
            tuple(Ratings(tuple(rng.random(VALUES).tolist())) for _ in range(ISSUES)),
            reservation=0.3,
        )
        for _ in range(2)
    )
    return list(write_problem(folder, domain, profiles))


def every_solution(utilities: np.ndarray) -> None:
    """Find the frontier and the four solutions."""
    found = Outcomes(utilities, (0.3, 0.3))
    for name in ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian"):
        getattr(found, name)()


def continuous() -> None:
    """Solve five quadratic issues, given as functions without gradients, for Nash."""
    rng = np.random.default_rng(1)
    width, at = rng.uniform(0.5, 3, (2, 5)), np.array([[0, 0, 1, 1, 0.5], [1, 1, 0, 0, 0.2]])
    Continuous(
        tuple((lambda x, i=i: 10 - float(width[i] @ (x - at[i]) ** 2)) for i in range(2)),
        bounds=[(0, 1)] * 5, disagreement=(5, 6), concave=True,
    ).nash()  # fmt: skip


def command_seconds(paths: list[Path], tries: int = 3) -> float:
    """Return the least CPU seconds of the whole command, start of Python included."""
    times = []
    for _ in range(tries):
        before = os.times()
        subprocess.run(
            [sys.executable, "-m", "negotiation", "domain", *map(str, paths), "--json"],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        after = os.times()
        times.append(
            after.children_user + after.children_system
            - before.children_user - before.children_system
        )  # fmt: skip
    return min(times)


def main() -> None:
    """Measure, print, write."""
    random = np.random.default_rng(0).random((VALUES**ISSUES, 2))
    angle = np.linspace(0, np.pi / 2, VALUES**ISSUES)
    disc = np.column_stack([np.sin(angle), np.cos(angle)])
    with tempfile.TemporaryDirectory() as folder:
        paths = problem(folder)
        seconds = {
            "one sort by two keys": best(lambda: np.lexsort((-random[:, 1], -random[:, 0]))),
            "frontier and solutions, random": best(lambda: every_solution(random)),
            "frontier and solutions, all efficient": best(lambda: every_solution(disc)),
            "read and analyse a GENIUS domain": best(lambda: analyse(*paths)),
            "the command, start included": command_seconds(paths),
            "Nash over five continuous issues": best(continuous, 3),
        }
    yardstick = seconds["one sort by two keys"]
    rows = [{"what": k, "seconds": s, "sorts": s / yardstick} for k, s in seconds.items()]
    print(f"{'10^6 outcomes, CPU time':40}{'seconds':>9}{'sorts':>8}")
    for row in rows:
        print(f"{row['what']:40}{row['seconds']:9.2f}{row['sorts']:8.1f}")
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()

"""The floor: what cannot be saved, importing NumPy and Numba and drawing a run's random numbers."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from typing import Any

from measuring.draws import draw_only, draws_a_run
from measuring.timing import Action, in_turn, ratio_of

from negotiation.ensemble import Ensemble

NAMES = ("stockholm-2025", "stockholm-three-issues")
COUNTED, RUNS = 20, 2_000  # runs whose random numbers are counted, and that are timed
DRAWN = 200_000  # runs whose numbers alone are drawn: fewer would be over too soon
HELP = "from negotiation.cli import main; import sys; sys.argv[1:] = ['--help']; main()"
PROCESSES = {"python": "pass", "numpy": "import numpy", "numba": "import numba", "help": HELP}


def process(code: str) -> Action:
    """Return how to run a process of this code."""
    command = [sys.executable, "-c", code]
    return partial(subprocess.run, command, check=True, stdout=subprocess.DEVNULL)


def imports() -> dict[str, Any]:
    """Return seconds of whole processes: a bare Python, NumPy, Numba, and our help."""
    times = in_turn({name: process(code) for name, code in PROCESSES.items()})
    return {name: ratio_of(seconds, times["help"]) for name, seconds in times.items()}


def drawing(name: str) -> dict[str, Any]:
    """Return how many numbers a run draws, what that costs alone, and what the run costs."""
    draws = draws_a_run(name, COUNTED)
    ensemble = Ensemble(name)
    alone = partial(draw_only, DRAWN, round(draws))
    whole = partial(ensemble.rows, seed=1, first=0, count=RUNS)
    alone(), ensemble.compile()
    times = in_turn({"alone": alone, "whole": whole})
    runs = {"whole": RUNS, "alone": DRAWN}
    found = ratio_of(*([t / n for t in times[k]] for k, n in runs.items()))
    return {
        "scenario": name, "numbers": draws, "run_s": found.pop("theirs_s"),
        "drawing_s": found.pop("ours_s"), **found,
    }  # fmt: skip


def measure() -> dict[str, Any]:
    """Return both."""
    return {"imports": imports(), "draws": [drawing(name) for name in NAMES]}


def told(found: dict[str, Any]) -> list[str]:
    """Return lines."""
    lines = [", ".join(f"{name} {row['theirs_s']:.2f} s" for name, row in found["imports"].items())]
    for row in found["draws"]:
        lines.append(
            f"a run of {row['scenario']} draws {row['numbers']:,.0f} numbers: "
            f"{1e6 * row['drawing_s']:.2f} us of its {1e6 * row['run_s']:.1f} us, "
            f"{row['ratio']:.0f} times that ({row['least']:.0f} to {row['most']:.0f})"
        )
    return lines

"""The floor of a run: what it costs to draw its random numbers and do nothing with them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np

from negotiation.compiling import compiled
from negotiation.randomness import key_of, uniform

COUNT_DRAWS = Path(__file__).parent.parent / "count_draws.py"


def draws_a_run(name: str, counted: int) -> float:
    """Return how many random numbers a run draws: the mean of so many, played as plain Python."""
    command = [sys.executable, str(COUNT_DRAWS), name, str(counted)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@compiled
def draw_only(count: int, draws: int) -> float:  # type: ignore[no-untyped-def]
    """Draw what ``count`` runs consume and nothing else."""
    total = 0.0
    for run in range(count):
        key = key_of(1, run)
        for slot in range(draws):
            total += uniform(key, np.uint64(slot))
    return total

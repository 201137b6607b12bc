"""Calibrate once more with another seed and write results/hindcast/another-seed.json.

``python experiments/hindcast/another_seed.py`` from the checkout, after ``negotiation calibrate``
and before ``figures.py``; it takes as long as a calibration, minutes.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import again

from negotiation.hindcast import calibrate, learned
from negotiation.hindcast.reading import shipped

OUT = Path(__file__).parents[2] / "results" / "hindcast" / "another-seed.json"
SEED = 2


def main() -> None:
    """Calibrate with the shipped sizes and compare with the shipped file."""
    shipped_one, rows, cores = learned.calibration(), shipped(), os.cpu_count() or 1
    draws, runs = (
        shipped_one["provenance"][x] for x in ("draws", "runs_per_draw_and_episode")
    )  # fmt: skip
    calibrate.simulate(rows[:1], draws=2, runs=1)  # compiled before the clock starts
    start = time.perf_counter()
    found = calibrate.simulate(rows, draws=draws, runs=runs, seed=SEED, workers=cores)
    other = calibrate.calibrated(rows, *found, runs=runs)
    seconds = round(time.perf_counter() - start, 1)
    other["provenance"] = {"seed": SEED}
    told = again.side_by_side(shipped_one, other) | {"seconds": seconds, "cores": cores}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    print(again.in_words(told))


if __name__ == "__main__":
    main()

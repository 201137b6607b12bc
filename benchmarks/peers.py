"""Beside other libraries, on the same questions: who takes how long, in one run.

*Runs and exchanges of offers*: Mesa, NegMAS, NumPy's arrays. *What drives the odds*: SALib,
ema-workbench. *All equilibria of a game*: nashpy, QuantEcon, pygambit. *The floor*: imports, and a
run's random numbers. What exactly is compared stands at the head of each file of
``benchmarks/against``.

Times are medians of rounds, in which all have their turn; ratios are theirs over ours, so below 1
they are faster, with the least and the most of the rounds. Prints tables and writes
``results/benchmarks/peers.json``. Usage: ``make bench-peers``; six minutes or so. Whoever cannot be
imported is left out, and told.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
from pathlib import Path
from typing import Any

from against import floor, games, runs, sensitivity
from measuring.machine import NOTICED, Others, machine

PARTS = {"runs": runs, "sensitivity": sensitivity, "games": games, "floor": floor}
PACKAGES = (
    "mesa", "negmas", "SALib", "ema-workbench", "nashpy", "quantecon", "pygambit", "numpy", "scipy",
    "numba",
)  # fmt: skip
OUT = Path("results/benchmarks/peers.json")


def versions() -> dict[str, str]:
    """Return the versions of whoever takes part."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found


def main() -> None:
    """Measure, print and write."""
    reader = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    reader.add_argument("--only", choices=PARTS, help="measure and print this, write nothing")
    asked = reader.parse_args()
    about, used, others = machine(), versions(), Others()
    print(f"{about['machine']}, {about['cores']} cores, Python {about['python']}")
    print(", ".join(f"{name} {version}" for name, version in used.items()))
    found: dict[str, Any] = {}
    for name in [asked.only] if asked.only else PARTS:
        found[name] = PARTS[name].measure()
        print("", *PARTS[name].told(found[name]), sep="\n", flush=True)
    busy = others.processors()
    shared = busy > NOTICED
    print(f"\nOthers kept {busy:.1f} of {about['cores']} processors busy." if shared else "")
    if not asked.only:
        about |= {"others_busy": round(busy, 2), "machine_was_shared": shared}
        OUT.parent.mkdir(parents=True, exist_ok=True)
        told = {"about": about, "versions": used, **found}
        OUT.write_text(json.dumps(told, indent=2, allow_nan=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()

"""How fast negotiations are played: ratios measured in one run, best of several tries.

Prints a table and writes ``results/benchmarks/speed.json``. Usage: ``make bench``, or
``python benchmarks/speed.py --full`` to play the ten million runs of the memory test.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numba
from measuring.draws import draw_only, draws_a_run
from measuring.machine import machine
from measuring.timing import best

import negotiation as ng
from negotiation.ensemble import Ensemble, tally_runs
from negotiation.model import NegotiationModel

SCENARIOS = ("stockholm-2025", "stockholm-three-issues", "split-the-pie")
HALF_WIDTH = 0.001
COUNTED = 100  # runs whose random numbers are counted


def seconds_of(*command: str, tries: int = 5) -> float:
    """Return the least seconds that a command took."""
    return best(lambda: subprocess.run(command, capture_output=True, check=True), tries)


def ensemble_rate(name: str, workers: int, runs: int) -> float:
    """Return runs per second of wall time on some threads."""
    ensemble = Ensemble(ng.Scenario.load(name))
    ensemble.tally(seed=1, first=0, count=10)
    with ThreadPoolExecutor(workers) as pool:
        seconds = best(lambda: tally_runs(ensemble, seed=1, runs=runs, executor=pool), 3)
    return runs / seconds


def mesa_rate(name: str, runs: int) -> float:
    """Return runs per second of the Mesa driver."""
    scenario = ng.Scenario.load(name)
    NegotiationModel(scenario, seed=1, run=0).play()
    return 1 / best(lambda: NegotiationModel(scenario, seed=1, run=1).play(), runs)


def peak_memory(runs: int) -> float:
    """Return the peak resident memory, MB, of a process that plays ``runs`` runs."""
    code = (
        "import negotiation as ng, resource;"
        f"ng.odds(ng.Scenario.load('stockholm-2025'), runs={runs}, worlds=0);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> None:
    """Measure, print and write."""
    full = "--full" in sys.argv
    found: dict[str, Any] = {
        **machine(),
        "numba": numba.__version__,
    }
    print(*(f"{key}: {value}" for key, value in found.items()), sep="\n")
    for name in SCENARIOS:
        one = ensemble_rate(name, 1, 40_000)
        two = ensemble_rate(name, 2, 80_000)
        mesa = mesa_rate(name, 5)
        found[name] = {"one_core": one, "two_cores": two, "mesa": mesa, "ratio": one / mesa}
        print(f"{name}: {one:,.0f} runs/s on one core, {two:,.0f} on two, Mesa {mesa:,.0f};")
        print(f"  ensemble over Mesa, per core: {one / mesa:,.0f} (aim 500)")
    two = found["stockholm-2025"]["two_cores"]
    print(f"  two cores, stockholm-2025: {two:,.0f} runs/s (aim 200,000)")
    draws = draws_a_run("stockholm-2025", COUNTED)
    floor = best(lambda: draw_only(20_000, round(draws))) / 20_000
    above = 1 / found["stockholm-2025"]["one_core"] / floor
    print(
        f"floor: {floor * 1e6:.2f} us to draw the {draws:.0f} numbers of a run, counted over "
        f"{COUNTED}; a run takes {above:.0f} times that"
    )
    result = ng.odds(ng.Scenario.load("stockholm-2025"), runs=50_000, worlds=0)
    needed = {
        event: 1.96**2 * p * (1 - p) / HALF_WIDTH**2
        for event in ("first_deadline_extended", "summit_deal")
        for p in [result.events[event].p]
    }
    for event, runs in needed.items():
        print(f"{event} to 0.1 points: {runs:,.0f} runs, {runs / two:.1f} s on two cores")
    small, large = peak_memory(100_000), peak_memory(10_000_000 if full else 1_000_000)
    print(f"peak memory: {small:.0f} MB at 10^5 runs, {large:.0f} MB at 10^{7 if full else 6}")
    start = seconds_of(str(Path(sys.executable).parent / "negotiation"), "--help")
    print(f"negotiation --help: {start:.2f} s (aim 0.5)")
    odds = seconds_of("make", "odds", tries=3)
    print(f"make odds, everything compiled: {odds:.1f} s")
    found |= {
        "draws": draws, "floor_us": floor * 1e6, "times_floor": above,
        "seconds_to_0.1_points": {event: runs / two for event, runs in needed.items()},
        "memory_mb": [small, large], "help_s": start, "make_odds_s": odds,
        "own_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip
    folder = Path("results/benchmarks")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "speed.json").write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()

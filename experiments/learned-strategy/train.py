"""Search the parameters of the learned strategy against all others, and test them elsewhere.

train.py [--runs N] [--generations N] [--population N] [--test-runs N] [--seed N] [--check | --test]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import differential_evolution

from negotiation.analysis.tournament import round_robin
from negotiation.ensemble import Ensemble
from negotiation.estimates import mean_of
from negotiation.payoffs.seats import take_seat
from negotiation.payoffs.world import world_dtype
from negotiation.scenario import SIDES, Scenario
from negotiation.tactics.learned import FILE, PARAMETERS, Learned
from negotiation.tactics.registry import BUILT_IN

TRAINED_ON = "stockholm-2025"
TESTED_ON = ("stockholm-2025", "stockholm-three-issues")
BOUNDS = ((0.5, 1.0), (0.0, 0.9), (-1.3, 1.3), (-0.5, 1.0))  # beta as its decimal logarithm
OTHERS = tuple(name for name in BUILT_IN if name != "learned")
LEARNED = "learned"
PER_WORLD = 8  # runs that share a draw of the uncertain numbers, and what is solved for it
SURPLUS = 4  # candidates of the last population that are compared on fresh runs


class Settings(NamedTuple):
    """What decides the outcome of a training."""

    seed: int
    runs: int  # of each pairing
    generations: int
    population: int  # candidates for each parameter
    test_runs: int  # of each pairing, on another seed


class Table:
    """A pairing of the learned strategy with another one, to be played with any parameters."""

    def __init__(self, scenario: Scenario, side: int, other: str) -> None:
        names = {f"{SIDES[side]}.strategy": LEARNED, f"{SIDES[1 - side]}.strategy": other}
        self.ensemble, self.side = Ensemble(scenario.replace(names)), side

    def gains(self, parameters: tuple[float, ...], seed: int, runs: int) -> np.ndarray:
        """Return what each run brings the learned side, $bn a year, shape (runs,)."""
        ensemble = copy(self.ensemble)  # one for each candidate: they are played side by side
        central = ensemble.table.world.central.copy()
        stated = dict(zip(PARAMETERS, parameters, strict=True))
        take_seat(central.view(world_dtype()), self.side, Learned, stated)
        ensemble.table = ensemble.table.having(central=central)
        rows = ensemble.rows(seed=seed, first=0, count=runs, runs_per_world=PER_WORLD)
        return rows["yearly_gain"][:, self.side]


def parameters_of(x: Any) -> tuple[float, ...]:
    """Return the parameters at a point of the search, rounded to what is kept."""
    opening, final, log_beta, reciprocity = (float(value) for value in x)
    values = (opening, min(final, opening), 10.0**log_beta, reciprocity)
    return tuple(float(f"{value:.4g}") for value in values)


def tables() -> list[Table]:
    """Return every pairing of the training."""
    scenario = Scenario.load(TRAINED_ON)
    return [Table(scenario, side, other) for side, other in product((0, 1), OTHERS)]


def score(table_list: list[Table], x: Any, seed: int, runs: int) -> float:
    """Return the average gain over all pairings, $bn a year."""
    own = parameters_of(x)
    return float(np.mean([table.gains(own, seed, runs).mean() for table in table_list]))


def search(
    settings: Settings, pool: ThreadPoolExecutor
) -> tuple[tuple[float, ...], dict[str, Any]]:
    """Return the best parameters, and how the search went."""
    table_list, began = tables(), time.monotonic()
    best: list[float] = []

    def report(intermediate_result: Any) -> None:
        best.append(round(-float(intermediate_result.fun), 4))
        spent = time.monotonic() - began
        line = (
            f"generation {len(best)} of {settings.generations}, {spent:.0f} s: best {best[-1]:.3f}"
        )
        print(line, file=sys.stderr)

    found = differential_evolution(
        lambda x: -score(table_list, x, settings.seed, settings.runs), BOUNDS,
        rng=np.random.default_rng(settings.seed), popsize=settings.population,
        maxiter=settings.generations, tol=0.0, polish=False, init="sobol",
        updating="deferred", workers=pool.map, callback=report,
    )  # fmt: skip
    order = np.argsort(found.population_energies, kind="stable")[:SURPLUS]
    fresh = [
        score(table_list, found.population[i], settings.seed + 1, 2 * settings.runs) for i in order
    ]
    chosen = int(np.argmax(fresh))
    went = {
        "evaluations": int(found.nfev),
        "best_by_generation": best,
        "training_score": round(-float(found.population_energies[order[chosen]]), 4),
        "score_on_fresh_runs": round(fresh[chosen], 4),
    }
    return parameters_of(found.population[order[chosen]]), went


def test(settings: Settings, pool: ThreadPoolExecutor) -> Iterator[dict[str, Any]]:
    """Yield how the parameters on file rank on runs and in a scenario not trained on."""
    names = tuple(BUILT_IN)
    for scenario in TESTED_ON:
        played = round_robin(
            Scenario.load(scenario), us=names, china=names, runs=settings.test_runs,
            seed=settings.seed + 1000, executor=pool,
        )  # fmt: skip
        gains = played.gains[0]
        for side, label in enumerate(SIDES):
            # a strategy's score: its average over the opponents that are not learned, run by run
            seen = gains[..., side] if side == 0 else gains[..., side].swapaxes(0, 1)
            scores = seen[:, [names.index(other) for other in OTHERS]].mean(axis=1)
            order = np.argsort(-scores.mean(axis=1), kind="stable")
            own = names.index(LEARNED)
            rivals = [i for i in order if i != own]
            yield {
                "scenario": scenario,
                "side": label,
                "rank": int(np.flatnonzero(order == own)[0]) + 1,
                "of": len(names),
                "score": interval(scores[own]),
                "best_other": names[rivals[0]],
                "ahead_of_best_other": interval(scores[own] - scores[rivals[0]]),
                "ahead_of_median_other": interval(scores[own] - scores[rivals[len(rivals) // 2]]),
            }


def test_on_file() -> int:
    """Test the parameters on file as their training says, and write what was found."""
    data: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    with ThreadPoolExecutor(2) as pool:
        data["tests"] = list(test(Settings(**data["settings"]), pool))
    write(data)
    print(json.dumps({key: data[key] for key in ("parameters", "tests")}, indent=1))
    return 0


def interval(sample: np.ndarray) -> list[float]:
    """Return a mean and the ends of its 95% interval, $bn a year."""
    return [round(value, 3) for value in mean_of(sample)]


def main() -> int:
    """Train, write the parameters, test them, and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=20250728)
    parser.add_argument("--runs", type=int, default=600, help="runs of each pairing")
    parser.add_argument("--generations", type=int, default=15)
    parser.add_argument("--population", type=int, default=8, help="candidates for each parameter")
    parser.add_argument("--test-runs", type=int, default=1500, help="runs of each pairing")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--test", action="store_true", help="only test the parameters on file")
    given = parser.parse_args()
    if given.test:
        return test_on_file()
    settings = Settings(
        given.seed, given.runs, given.generations, given.population, given.test_runs
    )
    with ThreadPoolExecutor(2) as pool:
        parameters, went = search(settings, pool)
        kept = dict(zip(PARAMETERS, parameters, strict=True))
        if given.check:
            same = json.loads(FILE.read_text("utf-8"))["parameters"] == kept
            print("the same parameters" if same else f"other parameters: {kept}")
            return 0 if same else 1
        data: dict[str, Any] = {
            "parameters": kept,
            "mark": "computed",
            "source": "experiments/learned-strategy/train.py; differential evolution, "
            "Storn and Price 1997, doi:10.1023/A:1008202821328",
            "settings": settings._asdict(),
            "trained_on": TRAINED_ON,
            "against": list(OTHERS),
            "search": went,
        }
    write(data)
    # the strategy has read the old ones, so another process plays the new ones
    os.execv(sys.executable, [sys.executable, __file__, "--test"])


def write(data: dict[str, Any]) -> None:
    """Write the file that the package reads."""
    FILE.write_text(json.dumps(data, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())

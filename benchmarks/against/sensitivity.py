"""What drives the odds: SALib and ema-workbench on the question of `negotiation sensitivity`.

The question: of three uncertain numbers of a scenario, all others at their central values, what
share of the variance of a headline's odds does each explain alone, and what share goes with it?
All answer from as many runs. *Ours* plays points without making a scenario of each, and takes luck
out of every run's count; the runs from which it learns how are counted. *SALib* samples and
analyses, as it does for ours too; the odds of a point are plainly counted, in an ensemble of the
scenario that says so. *ema-workbench* has a Model whose function does the same; its Sobol design
is, as it comes, of second order, so it has more points with fewer runs each, and a seed of its own
each time. What an experiment costs there of a model that does nothing is told apart.

How far each is off is told from a reference: the odds at the nodes of a product of Gauss-Legendre
quadratures over the quantiles of the numbers, from many runs, whose variances are then sums.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np
from measuring.timing import ratio_of, seconds_of

import negotiation as ng
from negotiation.analysis.indices import points_of
from negotiation.analysis.odds_at_points import PILOT_RUNS, PILOT_WORLDS, OddsAt
from negotiation.analysis.sensitivity import sensitivity
from negotiation.ensemble import Ensemble
from negotiation.outcome import EVENTS

NAME, OUTCOME = "stockholm-three-issues", "first_deadline_extended"
NUMBERS = ("deadline.ultimatum", "us.types.resolve_prior", "china.precision")
MEASURES = ("S1", "ST")
ROUNDS, SAMPLES = 12, 32
RUNS = {"ours": 64, "SALib": 90, "ema-workbench": 56}  # at a point, for as many in all
NODES, REFERENCE_RUNS, REFERENCE_SEEDS = 8, 750, (1001, 1002)

Shares = np.ndarray  # (2, numbers): S1 and ST
Study = Callable[[int], Shares]


def question() -> ng.Scenario:
    """Return the scenario in which nothing but these numbers is uncertain."""
    scenario = ng.Scenario.load(NAME)
    others = {p: q.value for p, q in scenario.numbers() if q.uncertain and p not in NUMBERS}
    return scenario.replace(others)


def ours(scenario: ng.Scenario, seed: int) -> Shares:
    """Return what `negotiation sensitivity` answers."""
    found = sensitivity(
        scenario, outcome=OUTCOME, numbers=NUMBERS, samples=SAMPLES, runs_per_point=RUNS["ours"],
        seed=seed,
    )  # fmt: skip
    return np.array([found.indices.value[m] for m in MEASURES])


def counted(scenario: ng.Scenario, runs: int, seed: int, place: np.ndarray) -> float:
    """Return the odds where the numbers have these quantiles, plainly counted in some runs."""
    known = dict(scenario.numbers())
    u = np.clip(place, 1e-9, 1.0 - 1e-9)
    values = {p: float(known[p].quantiles([x])[0]) for p, x in zip(NUMBERS, u, strict=True)}
    rows = Ensemble(scenario.replace(values)).rows(seed=seed, first=0, count=runs)
    return float(rows["events"][:, EVENTS.index(OUTCOME)].mean())


def by_salib(scenario: ng.Scenario, seed: int) -> Shares:
    """Return what SALib makes of plainly counted odds."""
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as sampling

    problem = {"num_vars": len(NUMBERS), "names": NUMBERS, "bounds": [[0.0, 1.0]] * len(NUMBERS)}
    points = sampling.sample(problem, SAMPLES, calc_second_order=False, seed=seed)
    y = np.array([counted(scenario, RUNS["SALib"], seed, point) for point in points])
    found = analysis.analyze(problem, y, calc_second_order=False, seed=seed)
    return np.array([found[m] for m in MEASURES])


def experiments(function: Callable[..., dict[str, float]]) -> tuple[Any, np.ndarray]:
    """Return the parameters of an ema-workbench model and what came of its Sobol experiments."""
    import ema_workbench as ema

    model = ema.Model("talks", function=function)
    model.uncertainties = [ema.RealParameter(f"q{k}", 0.0, 1.0) for k in range(len(NUMBERS))]
    model.outcomes = [ema.ScalarOutcome("odds")]
    _, found = ema.perform_experiments(
        model, SAMPLES, uncertainty_sampling=ema.Samplers.SOBOL, log_progress=True
    )
    return model.uncertainties, found["odds"]


def by_workbench(scenario: ng.Scenario, seed: int) -> Shares:
    """Return what ema-workbench makes of plainly counted odds, with the analysis that it names."""
    from ema_workbench.em_framework.salib_samplers import get_SALib_problem
    from SALib.analyze import sobol as analysis

    def talks(q0: float, q1: float, q2: float) -> dict[str, float]:
        return {"odds": counted(scenario, RUNS["ema-workbench"], seed, np.array([q0, q1, q2]))}

    parameters, y = experiments(talks)
    found = analysis.analyze(get_SALib_problem(parameters), y, calc_second_order=True, seed=seed)
    return np.array([found[m] for m in MEASURES])


def nothing(q0: float, q1: float, q2: float) -> dict[str, float]:
    """Be a model that costs nothing."""
    return {"odds": q0 + q1 + q2}


def reference(scenario: ng.Scenario) -> tuple[Shares, float]:
    """Return the shares from many runs, and how far they may be off by chance.

    That is half of the root mean square by which the two halves of the runs differ.
    """
    x, weight = np.polynomial.legendre.leggauss(NODES)
    points = np.stack(np.meshgrid(*[0.5 + 0.5 * x] * len(NUMBERS), indexing="ij"), -1)
    ensemble, halves = Ensemble(scenario), []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for seed in REFERENCE_SEEDS:
            odds = OddsAt(ensemble, OUTCOME, NUMBERS, REFERENCE_RUNS, seed, pool)
            halves.append(odds(points.reshape(-1, len(NUMBERS))).reshape(points.shape[:-1]))
    shares = [shares_of(half, 0.5 * weight) for half in halves]
    return shares_of(sum(halves) / 2, 0.5 * weight), 0.5 * rms(shares[0] - shares[1])


def shares_of(odds: np.ndarray, weight: np.ndarray) -> Shares:
    """Return S1 and ST of a function by its values on a grid of nodes with these weights.

    Examples
    --------
    >>> shares_of(np.array([[0.0, 1.0], [0.0, 1.0]]), np.array([0.5, 0.5])).tolist()
    [[0.0, 1.0], [0.0, 1.0]]
    """

    def mean(values: np.ndarray, over: tuple[int, ...]) -> np.ndarray:
        for axis in sorted(over, reverse=True):
            values = np.tensordot(values, weight, (axis, 0))
        return values

    every = tuple(range(odds.ndim))
    centre = mean(odds, every)
    whole = mean((odds - centre) ** 2, every)
    alone, along = [], []
    for k in every:
        others = tuple(axis for axis in every if axis != k)
        alone.append(weight @ (mean(odds, others) - centre) ** 2 / whole)
        without = np.expand_dims(mean(odds, (k,)), k)
        along.append(mean((odds - without) ** 2, every) / whole)
    return np.array([alone, along])


def rms(off: np.ndarray) -> float:
    """Return the root mean square."""
    return float(np.sqrt(np.mean(off**2)))


def studies(scenario: ng.Scenario) -> tuple[dict[str, Study], list[str]]:
    """Return who answers, and who is not installed."""
    found: dict[str, Study] = {
        "ours": partial(ours, scenario),
        "SALib": partial(by_salib, scenario),
    }
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it does without
            import ema_workbench  # noqa: F401
    except ImportError:
        return found, ["ema-workbench"]
    return found | {"ema-workbench": partial(by_workbench, scenario)}, []


def points_by(who: str) -> int:
    """Return at how many points somebody asks the model."""
    return points_of("sobol", len(NUMBERS), SAMPLES, pairs=who == "ema-workbench")


def measure() -> dict[str, Any]:
    """Return how long each takes and how far it is off, round by round, in turn."""
    scenario = question()
    exact, chance = reference(scenario)
    who, missing = studies(scenario)
    times: dict[str, list[float]] = {name: [] for name in who}
    off: dict[str, list[np.ndarray]] = {name: [] for name in who}
    for name in who:  # what is imported and compiled once is not timed
        who[name](0)
    for number in range(ROUNDS):
        for name, study in who.items():
            kept: list[Shares] = []
            times[name].append(seconds_of(lambda s=study, k=kept, n=number: k.append(s(n + 1))))
            off[name].append(kept[0] - exact)
    rows = []
    for name in who:
        points, pilot = points_by(name), PILOT_WORLDS * PILOT_RUNS if name == "ours" else 0
        errors = np.array(off[name])
        rows.append(
            {
                "who": name, "points": points, "runs": points * RUNS[name] + pilot,
                **ratio_of(times[name], times["ours"]),
                "off": {m: rms(errors[:, k]) for k, m in enumerate(MEASURES)},
                "off_by_round": {
                    m: [rms(e) for e in errors[:, k]] for k, m in enumerate(MEASURES)
                },
            }
        )  # fmt: skip
    found = {
        "scenario": NAME, "outcome": OUTCOME, "numbers": list(NUMBERS), "rows": rows,
        "reference": {
            "points": NODES ** len(NUMBERS), "chance": chance,
            "runs": NODES ** len(NUMBERS) * REFERENCE_RUNS * len(REFERENCE_SEEDS),
            **{m: exact[k].tolist() for k, m in enumerate(MEASURES)},
        },
        "missing": missing,
    }  # fmt: skip
    if not missing:
        seconds = min(seconds_of(partial(experiments, nothing)) for _ in range(3))
        found["experiment_of_nothing_s"] = seconds / points_by("ema-workbench")
    return found


def told(found: dict[str, Any]) -> list[str]:
    """Return lines of a table."""
    lines = [
        f"shares of the variance of the odds of {found['outcome']}, {found['scenario']}, that "
        f"{len(found['numbers'])} numbers explain: off by, root mean square (least to most)"
    ]
    for row in found["rows"]:
        parts = [
            f"{m} {row['off'][m]:.3f} ({min(row['off_by_round'][m]):.3f} to "
            f"{max(row['off_by_round'][m]):.3f})"
            for m in MEASURES
        ]
        lines.append(
            f"  {row['who']:<15}{row['points']:>4} points, {row['runs']:,} runs "
            f"{row['theirs_s']:>6.2f} s, {row['ratio']:.2f} of ours ({row['least']:.2f} to "
            f"{row['most']:.2f})  {', '.join(parts)}"
        )
    about = found["reference"]
    lines.append(
        f"  reference: {about['points']} nodes, {about['runs']:,} runs, itself within "
        f"{about['chance']:.3f}"
    )
    if "experiment_of_nothing_s" in found:
        lines.append(
            f"  an experiment of a model that does nothing costs ema-workbench "
            f"{1e3 * found['experiment_of_nothing_s']:.2f} ms"
        )
    return lines + [f"not installed: {name}" for name in found["missing"]]

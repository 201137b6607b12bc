"""``negotiation sensitivity``: which of the uncertain numbers drive the odds."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from negotiation.cli import options as o
from negotiation.cli.say import say
from negotiation.errors import OutOfRange

if TYPE_CHECKING:
    from negotiation.cli.drivers_text import Drivers
    from negotiation.scenario import Scenario

PLACE = 64
ONE_AT_A_TIME = "one-at-a-time"
METHODS = ("sobol", "morris", "prcc", ONE_AT_A_TIME)
RUNS_AT_A_POINT, RUNS_IN_A_CELL = 200, 2_000
MOST_RUNS = 10_000_000_000  # of all points together: days
MOST_ENTRIES = 50_000_000  # quantiles, of 8 bytes each, in several copies

Method = Annotated[
    str,
    o.text(
        "METHOD",
        "sobol (shares of the variance), morris (screening), prcc (rank correlations) or "
        "one-at-a-time.",
    ),
]
Outcome = Annotated[str, o.text("NAME", "Whose odds.")]
Numbers = Annotated[
    list[str] | None,
    o.text("KEY", "An uncertain number asked about; repeat for more; by default all.", "--number"),
]
Samples = Annotated[
    int | None,
    o.number(
        "N", "Size of the method's sample; by default 128 (sobol), 64 (morris), 1,024 (prcc)."
    ),
]
Runs = Annotated[
    int | None,
    o.number("N", "Runs at each point, the same at each; by default 200, one at a time 2,000."),
]
Out = Annotated[Path | None, o.text("DIR", "Folder for a picture and the numbers as JSON.")]


def sensitivity(
    scenario: o.ScenarioName = o.DEFAULT_SCENARIO,
    method: Method = "sobol",
    outcome: Outcome = "summit_deal",
    numbers: Numbers = None,
    samples: Samples = None,
    runs: Runs = None,
    seed: o.Seed = 1,
    settings: o.Settings = None,
    us: o.UsStrategy = None,
    china: o.ChinaStrategy = None,
    workers: o.Workers = None,
    out: Out = None,
    as_json: o.AsJson = False,
    quiet: o.Quiet = False,
) -> None:
    """Estimate which of the uncertain numbers drive the odds.

    Example: negotiation sensitivity --method one-at-a-time
    """
    from negotiation.cli import drivers_text, files
    from negotiation.errors import UnknownName
    from negotiation.tally import named

    if method not in METHODS:
        raise UnknownName("method", method, METHODS, "--method")
    named(outcome)
    o.within("--runs", 2 if runs is None else runs, 2, 1_000_000)
    o.within("--samples", 4 if samples is None else samples, 4, 1_000_000)
    o.within("--seed", seed, 0, 2**63 - 1)
    cores = o.cores(workers)
    chosen = o.load(scenario, o.changes(settings, us, china))
    folder = None
    if out is not None:
        folder = files.results_folder(out, chosen, "sensitivity.json")
    found = estimate(chosen, method, outcome, numbers, samples, runs, seed, cores, quiet)
    if folder is not None:
        data = files.as_json(found.to_dict())
        (folder / "sensitivity.json").write_text(data + "\n", "utf-8")
        draw(found, folder / f"sensitivity-{method}")
    say(files.as_json(found.to_dict()) if as_json else drivers_text.told(found, folder))


def estimate(
    scenario: Scenario,
    method: str,
    outcome: str,
    numbers: list[str] | None,
    samples: int | None,
    runs: int | None,
    seed: int,
    workers: int,
    quiet: bool,
) -> Drivers:
    """Play the points on threads, with progress."""
    from negotiation.analysis.sensitivity import SAMPLES
    from negotiation.analysis.sensitivity import sensitivity as indices
    from negotiation.cli import drivers_text
    from negotiation.cli.first_use import compiling
    from negotiation.cli.pace import pace
    from negotiation.ensemble import Ensemble
    from negotiation.sweep.executors import opened
    from negotiation.sweep.grids import one_at_a_time, uncertain_numbers
    from negotiation.sweep.run import sweep

    factors = uncertain_numbers(scenario, numbers)
    size, each = samples or SAMPLES.get(method, 1), runs or RUNS_AT_A_POINT
    points = {"sobol": len(factors) + 2, "morris": len(factors) + 1}.get(method, 1) * size
    few_enough(points, each, len(factors))
    with compiling("sensitivity", quiet=quiet):  # not in the threads, where Ctrl-C would wait
        ensemble = Ensemble(scenario)
        if method == ONE_AT_A_TIME:
            ensemble.rows(seed=0, first=0, count=1)
        else:
            drivers_text.compile_points(ensemble, outcome)
    with opened(None, workers) as pool:
        if method == ONE_AT_A_TIME:
            design = one_at_a_time(scenario, list(factors), replicates=runs or RUNS_IN_A_CELL)
            with pace(design.runs, quiet=quiet) as progress:
                results = sweep(design, seed=seed, executor=pool, progress=progress)
            return drivers_text.alone(results, scenario, outcome)
        with pace(points * each, quiet=quiet) as progress:
            found = indices(
                scenario,
                outcome=outcome,
                method=method,
                numbers=list(factors),
                samples=size,
                runs_per_point=each,
                seed=seed,
                executor=pool,
                progress=progress,
            )
        return drivers_text.together(found, seed, scenario)


def few_enough(points: int, runs: int, numbers: int) -> None:
    """Refuse what would take weeks, or more memory than there is."""
    if points * runs > MOST_RUNS:
        raise OutOfRange(
            "--samples times --runs, all points", points * runs, f"up to {MOST_RUNS:,}"
        )
    if points * numbers > MOST_ENTRIES:
        raise OutOfRange("points times numbers", points * numbers, f"up to {MOST_ENTRIES:,}")


def draw(found: Drivers, stem: Path) -> None:
    """Draw what was found, and save it with its words."""
    os.environ.setdefault("MPLBACKEND", "Agg")
    from negotiation.cli.drivers_text import picture
    from negotiation.plots import style
    from negotiation.words.changes import told

    ax = style.headed(picture(found), found.of.title, told(found.of))
    alt = " ".join(ax.alt_text.split())  # type: ignore[attr-defined]
    style.save(ax.figure, stem, alt=alt)  # type: ignore[arg-type]

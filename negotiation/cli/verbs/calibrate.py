"""``negotiation calibrate``: estimate the behavioural parameters from past decision points."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from negotiation.cli import options as o
from negotiation.cli.say import say

PLACE = 71
DRAWS, RUNS = 1024, 200
MOST_RUNS = 1_000_000_000  # for each episode: days

Draws = Annotated[int, o.number("N", "Draws of the prior; a power of two.")]
Runs = Annotated[int, o.number("N", "Negotiations per draw and episode.")]
Out = Annotated[
    Path | None,
    o.text(
        "FILE",
        "The file to write; by default out/posterior.json, other draws, runs and seeds in a file "
        "of their own.",
    ),
]


def calibrate(
    draws: Draws = DRAWS,
    runs: Runs = RUNS,
    seed: o.Seed = 1,
    out: Out = None,
    workers: o.Workers = None,
    quiet: o.Quiet = False,
) -> None:
    """Estimate the numbers that no source gives, from past decision points.

    Example: negotiation calibrate --draws 64 --runs 20
    """
    from negotiation.cli.files import otherwise
    from negotiation.cli.hindcast_text import calibration_report
    from negotiation.cli.pace import pace
    from negotiation.errors import InputError
    from negotiation.hindcast import calibrate as c
    from negotiation.hindcast import provenance
    from negotiation.hindcast.provenance import write
    from negotiation.hindcast.reading import shipped
    from negotiation.sweep.whose import same_question

    o.within("--draws", draws, 64, 1_000_000)
    if draws & (draws - 1):
        raise InputError(f"--draws = {draws} is not a power of two; allowed: 64, 128, 256, ...")
    o.within("--runs", runs, 20, 1_000_000)
    o.within("--draws times --runs", draws * runs, 1, MOST_RUNS)
    o.within("--seed", seed, 0, 2**32 - 1)
    cores = o.cores(workers)
    command = f"negotiation calibrate --draws {draws} --runs {runs} --seed {seed}"
    if out is None:
        numbers = otherwise(draws=(draws, DRAWS), runs=(runs, RUNS), seed=(seed, 1))
        out = Path("out", f"posterior{numbers and f'-{numbers}'}.json")
    write(out, None)  # before anything is computed in vain
    same_question(out, {"draws": draws, "runs": runs, "seed": seed}, question_of)
    rows = shipped()
    c.simulate(rows[:1], draws=2, runs=1, seed=seed)  # compiled here and not in the threads
    with pace(draws * runs * len(rows), what="negotiations", quiet=quiet) as done:
        values, shares = c.simulate(
            rows, draws=draws, runs=runs, seed=seed, workers=cores, progress=done
        )
    found = c.calibrated(rows, values, shares, runs=runs)
    origin = provenance.of(seed=seed, draws=draws, runs=runs, command=command)
    write(out, {"provenance": origin, **found})
    say(calibration_report(found, out))


def question_of(told: dict[str, Any]) -> dict[str, Any]:
    """Return what decided the calibration in a file, beside the episodes."""
    origin = told["provenance"]
    runs = origin["runs_per_draw_and_episode"]
    return {"draws": origin["draws"], "runs": runs, "seed": origin["seed"]}

"""``negotiation calibrate``: estimate the behavioural parameters from past decision points."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from negotiation.cli import options as o
from negotiation.cli.say import say

PLACE = 71
DRAWS, RUNS = 2048, 300
MOST_RUNS = 1_000_000_000  # for each episode: days

Draws = Annotated[int, o.number("N", "Draws of the prior; a power of two.")]
Runs = Annotated[int, o.number("N", "Negotiations per draw and episode.")]
Out = Annotated[Path, o.text("FILE", "The file to write.")]


def calibrate(
    draws: Draws = DRAWS,
    runs: Runs = RUNS,
    seed: o.Seed = 1,
    out: Out = Path("out/posterior.json"),
    workers: o.Workers = None,
    quiet: o.Quiet = False,
) -> None:
    """Estimate the numbers that no source gives, from past decision points.

    Example: negotiation calibrate --draws 64 --runs 20
    """
    from negotiation.cli.first_use import compiling
    from negotiation.cli.hindcast_text import calibration_report
    from negotiation.cli.pace import pace
    from negotiation.errors import InputError
    from negotiation.hindcast import calibrate as c
    from negotiation.hindcast import provenance
    from negotiation.hindcast.provenance import write
    from negotiation.hindcast.reading import shipped

    o.within("--draws", draws, 64, 1_000_000)
    if draws & (draws - 1):
        raise InputError(f"--draws = {draws} is not a power of two; allowed: 64, 128, 256, ...")
    o.within("--runs", runs, 20, 1_000_000)
    o.within("--draws times --runs", draws * runs, 1, MOST_RUNS)
    o.within("--seed", seed, 0, 2**32 - 1)
    cores = o.cores(workers)
    command = f"negotiation calibrate --draws {draws} --runs {runs} --seed {seed}"
    write(out, None)  # before anything is computed in vain
    rows = shipped()
    with compiling("calibrate", quiet=quiet):
        c.simulate(rows[:1], draws=2, runs=1, seed=seed)
    with pace(draws * runs * len(rows), what="negotiations", quiet=quiet) as done:
        values, shares = c.simulate(
            rows, draws=draws, runs=runs, seed=seed, workers=cores, progress=done
        )
    found = c.calibrated(rows, values, shares, runs=runs)
    origin = provenance.of(seed=seed, draws=draws, runs=runs, command=command)
    write(out, {"provenance": origin, **found})
    say(calibration_report(found, out))

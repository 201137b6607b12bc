"""``negotiation calibrate``: estimate the behavioural parameters from past decision points."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from negotiation.cli import options as o

PLACE = 71
DRAWS, RUNS = 2048, 300

Draws = Annotated[
    int,
    typer.Option(parser=o.whole, metavar="N", help="Draws of the prior; a power of two."),
]
Runs = Annotated[
    int, typer.Option(parser=o.whole, metavar="N", help="Negotiations per draw and episode.")
]
Workers = Annotated[
    int | None,
    typer.Option(
        parser=o.whole, metavar="N", help="Threads; by default one a core.", show_default=False
    ),
]
Out = Annotated[Path, typer.Option(metavar="FILE", help="The file to write.")]


def add_to(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(calibrate)


def calibrate(
    draws: Draws = DRAWS,
    runs: Runs = RUNS,
    seed: o.Seed = 1,
    out: Out = Path("out/posterior.json"),
    workers: Workers = None,
    quiet: o.Quiet = False,
) -> None:
    """Estimate the numbers that no source gives, from past decision points."""
    from negotiation.cli.first_use import compiling
    from negotiation.cli.hindcast_text import calibration_report
    from negotiation.cli.pace import pace
    from negotiation.errors import InputError
    from negotiation.hindcast import calibrate as c
    from negotiation.hindcast import provenance
    from negotiation.hindcast.keeping import write
    from negotiation.hindcast.reading import shipped

    o.within("--draws", draws, 64, 1_000_000)
    if draws & (draws - 1):
        raise InputError(f"--draws = {draws} is not a power of two; allowed: 64, 128, 256, ...")
    o.within("--runs", runs, 20, 1_000_000)
    o.within("--seed", seed, 0, 2**32 - 1)
    o.within("--workers", 1 if workers is None else workers, 1, 4096)
    command = f"negotiation calibrate --draws {draws} --runs {runs} --seed {seed}"
    write(out, None)  # before anything is computed in vain
    rows = shipped()
    with compiling("calibrate", quiet=quiet):
        c.simulate(rows[:1], draws=2, runs=1, seed=seed)
    with pace(draws * runs * len(rows), what="negotiations", quiet=quiet) as done:
        values, shares = c.simulate(
            rows,
            draws=draws,
            runs=runs,
            seed=seed,
            workers=workers or os.cpu_count() or 1,
            progress=done,
        )
    found = c.calibrated(rows, values, shares, runs=runs)
    origin = provenance.of(seed=seed, draws=draws, runs=runs, command=command)
    write(out, {"provenance": origin, **found})
    typer.echo(calibration_report(found, out))

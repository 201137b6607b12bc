"""``negotiation hindcast``: forecasts of past decisions from what was known before, and scores."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from negotiation.cli import options as o
from negotiation.cli.say import say

if TYPE_CHECKING:
    from negotiation.hindcast.coming import Coming
    from negotiation.hindcast.episodes import Coded

PLACE = 70
RUNS = 100

File = Annotated[
    Path | None,
    o.argument(
        "FILE.csv|DIR",
        "Episodes to forecast, or decisions in the columns of the record; by default the shipped "
        "episodes, each left out when forecast.",
    ),
]
Runs = Annotated[int, o.number("N", "Negotiations per episode and posterior draw.")]


def hindcast(
    file: File = None,
    runs: Runs = RUNS,
    seed: o.Seed = 1,
    csv: o.Csv = None,
    xlsx: o.Xlsx = None,
    as_json: o.AsJson = False,
    workers: o.Workers = None,
    quiet: o.Quiet = False,
) -> None:
    """Forecast past decisions from what was known before them, and score the forecasts.

    Example: negotiation hindcast --json
    """
    from negotiation.cli import files
    from negotiation.cli.hindcast_text import forecast_report, shipped_report
    from negotiation.cli.record_text import record_report
    from negotiation.hindcast import coming, forecast, reading
    from negotiation.hindcast.learned import calibration
    from negotiation.sweep.spreadsheet import table_of

    o.within("--runs", runs, 1, 1_000_000)
    o.within("--seed", seed, 0, 2**32 - 1)
    cores = o.cores(workers)
    files.tables_wanted(csv, xlsx)
    if file is None:
        found = forecast.out_of_sample()
        if csv or xlsx:
            files.write_tables(csv, xlsx, {"forecasts": table_of(found["episodes"])})
        say(files.as_json(found) if as_json else shipped_report(calibration()))
        return
    if coming.in_columns_of_the_record(file):
        found = of_the_record(coming.load(file), runs=runs, seed=seed, workers=cores, quiet=quiet)
        if csv or xlsx:
            files.write_tables(csv, xlsx, {"forecasts": table_of(found["decisions"])})
        say(files.as_json(found) if as_json else record_report(found, str(file)))
        return
    rows = reading.load(file)
    found = forecasts(rows, runs=runs, seed=seed, workers=cores, quiet=quiet)
    if csv or xlsx:
        files.write_tables(csv, xlsx, {"forecasts": table_of(found["episodes"])})
    say(files.as_json(found) if as_json else forecast_report(found, str(file)))


def of_the_record(
    rows: list[Coming], *, runs: int, seed: int, workers: int, quiet: bool
) -> dict[str, Any]:
    """Forecast rows in the columns of the record, of any two sides."""
    from negotiation.cli.pace import pace
    from negotiation.hindcast import coming
    from negotiation.hindcast.scenario_file import KEPT

    coming.forecast(rows[:1], runs=1, seed=seed)  # compiled here and not in the threads
    with pace(KEPT * runs * len(rows), what="negotiations", quiet=quiet) as done:
        return coming.forecast(rows, seed=seed, runs=runs, workers=workers, progress=done)


def forecasts(
    rows: list[Coded], *, runs: int, seed: int, workers: int, quiet: bool
) -> dict[str, Any]:
    """Forecast the rows of a file, and tell how far it has come."""
    from negotiation.cli.pace import pace
    from negotiation.hindcast import forecast
    from negotiation.hindcast.learned import calibration

    draws = len(calibration()["sample"])
    forecast.forecast(rows[:1], runs=1, seed=seed)  # compiled here and not in the threads
    with pace(draws * runs * len(rows), what="negotiations", quiet=quiet) as done:
        return forecast.forecast(rows, seed=seed, runs=runs, workers=workers, progress=done)

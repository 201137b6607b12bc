"""``negotiation odds``: how likely each ending is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from negotiation.cli import options as o
from negotiation.cli.say import say

if TYPE_CHECKING:
    from pyarrow import RecordBatch

    from negotiation.analysis.barriers import Barrier
    from negotiation.analysis.odds import Odds
    from negotiation.hindcast.as_recorded import Told
    from negotiation.scenario import Scenario

PLACE = 10
RUNS = 100_000
MOST_RUNS = 1_000_000_000
THEN = "now as the uncertain assumptions vary"
FILES = ("odds.json", "odds.png", "odds.svg", "odds.txt")

Runs = Annotated[int, o.number("N", "Negotiations to play.")]
Worlds = Annotated[
    int, o.number("N", "Draws of the uncertain numbers for the wide interval; 0 leaves it out.")
]
Out = Annotated[
    Path | None,
    o.text(
        "DIR",
        "Folder for the picture and odds.json; by default out/SCENARIO, changed settings, runs, "
        "seed and worlds in a folder of their own there; with --json none.",
    ),
]
Days = Annotated[
    Path | None, o.text("FILE", "Each run day by day, as a .parquet or .csv file.", "--days")
]


def odds(
    scenario: o.ScenarioName = o.DEFAULT_SCENARIO,
    runs: Runs = RUNS,
    seed: o.Seed = 1,
    settings: o.Settings = None,
    us: o.UsStrategy = None,
    china: o.ChinaStrategy = None,
    out: Out = None,
    csv: o.Csv = None,
    xlsx: o.Xlsx = None,
    days: Days = None,
    as_json: o.AsJson = False,
    worlds: Worlds = o.WORLDS,
    workers: o.Workers = None,
    quiet: o.Quiet = False,
) -> None:
    """Estimate how likely the truce is to hold and the sides are to sign.

    Example: negotiation odds --set deadline.ultimatum=4 --us boulware
    """
    from negotiation.cli import files
    from negotiation.cli.odds_text import closing, report

    o.within("--runs", runs, 1, MOST_RUNS)
    o.within("--seed", seed, 0, 2**63 - 1)
    o.within("--worlds", worlds, 0, 1_000_000)
    cores = o.cores(workers)
    chosen = o.load(scenario, o.changes(settings, us, china))
    folder = None
    if out is not None or not as_json:
        numbers = {"runs": (runs, RUNS), "seed": (seed, 1), "worlds": (worlds, o.WORLDS)}
        asked = {"scenario": chosen.fingerprint, "runs": runs, "seed": seed, "worlds": worlds}
        folder = files.results_folder(
            out, chosen, FILES, asked, question_of, numbers=files.otherwise(**numbers)
        )
    files.tables_wanted(csv, xlsx, days)
    batches = None if days is None else every_day(chosen, runs, seed, days)
    if chosen.record is not None:  # refused before anything is computed in vain
        from negotiation.hindcast.as_recorded import table_of_draws

        table_of_draws(chosen, chosen.record)
    result = estimate(chosen, runs, seed, worlds, cores, quiet)
    never = what_stands_in_the_way(result, chosen, seed)
    told = {**result.to_dict(), "never": [asdict(barrier) for barrier in never]}
    record = recorded(chosen, seed, cores)
    if record is not None:
        told["record"] = record.to_dict()
    if folder is not None:
        files.write_json(folder / "odds.json", told, chosen)
    if days is not None and batches is not None:
        from negotiation.sweep.days import write_days

        files.folder_of(days)
        write_days(batches, days)
    if csv or xlsx:
        files.write_tables(csv, xlsx, {"odds": result.to_arrow()}, of=[chosen])
    # the numbers first: drawing takes longer than they do
    say(files.as_json(told, chosen) if as_json else report(result, chosen, never, record))
    pictures = [] if folder is None else draw(result, chosen, folder / "odds")
    if not as_json:
        follow = o.again("run", scenario, settings, us, china, seed=seed)
        say(closing(folder, pictures, follow))


def what_stands_in_the_way(result: Odds, scenario: Scenario, seed: int) -> tuple[Barrier, ...]:
    """Return why what never happened does not, for what could."""
    from negotiation.words.outcomes import NEVER, impossible

    out = impossible(scenario)
    among = [name for name in NEVER if result.events[name].p == 0.0 and name not in out]
    if not among:
        return ()
    from negotiation.analysis.barriers import barriers

    return barriers(scenario, among, seed=seed)


def question_of(told: dict[str, Any]) -> dict[str, Any]:
    """Return what decided the odds in a file."""
    numbers = {name: told[name] for name in ("runs", "seed", "worlds")}
    return {"scenario": told["fingerprint"], **numbers}


def every_day(scenario: Scenario, runs: int, seed: int, place: Path) -> Iterator[RecordBatch]:
    """Return the runs day by day, not yet played, or say why they cannot be written so."""
    from negotiation.sweep.days import days, format_of

    format_of(place)
    return days(scenario, runs=runs, seed=seed)


def estimate(
    scenario: Scenario, runs: int, seed: int, worlds: int, workers: int, quiet: bool
) -> Odds:
    """Play the runs on threads, with a bar on a terminal."""
    from negotiation.analysis.odds import odds as estimate_odds
    from negotiation.cli.pace import pace
    from negotiation.ensemble import refuse_python
    from negotiation.sweep.executors import opened

    refuse_python(scenario)
    # compiled here and not in the threads, where Ctrl-C would have to wait for it
    estimate_odds(scenario, runs=1, seed=seed, worlds=0)
    with (
        opened(None, workers) as pool,
        pace(runs, what="negotiations", then=THEN if worlds else "", quiet=quiet) as done,
    ):
        return estimate_odds(
            scenario, runs=runs, seed=seed, worlds=worlds, executor=pool, progress=done
        )


def recorded(scenario: Scenario, seed: int, workers: int) -> Told | None:
    """Return what a record would say of the scenario's decision, if it says how that is told."""
    if scenario.record is None:
        return None
    from negotiation.hindcast.as_recorded import as_recorded

    return as_recorded(scenario, seed=seed, workers=workers)


def draw(result: Odds, scenario: Scenario, stem: Path) -> list[Path]:
    """Draw the odds and return the pictures written."""
    os.environ.setdefault("MPLBACKEND", "Agg")
    from negotiation.plots import outcomes, style

    ax: Any = outcomes.odds(result, scenario=scenario)
    written = style.save(ax.figure, stem, alt=ax.alt_text)
    return [path for path in written if path.suffix != ".txt"]

"""``negotiation odds``: how likely each ending is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from negotiation import head_start
from negotiation.cli import drawing
from negotiation.cli import options as o
from negotiation.cli.say import say
from negotiation.errors import InputError, OutOfRange
from negotiation.shipped import shipped
from negotiation.words.language import marked, tr

if TYPE_CHECKING:
    from pyarrow import RecordBatch

    from negotiation.analysis.barriers import Barrier
    from negotiation.analysis.odds_result import Odds
    from negotiation.hindcast.as_recorded import RecordOdds
    from negotiation.scenario import Scenario

PLACE = 10
RUNS = 100_000
MOST_RUNS = 1_000_000_000
# as in analysis, which would take long to import: the usual precision, and how far it may go
WITHIN, NARROWEST, WIDEST = 0.005, 0.0002, 0.5
FEW = 8192  # runs that a precision takes at least
THEN = marked("now as the uncertain assumptions vary")
FILES = ("odds.json", "odds.png", "odds.svg", "odds.txt")

Within = Annotated[
    str | None,
    o.text(
        "POINTS",
        "Half of the 95% interval that the two headlines may have, by default 0.5: as many are "
        "played as that takes.",
    ),
]
Runs = Annotated[
    int | None,
    o.number("N", "Count so many negotiations instead, as a reference: far slower. [100000]"),
]
Worlds = Annotated[
    int | None,
    o.number(
        "N",
        "With --runs: draws of the uncertain numbers for the wide interval; 0 leaves it out. "
        "[2048]",
    ),
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
    within: Within = None,
    runs: Runs = None,
    seed: o.Seed = 1,
    settings: o.Settings = None,
    us: o.UsStrategy = None,
    china: o.ChinaStrategy = None,
    out: Out = None,
    csv: o.Csv = None,
    xlsx: o.Xlsx = None,
    days: Days = None,
    as_json: o.AsJson = False,
    worlds: Worlds = None,
    workers: o.Workers = None,
    language: o.Language = "en",
    quiet: o.Quiet = False,
) -> None:
    """Estimate how likely the truce is to hold and the sides are to sign.

    Example: negotiation odds --set deadline.ultimatum=4 --us boulware
    """
    o.spoken(language)
    how = way(within, runs, worlds, days is not None)
    o.within("--seed", seed, 0, 2**63 - 1)
    cores = o.cores(workers)
    place = None
    if how.within is not None and cores > 1:  # one that imports, and one that plays meanwhile
        own = scenario if scenario in shipped() else Path(scenario).absolute()
        place = head_start.place_of(own, settings, us, china)
        head_start.begin(place, seed)
    from negotiation.cli import files
    from negotiation.cli.odds_text import closing, report

    chosen = o.load(scenario, o.changes(settings, us, china))
    folder = None
    if out is not None or not as_json:
        asked = {"scenario": chosen.fingerprint, "seed": seed, **how.asked}
        folder = files.results_folder(
            out, chosen, FILES, asked, question_of, numbers=how.folder(seed)
        )
    files.tables_wanted(csv, xlsx, days)
    batches = None if days is None else every_day(chosen, how.runs, seed, days)
    if chosen.record is not None:  # refused before anything is computed in vain
        from negotiation.hindcast.as_recorded import table_of_draws

        table_of_draws(chosen, chosen.record)
    result = estimate(chosen, how, seed, cores, quiet)
    never = what_stands_in_the_way(result, chosen, seed)
    told = {**result.to_dict(), "never": [asdict(barrier) for barrier in never]}
    record = recorded(chosen, seed, cores)
    if record is not None:
        told["record"] = record.to_dict()

    def answer() -> str:
        return files.as_json(told, chosen) if as_json else report(result, chosen, never, record)

    with files.or_said(answer):
        if folder is not None:
            files.write_json(folder / "odds.json", told, chosen)
        if days is not None and batches is not None:
            from negotiation.sweep.days import write_days

            files.folder_of(days)
            write_days(batches, days)
        if csv or xlsx:
            files.write_tables(csv, xlsx, {"odds": result.to_arrow()}, of=[chosen])
    # the numbers first: drawing takes longer than they do
    say(answer())
    pictures, remark = ([], "") if folder is None else draw(result, chosen, folder / "odds")
    if remark and not quiet:
        say(remark, err=True)
    if not as_json:
        follow = o.again("run", scenario, settings, us, china, seed=seed)
        follow += f" --language {language}" if language != "en" else ""
        say(closing(folder, pictures, follow))
    if place is not None:
        from negotiation.analysis.until_precise import keep_head_start

        keep_head_start(chosen, place)


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
    names = ("runs", "worlds") if told["within"] is None else ("within",)
    return {"scenario": told["fingerprint"], **{name: told[name] for name in ("seed", *names)}}


def every_day(scenario: Scenario, runs: int, seed: int, place: Path) -> Iterator[RecordBatch]:
    """Return the runs day by day, not yet played, or say why they cannot be written so."""
    from negotiation.sweep.days import days, format_of

    format_of(place)
    return days(scenario, runs=runs, seed=seed)


class Way(NamedTuple):
    """How the odds are estimated: to a precision, as a probability, or by counting so many runs."""

    within: float | None
    runs: int
    worlds: int

    @property
    def asked(self) -> dict[str, Any]:
        """What of it decides the answer, under the names of the JSON."""
        counting = {"runs": self.runs, "worlds": self.worlds}
        return counting if self.within is None else {"within": self.within}

    def pace(self, then: str) -> tuple[int, str]:
        """Return how many runs there will be at least, and what comes ``then`` if anything does."""
        if self.within is not None:
            return FEW, ""
        return self.runs, then if self.worlds else ""

    def folder(self, seed: int) -> str:
        """Return the name of the folder where it is not the usual way; empty where it is."""
        from negotiation.cli import files

        if self.within is None:
            return files.otherwise(
                runs=(self.runs, 0), seed=(seed, 1), worlds=(self.worlds, o.WORLDS)
            )
        points = f"{100 * self.within:g}"
        return files.otherwise(within=(points, f"{100 * WITHIN:g}"), seed=(seed, 1))


def way(within: str | None, runs: int | None, worlds: int | None, counted: bool = False) -> Way:
    """Return how the odds are to be estimated, or say why not so.

    Examples
    --------
    >>> way("0.1", None, None).within, way(None, 500, None).worlds
    (0.001, 2048)
    """
    if within is None and runs is None and worlds is None and not counted:
        return Way(WITHIN, 0, 0)
    if within is None:
        runs, worlds = RUNS if runs is None else runs, o.WORLDS if worlds is None else worlds
        o.within("--runs", runs, 1, MOST_RUNS)
        o.within("--worlds", worlds, 0, 1_000_000)
        return Way(None, runs, worlds)
    other = "--runs" if runs is not None else "--worlds" if worlds is not None else "--days"
    if runs is not None or worlds is not None or counted:
        raise InputError(
            tr("--within: it plays as many runs as that takes; leave out {other}.", other=other)
        )
    try:
        points = float(within)
    except ValueError:
        points = math.nan
    if math.isnan(points):
        given = repr(within)
        raise InputError(
            tr("--within = {given}: expected a number of points, such as 0.5.", given=given)
        )
    if not NARROWEST <= points / 100 <= WIDEST:
        ends = {"low": f"{100 * NARROWEST:g}", "high": f"{100 * WIDEST:g}"}
        raise OutOfRange("--within", within, tr("from {low} to {high}, in points", **ends))
    return Way(points / 100, 0, 0)


def estimate(scenario: Scenario, how: Way, seed: int, workers: int, quiet: bool) -> Odds:
    """Play the runs on threads, with a bar on a terminal."""
    from negotiation.analysis.odds import odds as estimate_odds
    from negotiation.cli.pace import pace
    from negotiation.ensemble import Ensemble
    from negotiation.sweep.executors import opened

    Ensemble(scenario).compile()
    total, then = how.pace(THEN)
    with (
        opened(None, workers) as pool,
        pace(total, what=tr("negotiations"), then=then and tr(then), quiet=quiet) as done,
    ):
        return estimate_odds(scenario, seed=seed, executor=pool, progress=done, **how.asked)


def recorded(scenario: Scenario, seed: int, workers: int) -> RecordOdds | None:
    """Return what a record would say of the scenario's decision, if it says how that is told."""
    if scenario.record is None:
        return None
    from negotiation.hindcast.as_recorded import as_recorded

    return as_recorded(scenario, seed=seed, workers=workers)


def draw(result: Odds, scenario: Scenario, stem: Path) -> tuple[list[Path], str]:
    """Draw the odds; return the pictures written, and a remark if there is one to make."""
    drawing.ready()
    from negotiation.plots import letters, outcomes, style
    from negotiation.words.changes import in_lines

    remark = letters.remark()
    with letters.legible():
        ax: Any = outcomes.odds(result, scenario=scenario, changed=in_lines(scenario))
        written = style.save(ax.figure, stem, alt=ax.alt_text)
    return [path for path in written if path.suffix != ".txt"], remark

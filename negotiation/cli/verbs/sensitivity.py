"""``negotiation sensitivity``: which of the uncertain numbers drive the odds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from negotiation.cli import drawing
from negotiation.cli import options as o
from negotiation.cli.say import say
from negotiation.errors import InputError

if TYPE_CHECKING:
    from negotiation.cli.drivers_text import Drivers
    from negotiation.scenario import Scenario

PLACE = 64
ONE_AT_A_TIME = "one-at-a-time"
METHODS = ("sobol", "morris", "prcc", ONE_AT_A_TIME)
RUNS_AT_A_POINT, RUNS_IN_A_CELL = 100, 2_000

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
    o.number("N", "Runs at each point, the same at each; by default 100, one at a time 2,000."),
]
Groups = Annotated[
    list[str] | None,
    o.text("NAME=KEY,KEY", "Move these together, as one; a * in KEY is anything.", "--group"),
]
Pairs = Annotated[bool, o.flag("What two do together beyond each alone (sobol only).", "--pairs")]
Out = Annotated[Path | None, o.text("DIR", "Folder for a picture and the numbers as JSON.")]


def sensitivity(
    scenario: o.ScenarioName = o.DEFAULT_SCENARIO,
    method: Method = "sobol",
    outcome: Outcome = "summit_deal",
    numbers: Numbers = None,
    groups: Groups = None,
    pairs: Pairs = False,
    samples: Samples = None,
    runs: Runs = None,
    seed: o.Seed = 1,
    settings: o.Settings = None,
    us: o.UsStrategy = None,
    china: o.ChinaStrategy = None,
    workers: o.Workers = None,
    out: Out = None,
    csv: o.Csv = None,
    xlsx: o.Xlsx = None,
    as_json: o.AsJson = False,
    quiet: o.Quiet = False,
) -> None:
    """Estimate which of the uncertain numbers drive the odds.

    Example: negotiation sensitivity --method one-at-a-time
    """
    from negotiation.cli import drivers_text, files
    from negotiation.errors import UnknownName
    from negotiation.sweep.spreadsheet import table_of
    from negotiation.tally import named
    from negotiation.words.own_names import in_own_names, seat_name

    if method not in METHODS:
        raise UnknownName("method", method, METHODS, "--method")
    if (groups or pairs) and method != "sobol":
        raise InputError(f"--method {method} knows no --group and no --pairs; allowed: sobol.")
    o.within("--runs", 2 if runs is None else runs, 2, 1_000_000)
    o.within("--samples", 4 if samples is None else samples, 4, 1_000_000)
    o.within("--seed", seed, 0, 2**32 - 1)
    cores = o.cores(workers)
    chosen = o.load(scenario, o.changes(settings, us, china))
    (outcome,) = named(seat_name(outcome, chosen))
    moved = dict(group(text) for text in groups or [])
    asked = in_own_names({
        "scenario": chosen.fingerprint, "method": method, "outcome": outcome, "numbers": numbers,
        "groups": moved, "pairs": pairs, "samples": samples, "runs": runs, "seed": seed,
    }, chosen)  # fmt: skip
    folder = None
    if out is not None:
        stems = [f"sensitivity-{method}{end}" for end in ("", "-pairs")[: 1 + pairs]]
        names = [f"{stem}.{end}" for stem in stems for end in ("png", "svg", "txt")]
        folder = files.results_folder(
            out, chosen, ["sensitivity.json", *names], asked, lambda told: told["asked"]
        )
    files.tables_wanted(csv, xlsx)
    found = estimate(
        chosen, method, outcome, numbers, moved, pairs, samples, runs, seed, cores, quiet
    )

    def answer(written: Path | None) -> str:
        return files.as_json(found.to_dict()) if as_json else drivers_text.report(found, written)

    with files.or_said(lambda: answer(None)):
        if folder is not None:
            files.write_json(folder / "sensitivity.json", {**found.to_dict(), "asked": asked})
            draw(found, folder / f"sensitivity-{method}")
        if csv or xlsx:
            files.write_tables(csv, xlsx, {"drivers": table_of(found.rows)}, of=[chosen])
    say(answer(folder))


def group(text: str) -> tuple[str, list[str]]:
    """Return the name and the members of ``NAME=KEY,KEY``.

    Examples
    --------
    >>> group("both sides=us.precision, china.*")
    ('both sides', ['us.precision', 'china.*'])
    """
    name, _, members = text.partition("=")
    keys = [key.strip() for key in members.split(",") if key.strip()]
    if not name.strip() or not keys:
        raise InputError(f"--group {text}: write NAME=KEY,KEY, for instance --group 'US=us.*'.")
    return name.strip(), keys


def estimate(
    scenario: Scenario,
    method: str,
    outcome: str,
    numbers: list[str] | None,
    groups: dict[str, list[str]],
    pairs: bool,
    samples: int | None,
    runs: int | None,
    seed: int,
    workers: int,
    quiet: bool,
) -> Drivers:
    """Play the points on threads, with progress."""
    from negotiation.analysis.indices import group_of, points_of, sound
    from negotiation.analysis.sensitivity import SAMPLES, enough, matching
    from negotiation.analysis.sensitivity import sensitivity as indices
    from negotiation.cli import drivers_text
    from negotiation.cli.pace import pace
    from negotiation.ensemble import Ensemble
    from negotiation.sweep.executors import opened
    from negotiation.sweep.grids import one_at_a_time, uncertain_numbers
    from negotiation.sweep.run import sweep

    factors = uncertain_numbers(scenario, numbers)
    size, each = samples or SAMPLES.get(method, 1), runs or RUNS_AT_A_POINT
    moved = len(set(group_of(list(factors), matching(groups, list(factors), scenario))))
    points = points_of(method, moved, size, pairs)
    enough(points, each, len(factors))
    if method != ONE_AT_A_TIME:
        sound(method, list(factors), size, seed=seed)
    ensemble = Ensemble(scenario)
    ensemble.compile()
    if method != ONE_AT_A_TIME:
        drivers_text.compile_points(ensemble)
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
                groups=groups,
                pairs=pairs,
                seed=seed,
                executor=pool,
                progress=progress,
            )
        return drivers_text.together(found, seed, scenario)


def draw(found: Drivers, stem: Path) -> None:
    """Draw what was found, and save it with its words; pairs have a picture of their own."""
    drawing.ready()
    from negotiation.cli.drivers_text import picture, picture_of_pairs
    from negotiation.plots import style
    from negotiation.words.changes import in_lines

    drawn = {stem: picture(found)}
    if found.pairs:
        drawn[stem.with_name(f"{stem.name}-pairs")] = picture_of_pairs(found)
    for place, ax in drawn.items():
        style.headed(ax, found.of.title, in_lines(found.of))
        alt = " ".join(ax.alt_text.split())  # type: ignore[attr-defined]
        style.save(ax.figure, place, alt=alt)  # type: ignore[arg-type]

"""``negotiation tournament``: every strategy against every other."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from negotiation.cli import drawing
from negotiation.cli import options as o
from negotiation.cli.say import say
from negotiation.errors import counted
from negotiation.seats import SEATS

if TYPE_CHECKING:
    import pyarrow as pa

    from negotiation.analysis.tournament import Tournament
    from negotiation.scenario import Scenario

PLACE = 45
RUNS = 400
SEED = 1
MOST_RUNS = 1_000_000_000  # of all pairings together it is memory that limits, see below
MOST_KEPT = 50_000_000  # runs of all pairings: 17 bytes each

Names = Annotated[
    list[str] | None,
    o.argument(
        "SCENARIO",
        f"Scenarios to play, one or more; {o.DEFAULT_SCENARIO} if not given. A folder of strategy "
        "files makes it a class tournament, of these files, in at most one scenario.",
    ),
]
Strategies = Annotated[
    list[str] | None,
    o.text(
        "STRATEGY",
        "Take part on both sides; repeat for more. All built-in ones if not given; beside a folder "
        "of files those that are named.",
        "--strategy",
    ),
]
Runs = Annotated[
    int | None, o.number("N", f"Runs of each pairing: {RUNS}; of a folder of files 20.")
]
Seed = Annotated[
    int | None,
    o.number(
        "S",
        f"Master seed: the same seed gives the same answer. {SEED} if not given; of a folder of "
        "files a new one that nobody guesses, which is told.",
    ),
]
Out = Annotated[
    Path | None,
    o.text(
        "DIR",
        "Folder for the pictures and tournament.json; by default out/SCENARIO, other runs, seeds "
        "and strategies in a folder of their own there; with --json none.",
    ),
]


def tournament(
    scenarios: Names = None,
    strategies: Strategies = None,
    runs: Runs = None,
    seed: Seed = None,
    settings: o.Settings = None,
    out: Out = None,
    csv: o.Csv = None,
    xlsx: o.Xlsx = None,
    as_json: o.AsJson = False,
    workers: o.Workers = None,
    quiet: o.Quiet = False,
) -> None:
    """Play every strategy against every other and rank them.

    Example: negotiation tournament --strategy linear --strategy boulware
    """
    from negotiation.analysis.empirical_game import tournament_table
    from negotiation.cli import files
    from negotiation.cli.class_tournament import no_folder, play_class, refuse_strategies
    from negotiation.cli.tournament_text import report
    from negotiation.ensemble import refuse_python
    from negotiation.errors import InputError
    from negotiation.scenario import SIDES
    from negotiation.strategies import names
    from negotiation.words.changes import about

    for place in scenarios or []:
        no_folder(place)
    if folders := [place for place in scenarios or [] if Path(place).is_dir()]:
        play_class(
            folders, [place for place in scenarios or [] if place not in folders], strategies, runs,
            seed, settings, out, {"--csv": csv, "--xlsx": xlsx, "--workers": workers}, as_json,
            quiet,
        )  # fmt: skip
        return
    runs, seed = RUNS if runs is None else runs, SEED if seed is None else seed
    places = scenarios or [o.DEFAULT_SCENARIO]
    entered = tuple(dict.fromkeys(strategies or built_in()))
    o.within("--runs", runs, 2, MOST_RUNS)
    o.within("--seed", seed, 0, 2**63 - 1)
    cores = o.cores(workers)
    if runs * len(entered) ** 2 * len(places) > MOST_KEPT:
        raise InputError(
            f"--runs {runs}: {counted(runs * len(entered) ** 2 * len(places), 'run')} in all; "
            f"allowed: at "
            f"most {MOST_KEPT:,}. Ask for fewer runs, strategies or scenarios."
        )
    check(entered, names())
    changed = o.changes(settings)
    refuse_strategies(changed)
    chosen = [o.load(place, changed) for place in places]
    if (stated := with_settings(chosen)) and not quiet:
        say(
            f"{stated}: replaced; a tournament plays the strategies that --strategy names, as "
            "they are.", err=True,
        )  # fmt: skip
    chosen = [without_strategies(scenario) for scenario in chosen]
    for name in entered:  # before anything is compiled or played
        refuse_python(chosen[0].replace({"us.strategy": name}))
    folder = None
    if out is not None or not as_json:
        part = part_of(chosen[1:], entered)
        sides = chosen[0].sides if len({s.sides for s in chosen}) == 1 else SIDES
        drawn = [f"tournament-{side}.{end}" for side in sides for end in ("png", "svg", "txt")]
        numbers = files.otherwise(runs=(runs, RUNS), seed=(seed, SEED))
        asked = {
            "scenarios": [scenario.fingerprint for scenario in chosen],
            "strategies": sorted(entered), "runs": runs, "seed": seed,
        }  # fmt: skip
        folder = files.results_folder(
            out, chosen[0], ["tournament.json", *drawn], asked, question_of, part=part,
            numbers=numbers,
        )  # fmt: skip
    files.tables_wanted(csv, xlsx)
    played = play(chosen, entered, runs, seed, cores, quiet)
    table = tournament_table(played) | {"about": [about(scenario) for scenario in chosen]}
    pictures: list[Path] = []
    best = [table["ranking"][side][0]["strategy"] for side in SIDES]
    if chosen[0].sides == SIDES:
        follow = o.again("run", places[0], settings, *best, seed=seed)
    else:
        own = zip(chosen[0].sides, best, strict=True)
        named = [*(settings or []), *(f"{side}.strategy={name}" for side, name in own)]
        follow = o.again("run", places[0], named, None, None, seed=seed)

    def answer(written: Path | None) -> str:
        if as_json:
            return files.as_json(table, *chosen)
        return report(table, chosen, written, pictures, follow)

    with files.or_said(lambda: answer(None)):
        if folder is not None:
            files.write_json(folder / "tournament.json", table, *chosen)
            pictures = draw(played, chosen, folder)
        if csv or xlsx:
            files.write_tables(csv, xlsx, sheets(table), of=chosen)
    say(answer(folder))


def question_of(told: dict[str, Any]) -> dict[str, Any]:
    """Return what decided the tournament in a file."""
    return {
        "scenarios": [about["fingerprint"] for about in told["about"]],
        "strategies": sorted({[*pairing.values()][1] for pairing in told["pairings"]}),
        "runs": told["runs"],
        "seed": told["seed"],
    }


def sheets(table: dict[str, Any]) -> dict[str, pa.Table]:
    """Return the tables of a tournament: its pairings, and the ranking of each side."""
    from negotiation.sweep.spreadsheet import table_of

    ranking = [{"side": side, **row} for side, rows in table["ranking"].items() for row in rows]
    return {"pairings": table_of(table["pairings"]), "ranking": table_of(ranking)}


def with_settings(scenarios: list[Scenario]) -> str:
    """Return the strategies to which the scenarios give settings, and where they do."""
    return ", ".join(
        f"{scenario.name}: {scenario.own_path(f'{side}.strategy')} = {strategy.words}"
        for scenario in scenarios
        for side in SEATS
        if (strategy := getattr(scenario, side).strategy).settings
    )


def part_of(others: list[Scenario], entered: tuple[str, ...]) -> str:
    """Return what a tournament is about beside its first scenario, as part of a folder's name.

    Examples
    --------
    >>> part_of([], built_in()), part_of([], ("linear", "boulware"))
    ('', 'among_linear_boulware')
    """
    from negotiation.words.changes import folder_name

    words = [f"and_{scenario.name}_{scenario.fingerprint[:8]}" for scenario in others]
    words += ["among", *entered] if set(entered) != set(built_in()) else []
    text = "_".join(words)
    return folder_name(text, hashlib.sha256(text.encode()).hexdigest())


def without_strategies(scenario: Scenario) -> Scenario:
    """Return a scenario with the strategies of the one it comes from: none of them is played."""
    from negotiation.scenario import SIDES
    from negotiation.words.changes import origin

    before = origin(scenario) or scenario
    return scenario.replace({f"{s}.strategy": getattr(before, s).strategy for s in SIDES})


def built_in() -> tuple[str, ...]:
    """Return the strategies that come with the package."""
    from negotiation.tactics.registry import BUILT_IN

    return tuple(BUILT_IN)


def check(entered: tuple[str, ...], known: tuple[str, ...]) -> None:
    """Refuse a name that is no strategy, before anything is played."""
    from negotiation.errors import UnknownName

    for name in entered:
        if name not in known and ":" not in name:
            raise UnknownName("strategy", name, known, "--strategy")


def play(
    scenarios: list[Scenario],
    strategies: tuple[str, ...],
    runs: int,
    seed: int,
    workers: int,
    quiet: bool,
) -> Tournament:
    """Play the pairings on threads, with a bar on a terminal."""
    from negotiation.analysis.tournament import round_robin
    from negotiation.cli.pace import pace
    from negotiation.ensemble import Ensemble
    from negotiation.sweep.executors import opened

    Ensemble(scenarios[0]).compile()
    total = runs * len(scenarios) * len(strategies) ** 2
    with opened(None, workers) as pool, pace(total, what="negotiations", quiet=quiet) as done:
        return round_robin(
            scenarios, us=strategies, china=strategies, runs=runs, seed=seed, executor=pool,
            progress=done,
        )  # fmt: skip


def draw(played: Tournament, scenarios: list[Scenario], folder: Path) -> list[Path]:
    """Draw both sides' gains over the pairings and return the pictures written."""
    drawing.ready()
    from negotiation.analysis.empirical_game import empirical_game
    from negotiation.plots import pairings, style
    from negotiation.words.changes import in_lines

    written: list[Path] = []
    game = empirical_game(played)
    title = f"Average over {len(scenarios)} scenarios" if scenarios[1:] else scenarios[0].title
    lines = [f"{s.name}: {s.title}" for s in scenarios if scenarios[1:]]
    lines += [line for scenario in scenarios for line in in_lines(scenario)]
    unit = scenarios[0].unit
    for side in game.players:
        ax: Any = style.headed(pairings(game, side=side, unit=unit), title, lines)
        paths = style.save(ax.figure, folder / f"tournament-{side}", alt=ax.alt_text)
        written += [path for path in paths if path.suffix == ".png"]
    return written

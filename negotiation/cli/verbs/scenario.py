"""``negotiation scenario``: which there are, what is in them, whether they are sound, a new one."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from negotiation.cli import options as o
from negotiation.cli.helps import Grouped
from negotiation.cli.say import say

if TYPE_CHECKING:
    from negotiation.history.rows import Decision
    from negotiation.scenario import Scenario

PLACE = 30

AsToml = Annotated[bool, o.flag("Print the file itself.", "--toml")]
Files = Annotated[
    list[Path],
    o.argument("FILE", "A domain and the two parties' profiles, or the folder that holds them."),
]
Out = Annotated[Path | None, o.text("FILE", "A new file for the scenario; printed if not given.")]
Which = Annotated[str, o.argument("ID", "The decision's id.")]
Rows = Annotated[
    Path | None,
    o.text("FILE", "Decisions of your own, in the columns of the record.", "--rows"),
]
Learn = Annotated[
    Path | None,
    o.text("FILE", "Past decisions of your own to learn from beside those of the record."),
]
Second = Annotated[
    bool,
    o.flag(
        "Learn from outcomes as a reasonable reader may read them otherwise.", "--second-reading"
    ),
]
Place = Annotated[Path, o.text("FILE", "A new file for the scenario; its draws go beside it.")]
Rounds = Annotated[int, o.number("N", "Offers in all.")]


def add_to(app: typer.Typer, group: str) -> None:
    """Add the verb and its own verbs."""
    verb = typer.Typer(cls=Grouped, rich_markup_mode=None, invoke_without_command=True)
    verb.callback()(overview)
    verb.command("list")(names)
    verb.command()(show)
    verb.command()(check)
    verb.command()(schema)
    verb.command("from-domain")(from_domain)
    verb.command("from-decision")(from_decision)
    about = "List, show, check and make scenarios; print their schema."
    app.add_typer(verb, name="scenario", help=about, rich_help_panel=group)


def overview(context: typer.Context) -> None:
    """List, show, check and make scenarios."""
    if context.invoked_subcommand is None:
        say(context.get_help())


def names() -> None:
    """List the scenarios that come with the package.

    Example: negotiation scenario list
    """
    from negotiation.shipped import shipped, title

    width = max(len(name) for name in shipped())
    for name in shipped():
        say(f"{name:{width}}  {title(name)}")


def show(name: o.ScenarioName = o.DEFAULT_SCENARIO, toml: AsToml = False) -> None:
    """Show every number of a scenario with its unit, range, meaning, mark and source.

    Example: negotiation scenario show stockholm-2025
    """
    from negotiation.cli.kept_texts import kept_text

    def tell() -> tuple[str, Scenario]:
        from negotiation.cli.scenario_text import table
        from negotiation.scenario import Scenario
        from negotiation.scenario.scenario import read_text

        scenario = Scenario.load(name)
        if toml:
            return read_text(name)[0].rstrip(), scenario
        follow = o.typed("scenario", "check", o.place(name))
        return table(scenario, follow, terminal=sys.stdout.isatty()), scenario

    say(kept_text(name, "show", toml, *terminal(), tell=tell))


def check(name: o.ScenarioName = o.DEFAULT_SCENARIO, quiet: o.Quiet = False) -> None:
    """Check a scenario: all problems at once, what never happens, who would concede for nothing.

    Example: negotiation scenario check mine.toml
    """
    from negotiation.cli.kept_texts import kept_text

    def tell() -> tuple[str, Scenario]:
        from negotiation.analysis.barriers import barriers
        from negotiation.analysis.consistency import lone_concessions, off_the_agenda
        from negotiation.cli.scenario_text import findings
        from negotiation.scenario import Scenario

        scenario = Scenario.load(name)
        found, never = lone_concessions(scenario), barriers(scenario)
        return findings(scenario, found, never, off_the_agenda(scenario)), scenario

    say(kept_text(name, "check", *terminal(), tell=tell))


def terminal() -> tuple[object, ...]:
    """Return what of the terminal decides how a table is laid out."""
    return (shutil.get_terminal_size().columns,) if sys.stdout.isatty() else ()


def schema() -> None:
    """Print the JSON schema of a scenario file, for editors.

    Example: negotiation scenario schema
    """
    from negotiation.cli.kept_texts import kept_text

    def tell() -> tuple[str, Scenario]:
        from negotiation.cli.files import as_json
        from negotiation.scenario import Scenario

        return as_json(Scenario.model_json_schema()), Scenario.load(o.DEFAULT_SCENARIO)

    say(kept_text(o.DEFAULT_SCENARIO, "schema", tell=tell))


def from_domain(files: Files, out: Out = None, rounds: Rounds = 100) -> None:
    """Make a scenario of a problem of GENIUS, GeniusWeb or NegMAS, for our strategies to play.

    Example: negotiation scenario from-domain laptop.xml buyer.xml seller.xml --out laptop.toml
    """
    from negotiation.cli.files import slug
    from negotiation.cli.scenario_text import what_became
    from negotiation.errors import InputError
    from negotiation.interop.domain_scenario import MOST_ROUNDS
    from negotiation.interop.domain_scenario import from_domain as made_of
    from negotiation.interop.problem_files import read_problem
    from negotiation.sweep import atomic

    o.within("--rounds", rounds, 2, MOST_ROUNDS)
    if out is not None and out.exists():
        raise InputError(f"--out {out}: it is there already; allowed: the name of a new file.")
    name = slug(out.stem) if out is not None else ""
    made = made_of(*read_problem(*files), rounds=rounds, name=name)
    text = made.scenario.to_toml()
    if out is None:
        say(text)
        return
    try:
        atomic.write(out, text.encode())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"--out {out}: it cannot be written ({reason}).") from None
    say(what_became(made, out, o.again("run", str(out), None, None, None)))


def from_decision(
    which: Which,
    out: Place,
    rows: Rows = None,
    learn: Learn = None,
    second: Second = False,
    workers: o.Workers = None,
    quiet: o.Quiet = False,
) -> None:
    """Make a scenario of a decision between two governments, past or to come, for any question.

    Example: negotiation scenario from-decision T199 --out japan.toml
    """
    from dataclasses import replace

    from negotiation.cli.exits import left_out
    from negotiation.cli.files import slug
    from negotiation.cli.verbs.calibrate import with_own
    from negotiation.errors import FileProblems, InputError, UnknownName
    from negotiation.hindcast import coming, record
    from negotiation.hindcast.disputes import remarks
    from negotiation.hindcast.scenario_file import files_of, of_decision
    from negotiation.history import reading
    from negotiation.scenario import Scenario
    from negotiation.sweep import atomic

    table_of_rows = None if rows is None else coming.read(rows)
    decisions = table_of_rows.rows if table_of_rows else reading.shipped().decisions
    known: dict[str, Decision] = {row.id: row for row in decisions}
    if which not in known:
        unknown = UnknownName("decision", which, known, "" if rows is None else str(rows))
        if table_of_rows is not None:
            raise (
                FileProblems(table_of_rows.where, table_of_rows.refused)
                if (table_of_rows.refused)
                else unknown
            )
        raise InputError(f"{unknown} Decisions of your own: --rows FILE.")
    if out.suffix != ".toml":
        raise InputError(f"--out {out}: expected the name of a scenario file, such as mine.toml.")
    table = out.with_name(f"{slug(out.stem)}.csv")
    for file in (out, table):
        if file.exists():
            raise InputError(f"--out {file}: it is there already; allowed: the name of a new file.")
    decision = known[which]
    learned, refused = record.shipped(), list[str]()
    if learn:
        learned, refused = with_own(learn, workers=o.cores(workers), quiet=quiet)
    learned = replace(learned, second=second)
    made = files_of(of_decision(decision, learned), slug(out.stem))
    try:
        atomic.write(table, made.draws.encode())
        try:
            sides = " and ".join(Scenario.of_text(made.scenario, str(out)).sides)
        except InputError:
            table.unlink(missing_ok=True)
            raise
        atomic.write(out, made.scenario.encode())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"--out {out}: it cannot be written ({reason}).") from None
    for remark in remarks(decision):
        say(remark)
    follow = o.again("odds", str(out), None, None, None)
    say(f"{out} and {table}: decision {which}, {sides}.\nNext: {follow}")
    left_out(str(learn), refused, "learned from")

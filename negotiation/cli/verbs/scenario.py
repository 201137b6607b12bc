"""``negotiation scenario``: which scenarios there are, what is in them, whether they are sound."""

from __future__ import annotations

from typing import Annotated

import typer

from negotiation.cli import options as o
from negotiation.cli.helps import Grouped
from negotiation.cli.say import say

PLACE = 30

AsToml = Annotated[bool, o.flag("Print the file itself.", "--toml")]


def add_to(app: typer.Typer, group: str) -> None:
    """Add the verb and its own verbs."""
    verb = typer.Typer(cls=Grouped, rich_markup_mode=None, invoke_without_command=True)
    verb.callback()(overview)
    verb.command("list")(names)
    verb.command()(show)
    verb.command()(check)
    verb.command()(schema)
    about = "List, show and check scenarios; print their schema."
    app.add_typer(verb, name="scenario", help=about, rich_help_panel=group)


def overview(context: typer.Context) -> None:
    """List, show and check scenarios; print their schema."""
    if context.invoked_subcommand is None:
        say(context.get_help())


def names() -> None:
    """List the scenarios that come with the package.

    Example: negotiation scenario list
    """
    from negotiation.scenario import Scenario, shipped

    width = max(len(name) for name in shipped())
    for name in shipped():
        say(f"{name:{width}}  {Scenario.load(name).title}")


def show(name: o.ScenarioName = o.DEFAULT_SCENARIO, toml: AsToml = False) -> None:
    """Show every number of a scenario with its unit, range, meaning, mark and source.

    Example: negotiation scenario show stockholm-2025
    """
    from negotiation.cli.scenario_text import table
    from negotiation.scenario import Scenario
    from negotiation.scenario.scenario import read_text

    scenario = Scenario.load(name)
    say(read_text(name)[0].rstrip() if toml else table(scenario))


def check(name: o.ScenarioName = o.DEFAULT_SCENARIO, quiet: o.Quiet = False) -> None:
    """Check a scenario: all problems at once, what never happens, who would concede for nothing.

    Example: negotiation scenario check mine.toml
    """
    from negotiation.cli.first_use import compiling
    from negotiation.cli.scenario_text import findings
    from negotiation.scenario import Scenario

    scenario = Scenario.load(name)
    with compiling("check", quiet=quiet):
        from negotiation.analysis.barriers import barriers
        from negotiation.analysis.consistency import lone_concessions, odd_layers

        found, never = lone_concessions(scenario), barriers(scenario)
    say(findings(scenario, found, never, odd_layers(scenario)))


def schema() -> None:
    """Print the JSON schema of a scenario file, for editors.

    Example: negotiation scenario schema
    """
    from negotiation.cli.files import as_json
    from negotiation.scenario import Scenario

    say(as_json(Scenario.model_json_schema()))

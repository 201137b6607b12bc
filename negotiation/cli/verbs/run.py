"""``negotiation run``: one negotiation, told day by day."""

from __future__ import annotations

from typing import Annotated

import typer

from negotiation.cli import options as o

PLACE = 20

RunNumber = Annotated[
    int,
    typer.Option(
        "--run", parser=o.whole, metavar="I", help="Which run of that seed: the one odds played."
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(run)


def run(
    scenario: o.ScenarioName = o.DEFAULT_SCENARIO,
    seed: o.Seed = 1,
    number: RunNumber = 0,
    settings: o.Settings = None,
    us: o.UsStrategy = None,
    china: o.ChinaStrategy = None,
    as_json: o.AsJson = False,
    quiet: o.Quiet = False,
) -> None:
    """Play one negotiation and tell it as a transcript."""
    from negotiation.cli.files import as_json as to_json
    from negotiation.cli.first_use import compiling

    o.within("--seed", seed, 0, 2**63 - 1)
    o.within("--run", number, 0, 2**63 - 1)
    chosen = o.load(scenario, o.changes(settings, us, china))
    with compiling("run", quiet=quiet):
        from negotiation.game import run as play

        talks = play(chosen, seed=seed, run=number)
    if as_json:
        typer.echo(to_json(talks.to_dict()))
        return
    typer.echo(talks.transcript)
    if not quiet:
        follow = o.again("run", scenario, settings, us, china, seed=seed, run=number + 1)
        typer.echo(f"\nNext: {follow}", err=True)

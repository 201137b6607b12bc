"""The command itself: its verbs, its first screen, its version.

A verb is a module of :mod:`negotiation.cli.verbs` with a function of its own name (or
``add_to(app, group)`` for one with verbs of its own) and a number ``PLACE`` that says where the
help lists it, and in which group. All modules are imported for ``--help``, so they import nothing
heavy before a verb is called; for a verb that is typed first, its own alone.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from functools import cache
from typing import Annotated

import typer

from negotiation.cli import verbs
from negotiation.cli.exits import Sentences
from negotiation.cli.say import say

FIRST_SCREEN = """\
Negotiation simulates the US-China trade talks of July 2025 in Stockholm.

Three commands to begin with:
  negotiation odds                          will the truce be extended, will they sign?
  negotiation run --seed 42                 one negotiation, day by day
  negotiation scenario show stockholm-2025  every number, with its unit and its source

All commands: negotiation --help"""

GROUPS = {  # by the tens of a verb's PLACE
    1: "How likely is which ending",
    2: "How likely is which ending",
    3: "Scenarios",
    4: "Theory and strategies",
    5: "Theory and strategies",
    6: "Many settings at once, and what drives the odds",
    7: "Held against history",
    8: "In the classroom",
}


@cache
def app(asked: str = "") -> typer.Typer:
    """Return the command with every verb that is there, or with the one that is asked for."""
    command = typer.Typer(
        name="negotiation",
        cls=Sentences,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        invoke_without_command=True,
        help="Simulate the US-China trade talks of July 2025: how likely is which ending?",
    )
    command.callback()(first_screen)
    names = [module.name for module in pkgutil.iter_modules(verbs.__path__)]
    wanted = [asked] if asked in names else names
    found = [importlib.import_module(f"{verbs.__name__}.{name}") for name in wanted]
    for module in sorted(found, key=lambda verb: verb.PLACE):
        group = GROUPS[module.PLACE // 10]
        if hasattr(module, "add_to"):
            module.add_to(command, group)
        else:
            verb = getattr(module, module.__name__.rpartition(".")[2])
            command.command(rich_help_panel=group)(verb)
    return command


def first_screen(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Print the version, or what to type first; let strategies be found in the working folder."""
    if "" not in sys.path:
        sys.path.append("")  # last: a file there hides no module
    if version:
        from negotiation import __version__

        say(f"negotiation {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        say(FIRST_SCREEN)

"""The help of a command with verbs: whole sentences, in groups."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from typer.core import TyperGroup

from negotiation.cli.plain_values import read_plainly

ENDLESS = 10_000  # letters of a sentence that is not to be cut off


class Grouped(TyperGroup):
    """A command whose help lists its verbs under the headings that they were given."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what was typed before the verb."""
        read_plainly(self, ctx)
        return super().parse_args(ctx, args)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the verb of a name."""
        verb = super().get_command(ctx, cmd_name)
        if verb is not None:
            read_plainly(verb, ctx)
        return verb

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the verbs, each with the first sentence of its help."""
        verbs = [(name, self.commands[name]) for name in self.list_commands(ctx)]
        for title, group in groupby(verbs, key=lambda verb: heading(verb[1])):
            with formatter.section(title):
                told = [(name, verb.get_short_help_str(ENDLESS)) for name, verb in group]
                formatter.write_dl(told)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the verbs, those of a group together."""
        names: list[str] = super().list_commands(ctx)
        titles = list(dict.fromkeys(heading(self.commands[name]) for name in names))
        return sorted(names, key=lambda name: titles.index(heading(self.commands[name])))


def heading(verb: Any) -> str:
    """Return the heading that a verb is listed under."""
    panel = getattr(verb, "rich_help_panel", None)
    return panel if isinstance(panel, str) else "Commands"

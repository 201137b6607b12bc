"""How every verb prints: nothing that comes from a file steers the terminal."""

from __future__ import annotations

import typer

from negotiation.printable import printable


def say(text: object, *, err: bool = False) -> None:
    """Print a text and the end of its line, to standard error if asked."""
    typer.echo(printable(str(text)), err=err)

"""The rules are turned into machine code once on every machine; say so, or it looks stuck."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from negotiation.cli.say import say


@contextmanager
def compiling(what: str, *, quiet: bool = False) -> Iterator[None]:
    """Warn on standard error if ``what`` was never compiled here, and note that it was."""
    from negotiation.compiling import machine_code_folder

    done = machine_code_folder() / f"{what}.done"
    if not os.path.exists(done) and not quiet:
        say(
            "First use: the rules are being compiled, about a minute; later it starts at once.",
            err=True,
        )
    yield
    with suppress(OSError):
        done.parent.mkdir(parents=True, exist_ok=True)
        done.touch()

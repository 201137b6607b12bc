"""The command ``negotiation``: one file a verb in :mod:`negotiation.cli.verbs`."""

from __future__ import annotations

import atexit
import gc
import io
import os
import signal
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from types import FrameType
from typing import NoReturn

from negotiation.cli.codes import INTERRUPTED

SELDOM = (100_000, 50)  # objects made between two looks for garbage, of which there is little

stops: list[int] = []  # the signals that asked this process to stop


class Stopped(KeyboardInterrupt):
    """A wish to stop: of Python's own class, met in code it makes of text, it ends with SIGINT."""


def main() -> None:
    """Run the command with the arguments of the process."""
    listen(leave)  # an interrupt met in an import may be taken for an error, or be lost
    gc.set_threshold(*SELDOM)
    atexit.register(gc.freeze)  # all ends with the process: nothing is to be sought and freed then
    sys.stdout, sys.stderr = (stream or io.StringIO() for stream in (sys.stdout, sys.stderr))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console without a letter shows its number
            stream.reconfigure(errors="backslashreplace")
    warnings.showwarning = lambda warning, *place: warn_once(str(warning))  # without its place
    try:
        from negotiation.cli.app import app

        command = app(*sys.argv[1:2])  # the others take as long to make as all else takes to begin
        listen(stop)
        command()
    except BaseException as error:
        if any(isinstance(e, BrokenPipeError) for e in (error, error.__context__)):
            unread()
        # a library that is being imported may have made another error of a wish to stop
        if isinstance(error, SystemExit) or not stops:
            raise
        raise SystemExit(INTERRUPTED) from None
    finally:
        # Python ends: what is done then, by libraries too, is no place to be stopped at
        listen(leave)


def listen(answer: Callable[[int, FrameType | None], None]) -> None:
    """Answer so to a wish to stop from now on."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, answer)


def unread() -> NoReturn:
    """End well where nobody reads on, as in ``negotiation scenario list | head -1``."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):  # what is still to be written when Python ends
        os.dup2(nowhere, number)
    raise SystemExit(0)


@cache
def warn_once(warning: str) -> None:
    """Print a warning on standard error, once."""
    from negotiation.cli.say import say

    say(warning, err=True)


def leave(number: int, frame: FrameType | None) -> None:
    """End at once: the command has not begun, or what it had to say has been said."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(INTERRUPTED)


def stop(number: int, frame: FrameType | None) -> None:
    """Stop the command: a cluster's scheduler asks with SIGTERM, a person with Ctrl-C."""
    stops.append(number)
    raise Stopped

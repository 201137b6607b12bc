"""How the command ends: 0 done, 2 the input is wrong, 3 interrupted, 1 a defect of ours.

Whoever types something wrong reads one sentence, not a box and not a traceback. A
computation that is stopped ends cleanly, with an exit code of its own, and says how to go on.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer

from negotiation.cli.codes import INTERRUPTED
from negotiation.cli.first_use import why_it_takes_long
from negotiation.cli.helps import Grouped
from negotiation.cli.say import say
from negotiation.errors import FileProblems, InputError, counted

WRONG_INPUT = 2
INTERRUPTED_BETWEEN_VERBS = 130  # typer's own code, while it reads the arguments
FULL = (errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOSPC)  # such an error may name no file
# The base of click's errors, taken from typer because some versions of it carry their own click.
CLICK_ERROR: type[Exception] = typer.BadParameter.__mro__[2]


class Sentences(Grouped):
    """A command that answers wrong input with a sentence and the exit code for it."""

    def invoke(self, ctx: Any) -> Any:
        """Run the verb; an interrupt is an ending of its own, not a failure."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, EOFError):
            raise typer.Exit(interrupted()) from None

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command and end the process with its exit code."""
        extra |= {"standalone_mode": False, "prog_name": "negotiation"}
        try:
            with why_it_takes_long():
                code = super().main(*args, **extra)
        except InputError as error:
            code = refused(in_one_line(error))
        except CLICK_ERROR as error:
            code = refused(ended(error.format_message()))  # type: ignore[attr-defined]
        except OSError as error:
            if error.filename is None and error.errno == errno.ENOENT:
                sys.exit(refused("The working folder is no longer there; go to one that is."))
            if error.filename is None and error.errno not in FULL:
                raise
            place, known = error.filename or "the output", error.errno in FULL
            done = "written" if known else "read or written"
            code = refused(f"{place}: cannot be {done} ({str(error.strerror).lower()}).")
        if code == INTERRUPTED_BETWEEN_VERBS:
            code = interrupted()
        sys.exit(code if isinstance(code, int) else 0)


def in_one_line(error: InputError) -> str:
    """Return the sentence of an error; that of a file with one problem needs no list."""
    if isinstance(error, FileProblems) and len(error.problems) == 1:
        return f"{error.path}: {error.problems[0]}"
    return str(error)


def ended(text: str) -> str:
    """Return a sentence with a full stop, unless it has an end already."""
    return text if text.rstrip().endswith((".", "?", "!")) else f"{text.rstrip()}."


def interrupted() -> int:
    """Say that the command was stopped, and return the exit code for it."""
    say("\nInterrupted: nothing more was written.", err=True)
    return INTERRUPTED


def refused(sentence: str) -> int:
    """Say what is wrong, on standard error, and return the exit code for it."""
    say(sentence, err=True)
    return WRONG_INPUT


def left_out(where: str, problems: list[str], done: str) -> None:
    """End with the exit code for wrong input where rows of a file were left out, and say which.

    Parameters
    ----------
    where : str
        The file.
    problems : list of str
        A sentence for each row.
    done : str
        What was done with the others: ``"forecast"``.
    """
    if problems:
        told = in_one_line(FileProblems(where, problems))
        raise typer.Exit(refused(f"{told}\nAll else was {done}."))


@contextmanager
def resumable(command: str) -> Iterator[None]:
    """Turn a stop inside a ``with`` block into exit code 3 and the command that goes on."""
    from negotiation.sweep.failure import SweepStopped

    try:
        yield
    except SweepStopped as stop:
        kept = "nothing was kept"
        if stop.store is not None:
            verb = "is" if stop.done == 1 else "are"
            kept = f"{stop.done:,} of {counted(stop.total, 'run')} {verb} kept in {stop.store}"
        why = str(stop).partition(":")[0]
        say(f"\n{why}: {kept}. Go on with:\n  {command}", err=True)
        raise typer.Exit(INTERRUPTED) from None
    except OSError as error:
        if error.errno not in FULL or error.filename is None:
            raise
        raise InputError(
            f"{error.filename}: cannot be written ({str(error.strerror).lower()}). Nothing that "
            f"was finished is lost: once there is room, go on with:\n  {command}"
        ) from None
    except KeyboardInterrupt:
        say(f"\nInterrupted before the first run. Begin again with:\n  {command}", err=True)
        raise typer.Exit(INTERRUPTED) from None

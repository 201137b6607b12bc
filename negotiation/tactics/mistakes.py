"""What goes wrong in a strategy of the user's own: one sentence, and the lines of the user's file.

Code of others may raise anything, end the process or never come back. None of that may end a
command without a word, or with a page of our own code.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from negotiation.errors import InputError, counted
from negotiation.tactics.in_time import OutOfTime, at_most

LIMIT = 60.0  # seconds for one answer
SHOWN = 3  # lines of the user's own code
OURS = Path(__file__).parents[1]


class PlugInFailed(InputError):
    """A strategy of the user's own that does not import, raises, ends the process or hangs."""


@contextmanager
def theirs(what: str, limit: float = LIMIT) -> Iterator[None]:
    """Run code of the user's own; whatever it raises becomes a PlugInFailed that begins ``what``.

    Raises
    ------
    PlugInFailed
        Our own errors pass as they are, and so does Ctrl-C.

    Examples
    --------
    >>> try:
    ...     with theirs("mine:Tough"):
    ...         1 / 0
    ... except PlugInFailed as error:
    ...     print(str(error).splitlines()[0])
    mine:Tough: ZeroDivisionError: division by zero.
    """
    try:
        with at_most(limit):
            yield
    except InputError:
        raise
    except OutOfTime as late:
        where = own_lines(late)
        raise PlugInFailed(f"{what}: no answer within {counted(limit, 'second')}.{where}") from None
    except SystemExit as error:
        where = own_lines(error)
        raise PlugInFailed(f"{what}: it ends the process (SystemExit).{where}") from None
    except Exception as error:
        said = str(error).strip().rstrip(".")
        kind = type(error).__name__
        where = own_lines(error)
        raise PlugInFailed(f"{what}: {kind}{f': {said}' if said else ''}.{where}") from error


def own_lines(error: BaseException) -> str:
    """Return the last lines of a traceback that are not of this package, each indented."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [
        f for f in frames if OURS not in Path(f.filename).parents and "importlib" not in f.filename
    ]
    shown = [f"  {Path(f.filename).name}, line {f.lineno}, in {f.name}: {f.line}" for f in own]
    if isinstance(error, SyntaxError) and error.filename:
        shown.append(
            f"  {Path(error.filename).name}, line {error.lineno}: {(error.text or '').strip()}"
        )
    return "".join(f"\n{line}" for line in shown[-SHOWN:])

"""A wish to stop that comes while the command is still being imported: it ends with its exit code.

Python ends by Ctrl-C with a traceback and by SIGTERM without a word, and libraries make errors of
their own of an interrupt that they meet while they are imported. The command takes a tenth of a
second to import, so the package listens from its first line on, before it imports anything else;
whoever imports it as a library is left alone.

Nothing has been computed or said by then, so the process ends at once. :func:`negotiation.cli.main`
takes over. What comes while Python itself starts, before any of our code runs, is not heard.
"""

import os
import sys

INTERRUPTED = 3


def is_command(argv: list[str], typed: list[str], modules: dict[str, object]) -> bool:
    """Return whether this process is the command: the script, or ``python -m negotiation``.

    Parameters
    ----------
    argv, typed : list of str
        ``sys.argv`` and ``sys.orig_argv``: while Python looks for a module to run, it calls
        itself ``-m``.
    modules : dict
        ``sys.modules``: a process that multiprocessing has begun has the arguments of another.

    Examples
    --------
    >>> is_command(["/usr/bin/negotiation", "odds"], ["python", "/usr/bin/negotiation"], {})
    True
    >>> is_command(["-m", "odds"], ["python", "-m", "negotiation", "odds"], {})
    True
    >>> is_command(["-m"], ["python", "-m", "pytest"], {}), is_command(["a.py"], ["python"], {})
    (False, False)
    """
    if not argv or "multiprocessing" in modules:
        return False
    if argv[0] == "-m":
        return ("-m", "negotiation") in zip(typed, typed[1:], strict=False)
    script = os.path.basename(argv[0]).lower()  # noqa: PTH119 (pathlib takes as long as the rest)
    return script in ("negotiation", "negotiation.exe", "negotiation-script.py")


def leave(number: int, frame: object) -> None:
    """End at once."""
    os._exit(INTERRUPTED)


if is_command(sys.argv, sys.orig_argv, sys.modules):  # type: ignore[arg-type]
    import _signal  # type: ignore[import-not-found] # what `signal` wraps, without the enumerations that it makes first

    # pydantic would look through all that is installed for plug-ins of its own, and finds none
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # runs are played on threads of our own, beside which those of linear algebra wait by spinning
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for wish in (_signal.SIGINT, _signal.SIGTERM):
        _signal.signal(wish, leave)

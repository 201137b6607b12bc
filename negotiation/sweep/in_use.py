"""One process at a time writes into a store; the lock ends with the process that holds it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from negotiation.errors import InputError
from negotiation.sweep import manifest
from negotiation.sweep.atomic import only_plain

LOCK = ".lock"


@contextmanager
def by_us_alone(folder: Path) -> Iterator[None]:
    """Hold the lock of a store inside a ``with`` block.

    The operating system releases it when the process ends, however it ends; the empty file stays.

    Raises
    ------
    InputError
        If another process holds it: the sentence says which, as far as the manifest knows.
    """
    from filelock import FileLock, Timeout

    writable(folder)
    only_plain(folder / LOCK)
    lock = FileLock(folder / LOCK, timeout=0)
    try:
        lock.acquire()
    except OSError as error:
        if not isinstance(error, Timeout):
            raise refusal(folder, error) from None
        raise InputError(
            f"{folder} is in use by another process{_holder(folder)}; "
            "wait until it has ended, or choose another --out."
        ) from None
    try:
        yield
    finally:
        lock.release()


def writable(folder: Path) -> None:
    """Make a folder, or say why not."""
    if folder.exists() and not folder.is_dir():
        raise InputError(
            f"{folder}: a file, where a folder belongs; move it away, or choose another place."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refusal(folder, error) from None


def refusal(folder: Path, error: OSError) -> InputError:
    """Return the sentence about a folder that takes no files."""
    reason = (error.strerror or str(error)).lower()
    return InputError(f"{folder}: nothing can be written there ({reason}).")


def _holder(folder: Path) -> str:
    """Return who holds the lock, as the last session of the manifest tells."""
    try:
        session = json.loads((folder / manifest.NAME).read_bytes())["sessions"][-1]
        return f" ({session['process']}: {session['command']}, begun {session['start']})"
    except (OSError, ValueError, LookupError, TypeError):
        return ""

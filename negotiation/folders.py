"""Where what can be computed again is kept, and how files are read and written whole."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

LARGEST = 500_000_000  # bytes of a file that is read


def cache_folder() -> Path:
    """Return the folder for what can be computed again.

    ``NEGOTIATION_CACHE`` if set, else ``XDG_CACHE_HOME/negotiation``, else
    ``~/.cache/negotiation``.
    """
    own = os.environ.get("NEGOTIATION_CACHE")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "negotiation"


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Yield a file to write into that takes the place of another once it is whole.

    It is a temporary file beside the other, which is then renamed: readers see the old file or the
    whole new one, and nothing is left of one that could not be finished.
    """
    temporary = path.with_name(f".{path.name}.{os.urandom(8).hex()}.tmp")
    try:
        with named(path, temporary), temporary.open("xb") as file:
            yield file
        with named(path, temporary):
            os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def whole(path: Path) -> bytes:
    """Return what a file holds.

    Raises
    ------
    OSError
        If it cannot be read, or is too large to be one of ours: a device may never end.
    """
    with path.open("rb") as file:
        found = file.read(LARGEST + 1)
    if len(found) > LARGEST:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return found


@contextmanager
def named(path: Path, otherwise: Path | None = None) -> Iterator[None]:
    """Say of an error inside a ``with`` block at which file it was.

    A full disk does not tell, and nobody knows a file by the name that it has ``otherwise``.

    Examples
    --------
    >>> with named(Path("odds.json")):
    ...     raise OSError(28, "No space left on device")
    Traceback (most recent call last):
    OSError: [Errno 28] No space left on device: 'odds.json'
    """
    try:
        yield
    except OSError as error:
        if error.errno is None or error.filename not in (None, str(otherwise)):
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error

"""Files that are there whole or not at all, even if the power goes, and never anybody else's.

What is written takes the place of a plain file or of nothing: a link, a device or a folder that
stands there is refused, so nothing outside the folder that was named is touched.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from negotiation import folders
from negotiation.errors import InputError

TEMPORARY = re.compile(r"\.(.+)\.[0-9a-f]{16}\.tmp")  # of the file that it was to become


def write(path: Path, data: bytes) -> str:
    """Write a file atomically, see :func:`replacing`, and return the SHA-256 of its content."""
    with replacing(path) as file:
        file.write(data)
    return digest(data)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Yield a file to write into, see :func:`negotiation.folders.replacing`, but outlast a crash.

    It is flushed to the disk before it is renamed, so that a crash leaves the old file or the new
    one.

    Raises
    ------
    InputError
        If something other than a plain file is there.
    """
    only_plain(path)
    with folders.replacing(path) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(path.parent)


def only_plain(*paths: Path) -> None:
    """Raise InputError if a link, a folder or a device stands where a file is to be written."""
    for path in paths:
        if found := instead_of_a_file(path):
            raise InputError(
                f"{path}: not written, because it is {found}; move it away, or choose another "
                "place."
            )


def instead_of_a_file(path: Path) -> str:
    """Return what stands where a file belongs; empty where a plain file does, or nothing."""
    if path.is_symlink():
        return "a link, which may lead elsewhere"
    if path.is_dir():
        return "a folder"
    return "a device or a pipe" if path.exists() and not path.is_file() else ""


def no_link(folder: Path) -> None:
    """Raise InputError if a folder of ours is a link, through which files would go elsewhere."""
    if folder.is_symlink():
        raise InputError(f"{folder}: a link, which may lead elsewhere; nothing is written through.")


def sweep_away(folder: Path, ours: Callable[[str], bool]) -> None:
    """Remove the temporary files of a killed process in one folder.

    Parameters
    ----------
    folder : Path
    ours : callable
        Whether a file of this name is one that is written there.
    """
    for file in folder.glob(".*.tmp"):
        match = TEMPORARY.fullmatch(file.name)
        if match and ours(match[1]) and file.is_file() and not file.is_symlink():
            file.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make a rename durable, where the system can (Windows cannot open a folder)."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def digest_of(path: Path) -> str | None:
    """Return the SHA-256 of a file, or None if no plain file is there or it cannot be read."""
    if not path.is_file():  # a pipe would have to be waited for
        return None
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None

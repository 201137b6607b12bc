"""Files that are there whole or not at all, even if the power goes."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def write(path: Path, data: bytes) -> str:
    """Write a file atomically and return the SHA-256 of its content.

    The bytes go to a temporary file beside it, which is flushed to the disk and then renamed; a
    crash leaves the old file or the new one.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)
    return digest(data)


def sweep_away(folder: Path) -> None:
    """Remove the temporary files that a killed process left behind."""
    for file in folder.rglob(".*.tmp"):
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
    """Return the SHA-256 of a file, or None if it is not there."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None

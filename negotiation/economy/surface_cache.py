"""Keep the solved table in the user's cache folder, and never trust what is found there.

A file is used only if its name carries the hash of everything that made it (the data, the
source of the model, the grid) and its content passes the archive's checksum and has the
right shape. Anything else is solved again. Nothing here may stop a run: a folder that
cannot be read or written is as good as an empty one.
"""

from __future__ import annotations

import contextlib
import hashlib
import zipfile
import zlib
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..folders import cache_folder, replacing

Floats = NDArray[np.float64]
FORMAT = 2
MADE_BY = (
    "data/flows.json", "data/parameters.json", "data/regions.json", "calibration.py", "dyads.py",
    "equilibrium.py", "trade_model.py", "long_run.py", "regions.py", "short_run.py", "surface.py",
)  # fmt: skip
UNREADABLE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error)


def folder() -> Path | None:
    """Return the cache folder, or nothing if the user has no home.

    Returns
    -------
    Path or None
        See `negotiation.folders.cache_folder`; it may not exist yet.

    Examples
    --------
    >>> isinstance(folder(), Path)
    True
    """
    try:
        return cache_folder()
    except RuntimeError:
        return None


def file_for(which: str, grid: Floats) -> Path | None:
    """Return where one table on this grid is kept.

    Parameters
    ----------
    which : str
        What is tabulated: the rule for trade imbalances and the two sides.
    grid : ndarray
        The numbers that define the axes.

    Returns
    -------
    Path or None
        Nothing if there is no folder.
    """
    place = folder()
    if place is None:
        return None
    digest = hashlib.sha256(f"{FORMAT} {which}".encode())
    digest.update(np.ascontiguousarray(grid).tobytes())
    for name in MADE_BY:
        digest.update(files(__package__).joinpath(name).read_bytes())
    return place / f"payoffs-{digest.hexdigest()[:20]}.npz"


def recall(which: str, grid: Floats) -> tuple[Floats, Floats] | None:
    """Return the kept tables, or nothing if there are none that can be trusted.

    Parameters
    ----------
    which, grid
        As in `file_for`.

    Returns
    -------
    tuple of ndarray, or None
        The long-run and the short-run table.
    """
    path = file_for(which, grid)
    if path is None:
        return None
    n, e, k = (int(count) for count in grid[-3:])
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            lasting, sticky = kept["long_run"], kept["short_run"]
    except UNREADABLE:
        return None
    right = lasting.shape == (e, n, n, 6) and sticky.shape == (k, n, 8)
    if not right or lasting.dtype != np.float64 or sticky.dtype != np.float64:
        return None
    return (lasting, sticky) if np.isfinite(lasting).all() and np.isfinite(sticky).all() else None


def remember(which: str, grid: Floats, lasting: Floats, sticky: Floats) -> None:
    """Keep the tables for the next process, if the folder allows it.

    Parameters
    ----------
    which, grid
        As in `file_for`.
    lasting, sticky : ndarray
        The long-run and the short-run table.
    """
    path = file_for(which, grid)
    if path is None:
        return
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as file:
            np.savez(file, long_run=lasting, short_run=sticky)

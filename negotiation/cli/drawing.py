"""Matplotlib as a command needs it: for files, and without what nobody reads there."""

from __future__ import annotations

import os


def ready() -> None:
    """Import Matplotlib, for pictures that go to files.

    While it is imported it writes a list of its properties into the documentation of each class,
    a quarter of the time that it takes; a command has no use for them.
    """
    os.environ.setdefault("MPLBACKEND", "Agg")
    from matplotlib import artist

    listed = getattr(artist, "kwdoc", None)  # a later version may have none
    if listed is not None:
        artist.kwdoc = lambda artist: ""
    try:
        import matplotlib.figure  # noqa: F401
    finally:
        if listed is not None:
            artist.kwdoc = listed

"""Where what can be computed again is kept."""

from __future__ import annotations

import os
from pathlib import Path


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

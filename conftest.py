"""What holds for every test and every doctest: no window, no luck, no figure left open."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

os.environ.setdefault("MPLBACKEND", "Agg")

# The same examples on every machine, so that a failure here is a failure everywhere.
settings.register_profile("same", derandomize=True, deadline=None, max_examples=50)
# New examples at each run, to look for what the fixed ones miss.
settings.register_profile("explore", deadline=None, max_examples=500, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    """Close the figures of a test, without importing matplotlib for a test that has none."""
    yield
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")

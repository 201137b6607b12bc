"""Where the tests find things.

The user's cache is left in place on purpose: what it holds is named by a digest of its inputs,
so it cannot be stale, and computing the trade surface anew at each run would take minutes. A test
of the cache itself sets ``NEGOTIATION_CACHE`` to its own ``tmp_path``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def recorded() -> Path:
    """The folder of recorded numbers; its README says where each comes from."""
    return ROOT / "tests" / "data"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of what may not be copied, beside the checkout; where it is absent tests skip."""
    folder = ROOT.parent / "shared" / "reference"
    if not folder.is_dir():
        pytest.skip("no reference folder: ../shared/reference is not beside this checkout")
    return folder

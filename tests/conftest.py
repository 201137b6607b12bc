"""Where the tests find things.

The user's cache is left in place on purpose: what it holds is named by a digest of its inputs,
so it cannot be stale, and computing the trade surface anew at each run would take minutes. A test
of the cache itself sets ``NEGOTIATION_CACHE`` to its own ``tmp_path``.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from needing import lacking

ROOT = Path(__file__).parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


# The checker of accessibility: a new version finds new things, which must not stop a change.
AXE = "axe-core@4.14.1"


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def recorded() -> Path:
    """The folder of recorded numbers; its README says where each comes from."""
    return ROOT / "tests" / "data"


def installed() -> str:
    """The first browser that is installed."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or lacking("no Chromium here: pages are tested without a browser only")


@pytest.fixture(scope="session")
def browser_file() -> str:
    """The program of the browser, for a test that starts it itself."""
    return installed()


@pytest.fixture(scope="module")  # while it runs, nothing else can use asyncio
def chromium() -> Iterator[Any]:
    """A browser without a screen."""
    try:
        from playwright import sync_api as sync
    except ImportError:
        lacking("Playwright is not installed")
    found = installed()
    with sync.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checker of accessibility, from npm."""
    if shutil.which("npm") is None:
        lacking("no npm here: axe-core cannot be had")
    folder = tmp_path_factory.mktemp("axe")
    got = subprocess.run(
        ["npm", "pack", AXE, "--silent", "--prefer-offline"], cwd=folder, capture_output=True,
        text=True, timeout=120, check=False,
    )  # fmt: skip
    if got.returncode:
        lacking(f"npm has no {AXE}: {got.stderr.strip()[:200]}")
    script = folder / "axe.min.js"
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        found = archive.extractfile("package/axe.min.js")
        assert found is not None
        script.write_bytes(found.read())
    return script
